"""The summary of the checks."""

import sys

import pytest

from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from lab import guesses
from lab import progress as module
from lab.judge.examples import load
from lab.progress import progress
from source_ref import overfitting

ALL_RIGHT = """\
overfitting: 16 of 16 points from checks, 4 more for the written answer
exercise        points  check
--------------  ------  -----
compute_cost         5  right
predict              3  right
accuracy             3  right
early_stopping       5  right
Every check says right. What is left is the written answer.
"""
ONE_OPEN = """\
overfitting: 13 of 16 points from checks, 4 more for the written answer
exercise        points  check
--------------  ------  -----
compute_cost         5  right
predict              3  right
accuracy             3   open
early_stopping       5  right
Next: check("accuracy").
Stuck? check("accuracy", hint=True) gives a hint.
"""


@pytest.fixture
def answers(monkeypatch):
    """Put the right answers of one notebook where a notebook's variables are."""
    main = sys.modules["__main__"]
    for name in load("overfitting"):
        monkeypatch.setattr(main, name, getattr(overfitting, name), raising=False)
    return main


def test_all_right(answers, capsys):
    progress("overfitting")
    assert capsys.readouterr().out == ALL_RIGHT


def test_one_is_open(answers, monkeypatch, capsys):
    monkeypatch.setattr(answers, "accuracy", lambda predictions, Y: None)
    progress("overfitting")
    assert capsys.readouterr().out == ONE_OPEN


GUESSED = """\

guess           yours  it is     how close
--------------  -----  -----  ------------
rand keeps, %      50     50         right
randn keeps, %     50     69    19 too low
still to come       3      –  not told yet
"""


def test_guesses_are_shown_beside_the_truth_and_change_no_point(answers, monkeypatch, capsys):
    kept = {"rand keeps, %": 50, "randn keeps, %": 50, "still to come": 3}
    monkeypatch.setattr(guesses, "_guessed", kept)
    monkeypatch.setattr(guesses, "_true", {"rand keeps, %": 50, "randn keeps, %": 69, "other": 1})
    progress("overfitting")
    assert capsys.readouterr().out == ALL_RIGHT + GUESSED


def test_the_notebook_is_the_one_in_the_folder(answers, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "overfitting.ipynb").touch()
    progress()
    assert capsys.readouterr().out == ALL_RIGHT


def test_no_notebook_or_another_name_is_answered_with_the_names(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    for arguments in ((), ("overfiting",)):
        progress(*arguments)
        assert capsys.readouterr().out == (
            "Say which notebook you mean, such as progress('initialization'). There are: "
            "initialization, overfitting, l2_regularization, dropout.\n"
        )


@pytest.mark.parametrize("assignment", EXERCISES)
def test_the_written_points_are_those_of_the_notebook(assignment):
    cells = lesson.read(lesson.path(assignment)).cells
    written = [
        cell.metadata.nbgrader.points
        for cell in cells
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert written == [module.WRITTEN_POINTS]
