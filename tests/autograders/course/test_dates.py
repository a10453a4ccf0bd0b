"""Dates: what nbgrader misreads is refused, and what is left means one moment."""

import datetime

import pytest
from nbgrader import utils

from autograders.course import dates

parse_utc = getattr(utils.parse_utc, "__wrapped__", utils.parse_utc)
"""As nbgrader has it, also where the course's settings have been loaded already."""

NOON = "2026-03-01 12:00:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NOON, "12:00"),
        (f"{NOON} UTC", "12:00"),
        (f"{NOON}Z", "12:00"),
        (f"{NOON} GMT", "12:00"),
        ("2026-03-01T12:00:00+01:00", "11:00"),
        (f"{NOON}+0100", "11:00"),
        (f"{NOON} +0100", "11:00"),
        (f"{NOON} +01:00", "11:00"),
        (f"{NOON} +01", "11:00"),
        ("2026-03-01 12:00 -08:00", "20:00"),
        ("2026-03-01T12:00 +0530", "06:30"),
        (f"{NOON} Europe/Berlin", "11:00"),
        (f"{NOON} Asia/Shanghai", "04:00"),
        (f"{NOON} CET", "11:00"),
        (f"{NOON} EST", "17:00"),
        ("2026-03-01 12:00", "12:00"),
        ("2026-3-1, 9:05 UTC", "09:05"),
    ],
)
def test_a_date_is_one_moment(text, expected):
    assert dates.read(text) == datetime.datetime.fromisoformat(f"2026-03-01 {expected}")


@pytest.mark.parametrize(
    "text",
    [
        *("2026-07-01 12:00 CEST", "2026-07-01 12:00 CET", f"{NOON} PST", f"{NOON} BST"),
        *(f"{NOON} IST", f"{NOON} Europe/Nowhere", f"{NOON} UTC+1", f"{NOON} +2500", f"{NOON} A"),
        *(f"{NOON} -03:99", f"{NOON} PM UTC", f"{NOON} ../etc", f"{NOON} /etc/localtime"),
        *("2026-02-30 12:00", "2026-03-01 25:00", "2026-03-01", "03/04/2026 12:00", "12:00", ""),
        *("1 March 2026 12:00", "tomorrow", "2026-03-29 02:30 Europe/Berlin"),
        *("2026-10-25 02:30 Europe/Berlin", f"{NOON} \0", "20260301 1200", f"{NOON} -03 Z"),
        *("0001-01-01 00:00 +14:00", "9999-12-31 23:59 -14:00", "0001-01-01 00:00 Asia/Tokyo"),
    ],
)
def test_a_date_that_may_mean_another_moment_is_refused_with_the_way_to_write_it(text):
    with pytest.raises(dates.BadDate) as refusal:
        dates.read(text)
    said = str(refusal.value)
    assert said.endswith(dates.HOW)
    assert said.isprintable()


def test_the_way_that_is_named_is_read():
    for example in ("2026-03-01 12:00 +01:00", "2026-03-01 12:00 Europe/Berlin"):
        assert example in dates.HOW
        assert dates.read(example, dates.NONE) == datetime.datetime(2026, 3, 1, 11)


def test_a_person_has_to_name_a_zone():
    with pytest.raises(dates.BadDate, match="names no time zone"):
        dates.read(NOON, dates.NONE)
    assert dates.read(NOON, "Europe/Berlin").hour == 11


@pytest.mark.parametrize("moment", ["2026-03-01 11:00:00", "2026-03-01 11:00:00.000123"])
def test_what_is_written_is_read_alike_by_nbgrader(moment):
    moment = datetime.datetime.fromisoformat(moment)
    assert parse_utc(dates.written(moment)) == dates.read(dates.written(moment)) == moment


@pytest.mark.parametrize("zone", ["+0100", "+0200", "-0500", "-0800", "+0530", "+0545", "+1000"])
@pytest.mark.parametrize("time", ["12:00:00", "23:59:00", "23:59:59", "18:30:00"])
def test_what_nbgrader_has_misread_is_seen(zone, time):
    told = dates.misread(parse_utc(f"2026-03-01 {time} {zone}"))
    assert told
    if time != "18:30:00":  # where another zone would have left the same
        assert told == f"2026-03-01 {time} {zone[:3]}:{zone[3:]}"


@pytest.mark.parametrize("time", ["12:00:00", "23:59:59", "23:59:00", "11:55:00", "11:58:20.5"])
def test_what_a_person_gives_is_not_taken_for_it(time):
    assert dates.misread(datetime.datetime.fromisoformat(f"2026-03-01 {time}")) is None
