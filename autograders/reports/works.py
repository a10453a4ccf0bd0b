"""What stands of each student's hand-ins: points of the gradebook, verdicts of the judge.

The gradebook is what counts. What came of an exercise's parts, and which mistakes are named,
stands in the graded notebook; it is taken only where it adds up to the gradebook's points.
"""

import itertools
import json
import pathlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from nbgrader.api import Assignment, Grade, Gradebook, SubmittedAssignment
from nbgrader.api import SubmittedNotebook as Notebook
from sqlalchemy.orm import selectinload

from autograders.course import catalogue, lesson
from autograders.grading.standing import Standing
from autograders.judge import feedback

NOTHING, REFUSED, WAITING, GRADED = "nothing", "refused", "not graded", "graded"
"""What may be the state of a student's work on an assignment."""
OPEN, EMPTY, MARKED, AGAIN = "open", "empty", "marked", "look again"
"""What may be the state of a written answer; it is to be looked at again where the hand-in was
graded again after a person had marked it."""
CLOSE = 1e-6  # between two numbers of points that are the same


@dataclass(frozen=True)
class Part:
    """What came of one part of an exercise.

    Attributes
    ----------
    name, says : str
        What the course calls it, and what it says of it.
    state : str
        One of `autograders.judge.feedback.STATES`.
    points, best : float
    asked, found : str
        The question that was answered wrongly and what was wrong, or nothing.
    """

    name: str
    says: str
    state: str
    points: float
    best: float
    asked: str = ""
    found: str = ""


@dataclass(frozen=True)
class Exercise:
    """What a student has of one exercise.

    Attributes
    ----------
    name : str
    points, best : float
        The gradebook's, with what a person has changed.
    judged : float or None
        What the judge gave.
    parts : tuple of Part
        None where the graded notebook tells nothing, or tells other points.
    mistakes : tuple of str
        Names.
    together : bool
        Whether all of the mistakes were made; otherwise one of them.
    """

    name: str
    points: float
    best: float
    judged: float | None
    parts: tuple[Part, ...] = ()
    mistakes: tuple[str, ...] = ()
    together: bool = False


@dataclass(frozen=True)
class Written:
    """What a student has of one written answer; `points` is None until somebody has read it."""

    name: str
    state: str
    points: float | None
    best: float


@dataclass(frozen=True)
class Work:
    """What stands of a student's work on an assignment.

    Attributes
    ----------
    student, assignment : str
    state : str
        `NOTHING`, `REFUSED`, `WAITING` or `GRADED`.
    reason : str
        Why it was refused, as one line; of a graded one why a newer one was.
    exercises : tuple of Exercise
    written : tuple of Written
    late : float
        What being late costs.
    is_late : bool
    """

    student: str
    assignment: str
    state: str
    reason: str = ""
    exercises: tuple[Exercise, ...] = ()
    written: tuple[Written, ...] = ()
    late: float = 0.0
    is_late: bool = False

    @property
    def points(self) -> float:
        """What counts: without answers that nobody has read, less what being late costs."""
        return self.of_exercises + sum(each.points or 0 for each in self.written) - self.late

    @property
    def best(self) -> float:
        """The most that it could be."""
        read = (each.best for each in self.written if each.points is not None)
        return sum(each.best for each in self.exercises) + sum(read)

    @property
    def of_exercises(self) -> float:
        """The points of the exercises alone, before anything is taken off."""
        return sum(each.points for each in self.exercises)

    @property
    def share(self) -> float:
        """Which share of the exercises' points they are."""
        best = sum(each.best for each in self.exercises)
        return self.of_exercises / best if best else 0.0

    @property
    def untold(self) -> bool:
        """Whether the graded notebook does not tell of all exercises."""
        return any(not each.parts for each in self.exercises)


@dataclass
class Class_:
    """A class: who is in it, and what they have done."""

    students: dict[str, str]
    """By their ids; the name, which may be empty."""
    assignments: list[str]
    works: dict[tuple[str, str], Work] = field(default_factory=dict)
    """By student and assignment; all of them are there."""

    def of(self, assignment: str) -> list[Work]:
        """Return everybody's work on an assignment, in order."""
        return [self.works[student, assignment] for student in self.students]


def read(
    gradebook: Gradebook, graded: pathlib.Path, standing: Standing, assignments: Iterable[str]
) -> Class_:
    """Return what stands of a class, without those who have left.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
        With late penalties as they are now.
    graded : pathlib.Path
        The folder with one folder a student.
    standing : Standing
        How far the hand-ins have come.
    assignments : iterable of str
    """
    names = list(assignments)
    students = {student: "" for _, student in (*standing.arrived, *standing.refused)}
    students |= {student.id: _name(student) for student in standing.roster.values()}
    students |= {student.id: _name(student) for student in gradebook.students}
    students = {each: students[each] for each in sorted(students) if each not in standing.out}
    found = _graded(gradebook, graded, names)
    class_ = Class_(students, names)
    for student, name in itertools.product(students, names):
        refused = standing.refused.get((name, student), "")
        work = found.get((student, name), Work(student, name, NOTHING))
        if work.state != GRADED and refused:
            work = replace(work, state=REFUSED)
        elif work.state != GRADED and standing.waits(name, student):
            work = replace(work, state=WAITING)
        class_.works[student, name] = replace(work, reason=refused)
    return class_


def _name(student: Any) -> str:
    return " ".join(filter(None, (student.first_name, student.last_name)))


def _graded(
    gradebook: Gradebook, folder: pathlib.Path, names: list[str]
) -> dict[tuple[str, str], Work]:
    """Return what has been graded, by student and assignment."""
    found = (
        gradebook.db.query(Notebook, SubmittedAssignment, Assignment.name)
        .join(SubmittedAssignment, Notebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name.in_(names))
        .options(
            # or each number would be a query of its own
            selectinload(Notebook.grades).undefer(Grade.max_score),
            selectinload(Notebook.grades).joinedload(Grade.cell),
        )
    )
    works = {}
    for notebook, submission, assignment in found.all():
        student = submission.student_id
        place = (student, assignment)
        if any(grade.auto_score is not None for grade in notebook.grades):
            work = _work(*place, notebook, folder / student / assignment)
            works[place] = replace(work, is_late=submission.total_seconds_late > 0)
        elif submission.extension is None:  # which makes a submission, too, before there is one
            works[place] = Work(*place, WAITING)  # grading was tried, and failed
    return works


def _work(student: str, assignment: str, notebook: Notebook, folder: pathlib.Path) -> Work:
    verdicts = _verdicts(folder / f"{assignment}.ipynb")
    exercises, written = [], []
    for grade in sorted(notebook.grades, key=lambda each: each.cell.name):
        if grade.cell.cell_type == "code":
            name = grade.name.removeprefix(lesson.CHECK)
            exercises.append(_exercise(name, grade, verdicts.get(grade.name, {})))
        else:
            written.append(_answer(grade))
    order = catalogue.functions(assignment)
    exercises.sort(key=lambda each: order.index(each.name) if each.name in order else len(order))
    work = Work(student, assignment, GRADED, "", tuple(exercises), tuple(written))
    return replace(work, late=min(notebook.late_submission_penalty or 0.0, work.points))


def _exercise(name: str, grade: Grade, told: dict[str, Any]) -> Exercise:
    says = (name, float(grade.score), float(grade.max_score), grade.auto_score)
    try:
        parts = tuple(_part(each) for each in told.get(feedback.PARTS, ()))
        mistakes = tuple(map(str, told.get(feedback.MISTAKES, ())))
    except (TypeError, KeyError, ValueError, AttributeError):
        return Exercise(*says)
    if abs(sum(part.points for part in parts) - (grade.auto_score or 0.0)) > CLOSE:
        return Exercise(*says)  # the notebook is of another grading than the gradebook
    return Exercise(*says, parts, mistakes, bool(told.get(feedback.TOGETHER)))


def _part(told: dict[str, Any]) -> Part:
    if told["state"] not in feedback.STATES:
        raise ValueError
    words = (str(told["name"]), str(told["says"]), str(told["state"]))
    numbers = float(told["points"]), float(told["of"])
    return Part(*words, *numbers, str(told.get("asked", "")), str(told.get("found", "")))


def _answer(grade: Grade) -> Written:
    """Return what a student has of a written answer."""
    name, best = grade.name, float(grade.max_score)
    if grade.manual_score is not None:
        state = AGAIN if grade.needs_manual_grade else MARKED
        return Written(name, state, float(grade.score), best)
    if grade.needs_manual_grade:
        return Written(name, OPEN, None, best)
    return Written(name, EMPTY, float(grade.score), best)


def _verdicts(file: pathlib.Path) -> dict[str, dict[str, Any]]:
    """Return the verdicts as data that stand in a graded notebook, by the checks' cells.

    It is of our own making, and is read without holding it to a notebook's form, which takes
    ten times as long.
    """
    try:
        cells = json.loads(file.read_bytes())["cells"]
        checks = [cell for cell in cells if _grade_id(cell).startswith(lesson.CHECK)]
        return {_grade_id(cell): cell["outputs"][0]["metadata"] for cell in checks}
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return {}


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))
