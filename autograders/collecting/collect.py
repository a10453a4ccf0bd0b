"""From a platform's ZIP file into submitted/: one hand-in a student, with its time if known."""

import contextlib
import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from autograders import Refused, handful
from autograders.collecting import packed, uploads
from autograders.collecting.matching import Matched, match
from autograders.collecting.packed import Packed, Unusable
from autograders.collecting.roster import Student
from autograders.collecting.uploads import Upload
from autograders.course import dates
from autograders.course.catalogue import EXERCISES
from autograders.judge import candidates, intake

NOTE = ".collected.json"
"""Beside a hand-in: what was collected, so that a second call knows it again."""
FORMER = ".former"
"""The folder in submitted/ to which a hand-in goes that a newer one replaces."""
NOT_TAKEN = (intake.TIMESTAMP, intake.RECEIPT, NOTE)
"""What the course writes, and no student may bring."""

NEW, SAME, REPLACED, OTHER, OLDER = "collected", "as before", "replaced", "other", "older"
AS_IT_IS = "as it is"
Note = dict[str, Any]

NOT_A_PLATFORMS = (
    "{file} holds no file that is named as Canvas or Moodle names submissions (it holds {names}). "
    "Download the submissions of one assignment as a ZIP file."
)
NOT_THIS_PLATFORM = (
    "The files in {file} are not named as {platform} does it, but as {other} does. "
    "Say --from {other}."
)
WHICH_ASSIGNMENT = (
    "{file} does not tell of which assignment it is ({found}). Say it with --assignment: {names}."
)
NO_NOTEBOOK = "no notebook in it"
ONE_FILE = "{student}: {path} was left out, for it is {reason}."
FORGED = "{student}: {path} was left out, for only the course writes such a file."
TYPED = "{student} typed a text on the platform and uploaded no file."
NOT_NAMED = "{count} files are not named as {platform} does it and were left out: {names}."


@dataclass(frozen=True)
class Time:
    """When something was handed in.

    Attributes
    ----------
    at : str
        In UTC, as `timestamp.txt` has it; empty where it is not known.
    late : bool
    sure : bool
        Whether the time is the platform's; else it is the least that "late" can mean.
    by : datetime.timedelta, optional
        How much it is late.
    """

    at: str = ""
    late: bool = False
    sure: bool = True
    by: datetime.timedelta | None = None


@dataclass
class Report:
    """What came of a ZIP file.

    Attributes
    ----------
    assignment : str
    matched : Matched
    became : dict of str to str
        What became of each student's hand-in, by id: `NEW`, `SAME`, `REPLACED`, `OTHER`, which
        another one stands in the place of, or `OLDER`, which a newer one does.
    times : dict of str to Time
    missing : list of str
        Who is in the course and not in the ZIP file.
    lines : list of str
    """

    assignment: str
    matched: Matched
    became: dict[str, str] = field(default_factory=dict)
    times: dict[str, Time] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def named(file: packed.Packed, platform: str | None) -> tuple[str, list[Upload], list[str]]:
    """Return the platform, its files, and those that are not named as it does.

    Raises
    ------
    Refused
        If it is none that we know, or another one than was said.
    """
    shown = packed.printable(file.file.name, packed.LONGEST_SHOWN)
    found = {each: [(p, uploads.READ[each](p)) for p in file.places] for each in uploads.PLATFORMS}
    counts = Counter({each: sum(u is not None for _, u in pairs) for each, pairs in found.items()})
    # what Canvas makes of a name that Moodle gave is chance, never the other way round
    likely = uploads.MOODLE if counts[uploads.MOODLE] else uploads.CANVAS
    if not counts[likely]:
        names = handful(packed.printable(place, packed.LONGEST_SHOWN) for place in file.places)
        raise Refused(NOT_A_PLATFORMS.format(file=shown, names=names or "nothing"))
    if platform not in (None, likely):
        says = {"platform": str(platform).title(), "other": likely}
        raise Refused(NOT_THIS_PLATFORM.format(file=shown, **says))
    ours = [upload for _, upload in found[likely] if upload]
    return likely, ours, [place for place, upload in found[likely] if not upload]


def collect(
    submitted: pathlib.Path,
    file: pathlib.Path,
    roster: Mapping[str, Student],
    *,
    platform: str | None = None,
    assignment: str | None = None,
    rows: Mapping[str, dict[str, str]] | None = None,
    zone: str = dates.NONE,
    due: Callable[[str, str], datetime.datetime | None] = lambda assignment, student: None,
    update: bool = False,
) -> Report:
    """Put what students have handed in on a platform into submitted/.

    While it is not certain whose something is, nothing is written. What is there is replaced only
    with `update`, and then kept in submitted/.former.

    Parameters
    ----------
    submitted : pathlib.Path
    file : pathlib.Path
        The platform's ZIP file, or the folder that a browser made of it.
    roster : mapping of str to Student
        By id.
    platform : str, optional
        One of `uploads.PLATFORMS`; told by the names otherwise.
    assignment : str, optional
        Told by the notebooks otherwise.
    rows : mapping of str to dict, optional
        What the list that was given says of each student; Moodle's numbers and times count for
        its own assignment alone.
    zone : str
        Of the times in it; without one they are not used.
    due : callable
        ``due(assignment, student)`` returns when the hand-in was due, None where it never is.
    update : bool
        Replace a hand-in that is there by another one.

    Raises
    ------
    Refused
        If nothing can be collected at all.
    """
    given = packed.look(file)
    platform, files, others = named(given, platform)
    rows = rows or {}
    numbers = {_digits(row.get("participant", "")): each for each, row in rows.items()}
    matched = match(files, roster, numbers)
    report = Report("", matched, lines=list(matched.lines))
    if others:
        names = handful(packed.printable(place, packed.LONGEST_SHOWN) for place in others)
        says = {"count": len(others), "platform": platform.title(), "names": names}
        report.lines.append(NOT_NAMED.format(**says))
    if matched.ambiguous:
        return report
    submitted.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=submitted, prefix=".collecting.") as aside:
        staged = _staged(given, matched, pathlib.Path(aside), report)
        report.assignment = assignment or _assignment(pathlib.Path(aside), given.file.name)
        for student, folder in staged.items():
            time = _time(matched.of[student], rows.get(student, {}), zone)
            time = _at_least(time, due(report.assignment, student))
            report.times[student] = time
            place = submitted / student / report.assignment
            report.became[student] = _put(folder, place, matched.of[student], time, update)
    report.missing = sorted(e.id for e in roster.values() if not e.out and e.id not in staged)
    return report


def _staged(
    given: Packed, matched: Matched, aside: pathlib.Path, report: Report
) -> dict[str, pathlib.Path]:
    """Write the files of each student into a folder beside; return the folders."""
    whose: dict[str, list[tuple[str, Upload]]] = {}
    for student, files in matched.of.items():
        if not any(upload.kind == uploads.FILE for upload in files):
            report.lines.append(TYPED.format(student=student))
        for upload in files:
            if upload.kind == uploads.FILE:
                whose.setdefault(upload.place, []).append((student, upload))
    folders: dict[str, pathlib.Path] = {}
    for place, data in given.contents(set(whose)):
        for student, upload in whose[place]:
            says = {"student": student, "path": packed.printable(upload.path, packed.LONGEST_SHOWN)}
            if isinstance(data, Unusable):
                report.lines.append(ONE_FILE.format(**says, reason=data))
            elif pathlib.PurePosixPath(upload.path).name in NOT_TAKEN:
                report.lines.append(FORGED.format(**says))
            else:
                folder = folders.setdefault(student, aside / student)
                target = _free(folder / upload.path, upload.turn)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    return folders


def _free(path: pathlib.Path, turn: int) -> pathlib.Path:
    """Return a path at which nothing lies yet: Canvas takes several files of one name."""
    return path.with_name(f"{path.stem}-{turn}{path.suffix}") if path.exists() else path


def _assignment(aside: pathlib.Path, name: str) -> str:
    """Return of which assignment most of the notebooks are.

    Raises
    ------
    Refused
        If that is none, or two alike.
    """
    counts: Counter[str] = Counter()
    for home in sorted(aside.iterdir()):
        found = {candidates.assignment_of(each, EXERCISES) for each in candidates.inside(home)}
        counts.update(each for each in found if each)
    likely = counts.most_common(2)
    if not likely or (len(likely) == 2 and likely[0][1] == likely[1][1]):
        found_ = ", ".join(f"{each}: {count}" for each, count in likely) or NO_NOTEBOOK
        shown = packed.printable(name, packed.LONGEST_SHOWN)
        names = ", ".join(EXERCISES)
        raise Refused(WHICH_ASSIGNMENT.format(file=shown, found=found_, names=names))
    return likely[0][0]


def _time(files: Iterable[Upload], row: Mapping[str, str], zone: str) -> Time:
    """Return when something was handed in, as far as the platform says."""
    said = re.search(r"\blate\b", row.get("status", ""))
    late = bool(said) or any(upload.late for upload in files)
    text = row.get("submitted", "")
    if text and text != "-":
        with contextlib.suppress(dates.BadDate):
            return Time(dates.written(dates.read(moodle_s(text), zone)), late)
    return Time("", late)


_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_USERDATE = re.compile(r"\w+, (\d{1,2}) (\w+) (\d{4}), (\d{1,2}):(\d{2})(?:\s*([AP]M))?", re.I)


def moodle_s(text: str) -> str:
    """Return a time as Moodle writes it in English, in the form that is read here."""
    found = _USERDATE.fullmatch(text.strip())
    if not found or found[2].casefold() not in _MONTHS:
        return text
    hour = int(found[4]) % 12 + 12 * (found[6].upper() == "PM") if found[6] else int(found[4])
    month = _MONTHS.index(found[2].casefold()) + 1
    return f"{found[3]}-{month:02}-{int(found[1]):02} {hour:02}:{found[5]}"


def _at_least(time: Time, due: datetime.datetime | None) -> Time:
    """Return the time, and whether it is late; the least that is late where no time is known."""
    if time.at and due:
        by = dates.read(time.at) - due
        return replace(time, late=by > datetime.timedelta(), by=by)
    if time.late and due and not time.at:
        return Time(dates.written(due + datetime.timedelta(seconds=1)), True, sure=False)
    return time


def _put(
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


def _digits(identifier: str) -> str:
    """Return the number in what Moodle calls a participant."""
    return "".join(re.findall(r"\d+$", identifier.strip()))
