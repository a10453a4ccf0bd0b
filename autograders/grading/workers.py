"""Where hand-ins are graded: here, in processes of this machine, or on a cluster's."""

import concurrent.futures
import contextlib
import gc
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

import pebble
from tqdm.auto import tqdm

from autograders import Refused
from autograders.course import assignment
from autograders.grading import forks, interrupt
from autograders.grading.version import version
from autograders.judge import grader
from autograders.judge.grader import Graded, Task
from autograders.sandbox import launcher
from lab.judge.excerpt import first_line

NO_SCHEDULER = (
    "No scheduler answers at {address} ({reason}). Start one with `python -m dask scheduler`, "
    "and workers with `python -m dask worker {address} --nthreads 1`."
)
NO_WORKERS = (
    "The scheduler at {address} has no workers. "
    "Start some in the course's folder: `python -m dask worker {address} --nthreads 1`."
)
WORKERS_GONE = (
    "All workers of {address} are gone. Waiting for new ones: start some, or press Ctrl-C. "
    "What was graded is saved."
)
LOST = "The processes that grade have ended. What was graded is saved; grade again."
CLUSTER_LOST = (
    "The scheduler at {address} does not answer any more. What was graded is saved. "
    "Start it and its workers again, then grade again."
)
OTHER_VERSION = (
    "The worker on {host} has another version of the course than this machine. "
    "Bring both to the same state, then start the worker again."
)
NO_DISTRIBUTED = "--scheduler needs the package distributed: pip install 'dl-week-one[cluster]'."
ANSWERS_WITHIN = 20  # seconds
LOOK_EVERY = 5.0  # seconds without a hand-in that is done, before one looks whether all is well
_one_at_a_time = threading.Lock()


class Workers(Protocol):
    """What grades tasks.

    Attributes
    ----------
    room : int
        How many tasks may be under way, so that neither side waits for the other and
        memory stays flat.
    lost : str
        What to say where all that grade are gone; their futures are cancelled then.
    look_every : float or None
        Who has waited so many seconds in vain calls `look`; None where all is done at once.
    """

    room: int
    lost: str
    look_every: float | None

    @property
    def alone(self) -> "Workers":
        """What grades a task that is the only one: it needs no process of its own."""

    def prepare(self, assignments: list[str]) -> None:
        """Read what all processes need that grade these assignments, where they can share it."""

    def submit(self, task: Task) -> "Future[Graded]":
        """Have a task graded."""

    def look(self) -> None:
        """Look whether there still is who grades; say so, or let the futures fail, if not."""

    def stop(self) -> None:
        """End at once."""

    def close(self) -> None:
        """End when all is done."""


@contextlib.contextmanager
def started(
    count: int | None = None,
    scheduler: str | None = None,
    run: Callable[[Any], Any] | None = None,
) -> Iterator[Workers]:
    """Give what grades hand-ins.

    Parameters
    ----------
    count : int, optional
        How many processes; as many as there are processors unless told otherwise.
        With 0 hand-ins are graded in this process.
    scheduler : str, optional
        The address of a `dask.distributed` scheduler whose workers grade instead.
    run : callable, optional
        ``run(task)`` is what they do with one; `grade` unless told otherwise.

    Raises
    ------
    Refused
        If no scheduler with workers answers there.
    """
    made: Workers
    if scheduler:
        made = _Cluster(scheduler)
    elif count == 0:
        made = _Here(run or grade)
    else:
        made = _Processes(processors() if count is None else count, run or grade)
    try:
        yield made
    except BaseException:
        made.stop()
        raise
    made.close()


def grade(task: Task) -> Graded:
    """Grade one hand-in with the course as this process has it; see `autograders.judge.grader`.

    Raises
    ------
    Refused
        If the wall cannot be built on this machine, or its code is another one than that
        of who gave the task.
    """
    if task.version != version():
        raise Refused(OTHER_VERSION.format(host=socket.gethostname()))
    with _one_at_a_time:  # a cluster's worker may have threads
        return grader.grade(task, assignment.load(task.hand_in.assignment))


class _Here:
    room, lost = 0, LOST
    look_every: float | None = None

    def __init__(self, run: Callable[[Any], Any]) -> None:
        self._run = run

    @property
    def alone(self) -> Workers:
        """This process grades all tasks."""
        return self

    def prepare(self, assignments: list[str]) -> None:
        """Each is read when it is needed."""

    def submit(self, task: Task) -> "Future[Graded]":
        """Grade at once."""
        future: Future[Graded] = Future()
        try:
            with interrupt.let_through():
                graded = self._run(task)
            future.set_result(graded)
        except Exception as error:
            future.set_exception(error)
        return future

    def look(self) -> None:
        """Nothing is under way."""

    def stop(self) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is under way."""


class _Processes:
    """Processes of this machine, which share what this one has imported."""

    lost = LOST
    look_every: float | None = LOOK_EVERY

    def __init__(self, count: int, run: Callable[[Any], Any]) -> None:
        self.alone = _Here(run)
        self.room, self._count, self._run = 2 * count, count, run
        self._context = forks.Context()
        if forks.METHOD == "forkserver":
            rooms = ["autograders.grading.preload", run.__module__]
            self._context.set_forkserver_preload(list(dict.fromkeys(rooms)))
        self._pool: pebble.ProcessPool | None = None
        self._given: list[Future[Graded]] = []

    def prepare(self, assignments: list[str]) -> None:
        """Read what they need before they are forked."""
        for name in assignments:
            grader.prepare(assignment.load(name))

    def submit(self, task: Task) -> "Future[Graded]":
        """Have a task graded by the next process that is free."""
        pool = self._pool or self._begin()  # most often a second run has nothing to do for them
        try:
            future = pool.schedule(self._run, args=[task])
        except RuntimeError:  # the pool gives up where its processes end while they are idle
            self.look()  # with another one nobody would
            future = self._begin().schedule(self._run, args=[task])
        self._given = [*(each for each in self._given if not each.done()), future]
        return future

    def look(self) -> None:
        """Let the futures fail that a pool has forgotten: it gave up while it took them."""
        if self._pool is None or self._pool.active:
            return
        self.stop()  # its own threads let futures fail, too, and do not bear that another one does
        self._pool = None
        for future in self._given:
            with contextlib.suppress(concurrent.futures.InvalidStateError):
                future.set_exception(BrokenProcessPool(LOST))

    def stop(self) -> None:
        """End the processes at once."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    def close(self) -> None:
        """End the processes when they are done."""
        if self._pool is not None:
            self._pool.close()
            self._pool.join()

    def _begin(self) -> pebble.ProcessPool:
        self._pool = pebble.ProcessPool(
            max_workers=self._count, context=self._context, initializer=forks.follow_parent
        )
        launcher.close()  # of this process's own box they can make no use
        gc.freeze()  # or each process would copy what it looks at for garbage
        with forks.undisturbed():
            _ = self._pool.active  # asking starts the processes
        return self._pool


class _Cluster:
    look_every: float | None = LOOK_EVERY

    @property
    def alone(self) -> Workers:
        """What is given to a cluster is graded there."""
        return self

    def prepare(self, assignments: list[str]) -> None:
        """Each is read when it is needed."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise Refused(NO_DISTRIBUTED) from None
        try:
            self._client = Client(address, timeout=ANSWERS_WITHIN)
        except (OSError, ValueError) as error:
            reason = first_line(error, 150)
            raise Refused(NO_SCHEDULER.format(address=address, reason=reason)) from None
        # it would say with a stack what we say in one line
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        threads = sum(self._client.nthreads().values())
        if threads == 0:
            self._client.close()
            raise Refused(NO_WORKERS.format(address=address))
        self._executor = self._client.get_executor(pure=False)
        self.lost = CLUSTER_LOST.format(address=address)
        self.room = 2 * threads
        self._address, self._gone = address, False

    def submit(self, task: Task) -> "Future[Graded]":
        """Have a task graded by the cluster."""
        return self._executor.submit(grade, task)

    def look(self) -> None:
        """Say so, once, where there is nobody left who grades."""
        with contextlib.suppress(OSError):  # without a scheduler the futures are cancelled
            gone = not self._client.nthreads()
            if gone and not self._gone:
                tqdm.write(WORKERS_GONE.format(address=self._address), file=sys.stderr)
            self._gone = gone

    def stop(self) -> None:
        """Leave the cluster; what it has under way is given up."""
        self._executor.shutdown(wait=False)
        self._client.close()

    def close(self) -> None:
        """Leave the cluster; what it has under way is given up."""
        self.stop()


def processors() -> int:
    """Return how many processors this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
