"""`fit`: gradient descent with the functions it is given, and the `Run` it returns."""

from dataclasses import dataclass, field

import numpy as np
from threadpoolctl import ThreadpoolController

from lab.language import Message
from lab.meter import Meter
from lab.network import backward_propagation, forward_propagation

TRAINING = Message("training")
NONE_CAME_BACK = Message("fit: {name} returned None. Finish that exercise first.")
NONE_FOR_KEY = Message("fit: {name} returned None for {key}. Finish that exercise first.")


@dataclass
class Run:
    """What a training run left behind.

    Attributes
    ----------
    parameters : dict
        The trained W1, b1, ..., WL, bL.
    steps : list of int
        The steps at which something was recorded; 0 is the start.
    costs, accuracies : dict of str to list of float
        For each watched set ("train", "test", ...) its cost and its share of
        right answers at these steps.
    snapshots : list of dict
        The parameters at these steps.
    """

    parameters: dict
    steps: list = field(default_factory=list)
    costs: dict = field(default_factory=dict)
    accuracies: dict = field(default_factory=dict)
    snapshots: list = field(default_factory=list)


# matrices this small gain nothing from a second BLAS thread, and lose much where the
# machine is shared: the threads then wait for each other
_threads = ThreadpoolController()


@_threads.wrap(limits=1, user_api="blas")
def fit(
    train,
    parameters,
    *,
    learning_rate,
    steps,
    momentum=0.0,
    forward=forward_propagation,
    backward=backward_propagation,
    cost=None,
    predict=None,
    accuracy=None,
    watch=None,
    every=None,
):
    """Train a network by gradient descent on all examples at once.

    Parameters
    ----------
    train : Points
        X (n_x, m) and Y (1, m) to train on.
    parameters : dict
        The start: W1, b1, ..., WL, bL. It is not changed.
    learning_rate, momentum : float
        v = momentum * v - learning_rate * gradient, then parameter += v.
    steps : int
        How many steps to take.
    forward, backward : callable
        ``forward(X, parameters)`` gives A3 and a cache, ``backward(X, Y, cache)``
        the gradients dW1, db1, ...; the given network unless told otherwise.
    cost : callable, optional
        ``cost(A3, Y)``, for the records.
    predict, accuracy : callable, optional
        ``predict(X, parameters)`` and ``accuracy(predictions, Y)``, for the records.
    watch : dict of str to Points, optional
        Other sets to record, such as ``{"test": data.test}``; "train" always is.
    every : int, optional
        Record each so many steps, the first and the last always; 1/50 of the
        steps unless told otherwise.

    Returns
    -------
    Run

    Raises
    ------
    TypeError
        If a function that was given returns None where a number or array is due.
    """
    every = every or max(1, steps // 50)
    names = list(parameters)
    flat = np.concatenate([np.ravel(parameters[name]) for name in names]).astype(float)
    velocity, slope = np.zeros_like(flat), np.empty_like(flat)
    parameters = _views(flat, parameters)
    gradient_names = ["d" + name for name in names]
    sets = {"train": train, **(watch or {})}
    run = Run(parameters, costs={name: [] for name in sets}, accuracies={name: [] for name in sets})
    _record(run, 0, sets, cost, predict, accuracy)
    meter = Meter(steps, str(TRAINING))
    for step in range(1, steps + 1):
        _, cache = _given(forward(train.X, parameters), "forward")
        gradients = _given(backward(train.X, train.Y, cache), "backward")
        _join(gradients, gradient_names, slope)
        slope *= learning_rate
        velocity *= momentum
        velocity -= slope
        flat += velocity
        if step % every == 0 or step == steps:
            _record(run, step, sets, cost, predict, accuracy)
            meter.reach(step)
    meter.close()
    return run


def _views(flat, like):
    """Return parameters whose arrays are parts of one flat vector, so that a step is one sum."""
    parameters, start = {}, 0
    for name, array in like.items():
        parameters[name] = flat[start : start + array.size].reshape(array.shape)
        start += array.size
    return parameters


def _given(value, name):
    """Return what a function gave back, if it gave something back."""
    if value is None:
        raise TypeError(NONE_CAME_BACK.format(name=name))
    return value


def _join(gradients, names, flat):
    """Write the gradients into one flat vector, in the order of the parameters."""
    for name in names:
        if gradients[name] is None:
            raise TypeError(NONE_FOR_KEY.format(name="backward", key=name))
    np.concatenate([gradients[name].ravel() for name in names], out=flat)


def _record(run, step, sets, cost, predict, accuracy):
    """Append the costs, the accuracies and a copy of the parameters."""
    run.steps.append(step)
    run.snapshots.append({name: array.copy() for name, array in run.parameters.items()})
    for name, (X, Y) in sets.items():
        A3, _ = forward_propagation(X, run.parameters)
        if cost is None:
            said_of_the_truth = np.where(Y == 1, A3, 1 - A3)
            value = -np.mean(np.log(np.maximum(said_of_the_truth, 1e-12)))
        else:
            value = _given(cost(A3, Y), "cost")
        if predict is None or accuracy is None:
            share = np.mean((A3 > 0.5) == Y)
        else:
            predictions = _given(predict(X, run.parameters), "predict")
            share = _given(accuracy(predictions, Y), "accuracy")
        run.costs[name].append(float(value))
        run.accuracies[name].append(float(share))
