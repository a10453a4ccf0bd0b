"""The demo: a sample class goes the whole road, and its table shows what each one did."""

import collections
import html
import re

import pytest

from autograders import sample
from autograders.course import catalogue, lesson
from autograders.course.catalogue import EXERCISES

pytestmark = pytest.mark.usefixtures("box")

FULL = 16


@pytest.fixture(scope="module")
def folder(sample_class):
    return sample_class / "demo"


@pytest.fixture(scope="module")
def outcome(sample_class):
    """Return the exit status and what the demo prints."""
    said = (sample_class / "said").read_text(encoding="utf-8")
    return int((sample_class / "status").read_text()), said


@pytest.fixture(scope="module")
def table(outcome):
    """Return the printed table: for each student a dict of assignment to points."""
    return {student: dict(zip(EXERCISES, row[:-1], strict=True)) for student, row in rows(outcome)}


def rows(outcome):
    """Yield each student of the printed table, with points and what mistakes are called."""
    lines = outcome[1].splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("student "))
    head = lines[start].split("  ")
    assert [cell.strip() for cell in head if cell] == ["student", *EXERCISES, "mistakes named"]
    for line in lines[start + 2 : start + 2 + count()]:
        cells = [cell.strip() for cell in line.split("  ") if cell.strip()]
        student, *points = cells[: 1 + len(EXERCISES)]
        yield student, [*points, "".join(cells[1 + len(EXERCISES) :])]


def count():
    return len(sample.hand_ins())


def points(text):
    """Return the points in a cell of the table of whoever answered the written question."""
    earned, rest = text.split("/")
    assert rest == f"{FULL} + written open"
    return float(earned)


def test_the_class_has_eight_students_or_more_and_each_id_says_what_it_did():
    class_ = sample.hand_ins()
    assert len(class_) >= 8
    assert {mistake.name for _, _, mistake in sample.mistaken()} <= class_.keys()
    assert "forgot-1-over-m" in class_


def test_it_ends_well(outcome):
    status, said = outcome
    assert status == 0
    assert "could not" not in said
    assert "nbgrader could not grade" not in said


def test_it_says_where_to_look(outcome, folder):
    said = outcome[1]
    assert f"{folder}/feedback/<student>/<assignment>/" in said
    assert f"python -m autograders course {folder}" in said
    assert (folder / "nbgrader_config.py").is_file()


@pytest.mark.parametrize(
    "student", ["all-right", "right-in-other-words", "raises-in-a-scratch-cell"]
)
def test_whoever_is_right_has_full_points(student, table):
    assert {points(text) for text in table[student].values()} == {FULL}


def test_untouched_stubs_have_none(table):
    assert set(table["untouched-stubs"].values()) == {"0/20"}


def test_the_last_exercise_left_out_costs_just_that(table):
    for assignment, text in table["left-out-the-last-exercise"].items():
        assert points(text) == FULL - EXERCISES[assignment][-1].points


def test_what_was_not_handed_in_is_not_counted(table):
    assert table["only-initialization"] == {
        assignment: "16/16 + written open" if assignment == "initialization" else "-"
        for assignment in EXERCISES
    }


@pytest.mark.parametrize(
    ("assignment", "exercise", "mistake"), sample.mistaken(), ids=lambda each: str(each)[:9]
)
def test_a_mistake_costs_points_of_its_exercise_and_no_others(assignment, exercise, mistake, table):
    row = dict(table[mistake.name])
    assert FULL - exercise.points <= points(row.pop(assignment)) < FULL
    assert set(row.values()) == {"-"}


def test_each_exercise_is_got_wrong_by_two_students_or_more():
    wrong = collections.Counter(exercise.name for _, exercise, _ in sample.mistaken())
    assert wrong.keys() == {e.name for exercises in EXERCISES.values() for e in exercises}
    assert min(wrong.values()) >= 2
    assert sum(wrong.values()) == len(catalogue.content("sample").IN_THE_SAMPLE)


def test_on_demand_each_listed_mistake_has_its_student():
    listed = [m.name for exercises in EXERCISES.values() for e in exercises for m in e.mistakes]
    assert set(listed) <= sample.hand_ins(everyone=True).keys()


def test_the_table_names_each_mistake_and_no_others(outcome):
    made = {mistake.name for _, _, mistake in sample.mistaken()}
    for student, (*_, named) in rows(outcome):
        names = re.split(", | or ", named) if named else []
        assert student in names if student in made else names == []


def test_everybody_gets_feedback_on_each_hand_in_and_on_nothing_else(outcome, folder):
    expected = {
        f"{student}/{assignment}/{assignment}.html"
        for student, done in sample.hand_ins().items()
        for assignment in done
    }
    written = {str(f.relative_to(folder / "feedback")) for f in (folder / "feedback").rglob("*.*")}
    assert written == expected


@pytest.mark.parametrize(
    ("assignment", "exercise", "mistake"), sample.mistaken(), ids=lambda each: str(each)[:9]
)
def test_the_feedback_names_the_mistake_and_gives_the_hint(
    assignment, exercise, mistake, folder, outcome
):
    graded = folder / "autograded" / mistake.name / assignment / f"{assignment}.ipynb"
    check = next(
        cell
        for cell in lesson.read(graded).cells
        if lesson.grade_id(cell) == lesson.CHECK + exercise.name
    )
    said = " ".join(check.outputs[0].data["text/plain"].split())
    assert mistake.says in said
    assert mistake.hint in said
    page = (folder / "feedback" / mistake.name / assignment / f"{assignment}.html").read_text(
        encoding="utf-8"
    )
    assert mistake.hint in " ".join(html.unescape(page).split())


def test_it_is_a_whole_course_in_a_folder_of_its_own(outcome, folder):
    for room in ("notebooks", "release", "submitted", "autograded", "feedback", "gradebook.db"):
        assert (folder / room).exists()
