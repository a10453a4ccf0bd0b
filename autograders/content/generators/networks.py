"""Small networks and points for the questions; few digits, so that a person can follow them."""

import numpy as np

from lab.judge.expected import Array, Expected, Mapping, Mask, Normal, Sequence, Shaped
from lab.network import forward_propagation, relu, sigmoid

CACHE_WITH_MASKS = (
    *("Z1", "D1", "A1", "W1", "b1"),
    *("Z2", "D2", "A2", "W2", "b2"),
    *("Z3", "A3", "W3", "b3"),
)


def parameters(sizes, seed):
    """Return W1, b1, ... for layers of these sizes, rounded to two digits."""
    rng = np.random.RandomState(seed)
    result = {}
    for l in range(1, len(sizes)):
        result[f"W{l}"] = np.round(rng.randn(sizes[l], sizes[l - 1]), 2)
        result[f"b{l}"] = np.round(rng.randn(sizes[l], 1) / 4, 2)
    return result


def alive(sizes, seed):
    """Return parameters of which none is negative, so that few units are shut for all points."""
    return {name: np.abs(array) + 0.1 for name, array in parameters(sizes, seed).items()}


def parameters_apart(sizes, seed):
    """Return W1, b1, ..., each drawn from a seed of its own: a file need not hold the numbers."""
    result = {}
    for l in range(1, len(sizes)):
        result[f"W{l}"] = inputs(sizes[l], sizes[l - 1], seed + 10 * l)
        result[f"b{l}"] = np.round(inputs(sizes[l], 1, seed + 10 * l + 5) / 4, 2)
    return result


def in_another_order(parameters, seed):
    """Return the same dict with its keys in a random order, which means nothing."""
    names = np.random.RandomState(seed).permutation(list(parameters)).tolist()
    return {name: parameters[name] for name in names}


def inputs(n_x, m, seed):
    """Return X (n_x, m), rounded to two digits."""
    return np.round(np.random.RandomState(seed).randn(n_x, m), 2)


def classes(m, seed):
    """Return Y (1, m), zeros and ones, both where m allows it."""
    Y = np.random.RandomState(seed).permutation(np.arange(m) % 2)
    return Y.reshape(1, m).astype(float)


def probabilities(m, seed):
    """Return A3 (1, m), well inside (0, 1), rounded to two digits."""
    return np.round(np.random.RandomState(seed).uniform(0.04, 0.96, (1, m)), 2)


def seed(rng):
    """Return a seed for one of the functions above."""
    return int(rng.randint(2**31 - 1))


def sizes(rng, hidden, n_x=(2, 6), widest=8):
    """Return the sizes of a random network's layers.

    Parameters
    ----------
    rng : numpy.random.RandomState
    hidden : int
        How many hidden layers.
    n_x : (int, int)
        The number of inputs lies between these, the second left out.
    widest : int
        No hidden layer has more units.
    """
    return [int(rng.randint(*n_x)), *rng.randint(2, widest + 1, hidden).tolist(), 1]


def cache(X, parameters):
    """Return the cache that `forward_propagation` keeps for these points."""
    return forward_propagation(X, parameters)[1]


def cache_with_masks(X, parameters, keep_prob, seed):
    """Return a cache as dropout leaves it, with bool masks drawn from a seed."""
    rng = np.random.RandomState(seed)
    W, b = [parameters[f"W{l}"] for l in (1, 2, 3)], [parameters[f"b{l}"] for l in (1, 2, 3)]
    A, layers = X, []
    for l in (0, 1):
        Z = W[l] @ A + b[l]
        D = rng.uniform(size=Z.shape) < keep_prob
        A = relu(Z) * D / keep_prob
        layers += [Z, D, A, W[l], b[l]]
    Z3 = W[2] @ A + b[2]
    return (*layers, Z3, sigmoid(Z3), W[2], b[2])


def divided(X, parameters, share):
    """Return the parameters, the last bias moved so that about a share of the points is class 0.

    The boundary lies in the nearest gap that is too wide for rounding, in float32 too, to
    carry a point across. The parameters stay as they are where there is none: for one point,
    or no unit alive.
    """
    Z3 = np.sort(forward_propagation(X, parameters)[1][8][0])
    gaps = np.flatnonzero(np.diff(Z3) > 1e-3)
    if not gaps.size:
        return parameters
    low = gaps[np.argmin(np.abs(gaps - share * (Z3.size - 1)))]
    return {**parameters, "b3": parameters["b3"] - (Z3[low] + Z3[low + 1]) / 2}


def with_idle_units(parameters):
    """Return the parameters, Z being exactly 0 in the first unit of each hidden layer."""
    result = {name: array.copy() for name, array in parameters.items()}
    for name in ("W1", "b1", "W2", "b2"):
        result[name][0] = 0
    return result


def half_sure(rng, sizes, m):
    """Return points and parameters for which every third probability is exactly 0.5.

    Without biases the point 0 has Z3 = 0. Every third one is just beside 0.5, on either
    side; the others are wherever they are, but not so close that rounding matters.
    """
    while True:
        W = parameters(sizes, seed(rng))
        W = {name: 0 * array if name[0] == "b" else array for name, array in W.items()}
        X = inputs(sizes[0], m, seed(rng))
        X[:, ::3] = 0
        X[:, 1::3] *= 1e-4
        Z3 = cache(X, W)[8][0]
        beside, others = Z3[1::3], np.delete(Z3, np.s_[::3])
        if beside.min() < 0 < beside.max() and np.abs(others).min() > 1e-6:
            return {"X": X, "parameters": W}


def normal_layers(sizes, sigmas):
    """Expect normal weights of these standard deviations, one a layer, and biases of zero."""
    entries: dict[str, Expected] = {}
    for l in range(1, len(sizes)):
        entries[f"W{l}"] = Normal((sizes[l], sizes[l - 1]), float(sigmas[l - 1]))
        entries[f"b{l}"] = Array(np.zeros((sizes[l], 1)))
    return Mapping(entries)


def masked_forward(X, parameters):
    """Expect A3 and the cache with masks, whatever the draws."""
    m = X.shape[1]
    shapes = {"A3": (1, m), **{name: array.shape for name, array in parameters.items()}}
    for l in (1, 2, 3):
        for letter in "ZDA":
            shapes[f"{letter}{l}"] = (parameters[f"W{l}"].shape[0], m)
    kinds = [Mask if name[0] == "D" else Shaped for name in CACHE_WITH_MASKS]
    entries = tuple(kind(shapes[name]) for kind, name in zip(kinds, CACHE_WITH_MASKS, strict=True))
    return Sequence(("A3", "cache"), (Shaped((1, m)), Sequence(CACHE_WITH_MASKS, entries)))
