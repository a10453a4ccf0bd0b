"""Gradients by central finite differences of a cost that shares no code with the project."""

import numpy as np

STEP = 1e-5
TOLERANCE = {"rtol": 1e-6, "atol": 1e-7}
"""Such differences are off by about STEP squared, and by rounding: up to 1e-8 as measured."""

KINK = 1e-3
"""No unit may be closer to the kink of ReLU than this, or a step would cross it."""

NETS = (
    ([2, 20, 8, 1], 12),
    ([3, 4, 2, 1], 5),
    ([5, 7, 6, 1], 30),
    ([4, 3, 5, 1], 1),
    ([1, 1, 1, 1], 2),
)
"""Layer sizes and numbers of examples m."""

OTHER_DEPTHS = (([3, 1], 5), ([2, 6, 1], 8), ([3, 5, 4, 4, 3, 1], 6))
"""The same for networks of 1, 2 and 5 layers."""


def cost(X, Y, values, lambd=0.0, masks=None, keep_prob=1.0):
    """Return the mean cross-entropy, from the logits, plus the L2 penalty.

    Besides the parameters, `values` may hold Z1, A1, Z2, A2, Z3: what is added to
    these arrays on the way, so that their gradients can be had too. The masks D1
    and D2 stay as they are given.
    """
    m, A, squares = X.shape[1], X, 0.0
    L = depth(values)
    for l in range(1, L + 1):
        W = values[f"W{l}"]
        Z = np.einsum("ij,jk->ik", W, A) + values[f"b{l}"] + values.get(f"Z{l}", 0)
        squares += float(np.einsum("ij,ij->", W, W))
        if l < L:
            A = np.where(Z > 0, Z, 0) + values.get(f"A{l}", 0)
            if masks is not None:
                A = np.where(masks[f"D{l}"] == 1, A / keep_prob, 0)
    return float(np.sum(np.logaddexp(0, Z) - Y * Z)) / m + lambd * squares / (2 * m)


def depth(values):
    """Return the number of layers."""
    return sum(name[0] == "W" for name in values)


def gradients(X, Y, parameters, **settings):
    """Return dW1, db1, ..., dZ1, dA1, ... as the course scales them.

    The gradients of the parameters are those of the mean cost; those of Z and A
    belong to each example's own loss, which is m times as much.
    """
    m = X.shape[1]
    values = {name: array.copy() for name, array in parameters.items()}
    L = depth(parameters)
    for l in range(1, L + 1):
        for letter in "ZA"[: 1 if l == L else 2]:
            values[f"{letter}{l}"] = np.zeros((parameters[f"b{l}"].shape[0], m))
    result = {}
    for name, array in values.items():
        slope = np.empty_like(array)
        for index in np.ndindex(array.shape):
            here = array[index]
            array[index] = here + STEP
            above = cost(X, Y, values, **settings)
            array[index] = here - STEP
            below = cost(X, Y, values, **settings)
            array[index] = here
            slope[index] = (above - below) / (2 * STEP)
        result["d" + name] = slope if name[0] in "Wb" else m * slope
    return result


def named(cache):
    """Return a cache as a dict, with or without masks, which the last layer never has."""
    layer = ("Z", "D", "A", "W", "b") if len(cache) % 4 else ("Z", "A", "W", "b")
    L = -(-len(cache) // len(layer))
    names = [f"{letter}{l}" for l in range(1, L) for letter in layer]
    names += [f"{letter}{L}" for letter in "ZAWb"]
    return dict(zip(names, cache, strict=True))


def smooth_point(sizes, m, forward):
    """Draw a net and examples until no unit of ``forward(X, parameters)`` is near the kink.

    Some unit of each hidden layer is alive, so that the gradients are not all zero.

    Returns
    -------
    X, Y, parameters, cache
    """
    for seed in range(1000):
        draw = np.random.RandomState(seed)
        X = draw.randn(sizes[0], m)
        Y = (draw.rand(1, m) < 0.5).astype(float)
        parameters = {}
        for l in range(1, len(sizes)):
            parameters[f"W{l}"] = draw.randn(sizes[l], sizes[l - 1]) * np.sqrt(2 / sizes[l - 1])
            parameters[f"b{l}"] = draw.randn(sizes[l], 1) / 2
        _, cache = forward(X, parameters)
        layers = named(cache)
        hidden = range(1, len(sizes) - 1)
        smooth = all(np.abs(layers[f"Z{l}"]).min() > KINK for l in hidden)
        if smooth and all(layers[f"A{l}"].max() > 0 for l in hidden):
            return X, Y, parameters, cache
    raise AssertionError("every draw had a unit at the kink or a dead layer")
