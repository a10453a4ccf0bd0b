"""`fit`: gradient descent with the functions it is given, and the `Run` it returns."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from lab import threads
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
    costs, accuracies : mapping of str to list of float
        For each watched set ("train", "test", ...) its cost and its share of
        right answers at these steps. Those of the sets that are only watched
        are computed when they are first looked at.
    snapshots : list of dict
        The parameters at these steps.
    """

    parameters: dict
    steps: list = field(default_factory=list)
    costs: Mapping = field(default_factory=dict)
    accuracies: Mapping = field(default_factory=dict)
    snapshots: list = field(default_factory=list)


class Records(Mapping):
    """What was recorded of each set, in a list; made when it is first looked at.

    Parameters
    ----------
    names : sequence of str
        The sets.
    make : callable
        ``make(name)`` gives the list.
    """

    def __init__(self, names, make):
        self._names, self._make = list(names), make

    def __getitem__(self, name):
        if name not in self._names:
            raise KeyError(name)
        return self._make(name)

    def __iter__(self):
        return iter(self._names)

    def __len__(self):
        return len(self._names)


@threads.on_one
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
    run = Run(parameters)
    measured = functools.partial(_measured, cost=cost, predict=predict, accuracy=accuracy)
    on_train: tuple[list, list] = [], []
    _record(run, 0, train, on_train, measured)
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
            _record(run, step, train, on_train, measured)
            meter.reach(step)
    meter.close()
    run.costs, run.accuracies = _records(run, on_train, watch or {}, measured)
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
    try:
        np.concatenate([gradients[name].ravel() for name in names], out=flat)
    except AttributeError:
        for name in names:
            if gradients[name] is None:
                raise TypeError(NONE_FOR_KEY.format(name="backward", key=name)) from None
        raise


def _record(run, step, train, on_train, measured):
    """Append the cost and the accuracy on the training points, and a copy of the parameters."""
    run.steps.append(step)
    run.snapshots.append({name: array.copy() for name, array in run.parameters.items()})
    for values, value in zip(on_train, measured(run.parameters, train), strict=True):
        values.append(value)


def _records(run, on_train, watch, measured):
    """Return the costs and the accuracies of all sets."""

    @functools.cache
    @threads.on_one
    def both(name):
        if name == "train":
            return on_train
        pairs = [measured(parameters, watch[name]) for parameters in run.snapshots]
        return [list(values) for values in zip(*pairs, strict=True)]

    names = {"train": None, **watch}
    return tuple(Records(names, lambda name, which=which: both(name)[which]) for which in (0, 1))


def _measured(parameters, points, cost, predict, accuracy):
    """Return the cost and the share of right answers on some points."""
    X, Y = points
    A3, _ = forward_propagation(X, parameters)
    if cost is None:
        said_of_the_truth = np.where(Y == 1, A3, 1 - A3)
        value = -np.mean(np.log(np.maximum(said_of_the_truth, 1e-12)))
    else:
        value = _given(cost(A3, Y), "cost")
    if predict is None or accuracy is None:
        share = np.mean((A3 > 0.5) == Y)
    else:
        predictions = _given(predict(X, parameters), "predict")
        share = _given(accuracy(predictions, Y), "accuracy")
    return float(value), float(share)
