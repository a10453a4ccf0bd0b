"""What is added inside a logarithm or cut off costs the part at the ends alone, and is named."""

import numpy as np
import pytest

from autograders.course import reference, stubs
from autograders.course.catalogue import find
from lab.judge.ask import asker
from lab.judge.examples import all_exercises
from lab.judge.problems import Kind
from lab.judge.verdict import judge
from lab.phrases import phrase
from tests.autograders.sandbox.replies import examples_of

COST = "overfitting", "compute_cost"
PENALIZED = "l2_regularization", "compute_cost_with_regularization"
LOSSES = "-(Y * np.log(A) + (1 - Y) * np.log(1 - A))"
CLIPPED = "np.clip(A3, 1e-12, 1 - 1e-12)"
EPS = "np.finfo(float).eps"


def added(size):
    losses = f"-(Y * np.log(A + {size}) + (1 - Y) * np.log(1 - A + {size}))"
    return {CLIPPED: "A3", LOSSES: losses}


def cut_off(size):
    return {CLIPPED: f"np.clip(A3, {size}, 1 - {size})"}


def cost(change):
    """Return the cost of the overfitting notebook, changed."""
    code = stubs.changed(reference.source(*COST), change)
    return reference.run(COST[0], code, COST[1])


def penalized(change):
    """Return the cost with the penalty by someone who writes the cross-entropy anew."""
    own = cost(change)

    def compute_cost_with_regularization(A3, Y, parameters, lambd):
        squares = sum(np.sum(parameters[f"W{l + 1}"] ** 2) for l in range(len(parameters) // 2))
        return own(A3, Y) + lambd / (2 * Y.shape[1]) * squares

    return compute_cost_with_regularization


def verdicts(assignment, name, answer):
    """Yield the verdict of the notebook's check and of grading."""
    yield judge(all_exercises()[name], asker(answer))
    exercise = find(assignment, name)
    asked = examples_of(assignment, exercise, 3)
    yield judge(asked, asker(answer), all_exercises()[name])


@pytest.mark.parametrize("size", ["1e-5", "1e-6", "1e-7", "3e-9", "1e-8", "1e-10", "1e-11", EPS])
def test_what_is_added_costs_one_point_and_is_named_with_its_size(size):
    for verdict in verdicts(*COST, cost(added(size))):
        assert verdict.points == 4
        assert [mistake.name for mistake in verdict.mistakes] == ["too-much-added-inside-the-log"]
        (part,) = verdict.wrong
        assert part.problem.kind is Kind.ADDED
        assert float(part.problem.fields["size"]) == pytest.approx(eval(size), rel=0.02)
    for verdict in verdicts(*PENALIZED, penalized(added(size))):
        assert verdict.points == 5
        assert verdict.wrong[0].problem.kind is Kind.ADDED


@pytest.mark.parametrize("size", ["0.01", "1e-3", "1e-5", "1e-6", "1e-16", EPS])
def test_what_is_cut_off_costs_one_point_and_is_named_with_its_size(size):
    for verdict in verdicts(*COST, cost(cut_off(size))):
        assert verdict.points == 4
        assert [mistake.name for mistake in verdict.mistakes] == ["clipped-too-much"]
        (part,) = verdict.wrong
        assert part.problem.kind is Kind.CUT_OFF
        assert float(part.problem.fields["size"]) == pytest.approx(eval(size), rel=0.02)
    for verdict in verdicts(*PENALIZED, penalized(cut_off(size))):
        assert verdict.points == 5
        assert verdict.wrong[0].problem.kind is Kind.CUT_OFF


@pytest.mark.parametrize("change", [cut_off("0.1"), added("1e-3"), cut_off("0.06")])
def test_what_changes_every_cost_is_named_where_the_mean_is_asked(change):
    for verdict in verdicts(*COST, cost(change)):
        assert verdict.points == 0
        assert verdict.wrong[0].problem.kind in (Kind.ADDED, Kind.CUT_OFF)
        assert len(verdict.mistakes) == 1


@pytest.mark.parametrize(
    "change", [*map(added, ("1e-12", "1e-13", "1e-15")), *map(cut_off, ("1e-7", "1e-9", "1e-15"))]
)
def test_what_changes_nothing_that_counts_is_right(change):
    for verdict in verdicts(*COST, cost(change)):
        assert verdict.points == 5
    for verdict in verdicts(*PENALIZED, penalized(change)):
        assert verdict.points == 6


@pytest.mark.parametrize("size", ["1e-5", "1e-8", "1e-10"])
def test_what_is_added_is_not_blamed_for_a_larger_mistake(size):
    change = {**added(size), "1 / m * np.sum(losses)": "np.sum(losses)"}
    for verdict in verdicts(*COST, cost(change)):
        assert verdict.wrong[0].problem.kind is Kind.WRONG_NUMBER


@pytest.mark.parametrize(
    "losses", ["(A - Y) ** 2", LOSSES[1:], "0 * A", "A / 0", LOSSES.replace("log", "log10")]
)
def test_another_mistake_is_no_matter_of_the_ends(losses):
    for verdict in verdicts(*COST, cost({LOSSES: losses})):
        assert verdict.wrong[0].problem.kind not in (Kind.ADDED, Kind.CUT_OFF)


def test_the_bounds_say_where_they_come_from():
    answer = cost({})

    def wrong(A3, Y):
        return 50.0 if np.all(A3 * (1 - A3) == 0) else answer(A3, Y)

    for verdict in verdicts(*COST, wrong):
        said = phrase(verdict.wrong[0].problem)
        assert said.endswith(", as cutting off at 1e-7 and at 1e-15 gives")
