"""What a person gives for written answers: nbgrader's own manual score and comment."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.orm import selectinload

from autograders import Refused

NO_NUMBER = "{points!r} is no number of points from 0 to {best:g}."
TOO_LONG = "The comment has more than {longest:,} characters. Shorten it."
GONE = "{assignment}: the gradebook has no answer {cell} of some of these students any more."
LONGEST_COMMENT = 20_000  # characters


class Otherwise(Exception):
    """Somebody has marked the answers meanwhile; nothing was saved."""


@dataclass
class Mark:
    """What the gradebook holds of one written answer.

    Attributes
    ----------
    student, cell : str
    points : float or None
        A person's, without extra credit; None where nobody has given any.
    comment : str
    waits : bool
        Whether it is to be read, or looked at again.
    best : float
    """

    student: str
    cell: str
    points: float | None
    comment: str
    waits: bool
    best: float


def read(gradebook: Gradebook, assignment: str) -> list[Mark]:
    """Return what the gradebook holds of the written answers to an assignment, in order."""
    return [_mark(*each) for each in _found(gradebook, assignment)]


def _found(gradebook: Gradebook, assignment: str) -> Iterator[tuple[str, Grade, Comment | None]]:
    """Yield each written answer's student, grade and comment."""
    found = (
        gradebook.db.query(SubmittedNotebook, SubmittedAssignment.student_id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == assignment)
        .order_by(SubmittedAssignment.student_id)
        .options(
            selectinload(SubmittedNotebook.grades).undefer(Grade.max_score),
            selectinload(SubmittedNotebook.grades).joinedload(Grade.cell),
            selectinload(SubmittedNotebook.comments).joinedload(Comment.cell),
        )
        .populate_existing()
    )
    for notebook, student in found.all():
        comments = {comment.name: comment for comment in notebook.comments}
        for grade in sorted(notebook.grades, key=lambda each: each.name):
            if grade.cell.cell_type == "markdown":
                yield student, grade, comments.get(grade.name)


def _mark(student: str, grade: Grade, comment: Comment | None) -> Mark:
    said = comment.manual_comment if comment is not None else None
    waits, best = bool(grade.needs_manual_grade), float(grade.max_score)
    return Mark(student, grade.name, grade.manual_score, said or "", waits, best)


def version(marks: Iterable[Mark]) -> str:
    """Return what tells whether somebody has marked answers meanwhile."""
    rows = sorted([m.student, m.points, m.comment, m.waits] for m in marks)
    return sha256(json.dumps(rows).encode()).hexdigest()[:16]


def save(
    gradebook: Gradebook,
    assignment: str,
    cell: str,
    students: list[str],
    points: object,
    comment: object,
    seen: str | None,
) -> None:
    """Give the same points and comment to the answers of some students, all of them or none.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    assignment, cell : str
    students : list of str
    points : float
    comment : str
        Nothing takes an earlier one away.
    seen : str or None
        The `version` of what the person saw; None replaces whatever is there.

    Raises
    ------
    Otherwise
        If it is another one.
    Refused
        If the points or the comment cannot be used, or an answer is gone.
    """
    wanted = set(students)
    found = _found(gradebook, assignment)
    mine = [each for each in found if each[0] in wanted and each[1].name == cell]
    if len(mine) != len(wanted):
        raise Refused(GONE.format(assignment=assignment, cell=cell))
    if seen is not None and version(_mark(*each) for each in mine) != seen:
        raise Otherwise
    score, text = _checked(points, comment, float(mine[0][1].max_score))
    for _, grade, said in mine:
        grade.manual_score, grade.needs_manual_grade = score, False
        if said is not None:
            said.manual_comment = text or None
    gradebook.db.commit()


def _checked(points: object, comment: object, best: float) -> tuple[float, str]:
    number = isinstance(points, int | float) and not isinstance(points, bool)
    if not number or not 0 <= float(points) <= best:  # type: ignore[arg-type]
        raise Refused(NO_NUMBER.format(points=points, best=best))
    if not isinstance(comment, str) or len(comment) > LONGEST_COMMENT:
        raise Refused(TOO_LONG.format(longest=LONGEST_COMMENT))
    return float(points), comment.strip()  # type: ignore[arg-type]
