"""A small class's evening, as the guide tells it: what Moodle gives out, and a course with it.

Nobody in it is a person: the students are called by their numbers.
"""

import csv
import io
import pathlib
import zipfile
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import nbformat

from autograders.answers.desk import Desk
from autograders.collecting import collect, columns, roster
from autograders.course import catalogue, dates, lesson, reference, stubs
from autograders.course.catalogue import find
from autograders.grading import deadlines, rounds, students

NAME, FUNCTION = catalogue.content("pictures").HANDED_IN
LIST, WORKSHEET = "students.csv", "worksheet.csv"
SUBMISSIONS, AGAIN = "submissions.zip", "submissions-2.zip"
ZONE = "Europe/Berlin"
DUE, LONGER = "2026-03-01 23:59", "2026-03-03 23:59"

RIGHT, MISTAKEN, EMPTY, NOTHING = "right", "mistaken", "empty", "nothing"
ANSWER = catalogue.content("pictures").ANSWER
SHORT = "Where both costs are low."
POINTS = {ANSWER: 3, SHORT: 1}
"""What a written answer is given, unless it is another one."""
OTHERWISE = 2


class Member(NamedTuple):
    """A student: what the work is like, how its file is called, what is written, when it came."""

    id: str
    work: str = RIGHT
    file: str = f"{NAME}.ipynb"
    answer: str = ANSWER
    came: str = "Saturday, 28 February 2026, 6:15 PM"

    @property
    def number(self) -> str:
        """The number in all that the platform says of the student."""
        return self.id.removeprefix("s")

    @property
    def names(self) -> tuple[str, str]:
        """The first and the last name."""
        return f"Given{self.number}", f"Family{self.number}"

    @property
    def folder(self) -> str:
        """What the platform calls the folder of the student's files."""
        return f"{' '.join(self.names)}_41{self.number}_assignsubmission_file"


CLASS = (
    Member("s01"),
    Member("s02", came="Monday, 2 March 2026, 9:30 AM"),
    Member("s03", MISTAKEN, answer=SHORT),
    Member("s04", file=f"{NAME} (1).ipynb", answer="At step 600, where the gap opens."),
    Member("s05", MISTAKEN, came="Tuesday, 3 March 2026, 8:00 PM"),
    Member("s06", EMPTY),
    Member("s07", NOTHING),
    Member("s08"),
)
STRANGER = Member("s99")
LEFT, EXTENDED, ASKED = "s08", "s05", "s06"
"""Who has left, who has longer, and who is asked for another hand-in."""


def files(course: pathlib.Path) -> None:
    """Write what Moodle gives out on a class into the folder of a course that has a release."""
    moodle = [*CLASS, STRANGER]
    again = [each if each.id != ASKED else Member(ASKED, answer=SHORT) for each in moodle]
    for file, class_ in ((SUBMISSIONS, moodle), (AGAIN, again)):
        handed_in = {f"{e.folder}/{e.file}": _work(course, e) for e in class_ if e.work != NOTHING}
        (course / file).write_bytes(_zipped(handed_in))
    head = ("First name", "Last name", "Username", "ID number", "Email address")
    rows = [(*e.names, e.id, f"70{e.number}", f"{e.id}@school.example") for e in CLASS]
    _write(course / LIST, head, rows)
    head = ("Identifier", "Full name", "ID number", "Status", "Last modified (submission)")
    rows = [
        (f"Participant 41{e.number}", " ".join(e.names), f"70{e.number}", *_state(e)) for e in CLASS
    ]
    _write(course / WORKSHEET, head, rows)


def taken_in(api) -> None:
    """Do on such a course what the guide does: take in the class, collect and grade it."""
    course = pathlib.Path(api.coursedir.root)
    files(course)
    people = roster.change({}, columns.read(course / LIST)).roster
    people = roster.mark(people, [LEFT], out=True)
    change = roster.change(people, columns.read(course / WORKSHEET))
    roster.save(course, change.roster)
    students.enter(api, (each for each in change.roster.values() if not each.out))
    deadlines.give(api, NAME, dates.read(DUE, ZONE))
    deadlines.extend(api, NAME, EXTENDED, dates.read(LONGER, ZONE))
    collect.collect(
        rounds.submitted(api),
        course / AGAIN,
        change.roster,
        rows=change.rows,
        zone=ZONE,
        due=deadlines.when(api),
    )
    for _ in rounds.grade(api, NAME):
        pass


def marked(table: Desk) -> None:
    """Mark all written answers, as somebody at the page does."""
    for group in table.shown()["groups"]:
        points = POINTS.get(group["text"], OTHERWISE)
        table.save({**group, "points": points, "comment": ""})


def _work(course: pathlib.Path, member: Member) -> bytes:
    """Return the notebook that a student hands in."""
    if member.work == EMPTY:
        return b""
    answers = {each: reference.source(NAME, each) for each in catalogue.functions(NAME)}
    if member.work == MISTAKEN:
        mistake = find(NAME, FUNCTION).mistakes[0]
        answers[FUNCTION] = stubs.changed(answers[FUNCTION], mistake.change)
    notebook = lesson.read(course / "release" / NAME / f"{NAME}.ipynb")
    for cell in notebook.cells:
        cell.source = answers.get(lesson.grade_id(cell), cell.source)
        if lesson.grade_id(cell).startswith("written_"):
            cell.source = member.answer
    return nbformat.writes(notebook).encode()


def _state(member: Member) -> tuple[str, str]:
    return ("No submission", "-") if member.work == NOTHING else ("Submitted", member.came)


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for place, data in contents.items():
            packed.writestr(place, data)
    return made.getvalue()


def _write(file: pathlib.Path, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([head, *rows])
