"""Courses for the tests, each in a folder of its own, and a browser."""

import pytest

from autograders.browser import tab
from autograders.course.catalogue import EXERCISES
from tests import machine
from tests.course import Course


@pytest.fixture
def course(tmp_path):
    """A course in which nothing has been done yet."""
    return Course(tmp_path / "course")


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """The folder of a course that stock nbgrader has released; to be copied, not changed."""
    course = Course(tmp_path_factory.mktemp("released") / "course")
    for name in EXERCISES:
        process = course.nbgrader("generate_assignment", name)
        assert process.returncode == 0, process.stderr
    return course.root


@pytest.fixture
def released_course(released, tmp_path):
    """A course that has been released."""
    return Course(tmp_path / "course", released)


@pytest.fixture(scope="module")
def chromium():
    """A running browser; a machine without one skips what needs it, CI does not."""
    machine.need_chromium()
    with tab.browser() as running:
        yield running
