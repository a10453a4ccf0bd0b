"""Grading a class: hand-ins are marked side by side, and one process writes the gradebook."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import shutil
from concurrent.futures.process import BrokenProcessPool

import pebble

from autograders import Refused, intake, interrupt, leftovers, lesson, secret
from autograders.engine import AUTO
from autograders.gradebook import DATABASE_ERRORS, OpenGradebook
from autograders.limits import Limits
from autograders.marking import Task, version
from autograders.session import OwnFault
from autograders.workers import marker

NO_HAND_INS = "{name}: nobody has handed in. Put hand-ins into {path}."
NOT_RELEASED = "{name} has not been released. Run `python -m autograders release {name}` first."
FAILED = (
    "{student}, {name}: grading stopped ({reason}). Nothing of it was saved: "
    "grade again, and report it if it stays."
)
DIED = "the grading process ended; it is out of memory, or was killed"
NOT_SAVED = (
    "{student}, {name}: what was graded could not be saved ({reason}). "
    "Mend that and grade again; the others are not touched."
)
NO_GRADEBOOK = "The gradebook cannot be used ({reason}). Mend that and grade again."
AS_BEFORE = ""
"""What stands for the problem of a hand-in that is graded already and has not changed."""
TRIES = 3  # of a task whose processes ended before they began with it


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
        Why the hand-in could not be graded; None where it was, and `AS_BEFORE` where that
        was not needed. What was graded before stays as it is.

    Raises
    ------
    Refused
        If nothing can be graded at all.
    KeyboardInterrupt
        Where Ctrl-C was pressed; what was graded is saved, and nothing is half saved.
    """
    names = [names] if isinstance(names, str) else list(names)
    for name in names:
        lesson.check_name(name)
    try:
        with interrupt.held(), contextlib.ExitStack() as stack:
            gradebook = stack.enter_context(OpenGradebook(api))
            with interrupt.let_through():
                marked_by = stack.enter_context(marker(workers, scheduler))
            round_ = _Round(api, gradebook, marked_by, force, limits or Limits())
            yield from round_.grade(names, student)
    except DATABASE_ERRORS as error:
        raise Refused(NO_GRADEBOOK.format(reason=_reason(error))) from None


def submitted(api):
    """Return the folder of the hand-ins, one folder a student below it."""
    return pathlib.Path(api.coursedir.root) / api.coursedir.submitted_directory


def waiting(api, names, student="*"):
    """Return (name, student) for each hand-in that is there, in order.

    What cannot be looked at counts as there: reading it says what is wrong.
    """
    folder = submitted(api)
    students = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    return [
        (name, each)
        for name in names
        for each in students
        if student in ("*", each) and _may_be_there(folder / each / name)
    ]


def _may_be_there(path):
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


class _Round:
    """One round of grading: what is read, marked and saved."""

    def __init__(self, api, gradebook, marked_by, force, limits):
        self._api, self._gradebook, self._marked_by = api, gradebook, marked_by
        self._force, self._limits = force, limits
        self._secret = secret.read(pathlib.Path(api.coursedir.root))
        self._engine = api.config.Judge.get("engine", AUTO)
        self._running = {}

    def grade(self, names, student):
        """Yield (name, student, problem); see `grade`."""
        for name in names:
            leftovers.clear(self._folder(name, "*").parent, f".{name}.")
            if not self._gradebook.knows(name):
                yield name, student, NOT_RELEASED.format(name=name)
                continue
            there = waiting(self._api, [name], student)
            if not there:
                path = f"submitted/{student.replace('*', '<student>')}/{name}/"
                yield name, student, NO_HAND_INS.format(name=name, path=path)
                continue
            cells, known = self._gradebook.cells(name), self._gradebook.students(name)
            for _, each in there:
                yield from self._begin(name, each, cells, each in known)
        while self._running:
            yield from self._collect(0)

    def _begin(self, name, student, cells, known):
        """Read a hand-in and have it marked; yield what is done meanwhile."""
        try:
            with interrupt.let_through():
                hand_in = intake.read(submitted(self._api) / student / name, student, name)
        except Refused as refused:
            yield name, student, str(refused)
            return
        if not self._force and known and self._graded(name, student) == hand_in.digest:
            yield name, student, AS_BEFORE
            return
        task = Task(hand_in, cells, self._secret, version(), self._engine, self._limits)
        self._submit(task)
        yield from self._collect(self._marked_by.room)

    def _submit(self, task, tries=1):
        self._running[self._marked_by.submit(task)] = (task, tries)

    def _collect(self, room):
        """Yield what is done, until no more than `room` hand-ins are being marked."""
        while self._running and len(self._running) > room:
            with interrupt.let_through():
                done, _ = concurrent.futures.wait(
                    self._running, self._marked_by.look_every, concurrent.futures.FIRST_COMPLETED
                )
            if not done:
                self._marked_by.look()
            for future in sorted(done, key=_never_begun):
                task, tries = self._running.pop(future)
                if _never_begun(future) and tries < TRIES:
                    again = [(task, tries), *self._running.values()]
                    self._running.clear()
                    for task, tries in again:
                        self._submit(task, tries + 1)
                    break
                name, student = task.hand_in.name, task.hand_in.student
                yield name, student, self._finish(future, name, student)

    def _finish(self, future, name, student):
        says = {"name": name, "student": student}
        try:
            marked = future.result()
        except Refused:
            raise  # the machine's fault, and so of every hand-in: stop
        except concurrent.futures.CancelledError:
            raise Refused(self._marked_by.lost) from None
        except pebble.ProcessExpired:
            return FAILED.format(**says, reason=DIED)
        except OwnFault as fault:
            return FAILED.format(**says, reason=fault)
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
            texts = {**marked.notes, f"{marked.name}.ipynb": marked.notebook + "\n"}
            for file, text in texts.items():
                (aside / file).write_text(text, encoding="utf-8")
                (aside / file).chmod(0o664 if self._api.coursedir.groupshared else 0o444)
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _never_begun(future):
    """Tell whether all processes ended before one began with the task, or with those after it."""
    return not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)


def _reason(error):
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:150]}" if lines else type(error).__name__
