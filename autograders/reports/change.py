"""What has changed in a class since the last report, of which the numbers are kept."""

import json
import pathlib
from dataclasses import dataclass, field
from typing import Any

from autograders.reports.sums import AssignmentSum
from autograders.reports.works import GRADED, OPEN, REFUSED, Class_

Numbers = dict[str, Any]
"""What is kept of a report: `made`, `works` and `mistakes`."""


@dataclass(frozen=True)
class Moved:
    """A number that is another one now."""

    what: str
    before: float
    after: float


@dataclass
class Change:
    """What has changed in an assignment: who is graded now, refused now, has other points."""

    assignment: str
    graded: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    points: list[Moved] = field(default_factory=list)
    mistakes: list[Moved] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.graded, self.refused, self.read, self.points, self.mistakes))


def numbers(class_: Class_, sums: list[AssignmentSum], made: str) -> Numbers:
    """Return what is kept of a report."""
    works: dict[str, dict[str, Any]] = {name: {} for name in class_.assignments}
    for (student, name), work in class_.works.items():
        unread = sum(answer.state == OPEN for answer in work.written)
        works[name][student] = [work.state, round(work.points, 6), unread]
    named = {
        sum_.name: {
            f"{each.exercise}: {'; '.join(each.says)}": len(each.students) for each in sum_.mistakes
        }
        for sum_ in sums
    }
    return {"made": made, "works": works, "mistakes": named}


def compared(now: Numbers, before: Numbers) -> list[Change]:
    """Return what has changed, one for each assignment in which something has."""
    changes = []
    for name, works in now["works"].items():
        change, former = Change(name), before["works"].get(name, {})
        for student, (state, points, unread) in works.items():
            old_state, old_points, old_unread = former.get(student, ["", 0.0, 0])
            if state == GRADED != old_state:
                change.graded.append(student)
            elif state == REFUSED != old_state:
                change.refused.append(student)
            elif state == GRADED and points != old_points:
                change.points.append(Moved(student, old_points, points))
            if state == GRADED == old_state and unread < old_unread:
                change.read.append(student)
        counts, old = now["mistakes"].get(name, {}), before["mistakes"].get(name, {})
        for what in sorted({*counts, *old}):
            if counts.get(what, 0) != old.get(what, 0):
                change.mistakes.append(Moved(what, old.get(what, 0), counts.get(what, 0)))
        changes += [change] if change else []
    return changes


def kept(file: pathlib.Path, now: Numbers) -> Numbers | None:
    """Keep a report's numbers; return those to compare with, None at the first report.

    Those are of the last report with other numbers: one that is made twice says the same twice.
    """
    try:
        last, former = json.loads(file.read_text(encoding="utf-8"))
        same = {**last, "made": ""} == {**now, "made": ""}
    except (OSError, ValueError, TypeError):
        last, former, same = None, None, False
    before = former if same else last
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([last if same else now, before], ensure_ascii=False)
    file.write_text(text, encoding="utf-8")
    return before
