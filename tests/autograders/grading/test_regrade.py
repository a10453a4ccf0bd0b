"""A changed exercise: the class is graded again, and who has another score is named."""

import dataclasses
import shutil
import sqlite3

import pytest

from autograders import sample, settings
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.grading import gradebook, marks, regrade, release, rounds
from lab.judge.examples import Part


def everything(course):
    """Return what the gradebook and the graded notebooks hold."""
    connection = sqlite3.connect(course / "gradebook.db")
    rows = list(connection.iterdump())
    connection.close()
    return rows, {file: file.read_bytes() for file in course.glob("autograded/**/*.*")}


pytestmark = pytest.mark.usefixtures("box")


def test_whose_score_changed_is_listed(tmp_path, monkeypatch):
    shutil.copytree(lesson.FOLDER, tmp_path / "notebooks")
    api = settings.api(tmp_path)
    release.release(api, "overfitting")
    first, *others = EXERCISES["overfitting"]
    class_ = sample.hand_ins()
    for student in ("all-right", "not-clipped", "untouched-stubs"):
        sample.hand_in(tmp_path, student, "overfitting", class_[student]["overfitting"])
    assert [p for *_, p in rounds.grade(api, "overfitting", count=0) if p] == []
    assert regrade.regrade(api, ["overfitting"], count=0) == ([], [])

    with gradebook.opened(api) as book:
        written = next(m for m in marks.read(book, "overfitting") if m.student == "all-right")
        marks.save(book, "overfitting", written.cell, ["all-right"], 3, "", None)

    # what `not-clipped` gets wrong is worth twice as much now
    points = {"mean": 3, "ends": 2}
    parts = {name: Part(part.says, points[name]) for name, part in first.parts.items()}
    changed = [dataclasses.replace(first, parts=parts), *others]
    monkeypatch.setitem(EXERCISES.loaded, "overfitting", changed)
    before = everything(tmp_path)
    foreseen, problems, again = regrade.foresee(api, ["overfitting"], count=0)
    assert everything(tmp_path) == before
    assert (problems, again) == ([], ["all-right"])
    changes, problems = regrade.regrade(api, ["overfitting"], count=0)
    assert (problems, changes) == ([], foreseen)
    assert [str(change) for change in changes] == [
        "not-clipped, overfitting, check_compute_cost: 4 -> 3"
    ]
