"""One judge on every road: stock nbgrader, our own command, either engine."""

import json
import shutil

import pytest
from nbgrader.api import SubmittedAssignment

from autograders import sample, settings
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.grading import release, rounds, workers
from tests import endure

pytestmark = pytest.mark.usefixtures("box")


@pytest.fixture(scope="module")
def handed_in(sample_class, tmp_path_factory):
    """A course with a release and the sample class's hand-ins, not graded yet."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(lesson.FOLDER, course / "notebooks")
    api = settings.api(course)
    for assignment in EXERCISES:
        release.release(api, assignment)
    shutil.copytree(sample_class / "demo" / "submitted", course / "submitted")
    shutil.copy(sample_class / "demo" / ".course_secret", course)
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
def ours(sample_class, tmp_path_factory):
    """The outcome of our own command, with workers behind the wall, on a course of its own."""
    course = copied(sample_class / "demo", tmp_path_factory.mktemp("ours") / "course")
    return course, outcome(course)


def of(students, found):
    """Return the part of an outcome that is of some students."""
    rows, comments, notebooks = found
    return (
        [row for row in rows if row[0] in students],
        [row for row in comments if row[0] in students],
        {file: each for file, each in notebooks.items() if file.split("/")[1] in students},
    )


def of_every(count, course):
    """Leave of a course's class every so manyth student, or all at night; return who is left."""
    class_ = sorted(sample.hand_ins())
    students = class_ if endure.WHOLE else class_[::count]
    for folder in (course / "submitted").iterdir():
        if folder.name not in students:
            shutil.rmtree(folder)
    assert {f.name for f in (course / "submitted").glob("*/*")} == set(EXERCISES)
    return students


@pytest.mark.endure
@pytest.mark.usefixtures("kernel")
def test_the_kernel_and_the_fork_give_the_same(handed_in, ours, tmp_path):
    """Scores, messages and cells are equal, one for one."""
    course = copied(handed_in, tmp_path / "course")
    students = of_every(6, course)
    api = settings.api(course, "kernel")
    assert [p for _, _, p in rounds.grade(api, list(EXERCISES), count=2) if p] == []
    found = outcome(course)
    assert found == of(students, ours[1])
    assert len(found[2]) >= len(students)


@pytest.mark.endure
def test_stock_autograde_writes_the_same(handed_in, ours, tmp_path):
    course = copied(handed_in, tmp_path / "course")
    students = of_every(3, course)
    api = settings.api(course, "fork")
    for assignment in EXERCISES:
        result = api.autograde(assignment, "*")
        assert result["success"], result["error"]
    assert outcome(course) == of(students, ours[1])


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
