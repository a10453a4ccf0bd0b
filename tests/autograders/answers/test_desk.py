"""Answers on the desk: alike ones together, and what is given is nbgrader's own mark."""

import json

import pytest

from autograders import Refused, settings
from autograders.__main__ import main
from autograders.answers import offline
from autograders.answers.desk import Desk, questions
from autograders.course import catalogue, lesson
from autograders.course.rubric import Criterion, Rubric
from autograders.grading import gradebook
from autograders.grading.marks import Otherwise
from autograders.sandbox import sanitize
from benchmarks import graded_class
from tests.autograders.answers.conftest import NAME, STUDENTS, TEXTS
from tests.course import commands_at

CELL = "written_rand_and_price"


def first(desk):
    return desk.shown()["groups"][0]


def test_alike_answers_are_one_and_nobody_is_named(desk):
    shown = desk.shown()
    assert {group["text"] for group in shown["groups"]} <= set(TEXTS)
    assert len(shown["groups"]) == len({group["text"] for group in shown["groups"]}) > 1
    assert sum(group["count"] for group in shown["groups"]) == len(STUDENTS)
    assert "student-" not in json.dumps(shown)
    named = Desk(desk._api, NAME, names=True).shown()["groups"]
    assert sorted(name for group in named for name in group["names"]) == sorted(STUDENTS)


def test_blanks_make_no_other_answer(course, desk):
    before = len(desk.shown()["groups"])
    for file in course.glob(f"autograded/*/{NAME}/{NAME}.ipynb"):
        file.write_text(file.read_text().replace("do not know", "do  not\\nknow"))
        break
    assert len(Desk(desk._api, NAME).shown()["groups"]) == before


def test_an_answer_is_shown_as_the_student_wrote_it(course, desk):
    written = "$x<y$ <img src=x> as [said](there)"
    before = len(desk.shown()["groups"])
    stored = json.dumps(sanitize.markdown(written))[1:-1]
    for file in course.glob(f"autograded/*/{NAME}/{NAME}.ipynb"):
        file.write_text(file.read_text().replace(TEXTS[1], stored))
    shown = Desk(desk._api, NAME).shown()["groups"]
    assert written in [group["text"] for group in shown] and len(shown) == before


def test_what_is_given_is_what_formgrader_shows(desk, course, given):
    group = first(desk)
    after = desk.save({**group, "points": 2.5, "comment": " Name the step, too. "})
    assert (after["points"], after["comment"], after["waits"]) == (
        2.5,
        "Name the step, too.",
        False,
    )
    marked = [each for each in given().values() if each == (2.5, "Name the step, too.", False)]
    assert len(marked) == group["count"]
    mine = desk._groups[group["id"]].students
    with gradebook.opened(settings.api(course)) as book:
        for student in STUDENTS:
            grade = book.find_grade(CELL, NAME, NAME, student).to_dict()
            comment = book.find_comment(CELL, NAME, NAME, student).to_dict()
            assert grade["needs_manual_grade"] == (student not in mine)
            assert grade["manual_score"] == (2.5 if student in mine else None)
            assert comment["manual_comment"] == ("Name the step, too." if student in mine else None)


@pytest.mark.parametrize("points", [None, "3", -1, 4.5, True, float("nan"), float("inf"), [3]])
def test_points_that_are_none_are_refused(points, desk, given):
    before = given()
    with pytest.raises(Refused, match="is no number of points from 0 to 4"):
        desk.save({**first(desk), "points": points})
    assert given() == before


def test_a_comment_that_is_none_is_refused(desk, given):
    before = given()
    for comment in ("x" * 20_001, None, 3):
        with pytest.raises(Refused):
            desk.save({**first(desk), "points": 3, "comment": comment})
    assert given() == before


def test_nothing_is_put_over_what_somebody_else_has_given(desk, given):
    group = first(desk)
    desk.save({**group, "points": 3, "comment": "first"})
    before = given()
    for stale in (group, {**group, "seen": None}, {**group, "seen": ""}):
        with pytest.raises(Otherwise):
            desk.save({**stale, "points": 1, "comment": "second"})
    assert given() == before
    now = desk.state(group)
    assert (now["points"], now["comment"]) == (3, "first")
    desk.save({**now, "points": 1})
    assert desk.state(group)["points"] == 1


def test_what_was_graded_again_waits_again(desk, course):
    group = desk.save({**first(desk), "points": 3, "comment": ""})
    student = desk._groups[group["id"]].students[0]
    with gradebook.opened(settings.api(course)) as book:
        book.find_grade(CELL, NAME, NAME, student).needs_manual_grade = True
        book.db.commit()
    assert desk.state(group)["waits"]
    desk.save({**desk.state(group), "points": 3})
    assert not desk.state(group)["waits"]


def test_what_is_being_typed_outlives_a_crash(desk):
    group = first(desk)
    desk.draft({"id": group["id"], "comment": "Half a sen"})
    again = Desk(desk._api, NAME)
    assert {g["id"]: g["draft"] for g in again.shown()["groups"]}[group["id"]] == "Half a sen"
    again.save({**group, "points": 3, "comment": "Whole."})
    assert all(each["draft"] is None for each in again.shown()["groups"])
    again._file().write_text("[")
    assert all(each["draft"] is None for each in again.shown()["groups"])


def test_an_empty_answer_is_not_shown(desk, course):
    students = [s for group in desk._groups.values() for s in group.students]
    with gradebook.opened(settings.api(course)) as book:
        grade = book.find_grade(CELL, NAME, NAME, students[0])
        grade.auto_score, grade.needs_manual_grade = 0, False
        book.db.commit()
    shown = Desk(desk._api, NAME).shown()["groups"]
    assert sum(each["count"] for each in shown) == len(STUDENTS) - 1


def test_the_question_and_its_rubric_stand_beside_it(desk, monkeypatch):
    monkeypatch.setattr(catalogue.RUBRICS, "_names", [])
    (question,) = desk.shown()["questions"]
    assert question["cell"] == CELL and "`rand` or `randn`" in question["text"]
    assert (question["rubric"], question["sample"]) == ([], "")
    criterion = Criterion(1, "rand, as a share of it is below keep_prob")
    monkeypatch.setattr(catalogue.RUBRICS, "_names", [NAME])
    monkeypatch.setitem(catalogue.RUBRICS.loaded, NAME, [Rubric(CELL, (criterion,), "rand.")])
    (question,) = desk.shown()["questions"]
    assert question["rubric"] == [[1, "rand, as a share of it is below keep_prob"]]
    assert question["sample"] == "rand."


def test_every_assignment_s_question_is_found():
    for name in catalogue.EXERCISES:
        cells = [lesson.grade_id(cell) for cell in lesson.original(name).cells]
        for question in questions(name):
            assert question["cell"] in cells and "Written answer" in question["text"]


def test_an_assignment_without_answers_is_refused(tmp_path):
    graded_class.make(tmp_path, {})
    with pytest.raises(Refused, match="there is no written answer to read"):
        Desk(settings.api(tmp_path), NAME)


# --- as a file ---


def marks_of(desk, path, **given):
    groups = [{**group, **given} for group in desk.shown()["groups"]]
    path.write_text(json.dumps({"assignment": NAME, "marks": groups}))
    return path


def test_what_a_file_gives_is_read_back_once(desk, given, tmp_path):
    file = marks_of(desk, tmp_path / "marks.json", points=3, comment="")
    brought = offline.bring(desk, file)
    assert (brought.saved, brought.same, brought.otherwise) == (len(desk._groups), 0, 0)
    assert set(given().values()) == {(3.0, "", False)}
    again = offline.bring(desk, file)
    assert (again.saved, again.same) == (0, len(desk._groups))


def test_a_file_puts_nothing_over_newer_marks(desk, given, tmp_path):
    file = marks_of(desk, tmp_path / "marks.json", points=3, comment="")
    desk.save({**first(desk), "points": 1, "comment": "newer"})
    brought = offline.bring(desk, file)
    assert (brought.saved, brought.otherwise) == (len(desk._groups) - 1, 1)
    assert (1.0, "newer", False) in given().values()
    assert offline.bring(desk, file, replace=True).saved == 1
    assert set(given().values()) == {(3.0, "", False)}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"assignment": "dropout", "marks": [1]}', "[" * 100_000]
)
def test_a_file_that_is_none_is_refused(text, desk, tmp_path):
    file = tmp_path / "marks.json"
    file.write_text(text)
    with pytest.raises(Refused, match="is no file of marks"):
        offline.bring(desk, file)
    with pytest.raises(Refused, match="is no file of marks"):
        offline.bring(desk, tmp_path / "nowhere.json")


def test_a_file_for_another_assignment_is_refused(desk, tmp_path):
    file = tmp_path / "marks.json"
    file.write_text('{"assignment": "overfitting", "marks": []}')
    with pytest.raises(Refused, match="holds marks for overfitting, not for dropout"):
        offline.bring(desk, file)


def test_the_command_writes_a_file_and_reads_one(desk, course, monkeypatch, capsys):
    commands_at(monkeypatch, course)
    page, file = course / "answers.html", marks_of(desk, course / "marks.json", points=9)
    assert main(["answers", NAME, "--to", str(page)]) == 0
    assert page.stat().st_mode & 0o077 == 0
    assert TEXTS[2] not in page.read_text() and "student-" not in page.read_text()
    assert main(["answers", NAME, "--bring", str(file)]) == 1
    out, err = capsys.readouterr()
    assert "0 saved, 0 as before" in out
    assert "9 is no number of points from 0 to 4" in err
