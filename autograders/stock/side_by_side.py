"""nbgrader's autograde, with the hand-ins side by side.

Its command, formgrader's button and our own command all use the class `Autograde`. One method of
it is wrapped, once in a process, and does what it always did where a course's settings do not ask
for more.
"""

import collections
import concurrent.futures
import contextlib
import datetime
import functools
import pathlib
import pickle
import shutil
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, NoReturn

import pebble
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde, NbGraderException
from sqlalchemy.exc import SAWarning

from autograders import Refused
from autograders.grading import interrupt, workers
from autograders.grading.gradebook import DATABASE_ERRORS, wait_for_others
from autograders.sandbox import plain
from autograders.sandbox.session import OwnFault
from autograders.stock import grader, kernels, steps
from autograders.stock.book import ClassBook
from autograders.stock.grader import Graded, Task
from autograders.stock.known import KnownNotebook
from autograders.stock.settings import Boxes
from autograders.stock.tasks import Tasks
from lab.judge.excerpt import named

LONGEST_REASON = 200  # characters
DONE, SAME = "done", "same"

LEFT = (
    "{assignment}: {why}. It is left to nbgrader, one hand-in after the other and without a wall."
)
OWN_EXECUTE = "the course runs cells by a step of its own"
NOT_SAVED = (
    "{student}, {assignment}: what was graded could not be saved ({reason}). "
    "Mend that and grade again; the others are not touched."
)
STOPPED = "{student}, {assignment}: grading stopped ({reason}). Nothing of it was saved."
DIED = "the grading process ended; it is out of memory, or was killed"
NO_ASSIGNMENT = "No assignment with ID '{assignment}' exists in the database"
"""nbgrader's own words."""
SOME_FAILED = "{count} of the hand-ins could not be graded; why stands above, a line for each."


def take_over() -> None:
    """Let `Autograde` look whether a course wants its hand-ins side by side."""
    if hasattr(Autograde.convert_notebooks, "side_by_side"):
        return
    wait_for_others()
    # nbgrader 0.9.6 with SQLAlchemy 2: harmless, upstream's, and four lines for each hand-in
    warnings.filterwarnings("ignore", category=SAWarning)
    original = Autograde.convert_notebooks

    @functools.wraps(original)
    def convert_notebooks(self: Autograde) -> None:
        settings = Boxes(parent=self)
        if settings.side_by_side:
            self.hand_ins = Class(self, settings, original)
            self.hand_ins.grade()
        else:
            original(self)

    convert_notebooks.side_by_side = True  # type: ignore[attr-defined]
    Autograde.convert_notebooks = convert_notebooks


class Class:
    """The hand-ins of one call of autograde.

    Parameters
    ----------
    converter : nbgrader.converters.Autograde
    settings : Boxes
    original : callable
        What the converter does by itself.
    """

    def __init__(
        self, converter: Autograde, settings: Boxes, original: Callable[[Autograde], None]
    ) -> None:
        self._converter, self._settings, self._original = converter, settings, original
        self._known: dict[str, dict[str, KnownNotebook]] = {}
        self._tasks = Tasks(converter, settings, self._known)
        self._running: dict[Future[Graded], Task] = {}
        self._workers: Any = None
        self._failed: list[str] = []
        self.became: collections.Counter[tuple[str, str]] = collections.Counter()

    def grade(self) -> None:
        """Grade them all; raise NbGraderException where some could not be."""
        try:
            with interrupt.held(), ClassBook(self._converter) as self._book:
                mine, left = self._divided()
                if mine:
                    self._side_by_side(mine)
        except Refused as refused:
            self._converter.log.error(str(refused))
            raise NbGraderException(str(refused)) from None
        if left:
            self._converter.assignments = {each: left[each] for each in sorted(left)}
            self._original(self._converter)
        if self._failed:
            message = SOME_FAILED.format(count=len(self._failed))
            self._converter.log.error(message)
            raise NbGraderException(message)

    def _divided(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Return the hand-ins that go into boxes, and those that are left to nbgrader."""
        mine: dict[str, list[str]] = {}
        left: dict[str, list[str]] = {}
        reasons: dict[str, str | None] = {}
        for folder, found in sorted(self._converter.assignments.items()):
            assignment, _ = self._tasks.whose(folder)
            if assignment not in reasons:
                reasons[assignment] = self._left_alone(assignment)
                if why := reasons[assignment]:
                    self._converter.log.warning(LEFT.format(assignment=assignment, why=why))
            (left if reasons[assignment] else mine)[folder] = sorted(found)
        return mine, left

    def _left_alone(self, assignment: str) -> str | None:
        """Return why an assignment is left to nbgrader, or None."""
        lists = self._converter.sanitize_preprocessors, self._converter.autograde_preprocessors
        if any(map(steps.left_alone, lists)):
            return OWN_EXECUTE
        try:
            known = self._known[assignment] = self._book.known(assignment)
        except MissingEntry:
            raise Refused(NO_ASSIGNMENT.format(assignment=assignment)) from None
        if not self._settings.boxed:
            return None  # nbgrader's own kernels run them
        return next(filter(None, map(kernels.foreign, known.values())), None)

    def _side_by_side(self, folders: dict[str, list[str]]) -> None:
        with contextlib.ExitStack() as stack:
            stack.callback(plain.close)  # where hand-ins are graded in this process
            with interrupt.let_through():
                count = self._count(len(folders))
                self._workers = stack.enter_context(workers.started(count, run=grader.grade))
            for folder, found in folders.items():
                assignment, student = self._tasks.whose(folder)
                with self._told(assignment, student):
                    task = self._tasks.make(assignment, student, pathlib.Path(folder), found)
                    if task is None:
                        self.became[assignment, SAME] += 1
                    else:
                        self._running[self._workers.submit(task)] = task
                self._collect(self._workers.room)
            while self._running:
                self._collect(0)

    def _count(self, hand_ins: int) -> int:
        """Return how many processes grade; none where what they need cannot be sent to them."""
        lists = self._converter.sanitize_preprocessors, self._converter.autograde_preprocessors
        try:
            pickle.dumps((self._converter.config, *lists))
        except Exception:  # a function or a class of the course's settings
            return 0
        count = self._settings.workers or workers.processors()
        return min(count, hand_ins) if hand_ins > 1 else 0

    @contextlib.contextmanager
    def _told(self, assignment: str, student: str) -> Iterator[None]:
        """Say in one line what keeps one hand-in from being graded, and go on."""
        try:
            yield
        except MemoryError:
            raise
        except Refused as refused:
            self._fail(str(refused))
        except (*DATABASE_ERRORS, OSError) as error:
            reason = named(error, LONGEST_REASON)
            self._fail(NOT_SAVED.format(student=student, assignment=assignment, reason=reason))

    def _stop(self, line: str) -> NoReturn:
        self._converter.log.error(line)
        raise NbGraderException(line)

    def _fail(self, line: str) -> None:
        self._converter.log.error(line)
        self._failed.append(line)

    def _collect(self, room: int) -> None:
        """Save what is done, until no more than `room` hand-ins are being graded."""
        while self._running and len(self._running) > room:
            with interrupt.let_through():
                done, _ = concurrent.futures.wait(
                    self._running, self._workers.look_every, concurrent.futures.FIRST_COMPLETED
                )
            if not done:
                self._workers.look()
            for future in done:
                task = self._running.pop(future)
                with self._told(task.assignment, task.student):
                    self._finish(future, task)
                shutil.rmtree(task.folder, ignore_errors=True)

    def _finish(self, future: "Future[Graded]", task: Task) -> None:
        says = {"student": task.student, "assignment": task.assignment}
        try:
            graded = future.result()
        except Refused as refused:  # the machine's fault, and so of every hand-in
            self._stop(str(refused))
        except concurrent.futures.CancelledError:
            self._stop(self._workers.lost)
        except pebble.ProcessExpired:
            raise Refused(STOPPED.format(**says, reason=DIED)) from None
        except OwnFault as fault:
            raise Refused(STOPPED.format(**says, reason=fault)) from None
        except Exception as error:
            reason = named(error, LONGEST_REASON)
            raise Refused(STOPPED.format(**says, reason=reason)) from None
        if graded.problem:
            raise Refused(graded.problem)
        for line in graded.lines:
            self._converter.log.warning("%s, %s: %s", task.student, task.assignment, line)
        when = self._timestamp(pathlib.Path(task.folder))
        self._book.save_all(task.assignment, task.student, when, graded)
        self._write(task, graded)

    def _timestamp(self, folder: pathlib.Path) -> datetime.datetime | None:
        found: datetime.datetime | None = self._converter.coursedir.get_existing_timestamp(
            str(folder)
        )
        return found

    def _write(self, task: Task, graded: Graded) -> None:
        """Put the graded notebooks in their place, after their scores."""
        aside, folder = pathlib.Path(task.folder), self._tasks.graded(task.assignment, task.student)
        for name, text in graded.notebooks.items():
            (aside / f"{name}.ipynb").write_text(text, encoding="utf-8")
        if folder.exists():  # some of its notebooks are graded again
            for path in [each for each in aside.rglob("*") if each.is_file()]:
                target = folder / path.relative_to(aside)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        else:
            aside.rename(folder)
        self._converter.notebooks = [str(folder / f"{name}.ipynb") for name in graded.notebooks]
        self._converter.set_permissions(task.assignment, task.student)
        self._converter.run_post_convert_hook()
        self.became[task.assignment, DONE] += 1
        self._converter.log.info("Graded %s, %s", task.student, task.assignment)
