"""The course's secret, in a file that its owner alone can read."""

import contextlib
import os
import pathlib
import secrets

from autograders import Refused

NAME = ".course_secret"
BYTES = 32

UNREADABLE = "{path} holds no secret of this course. Restore it from your backup."


def read(root: pathlib.Path) -> bytes:
    """Return the secret of the course in a folder; it is made at first use.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder. The file in it is readable by its owner alone.

    Raises
    ------
    Refused
        If the file is there but holds something else.
    """
    path = pathlib.Path(root) / NAME
    with contextlib.suppress(FileExistsError):
        _make(path)
    text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != BYTES:
        raise Refused(UNREADABLE.format(path=path.name))
    return secret


def _make(path: pathlib.Path) -> None:
    """Write a new secret, whole or not at all, so that no other process reads a part of it."""
    if path.exists():
        raise FileExistsError(path)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(BYTES) + "\n")
    try:
        os.link(temporary, path)  # fails where another process was faster
    finally:
        temporary.unlink()
