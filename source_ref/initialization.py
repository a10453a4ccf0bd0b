"""Reference answers of the notebook ``initialization``."""

import numpy as np


def initialize_parameters_zeros(layers_dim):
    """Return weights and biases that are all zero.

    Parameters
    ----------
    layers_dim : list or tuple of int
        The size of each layer, the input first: [n_0, n_1, ..., n_L].

    Returns
    -------
    dict
        W1, b1, ..., WL, bL; Wl is (n_l, n_{l-1}), bl is (n_l, 1).
    """
    parameters = {}
    L = len(layers_dim) - 1  # number of layers with weights

    for l in range(1, L + 1):
        ### START CODE HERE ### (approx. 2 lines)
        parameters["W" + str(l)] = np.zeros((layers_dim[l], layers_dim[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
        ### END CODE HERE ###

    return parameters


def initialize_parameters_random(layers_dim, scale=10.0):
    """Return weights drawn from a normal distribution and biases of zero.

    Parameters
    ----------
    layers_dim : list or tuple of int
        The size of each layer, the input first: [n_0, n_1, ..., n_L].
    scale : float
        What the standard normal draws are multiplied by.

    Returns
    -------
    dict
        W1, b1, ..., WL, bL; Wl is (n_l, n_{l-1}), bl is (n_l, 1).
    """
    parameters = {}
    L = len(layers_dim) - 1  # number of layers with weights

    for l in range(1, L + 1):
        ### START CODE HERE ### (approx. 2 lines)
        parameters["W" + str(l)] = np.random.randn(layers_dim[l], layers_dim[l - 1]) * scale
        parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
        ### END CODE HERE ###

    return parameters


def initialize_parameters_he(layers_dim):
    """Return weights scaled as He et al. (2015) propose, and biases of zero.

    Parameters
    ----------
    layers_dim : list or tuple of int
        The size of each layer, the input first: [n_0, n_1, ..., n_L].

    Returns
    -------
    dict
        W1, b1, ..., WL, bL; Wl is (n_l, n_{l-1}), bl is (n_l, 1).
    """
    parameters = {}
    L = len(layers_dim) - 1  # number of layers with weights

    for l in range(1, L + 1):
        ### START CODE HERE ### (approx. 3 lines)
        # the standard deviation that keeps the activations' size in layer l
        sigma = np.sqrt(2 / layers_dim[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dim[l], layers_dim[l - 1]) * sigma
        parameters["b" + str(l)] = np.zeros((layers_dim[l], 1))
        ### END CODE HERE ###

    return parameters
