"""When something was handed in, as far as a platform says."""

import contextlib
import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from autograders.collecting.uploads import Upload
from autograders.course import dates


@dataclass(frozen=True)
class Time:
    """When something was handed in.

    Attributes
    ----------
    at : str
        In UTC, as `timestamp.txt` has it; empty where it is not known.
    late : bool
    sure : bool
        Whether the time is the platform's; else it is the least that "late" can mean.
    by : datetime.timedelta, optional
        How much it is late.
    """

    at: str = ""
    late: bool = False
    sure: bool = True
    by: datetime.timedelta | None = None


def of(files: Iterable[Upload], row: Mapping[str, str], zone: str) -> Time:
    """Return when something was handed in, as far as the platform says."""
    said = re.search(r"\blate\b", row.get("status", ""))
    late = bool(said) or any(upload.late for upload in files)
    text = row.get("submitted", "")
    if text and text != "-":
        with contextlib.suppress(dates.BadDate):
            return Time(dates.written(dates.read(moodle_s(text), zone)), late)
    return Time("", late)


_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_USERDATE = re.compile(r"\w+, (\d{1,2}) (\w+) (\d{4}), (\d{1,2}):(\d{2})(?:\s*([AP]M))?", re.I)


def moodle_s(text: str) -> str:
    """Return a time as Moodle writes it in English, in the form that is read here."""
    found = _USERDATE.fullmatch(text.strip())
    if not found or found[2].casefold() not in _MONTHS:
        return text
    hour = int(found[4]) % 12 + 12 * (found[6].upper() == "PM") if found[6] else int(found[4])
    month = _MONTHS.index(found[2].casefold()) + 1
    return f"{found[3]}-{month:02}-{int(found[1]):02} {hour:02}:{found[5]}"


def at_least(time: Time, due: datetime.datetime | None) -> Time:
    """Return the time, and whether it is late; the least that is late where no time is known."""
    if time.at and due:
        by = dates.read(time.at) - due
        return replace(time, late=by > datetime.timedelta(), by=by)
    if time.late and due and not time.at:
        return Time(dates.written(due + datetime.timedelta(seconds=1)), True, sure=False)
    return time
