"""A class whose written answers wait."""

import shutil

import pytest

from autograders import settings
from autograders.answers.desk import Desk
from autograders.grading import gradebook, marks
from benchmarks import graded_class

NAME = "dropout"
ATTACK = "</script><script>document.title = 'run'</script><img src=x onerror=alert(1)>"
TEXTS = ("Because it is so.", "I do not know.", ATTACK)
STUDENTS = {f"student-{number}": ("Ana", "Adler") for number in range(6)}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course's folder; each of three texts stands in two answers. It is not to be changed."""
    folder = tmp_path_factory.mktemp("class")
    graded_class.make(folder, STUDENTS, seed=1, answers=TEXTS)
    return folder


@pytest.fixture
def course(made, tmp_path):
    """A copy of it."""
    return shutil.copytree(made, tmp_path / "course")


@pytest.fixture
def desk(course):
    return Desk(settings.api(course), NAME)


@pytest.fixture
def given(course):
    """Return what the gradebook holds now: by student points, comment, and whether it waits."""

    def read():
        with gradebook.opened(settings.api(course)) as book:
            found = marks.read(book, NAME)
        return {mark.student: (mark.points, mark.comment, mark.waits) for mark in found}

    return read
