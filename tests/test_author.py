"""The author's guide, followed to the letter: a fifth notebook, from its first file to a grade."""

import functools
import re
import shutil
import sys

import nbformat
import pytest

from autograders import ROOT
from tests.course import Course
from tests.guide import COMMANDS, FILES, FUNCTION, NAME, POINTS, write_files

pytestmark = pytest.mark.usefixtures("kernel")

WRITTEN = "autograders/content/exercises/momentum.py", "source_ref/momentum.py"
AVERAGE = "beta * V + (1 - beta) * dW"
STUDENTS = {
    "right": ("", ""),
    "in-other-words": (AVERAGE, "V - (1 - beta) * (V - dW)"),
    "swapped": (AVERAGE, "(1 - beta) * V + beta * dW"),
    "untouched": (AVERAGE, "None"),
}
"""What each hands in, as a change to the reference."""
TESTS_OF_EVERY_NOTEBOOK = (
    "tests/autograders/content/test_contract.py",
    "tests/autograders/course/test_stubs.py",
    "tests/lab/test_no_answers.py",
    "tests/notebooks/test_clean.py",
)


@functools.cache
def reference():
    """Return the source of the guide's function."""
    return re.search(rf"^def {FUNCTION}.*", FILES["source_ref/momentum.py"], re.M | re.S)[0].strip()


def hand_in(course, student, source):
    """Hand in the released notebook with another source in the stub's cell."""
    target = course.root / "submitted" / student / NAME
    shutil.copytree(course.root / "release" / NAME, target)
    notebook = nbformat.read(target / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == FUNCTION:
            cell.source = source
    nbformat.write(notebook, target / f"{NAME}.ipynb")


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Follow the guide; return the course and what each of its commands said, in order."""
    course = Course(tmp_path_factory.mktemp("author") / "course")
    said = []
    commands = iter(COMMANDS)

    def step(expected, status=0):
        command = next(commands)
        assert command[0] == expected
        process = course.autograders(*command)
        assert process.returncode == status, process.stdout + process.stderr
        said.append(process.stdout)

    step("missing", status=1)
    write_files(course)
    step("sketch")
    step("examples")
    step("store")
    step("missing")
    step("release")
    for student, (old, new) in STUDENTS.items():
        hand_in(course, student, reference().replace(old, new))
    step("grade")
    assert next(commands, None) is None
    return course, said


def test_the_guide_shows_the_files_that_it_says():
    assert sorted(FILES) == sorted(WRITTEN)


def test_at_first_everything_is_missing(followed):
    _, (first, *_) = followed
    lines = first.splitlines()
    assert [line.split()[1] for line in lines] == [
        "source_ref/momentum.py",
        "autograders/content/exercises/momentum.py",
        "notebooks/momentum/momentum.ipynb",
        "lab/examples/momentum.json",
    ]


def test_in_the_end_nothing_is(followed):
    _, said = followed
    assert said[4] == "momentum: nothing is missing.\n"


def test_it_is_graded_as_the_others_are(followed):
    course, said = followed
    scores = {student: course.scores(student, NAME)[FUNCTION] for student in STUDENTS}
    assert scores == {"right": POINTS, "in-other-words": POINTS, "swapped": 0, "untouched": 0}
    assert "momentum: 4 graded, 0 as before, 0 not graded" in said[-1]
    assert NAME in said[-1].splitlines()[1].split()


def test_the_mistake_is_named(followed):
    course, _ = followed
    graded = nbformat.read(
        course.root / "autograded" / "swapped" / NAME / f"{NAME}.ipynb", as_version=4
    )
    (check,) = [
        cell
        for cell in graded.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"check_{FUNCTION}"
    ]
    assert "beta and 1 - beta are swapped" in str(check.outputs)


def test_the_tests_of_every_notebook_hold_for_it_too(followed):
    course, _ = followed
    shutil.copytree(ROOT / "tests", course.root / "tests")
    for file in ("pyproject.toml", ".gitignore"):
        shutil.copy(ROOT / file, course.root)
    process = course.run(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", NAME),
        *TESTS_OF_EVERY_NOTEBOOK,
    )
    assert process.returncode == 0, process.stdout[-3000:]
    assert re.search(r"\d+ passed", process.stdout)


def test_nothing_of_the_four_has_changed(followed):
    course, _ = followed
    for file in (ROOT / "lab" / "examples").glob("*.json"):
        assert (course.root / file.relative_to(ROOT)).read_bytes() == file.read_bytes()
    process = course.autograders("derive")
    assert process.returncode == 0
    assert "written" not in process.stdout
