"""Every attack keeps exactly its right points, and nothing leaks, changes or stays."""

import pytest

from tests.hostile import verdict
from tests.hostile.handins import AIMED, ATTACK, all_hand_ins, of_module

pytestmark = pytest.mark.endure

HAND_INS = [each.name for each in all_hand_ins().values() if each.kind == ATTACK]


@pytest.mark.parametrize("name", HAND_INS)
def test_it_keeps_its_right_points_and_nothing_leaks(name, graded):
    got = graded.report["students"].get(name)
    assert verdict.unkept(all_hand_ins()[name], got) == []


def test_nothing_was_changed_reached_or_left_behind(graded):
    assert graded.report["class"] == []


def test_the_right_hand_ins_beside_them_are_not_touched(graded):
    assert verdict.neighbours(graded.report["students"]) == []


def test_those_that_aim_at_a_reader_have_their_pages(graded):
    aimed = {each.name for module in AIMED for each in of_module(module)}
    aimed &= {*HAND_INS}
    shown = {name for name in aimed if not graded.report["students"][name]["problem"]}
    assert len(shown) > len(aimed) / 2
    assert shown <= {file.parts[-3] for file in graded.written.glob("feedback/*/*/*.html")}


def test_their_pages_do_nothing_in_a_browser(graded):
    """Feedback and formgrader's page run no script and load nothing for a student."""
    assert {name: lines for name, lines in graded.browsed().items() if lines} == {}
