"""Grading one hand-in of a stock course: a function from its notebooks to scores and pages.

It touches no gradebook, and runs in a process of its own.
"""

import contextlib
import functools
import logging
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbgrader.nbgraderformat import SchemaTooNewError, SchemaTooOldError
from traitlets.config import Application, Config
from traitlets.log import get_logger

from autograders import Refused
from autograders.sandbox import plain, sanitize
from autograders.sandbox.limits import Limits
from autograders.sandbox.plain import Room
from autograders.sandbox.session import OwnFault
from autograders.stock import handin, steps
from autograders.stock.known import Book, KnownNotebook, Scores
from autograders.stock.running import Running
from lab.judge.excerpt import named

OF_THE_MACHINE = (Refused, OwnFault)
LONGEST_REASON = 300  # characters
NOT_GRADED = (
    "{student}, {assignment}: {notebook}.ipynb cannot be graded ({reason}). "
    "Nothing of the hand-in was saved. Ask the student for it again."
)
OTHER_FORM = (
    "{student}, {assignment}: {notebook}.ipynb has another form of nbgrader's metadata ({reason}). "
    "Nothing of the hand-in was saved. `nbgrader update` may mend it."
)


@dataclass(frozen=True)
class Task:
    """One hand-in to grade.

    Attributes
    ----------
    student, assignment : str
    notebooks : dict of str to bytes
        The files that were handed in, by their names without the ending.
    folder : str
        Where the files lie that the notebooks find beside them.
    known : dict of str to KnownNotebook
    sanitize, autograde : tuple of type
        The course's two lists of nbgrader's steps.
    config : traitlets.config.Config
    db_url : str
    boxed : bool
        Whether the cells run in a box.
    limits : Limits
    room : Room
    """

    student: str
    assignment: str
    notebooks: dict[str, bytes]
    folder: str
    known: dict[str, KnownNotebook]
    sanitize: tuple[type, ...]
    autograde: tuple[type, ...]
    config: Config
    db_url: str
    boxed: bool = True
    limits: Limits = field(default_factory=Limits)
    room: Room = field(default_factory=Room)


@dataclass
class Graded:
    """What came of a hand-in.

    Attributes
    ----------
    notebooks : dict of str to str
        The graded notebooks as texts.
    scores : dict of str to Scores
    lines : list of str
        What nbgrader's steps have to say of it.
    problem : str or None
        Why it could not be graded, as one line.
    """

    notebooks: dict[str, str] = field(default_factory=dict)
    scores: dict[str, Scores] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    problem: str | None = None


def grade(task: Task) -> Graded:
    """Grade one hand-in.

    Raises
    ------
    Refused
        If the wall cannot be built on this machine.
    """
    with _lines() as lines:
        graded = _all(task)
    graded.lines = lines
    return graded


@contextlib.contextmanager
def _lines() -> Iterator[list[str]]:
    """Keep what nbgrader's steps log in a process that has nobody to show it to."""
    lines: list[str] = []
    if Application.initialized():
        yield lines
        return
    log: Any = get_logger()
    handlers, propagate = log.handlers, log.propagate
    keeps = logging.Handler(logging.WARNING)
    keeps.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    log.handlers, log.propagate = [keeps], False
    try:
        yield lines
    finally:
        log.handlers, log.propagate = handlers, propagate


def _all(task: Task) -> Graded:
    graded = Graded()
    files = handin.files(pathlib.Path(task.folder)) if task.boxed else {}
    for name, data in sorted(task.notebooks.items()):
        says = {"student": task.student, "assignment": task.assignment, "notebook": name}
        book = Book(task.known[name])
        try:
            graded.notebooks[name] = _graded(task, name, data, book, files)
        except OF_THE_MACHINE:
            raise
        except (SchemaTooOldError, SchemaTooNewError) as error:
            return Graded(problem=OTHER_FORM.format(**says, reason=named(error, LONGEST_REASON)))
        except Exception as error:  # a broken file, or what nbgrader's own steps refuse
            return Graded(problem=NOT_GRADED.format(**says, reason=named(error, LONGEST_REASON)))
        graded.scores[name] = book.scores
    return graded


def _graded(task: Task, name: str, data: bytes, book: Book, files: dict[str, bytes]) -> str:
    """Return a notebook after both of nbgrader's rounds; its scores are in the book then."""
    launch = functools.partial(_launched, task.limits, task.room, files)

    def run(notebook: nbformat.NotebookNode, timeout: float | None) -> None:
        Running(launch, task.limits).run(notebook, timeout)

    names = {
        "student": task.student,
        "assignment": task.assignment,
        "notebook": name,
        "db_url": task.db_url,
        "folder": task.folder,
        steps.BOOK: book,
        steps.RUN: run,
    }
    how = task.config, names, task.boxed
    handed_in = nbformat.reads(data.decode("utf-8"), as_version=4)
    whole = nbformat.reads(steps.done(handed_in, task.sanitize, *how), as_version=4)
    made = nbformat.reads(steps.done(whole, task.autograde, *how), as_version=4)
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs = sanitize.outputs(cell.outputs)
    return nbformat.writes(made) + "\n"


def _launched(limits: Limits, room: Room, files: dict[str, bytes]) -> plain.PlainProcess:
    process = plain.start(limits, room, 2 * sum(map(len, files.values())))
    if files:
        process.put(files)
    return process
