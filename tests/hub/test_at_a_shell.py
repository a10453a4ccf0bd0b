"""The exchange as the guide makes it, with users of the system: what they can do and what not."""

import pytest

from tests.hub import class_at_a_shell, room

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def seen(apart, released):
    return room.run(class_at_a_shell.__name__, str(released))


def test_the_doctor_finds_all_right_where_the_guide_was_followed(seen):
    status, lines = seen["doctor"]["gave"]
    assert [line for line in lines if "all right" not in line] == []
    assert status == 0
    assert len(lines) == 10


def test_the_doctor_names_an_exchange_without_its_sticky_bit_and_what_mends_it(seen):
    status, lines = seen["doctor_of_a_wrong_one"]["gave"]
    assert status == 1
    (line,) = [line for line in lines if "all right" not in line]
    assert line.startswith("exchange: /srv/nbgrader/exchange has the mode 777.")
    assert line.endswith("Mend it: `chmod 1777 /srv/nbgrader/exchange`")


def test_nothing_is_released_into_it(seen):
    assert seen["released_into_a_wrong_one"]["raised"] == "SystemExit"
    assert seen["there"] == []


def test_the_last_attempt_counts_by_the_guide_s_command(seen):
    assert [seen["first"], seen["second"]] == [1, 2]


def test_another_student_can_neither_list_nor_read_nor_replace(seen):
    raised = {what: said.get("raised") for what, said in seen["tricks"].items()}
    assert len(raised) == 7
    assert set(raised.values()) == {"PermissionError"}, raised


def test_another_student_can_hand_in_for_nobody_else(seen):
    assert seen["forged"] == {"gave": None}
    assert seen["second"] == 2
