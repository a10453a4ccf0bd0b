"""Taking a hand-in: one plain file is read, with care, and a notebook of our own is made of it.

Nothing else of what was handed in is ever looked at by nbgrader.
"""

import os
import pathlib
import shutil
import stat

import nbformat
from nbgrader.utils import parse_utc

from autograders import Refused, lesson, repair

LARGEST_NOTEBOOK = 50_000_000  # bytes; an honest one with its figures has less than one million
LARGEST_TIMESTAMP = 200
TIMESTAMP = "timestamp.txt"

NO_NOTEBOOK = "{student}, {name}: no {name}.ipynb was handed in{found}. Ask the student for it."
OTHER_FILES = " (but {files})"
NOT_A_FOLDER = (
    "{student}, {name}: the hand-in is no plain folder. Ask the student for the notebook itself."
)
NOT_A_FILE = "{student}, {name}: {file} is no plain file. Ask the student for the notebook itself."
TOO_LARGE = "{student}, {name}: {file} has {size:,} bytes. Ask for it with its outputs cleared."
NOT_READABLE = (
    "{student}, {name}: {file} cannot be read ({reason}). "
    "Mend its permissions, or ask for it again."
)
NOT_A_NOTEBOOK = (
    "{student}, {name}: {file} is no notebook ({reason}). Ask the student for it again."
)
OTHER_NOTEBOOK = (
    "{student}, {name}: {file} holds no exercise of this assignment. "
    "Ask the student for the right notebook."
)


def take_in(folder, student, name, target):
    """Read a hand-in and write what may be graded of it into a new folder.

    Parameters
    ----------
    folder : pathlib.Path
        submitted/<student>/<assignment>
    student, name : str
        Whose it is, and of which assignment.
    target : pathlib.Path
        Made anew; holds the repaired notebook, and the time of the hand-in.

    Raises
    ------
    Refused
        Where nothing can be graded, with the reason in one line.
    """
    notebook = repaired(folder, student, name)
    shutil.rmtree(target, ignore_errors=True)
    lesson.write(notebook, target / f"{name}.ipynb")
    timestamp = _timestamp(folder)
    if timestamp:
        (target / TIMESTAMP).write_text(timestamp, encoding="utf-8")


def repaired(folder, student, name):
    """Return the repaired notebook of a hand-in; see `take_in`."""
    folder = pathlib.Path(folder)
    says = {"student": student, "name": name}
    for each in (folder.parent, folder):
        if not stat.S_ISDIR(each.lstat().st_mode):
            raise Refused(NOT_A_FOLDER.format(**says))
    original = lesson.read(lesson.path(name))
    file = _the_notebook(folder, says)
    says["file"] = _shown(file.name)
    data = _read(file, LARGEST_NOTEBOOK, says)
    try:
        handed_in = nbformat.reads(data.decode("utf-8-sig"), as_version=4)
        notebook = repair.repaired(handed_in, original, lesson.names(name))
    except repair.OtherNotebook:
        raise Refused(OTHER_NOTEBOOK.format(**says)) from None
    except Exception as error:  # whatever a broken file may do to a parser
        raise Refused(NOT_A_NOTEBOOK.format(**says, reason=_shown(_first_line(error)))) from None
    return notebook


def _the_notebook(folder, says):
    """Return the notebook's path: of that name, or the only notebook that was handed in."""
    wanted = folder / f"{says['name']}.ipynb"
    if os.path.lexists(wanted):
        return wanted
    others = sorted(entry for entry in folder.iterdir() if entry.suffix == ".ipynb")
    if len(others) == 1:
        return others[0]
    files = ", ".join(_shown(entry.name) for entry in others[:5])
    found = OTHER_FILES.format(files=files) if others else ""
    raise Refused(NO_NOTEBOOK.format(**says, found=found))


def _read(file, largest, says):
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


def _timestamp(folder):
    """Return the time of the hand-in as nbgrader's exchange noted it, if it did."""
    says = {"student": "", "name": "", "file": TIMESTAMP}
    try:
        text = _read(folder / TIMESTAMP, LARGEST_TIMESTAMP, says).decode("utf-8").strip()
        parse_utc(text)
    except Exception:  # missing, or anything but a time
        return ""
    return text


def _first_line(error):
    return (str(error).splitlines() or [type(error).__name__])[0]


def _shown(text):
    return "".join(c if c.isprintable() else "?" for c in text[:100])
