"""What the start does to the network on the circles, and to a deep one on digits."""

import numpy as np

from autograders.course.study import Study
from lab.data import circles, digits
from lab.network import backward_propagation, forward_propagation
from lab.training import fit
from source_ref.initialization import (
    initialize_parameters_he,
    initialize_parameters_random,
    initialize_parameters_zeros,
)

STEPS, EARLY = 15000, 300
STARTS = {
    "zeros": initialize_parameters_zeros,
    "random × 10": initialize_parameters_random,
    "random × 1": lambda layers_dim: initialize_parameters_random(layers_dim, scale=1.0),
    "random × 0.01": lambda layers_dim: initialize_parameters_random(layers_dim, scale=0.01),
    "He": initialize_parameters_he,
}

DEEP = [64, *[50] * 10, 1]
DEEP_STEPS, LOOKED_AT = 400, (80, 160, 240, 320, 400)
VARIANCES = {"He, 2/n": 2, "1/n": 1, "0.5/n": 0.5}
"""The starts of the deep network: what n times the weights' variance is."""


def measure(seed):
    """Train from each start on one draw of the circles; the normal draws are the same ones."""
    data = circles(seed)
    rows = {}
    for name, start in STARTS.items():
        np.random.seed(seed)
        run = fit(
            data.train,
            start([2, 10, 5, 1]),
            learning_rate=0.01,
            steps=STEPS,
            watch={"test": data.test},
            every=EARLY,
        )
        rows[name] = {
            "first cost": run.costs["train"][0],
            "last cost": run.costs["train"][-1],
            **_way(run),
            "test, %": 100 * run.accuracies["test"][-1],
            **_signal(run, data.train),
        }
    return rows


def _way(run):
    """Return how far the weights have come, early and in the end, and that beside their size."""
    start, early, end = (_weights(run.snapshots[record]) for record in (0, 1, -1))
    way, size = np.linalg.norm(end - start), np.linalg.norm(start)
    return {
        f"way by step {EARLY}": np.linalg.norm(early - start),
        "way": way,
        "way, %": 100 * way / size if size else 0.0,
    }


def _weights(parameters):
    return np.concatenate([array.ravel() for name, array in parameters.items() if name[0] == "W"])


def _signal(run, points):
    """Return the size of Z3, the dead hidden units and the first slope in layer 1.

    A unit is dead if it is 0 on every point: nothing flows back through it.
    """
    values = {}
    for record, when in ((0, "at the start"), (-1, "at the end")):
        _, cache = forward_propagation(points.X, run.snapshots[record])
        A1, A2, Z3 = cache[1], cache[5], cache[8]
        values[f"size of Z3 {when}"] = np.mean(np.abs(Z3))
        values[f"dead {when}"] = int(np.sum(~A1.any(axis=1)) + np.sum(~A2.any(axis=1)))
        if record == 0:
            slopes = backward_propagation(points.X, points.Y, cache)
            values["first slope"] = np.max(np.abs(slopes["dW1"]))
    return values


def measure_deep(seed):
    """Train eleven layers from each variance on one split of the digits, with the same draws."""
    pictures = digits(seed)
    rows = {}
    for name, variance in VARIANCES.items():
        np.random.seed(seed)
        start = initialize_parameters_he(DEEP)
        run = fit(
            pictures.train,
            {key: np.sqrt(variance / 2) * array for key, array in start.items()},
            learning_rate=0.02,
            momentum=0.9,
            steps=DEEP_STEPS,
            every=LOOKED_AT[0],
        )
        A3, _ = forward_propagation(pictures.test.X, run.parameters)
        costs = dict(zip(run.steps, run.costs["train"], strict=True))
        rows[name] = {
            **{f"cost at {step}": costs[step] for step in LOOKED_AT},
            "test, %": 100 * np.mean((A3 > 0.5) == pictures.test.Y),
        }
    return rows


STUDIES = {
    "circles": Study(
        setting="start",
        baseline="He",
        compared="test, %",
        decimals={"first cost": 2, "last cost": 2, "way": 1, "way, %": 0, "test, %": 1},
        about=(
            "Each draw has its own circles (300 points to train on, 5,000 to test) and its own "
            "normal draws for the weights of [2, 10, 5, 1]. All rows of a draw share both.",
            f"Training: plain descent, rate 0.01, {STEPS:,} steps.",
            "way: how far the weights have come, the square root of the summed squares, and that "
            "in % of their size at the start.",
        ),
        measure=measure,
    ),
    "deep": Study(
        setting="variance",
        baseline="He, 2/n",
        compared="test, %",
        decimals={"cost at 80": 2, "cost at 160": 2, "cost at 400": 2, "test, %": 1},
        about=(
            "Each draw splits the same 1,797 pictures of digits anew, 200 to train on and 1,597 "
            "to test.",
            "It has its own normal draws for the weights of the network with ten hidden layers of "
            "50 units. All rows of a draw share pictures and draws; the biases start at 0.",
            f"Training: rate 0.02, momentum 0.9, {DEEP_STEPS} steps.",
            "cost at 80: the cost on the training pictures at step 80, and so on.",
        ),
        measure=measure_deep,
    ),
}
