"""What a machine tells students is held against what the course calls itself."""

import pathlib

from autograders.doctor import settings
from autograders.doctor.trouble import Kind

FILE, LAST = pathlib.Path("/hub/etc/nbgrader_config.py"), pathlib.Path("/etc/nbgrader_config.py")
EXCHANGE = pathlib.Path("/srv/exchange")


def kinds(first, last):
    found = settings.told([(FILE, first), (LAST, last)], "week_one", EXCHANGE)
    return [(each.kind, each.fields["path"]) for each in found]


def test_the_same_course_is_right():
    assert kinds({}, {"course_id": "week_one", "exchange": "/srv/exchange"}) == []
    assert kinds({"course_id": "week_one"}, {}) == []


def test_another_course_or_another_place_is_named():
    assert kinds({"course_id": "week_1"}, {"course_id": "week_one"}) == [
        (Kind.OTHER_COURSE_ID, FILE)
    ]
    assert kinds({}, {"course_id": "week_one", "exchange": "/srv/else"}) == [
        (Kind.OTHER_EXCHANGE, LAST)
    ]


def test_no_course_at_all_is_named_with_the_place_for_it():
    assert kinds({}, {"exchange": "/srv/exchange"}) == [(Kind.NO_COURSE_ID, LAST)]
