"""The start of a network: exact zeros, and normal draws by their moments and their stream."""

import numpy as np
import pytest
from scipy import stats

from lab.data import Points, circles
from lab.network import forward_propagation, relu
from lab.training import fit
from source_ref.initialization import (
    initialize_parameters_he,
    initialize_parameters_random,
    initialize_parameters_zeros,
)

DEEP = (5, 4, 6, 3, 2, 4, 5, 2, 3, 4, 3, 2, 1)
WIDE = (100, 80, 50, 60)


def standardized(start, sizes):
    """Return W1, W2, ... divided by the standard deviation that the contract states."""
    name, scale = start
    if name == "he":
        parameters = initialize_parameters_he(list(sizes))
    elif scale is None:
        parameters = initialize_parameters_random(list(sizes))
    else:
        parameters = initialize_parameters_random(list(sizes), scale=scale)
    sigmas = [np.sqrt(2 / n) if name == "he" else scale or 10.0 for n in sizes[:-1]]
    return [parameters[f"W{l}"] / sigma for l, sigma in enumerate(sigmas, start=1)]


STARTS = [("he", None), ("random", None), ("random", 0.5)]


@pytest.mark.parametrize(
    "start",
    [initialize_parameters_zeros, initialize_parameters_random, initialize_parameters_he],
)
@pytest.mark.parametrize("sizes", [[2, 10, 5, 1], (3, 1), DEEP])
def test_shapes_and_biases(start, sizes):
    parameters = start(sizes)
    assert len(parameters) == 2 * (len(sizes) - 1)
    for l in range(1, len(sizes)):
        assert parameters[f"W{l}"].shape == (sizes[l], sizes[l - 1])
        assert np.array_equal(parameters[f"b{l}"], np.zeros((sizes[l], 1)))
        assert parameters[f"W{l}"].dtype == parameters[f"b{l}"].dtype == np.float64


@pytest.mark.parametrize("m", [200, 201])
def test_zeros_learn_the_share_of_the_classes_and_nothing_else(m):
    """Every row of every W stays the same for ever: zero. Only b3 can move."""
    X, Y = circles().train
    train = Points(X[:, :m], Y[:, :m])
    start = initialize_parameters_zeros([2, 10, 5, 1])
    run = fit(train, start, learning_rate=1.0, steps=500)
    for parameters in run.snapshots:
        for name in ("W1", "b1", "W2", "b2", "W3"):
            assert not parameters[name].any()
    share = np.mean(train.Y)
    A3, _ = forward_propagation(train.X, run.parameters)
    np.testing.assert_allclose(A3, share, atol=1e-9)
    assert run.costs["train"][0] == pytest.approx(np.log(2), rel=1e-15)
    assert run.costs["train"][-1] == pytest.approx(stats.entropy([share, 1 - share]), rel=1e-12)


@pytest.mark.parametrize("start", STARTS, ids=str)
@pytest.mark.parametrize("sizes", [(2, 10, 5, 1), DEEP])
def test_draws_come_from_randn_in_the_order_of_the_layers(start, sizes):
    np.random.seed(7)
    weights = standardized(start, sizes)
    stream = np.random.RandomState(7).randn(sum(W.size for W in weights))
    ours = np.concatenate([W.ravel() for W in weights])
    np.testing.assert_allclose(ours, stream, rtol=1e-14)


def uniform(pvalues):
    """Tell whether p-values of true hypotheses may look like this."""
    return stats.kstest(pvalues, "uniform").pvalue > 1e-3


@pytest.mark.parametrize("start", STARTS, ids=str)
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_draws_are_normal_of_the_stated_spread(start, layer):
    """Over 200 starts, the p-values of three tests are uniform, as those of true claims are."""
    np.random.seed(11)
    shape, spread, mean = [], [], []
    for _ in range(200):
        z = standardized(start, WIDE)[layer].ravel()
        shape.append(stats.kstest(z, "norm").pvalue)
        spread.append(stats.chi2.sf(np.sum(z**2), z.size))
        mean.append(stats.norm.sf(np.sum(z) / np.sqrt(z.size)))
    assert uniform(shape)
    assert uniform(spread)
    assert uniform(mean)


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_layers_and_calls_are_independent(start):
    np.random.seed(12)
    between_layers, between_calls, along_rows = [], [], []
    for _ in range(200):
        first, second = standardized(start, WIDE), standardized(start, WIDE)
        n = min(W.size for W in first)
        between_layers.append(stats.pearsonr(*(W.ravel()[:n] for W in first[:2])).pvalue)
        between_calls.append(stats.pearsonr(first[0].ravel(), second[0].ravel()).pvalue)
        along_rows.append(stats.pearsonr(first[0][:-1].ravel(), first[0][1:].ravel()).pvalue)
    assert uniform(between_layers)
    assert uniform(between_calls)
    assert uniform(along_rows)


def test_these_oracles_see_a_spread_that_is_5_percent_off_and_uniform_draws():
    draw = np.random.RandomState(0)
    wide = [1.05 * draw.randn(8000) for _ in range(50)]
    flat = [draw.uniform(-np.sqrt(3), np.sqrt(3), 8000) for _ in range(50)]
    assert not uniform([stats.chi2.sf(np.sum(z**2), z.size) for z in wide])
    assert not uniform([stats.kstest(z, "norm").pvalue for z in flat])


def test_he_keeps_the_mean_square_of_the_activations():
    """The reason for 2/n (He et al. 2015, section 2.2): on the average nothing grows or fades."""
    np.random.seed(13)
    sizes = [200, 100, 150, 50, 100]
    growth = []
    for _ in range(300):
        parameters = initialize_parameters_he(sizes)
        A = np.random.randn(sizes[0], 10)
        start = np.mean(A**2)
        for l in range(1, len(sizes)):
            A = relu(parameters[f"W{l}"] @ A + parameters[f"b{l}"])
        growth.append(np.mean(A**2) / start)
    assert stats.sem(growth) < 0.03
    assert np.mean(growth) == pytest.approx(1, abs=4 * stats.sem(growth))
