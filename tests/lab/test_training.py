"""`fit` against a descent written by hand, and what it records."""

import numpy as np
import pytest
from sklearn.metrics import log_loss

from lab.data import Points, moons
from lab.network import backward_propagation, forward_propagation
from lab.training import NONE_CAME_BACK, NONE_FOR_KEY, fit
from tests.finite_differences import smooth_point

DATA = moons(3)
_, _, START, _ = smooth_point([2, 20, 8, 1], 12, forward_propagation)


def descent(train, start, learning_rate, steps, momentum):
    """Descend parameter by parameter, as in a textbook; return every step's parameters."""
    parameters = {name: array.copy() for name, array in start.items()}
    v = {name: np.zeros(array.shape) for name, array in start.items()}
    path = [parameters]
    for _ in range(steps):
        _, cache = forward_propagation(train.X, parameters)
        gradients = backward_propagation(train.X, train.Y, cache)
        v = {name: momentum * v[name] - learning_rate * gradients["d" + name] for name in v}
        parameters = {name: parameters[name] + v[name] for name in v}
        path.append(parameters)
    return path


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_each_step_is_that_of_a_descent_by_hand(momentum):
    settings = {"learning_rate": 0.05, "steps": 40, "momentum": momentum}
    run = fit(DATA.train, START, every=1, **settings)
    by_hand = descent(DATA.train, START, **settings)
    assert len(run.snapshots) == len(by_hand) == 41
    for ours, theirs in zip(run.snapshots, by_hand, strict=True):
        for name, array in theirs.items():
            np.testing.assert_allclose(ours[name], array, rtol=1e-12, atol=1e-14)
    moved = np.abs(by_hand[-1]["W1"] - START["W1"]).max()
    assert moved > 0.01


def test_momentum_is_not_used_unless_asked_for():
    run = fit(DATA.train, START, learning_rate=0.05, steps=3)
    plain = descent(DATA.train, START, 0.05, 3, momentum=0.0)[-1]
    np.testing.assert_allclose(run.parameters["W1"], plain["W1"], rtol=1e-12, atol=1e-14)


def test_the_start_is_not_changed_and_shares_no_memory():
    before = {name: array.copy() for name, array in START.items()}
    run = fit(DATA.train, START, learning_rate=0.05, steps=5)
    for name, array in before.items():
        assert np.array_equal(START[name], array)
        assert not np.array_equal(run.parameters[name], array)
        assert not np.shares_memory(run.parameters[name], START[name])


@pytest.mark.parametrize("steps", [1, 5, 49, 50, 100, 101, 2500])
def test_fifty_to_a_hundred_records_the_first_and_the_last_among_them(steps):
    train = Points(DATA.train.X[:, :4], DATA.train.Y[:, :4])
    run = fit(train, START, learning_rate=0.01, steps=steps)
    every = max(1, steps // 50)
    assert run.steps[0] == 0
    assert run.steps[-1] == steps
    assert run.steps == sorted({*range(0, steps + 1, every), steps})
    assert min(steps, 50) < len(run.steps) <= 102


def test_records_at_the_steps_that_were_asked_for():
    run = fit(DATA.train, START, learning_rate=0.05, steps=10, every=4)
    assert run.steps == [0, 4, 8, 10]
    by_hand = descent(DATA.train, START, 0.05, 10, momentum=0.0)
    for step, snapshot in zip(run.steps, run.snapshots, strict=True):
        np.testing.assert_allclose(snapshot["W2"], by_hand[step]["W2"], rtol=1e-12, atol=1e-14)


def test_no_steps_leave_the_start():
    run = fit(DATA.train, START, learning_rate=0.05, steps=0)
    assert run.steps == [0]
    assert all(np.array_equal(run.parameters[name], START[name]) for name in START)


def test_snapshots_are_copies():
    run = fit(DATA.train, START, learning_rate=0.05, steps=6, every=2)
    arrays = [run.parameters["W1"], *(snapshot["W1"] for snapshot in run.snapshots)]
    assert np.array_equal(arrays[0], arrays[-1])
    for position, array in enumerate(arrays):
        assert not any(np.shares_memory(array, other) for other in arrays[:position])
    assert len({array.tobytes() for array in arrays[1:]}) == 4


def test_costs_and_accuracies_are_those_of_the_snapshots():
    watch = {"validation": DATA.validation, "test": DATA.test}
    run = fit(DATA.train, START, learning_rate=0.05, momentum=0.9, steps=90, every=30, watch=watch)
    assert list(run.costs) == list(run.accuracies) == ["train", "validation", "test"]
    for name, (X, Y) in {"train": DATA.train, **watch}.items():
        for snapshot, cost, accuracy in zip(
            run.snapshots, run.costs[name], run.accuracies[name], strict=True
        ):
            A3, _ = forward_propagation(X, snapshot)
            assert cost == pytest.approx(log_loss(Y.ravel(), A3.ravel()), rel=1e-12)
            assert accuracy == pytest.approx(np.mean((A3 > 0.5) == (Y == 1)))
    assert run.costs["train"][-1] < run.costs["train"][0]


def test_what_is_only_watched_is_computed_when_it_is_looked_at():
    asked = []

    def cost(A3, Y):
        asked.append(Y.size)
        return 1.0

    watch = {"validation": DATA.validation, "test": DATA.test}
    run = fit(DATA.train, START, learning_rate=0.05, steps=4, every=2, cost=cost, watch=watch)
    assert asked == [120] * 3
    assert run.costs["validation"] is run.costs["validation"] == [1.0] * 3
    assert len(run.accuracies["validation"]) == 3
    assert asked == [120] * 3 + [200] * 3
    with pytest.raises(KeyError):
        run.costs["nobody"]


def test_a_saturated_network_has_a_finite_cost():
    huge = {name: 1e4 * array for name, array in START.items()}
    run = fit(DATA.train, huge, learning_rate=0.0, steps=1)
    assert np.isfinite(run.costs["train"]).all()
    assert run.costs["train"][0] > 1


def test_the_functions_that_were_given_are_the_ones_that_are_used():
    calls = []

    def recorded(name, function):
        def call(*arguments):
            calls.append(name)
            return function(*arguments)

        return call

    run = fit(
        DATA.train,
        START,
        learning_rate=0.05,
        steps=2,
        every=2,
        forward=recorded("forward", forward_propagation),
        backward=recorded("backward", backward_propagation),
        cost=recorded("cost", lambda A3, Y: 7),
        predict=recorded("predict", lambda X, parameters: np.ones((1, X.shape[1]))),
        accuracy=recorded("accuracy", lambda predictions, Y: predictions.sum()),
    )
    record = ["cost", "predict", "accuracy"]
    assert calls == [*record, "forward", "backward", "forward", "backward", *record]
    assert run.costs == {"train": [7.0, 7.0]}
    assert run.accuracies == {"train": [120.0, 120.0]}


@pytest.mark.parametrize("name", ["forward", "backward", "cost", "predict", "accuracy"])
def test_a_function_that_returns_none_is_named(name):
    given = {"predict": lambda X, parameters: X[:1], "accuracy": lambda predictions, Y: 1.0}
    given[name] = lambda *arguments: None
    with pytest.raises(TypeError) as error:
        fit(DATA.train, START, learning_rate=0.05, steps=1, **given)
    assert str(error.value) == NONE_CAME_BACK.format(name=name)


@pytest.mark.parametrize("key", ["dW1", "db2", "dW3"])
def test_a_gradient_of_none_is_named(key):
    def backward(X, Y, cache):
        return {**backward_propagation(X, Y, cache), key: None}

    with pytest.raises(TypeError) as error:
        fit(DATA.train, START, learning_rate=0.05, steps=1, backward=backward)
    assert str(error.value) == NONE_FOR_KEY.format(name="backward", key=key)
