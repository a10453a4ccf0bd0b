"""Taking a hand-in of a stock course: plain files alone, and the course's own over them."""

import os
import pathlib
import shutil
import stat
from collections.abc import Callable, Iterator

from nbgrader.utils import find_all_files, is_ignored

from autograders import Refused
from lab.judge.excerpt import printable

LARGEST = 500_000_000  # bytes of all files of a hand-in
MOST = 2_000  # files
DEEPEST = 12  # folders below one another
LONGEST_SHOWN = 100  # characters of a file's name
NOTEBOOK = ".ipynb"

UNUSABLE = "{student}, {assignment}: {file} is no plain file of a usual size. Ask for it again."
NOT_PLAIN = "{student}, {assignment}: {file} is no plain file, and was left out."
TOO_MUCH = (
    "{student}, {assignment}: more than {most} files or {megabytes} MB were handed in. "
    "Remove what does not belong there, then grade again."
)


def plain_bytes(path: pathlib.Path, says: dict[str, str], largest: int) -> bytes:
    """Return the bytes of a student's file.

    Raises
    ------
    Refused
        If it is no plain file, or a larger one.
    """
    refused = Refused(UNUSABLE.format(**says, file=printable(path.name, LONGEST_SHOWN)))
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise refused from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > largest:
            raise refused
        return file.read(largest + 1)


def plain_files(
    folder: pathlib.Path, ignored: list[str], say: Callable[[str], None], says: dict[str, str]
) -> list[pathlib.Path]:
    """Return the plain files below a student's folder; links, pipes and the like are left out.

    Parameters
    ----------
    folder : pathlib.Path
    ignored : list of str
        Patterns of names that count for nothing, as nbgrader has them.
    say : callable
        ``say(line)`` gets what was left out.
    says : dict
        student and assignment.

    Raises
    ------
    Refused
        If there are too many, or they are too large.
    """
    found, size = [], 0
    for path in _below(folder, ignored, DEEPEST):
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            shown = printable(str(path.relative_to(folder)), LONGEST_SHOWN)
            say(NOT_PLAIN.format(**says, file=shown))
            continue
        found.append(path)
        size += status.st_size
        if len(found) > MOST or size > LARGEST:
            raise Refused(TOO_MUCH.format(**says, most=MOST, megabytes=LARGEST // 1_000_000))
    return found


def _below(folder: pathlib.Path, ignored: list[str], depth: int) -> Iterator[pathlib.Path]:
    """Yield what lies below a folder and is no folder, without following a link."""
    if is_ignored(str(folder), ignored):
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            if depth:
                yield from _below(path, ignored, depth - 1)
        elif not is_ignored(str(path), ignored):
            yield path


def put_together(
    student: list[pathlib.Path],
    submitted: pathlib.Path,
    source: pathlib.Path,
    target: pathlib.Path,
    ignored: list[str],
    theirs: list[str],
) -> None:
    """Put a student's files into a folder, and over them the course's own.

    Parameters
    ----------
    student : list of pathlib.Path
        See `plain_files`.
    submitted, source, target : pathlib.Path
        Where the student's files are, where the course's are, and where both are put.
    ignored : list of str
    theirs : list of str
        Files of the course's that a student may change.
    """
    target.mkdir(parents=True, exist_ok=True)
    for path in student:
        if path.suffix != NOTEBOOK:
            _copy(path, target / path.relative_to(submitted))
    kept = {source / name for name in theirs}
    for name in find_all_files(str(source), [*ignored, f"*{NOTEBOOK}"]):
        path = pathlib.Path(name)
        if path not in kept:
            _copy(path, target / path.relative_to(source))


def _copy(path: pathlib.Path, target: pathlib.Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(target):
        target.unlink()
    shutil.copyfile(path, target, follow_symlinks=True)


def files(folder: pathlib.Path) -> dict[str, bytes]:
    """Return what a notebook finds beside it, by the paths there."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if path.suffix != NOTEBOOK
    }
