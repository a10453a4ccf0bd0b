"""What cannot be made again, in one file: the gradebook, the course's secret, the roster."""

import contextlib
import datetime
import itertools
import json
import os
import pathlib
import tarfile
import tempfile
import zlib
from typing import BinaryIO

from nbgrader.apps import NbGraderAPI

from autograders import Refused
from autograders.collecting import roster
from autograders.grading import interrupt, secret
from autograders.grading.databases import Database, database
from lab.judge.excerpt import first_line

FOLDER = "backup"
ABOUT = "about.json"
BEFORE = "-before-restore"
NOTHING_TO_KEEP = "There is no gradebook yet, so there is nothing to keep."
NO_BACKUP = (
    "{path} is no backup of a course ({reason}). Name a file that `python -m autograders backup` "
    "has made. Nothing has changed."
)
NOT_HERE = "there is no such file"
NO_COURSE = "it does not say of which course"
NOT_WHOLE = "its {what} cannot be used: {reason}"
GRADEBOOK, SECRET, ROSTER = "gradebook", "secret", "roster"
NOT_ONE = "it is not one"
OTHER_COURSE = "{path} is of the course {theirs!r}, and this is {ours!r}. Nothing has changed."
OTHER_KIND = (
    "{path} holds a gradebook in {theirs}, and this course's is in {ours}. Set db_url in "
    "nbgrader_config.py, then run the command again. Nothing has changed."
)
UNREADABLE = (tarfile.TarError, OSError, EOFError, zlib.error, ValueError)


def backup(api: NbGraderAPI, folder: pathlib.Path, ending: str = "") -> pathlib.Path:
    """Put the gradebook and the course's secret into a new file with the date in its name.

    Others may use the gradebook meanwhile.

    Parameters
    ----------
    api : NbGraderAPI
    folder : pathlib.Path
        Made where it is not there.
    ending : str
        Of the file's name.

    Returns
    -------
    pathlib.Path
        The file, which its owner alone can read.

    Raises
    ------
    Refused
        If there is no gradebook, or it cannot be copied.
    """
    book = database(api.coursedir.db_url)
    if not book.exists():
        raise Refused(NOTHING_TO_KEEP)
    return _kept(api, book, folder, ending)


def held(file: pathlib.Path) -> list[str]:
    """Return what a whole backup holds, for messages."""
    with tarfile.open(file, "r:gz") as archive:
        names = {*archive.getnames()} - {ABOUT}
    called = {secret.NAME: SECRET, roster.FILE: ROSTER}
    return sorted(called.get(name, GRADEBOOK) for name in names)


def restore(api: NbGraderAPI, file: pathlib.Path, folder: pathlib.Path) -> pathlib.Path | None:
    """Put back what a backup holds; what stands there now is kept in another one before.

    Parameters
    ----------
    api : NbGraderAPI
    file : pathlib.Path
        What `backup` has made.
    folder : pathlib.Path
        Where what stands there now is kept.

    Returns
    -------
    pathlib.Path or None
        Where it is kept; None if there was nothing.

    Raises
    ------
    Refused
        If the file is no whole backup of this course. Nothing has changed then.
    """
    book, root = database(api.coursedir.db_url), pathlib.Path(api.coursedir.root)
    with tempfile.TemporaryDirectory() as aside:
        parts = _taken_out(file, pathlib.Path(aside))
        _check(api, book, file, parts)
        people = roster.load(pathlib.Path(aside))
        former = _former(api, book, folder)
        with interrupt.held():  # both or none
            if book.file in parts:
                book.put(parts[book.file])
            if secret.NAME in parts:
                secret.put(root, secret.read(pathlib.Path(aside)))
            if roster.FILE in parts:
                roster.save(root, people)
    return former


def _kept(api: NbGraderAPI, book: Database, folder: pathlib.Path, ending: str = "") -> pathlib.Path:
    """Write a backup of what is there, whole or not at all."""
    folder.mkdir(0o700, parents=True, exist_ok=True)
    now = datetime.datetime.now()
    about = {"course": api.course_id, "made": now.isoformat(), "gradebook": book.kind}
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as name:
        aside = pathlib.Path(name)
        (aside / ABOUT).write_text(json.dumps(about) + "\n", encoding="utf-8")
        if book.exists():
            book.copy(aside / book.file)
        for name in (secret.NAME, roster.FILE):
            with contextlib.suppress(FileNotFoundError):
                data = (pathlib.Path(api.coursedir.root) / name).read_bytes()
                (aside / name).write_bytes(data)
        parts = sorted(aside.iterdir())
        written = aside / "backup.tar.gz"
        with _private(written) as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
            for part in parts:
                archive.add(part, part.name, filter=_nobody_s)
        made = _free(folder, f"{api.course_id}-{now:%Y-%m-%d-%H%M%S}{ending}")
        return written.replace(made)


def _former(api: NbGraderAPI, book: Database, folder: pathlib.Path) -> pathlib.Path | None:
    """Keep what stands there now; a gradebook that is damaged is renamed."""
    if not (book.exists() or (pathlib.Path(api.coursedir.root) / secret.NAME).exists()):
        return None
    ending = f"{datetime.datetime.now():%Y-%m-%d-%H%M%S}{BEFORE}"
    damaged = book.set_aside(ending) if book.exists() else None
    kept = _kept(api, book, folder, BEFORE)
    return damaged or kept


def _taken_out(file: pathlib.Path, folder: pathlib.Path) -> dict[str, pathlib.Path]:
    """Return what a backup holds, each part in a file of its own."""
    if not file.is_file():
        raise Refused(NO_BACKUP.format(path=file, reason=NOT_HERE))
    parts = {}
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                taken = archive.extractfile(member)
                if taken is not None and member.name == pathlib.Path(member.name).name:
                    parts[member.name] = folder / member.name
                    with _private(parts[member.name]) as part:
                        part.write(taken.read())
    except UNREADABLE as error:
        raise Refused(NO_BACKUP.format(path=file, reason=first_line(error, 100))) from None
    return parts


def _check(
    api: NbGraderAPI, book: Database, file: pathlib.Path, parts: dict[str, pathlib.Path]
) -> None:
    """Hold what was taken out to being this course's, and whole."""
    try:
        about = json.loads(parts[ABOUT].read_bytes())
        course, kind = about["course"], about["gradebook"]
    except (KeyError, TypeError, ValueError):
        raise Refused(NO_BACKUP.format(path=file, reason=NO_COURSE)) from None
    if course != api.course_id:
        raise Refused(OTHER_COURSE.format(path=file, theirs=course, ours=api.course_id))
    if kind != book.kind:
        raise Refused(OTHER_KIND.format(path=file, theirs=kind, ours=book.kind))
    problems = {}
    if book.file in parts:
        problems[GRADEBOOK] = book.problem(parts[book.file])
    if secret.NAME in parts:
        known = secret.found(parts[secret.NAME])
        problems[SECRET] = None if known else NOT_ONE
    for what, problem in problems.items():
        if problem:
            reason = NOT_WHOLE.format(what=what, reason=problem)
            raise Refused(NO_BACKUP.format(path=file, reason=reason))


def _private(file: pathlib.Path) -> BinaryIO:
    """Open a new file that its owner alone can read: it holds the secret."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _free(folder: pathlib.Path, name: str) -> pathlib.Path:
    """Return a name that no other backup has, made so that no other process takes it."""
    for number in itertools.count(1):
        file = folder / f"{name}{f'-{number}' if number > 1 else ''}.tar.gz"
        with contextlib.suppress(FileExistsError):
            _private(file).close()
            return file
    raise AssertionError


def _nobody_s(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose file it was."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member
