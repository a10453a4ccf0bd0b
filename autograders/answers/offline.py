"""Answers in a file: written to be read elsewhere, and what was given read back."""

import json
import pathlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from autograders import Refused
from autograders.answers import page
from autograders.answers.desk import Desk
from autograders.grading.marks import Otherwise

NO_MARKS = (
    "{path} is no file of marks. Name the one that the page saved with its key S, "
    "{assignment}-marks.json."
)
OTHER_ASSIGNMENT = "{path} holds marks for {found}, not for {assignment}."
LARGEST = 50_000_000  # bytes


@dataclass
class Brought:
    """What came of a file of marks: how many answers, by what became of them."""

    saved: int = 0
    same: int = 0
    otherwise: int = 0
    problems: list[str] = field(default_factory=list)


def write(desk: Desk, path: pathlib.Path) -> None:
    """Write the page with all answers into a file, which nobody but the owner can read."""
    text = page.made(secrets.token_urlsafe(16), desk.shown())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o600)
    path.write_text(text, encoding="utf-8")


def bring(desk: Desk, path: pathlib.Path, *, replace: bool = False) -> Brought:
    """Save what a file of marks gives.

    Parameters
    ----------
    desk : Desk
    path : pathlib.Path
    replace : bool
        Also where somebody has marked an answer since the page was written.

    Raises
    ------
    Refused
        If it is no such file, or one for another assignment.
    """
    now = {each["id"]: each for each in desk.shown()["groups"]}
    brought = Brought()
    for each in _read(path, desk.assignment):
        there = now.get(str(each.get("id")))
        if there and not there["waits"] and _given(there) == _given(each):
            brought.same += 1
            continue
        try:
            desk.save(each, replace=replace)
            brought.saved += 1
        except Otherwise:
            brought.otherwise += 1
        except Refused as refused:
            brought.problems.append(str(refused))
    return brought


def _given(group: dict[str, Any]) -> tuple[Any, Any]:
    return group.get("points"), group.get("comment")


def _read(path: pathlib.Path, assignment: str) -> list[dict[str, Any]]:
    says = {"path": path, "assignment": assignment}
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError
        told = json.loads(path.read_text(encoding="utf-8"))
        found, marks = told["assignment"], told["marks"]
        if not all(isinstance(each, dict) and "seen" in each for each in marks):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise Refused(NO_MARKS.format(**says)) from None
    if found != assignment:
        raise Refused(OTHER_ASSIGNMENT.format(**says, found=found))
    return list(marks)
