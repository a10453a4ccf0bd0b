"""Every small change to the reference loses points, or is listed with the reason why not."""

import io

import pytest

from autograders.authoring import mutants
from autograders.course import reference
from autograders.course.catalogue import EXERCISES
from tests import endure

BY_NAME = {
    exercise.name: (assignment, exercise)
    for assignment, exercises in EXERCISES.items()
    for exercise in exercises
}
LISTED = mutants.listed()
SEEDS = len(endure.seeds(2, mutants.SEEDS))


@pytest.mark.endure
@pytest.mark.parametrize("name", BY_NAME)
def test_no_mutant_keeps_all_points_without_a_reason(name, slow):
    tally = mutants.judged(*BY_NAME[name], LISTED, SEEDS)
    assert tally.failures == []
    assert tally.count >= 5
    assert tally.killed + tally.equivalent == tally.count


def test_the_list_names_functions_and_gives_reasons():
    assert {name for name, _, _ in LISTED} <= BY_NAME.keys()
    assert all(reason.endswith(".") for reason in LISTED.values())


def test_every_mutant_differs_from_the_reference_in_one_place():
    source = reference.source("overfitting", "early_stopping")
    found = mutants.mutants("overfitting", "early_stopping")
    assert len({mutant.code for mutant in found}) == len(found)
    for mutant in found:
        assert mutant.before != mutant.after
        assert source.count(mutant.before) == 1
        assert mutant.code.count(mutant.after) == 1


def test_the_mutants_are_of_many_kinds():
    changes = {mutant.change for mutant in mutants.mutants("overfitting", "early_stopping")}
    lower = "if validation_costs[i] < validation_costs[best]:"
    for before, after in (
        ("best = 0", "best = 1"),
        (lower, lower.replace("<", "<=")),
        (lower, lower.replace("if", "if not")),
        ("break", "continue"),
        ("for i in range(1, len(validation_costs)):", "for i in []:"),
        ("elif i - best >= patience:", "elif i + best >= patience:"),
    ):
        assert ("early_stopping", before, after) in changes


def test_a_survivor_that_is_not_listed_fails(monkeypatch):
    """With one question alone, on a cost that falls throughout, the patience is not judged."""
    assignment, exercise = BY_NAME["early_stopping"]
    monkeypatch.setattr(mutants, "listed", dict)
    only = [each for each in exercise.questions if each.says == "where the cost never rises"]
    parts = {only[0].part: exercise.parts[only[0].part]}
    weak = type(exercise)(exercise.name, parts, only, lambda draw: only)
    monkeypatch.setitem(mutants.EXERCISES.loaded, assignment, [weak])
    out = io.StringIO()
    assert mutants.run([assignment], out) == 1
    said = out.getvalue()
    assert "early_stopping: `break` as `continue` keeps all points (seed 0)." in said
    assert "`if validation_costs[i] < validation_costs[best]:` as `if not" not in said


def test_a_listed_mutant_that_loses_points_fails():
    assignment, exercise = BY_NAME["early_stopping"]
    listed = {**LISTED, ("early_stopping", "break", "continue"): "It is said to be harmless."}
    (failure,) = mutants.judged(assignment, exercise, listed, seeds=1).failures
    assert failure.startswith("early_stopping: `break` as `continue` is listed as equivalent")
