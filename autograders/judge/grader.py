"""Grading one hand-in: a pure function from bytes to a graded notebook and its scores.

It touches no gradebook and no file of the course, so it may run in another process or on
another machine.
"""

import json
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines
from nbgrader.preprocessors import LimitOutput
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_locked, is_solution

from autograders import Refused
from autograders.course import languages, lesson, reference
from autograders.course.assignment import Assignment
from autograders.judge import intake, words
from autograders.judge.hearing import Hearing, attempt
from autograders.sandbox.launcher import launcher
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Session
from lab.judge import examples
from lab.language import ENGLISH

NO_RESPONSE = "No response."


@dataclass(frozen=True)
class SourceCell:
    """What the gradebook knows of a cell of the release."""

    cell_type: str
    source: str
    locked: bool
    checksum: str
    points: float | None


@dataclass(frozen=True)
class Task:
    """One hand-in to grade.

    Attributes
    ----------
    hand_in : HandIn
    cells : dict of str to SourceCell
        What the release holds, by the cells' names.
    secret : bytes
        The course's.
    version : str
        Of the course's code; see `autograders.grading.version`.
    engine : str
        See `autograders.sandbox.launcher.launcher`.
    limits : Limits
    language : str
        That of the class's release; see `autograders.judge.language`.
    """

    hand_in: intake.HandIn
    cells: dict[str, SourceCell]
    secret: bytes
    version: str
    engine: str
    limits: Limits = field(default_factory=Limits)
    language: str = ENGLISH


@dataclass
class Graded:
    """What came of a task.

    Attributes
    ----------
    student, assignment : str
    timestamp : str
    notes : dict of str to str
        See `autograders.judge.intake.HandIn.notes`.
    notebook : str
        The graded notebook as JSON; empty where there is a problem.
    scores : dict of str to (float or None)
        For each graded cell what the judge gave; None waits for a person.
    comments : dict of str to (str or None)
        For each cell that a student writes in, nbgrader's own remark.
    problem : str or None
        Why it could not be graded, as one line.
    """

    student: str
    assignment: str
    timestamp: str
    notes: dict[str, str] = field(default_factory=dict)
    notebook: str = ""
    scores: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    problem: str | None = None


def prepare(assignment: Assignment) -> None:
    """Read what grading an assignment needs, which processes that are forked share then."""
    words.Course(lesson.original(assignment.name))
    reference.module(assignment.name)
    examples.load(assignment.name)


def grade(task: Task, assignment: Assignment) -> Graded:
    """Grade one hand-in.

    Parameters
    ----------
    task : Task
    assignment : Assignment
        The one that was handed in.

    Raises
    ------
    Refused
        If the wall cannot be built on this machine.
    """
    hand_in = task.hand_in
    graded = Graded(hand_in.student, assignment.name, hand_in.timestamp, hand_in.notes)
    launch = launcher(task.engine, task.limits)
    try:
        notebook = intake.notebook(hand_in, assignment, task.language)
    except Refused as refused:
        graded.problem = str(refused)
        return graded
    _overwrite(notebook, task.cells)
    know_untouched(notebook, assignment.name)
    with Session(launch, task.limits) as session:
        hearing = Hearing(session, assignment, hand_in.student, attempt(notebook), task.secret)
        hearing.hear(notebook)
    LimitOutput().preprocess(notebook, {})
    for cell in notebook.cells:
        name = lesson.grade_id(cell)
        if is_grade(cell):
            graded.scores[name] = determine_grade(cell)[0]
        if is_solution(cell):
            untouched = cell.metadata.nbgrader.checksum == compute_checksum(cell)
            graded.comments[name] = NO_RESPONSE if untouched else None
    graded.notebook = _text(notebook)
    return graded


def _text(notebook: NotebookNode) -> str:
    """Return a notebook as a file holds it.

    nbformat's own writer copies it first, and indents it, for which Python's is slow.
    """
    return json.dumps(split_lines(notebook), ensure_ascii=False, sort_keys=True)


def _overwrite(notebook: NotebookNode, cells: dict[str, SourceCell]) -> None:
    """Give each cell what the release says of it, as nbgrader's OverwriteCells does."""
    for cell in notebook.cells:
        known = cells.get(lesson.grade_id(cell))
        if known is None:
            cell.metadata.pop("nbgrader", None)
            continue
        cell.metadata.nbgrader.update(checksum=known.checksum, locked=known.locked)
        if known.points is not None:
            cell.metadata.nbgrader.points = known.points
        if known.locked:
            cell.source = known.source


def know_untouched(notebook: NotebookNode, assignment: str) -> None:
    """Let cells that are as a release in another language gave them count as untouched.

    The gradebook knows the checksums and the locked texts of one release alone.
    """
    given = _given(assignment, languages.of(notebook))
    others = [_given(assignment, language) for language in languages.names()]
    for cell in notebook.cells:
        name = lesson.grade_id(cell)
        if is_solution(cell) and cell.source == given.get(name):
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
        elif is_locked(cell) and any(cell.source == other.get(name) for other in others):
            cell.source = given[name]


def _given(assignment: str, language: str) -> dict[str, str]:
    cells = lesson.original(assignment, language).cells
    return {lesson.grade_id(cell): cell.source for cell in cells}
