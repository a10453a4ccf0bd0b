"""The students of the roster, and those of nbgrader's gradebook."""

import pathlib
from collections.abc import Iterable
from dataclasses import replace

from nbgrader.api import Student
from nbgrader.apps import NbGraderAPI

from autograders.collecting import roster
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


def known(api: NbGraderAPI) -> dict[str, OfCourse]:
    """Return the students of both by id; what a person has put into the gradebook counts first.

    Canvas's own number is that of the roster first, for it comes from Canvas.
    """
    people = roster.load(pathlib.Path(api.coursedir.root))
    with gradebook.opened(api) as book:
        for each in book.students:
            before = people.get(each.id, OfCourse(each.id))
            people[each.id] = replace(
                before,
                first_name=each.first_name or before.first_name,
                last_name=each.last_name or before.last_name,
                email=each.email or before.email,
                canvas_id=before.canvas_id or each.lms_user_id or "",
            )
    return people


def _names(student: OfCourse) -> tuple[str, str]:
    """Return the first and the last name, as far as one can tell."""
    if student.first_name or student.last_name:
        return student.first_name, student.last_name
    last, comma, first = student.name.partition(",")
    if not comma:
        first, _, last = student.name.rpartition(" ")
    return first.strip(), last.strip()
