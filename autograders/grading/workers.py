"""Where hand-ins are marked: here, in processes of this machine, or on a cluster's."""

import concurrent.futures
import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing import resource_tracker

import pebble
from tqdm.auto import tqdm

from autograders import Refused, interrupt
from autograders.marking import mark

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
NO_DISTRIBUTED = "--scheduler needs the package distributed: pip install 'dl-week-one[cluster]'."
ANSWERS_WITHIN = 20  # seconds
LOOK_EVERY = 5.0  # seconds without a hand-in that is done, before one looks for workers
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


@contextlib.contextmanager
def marker(count=None, scheduler=None):
    """Give what hand-ins are marked by: ``submit(task)`` returns a future of a `Marked`.

    Its ``room`` is how many tasks may be under way, so that neither side waits for the
    other and memory stays flat. A future is cancelled where all that mark are ``lost``.
    Who has waited ``look_every`` seconds in vain, if that is a number, calls ``look()``,
    which says why.

    Parameters
    ----------
    count : int, optional
        How many processes; as many as there are processors unless told otherwise.
        With 0 hand-ins are marked in this process.
    scheduler : str, optional
        The address of a `dask.distributed` scheduler whose workers mark instead.

    Raises
    ------
    Refused
        If no scheduler with workers answers there.
    """
    if scheduler:
        made = _Cluster(scheduler)
    elif count == 0:
        made = _Here()
    else:
        made = _Processes(processors() if count is None else count)
    try:
        yield made
    except BaseException:
        made.stop()
        raise
    made.close()


class _Here:
    room, lost, look_every = 0, LOST, None

    def submit(self, task):
        """Mark at once."""
        future = concurrent.futures.Future()
        try:
            with interrupt.let_through():
                marked = mark(task)
            future.set_result(marked)
        except Exception as error:
            future.set_exception(error)
        return future

    def stop(self):
        """Nothing is under way."""

    close = stop


class _Processes:
    """Processes of this machine, which share what one of them has imported."""

    lost, look_every = LOST, None

    def __init__(self, count):
        self.room, self._count = 2 * count, count
        self._context = multiprocessing.get_context(METHOD)
        if METHOD == "forkserver":
            self._context.set_forkserver_preload(["autograders.shared"])
        self._pool = None

    def submit(self, task):
        """Have a task marked by the next process that is free."""
        if self._pool is None:  # most often a second run has nothing to do for them
            self._begin()
        try:
            return self._pool.schedule(mark, args=[task])
        except RuntimeError:  # the pool gives up where its processes end while they are idle
            self.stop()
            self._begin()
            return self._pool.schedule(mark, args=[task])

    def stop(self):
        """End the processes at once."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    def close(self):
        """End the processes when they are done."""
        if self._pool is not None:
            self._pool.close()
            self._pool.join()

    def _begin(self):
        self._pool = pebble.ProcessPool(
            max_workers=self._count, context=self._context, initializer=_follow_parent
        )
        with _undisturbed():
            assert self._pool.active  # asking starts the processes


class _Cluster:
    look_every = LOOK_EVERY

    def __init__(self, address):
        try:
            from distributed import Client
        except ImportError:
            raise Refused(NO_DISTRIBUTED) from None
        try:
            self._client = Client(address, timeout=ANSWERS_WITHIN)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0][:150]
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

    def submit(self, task):
        """Have a task marked by the cluster."""
        return self._executor.submit(mark, task)

    def look(self):
        """Say so, once, where there is nobody left who marks."""
        with contextlib.suppress(OSError):  # without a scheduler the futures are cancelled
            gone = not self._client.nthreads()
            if gone and not self._gone:
                tqdm.write(WORKERS_GONE.format(address=self._address), file=sys.stderr)
            self._gone = gone

    def stop(self):
        """Leave the cluster; what it has under way is given up."""
        self._executor.shutdown(wait=False)
        self._client.close()

    close = stop


def processors():
    """Return how many processors this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


@contextlib.contextmanager
def _undisturbed():
    """Start processes that do not get the Ctrl-C that is meant for this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # started by itself, it lets Ctrl-C through again for all that are started after it
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _follow_parent():
    """End this process when the one that grades ends, however that happens.

    It ignores Ctrl-C itself by now, and need not block it any more; hand-ins get it as ever.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = multiprocessing.parent_process()

    def follow():
        parent.join()
        os._exit(1)

    if parent is not None:
        threading.Thread(target=follow, daemon=True).start()
