"""What only the instructor's machine runs: exercises, judge, release, grading, the command line.

Each room below says in its own first lines what it does, what it may touch and what it never
imports; docs/architecture.md shows them all.
"""

import hashlib
import pathlib
from collections.abc import Iterable

CONFIGURATION = "nbgrader_config.py"
HOME = pathlib.Path(__file__).resolve().parent.parent
"""What this package lies in: a course that brings it along, or the installed packages."""


def is_course(folder: pathlib.Path) -> bool:
    """Tell whether a folder is that of a course."""
    return (folder / CONFIGURATION).is_file()


def above(folder: pathlib.Path) -> pathlib.Path | None:
    """Return the nearest folder from one upwards that has settings of nbgrader's, or None."""
    folder = folder.resolve()
    return next(filter(is_course, (folder, *folder.parents)), None)


def _course() -> pathlib.Path:
    """Return the course that brings this package along, or else the one in which one works."""
    if is_course(HOME):
        return HOME
    try:
        working = pathlib.Path.cwd()
    except OSError:  # it has been removed
        return HOME
    return above(working) or working


ROOT = _course()
"""The folder of the course: the one with its nbgrader_config.py, or else the working folder."""
CACHE = ROOT / ("build" if is_course(HOME) else ".autograders")
"""What this package makes for itself, and can make again, lies below it."""


class Refused(Exception):
    """Bad input. The message is one line: what is wrong, where, and what to do."""


AND_MORE = "{names} and {count} more"
MOST_NAMED = 5


def handful(names: Iterable[object]) -> str:
    """Return the first of some names as text, and how many more there are."""
    texts = [str(name) for name in names]
    shown = ", ".join(texts[:MOST_NAMED])
    left = len(texts) - MOST_NAMED
    return AND_MORE.format(names=shown, count=left) if left > 0 else shown


def digest(files: Iterable[pathlib.Path], folder: pathlib.Path, begin: bytes = b"") -> str:
    """Return a digest of files: of what stands before them, their places in a folder, their bytes.

    Parameters
    ----------
    files : iterable of pathlib.Path
        In an order of their own.
    folder : pathlib.Path
        Above all of them.
    begin : bytes
    """
    hashed = hashlib.sha256(begin)
    for file in files:
        data = file.read_bytes()
        hashed.update(f"{file.relative_to(folder)} {len(data)} ".encode() + data)
    return hashed.hexdigest()
