"""From a platform's ZIP file into submitted/: one hand-in a student, with its time if known."""

import datetime
import pathlib
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograders import Refused, handful
from autograders.collecting import packed, placing, times, uploads
from autograders.collecting.matching import Matched, match
from autograders.collecting.packed import Packed, Unusable
from autograders.collecting.roster import Student
from autograders.collecting.times import Time
from autograders.collecting.uploads import Upload
from autograders.course import dates
from autograders.course.catalogue import EXERCISES
from autograders.judge import candidates, intake

NOT_TAKEN = (intake.TIMESTAMP, intake.RECEIPT, placing.NOTE)
"""What the course writes, and no student may bring."""
LONGEST_NAME = 240  # bytes

NOT_A_PLATFORMS = (
    "{file} holds no file that is named as Canvas or Moodle names submissions (it holds {names}). "
    "Download the submissions of one assignment as a ZIP file."
)
ONE_OFF = (
    "{file} is one student's folder of what {platform} gives out. Name the folder around it, which "
    "holds the folders of all."
)
NOT_THIS_PLATFORM = (
    "The files in {file} are not named as {platform} does it, but as {other} does. "
    "Say --from {other}."
)
WHICH_ASSIGNMENT = (
    "{file} does not tell of which assignment it is ({found}). Say it with --assignment: {names}."
)
ANOTHER_ASSIGNMENT = (
    "--assignment says {told}, and the notebooks in {file} are of another one ({found}). Leave "
    "--assignment out, or add --insist to collect them as {told}. Nothing was collected."
)
NO_NOTEBOOK = "no notebook in it"
ONE_FILE = "{student}: {path} was left out, for it is {reason}."
FORGED = "{student}: {path} was left out, for only the course writes such a file."
BOTH = "a file and a folder at once"
TYPED = "{student} typed a text on the platform and uploaded no file."
NOT_NAMED = "{count} files are not named as {platform} does it and were left out: {names}."


@dataclass
class Report:
    """What came of a ZIP file.

    Attributes
    ----------
    assignment : str
    matched : Matched
    became : dict of str to str
        What became of each student's hand-in, by id, as `placing` calls it.
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
        home = file.file.resolve()
        if home.is_dir() and uploads.moodle(f"{home.name}/"):
            raise Refused(ONE_OFF.format(file=shown, platform=uploads.MOODLE.title()))
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
    insist: bool = False,
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
    insist : bool
        Whether the assignment counts although the notebooks tell another.
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
    numbers = {
        _digits(row["participant"]): each for each, row in rows.items() if "participant" in row
    }
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
        told = assignment if insist else None
        report.assignment = told or _assignment(pathlib.Path(aside), given.file.name, assignment)
        for student, folder in staged.items():
            time = times.of(matched.of[student], rows.get(student, {}), zone)
            time = times.at_least(time, due(report.assignment, student))
            report.times[student] = time
            place = submitted / student / report.assignment
            report.became[student] = placing.put(folder, place, matched.of[student], time, update)
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
                _write(data, folder, upload, report)
    return folders


def _write(data: bytes, folder: pathlib.Path, upload: Upload, report: Report) -> None:
    """Write one file into a student's folder, under its own name as far as there can be such."""
    target = folder.joinpath(*map(_short, pathlib.PurePosixPath(upload.path).parts))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _free(target, upload.turn).write_bytes(data)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        path = packed.printable(upload.path, packed.LONGEST_SHOWN)
        says = {"student": folder.name, "path": path}
        report.lines.append(ONE_FILE.format(**says, reason=BOTH))


def _short(name: str) -> str:
    """Return a name that a file can have; a platform may take longer ones."""
    data, suffix = name.encode("utf-8", "replace"), pathlib.PurePosixPath(name).suffix
    if len(data) <= LONGEST_NAME:
        return name
    return data[: LONGEST_NAME - 40].decode("utf-8", "ignore") + suffix[:20]


def _free(path: pathlib.Path, turn: int) -> pathlib.Path:
    """Return a path at which nothing lies yet: Canvas takes several files of one name."""
    return path.with_name(f"{path.stem}-{turn}{path.suffix}") if path.exists() else path


def _assignment(aside: pathlib.Path, name: str, told: str | None) -> str:
    """Return of which assignment most of the notebooks are, or else the one that was told.

    Raises
    ------
    Refused
        If that is none or two alike, and none was told, or it is another one.
    """
    counts: Counter[str] = Counter()
    for home in sorted(aside.iterdir()):
        found = {candidates.assignment_of(each, EXERCISES) for each in candidates.inside(home)}
        counts.update(each for each in found if each)
    likely = counts.most_common()
    untold = not likely or (len(likely) > 1 and likely[0][1] == likely[1][1])
    if not untold and told in (None, likely[0][0]):
        return likely[0][0]
    if untold and told:
        return told
    says = {
        "file": packed.printable(name, packed.LONGEST_SHOWN),
        "found": ", ".join(f"{each}: {count}" for each, count in likely) or NO_NOTEBOOK,
    }
    if told:
        raise Refused(ANOTHER_ASSIGNMENT.format(told=told, **says))
    raise Refused(WHICH_ASSIGNMENT.format(names=", ".join(EXERCISES), **says))


def _digits(identifier: str) -> str:
    """Return the number in what Moodle calls a participant."""
    return "".join(re.findall(r"\d+$", identifier.strip()))
