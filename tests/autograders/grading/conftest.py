"""The small class, for the tests of what may go wrong while it is graded."""

import sys

import pytest

from tests import once
from tests.course import Course
from tests.outcome import everything, outcome
from tests.small_class import BROKEN, NAME, hand_ins, handed_in


@pytest.fixture(autouse=True)
def own_path(monkeypatch):
    """Forget the courses' folders, which their nbgrader_config.py puts first."""
    monkeypatch.setattr(sys, "path", sys.path[:])


@pytest.fixture(scope="session")
def class_(tmp_path_factory, slow):
    """A course whose hand-ins wait; to be copied, not changed."""
    return Course.there(once.folder(tmp_path_factory, "class", handed_in))


@pytest.fixture
def course(class_, tmp_path):
    """A copy of it."""
    return Course(tmp_path / "course", class_.root)


@pytest.fixture(scope="session")
def undisturbed(class_, tmp_path_factory, box):
    """What grading leaves behind, in the gradebook and on the disk, where nothing goes wrong."""

    def grade():
        course = Course(tmp_path_factory.mktemp("undisturbed") / "course", class_.root)
        process = course.autograders("grade", NAME)
        assert process.returncode == 1
        assert process.stderr.startswith(f"{BROKEN}, {NAME}: {NAME}.ipynb is no notebook")
        assert f"{NAME}: {len(hand_ins())} graded, 0 as before, 1 not graded" in process.stdout
        return outcome(course.root), everything(course.root)

    return once.value(tmp_path_factory, "undisturbed", grade)


@pytest.fixture(scope="session")
def done(undisturbed):
    """What grading leaves behind in the gradebook where nothing goes wrong."""
    return undisturbed[0]
