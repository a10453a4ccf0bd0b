"""The reference of ``overfitting`` against scikit-learn's metrics and a slow definition."""

import itertools
import math

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, log_loss

from lab.network import forward_propagation
from source_ref.overfitting import accuracy, compute_cost, early_stopping, predict
from tests.finite_differences import NETS, smooth_point
from tests.perceptron import perceptron


@pytest.mark.parametrize("m", [1, 2, 5, 120, 5000])
def test_the_cost_is_scikit_learns_log_loss(m):
    draw = np.random.RandomState(m)
    Y = (draw.rand(1, m) < 0.5).astype(float)
    for low in (0.04, 1e-6):
        # as many probabilities near 0 and 1 as in between
        logits = draw.uniform(math.log(low / (1 - low)), -math.log(low / (1 - low)), (1, m))
        A3 = 1 / (1 + np.exp(-logits))
        theirs = log_loss(Y.ravel(), A3.ravel(), labels=[0, 1])
        assert compute_cost(A3, Y) == pytest.approx(theirs, rel=1e-12)


def test_the_cost_of_a_coin_is_ln_2():
    assert compute_cost(np.full((1, 8), 0.5), np.array([[0.0, 1] * 4])) == pytest.approx(
        math.log(2)
    )


@pytest.mark.parametrize(("A3", "Y", "cost"), [(0, 0, 0), (1, 1, 0), (0, 1, 12), (1, 0, 12)])
def test_a_certain_answer_costs_what_the_clip_allows(A3, Y, cost):
    """Certain and wrong: -ln(1e-12), which is 12 ln 10."""
    got = compute_cost(np.array([[float(A3)]]), np.array([[float(Y)]]))
    assert got == pytest.approx(cost * math.log(10), rel=1e-5, abs=2e-12)


@pytest.mark.parametrize(("sizes", "m"), NETS, ids=str)
def test_predict_is_scikit_learns(sizes, m):
    X, Y, parameters, _ = smooth_point(sizes, m, forward_propagation)
    theirs = perceptron(X, Y, parameters).predict(X.T)
    ours = predict(X, parameters)
    assert ours.shape == (1, m)
    assert np.array_equal(ours, theirs[np.newaxis])


def test_exactly_one_half_is_class_0():
    parameters = {f"W{l}": np.zeros((2 if l < 3 else 1, 2)) for l in (1, 2, 3)}
    parameters |= {f"b{l}": np.zeros((2 if l < 3 else 1, 1)) for l in (1, 2, 3)}
    assert not predict(np.ones((2, 4)), parameters).any()
    parameters["b3"] += 1e-15
    assert predict(np.ones((2, 4)), parameters).all()


@pytest.mark.parametrize("kind", [float, int, bool])
def test_accuracy_is_scikit_learns(kind):
    draw = np.random.RandomState(0)
    for m in (1, 2, 7, 200):
        predictions, Y = draw.randint(0, 2, (1, m)).astype(kind), draw.randint(0, 2.0, (1, m))
        theirs = accuracy_score(Y.ravel(), predictions.ravel())
        assert accuracy(predictions, Y) == pytest.approx(theirs, rel=1e-15)


def stop_by_definition(costs, patience):
    """Training stops at the first record t such that the last `patience` were no better."""
    last = len(costs) - 1
    for t in range(patience, len(costs)):
        if min(costs[t - patience + 1 : t + 1]) >= min(costs[: t - patience + 1]):
            last = t
            break
    seen = list(costs[: last + 1])
    return seen.index(min(seen))


def test_early_stopping_on_every_short_list():
    """All lists of up to 6 records with costs from 0 to 3: 5,460 of them, ties included."""
    count = 0
    for length in range(1, 7):
        for costs in itertools.product(range(4), repeat=length):
            count += 1
            for patience in range(1, 7):
                assert early_stopping(list(costs), patience) == stop_by_definition(costs, patience)
    assert count == 5460


def test_early_stopping_on_long_lists():
    draw = np.random.RandomState(0)
    later_was_better = 0
    for _ in range(2000):
        costs = np.round(draw.rand(draw.randint(1, 60)), draw.randint(1, 4))
        patience = draw.randint(1, 12)
        best = early_stopping(costs, patience)
        assert type(best) is int
        assert best == stop_by_definition(costs, patience) == early_stopping(list(costs), patience)
        later_was_better += costs.min() < costs[best]
    assert later_was_better > 500  # the patience ran out in many of them
