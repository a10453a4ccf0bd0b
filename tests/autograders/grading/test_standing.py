"""What becomes of a hand-in that cannot be graded is kept, until it is another one."""

import logging
import types

import pytest

from autograders import settings
from autograders.collecting import roster
from autograders.collecting.roster import OUT, Student
from autograders.grading import nbgrader_patches, rounds, standing
from tests import small_gradebook

NAME = "dropout"
WHY = f"eve, {NAME}: no {NAME}.ipynb was handed in (but work.pdf). Ask the student for it."


@pytest.fixture
def api(tmp_path):
    """A course into which eve has handed a PDF."""
    small_gradebook.made(tmp_path / "gradebook.db").close()
    folder = tmp_path / "submitted" / "eve" / NAME
    folder.mkdir(parents=True)
    (folder / "work.pdf").write_bytes(b"%PDF")
    return settings.api(tmp_path)


def grade(api):
    return [problem for *_, problem in rounds.grade(api, NAME, count=0)]


def test_why_a_hand_in_was_refused_is_kept_until_it_is_gone(api, tmp_path):
    assert standing.of_course(api.coursedir).waits(NAME, "eve")
    assert grade(api) == [WHY]
    stands = standing.of_course(api.coursedir)
    assert stands.refused == {(NAME, "eve"): WHY}
    assert not stands.waits(NAME, "eve")
    (tmp_path / "submitted/eve/dropout/work.pdf").unlink()
    (tmp_path / "submitted/eve/dropout").rmdir()
    grade(api)
    assert standing.of_course(api.coursedir).refused == {}


def test_nbgrader_s_own_road_keeps_it_too(api):
    api.coursedir.assignment_id, api.coursedir.student_id = NAME, "*"
    converter = types.SimpleNamespace(coursedir=api.coursedir, log=logging.getLogger("x"))
    assert nbgrader_patches._take_in(converter) == [WHY]
    assert standing.of_course(api.coursedir).refused == {(NAME, "eve"): WHY}


def test_what_is_graded_is_not_refused_any_more(api):
    standing.note(api.coursedir, NAME, "eve", WHY)
    standing.note(api.coursedir, NAME, "eve", None)
    standing.note(api.coursedir, NAME, "nobody", None)
    assert standing.of_course(api.coursedir).refused == {}


def test_a_former_hand_in_and_half_a_collection_are_nobody_s(api, tmp_path):
    for folder in (".former/ada/dropout-1", ".collecting.x/ada", "eve/.hidden"):
        (tmp_path / "submitted" / folder).mkdir(parents=True)
    roster.save(tmp_path, {each: Student(each, status=OUT) for each in ("ada",)})
    stands = standing.of_course(api.coursedir)
    assert stands.arrived == {(NAME, "eve")}
    assert stands.out == {"ada"}
