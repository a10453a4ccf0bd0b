"""A hand-in's place in submitted/: nothing that is there is replaced unsaid, or lost."""

import hashlib
import json
import os
import pathlib
import shutil
from collections.abc import Iterable
from typing import Any

from autograders.collecting.times import Time
from autograders.collecting.uploads import Upload
from autograders.judge import intake

NOTE = ".collected.json"
"""Beside a hand-in: what was collected, so that a second call knows it again."""
FORMER = ".former"
"""The folder in submitted/ to which a hand-in goes that a newer one replaces."""

NEW, SAME, REPLACED, OTHER, OLDER = "collected", "as before", "replaced", "other", "older"
AS_IT_IS = "untouched"
Note = dict[str, Any]


def put(
    folder: pathlib.Path,
    place: pathlib.Path,
    files: Iterable[Upload],
    time: Time,
    update: bool,
) -> str:
    """Move a hand-in to its place, if nothing else is there; return what became of it."""
    note = {
        "files": {p.relative_to(folder).as_posix(): _digest(p) for p in _files(folder)},
        "turn": max(upload.turn for upload in files),
        "time": time.at,
        "sure": time.sure,
    }
    became = _comes_to(_note(place), note, update) if os.path.lexists(place) else NEW
    if became in (AS_IT_IS, OLDER, OTHER):
        return SAME if became == AS_IT_IS else became
    (folder / NOTE).write_text(json.dumps(note) + "\n", encoding="utf-8")
    if time.at:
        (folder / intake.TIMESTAMP).write_text(time.at + "\n", encoding="utf-8")
    if became == SAME:
        for name in (intake.TIMESTAMP, NOTE):
            if (folder / name).exists():
                (folder / name).replace(place / name)
        return became
    place.parent.mkdir(parents=True, exist_ok=True)
    if became == REPLACED:
        _keep(place)
    folder.rename(place)
    return became


def _comes_to(there: Note | None, note: Note, update: bool) -> str:
    """Return what becomes of a hand-in where there is one already."""
    if there and there["files"] == note["files"]:
        known_better = note["time"] and (note["sure"] or not there["sure"] or not there["time"])
        return SAME if known_better and note["time"] != there["time"] else AS_IT_IS
    if there and there["turn"] > note["turn"]:
        return OLDER
    return REPLACED if update else OTHER


def _keep(place: pathlib.Path) -> None:
    """Move a hand-in that is replaced to where it is kept."""
    kept = place.parent.parent / FORMER / place.parent.name
    kept.mkdir(parents=True, exist_ok=True)
    number = 1 + len(list(kept.glob(f"{place.name}-*")))
    shutil.move(place, kept / f"{place.name}-{number}")


def _note(place: pathlib.Path) -> Note | None:
    """Return what was collected to a place, None where that is not known."""
    try:
        note = json.loads((place / NOTE).read_text(encoding="utf-8"))
        return note if {"files", "turn", "time", "sure"} <= note.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def _files(folder: pathlib.Path) -> list[pathlib.Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def _digest(file: pathlib.Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
