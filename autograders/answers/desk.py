"""The answers on the desk: alike ones together, without names, with what they are marked by."""

import contextlib
import json
import pathlib
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from autograders import Refused
from autograders.course import catalogue, lesson
from autograders.grading import gradebook, marks
from autograders.grading.marks import Mark
from autograders.sandbox import sanitize
from lab.judge.excerpt import printable

NOTHING = "{assignment}: there is no written answer to read. Grade first, or name another one."
NO_GROUP = "There is no such answer on this page. Load the page again."
DRAFTS = "build/answers/{assignment}.drafts.json"
MOST_DRAFTS = 2_000


@dataclass
class Group:
    """Answers with the same words."""

    id: str
    cell: str
    text: str
    students: list[str]


class Desk:
    """The written answers to an assignment, and what is given for them.

    Parameters
    ----------
    api : NbGraderAPI
    assignment : str
    names : bool
        Whether the page says whose answers they are.

    Raises
    ------
    Refused
        If there is nothing to read.
    """

    def __init__(self, api: NbGraderAPI, assignment: str, *, names: bool = False) -> None:
        self._api, self._names = api, names
        self.assignment = catalogue.check_name(assignment)
        gradebook.wait_for_others()
        gradebook.check(api.coursedir.db_url)
        self._course = pathlib.Path(api.coursedir.root)
        self._lock = threading.Lock()
        self._groups = {group.id: group for group in self._grouped()}
        if not self._groups:
            raise Refused(NOTHING.format(assignment=assignment))

    def shown(self) -> dict[str, Any]:
        """Return all that the page shows."""
        with self._lock, self._opened() as book:
            there = self._there(book)
            drafts = self._drafts()
            groups = [
                {**self._state(group, there), "draft": drafts.get(group.id)}
                for group in self._groups.values()
            ]
        return {
            "assignment": self.assignment,
            "questions": list(questions(self.assignment)),
            # what waits comes first, then in an order that says nothing about names
            "groups": sorted(groups, key=lambda each: (not each["waits"], each["id"])),
        }

    def save(self, told: dict[str, Any], *, replace: bool = False) -> dict[str, Any]:
        """Give points and a comment to a group; return its state then.

        Parameters
        ----------
        told : dict
            `id`, `points`, `comment`, and `seen`, the version of what was shown.
        replace : bool
            Save it whatever is there.

        Raises
        ------
        autograders.grading.marks.Otherwise
            If somebody has marked it meanwhile.
        Refused
            If it cannot be saved.
        """
        group = self._group(told)
        seen = None if replace else str(told.get("seen"))
        what = (told.get("points"), told.get("comment", ""), seen)
        with self._lock, self._opened() as book:
            marks.save(book, self.assignment, group.cell, group.students, *what)
            self._keep_draft(group.id, None)
            return self._state(group, self._there(book))

    def state(self, told: dict[str, Any]) -> dict[str, Any]:
        """Return what the gradebook says of a group now."""
        with self._lock, self._opened() as book:
            return self._state(self._group(told), self._there(book))

    def draft(self, told: dict[str, Any]) -> None:
        """Keep what is being typed."""
        group, text = self._group(told), told.get("comment")
        if isinstance(text, str) and len(text) <= marks.LONGEST_COMMENT:
            with self._lock:
                self._keep_draft(group.id, text)

    def _group(self, told: dict[str, Any]) -> Group:
        group = self._groups.get(str(told.get("id")))
        if group is None:
            raise Refused(NO_GROUP)
        return group

    @contextlib.contextmanager
    def _opened(self) -> Iterator[Gradebook]:
        directory = self._api.coursedir
        url, course = directory.db_url, directory.course_id
        with gradebook.said_in_one_line(), Gradebook(url, course) as book:
            yield book

    def _there(self, book: Gradebook) -> dict[tuple[str, str], Mark]:
        return {(m.student, m.cell): m for m in marks.read(book, self.assignment)}

    def _state(self, group: Group, there: dict[tuple[str, str], Mark]) -> dict[str, Any]:
        """Return a group with what is given for it; where that differs, nothing is shown."""
        mine = [there[each, group.cell] for each in group.students if (each, group.cell) in there]
        given = {(mark.points, mark.comment) for mark in mine}
        points, comment = given.pop() if len(given) == 1 else (None, "")
        return {
            "id": group.id,
            "cell": group.cell,
            "text": group.text,
            "count": len(group.students),
            "names": [printable(each) for each in group.students] if self._names else [],
            "points": points,
            "comment": comment,
            "waits": any(mark.waits for mark in mine) or points is None,
            "best": mine[0].best if mine else 0.0,
            "seen": marks.version(mine),
        }

    def _grouped(self) -> Iterator[Group]:
        """Yield the answers that somebody has to read or has read, alike ones together."""
        with self._opened() as book:
            there = marks.read(book, self.assignment)
        wanted = [mark for mark in there if mark.waits or mark.points is not None]
        folder = self._course / self._api.coursedir.autograded_directory
        groups: dict[tuple[str, str], Group] = {}
        for student in dict.fromkeys(mark.student for mark in wanted):
            texts = _texts(folder / student / self.assignment / f"{self.assignment}.ipynb")
            for mark in (each for each in wanted if each.student == student):
                text = texts.get(mark.cell, "")
                place = (mark.cell, " ".join(text.split()))
                shown = sanitize.as_written(text)
                id = sha256("\0".join(place).encode("utf-8", "replace")).hexdigest()[:16]
                group = groups.setdefault(place, Group(id, mark.cell, shown, []))
                group.students.append(student)
        yield from groups.values()

    def _drafts(self) -> dict[str, str]:
        try:
            drafts = json.loads(self._file().read_text(encoding="utf-8"))
            return {str(id): str(text) for id, text in drafts.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _keep_draft(self, id: str, text: str | None) -> None:
        drafts = self._drafts()
        if text is None and id not in drafts:
            return
        drafts.pop(id, None)
        if text is not None:
            drafts = {**dict(list(drafts.items())[-MOST_DRAFTS:]), id: text}
        file = self._file()
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        aside.write_text(json.dumps(drafts, ensure_ascii=False), encoding="utf-8")
        aside.replace(file)

    def _file(self) -> pathlib.Path:
        return self._course / DRAFTS.format(assignment=self.assignment)


def questions(assignment: str) -> Iterator[dict[str, Any]]:
    """Yield each written question of an assignment, with what it is marked by, if that is there."""
    rubrics = {each.cell: each for each in catalogue.RUBRICS.get(assignment, [])}
    before = ""
    for cell in lesson.original(assignment).cells:
        name = lesson.grade_id(cell)
        if cell.cell_type == "markdown" and name:
            rubric = rubrics.get(name)
            yield {
                "cell": name,
                "text": before,
                "rubric": [[each.points, each.says] for each in rubric.criteria] if rubric else [],
                "sample": rubric.sample if rubric else "",
            }
        before = cell.source


def _texts(file: pathlib.Path) -> dict[str, str]:
    """Return the written answers of a graded notebook, by the cells' names."""
    try:
        cells = json.loads(file.read_bytes())["cells"]
        return {
            cell["metadata"].get("nbgrader", {}).get("grade_id", ""): "".join(cell["source"])
            for cell in cells
            if cell["cell_type"] == "markdown"
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
