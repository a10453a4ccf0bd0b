"""Training as the course notes write it: a dict of parameters, and a loop over it at each step."""

import numpy as np

from lab.network import forward_propagation
from source_ref.l2_regularization import (
    backward_propagation_with_regularization,
    compute_cost_with_regularization,
)


def initialize_velocity(parameters):
    """Return a velocity of zero for each parameter."""
    L = len(parameters) // 2
    v = {}
    for l in range(1, L + 1):
        v["dW" + str(l)] = np.zeros(parameters["W" + str(l)].shape)
        v["db" + str(l)] = np.zeros(parameters["b" + str(l)].shape)
    return v


def update_parameters(parameters, gradients, v, learning_rate, momentum):
    """Return parameters and velocities after one step."""
    L = len(parameters) // 2
    for l in range(1, L + 1):
        for name in ("W" + str(l), "b" + str(l)):
            v["d" + name] = momentum * v["d" + name] - learning_rate * gradients["d" + name]
            parameters[name] = parameters[name] + v["d" + name]
    return parameters, v


def train_as_in_the_notes(X, Y, start, lambd, *, learning_rate, momentum, steps, costs=False):
    """Train with the L2 penalty; return the final cross-entropy.

    Parameters
    ----------
    X, Y : ndarray
        What to train on.
    start : dict
        W1, b1, ..., W3, b3.
    lambd, learning_rate, momentum, steps
        As for `lab.training.fit` and the notebook on L2.
    costs : bool
        Whether to compute the cost at every step, as the notes do.
    """
    parameters = dict(start)
    v = initialize_velocity(parameters)
    for _ in range(steps):
        A3, cache = forward_propagation(X, parameters)
        if costs:
            compute_cost_with_regularization(A3, Y, parameters, lambd)
        gradients = backward_propagation_with_regularization(X, Y, cache, lambd)
        parameters, v = update_parameters(parameters, gradients, v, learning_rate, momentum)
    A3, cache = forward_propagation(X, parameters)
    return compute_cost_with_regularization(A3, Y, parameters, 0)
