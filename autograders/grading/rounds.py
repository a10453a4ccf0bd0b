"""Grading a class: hand-ins are graded side by side, and one process writes the gradebook."""

import concurrent.futures
import contextlib
import functools
import json
import os
import pathlib
import shutil
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pebble
from nbgrader.apps import NbGraderAPI

from autograders import Refused
from autograders.course import catalogue
from autograders.grading import interrupt, leftovers, release, secret, standing, workers
from autograders.grading.gradebook import DATABASE_ERRORS, OpenGradebook, said_in_one_line
from autograders.grading.version import version
from autograders.judge import arrivals, intake
from autograders.judge.arrivals import Arrival
from autograders.judge.grader import Graded, SourceCell, Task
from autograders.sandbox.launcher import AUTO
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import OwnFault
from lab.judge.excerpt import named

NO_HAND_INS = "{assignment}: nobody has handed in. Put hand-ins into {path}."
NOT_RELEASED = (
    "{assignment} has not been released. Run `python -m autograders release {assignment}` first."
)
FAILED = (
    "{student}, {assignment}: grading stopped ({reason}). Nothing of it was saved: "
    "grade again, and report it if it stays."
)
DIED = "the grading process ended; it is out of memory, or was killed"
NOT_SAVED = (
    "{student}, {assignment}: what was graded could not be saved ({reason}). "
    "Mend that and grade again; the others are not touched."
)
ASTRAY = ""
"""What stands for the assignment of a notebook that lies where nobody's hand-in does."""
AS_BEFORE = ""
"""What stands for the problem of a hand-in that is graded already and has not changed."""
TRIES = 3  # of a task whose processes ended before they began with it


Done = tuple[str, str, str | None]
"""An assignment, a student, and the problem, if there was one."""
LONGEST_REASON = 150  # characters


def grade(
    api: NbGraderAPI,
    assignments: str | list[str],
    student: str = "*",
    force: bool = False,
    count: int | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
    say: Callable[[str], None] = lambda line: None,
    show: Callable[[Graded], None] | None = None,
) -> Generator[Done]:
    """Grade the hand-ins of assignments; yield (assignment, student, problem) as each is done.

    Parameters
    ----------
    api : NbGraderAPI
    assignments : str or list of str
    student : str
        One student's id; all of them unless told otherwise.
    force : bool
        Grade again what is graded already and has not changed.
    count : int, optional
        How many hand-ins are graded at a time; as many as there are processors unless
        told otherwise. With 0 they are graded in this process.
    scheduler : str, optional
        The address of a `dask.distributed` scheduler whose workers grade instead.
    limits : Limits, optional
    say : callable
        ``say(line)`` gets what a person has to know of a hand-in that is graded.
    show : callable, optional
        ``show(graded)`` gets what came of each hand-in, and nothing is written.

    Yields
    ------
    assignment, student : str
        The assignment is `ASTRAY` where a notebook lies where nobody's hand-in does.
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
    names = [assignments] if isinstance(assignments, str) else list(assignments)
    for assignment in names:
        catalogue.check_name(assignment)
    with said_in_one_line(), interrupt.held(), contextlib.ExitStack() as stack:
        gradebook = stack.enter_context(OpenGradebook(api))
        with interrupt.let_through():
            graders = stack.enter_context(workers.started(count, scheduler))
        round_ = _Round(api, gradebook, graders, force, limits or Limits(), say, show)
        yield from round_.grade(names, student)


def submitted(api: NbGraderAPI) -> pathlib.Path:
    """Return the folder of the hand-ins, one folder a student below it."""
    return pathlib.Path(api.coursedir.root) / api.coursedir.submitted_directory


def arrived(
    api: NbGraderAPI, assignments: list[str], student: str = "*"
) -> tuple[list[Arrival], list[tuple[str, str]]]:
    """Return the hand-ins of assignments that are there, and what lies astray.

    That is the folder below submitted/ in which it lies, and a line for a person.
    """
    found, strays = arrivals.find(submitted(api), catalogue.EXERCISES, student)
    wanted = [each for name in assignments for each in found if each.assignment == name]
    return wanted, strays


def waiting(api: NbGraderAPI, assignments: list[str], student: str = "*") -> list[tuple[str, str]]:
    """Return (assignment, student) for each hand-in that is there, in order.

    What cannot be looked at counts as there: reading it says what is wrong.
    """
    return [(each.assignment, each.student) for each in arrived(api, assignments, student)[0]]


class _Round:
    """One round of grading: what is read, graded and saved."""

    def __init__(
        self,
        api: NbGraderAPI,
        gradebook: OpenGradebook,
        graders: workers.Workers,
        force: bool,
        limits: Limits,
        say: Callable[[str], None],
        show: Callable[[Graded], None] | None,
    ) -> None:
        self._api, self._gradebook, self._workers = api, gradebook, graders
        self._force, self._limits, self._say, self._show = force, limits, say, show
        self._secret = secret.read(pathlib.Path(api.coursedir.root))
        self._engine = api.config.Judge.get("engine", AUTO)
        self._running: dict[Future[Graded], tuple[Task, int]] = {}
        self._language = functools.cache(functools.partial(release.language, api.coursedir))
        # the first task waits for a second one: a single one needs no process of its own
        self._held: Task | None = None
        self._first = True
        self._assignments: list[str] = []

    def grade(self, assignments: list[str], student: str) -> Iterator[Done]:
        """Yield (assignment, student, problem); see `grade`."""
        found, strays = arrived(self._api, assignments, student)
        self._assignments = list(dict.fromkeys(each.assignment for each in found))
        yield from ((ASTRAY, where, line) for where, line in strays)
        for assignment in assignments:
            if self._show is None:
                leftovers.clear(self._folder(assignment, "*").parent, f".{assignment}.")
            if not self._gradebook.knows(assignment):
                yield assignment, student, NOT_RELEASED.format(assignment=assignment)
                continue
            there = [each for each in found if each.assignment == assignment]
            if student == "*" and self._show is None:
                here = {each.student for each in there}
                standing.forget(self._api.coursedir, assignment, here)
            if not there:
                path = f"submitted/{student.replace('*', '<student>')}/{assignment}/"
                yield assignment, student, NO_HAND_INS.format(assignment=assignment, path=path)
                continue
            cells = self._gradebook.cells(assignment)
            known = self._gradebook.students(assignment)
            for each in there:
                yield from self._begin(each, cells, each.student in known)
        if self._held:
            self._workers = self._workers.alone
            self._submit_all()
        while self._running:
            yield from self._collect(0)

    def _begin(self, arrival: Arrival, cells: dict[str, SourceCell], known: bool) -> Iterator[Done]:
        """Read a hand-in and have it graded; yield what is done meanwhile."""
        assignment, student = arrival.assignment, arrival.student
        try:
            with interrupt.let_through():
                hand_in = arrival.read()
        except Refused as refused:
            self._note(assignment, student, str(refused))
            yield assignment, student, str(refused)
            return
        if not self._force and known and self._digest(assignment, student) == hand_in.digest:
            self._note(assignment, student, None)
            yield assignment, student, AS_BEFORE
            return
        if hand_in.line:
            self._say(hand_in.line)
        how = (self._engine, self._limits, self._language(assignment))
        task = Task(hand_in, cells, self._secret, version(), *how)
        if self._first and self._held is None:
            self._held = task
            return
        self._submit_all(task)
        yield from self._collect(self._workers.room)

    def _submit_all(self, *tasks: Task) -> None:
        """Submit tasks after the one that is held back."""
        if self._first:
            self._workers.prepare(self._assignments)
        held, self._held, self._first = self._held, None, False
        for task in filter(None, (held, *tasks)):
            self._submit(task)

    def _submit(self, task: Task, tries: int = 1) -> None:
        self._running[self._workers.submit(task)] = (task, tries)

    def _collect(self, room: int) -> Iterator[Done]:
        """Yield what is done, until no more than `room` hand-ins are being graded."""
        while self._running and len(self._running) > room:
            with interrupt.let_through():
                done, _ = concurrent.futures.wait(
                    self._running, self._workers.look_every, concurrent.futures.FIRST_COMPLETED
                )
            if not done:
                self._workers.look()
            for future in sorted(done, key=_never_begun):
                task, tries = self._running.pop(future)
                if _never_begun(future) and tries < TRIES:
                    again = [(task, tries), *self._running.values()]
                    self._running.clear()
                    for task, tries in again:
                        self._submit(task, tries + 1)
                    break
                assignment, student = task.hand_in.assignment, task.hand_in.student
                yield assignment, student, self._finish(future, assignment, student)

    def _finish(self, future: "Future[Graded]", assignment: str, student: str) -> str | None:
        says = {"assignment": assignment, "student": student}
        try:
            graded = future.result()
        except Refused:
            raise  # the machine's fault, and so of every hand-in: stop
        except concurrent.futures.CancelledError:
            raise Refused(self._workers.lost) from None
        except pebble.ProcessExpired:
            return FAILED.format(**says, reason=DIED)
        except OwnFault as fault:
            return FAILED.format(**says, reason=fault)
        except Exception as error:
            return FAILED.format(**says, reason=named(error, LONGEST_REASON))
        if graded.problem:
            self._note(assignment, student, graded.problem)
            return graded.problem
        if self._show is not None:
            self._show(graded)
            return None
        try:
            self._gradebook.save(graded)
            self._write(graded)
        except (*DATABASE_ERRORS, OSError) as error:
            return NOT_SAVED.format(**says, reason=named(error, LONGEST_REASON))
        self._note(assignment, student, None)
        return None

    def _note(self, assignment: str, student: str, reason: str | None) -> None:
        """Keep why a hand-in was refused, for the table, where it can be kept."""
        if self._show is not None:
            return
        with contextlib.suppress(OSError):
            standing.note(self._api.coursedir, assignment, student, reason)

    def _folder(self, assignment: str, student: str) -> pathlib.Path:
        directory = self._api.coursedir.autograded_directory
        return pathlib.Path(self._api.coursedir.format_path(directory, student, assignment))

    def _digest(self, assignment: str, student: str) -> str | None:
        """Return the digest of the hand-in that was graded last, if one was."""
        file = self._folder(assignment, student) / f"{assignment}.ipynb"
        try:
            return json.loads(file.read_text(encoding="utf-8"))["metadata"].get(intake.DIGEST)
        except (OSError, ValueError, KeyError, AttributeError):
            return None

    def _write(self, graded: Graded) -> None:
        """Write the graded notebook, after its scores: a hand-in counts as graded by it."""
        folder = self._folder(graded.assignment, graded.student)
        aside = folder.with_name(f".{graded.assignment}.{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        try:
            texts = {**graded.notes, f"{graded.assignment}.ipynb": graded.notebook + "\n"}
            for file, text in texts.items():
                (aside / file).write_text(text, encoding="utf-8")
                (aside / file).chmod(0o664 if self._api.coursedir.groupshared else 0o444)
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _never_begun(future: "Future[Graded]") -> bool:
    """Tell whether all processes ended before one began with the task, or with those after it."""
    return not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)
