"""A course as nbgrader's users have them is graded side by side with nbgrader's own scores."""

import json
import os
import pathlib
import stat

import nbformat
import pytest

from tests import endure
from tests.stock_course import NAME, OTHERWISE, SAME, StockCourse

pytestmark = pytest.mark.usefixtures("box", "slow")
SCORES = json.loads(pathlib.Path(__file__).with_name("scores.json").read_text(encoding="utf-8"))
"""What nbgrader 0.9.6 gives each of `SAME`, cell by cell."""
FULL = {"test_add": 2, "test_squares": 4, "test_total": 1, "test_quiet": 1, "test_twice": 1}


def graded(folder, hand_ins, ours=True, more=""):
    """Return a course in which hand-ins have been graded by nbgrader, and how that ended."""
    course = StockCourse(folder, ours, more)
    course.release()
    for student, change in hand_ins.items():
        course.hand_in(student, change)
    return course, course.nbgrader("autograde", NAME)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, box, slow):
    """The class, graded by ours; links and a pipe were handed in as well."""
    course = StockCourse(tmp_path_factory.mktemp("stock") / "course")
    course.release()
    for student, change in {**SAME, **OTHERWISE}.items():
        course.hand_in(student, change)
    (course.root / "secret").write_text("a secret of the instructor's")
    linked = course.hand_in("links", SAME["right"])
    (linked / "key").symlink_to(course.root / "secret")
    (linked / "data" / "values.csv").unlink()
    os.mkfifo(linked / "data" / "values.csv")
    piped = course.hand_in("pipe", SAME["right"])
    (piped / "text.ipynb").unlink()
    os.mkfifo(piped / "text.ipynb")
    return course, course.nbgrader("autograde", NAME)


def points(course, student):
    """Return what the tests of a hand-in gave."""
    return {name: each[0] for name, each in course.scores()[student].items() if name in FULL}


@pytest.mark.parametrize("student", SAME)
def test_the_scores_are_nbgraders(whole, student):
    assert whole[0].scores()[student] == SCORES[student]


def test_one_pipe_costs_one_hand_in(whole):
    course, process = whole
    assert process.returncode == 1
    assert "pipe, ps1: text.ipynb is no plain file of a usual size" in process.stderr
    assert "1 of the hand-ins could not be graded" in process.stderr
    assert "Traceback" not in process.stderr
    assert course.scores().keys() == {*SAME, *OTHERWISE, "links"}


@pytest.mark.parametrize("student", ["dies", "copied", "of-another", "peeks", "writes"])
def test_what_costs_all_there_costs_nothing_here(whole, student):
    assert points(whole[0], student) == FULL


def test_a_test_that_is_tagged_to_be_skipped_is_run(whole):
    assert points(whole[0], "skipped") == FULL | {"test_add": 0}


def test_what_a_program_writes_as_an_error_counts_as_one(whole):
    assert points(whole[0], "writes-to-2") == FULL | {"test_quiet": 0}


def test_nothing_is_read_or_written_beside_the_hand_in(whole):
    course, _ = whole
    assert not (course.root / "peeked").exists()
    assert not (course.root / "written").exists()
    assert not (pathlib.Path.home() / "written-by-a-hand-in").exists()


def test_links_lead_nowhere(whole):
    course, process = whole
    folder = course.root / "autograded" / "links" / NAME
    assert not (folder / "key").exists()
    assert "links, ps1: key is no plain file, and was left out" in process.stderr
    assert points(course, "links") == FULL  # the course's own data lies where the pipe was


def test_the_graded_notebooks_lie_where_nbgrader_puts_them(whole):
    course, _ = whole
    folder = course.root / "autograded" / "half" / NAME
    assert {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()} == {
        *("functions.ipynb", "text.ipynb", "helper.py", "data/values.csv"),
    }
    assert stat.S_IMODE((folder / "functions.ipynb").stat().st_mode) == 0o444
    made = nbformat.read(folder / "functions.ipynb", 4)
    nbformat.validate(made)
    (plot,) = [c for c in made.cells if "plt.plot" in c.source]
    assert any("image/png" in output.get("data", {}) for output in plot.outputs)
    assert not list((course.root / "autograded").glob("*/.*"))


def test_what_is_graded_is_not_graded_again(whole):
    course, _ = whole
    (course.root / "submitted" / "pipe" / NAME / "text.ipynb").unlink(missing_ok=True)
    process = course.nbgrader("autograde", NAME)
    assert process.returncode == 0, process.stderr
    assert "Graded right" not in process.stderr
    assert "Graded pipe" in process.stderr


def test_feedback_is_made_of_it(whole):
    course, _ = whole
    process = course.nbgrader("generate_feedback", NAME, "--student", "half")
    assert process.returncode == 0, process.stderr
    assert (course.root / "feedback" / "half" / NAME / "functions.html").is_file()


@pytest.mark.parametrize("student", endure.first(SAME, 1))
def test_nbgrader_gives_what_is_written_down(tmp_path, student, kernel):
    course, process = graded(tmp_path / "course", {student: SAME[student]}, ours=False)
    assert process.returncode == 0, process.stderr
    assert course.scores()[student] == SCORES[student]
