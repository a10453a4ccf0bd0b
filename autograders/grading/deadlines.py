"""When hand-ins are due, in nbgrader's gradebook: an assignment's date, a student's extension."""

import datetime
from collections.abc import Callable

from nbgrader.api import Assignment, Gradebook, Student
from nbgrader.apps import NbGraderAPI

from autograders import Refused
from autograders.grading import gradebook

NOT_RELEASED = (
    "{assignment} has not been released. Run `python -m autograders release {assignment}` first."
)
NO_DUE_DATE = (
    "{assignment} has no due date that could be extended. Give it one first: "
    "`python -m autograders deadline {assignment} --due '2026-03-01 23:59 +01:00'`."
)
BEFORE = "{student} would have less time than all others: {assignment} is due at {due}."
NO_STUDENT = (
    "The gradebook has no student {student!r}. Take the class in first: "
    "`python -m autograders roster students.csv`."
)


def give(api: NbGraderAPI, assignment: str, due: datetime.datetime | None) -> list[str]:
    """Give an assignment a due date, or none; return who has an extension, which moves with it.

    Raises
    ------
    Refused
        If the assignment has not been released.
    """
    with gradebook.as_it_stands(api) as book:
        row = _released(book, assignment)
        row.duedate = due
        book.db.commit()
        return sorted(each.student_id for each in row.submissions if each.extension)


def extend(
    api: NbGraderAPI, assignment: str, student: str, until: datetime.datetime | None
) -> None:
    """Give one student more time than all others, or with None no more of it.

    Raises
    ------
    Refused
        If there is no such student, no due date, or less time.
    """
    with gradebook.as_it_stands(api) as book:
        row = _released(book, assignment)
        if row.duedate is None:
            raise Refused(NO_DUE_DATE.format(assignment=assignment))
        if book.db.get(Student, student) is None:
            raise Refused(NO_STUDENT.format(student=student))
        if until and until < row.duedate:
            says = {"student": student, "assignment": assignment, "due": row.duedate}
            raise Refused(BEFORE.format(**says))
        submission = book.update_or_create_submission(assignment, student)
        submission.extension = until - row.duedate if until else None
        book.db.commit()


def _released(book: Gradebook, assignment: str) -> Assignment:
    """Return an assignment's row, which a release makes."""
    row = book.db.query(Assignment).filter(Assignment.name == assignment).one_or_none()
    if row is None:
        raise Refused(NOT_RELEASED.format(assignment=assignment))
    return row


Due = tuple[datetime.datetime | None, dict[str, datetime.datetime]]
"""When an assignment is due, and for whom when else."""


def listed(api: NbGraderAPI) -> dict[str, Due]:
    """Return for each assignment when it is due, and for whom when else."""
    with gradebook.as_it_stands(api) as book:
        return {row.name: (row.duedate, _extended(row)) for row in book.db.query(Assignment).all()}


def _extended(row: Assignment) -> dict[str, datetime.datetime]:
    if row.duedate is None:
        return {}
    longer = (each for each in row.submissions if each.extension)
    return {each.student_id: row.duedate + each.extension for each in longer}


def when(api: NbGraderAPI) -> Callable[[str, str], datetime.datetime | None]:
    """Return ``due(assignment, student)``, which says when a student's hand-in is due."""
    dates = listed(api)

    def due(assignment: str, student: str) -> datetime.datetime | None:
        general, extended = dates.get(assignment, (None, {}))
        return extended.get(student, general)

    return due
