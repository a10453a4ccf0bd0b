"""The gradebook's database as a whole: copied to one file while others use it, and put back."""

import contextlib
import os
import pathlib
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Protocol

from nbgrader.api import Base
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from autograders import Refused
from lab.judge.excerpt import named

TABLES = (*Base.metadata.tables, "alembic_version")
DAMAGED = "it is damaged"
NO_TABLES = "it holds none of nbgrader's tables"
FAILED = "The gradebook cannot be {what} ({reason}). Nothing has changed."
COPIED, PUT_BACK = "copied", "put back"
NO_PROGRAM = (
    "{program} is not installed, and a gradebook in PostgreSQL needs it. "
    "Install PostgreSQL's client programs (Debian and Ubuntu: apt install postgresql-client)."
)
OTHER_KIND = (
    "The gradebook is in {kind}. This command knows SQLite and PostgreSQL; use the server's own."
)
LONGEST_REASON = 150  # characters
WAITS = 60  # seconds for somebody else who writes


class Database(Protocol):
    """A gradebook's database."""

    kind: str
    """What SQLAlchemy calls it."""
    file: str
    """What a copy of it is called."""

    def exists(self) -> bool:
        """Tell whether there is a gradebook in it."""

    def copy(self, file: pathlib.Path) -> None:
        """Copy it, as it is at one moment, with what is not in its main file yet."""

    def problem(self, file: pathlib.Path) -> str | None:
        """Return why a file is no whole copy, or None."""

    def put(self, file: pathlib.Path) -> None:
        """Put a copy in its place, all of it or nothing."""

    def set_aside(self, ending: str) -> pathlib.Path | None:
        """Rename what is damaged, which no copy can be made of; return its new name, or None."""


def database(url: str) -> Database:
    """Return the database at an address.

    Raises
    ------
    Refused
        If it is of a kind that is not known here.
    """
    address = make_url(url)
    kinds: dict[str, Callable[[URL], Database]] = {
        Sqlite.kind: Sqlite,
        Postgresql.kind: Postgresql,
    }
    kind = address.get_backend_name()
    if kind not in kinds:
        raise Refused(OTHER_KIND.format(kind=kind))
    return kinds[kind](address)


class Sqlite:
    """A gradebook in a file, and what SQLite keeps beside it."""

    kind, file = "sqlite", "gradebook.db"

    def __init__(self, address: URL) -> None:
        self._path = pathlib.Path(address.database or "")

    def exists(self) -> bool:
        """See `Database`."""
        return self._path.is_file() and self._path.stat().st_size > 0

    def copy(self, file: pathlib.Path) -> None:
        """See `Database`; the newest marks may stand in the write-ahead log alone."""
        with _said(COPIED), _opened(self._path) as source, _opened(file) as target:
            _copied(source, target)
            # the copy is one file
            target.execute("PRAGMA journal_mode = DELETE")
        if problem := self.problem(file):
            raise Refused(FAILED.format(what=COPIED, reason=problem))

    def problem(self, file: pathlib.Path) -> str | None:
        """See `Database`."""
        try:
            return _looked_at(file)
        except sqlite3.Error as error:
            return named(error, LONGEST_REASON)

    def put(self, file: pathlib.Path) -> None:
        """See `Database`; whoever has the gradebook open reads the new one from then on."""
        with _said(PUT_BACK), _opened(file) as source, _opened(self._path) as target:
            _copied(source, target)

    def set_aside(self, ending: str) -> pathlib.Path | None:
        """See `Database`."""
        try:
            if not _looked_at(self._path):
                return None
        except sqlite3.OperationalError:  # in use, or the disk is full: not damaged
            return None
        except sqlite3.DatabaseError:
            pass
        for beside in ("-wal", "-shm", ""):
            file = self._path.with_name(self._path.name + beside)
            with contextlib.suppress(FileNotFoundError):
                moved = file.rename(file.with_name(f"{self._path.name}.{ending}{beside}"))
        return moved


class Postgresql:
    """A gradebook on a server, copied by the server's own programs."""

    kind, file = "postgresql", "gradebook.dump"

    def __init__(self, address: URL) -> None:
        self._address = address

    def exists(self) -> bool:
        """See `Database`."""
        engine = create_engine(self._address)
        try:
            return bool(set(inspect(engine).get_table_names()) & set(TABLES))
        except SQLAlchemyError as error:
            reason = named(error, LONGEST_REASON)
            raise Refused(FAILED.format(what=COPIED, reason=reason)) from None
        finally:
            engine.dispose()

    def copy(self, file: pathlib.Path) -> None:
        """See `Database`; other tables in the same database are left alone."""
        tables = [f"--table={table}" for table in TABLES]
        self._run("pg_dump", COPIED, "--format=custom", f"--file={file}", *tables)

    def problem(self, file: pathlib.Path) -> str | None:
        """See `Database`."""
        done = _program("pg_restore", "--list", str(file))
        return None if done.returncode == 0 else _error(done.stderr)

    def put(self, file: pathlib.Path) -> None:
        """See `Database`."""
        options = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error")
        self._run("pg_restore", PUT_BACK, *options, str(file))

    def set_aside(self, ending: str) -> pathlib.Path | None:
        """See `Database`."""
        return None

    def _run(self, program: str, what: str, *options: str) -> None:
        address = self._address.set(drivername=self.kind, password=None)
        # a password on the command line could be read by every user
        secret = {"PGPASSWORD": str(self._address.password)} if self._address.password else {}
        waits = {"PGOPTIONS": f"-c lock_timeout={WAITS}s"}
        where = f"--dbname={address.render_as_string(hide_password=False)}"
        rights = ("--no-owner", "--no-privileges")
        done = _program(program, where, *rights, *options, **secret, **waits)
        if done.returncode:
            raise Refused(FAILED.format(what=what, reason=_error(done.stderr)))


def _program(program: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [program, *options],
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        raise Refused(NO_PROGRAM.format(program=program)) from None


def _error(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if "error" in line.lower()]
    return (lines or ["it gave no reason"])[0][:LONGEST_REASON]


@contextlib.contextmanager
def _opened(file: pathlib.Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(file, timeout=WAITS)) as connection:
        yield connection


def _looked_at(file: pathlib.Path) -> str | None:
    """Return what is wrong in a file of SQLite's, or None."""
    with _opened(file) as connection:
        ((said,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        there = {name for (name,) in rows}
    if said != "ok":
        return DAMAGED
    return None if there & set(TABLES) else NO_TABLES


@contextlib.contextmanager
def _said(what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        reason = named(error, LONGEST_REASON)
        raise Refused(FAILED.format(what=what, reason=reason)) from None


def _copied(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy one database over another, in one transaction of both."""
    end = time.monotonic() + WAITS

    def wait(status: int, left: int, pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise sqlite3.OperationalError("somebody else has been writing for too long")

    source.backup(target, progress=wait)
