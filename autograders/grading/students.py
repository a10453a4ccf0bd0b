"""The students of the roster, put into nbgrader's gradebook."""

from collections.abc import Iterable

from nbgrader.api import Student
from nbgrader.apps import NbGraderAPI

from autograders.collecting.roster import Student as OfCourse
from autograders.grading import gradebook


def enter(api: NbGraderAPI, students: Iterable[OfCourse]) -> None:
    """Put students into nbgrader's gradebook, with their names, before they hand in anything."""
    with gradebook.as_it_stands(api) as book:
        known = {student.id: student for student in book.db.query(Student).all()}
        for each in students:
            row = known.get(each.id)
            if row is None:
                row = known[each.id] = Student(id=each.id)
                book.db.add(row)
            first, last = _names(each)
            row.first_name, row.last_name = first or row.first_name, last or row.last_name
            row.email = each.email or row.email
            row.lms_user_id = each.canvas_id or row.lms_user_id
        book.db.commit()


def _names(student: OfCourse) -> tuple[str, str]:
    """Return the first and the last name, as far as one can tell."""
    if student.first_name or student.last_name:
        return student.first_name, student.last_name
    last, comma, first = student.name.partition(",")
    if not comma:
        first, _, last = student.name.rpartition(" ")
    return first.strip(), last.strip()
