"""Of two mistakes in an answer that a person might write, both are named, and never another."""

import random

import numpy as np
import pytest

from autograders.course import reference
from lab.judge.ask import asker
from lab.judge.examples import all_exercises
from lab.judge.verdict import judge
from tests.lab.judge.held_out import ANSWERS

LEAST = 0.8
SAME = {"weights-doubled": {"weights-not-squared", "penalty-forgot-one-half"}}
"""Mistakes that answer just as two others do together."""


def called(name, code):
    """Return what an answer's mistakes are called, and whether it keeps all points."""
    worked = all_exercises()[name]
    np.random.seed(1)
    random.seed(1)
    verdict = judge(worked, asker(reference.run(worked.assignment, code, name)))
    assert verdict.points < worked.points
    names = {mistake.name for mistake in verdict.mistakes}
    return set().union(*(SAME.get(each, {each}) for each in names))


@pytest.fixture(scope="module")
def told():
    """What each answer holds, as sets of names that will do, and what it is called."""
    return [
        ([set(each.split("|")) for each in mistakes], called(name, code), name)
        for name, mistakes, code in ANSWERS
    ]


def test_none_is_called_something_else(told):
    for made, names, exercise in told:
        assert names <= set().union(*made), exercise


def test_most_are_called_by_all_their_names(told):
    right = [
        all(names & each for each in made if not any(one.startswith("-") for one in each))
        for made, names, _ in told
    ]
    assert np.mean(right) >= LEAST
