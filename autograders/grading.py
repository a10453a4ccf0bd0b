"""Grading a class: hand-ins are marked side by side, and one process writes the gradebook."""

import concurrent.futures
import contextlib
import json
import multiprocessing
import os
import pathlib
import shutil

import pebble

from autograders import Refused, intake, lesson, secret
from autograders.engine import AUTO
from autograders.gradebook import DATABASE_ERRORS, OpenGradebook
from autograders.limits import Limits
from autograders.marking import Task, mark

NO_HAND_INS = "{name}: nobody has handed in. Put hand-ins into {path}."
NOT_RELEASED = "{name} has not been released. Run `python -m autograders release {name}` first."
FAILED = (
    "{student}, {name}: grading stopped ({reason}). Nothing of it was saved: "
    "grade again, and report it if it stays."
)
DIED = "the grading process ended; it is out of memory, or was killed"
NOT_SAVED = (
    "{student}, {name}: the scores could not be saved ({reason}). "
    "Mend that and grade again; the others are not touched."
)
NO_SCHEDULER = (
    "No scheduler answers at {address} ({reason}). Start one with `dask scheduler`, "
    "and workers with `dask worker {address}`."
)
NO_DISTRIBUTED = "--scheduler needs the package distributed: pip install 'dl-week-one[cluster]'."
ANSWERS_WITHIN = 20  # seconds


def grade(api, names, student="*", force=False, workers=None, scheduler=None, limits=None):
    """Grade the hand-ins of assignments; yield (name, student, problem) as each is done.

    Parameters
    ----------
    api : NbGraderAPI
    names : str or list of str
        The assignments.
    student : str
        One student's id; all of them unless told otherwise.
    force : bool
        Grade again what is graded already and has not changed.
    workers : int, optional
        How many hand-ins are marked at a time; as many as there are processors unless
        told otherwise. With 0 they are marked in this process.
    scheduler : str, optional
        The address of a `dask.distributed` scheduler whose workers mark instead.
    limits : Limits, optional

    Yields
    ------
    name, student : str
    problem : str or None
        Why the hand-in could not be graded. What was graded before stays as it is.

    Raises
    ------
    Refused
        If nothing can be graded at all.
    """
    names = [names] if isinstance(names, str) else list(names)
    for name in names:
        lesson.check_name(name)
    with OpenGradebook(api) as gradebook, _marker(workers, scheduler) as submit:
        yield from _Round(api, gradebook, submit, force, limits or Limits()).grade(names, student)


def submitted(api):
    """Return the folder of the hand-ins, one folder a student below it."""
    return pathlib.Path(api.coursedir.root) / api.coursedir.submitted_directory


def waiting(api, names, student="*"):
    """Return (name, student) for each hand-in that is there, in order."""
    folder = submitted(api)
    return [
        (name, each.name)
        for name in names
        for each in sorted(folder.glob(student))
        if os.path.lexists(each / name)
    ]


class _Round:
    """One round of grading: what is read, marked and saved."""

    def __init__(self, api, gradebook, submit, force, limits):
        self._api, self._gradebook, self._submit = api, gradebook, submit
        self._force, self._limits = force, limits
        self._secret = secret.read(pathlib.Path(api.coursedir.root))
        self._engine = api.config.Judge.get("engine", AUTO)
        self._running = {}

    def grade(self, names, student):
        """Yield (name, student, problem); see `grade`."""
        for name in names:
            if not self._gradebook.knows(name):
                yield name, student, NOT_RELEASED.format(name=name)
                continue
            there = waiting(self._api, [name], student)
            if not there:
                path = f"submitted/{student.replace('*', '<student>')}/{name}/"
                yield name, student, NO_HAND_INS.format(name=name, path=path)
                continue
            cells = self._gradebook.cells(name)
            for _, each in there:
                yield from self._begin(name, each, cells)
        while self._running:
            yield from self._collect(0)

    def _begin(self, name, student, cells):
        """Read a hand-in and have it marked; yield what is done meanwhile."""
        try:
            hand_in = intake.read(submitted(self._api) / student / name, student, name)
        except Refused as refused:
            yield name, student, str(refused)
            return
        if not self._force and self._graded(name, student) == hand_in.digest:
            yield name, student, None
            return
        task = Task(hand_in, cells, self._secret, self._engine, self._limits)
        self._running[self._submit(mark, task)] = (name, student)
        yield from self._collect(self._submit.room)

    def _collect(self, room):
        """Yield what is done, until no more than `room` hand-ins are being marked."""
        while self._running and len(self._running) > room:
            done, _ = concurrent.futures.wait(
                self._running, return_when=concurrent.futures.FIRST_COMPLETED
            )
            for future in done:
                name, student = self._running.pop(future)
                yield name, student, self._finish(future, name, student)

    def _finish(self, future, name, student):
        says = {"name": name, "student": student}
        try:
            marked = future.result()
        except Refused:
            raise  # the machine's fault, and so of every hand-in: stop
        except pebble.ProcessExpired:
            return FAILED.format(**says, reason=DIED)
        except Exception as error:
            return FAILED.format(**says, reason=_reason(error))
        if marked.problem:
            return marked.problem
        try:
            self._gradebook.save(marked)
            self._write(marked)
        except (*DATABASE_ERRORS, OSError) as error:
            return NOT_SAVED.format(**says, reason=_reason(error))
        return None

    def _folder(self, name, student):
        directory = self._api.coursedir.autograded_directory
        return pathlib.Path(self._api.coursedir.format_path(directory, student, name))

    def _graded(self, name, student):
        """Return the digest of the hand-in that was graded last, if one was."""
        try:
            text = (self._folder(name, student) / f"{name}.ipynb").read_text(encoding="utf-8")
            return json.loads(text)["metadata"].get(intake.DIGEST)
        except (OSError, ValueError, KeyError, AttributeError):
            return None

    def _write(self, marked):
        """Write the graded notebook, after its scores: a hand-in counts as graded by it."""
        folder = self._folder(marked.name, marked.student)
        aside = folder.with_name(f".{marked.name}.{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        try:
            texts = {f"{marked.name}.ipynb": marked.notebook + "\n"}
            if marked.timestamp:
                texts[intake.TIMESTAMP] = marked.timestamp
            for file, text in texts.items():
                (aside / file).write_text(text, encoding="utf-8")
                (aside / file).chmod(0o664 if self._api.coursedir.groupshared else 0o444)
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


class _Submit:
    """Has hand-ins marked: ``submit(mark, task)`` gives a future.

    Attributes
    ----------
    room : int
        How many may be under way, so that neither side waits and memory stays flat.
    """

    def __init__(self, submit, room):
        self._submit, self.room = submit, room

    def __call__(self, function, task):
        return self._submit(function, task)


@contextlib.contextmanager
def _marker(workers, scheduler):
    if scheduler:
        with _cluster(scheduler) as client:
            executor = client.get_executor(pure=False)
            room = 2 * max(1, sum(client.nthreads().values()))
            yield _Submit(executor.submit, room)
        return
    workers = os.cpu_count() if workers is None else workers
    if workers == 0:
        yield _Submit(_here, 0)
        return
    context = multiprocessing.get_context("spawn")
    pool = pebble.ProcessPool(max_workers=workers, context=context)
    try:
        yield _Submit(lambda function, task: pool.schedule(function, args=[task]), 2 * workers)
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


def _here(function, task):
    """Call the function at once; return a future that is done."""
    future = concurrent.futures.Future()
    try:
        future.set_result(function(task))
    except Exception as error:
        future.set_exception(error)
    return future


def _cluster(address):
    try:
        from distributed import Client
    except ImportError:
        raise Refused(NO_DISTRIBUTED) from None
    try:
        return Client(address, timeout=ANSWERS_WITHIN)
    except (OSError, ValueError) as error:
        raise Refused(NO_SCHEDULER.format(address=address, reason=_reason(error))) from None


def _reason(error):
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:150]}" if lines else type(error).__name__
