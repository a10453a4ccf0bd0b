"""A time zone whose times nbgrader would read wrong is named, by writing and reading one."""

import pytest
from nbgrader.exchange.abc import Exchange
from nbgrader.utils import parse_utc

from autograders.doctor import clock
from autograders.doctor.trouble import Kind

FORM = Exchange.timestamp_format.default_value


@pytest.mark.parametrize(
    ("zone", "form", "kinds"),
    [
        ("UTC", FORM, []),
        ("Europe/Zurich", FORM, [Kind.ZONE_MISREAD]),
        ("America/New_York", FORM, [Kind.ZONE_MISREAD]),
        ("Asia/Shanghai", FORM, [Kind.ZONE_MISREAD]),
        ("Europe/Zurich", "%Y-%m-%dT%H:%M:%S%z", []),
        ("UTC", "%Y", [Kind.ZONE_MISREAD]),
        ("Zurich", FORM, [Kind.ZONE_UNKNOWN]),
        ("../x", FORM, [Kind.ZONE_UNKNOWN]),
    ],
)
def test_a_zone_is_one_that_is_read_back(zone, form, kinds):
    assert [each.kind for each in clock.zone(zone, form, parse_utc)] == kinds
