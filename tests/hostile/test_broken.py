"""Broken and unlucky hand-ins lose only what is missing, or are refused in one line."""

import pytest

from tests.hostile import verdict
from tests.hostile.handins import BROKEN, UNLUCKY, all_hand_ins

pytestmark = pytest.mark.endure

HAND_INS = [each.name for each in all_hand_ins().values() if each.kind in (BROKEN, UNLUCKY)]


@pytest.mark.parametrize("name", HAND_INS)
def test_it_loses_only_what_is_missing_or_is_refused_in_one_line(name, graded):
    got = graded.report["students"].get(name)
    assert verdict.unkept(all_hand_ins()[name], got) == []


def test_the_rest_of_the_class_is_graded_and_nothing_else_changed(graded):
    assert verdict.neighbours(graded.report["students"]) == []
    assert graded.report["class"] == []
