"""Which of the files that somebody handed in is the notebook to grade.

Browsers, file systems and people rename, copy, pack and move notebooks. What is unambiguous is
taken; what is not is for a person to decide.
"""

import contextlib
import io
import itertools
import json
import os
import pathlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from autograders.course import lesson
from autograders.judge import language, repair, words
from autograders.judge.cells import Plain, plain
from lab.judge.excerpt import printable
from lab.language import ENGLISH

LARGEST_NOTEBOOK = 50_000_000  # bytes; an honest one with its figures has less than one million
LARGEST_TOGETHER = 150_000_000  # bytes of all files that are looked at in one hand-in
MOST_FILES = 40  # that are looked at
MOST_ENTRIES = 2_000  # of folders and of ZIP files
DEEPEST = 4  # folders below one another
LONGEST_SHOWN = 100  # characters of a file's name or of a reason
NOT_OURS = ("lab", "__MACOSX", "__pycache__")
"""Folders in which nothing is handed in: the kit, and what systems leave behind."""

NOTEBOOK, ZIP = ".ipynb", ".zip"
PERHAPS = (".json", ".txt", "")
"""Endings that a notebook's file may have got; its content tells."""

_ENDING = re.compile(r"\.ipynb(?=$|[^a-z])")
_STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

NOT_A_FILE = "{file} is no plain file"
TOO_LARGE = "{file} has {size:,} bytes"
EMPTY = "it is empty"
NOT_READABLE = "{file} cannot be read ({reason})"


@dataclass(frozen=True)
class Candidate:
    """A file that may be the notebook, or a file in a ZIP file.

    Attributes
    ----------
    path : pathlib.Path
    shown : str
        Its name for messages, below the folder that was handed in.
    member : str
        Its name in the ZIP file, where it is in one.
    sure : bool
        Whether its name is that of a notebook.
    """

    path: pathlib.Path
    shown: str
    member: str = ""
    sure: bool = True


class Unusable(Exception):
    """A file cannot be read; the message says why, and `kind` is its sentence."""

    def __init__(self, kind: str, file: str, **says: object) -> None:
        self.kind = kind
        super().__init__(kind.format(file=printable(file, LONGEST_SHOWN), **says))


@dataclass(frozen=True)
class Known:
    """What a candidate holds.

    Attributes
    ----------
    candidate : Candidate
    data : bytes
    work : tuple of str or None
        What the student wrote, see `autograders.judge.words.work`; None where it is no
        notebook of the assignment.
    """

    candidate: Candidate
    data: bytes
    work: tuple[str, ...] | None


def inside(folder: pathlib.Path, shown: str = "") -> list[Candidate]:
    """Return the files in a folder, and in those below it, that may be a notebook, in order.

    Parameters
    ----------
    folder : pathlib.Path
    shown : str
        What the folder is called in messages; nothing where it is the hand-in's own.
    """
    found = itertools.islice(_files(folder, DEEPEST), MOST_ENTRIES)
    above = pathlib.PurePosixPath(shown)
    names = ((file, (above / file.relative_to(folder).as_posix()).as_posix()) for file in found)
    return [each for file, name in names for each in _of(file, name)][:MOST_FILES]


def alone(file: pathlib.Path) -> list[Candidate]:
    """Return what of one file may be a notebook: itself, or those in it."""
    return list(_of(file, file.name))


def _files(folder: pathlib.Path, depth: int) -> Iterator[pathlib.Path]:
    """Yield what lies in a folder, its own files first; nothing that begins with a dot."""
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    folders = {entry for entry in entries if stat.S_ISDIR(entry.lstat().st_mode)}
    yield from (entry for entry in entries if entry not in folders)
    for each in sorted(folders) if depth else []:
        if each.name not in NOT_OURS:
            with contextlib.suppress(OSError):  # one that cannot be read holds nothing for us
                yield from _files(each, depth - 1)


def _of(file: pathlib.Path, shown: str) -> Iterator[Candidate]:
    name = file.name.strip().lower()
    if _ENDING.search(name) and not name.endswith(ZIP):
        yield Candidate(file, shown)
    elif name.endswith(ZIP):
        yield from _members(file, shown)
    elif pathlib.PurePath(name).suffix in PERHAPS:
        yield Candidate(file, shown, sure=False)


def _members(file: pathlib.Path, shown: str) -> Iterator[Candidate]:
    """Yield the notebooks in a ZIP file, which may be broken or hostile."""
    try:
        with zipfile.ZipFile(io.BytesIO(plain_file(file, shown))) as packed:
            entries = packed.infolist()[:MOST_ENTRIES]
    except (zipfile.BadZipFile, Unusable, ValueError, NotImplementedError, OSError):
        return
    for entry in entries:
        parts = pathlib.PurePosixPath(entry.filename.replace("\\", "/")).parts
        hidden = any(part.startswith(".") or part in NOT_OURS for part in parts)
        if parts and not hidden and _ENDING.search(parts[-1].strip().lower()):
            yield Candidate(file, f"{shown}: {entry.filename}", entry.filename)


def read(candidate: Candidate) -> bytes:
    """Return a candidate's bytes.

    Raises
    ------
    Unusable
    """
    data = plain_file(candidate.path, candidate.shown)
    if not candidate.member:
        return data
    shown = candidate.shown
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entry = packed.getinfo(candidate.member)
            if entry.compress_type not in _STORED or entry.flag_bits & 1:
                raise Unusable(NOT_READABLE, shown, reason="packed in another way")
            with packed.open(entry) as stream:
                data = stream.read(LARGEST_NOTEBOOK + 1)  # whatever the entry says of its size
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, KeyError):
        raise Unusable(NOT_READABLE, shown, reason="a broken ZIP file") from None
    if len(data) > LARGEST_NOTEBOOK:
        raise Unusable(TOO_LARGE, shown, size=len(data))
    return data


def plain_file(file: pathlib.Path, shown: str, largest: int = LARGEST_NOTEBOOK) -> bytes:
    """Return a plain file's bytes, without following a link or waiting for a pipe.

    Raises
    ------
    Unusable
    """
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            raise Unusable(NOT_A_FILE, shown)
        # the file may have changed since: open it without following or waiting
        careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(file, os.O_RDONLY | careful | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Unusable(NOT_READABLE, shown, reason=error.strerror) from None
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Unusable(NOT_A_FILE, shown)
        if status.st_size > largest:
            raise Unusable(TOO_LARGE, shown, size=status.st_size)
        return stream.read(largest)


def notebook(data: bytes) -> NotebookNode:
    """Return the notebook in a file's bytes; it raises whatever a broken file does to a parser."""
    # not held to the notebooks' schema: the repair takes nothing for granted
    text = data.decode(json.detect_encoding(data))
    if not text.strip():
        raise ValueError(EMPTY)
    return nbformat.convert(nbformat.reader.reads(text), 4)


def look(found: list[Candidate], assignment: str) -> list[Known]:
    """Look into candidates; return those that can be read, without those that are no notebook."""
    room, result = LARGEST_TOGETHER, []
    for each in found:
        if room <= 0:
            break
        try:
            data = read(each)
        except Unusable:
            continue
        room -= len(data)
        cells, original = _cells(data), lesson.original(assignment, _language(data, assignment))
        ours = cells is not None and repair.belongs(cells, original)
        if ours or each.sure:
            result.append(Known(each, data, words.work(cells or [], original) if ours else None))
    return result


def assignment_of(candidate: Candidate, assignments: Iterable[str]) -> str | None:
    """Return which of the assignments a candidate is a notebook of, if it is of any."""
    try:
        cells = _cells(read(candidate)) or []
    except Unusable:
        return None
    shares = {each: repair.share(cells, lesson.original(each)) for each in assignments}
    most = max(shares.values(), default=0.0)
    return next((each for each, share in shares.items() if share == most), None) if most else None


def _language(data: bytes, assignment: str) -> str:
    try:
        return language.of(notebook(data), assignment)
    except Exception:  # whatever a broken file may do to a parser
        return ENGLISH


def _cells(data: bytes) -> list[Plain] | None:
    try:
        return plain(notebook(data))
    except Exception:  # whatever a broken file may do to a parser
        return None
