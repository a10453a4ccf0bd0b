"""The L2 reference against finite differences, scikit-learn, and a step of descent."""

import numpy as np
import pytest

from lab.data import Points
from lab.network import backward_propagation, forward_propagation
from lab.training import fit
from source_ref.l2_regularization import (
    backward_propagation_with_regularization,
    compute_cost_with_regularization,
    weight_decay_factor,
)
from source_ref.overfitting import compute_cost
from tests.finite_differences import NETS, TOLERANCE, cost, gradients, smooth_point
from tests.perceptron import perceptron, step

LAMBDAS = (0.0, 0.7, 30.0)


@pytest.fixture(params=NETS, ids=str)
def point(request):
    """X, Y, parameters, and the cache that belongs to them."""
    return smooth_point(*request.param, forward_propagation)


@pytest.mark.parametrize("lambd", LAMBDAS)
def test_every_gradient_is_the_slope_of_the_cost(point, lambd):
    X, Y, parameters, cache = point
    ours = backward_propagation_with_regularization(X, Y, cache, lambd)
    slopes = gradients(X, Y, parameters, lambd=lambd)
    assert ours.keys() == slopes.keys()
    for name, slope in slopes.items():
        np.testing.assert_allclose(ours[name], slope, **TOLERANCE, err_msg=name)


@pytest.mark.parametrize("lambd", LAMBDAS)
def test_gradients_and_cost_are_those_of_scikit_learn(point, lambd):
    """scikit-learn's alpha is our lambd, where one batch holds all examples."""
    X, Y, parameters, cache = point
    theirs, slopes = step(perceptron(X, Y, parameters, alpha=lambd), X, Y)
    ours = backward_propagation_with_regularization(X, Y, cache, lambd)
    for name, slope in slopes.items():
        np.testing.assert_allclose(ours[name], slope, rtol=1e-12, atol=1e-13, err_msg=name)
    A3 = cache[-3]
    assert compute_cost_with_regularization(A3, Y, parameters, lambd) == pytest.approx(theirs)


def test_scikit_learn_divides_its_penalty_by_the_size_of_the_batch():
    """Half the examples at the same alpha: the penalty's gradient is twice as large."""
    X, Y, parameters, _ = smooth_point([3, 4, 2, 1], 8, forward_propagation)
    half = X[:, :4], Y[:, :4]
    for (X_part, Y_part), m in ((half, 4), ((X, Y), 8)):
        without = step(perceptron(X_part, Y_part, parameters), X_part, Y_part)[1]
        with_it = step(perceptron(X_part, Y_part, parameters, alpha=2.0), X_part, Y_part)[1]
        for l in (1, 2, 3):
            penalty = with_it[f"dW{l}"] - without[f"dW{l}"]
            np.testing.assert_allclose(penalty, 2.0 / m * parameters[f"W{l}"], atol=1e-13)


@pytest.mark.parametrize("lambd", LAMBDAS)
def test_the_cost_is_the_one_that_the_finite_differences_use(point, lambd):
    X, Y, parameters, cache = point
    ours = compute_cost_with_regularization(cache[-3], Y, parameters, lambd)
    assert ours == pytest.approx(cost(X, Y, parameters, lambd=lambd), rel=1e-12)


@pytest.mark.parametrize("L", [1, 2, 12])
def test_the_penalty_counts_every_layer_and_no_bias(L):
    draw = np.random.RandomState(L)
    sizes = [*draw.randint(1, 6, L), 1]
    parameters, squares = {}, []
    for l in range(1, L + 1):
        parameters[f"W{l}"] = draw.randn(sizes[l], sizes[l - 1])
        parameters[f"b{l}"] = 1e6 * draw.randn(sizes[l], 1)
        squares += [w**2 for w in parameters[f"W{l}"].ravel()]
    A3, Y = draw.uniform(0.1, 0.9, (1, 7)), np.ones((1, 7))
    penalty = compute_cost_with_regularization(A3, Y, parameters, 0.7) - compute_cost(A3, Y)
    assert penalty == pytest.approx(0.7 / (2 * 7) * sum(squares), rel=1e-12)


def test_lambd_0_gives_the_plain_network_to_the_last_bit(point):
    X, Y, parameters, cache = point
    ours = backward_propagation_with_regularization(X, Y, cache, 0.0)
    plain = backward_propagation(X, Y, cache)
    assert ours.keys() == plain.keys()
    assert all(np.array_equal(ours[name], plain[name]) for name in plain)
    A3 = cache[-3]
    assert compute_cost_with_regularization(A3, Y, parameters, 0.0) == compute_cost(A3, Y)


@pytest.mark.parametrize("lambd", [0.0, 0.7, 30.0, 2000.0])
def test_the_decay_factor_is_what_a_step_without_data_multiplies_by(point, lambd):
    """Where every class equals the network's probability, the data pull nowhere."""
    X, _, parameters, cache = point
    train, rate = Points(X, cache[-3]), 0.05

    def backward(X, Y, cache):
        return backward_propagation_with_regularization(X, Y, cache, lambd)

    after = fit(train, parameters, learning_rate=rate, steps=1, backward=backward).parameters
    factor = weight_decay_factor(rate, lambd, X.shape[1])
    for l in (1, 2, 3):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        np.testing.assert_allclose(after[f"W{l}"], factor * W, rtol=1e-12, atol=1e-12)
        assert np.array_equal(after[f"b{l}"], b)
    assert (factor < 0) == (rate * lambd > X.shape[1])
