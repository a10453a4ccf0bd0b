"""Stock nbgrader on the course: every command of its own, scores from its own gradebook."""

import csv
import shutil

import pytest

from autograders.course import catalogue, reference
from autograders.course.catalogue import EXERCISES
from tests import endure
from tests.course import HALVES, Course

pytestmark = [pytest.mark.endure, pytest.mark.usefixtures("box")]

NAMES = list(EXERCISES)[: None if endure.WHOLE else 2]
"""The assignments that are tried: by day two of them."""

WRITTEN = "Because of the gradient."
PASSING_CHECK = """
def check(name, hint=False):
    print(f"{name} is right: 8 points.")

def problem(name, namespace=None):
    return None

def ready(*names):
    return True
"""
CANARY = "import pathlib; pathlib.Path({path!r}).write_text('imported')\n"
PLANTED = ("lab", "numpy.py", "sitecustomize.py", "usercustomize.py", "nbgrader_config.py")


def plant(folder, canary):
    """Put files into a hand-in that give it points, or leave a canary, if anything reads them."""
    shutil.rmtree(folder / "lab")
    (folder / "lab" / "judge").mkdir(parents=True)
    for file in ("lab/__init__.py", "lab/judge/__init__.py", *PLANTED[1:]):
        (folder / file).write_text(CANARY.format(path=str(canary)))
    (folder / "lab" / "check.py").write_text(PASSING_CHECK)
    (folder / "lab" / "judge" / "answer.py").write_text(CANARY.format(path=str(canary)))
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write("c = get_config()\nc.Judge.engine = 'kernel'\n")
        file.write("c.Autograde.autograde_preprocessors = []\n")
    (folder / "matplotlibrc").write_text("backend: nonsense\n")


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    """A file that exists once planted code has run where it can write."""
    return tmp_path_factory.mktemp("canary") / "imported"


@pytest.fixture(scope="module")
def course(released, canary, tmp_path_factory):
    """A course on which an instructor has called nbgrader's commands, one after the other."""
    course = Course(tmp_path_factory.mktemp("nbgrader") / "course", released)
    for assignment in NAMES:
        course.hand_in("all-right", assignment, catalogue.functions(assignment), WRITTEN)
        course.hand_in("half", assignment, HALVES[assignment])
        course.hand_in("untouched", assignment)
    plant(course.hand_in("planted", "initialization"), canary)
    for assignment in NAMES:
        for command in ("autograde", "generate_feedback"):
            process = course.nbgrader(command, assignment)
            assert process.returncode == 0, process.stderr[-3000:]
    return course


def best(assignment):
    """Return the points of each exercise."""
    return {exercise.name: exercise.points for exercise in EXERCISES[assignment]}


@pytest.mark.parametrize("assignment", NAMES)
def test_all_right_has_all_automatic_points(assignment, course):
    scores = course.scores("all-right", assignment)
    assert scores == best(assignment)
    assert sum(scores.values()) == 16


@pytest.mark.parametrize("assignment", NAMES)
def test_untouched_has_none(assignment, course):
    assert course.scores("untouched", assignment) == dict.fromkeys(best(assignment), 0)


@pytest.mark.parametrize("assignment", NAMES)
def test_half_an_assignment_has_the_stated_half(assignment, course):
    scores = course.scores("half", assignment)
    assert scores == {
        each: p if each in HALVES[assignment] else 0 for each, p in best(assignment).items()
    }
    assert sum(scores.values()) == 8


@pytest.mark.parametrize("assignment", NAMES)
def test_a_written_answer_waits_for_a_person_and_an_empty_one_has_no_points(assignment, course):
    open_, empty = course.written("all-right", assignment), course.written("untouched", assignment)
    assert open_["needs_manual_grade"]
    assert not empty["needs_manual_grade"]
    assert empty["auto_score"] == 0


def test_planted_files_gain_nothing_and_are_not_run(course, canary):
    assert course.scores("planted", "initialization") == dict.fromkeys(best("initialization"), 0)
    assert not canary.exists()


@pytest.mark.parametrize("room", ["autograded", "feedback"])
def test_planted_files_go_no_further(room, course):
    files = [file for file in (course.root / room / "planted").rglob("*") if file.is_file()]
    assert [file.name for file in files] == [
        "initialization.ipynb" if room == "autograded" else "initialization.html"
    ]


@pytest.mark.parametrize("assignment", NAMES)
@pytest.mark.parametrize("student", ["all-right", "half", "untouched"])
def test_feedback_is_one_page_that_shows_the_points(student, assignment, course):
    folder = course.root / "feedback" / student / assignment
    assert [file.name for file in folder.iterdir()] == [f"{assignment}.html"]
    page = (folder / f"{assignment}.html").read_text(encoding="utf-8")
    total = sum(course.scores(student, assignment).values())
    assert f"(Score: {total:.1f} / 20.0)" in page
    for function in catalogue.functions(assignment):
        assert f"check_{function}" in page


def test_export_lists_every_hand_in_with_its_points(course):
    process = course.nbgrader("export")
    assert process.returncode == 0, process.stderr
    with open(course.root / "grades.csv", newline="") as file:
        rows = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}
    assert len(rows) == 4 * len(EXERCISES)  # one for each student and assignment
    for (student, assignment), row in rows.items():
        scores = course.scores(student, assignment) or {}
        assert float(row["raw_score"] or 0) == sum(scores.values())
        assert float(row["max_score"]) == 20


def test_a_second_grading_gives_the_same_scores(course):
    before = {s: course.scores(s, "overfitting") for s in ("all-right", "half", "untouched")}
    process = course.nbgrader("autograde", "overfitting", "--force")
    assert process.returncode == 0, process.stderr[-3000:]
    assert {s: course.scores(s, "overfitting") for s in before} == before


@pytest.fixture(scope="module")
def validated(released, tmp_path_factory):
    """Return a function that gives what a student's `nbgrader validate` says of answers."""
    folder = tmp_path_factory.mktemp("validated")

    def validate(student, answers, written=None):
        course = Course(folder / student, released)
        hand_in = course.hand_in(student, "overfitting", answers, written)
        process = course.nbgrader("validate", "overfitting.ipynb", cwd=hand_in)
        assert process.returncode == 0, process.stderr
        assert "Traceback" not in process.stdout
        return process.stdout

    return validate


def test_validate_says_that_a_right_notebook_passes(validated):
    said = validated("right", catalogue.functions("overfitting"), WRITTEN)
    assert said == "Success! Your notebook passes all the tests.\n"


def test_validate_shows_the_message_of_a_wrong_answer(validated):
    codes = {e: reference.source("overfitting", e) for e in catalogue.functions("overfitting")}
    right = codes["accuracy"]
    codes["accuracy"] = right.replace("np.mean(predictions == Y)", "np.mean(predictions)")
    hint = next(m.hint for m in EXERCISES["overfitting"][2].mistakes if "ones" in m.says)
    said = validated("wrong", codes, WRITTEN)
    assert "VALIDATION FAILED ON 1 CELL(S)!" in said
    assert 'check("accuracy")' in said
    words = " ".join(said.split())  # the message is broken into lines that are not cut
    assert "accuracy is not right yet. For 3 right answers of 4, `accuracy(np.array([[" in words
    assert "`: the result is 0.5; expected" in words
    assert f"Hint: {hint}" in words
    assert "..." not in said
    assert "NotYet" not in said


def test_validate_says_what_is_not_done_yet(validated):
    said = validated("untouched", ())
    assert "VALIDATION FAILED ON 5 CELL(S)!" in said  # the empty written answer is one
    for function in catalogue.functions("overfitting"):
        assert f"{function} is not done yet: " in said
    assert "You did not provide a response." in said
