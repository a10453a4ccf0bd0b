"""The given network against SciPy, plain Python, finite differences and a closed form."""

import math

import numpy as np
import pytest
from scipy.special import expit

from lab.network import (
    backward_propagation,
    forward_propagation,
    relu,
    sigmoid,
    sizes_through_a_stack,
)
from tests.finite_differences import (
    NETS,
    OTHER_DEPTHS,
    TOLERANCE,
    cost,
    gradients,
    named,
    smooth_point,
)
from tests.perceptron import perceptron

EACH = pytest.mark.parametrize(("sizes", "m"), [*NETS, *OTHER_DEPTHS], ids=str)


def test_sigmoid_is_scipys():
    Z = np.concatenate([np.linspace(-708, 708, 4001), np.linspace(-2, 2, 4001), [-0.0]])
    np.testing.assert_allclose(sigmoid(Z), expit(Z), rtol=1e-14)
    assert sigmoid(Z.reshape(1, -1)).shape == (1, Z.size)


@pytest.mark.parametrize(
    ("Z", "want"), [(-1000, 0), (1000, 1), (-np.inf, 0), (np.inf, 1), (0, 0.5)]
)
def test_sigmoid_neither_overflows_nor_warns(Z, want):
    """Warnings are errors here."""
    assert sigmoid(np.array([[Z]])) == [[want]]


def test_sigmoid_is_symmetric_to_the_last_bit():
    Z = np.random.RandomState(0).randn(1000) * 5
    np.testing.assert_allclose(sigmoid(Z) + sigmoid(-Z), 1, rtol=3e-16)


def test_relu():
    Z = np.array([[-1000.0, -0.5], [0.0, 2.5]])
    assert np.array_equal(relu(Z), [[0, 0], [0, 2.5]])
    assert Z[0, 0] == -1000


@EACH
def test_forward_is_what_plain_python_computes(sizes, m):
    X, _, parameters, _ = smooth_point(sizes, m, forward_propagation)
    A3, cache = forward_propagation(X, parameters)
    layers, L = named(cache), len(sizes) - 1
    assert layers[f"A{L}"] is A3
    for example in range(m):
        a = [float(X[i, example]) for i in range(sizes[0])]
        for l in range(1, L + 1):
            W, b = parameters[f"W{l}"].tolist(), parameters[f"b{l}"].tolist()
            z = [
                sum(w * a_i for w, a_i in zip(row, a, strict=True)) + shift
                for row, (shift,) in zip(W, b, strict=True)
            ]
            a = [1 / (1 + math.exp(-z[0]))] if l == L else [max(0.0, z_i) for z_i in z]
            np.testing.assert_allclose(layers[f"Z{l}"][:, example], z, rtol=1e-12, atol=1e-14)
            np.testing.assert_allclose(layers[f"A{l}"][:, example], a, rtol=1e-12, atol=1e-14)
    for name, array in parameters.items():
        assert layers[name] is array


@EACH
def test_forward_is_scikit_learns(sizes, m):
    X, Y, parameters, cache = smooth_point(sizes, m, forward_propagation)
    theirs = perceptron(X, Y, parameters).predict_proba(X.T)[:, 1]
    np.testing.assert_allclose(cache[-3].ravel(), theirs, rtol=1e-12)


@EACH
def test_backward_is_the_slope_of_the_cost(sizes, m):
    X, Y, parameters, cache = smooth_point(sizes, m, forward_propagation)
    A3 = cache[-3]
    mean_loss = -np.mean(np.log(np.where(Y == 1, A3, 1 - A3)))
    assert mean_loss == pytest.approx(cost(X, Y, parameters), rel=1e-12)
    ours, slopes = backward_propagation(X, Y, cache), gradients(X, Y, parameters)
    assert ours.keys() == slopes.keys()
    for name, slope in slopes.items():
        np.testing.assert_allclose(ours[name], slope, **TOLERANCE, err_msg=name)
        assert ours[name].shape == (named(cache) | parameters)[name[1:]].shape


def test_the_slope_of_relu_at_0_is_0():
    parameters = {f"W{l}": np.ones((1, 1)) for l in (1, 2, 3)}
    parameters |= {f"b{l}": np.zeros((1, 1)) for l in (1, 2, 3)}
    X, Y = np.array([[0.0]]), np.array([[1.0]])
    gradients_at_0 = backward_propagation(X, Y, forward_propagation(X, parameters)[1])
    assert gradients_at_0["dA2"] == [[-0.5]]
    assert gradients_at_0["dZ2"] == [[0]]


def stack(constant, layers=20, width=100, seed=0):
    """Return parameters of a deep stack: normal draws times the constant, and no biases."""
    draw = np.random.RandomState(1000 + seed)
    parameters = {}
    for l in range(1, layers + 1):
        parameters[f"W{l}"] = constant * draw.randn(width, width)
        parameters[f"b{l}"] = np.zeros((width, 1))
    return parameters


def sizes_of(constant, layers=20, width=100, m=200, seed=0):
    return sizes_through_a_stack(stack(constant, layers, width, seed), m=m, seed=seed)


@pytest.mark.parametrize("width", [50, 100])
def test_a_stack_multiplies_the_mean_square_by_half_n_c_squared(width):
    """With He's constant it stays the 1 of the inputs; not quite in a single net, hence 5 %."""
    he = math.sqrt(2 / width)
    stacks = [sizes_of(he, 4, width, m=40, seed=seed) for seed in range(200)]
    np.testing.assert_allclose(np.mean(np.square(stacks), axis=0), 1, rtol=0.05)


@pytest.mark.parametrize("factor", [2.0, 0.25])
def test_the_constant_acts_as_its_power(factor):
    """ReLU lets a factor through, so the size in layer l grows by factor^l, exactly for 2^k."""
    for constant in (0.01, 1.0, math.sqrt(1 / 100)):
        sizes = sizes_of(constant)
        scaled = sizes_of(factor * constant)
        assert len(sizes) == 20
        for l, (plain, grown) in enumerate(zip(sizes, scaled, strict=True), start=1):
            assert grown == factor**l * plain


def test_the_four_constants_of_the_lesson():
    """0.01 vanishes, 1 explodes, sqrt(1/n) fades, sqrt(2/n) holds."""
    n = 100
    last = {c: sizes_of(c)[-1] for c in (0.01, 1, n**-0.5, (2 / n) ** 0.5)}
    per_layer = {c: math.sqrt(n * c**2 / 2) for c in last}
    for constant, size in last.items():
        assert 0.3 < size / per_layer[constant] ** 20 < 3
    assert last[0.01] < 1e-20
    assert last[1] > 1e15
    assert last[n**-0.5] < 3e-3
    assert 0.3 < last[(2 / n) ** 0.5] < 3


def test_a_stack_has_a_generator_of_its_own():
    np.random.seed(0)
    parameters = stack(1.0, layers=3)
    first = sizes_through_a_stack(parameters)
    assert first == sizes_through_a_stack(parameters)
    assert first != sizes_through_a_stack(parameters, seed=1)
    assert np.random.rand() == np.random.RandomState(0).rand()
