"""What the box of root's reads: it is another user's, whom a strict umask may have shut out."""

import contextlib
import os
import pathlib
import shutil
import stat
import tempfile
from collections.abc import Iterator

from autograders import CACHE, digest

COPIES = CACHE / "shared"
BYTECODE = "__pycache__"

ALONE = (
    "{path} can be read by root alone, and root's box is another user's; let all read it: "
    "`chmod -R go+rX {path}`"
)


def folder(path: pathlib.Path) -> pathlib.Path:
    """Return a folder that the box can read: the same one, or a copy of it.

    The folder itself is left as it is. A copy is made once for each state of the folder.

    Parameters
    ----------
    path : pathlib.Path
        Without links in it.
    """
    if all(map(readable_for_all, (path, *_inside(path)))):
        return path
    state = digest((file for file in _inside(path) if file.is_file()), path)
    copy = COPIES / f"{path.name}-{state[:16]}"
    if not copy.is_dir():
        COPIES.mkdir(parents=True, exist_ok=True)
        aside = pathlib.Path(tempfile.mkdtemp(dir=COPIES))
        made = aside / path.name
        shutil.copytree(path, made, ignore=shutil.ignore_patterns(BYTECODE))
        open_up(made)
        with contextlib.suppress(OSError):  # another process was faster
            made.rename(copy)
        shutil.rmtree(aside)
    return copy


def open_up(path: pathlib.Path) -> None:
    """Let the box read a folder of our own making."""
    for each in (path, *_inside(path)):
        if not readable_for_all(each):
            each.chmod(0o755 if each.is_dir() else 0o644)


def missing(python: str) -> str | None:
    """Return why the box cannot run a Python, and what mends it, or None where it can."""
    library = next(pathlib.Path(python).glob("lib/python3*/site-packages"), None)
    for path in filter(None, (pathlib.Path(python), library)):
        if not readable_for_all(path):
            return ALONE.format(path=python)
    return None


def _inside(path: pathlib.Path) -> Iterator[pathlib.Path]:
    return (each for each in sorted(path.rglob("*")) if BYTECODE not in each.parts)


def readable_for_all(path: pathlib.Path) -> bool:
    """Tell whether the box can read a file or a folder as it is."""
    if os.getuid() != 0:  # the box is of the same user
        return True
    mode = path.stat().st_mode
    wanted = 0o005 if stat.S_ISDIR(mode) else 0o004
    return mode & wanted == wanted
