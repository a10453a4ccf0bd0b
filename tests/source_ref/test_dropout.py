"""The dropout reference against finite differences, large numbers and exact identities."""

import functools

import numpy as np
import pytest
from scipy import stats

from lab.network import backward_propagation, forward_propagation, relu
from source_ref.dropout import (
    backward_propagation_with_dropout,
    forward_propagation_with_dropout,
    predict_without_dropout,
)
from tests.finite_differences import NETS, TOLERANCE, cost, gradients, named, smooth_point
from tests.perceptron import perceptron


@pytest.mark.parametrize("keep_prob", [0.5, 0.86, 1.0])
@pytest.mark.parametrize(("sizes", "m"), NETS, ids=str)
def test_every_gradient_is_the_slope_of_the_cost_with_these_masks(sizes, m, keep_prob):
    np.random.seed(1)
    forward = functools.partial(forward_propagation_with_dropout, keep_prob=keep_prob)
    X, Y, parameters, cache = smooth_point(sizes, m, forward)
    settings = {"masks": named(cache), "keep_prob": keep_prob}
    if m * sizes[1] > 50 and keep_prob < 1:
        assert 0 < named(cache)["D1"].mean() < 1

    A3 = cache[-3]
    ours = -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    assert ours == pytest.approx(cost(X, Y, parameters, **settings), rel=1e-12)

    ours = backward_propagation_with_dropout(X, Y, cache, keep_prob)
    slopes = gradients(X, Y, parameters, **settings)
    assert ours.keys() == slopes.keys()
    for name, slope in slopes.items():
        np.testing.assert_allclose(ours[name], slope, **TOLERANCE, err_msg=name)


@pytest.mark.parametrize(("sizes", "m"), NETS, ids=str)
def test_keep_prob_1_gives_the_plain_network_to_the_last_bit(sizes, m):
    X, Y, parameters, cache = smooth_point(sizes, m, forward_propagation)
    A3, with_masks = forward_propagation_with_dropout(X, parameters, keep_prob=1.0)
    layers = named(with_masks)
    assert layers.pop("D1").all()
    assert layers.pop("D2").all()
    for name, array in named(cache).items():
        assert np.array_equal(layers[name], array)
    assert np.array_equal(A3, cache[-3])
    ours = backward_propagation_with_dropout(X, Y, with_masks, 1.0)
    plain = backward_propagation(X, Y, cache)
    assert ours.keys() == plain.keys()
    assert all(np.array_equal(ours[name], plain[name]) for name in plain)


def one_example_many_masks(n, keep_prob, seed):
    """Send one example forward n times, each column with masks of its own."""
    X, _, parameters, cache = smooth_point([3, 30, 12, 1], 1, forward_propagation)
    np.random.seed(seed)
    _, many = forward_propagation_with_dropout(np.repeat(X, n, axis=1), parameters, keep_prob)
    return parameters, named(cache), named(many)


@pytest.mark.parametrize("keep_prob", [0.3, 0.5, 0.86])
@pytest.mark.parametrize("n", [100, 3_000, 100_000])
def test_the_mean_of_the_next_linear_part_approaches_the_plain_one(n, keep_prob):
    """Its error has mean 0 and variance (1 - keep) / keep * sum of (w a)^2, over n masks."""
    parameters, plain, many = one_example_many_masks(n, keep_prob, seed=n)
    error = np.mean(many["Z2"], axis=1) - plain["Z2"].ravel()
    terms = parameters["W2"] * plain["A1"].ravel()
    sigma = np.sqrt((1 - keep_prob) / keep_prob * np.sum(terms**2, axis=1) / n)
    assert np.all(np.abs(error) < 4 * sigma)
    assert np.sqrt(np.mean((error / sigma) ** 2)) == pytest.approx(1, abs=0.75)


def test_without_the_scaling_the_mean_would_be_elsewhere():
    """The test above can fail: keep_prob times the plain sum is far outside of 4 sigma."""
    parameters, plain, many = one_example_many_masks(10_000, 0.86, seed=1)
    unscaled = parameters["W2"] @ (many["A1"] * 0.86) + parameters["b2"]
    error = np.mean(unscaled, axis=1) - plain["Z2"].ravel()
    terms = parameters["W2"] * plain["A1"].ravel()
    sigma = np.sqrt(0.86 * 0.14 * np.sum(terms**2, axis=1) / 10_000)
    assert np.mean(np.abs(error) / sigma) > 20


@pytest.mark.parametrize("keep_prob", [0.3, 0.5, 0.86])
def test_the_second_layer_is_kept_in_the_mean_too(keep_prob):
    """Given Z2, the mean of A2 over its masks is relu(Z2)."""
    _, _, many = one_example_many_masks(100_000, keep_prob, seed=2)
    difference = many["A2"] - relu(many["Z2"])
    alive = np.any(difference != 0, axis=1)
    assert alive.sum() > 3
    z = np.mean(difference[alive], axis=1) / stats.sem(difference[alive], axis=1)
    assert np.all(np.abs(z) < 4)


@pytest.mark.parametrize("keep_prob", [0.3, 0.5, 0.86])
def test_masks_are_independent_coins(keep_prob):
    n = 50_000
    _, _, many = one_example_many_masks(n, keep_prob, seed=3)
    D1, D2 = many["D1"] == 1, many["D2"] == 1
    pairs = [(D1[0], D1[1]), (D2[3], D2[4]), (D1[0], D2[0]), (D1[0, :-1], D1[0, 1:])]
    for D in (*D1, *D2):
        assert stats.binomtest(int(D.sum()), n, keep_prob).pvalue > 1e-4
    for first, second in pairs:
        together = int(np.sum(first & second))
        assert stats.binomtest(together, first.size, keep_prob**2).pvalue > 1e-4


def test_masks_come_from_rand_the_first_layer_first():
    X, _, parameters, _ = smooth_point([3, 4, 2, 1], 5, forward_propagation)
    np.random.seed(9)
    _, cache = forward_propagation_with_dropout(X, parameters, keep_prob=0.7)
    draw = np.random.RandomState(9)
    assert np.array_equal(named(cache)["D1"], draw.rand(4, 5) < 0.7)
    assert np.array_equal(named(cache)["D2"], draw.rand(2, 5) < 0.7)


def test_every_call_draws_masks_of_its_own_and_half_are_kept_unless_told_otherwise():
    X, _, parameters, _ = smooth_point([3, 60, 50, 1], 40, forward_propagation)
    np.random.seed(10)
    first = named(forward_propagation_with_dropout(X, parameters)[1])
    second = named(forward_propagation_with_dropout(X, parameters)[1])
    for name in ("D1", "D2"):
        agree = int(np.sum(first[name] == second[name]))
        assert stats.binomtest(agree, first[name].size, 0.5).pvalue > 1e-4
        assert stats.binomtest(int(first[name].sum()), first[name].size, 0.5).pvalue > 1e-4


@pytest.mark.parametrize(("sizes", "m"), NETS, ids=str)
def test_predict_uses_the_whole_network_as_scikit_learn_does(sizes, m):
    X, Y, parameters, _ = smooth_point(sizes, m, forward_propagation)
    theirs = perceptron(X, Y, parameters).predict(X.T)
    before = np.random.get_state()
    for _ in range(2):
        ours = predict_without_dropout(X, parameters)
        assert ours.shape == (1, m)
        assert np.array_equal(ours, theirs[np.newaxis])
    after = np.random.get_state()
    assert np.array_equal(before[1], after[1])
    assert before[2:] == after[2:]


def test_exactly_one_half_is_class_0():
    parameters = {f"W{l}": np.zeros((1, 1)) for l in (1, 2, 3)}
    parameters |= {f"b{l}": np.zeros((1, 1)) for l in (1, 2, 3)}
    assert not predict_without_dropout(np.ones((1, 3)), parameters).any()
