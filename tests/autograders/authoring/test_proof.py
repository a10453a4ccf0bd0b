"""Every listed mistake loses points on each seed, and every other right answer none."""

import dataclasses
import io
import re

import pytest

from autograders.__main__ import main
from autograders.authoring import proof
from autograders.course import cases
from autograders.course.catalogue import EXERCISES
from lab.judge.randomness import FALSE_ALARM
from tests import endure

SEEDS = endure.seeds(1, proof.SEEDS)
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
    assert row.caught == len(SEEDS) * len(BY_NAME[name][1].ways)
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
    assert row.unnamed == ["accuracy: the mistake none is named 0 of 2 times."]


def test_a_right_answer_that_is_wrong_loses_points():
    _, exercise = BY_NAME["accuracy"]
    row = proof.prove(*changed("accuracy", right=[exercise.mistakes[0].change]), [7])
    assert row.full == 0
    (failure,) = row.failures
    assert failure.startswith("accuracy: right answer 1 loses points (seed 7): for ")


prove_pairs = proof.prove_pairs


@pytest.fixture(scope="module")
def proved():
    """What came of the pairs of `accuracy`."""
    return prove_pairs(*BY_NAME["accuracy"])


@pytest.fixture
def only_accuracy(monkeypatch, proved, slow):
    monkeypatch.setattr(
        proof, "prove_pairs", lambda _, exercise: {"accuracy": proved}[exercise.name]
    )

    def only(**fields):
        assignment, exercise = changed("accuracy", **fields)
        monkeypatch.setitem(proof.EXERCISES.loaded, assignment, [exercise])
        return assignment

    return only


def test_the_command_prints_a_row_for_each_exercise(only_accuracy, capsys):
    assert main(["prove", "--seeds", "2", only_accuracy()]) == 0
    heads, row, _, pair_heads, pairs, *_, alarms, last = capsys.readouterr().out.splitlines()
    assert heads.split("  ")[0] == "exercise"
    tried = len(BY_NAME["accuracy"][1].ways)
    named = f"{2 * tried}/{2 * tried}"
    assert row.split() == ["accuracy", str(tried), "11", "2", named, "22/22", named]
    assert pair_heads.startswith("pairs of mistakes at once")
    name, count, of_these, *counts = pairs.split()
    assert (name, count) == ("accuracy", of_these)
    assert sum(map(int, counts)) == int(count) > 50
    assert int(counts[0]) / int(count) > proof.PAIRS_NAMED_AT_LEAST
    assert counts[-1] == "0"
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


def test_too_few_pairs_are_a_failure(only_accuracy, monkeypatch):
    monkeypatch.setattr(proof, "PAIRS_NAMED_AT_LEAST", 0.99)
    out = io.StringIO()
    assert proof.run([only_accuracy()], 1, out) == 1
    few = r"Too few pairs are called by both names: \d\d\.\d%, below 99%"
    assert re.search(few, out.getvalue())


def test_pairs_that_are_called_something_else_are_a_failure(only_accuracy, monkeypatch):
    assignment, exercise = BY_NAME["accuracy"]
    worked = proof.load(assignment)["accuracy"]
    wrong = [dataclasses.replace(each, name="else") for each in worked.mistakes]
    monkeypatch.setitem(
        proof.load(assignment), "accuracy", dataclasses.replace(worked, mistakes=wrong)
    )
    pairs = prove_pairs(assignment, exercise)
    assert pairs.unnamed
    assert pairs.unnamed[0].endswith(" is called else.")
    monkeypatch.setattr(proof, "prove_pairs", lambda *given: pairs)
    out = io.StringIO()
    assert proof.run([only_accuracy()], 1, out) == 1
    assert re.search(r"Too many pairs are called something else: .*%, above 1%\.", out.getvalue())


def test_of_very_many_pairs_some_are_tried(monkeypatch):
    monkeypatch.setattr(proof, "MOST_PAIRS", 10)
    pairs = proof.prove_pairs(*BY_NAME["accuracy"])
    assert 5 < pairs.tried <= 10 < pairs.pairs
    seen = pairs.both + pairs.one + pairs.none + pairs.another + len(pairs.unnamed)
    assert seen + pairs.hidden == pairs.tried


def test_a_pair_that_answers_as_one_of_the_two_alone_is_counted_as_hidden(monkeypatch):
    assignment, exercise = BY_NAME["accuracy"]
    alone = cases.changed(assignment, "accuracy", 0)
    monkeypatch.setattr(cases, "composed", lambda *given: {(0, 1): alone})
    pairs = proof.prove_pairs(assignment, exercise)
    assert (pairs.tried, pairs.hidden, pairs.both, pairs.one) == (1, 1, 0, 0)


def test_pairs_that_nobody_can_tell_do_not_count():
    few = proof.Pairs("accuracy", 10, 10, both=5, hidden=4, one=1)
    assert proof._too_few_pairs([few]) == []
    (line,) = proof._too_few_pairs([proof.Pairs("accuracy", 10, 10, both=5, one=5)])
    assert line == "Too few pairs are called by both names: 50.0%, below 60% (accuracy)."


def test_too_many_false_alarms_are_a_failure(only_accuracy, monkeypatch):
    monkeypatch.setattr("autograders.authoring.false_alarms.FALSE_ALARM", 1e-12)
    out = io.StringIO()
    assert proof.run([only_accuracy()], 1, out) == 1
    accused = r"Right random answers are accused too often: \d\.\de-09, above 1e-09\."
    assert re.search(accused, out.getvalue())
