"""The time zone in which the exchange notes when something was handed in."""

import datetime
import zoneinfo
from collections.abc import Callable

from autograders.doctor.trouble import Kind, Trouble, Troubles

MOMENTS = tuple(datetime.datetime(2026, month, 15, 12, tzinfo=datetime.UTC) for month in (1, 7))
"""One in winter and one in summer: zones have two names."""


def zone(name: str, form: str, read: Callable[[str], datetime.datetime]) -> Troubles:
    """Yield why a time would be noted wrong.

    Parameters
    ----------
    name : str
        The zone's, such as UTC or Europe/Zurich.
    form : str
        In which times are written.
    read : callable
        Takes such a text; returns the moment in UTC, without a zone.
    """
    try:
        where = zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        yield Trouble(Kind.ZONE_UNKNOWN, {"zone": name})
        return
    for moment in MOMENTS:
        written = moment.astimezone(where).strftime(form)
        try:
            understood = read(written)
        except ValueError:
            understood = None
        if understood != moment.replace(tzinfo=None):
            yield Trouble(Kind.ZONE_MISREAD, {"zone": name, "written": written})
            return
