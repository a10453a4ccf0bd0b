"""Every listed mistake loses points on each seed, and every other right answer none."""

import dataclasses
import io
import re

import pytest

from autograders.__main__ import main
from autograders.authoring import proof
from autograders.course.catalogue import EXERCISES
from lab.judge.randomness import FALSE_ALARM
from tests import endure

SEEDS = endure.seeds(3, proof.SEEDS)
BY_NAME = {
    exercise.name: (assignment, exercise)
    for assignment, exercises in EXERCISES.items()
    for exercise in exercises
}


@pytest.fixture(scope="module")
def rows(slow):
    """What came of each exercise, made at first use."""
    made = {}

    def row(name):
        if name not in made:
            made[name] = proof.prove(*BY_NAME[name], SEEDS)
        return made[name]

    return row


@pytest.mark.endure
@pytest.mark.parametrize("name", BY_NAME)
def test_every_mistake_loses_points_and_every_right_answer_none(name, rows):
    row = rows(name)
    assert row.seeds == len(SEEDS)
    assert row.failures == []
    assert row.caught == len(SEEDS) * len(BY_NAME[name][1].mistakes)
    assert row.full == len(SEEDS) * len(BY_NAME[name][1].right)


@pytest.mark.endure
def test_nearly_every_mistake_is_called_by_its_name(rows):
    proved = [rows(name) for name in BY_NAME]
    share = sum(row.named for row in proved) / sum(len(SEEDS) * row.mistakes for row in proved)
    assert share == proof.named_share(proved) >= 0.95


def changed(name, **fields):
    assignment, exercise = BY_NAME[name]
    return assignment, dataclasses.replace(exercise, **fields)


def test_a_mistake_that_is_none_survives():
    _, exercise = BY_NAME["accuracy"]
    none = dataclasses.replace(exercise.mistakes[0], name="none", change=exercise.right[0])
    row = proof.prove(*changed("accuracy", mistakes=[none]), range(2))
    assert row.caught == row.named == 0
    assert row.failures == [
        f"accuracy: the mistake none keeps all points (seed {seed})." for seed in (0, 1)
    ]
    assert row.unnamed == ["accuracy: the mistake none is named on 0 of 2 seeds."]


def test_a_right_answer_that_is_wrong_loses_points():
    _, exercise = BY_NAME["accuracy"]
    row = proof.prove(*changed("accuracy", right=[exercise.mistakes[0].change]), [7])
    assert row.full == 0
    (failure,) = row.failures
    assert failure.startswith("accuracy: right answer 1 loses points (seed 7): for ")


@pytest.fixture
def only_accuracy(monkeypatch, slow):
    def only(**fields):
        assignment, exercise = changed("accuracy", **fields)
        monkeypatch.setitem(proof.EXERCISES.loaded, assignment, [exercise])
        return assignment

    return only


def test_the_command_prints_a_row_for_each_exercise(only_accuracy, capsys):
    assert main(["prove", "--seeds", "2", only_accuracy()]) == 0
    heads, row, *_, alarms, last = capsys.readouterr().out.splitlines()
    assert heads.split("  ")[0] == "exercise"
    assert row.split() == ["accuracy", "12", "11", "2", "24/24", "22/22", "24/24"]
    count, probability = map(float, re.search(r"meet (\d+) .* below (\S+)\.$", alarms).groups())
    assert 1000 < count < 5000
    # each statistic has its share, and coincidences add little; two digits, rounded up
    assert 1 <= probability / (count * FALSE_ALARM) < 1.05
    assert last == proof.PROVED


def test_the_command_lists_every_failure(only_accuracy):
    out = io.StringIO()
    wrong = BY_NAME["accuracy"][1].mistakes[0].change
    assert proof.run([only_accuracy(right=[wrong])], 2, out) == 1
    said = out.getvalue()
    assert said.count("right answer 1 loses points") == 2
    assert said.splitlines()[-1] == proof.NOT_PROVED.format(count=2)


def test_too_few_names_are_a_failure(only_accuracy, monkeypatch):
    monkeypatch.setattr(proof, "SAID", 0)
    out = io.StringIO()
    assert proof.run([only_accuracy()], 1, out) == 1
    assert "Too few mistakes are called by their names: 0.0%, below 95%." in out.getvalue()


def test_too_many_false_alarms_are_a_failure(only_accuracy, monkeypatch):
    monkeypatch.setattr("autograders.authoring.false_alarms.FALSE_ALARM", 1e-12)
    out = io.StringIO()
    assert proof.run([only_accuracy()], 1, out) == 1
    accused = r"Right random answers are accused too often: \d\.\de-09, above 1e-09\."
    assert re.search(accused, out.getvalue())
