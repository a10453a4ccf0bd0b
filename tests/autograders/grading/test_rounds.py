"""One judge on every road: stock nbgrader, our own command, either engine."""

import json
import shutil

import pytest
from nbgrader.api import SubmittedAssignment

from autograders import sample, settings
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.grading import release, rounds, workers


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course with a release and the sample class's hand-ins, not graded yet."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(lesson.FOLDER, course / "notebooks")
    api = settings.api(course)
    for name in EXERCISES:
        release.release(api, name)
    for student, done in sample.hand_ins().items():
        for name, change in done.items():
            sample.hand_in(course, student, name, change)
    (course / ".course_secret").write_text("ab" * 32)
    return course


def outcome(course):
    """Return every grade, comment and graded notebook of a course."""
    api = settings.api(course)
    with api.gradebook as gradebook:
        rows = sorted(
            (
                s.student.id,
                s.assignment.name,
                g.name,
                g.auto_score,
                g.manual_score,
                g.needs_manual_grade,
            )
            for s in gradebook.db.query(SubmittedAssignment).all()
            for n in s.notebooks
            for g in n.grades
        )
        comments = sorted(
            (s.student.id, s.assignment.name, c.name, c.auto_comment)
            for s in gradebook.db.query(SubmittedAssignment).all()
            for n in s.notebooks
            for c in n.comments
        )
    notebooks = {
        str(file.relative_to(course)): json.loads(file.read_text(encoding="utf-8"))
        for file in sorted((course / "autograded").rglob("*.ipynb"))
    }
    return rows, comments, notebooks


def copied(course, target):
    shutil.copytree(course, target)
    return target


@pytest.fixture(scope="module")
def ours(handed_in, tmp_path_factory):
    """The outcome of our own command with two workers behind the wall."""
    course = copied(handed_in, tmp_path_factory.mktemp("ours") / "course")
    api = settings.api(course, "fork")
    assert [p for _, _, p in rounds.grade(api, list(EXERCISES), count=2) if p] == []
    return course, outcome(course)


def test_the_kernel_and_the_fork_give_the_same(handed_in, ours, tmp_path):
    """Scores, messages and cells are equal, one for one."""
    course = copied(handed_in, tmp_path / "course")
    api = settings.api(course, "kernel")
    assert [p for _, _, p in rounds.grade(api, list(EXERCISES), count=2) if p] == []
    assert outcome(course) == ours[1]


def test_stock_autograde_writes_the_same(handed_in, ours, tmp_path):
    course = copied(handed_in, tmp_path / "course")
    api = settings.api(course, "fork")
    for name in EXERCISES:
        result = api.autograde(name, "*")
        assert result["success"], result["error"]
    assert outcome(course) == ours[1]


def test_a_second_run_takes_only_what_is_new_or_changed(ours, monkeypatch):
    course, before = ours
    graded = []
    original = workers.grade
    monkeypatch.setattr(workers, "grade", lambda task: graded.append(task) or original(task))
    api = settings.api(course, "fork")
    list(rounds.grade(api, list(EXERCISES), count=0))
    assert graded == []
    file = course / "submitted" / "all-right" / "dropout" / "dropout.ipynb"
    text = file.read_text()
    file.write_text(text + " ")
    list(rounds.grade(api, "dropout", count=0))
    file.write_text(text)
    assert [task.hand_in.student for task in graded] == ["all-right"]
    list(rounds.grade(api, "dropout", "all-right", force=True, count=0))
    assert outcome(course) == before
