"""What early stopping does to the network on the half moons."""

import numpy as np

from autograders.content.studies import runs
from autograders.course.study import Study
from source_ref.overfitting import early_stopping

EVERY, PATIENCE = 50, 5


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


STUDIES = {
    "moons": Study(
        setting="parameters from",
        baseline="last step",
        compared="test, %",
        decimals={"step": 0, "train, %": 1, "test, %": 1, "gap": 1, "test cost": 2},
        about=(
            f"{runs.ON_MOONS} Early stopping looks at the validation cost each {EVERY} steps, "
            f"with patience {PATIENCE}. The last two rows were picked with the test points "
            "themselves: they show when each measure turns, not what a choice is worth. gap: "
            "train minus test."
        ),
        measure=measure,
    )
}
