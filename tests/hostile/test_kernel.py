"""The kernel engine, which has no wall, does the same with every hand-in that means no harm."""

import pytest

from tests import endure
from tests.hostile import verdict
from tests.hostile.handins import ATTACK, all_hand_ins

pytestmark = [pytest.mark.endure, pytest.mark.usefixtures("kernel")]

GRADER = "kernel"
ALWAYS = ("leaves-politely", "quits-first", "exits-in-the-middle", "quits-in-an-exercise")
EVERY = 24
"""Of how many hand-ins one is tried where the long repetitions are not wanted."""

HONEST = [each.name for each in all_hand_ins().values() if each.kind != ATTACK]
HAND_INS = HONEST if endure.WHOLE else list(dict.fromkeys((*ALWAYS, *HONEST[::EVERY])))


@pytest.mark.parametrize("name", HAND_INS)
def test_it_loses_only_what_is_missing_or_is_refused_in_one_line(name, graded):
    got = graded.report["students"].get(name)
    assert verdict.unkept(all_hand_ins()[name], got) == []


def test_the_rest_of_the_class_is_graded(graded):
    assert verdict.neighbours(graded.report["students"]) == []
