"""Taking a hand-in: one plain file is read, with care, and a notebook of our own is made of it.

Nothing else of what was handed in is ever looked at by nbgrader.
"""

import hashlib
import os
import pathlib
import re
import shutil
import stat
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograders import Refused
from autograders.course import lesson
from autograders.course.assignment import Assignment
from autograders.judge import repair
from lab.judge.excerpt import first_line, printable

LARGEST_NOTEBOOK = 50_000_000  # bytes; an honest one with its figures has less than one million
LARGEST_NOTE = 200  # bytes
LONGEST_SHOWN = 100  # characters of a file's name or of a reason
TIMESTAMP, RECEIPT = "timestamp.txt", "submission_secret.txt"
DIGEST = "hand_in"
"""The key of the hand-in's digest in a graded notebook's metadata."""

NO_NOTEBOOK = (
    "{student}, {assignment}: no {assignment}.ipynb was handed in{found}. Ask the student for it."
)
OTHER_FILES = " (but {files})"
THE_FOLDER = "the folder"
NOT_A_FOLDER = (
    "{student}, {assignment}: the hand-in is no plain folder. "
    "Ask the student for the notebook itself."
)
NOT_A_FILE = (
    "{student}, {assignment}: {file} is no plain file. Ask the student for the notebook itself."
)
TOO_LARGE = (
    "{student}, {assignment}: {file} has {size:,} bytes. Ask for it with its outputs cleared."
)
NOT_READABLE = (
    "{student}, {assignment}: {file} cannot be read ({reason}). "
    "Mend its permissions, or ask for it again."
)
NOT_A_NOTEBOOK = (
    "{student}, {assignment}: {file} is no notebook ({reason}). Ask the student for it again."
)
OTHER_NOTEBOOK = (
    "{student}, {assignment}: {file} holds no exercise of this assignment. "
    "Ask the student for the right notebook."
)


@dataclass(frozen=True)
class HandIn:
    """What was read of a hand-in.

    Attributes
    ----------
    student, assignment : str
        Whose it is, and of which assignment.
    file : str
        What the notebook's file was called, for messages.
    data : bytes
        The file as it was handed in.
    timestamp : str
        When, as nbgrader's exchange noted it; empty where it did not.
    receipt : str
        What the exchange gives the feedback out for, to this student alone; empty likewise.
    """

    student: str
    assignment: str
    file: str
    data: bytes
    timestamp: str
    receipt: str = ""

    @property
    def notes(self) -> dict[str, str]:
        """What goes along with the graded notebook: the texts of files, by their names."""
        notes = {TIMESTAMP: self.timestamp, RECEIPT: self.receipt}
        return {file: text for file, text in notes.items() if text}

    @property
    def digest(self) -> str:
        """A digest of all of it, by which a hand-in that has been graded is known."""
        hashed = hashlib.sha256(self.timestamp.encode() + b"\0" + self.data)
        return hashed.hexdigest()


def read(folder: pathlib.Path, student: str, assignment: str) -> HandIn:
    """Read a hand-in, with care: one plain file and what the exchange noted of it.

    Parameters
    ----------
    folder : pathlib.Path
        submitted/<student>/<assignment>
    student, assignment : str
        Whose it is, and of which assignment.

    Returns
    -------
    HandIn

    Raises
    ------
    Refused
        Where nothing can be graded, with the reason in one line.
    """
    folder = pathlib.Path(folder)
    says = {"student": student, "assignment": assignment, "file": THE_FOLDER}
    try:
        for each in (folder.parent, folder):
            if not stat.S_ISDIR(each.lstat().st_mode):
                raise Refused(NOT_A_FOLDER.format(**says))
        file = _the_notebook(folder, says)
    except OSError as error:
        raise Refused(NOT_READABLE.format(**says, reason=error.strerror)) from None
    says["file"] = _shown(file.name)
    data = _read(file, LARGEST_NOTEBOOK, says)
    notes = _timestamp(folder), _receipt(folder)
    return HandIn(student, assignment, says["file"], data, *notes)


def notebook(hand_in: HandIn, assignment: Assignment) -> NotebookNode:
    """Return the notebook that can be graded of a hand-in; see `autograders.judge.repair`.

    Parameters
    ----------
    hand_in : HandIn
    assignment : Assignment
        The one that it is of.

    Raises
    ------
    Refused
        Where it is no notebook of this assignment.
    """
    says = {"student": hand_in.student, "assignment": assignment.name, "file": hand_in.file}
    try:
        # not held to the notebooks' schema: the repair takes nothing for granted
        handed_in = nbformat.convert(nbformat.reader.reads(hand_in.data.decode("utf-8-sig")), 4)
        made = repair.repaired(handed_in, assignment.notebook, list(assignment.exercises))
    except repair.OtherNotebook:
        raise Refused(OTHER_NOTEBOOK.format(**says)) from None
    except Refused:
        raise
    except Exception as error:  # whatever a broken file may do to a parser
        raise Refused(NOT_A_NOTEBOOK.format(**says, reason=_shown(first_line(error)))) from None
    made.metadata[DIGEST] = hand_in.digest
    return made


def write(hand_in: HandIn, assignment: Assignment, target: pathlib.Path) -> None:
    """Write the notebook that can be graded, and the exchange's notes, into a new folder."""
    made = notebook(hand_in, assignment)
    shutil.rmtree(target, ignore_errors=True)
    lesson.write(made, target / f"{hand_in.assignment}.ipynb")
    for file, text in hand_in.notes.items():
        (target / file).write_text(text, encoding="utf-8")


def _the_notebook(folder: pathlib.Path, says: dict[str, str]) -> pathlib.Path:
    """Return the notebook's path: of that name, or the only notebook that was handed in."""
    entries = list(folder.iterdir())
    wanted = folder / f"{says['assignment']}.ipynb"
    if wanted in entries:
        return wanted
    others = sorted(entry for entry in entries if entry.suffix == ".ipynb")
    if len(others) == 1:
        return others[0]
    files = ", ".join(_shown(entry.name) for entry in others[:5])
    found = OTHER_FILES.format(files=files) if others else ""
    raise Refused(NO_NOTEBOOK.format(**says, found=found))


def _read(file: pathlib.Path, largest: int, says: dict[str, str]) -> bytes:
    """Return a plain file's bytes, without following a link or waiting for a pipe."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            raise Refused(NOT_A_FILE.format(**says))
        # the file may have changed since: open it without following or waiting
        careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(file, os.O_RDONLY | careful | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Refused(NOT_READABLE.format(**says, reason=error.strerror)) from None
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Refused(NOT_A_FILE.format(**says))
        if status.st_size > largest:
            raise Refused(TOO_LARGE.format(**says, size=status.st_size))
        return stream.read(largest)


def _timestamp(folder: pathlib.Path) -> str:
    """Return the time of the hand-in as nbgrader's exchange noted it, if it did."""
    text = _note(folder, TIMESTAMP)
    try:
        parse_utc(text)
    except Exception:  # anything but a time
        return ""
    return text


def _receipt(folder: pathlib.Path) -> str:
    """Return what nbgrader's exchange made up at random for the hand-in, if it did."""
    text = _note(folder, RECEIPT)
    return text if re.fullmatch("[0-9a-f]{128}", text) else ""


def _note(folder: pathlib.Path, file: str) -> str:
    """Return what one of the exchange's small files says, nothing where it is missing."""
    says = {"student": "", "assignment": "", "file": file}
    try:
        return _read(folder / file, LARGEST_NOTE, says).decode("utf-8").strip()
    except (Refused, UnicodeDecodeError):
        return ""


def _shown(text: str) -> str:
    return printable(text, LONGEST_SHOWN)
