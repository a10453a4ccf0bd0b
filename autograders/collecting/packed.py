"""The ZIP file that a platform gives out, or the folder that a browser made of it, read with care.

No platform makes links, or names that climb out of the folder: a file with such is refused whole.
"""

import pathlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from autograders import Refused
from lab.judge.excerpt import printable

MOST_ENTRIES = 20_000
LARGEST = 50_000_000  # bytes of one file; an honest notebook has less than one million
LARGEST_TOGETHER = 4_000_000_000  # bytes of all files
LONGEST_SHOWN = 100  # characters
NOT_OURS = ("__MACOSX",)

NOT_THERE = "There is no file {file}."
NO_ZIP = "{file} is no ZIP file ({reason}). Download the submissions again."
NOT_READABLE = "{file} cannot be read ({reason}). Mend that, then run the command again."
CLIMBS = (
    "{file} holds {entry!r}, which lies outside of its own folder. No platform makes that. Nothing "
    "was collected."
)
LINK = (
    "{file} holds {entry!r}, which is no plain file. No platform makes that. Nothing was collected."
)
TOO_MANY = "{file} holds more than {most:,} files. Nothing was collected."
TOO_LARGE = "{file} would unpack to more than {most:,} bytes. Nothing was collected."
TWICE = "{file} holds {entry!r} twice. Download the submissions again. Nothing was collected."
ENCRYPTED = "{file} is locked with a password. Download the submissions again."
ONE_TOO_LARGE = "more than {most:,} bytes"
ONE_BROKEN = "broken in the ZIP file"

_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, RuntimeError)


class Unusable(Exception):
    """One file cannot be read; the message says why, as the end of a sentence."""


@dataclass(frozen=True)
class Packed:
    """What a platform gave out.

    Attributes
    ----------
    file : pathlib.Path
        A ZIP file, or a folder.
    places : tuple of str
        Where each plain file lies in it.
    """

    file: pathlib.Path
    places: tuple[str, ...]

    def contents(self, places: set[str]) -> Iterator[tuple[str, bytes | Unusable]]:
        """Yield the bytes of some of the files, in order, or why one cannot be read.

        Raises
        ------
        Refused
            If they are too large together, whatever the ZIP file says of their sizes.
        """
        room = LARGEST_TOGETHER
        for place, data in self._all(places):
            if isinstance(data, bytes):
                room -= len(data)
            if room < 0:
                shown = printable(self.file.name, LONGEST_SHOWN)
                raise Refused(TOO_LARGE.format(file=shown, most=LARGEST_TOGETHER))
            yield place, data

    def _all(self, places: set[str]) -> Iterator[tuple[str, bytes | Unusable]]:
        if self.file.is_dir():
            for place in self.places:
                if place in places:
                    with (self.file / place).open("rb") as stream:
                        yield place, _bounded(stream)
            return
        with zipfile.ZipFile(self.file) as packed:
            for entry in packed.infolist():
                if (place := _place(entry.filename)) in places:
                    try:
                        with packed.open(entry) as stream:
                            yield place, _bounded(stream)
                    except _BROKEN:
                        yield place, Unusable(ONE_BROKEN)


def look(file: pathlib.Path) -> Packed:
    """Return what lies in a ZIP file or a folder; nothing is unpacked.

    Raises
    ------
    Refused
        If it is none, or holds what no platform puts there.
    """
    shown = printable(file.name, LONGEST_SHOWN)
    try:
        places = list(_in_folder(file, shown) if file.is_dir() else _in_zip(file, shown))
    except FileNotFoundError:
        raise Refused(NOT_THERE.format(file=shown)) from None
    except OSError as error:
        raise Refused(NOT_READABLE.format(file=shown, reason=error.strerror)) from None
    except _BROKEN as error:
        raise Refused(NO_ZIP.format(file=shown, reason=error)) from None
    wanted = [p for p in places if not {*NOT_OURS} & {*p.split("/")} and p.split("/")[-1][0] != "."]
    return Packed(file, tuple(wanted))


def _in_zip(file: pathlib.Path, shown: str) -> Iterator[str]:
    seen: set[str] = set()
    with zipfile.ZipFile(file) as packed:
        entries = packed.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refused(TOO_MANY.format(file=shown, most=MOST_ENTRIES))
    if sum(entry.file_size for entry in entries) > LARGEST_TOGETHER:
        raise Refused(TOO_LARGE.format(file=shown, most=LARGEST_TOGETHER))
    for entry in entries:
        place, says = _place(entry.filename), {"file": shown}
        says["entry"] = printable(entry.filename, LONGEST_SHOWN)
        if _climbs(entry.filename):
            raise Refused(CLIMBS.format(**says))
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Refused(LINK.format(**says))
        if entry.flag_bits & 1:
            raise Refused(ENCRYPTED.format(file=shown))
        if place in seen:
            raise Refused(TWICE.format(**says))
        if not entry.is_dir() and place:
            seen.add(place)
            yield place


def _in_folder(folder: pathlib.Path, shown: str) -> Iterator[str]:
    for count, each in enumerate(sorted(folder.rglob("*"))):
        if count >= MOST_ENTRIES:
            raise Refused(TOO_MANY.format(file=shown, most=MOST_ENTRIES))
        mode, place = each.lstat().st_mode, each.relative_to(folder).as_posix()
        if stat.S_ISREG(mode):
            yield place
        elif not stat.S_ISDIR(mode):
            entry = printable(place, LONGEST_SHOWN)
            raise Refused(LINK.format(file=shown, entry=entry))


def _place(name: str) -> str:
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", "."))


def _climbs(name: str) -> bool:
    """Tell whether a name leads out of the folder in which it is unpacked, on any system."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or bool(re.match("[A-Za-z]:", name)) or "\0" in name


def _bounded(stream: IO[bytes]) -> bytes | Unusable:
    """Return what a stream gives, whatever its size was said to be."""
    data = stream.read(LARGEST + 1)
    return data if len(data) <= LARGEST else Unusable(ONE_TOO_LARGE.format(most=LARGEST))
