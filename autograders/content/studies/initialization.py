"""What the start does to the network on the circles."""

import numpy as np

from autograders.course.study import Study
from lab.data import circles
from lab.training import fit
from source_ref.initialization import (
    initialize_parameters_he,
    initialize_parameters_random,
    initialize_parameters_zeros,
)

STEPS = 15000
STARTS = {
    "zeros": initialize_parameters_zeros,
    "random × 10": initialize_parameters_random,
    "random × 1": lambda layers_dim: initialize_parameters_random(layers_dim, scale=1.0),
    "random × 0.01": lambda layers_dim: initialize_parameters_random(layers_dim, scale=0.01),
    "He": initialize_parameters_he,
}


def measure(draw):
    """Train from each start on one draw of the circles; the normal draws are the same ones."""
    data = circles(draw)
    rows = {}
    for name, start in STARTS.items():
        np.random.seed(draw)
        run = fit(
            data.train,
            start([2, 10, 5, 1]),
            learning_rate=0.01,
            steps=STEPS,
            watch={"test": data.test},
            every=STEPS,
        )
        rows[name] = {
            "cost at the start": run.costs["train"][0],
            "cost at the end": run.costs["train"][-1],
            "test, %": 100 * run.accuracies["test"][-1],
        }
    return rows


STUDIES = {
    "circles": Study(
        setting="start",
        baseline="He",
        compared="test, %",
        decimals={"cost at the start": 2, "cost at the end": 2, "test, %": 1},
        about=(
            "Each draw has its own circles (300 points to train on, 5,000 to test) and its own "
            "normal draws for the weights of [2, 10, 5, 1]; all rows of a draw share both. "
            f"Training: plain descent, rate 0.01, {STEPS:,} steps."
        ),
        measure=measure,
    )
}
