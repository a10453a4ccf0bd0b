"""Dates as people, files and other programs write them, read without guessing.

nbgrader 0.9.6 reads a zone such as ``+0100`` after a blank as a number of seconds, drops one such
as ``+01:00`` there, and takes a name that it does not know (CEST, PST) for UTC.
"""

import datetime
import re
import zoneinfo

from autograders import Refused
from lab.judge.excerpt import printable

UTC = "UTC"
NONE = ""
"""Where no zone is given, and none may be taken for granted."""

HOW = "Write it as 2026-03-01 12:00 +01:00, or with a zone's name: 2026-03-01 12:00 Europe/Berlin."
NO_DATE = "{text!r} is no date and time. {how}"
NOT_THERE = "{text!r} is no day or no time of day. {how}"
NO_ZONE = "{text!r} names no time zone. {how}"
UNKNOWN_ZONE = "{text!r}: the time zone {zone!r} is not certain. {how}"
SKIPPED = "{text!r} is not there in {zone}, where the clock is put forward. {how}"
TWICE = "{text!r} is there twice in {zone}, where the clock is put back. {how}"
LONGEST_SHOWN = 60  # characters

_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T| +|, *)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?"
    r"\s*(.*)"
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})?")
_ALWAYS_UTC = ("UTC", "GMT", "Z")
_FURTHEST = 14 * 60  # minutes from UTC
_WHOLE = sorted((100 * hours for hours in range(-12, 15)), key=abs)
_BETWEEN = (530, 545, 330, 430, 630, 845, 930, 1030, 1245, -330, -930)
_NUMBERS = (*_WHOLE, *_BETWEEN)
"""The zones that there are, as the numbers that they are written as, likely ones first."""


class BadDate(Refused, ValueError):
    """A date that cannot be read with certainty; nbgrader's own code expects a ValueError."""


def read(text: str, zone: str = UTC) -> datetime.datetime:
    """Return the moment that a text names, in UTC and without a zone, as nbgrader keeps it.

    Parameters
    ----------
    text : str
        Such as "2026-03-01 12:00 +01:00", also with seconds, a T, or a zone's name.
    zone : str
        Of what names no zone itself; `NONE` where that is refused.

    Raises
    ------
    BadDate
        If the text could mean another moment, too, or none. The message says how to write it.
    """
    shown = printable(text, LONGEST_SHOWN)
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise BadDate(NO_DATE.format(text=shown, how=HOW))
    *numbers, fraction, own = found.groups()
    try:
        year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
        moment = datetime.datetime(year, month, day, hour, minute, second)
    except ValueError:
        raise BadDate(NOT_THERE.format(text=shown, how=HOW)) from None
    moment = moment.replace(microsecond=int((fraction or "").ljust(6, "0")))
    own = own or zone
    if own == NONE:
        raise BadDate(NO_ZONE.format(text=shown, how=HOW))
    try:
        return moment - _offset(moment, own, shown)
    except OverflowError:  # in UTC it lies before the year 1, or after 9999
        raise BadDate(NOT_THERE.format(text=shown, how=HOW)) from None


def _offset(moment: datetime.datetime, zone: str, shown: str) -> datetime.timedelta:
    """Return how much a zone's clock is ahead of UTC then."""
    if zone in _ALWAYS_UTC:
        return datetime.timedelta()
    says = {"text": shown, "zone": printable(zone, LONGEST_SHOWN), "how": HOW}
    if number := _OFFSET.fullmatch(zone):
        minutes = int(number[2]) * 60 + int(number[3] or 0)
        if minutes > _FURTHEST or int(number[3] or 0) > 59:
            raise BadDate(UNKNOWN_ZONE.format(**says))
        return datetime.timedelta(minutes=-minutes if number[1] == "-" else minutes)
    try:
        place = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise BadDate(UNKNOWN_ZONE.format(**says)) from None
    there = moment.replace(tzinfo=place)
    offset = there.utcoffset() or datetime.timedelta()
    # a short name is that of one clock: in July CET is not what Berlin's clock shows
    if "/" not in zone and there.tzname() != zone:
        raise BadDate(UNKNOWN_ZONE.format(**says))
    if offset != (later := there.replace(fold=1).utcoffset()):
        raise BadDate((TWICE if later is not None and later < offset else SKIPPED).format(**says))
    return offset


def is_zone(zone: str) -> bool:
    """Tell whether a text is a zone that `read` knows, such as Europe/Berlin or +01:00."""
    try:
        _offset(datetime.datetime(2026, 1, 1, 12), zone, "")
    except BadDate:
        return False
    return True


def written(moment: datetime.datetime) -> str:
    """Return a moment in UTC as text that everybody reads alike, as nbgrader's exchange does."""
    form = "%Y-%m-%d %H:%M:%S.%f" if moment.microsecond else "%Y-%m-%d %H:%M:%S"
    return f"{moment.strftime(form)} {UTC}"


def misread(moment: datetime.datetime) -> str | None:
    """Return what nbgrader may have been told, where it took a zone for seconds; or None.

    It then keeps a moment that nobody would give: 11:58:20 for ``12:00:00 +0100``. Zones whose
    number is one of whole minutes, such as +0300, leave no such trace, and several zones may
    leave the same.
    """
    if moment.second in (0, 59) or moment.microsecond:
        return None
    told = []
    for number in _NUMBERS:
        meant = moment + datetime.timedelta(seconds=number)
        if number % 60 and meant.second in (0, 59) and meant.minute in (0, 15, 30, 45, 59):
            sign, (hours, minutes) = "-" if number < 0 else "+", divmod(abs(number), 100)
            told.append((meant.minute not in (0, 59), f"{meant} {sign}{hours:02}:{minutes:02}"))
    return min(told, key=lambda each: each[0])[1] if told else None
