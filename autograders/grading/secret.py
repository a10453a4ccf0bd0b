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
    secret = found(path)
    if secret is None:
        raise Refused(UNREADABLE.format(path=path.name))
    return secret


def found(path: pathlib.Path) -> bytes | None:
    """Return the secret that a file holds, or None where it holds something else."""
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii", errors="replace").strip())
    except ValueError:
        return None
    return secret if len(secret) == BYTES else None


def put(root: pathlib.Path, secret: bytes) -> None:
    """Put a secret into the place of the one that is there."""
    path = pathlib.Path(root) / NAME
    _written(path, secret).replace(path)


def _make(path: pathlib.Path) -> None:
    """Write a new secret, whole or not at all, so that no other process reads a part of it."""
    if path.exists():
        raise FileExistsError(path)
    temporary = _written(path, secrets.token_bytes(BYTES))
    try:
        os.link(temporary, path)  # fails where another process was faster
    finally:
        temporary.unlink()


def _written(path: pathlib.Path, secret: bytes) -> pathlib.Path:
    """Write a secret beside a path; return where."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret.hex() + "\n")
    return temporary
