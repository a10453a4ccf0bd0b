"""What early stopping does to the network on the half moons."""

import numpy as np

from autograders.content.studies import runs
from autograders.course.study import Study
from source_ref.overfitting import early_stopping

EVERY, PATIENCE = 50, 5
TRAINING_POINTS = (30, 60, 120, 250, 500, 1000, 2000)
HIDDEN_UNITS = (2, 3, 4, 6, 10, 20, 36)


def measure(seed):
    """Train once on one draw and look at four of its records."""
    run = runs.on_moons(seed, every=EVERY)
    stopped = early_stopping(run.costs["validation"], PATIENCE)
    rows = {
        "last step": len(run.steps) - 1,
        "early stopping": stopped,
        "lowest cost": int(np.argmin(run.costs["test"])),
        "most right": int(np.argmax(run.accuracies["test"])),
    }
    return {
        name: {
            "step": run.steps[record],
            **runs.shares(run, record),
        }
        for name, record in rows.items()
    }


def measure_points(seed):
    """Train on few and on many points of one draw; the larger sets hold the smaller ones."""
    return {str(m): runs.shares(runs.on_moons(seed, m=m)) for m in TRAINING_POINTS}


def measure_units(seed):
    """Train networks with few and with many units in the first hidden layer on one draw."""
    return {str(units): runs.shares(runs.on_moons(seed, units=units)) for units in HIDDEN_UNITS}


STUDIES = {
    "moons": Study(
        setting="parameters from",
        baseline="last step",
        compared="test, %",
        decimals={"step": 0, "train, %": 1, "test, %": 1, "gap": 1, "test cost": 2},
        about=(
            *runs.ON_MOONS,
            f"Early stopping looks at the validation cost each {EVERY} steps, with patience "
            f"{PATIENCE}.",
            "The last two rows were picked with the test points themselves: they show when each "
            "measure turns, not what a choice is worth.",
            runs.GAP,
        ),
        measure=measure,
    ),
    "points": Study(
        setting="training points",
        baseline="120",
        compared="test, %",
        decimals={"train, %": 1, "test, %": 1, "gap": 1, "test cost": 2},
        about=(*runs.ON_MOONS, "But the number of points to train on is that of the row."),
        measure=measure_points,
    ),
    "units": Study(
        setting="hidden units",
        baseline="20",
        compared="test, %",
        decimals={"train, %": 1, "test, %": 1, "gap": 1, "test cost": 2},
        about=(*runs.ON_MOONS, "But the first hidden layer has the units of the row."),
        measure=measure_units,
    ),
}
