"""The given network: (LINEAR -> RELU) as often as it has hidden layers, LINEAR -> SIGMOID."""

import numpy as np


def relu(Z):
    """Return max(0, Z), element by element.

    Parameters
    ----------
    Z : ndarray, any shape
        The linear part of a layer.

    Returns
    -------
    ndarray of Z's shape

    Examples
    --------
    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    return np.maximum(Z, 0.0)


def sigmoid(Z):
    """Return 1 / (1 + exp(-Z)), element by element, without overflow.

    Parameters
    ----------
    Z : ndarray, any shape
        The linear part of the last layer.

    Returns
    -------
    ndarray of Z's shape
        Probabilities in [0, 1].

    Examples
    --------
    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    # 1 / (1 + exp(-Z)), and where Z is negative both parts times exp(Z): no power overflows
    return np.exp(np.minimum(Z, 0)) / (1 + np.exp(-np.abs(Z)))


def forward_propagation(X, parameters):
    """Send the examples through the layers: ReLU in all but the last, there the sigmoid.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    parameters : dict
        W1, b1, ..., WL, bL, for any number of layers L, mostly 3; Wl is (n_l, n_{l-1}),
        bl is (n_l, 1).

    Returns
    -------
    AL : ndarray, shape (1, m)
        The probability of class 1 for each example: A3 in a network of three layers.
    cache : tuple
        (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) with three layers, for the way
        back; with more of them it goes on like this.
    """
    L = len(parameters) // 2
    A, cache = X, []
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = np.dot(W, A) + b
        A = relu(Z) if l < L else sigmoid(Z)
        cache += [Z, A, W, b]
    return A, tuple(cache)


def backward_propagation(X, Y, cache):
    """Return the gradients of the mean cross-entropy cost.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        The examples that went forward.
    Y : ndarray, shape (1, m)
        Their classes, zeros and ones.
    cache : tuple
        What `forward_propagation` returned for X.

    Returns
    -------
    dict
        dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 with three layers; each has
        the shape of the array it belongs to.
    """
    m = X.shape[1]
    A = [X, *cache[1::4]]
    W = cache[2::4]
    L = len(W)
    gradients = {}
    dZ = A[L] - Y
    for l in range(L, 0, -1):
        gradients["dZ" + str(l)] = dZ
        gradients["dW" + str(l)] = 1 / m * np.dot(dZ, A[l - 1].T)
        gradients["db" + str(l)] = 1 / m * np.sum(dZ, axis=1, keepdims=True)
        if l > 1:
            dA = gradients["dA" + str(l - 1)] = np.dot(W[l - 1].T, dZ)
            dZ = dA * (A[l - 1] > 0)
    return gradients


def sizes_through_a_stack(parameters, m=200, seed=0):
    """Send random inputs through ReLU layers and measure the activations' size in each.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL, for any number of layers; all of them use ReLU here.
    m : int
        How many inputs; they are standard normal draws.
    seed : int
        Another seed gives other inputs.

    Returns
    -------
    list of float
        The root of the activations' mean square in layer 1, 2, ..., over all units
        and inputs; that of the inputs is near 1.
    """
    A = np.random.RandomState(seed).randn(parameters["W1"].shape[1], m)
    sizes = []
    for l in range(1, len(parameters) // 2 + 1):
        A = relu(np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)])
        sizes.append(float(np.sqrt(np.mean(np.square(A)))))
    return sizes


def slopes_through_a_stack(parameters, m=200, seed=0):
    """Send random slopes back through ReLU layers and measure their spread in each.

    Parameters
    ----------
    parameters : dict
        As for `sizes_through_a_stack`, with the same inputs on the way forward.
    m : int
        How many inputs; they and the slopes dAL at the end are standard normal draws.
    seed : int
        Another seed gives other inputs and slopes.

    Returns
    -------
    list of float
        The standard deviation of dA1, dA2, ..., dAL.
    """
    rng = np.random.RandomState(seed)
    L = len(parameters) // 2
    A = [rng.randn(parameters["W1"].shape[1], m)]
    for l in range(1, L + 1):
        A.append(relu(np.dot(parameters["W" + str(l)], A[-1]) + parameters["b" + str(l)]))
    dA = rng.randn(*A[L].shape)
    slopes = [float(np.std(dA))]
    for l in range(L, 1, -1):
        dA = np.dot(parameters["W" + str(l)].T, dA * (A[l] > 0))
        slopes.append(float(np.std(dA)))
    return slopes[::-1]
