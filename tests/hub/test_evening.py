"""From release to feedback on a real JupyterHub, which the guide's section has set up."""

import re

import pytest

from tests import machine
from tests.hub import room, walk

pytestmark = [
    pytest.mark.endure,
    pytest.mark.usefixtures("apart", "browser", "server", "box"),
]
PROGRAMS = ("npm", "node", "git", "make", "python3", "chpasswd")


@pytest.fixture(scope="module")
def seen(apart, browser, box):
    machine.need(room.problem(*PROGRAMS))
    return room.run(walk.__name__)


@pytest.mark.parametrize("when", ["doctor", "doctor_after"])
def test_the_doctor_finds_all_right(seen, when):
    lines = re.findall(r"^[a-z ]+: .*", seen[when], re.M)
    assert len(lines) == 10, seen[when]
    assert [line for line in lines if not line.endswith(": all right")] == []


def test_each_has_what_they_need_and_nothing_else(seen):
    assert seen["student_menu"] == ["Assignment List"]
    assert seen["grader_menu"] == ["Assignment List", "Course List"]


def test_validate_says_what_is_not_right_yet(seen):
    assert "is not done yet" in seen["validated_first"]
    assert "Success" in seen["validated_second"]


def test_a_student_submits_twice_and_the_last_one_counts(seen):
    assert seen["submissions"] == 2
    assert f"Updating submission: {walk.STUDENT} {walk.NAME}" in seen["collected"]
    (line,) = [line for line in seen["graded"].splitlines() if walk.STUDENT in line]
    assert line.endswith(" 16/16 + written open")


@pytest.mark.parametrize(
    "what",
    [
        *("list", "list_homes", "list_course", "read_reference", "replace_course"),
        *("replace_release", "rename", "read", "remove", "gradebook"),
    ],
)
def test_another_student_cannot(seen, what):
    assert seen["other"][what]["status"] not in (0, -1), seen["other"][what]
    assert seen["still_there"]


def test_another_student_hands_in_for_nobody_else(seen):
    assert f"it is from {walk.STUDENT}, but {walk.OTHER} put it there" in seen["collected"]


def test_only_members_of_the_group_log_in_and_only_graders_see_the_formgrader(seen):
    status, text = seen["service_for_student"]
    assert status == 403, text
    assert "Invalid username or password" in seen["outsider"] or "not allowed" in seen["outsider"]


def test_a_grader_grades_by_formgrader_s_button_as_the_account_of_the_course(seen):
    assert seen["button"] == [
        "Success",
        f"Successfully autograded '{walk.NAME}' for student '{walk.OTHER}'.",
    ]
    assert seen["owners"] == [walk.ACCOUNT]


def test_feedback_reaches_the_student(seen):
    assert f"(Score: {16 + walk.GIVEN}.0 / 20.0)" in seen["page"]
    assert walk.COMMENT in seen["page"]


def test_the_hub_complains_of_nothing_that_the_section_set(seen):
    found = re.findall(r"^\[[WEC] .*", seen["log"], re.M)
    assert [line for line in found if "deprecat" in line.lower() or "unrecognized" in line] == []
