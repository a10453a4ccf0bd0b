"""Homes, the course's folder, and what lies in it: who can read it, whose it is."""

import pathlib
import stat
from collections.abc import Iterable

from autograders.doctor.trouble import Kind, Trouble, Troubles

ENTERED_BY_OTHERS, OPEN_TO_OTHERS, OPEN_TO_MORE = 0o001, 0o007, 0o077
STATE = (
    *(".course_secret", "gradebook.db", "gradebook.db-wal", "gradebook.db-shm", ".venv"),
    *("release", "submitted", "autograded", "feedback", "backup", "build"),
)
"""What commands make in the course's folder, and have to write again."""


def homes(folders: Iterable[tuple[str, pathlib.Path]]) -> Troubles:
    """Yield the homes that others can look into.

    Parameters
    ----------
    folders : iterable of (str, pathlib.Path)
        The name of each user, and the home.
    """
    for user, folder in folders:
        if folder.is_dir() and folder.stat().st_mode & OPEN_TO_MORE:
            mode = stat.S_IMODE(folder.stat().st_mode)
            yield Trouble(Kind.HOME_OPEN, {"path": folder, "user": user, "mode": mode})


def course(folder: pathlib.Path) -> Troubles:
    """Yield why others can read the course's folder, and what in it belongs to somebody else."""
    folder = folder.resolve()
    state = folder.stat()
    if state.st_mode & OPEN_TO_OTHERS and _entered(folder):
        yield Trouble(Kind.FOLDER_OPEN, {"path": folder, "mode": stat.S_IMODE(state.st_mode)})
    for name in STATE:
        path = folder / name
        if path.exists() and path.stat().st_uid != state.st_uid:
            fields = {"path": path, "has": path.stat().st_uid, "owner": state.st_uid}
            yield Trouble(Kind.OWNED_BY_ANOTHER, fields)


def secret(file: pathlib.Path, holds_one: bool) -> Troubles:
    """Yield what is wrong with the file of the course's secret; one that is not there is in order.

    Parameters
    ----------
    file : pathlib.Path
    holds_one : bool
        Whether what it holds is a secret.
    """
    if not file.exists():
        return
    if file.stat().st_mode & OPEN_TO_MORE:
        mode = stat.S_IMODE(file.stat().st_mode)
        yield Trouble(Kind.SECRET_OPEN, {"path": file, "mode": mode})
    if not holds_one:
        yield Trouble(Kind.NO_SECRET, {"path": file})


def _entered(folder: pathlib.Path) -> bool:
    """Tell whether others can come to a folder at all."""
    return all(above.stat().st_mode & ENTERED_BY_OTHERS for above in folder.parents)
