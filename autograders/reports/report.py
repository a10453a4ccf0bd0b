"""The report on a class: one page that opens without a server, and its numbers as a table."""

import csv
import datetime
import json
import pathlib
from collections.abc import Iterable, Iterator
from typing import Any

from autograders import ROOT
from autograders.course.catalogue import EXERCISES
from autograders.exports.sheet import harmless, number
from autograders.judge import feedback
from autograders.reports import change, figures, similarity, sums, works
from autograders.reports.rendered import rendered
from autograders.reports.works import Class_, Exercise, Work
from lab.judge.excerpt import printable
from lab.language import ENGLISH

FOLDER, OVERLAPS = pathlib.Path("build", "report"), similarity.FOLDER.relative_to(ROOT)
"""Where the report goes, and where the pages on overlap lie, in a course's folder."""
PAGE, TABLE = "report.html", "report.csv"
LAST, LAST_OF = "last.json", "last-{assignments}.json"
"""The numbers of the last report, on all of the course or on a part."""
TEMPLATE = "report.html"
HEAD = (
    *("student", "name", "assignment", "state", "exercise", "part"),
    *("result", "points", "of", "mistakes"),
)
NUMBERS = ("points", "of")
BY_HAND, LATE = "changed by hand", "late"
"""What stands for the part where a person has changed a check's points, and for a late hand-in."""
OR, AND = " or ", ", "

Row = tuple[str, ...]


def write(class_: Class_, course: pathlib.Path, language: str = ENGLISH) -> pathlib.Path:
    """Write the page, and the table beside it; return where the page is.

    Parameters
    ----------
    class_ : Class_
    course : pathlib.Path
        The course's folder, in which the numbers of the last report lie, too.
    language : str
        That of the page; the table's is English, for programs.
    """
    folder = course / FOLDER
    sums_ = [sums.of_assignment(class_, assignment) for assignment in class_.assignments]
    folder.mkdir(parents=True, exist_ok=True)
    now = change.numbers(class_, sums_, _now())
    before = change.kept(folder / _last(class_.assignments), now)
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows(class_)])
    page = folder / PAGE
    text = _page(class_, sums_, now, before, course / OVERLAPS, language)
    page.write_text(text, encoding="utf-8")
    return page


def rows(class_: Class_) -> Iterator[Row]:
    """Yield the table's rows: one a part, so that a student's rows add up to what counts."""
    for work in class_.works.values():
        about = (work.student, class_.students[work.student], work.assignment, work.state)
        for rest in _rows(work) if work.state == works.GRADED else [("", "", work.reason)]:
            told = dict(zip(HEAD, (*about, *rest), strict=False))
            yield tuple(_cell(column, told.get(column, "")) for column in HEAD)


def _cell(column: str, text: str) -> str:
    return text if column in NUMBERS else harmless(printable(text))


def _rows(work: Work) -> Iterator[Row]:
    for exercise in work.exercises:
        yield from _of_exercise(exercise)
    for answer in work.written:
        points = "" if answer.points is None else number(answer.points)
        yield answer.name, "", answer.state, points, number(answer.best)
    if work.late:
        yield "", LATE, "", number(-work.late)


def _of_exercise(exercise: Exercise) -> Iterator[Row]:
    named = (AND if exercise.together else OR).join(exercise.mistakes)
    if not exercise.parts:
        yield exercise.name, "", "", number(exercise.points), number(exercise.best), named
        return
    for part in exercise.parts:
        numbers = number(part.points), number(part.best)
        yield exercise.name, part.name, part.state, *numbers, named
        named = ""
    rest = exercise.points - sum(part.points for part in exercise.parts)
    if abs(rest) > works.CLOSE:
        yield exercise.name, BY_HAND, "", number(rest)


def _page(
    class_: Class_,
    sums_: list[sums.AssignmentSum],
    now: change.Numbers,
    before: change.Numbers | None,
    overlaps: pathlib.Path,
    language: str,
) -> str:
    return rendered(
        TEMPLATE,
        language,
        made=now["made"],
        before=before and before["made"],
        changes=change.compared(now, before) if before else [],
        students=class_.students,
        assignments=sums_,
        far=sums.far_below(class_),
        twice=sums.twice(class_),
        overlaps={name: _overlap(overlaps, name) for name in class_.assignments},
        FAR=sums.FAR,
        PARTS=feedback.STATES,
        columns=figures.columns,
        bar=figures.bar,
        works=works,
    )


def _overlap(folder: pathlib.Path, assignment: str) -> dict[str, Any] | None:
    """Return what the last comparison of answers found, and when; None where there was none."""
    file = folder / similarity.SUMMARY.format(assignment=assignment)
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {**found, "made": _said(datetime.datetime.fromtimestamp(file.stat().st_mtime))}
    except (OSError, ValueError):
        return None


def _last(assignments: Iterable[str]) -> str:
    """Return where the numbers lie of the last report on these: two parts are not compared."""
    named = [*assignments]
    return LAST if named == [*EXERCISES] else LAST_OF.format(assignments="-".join(named))


def _now() -> str:
    return _said(datetime.datetime.now())


def _said(time: datetime.datetime) -> str:
    return time.astimezone().isoformat(" ", "minutes")
