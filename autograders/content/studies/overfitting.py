"""What early stopping does to the network on the half moons."""

from autograders.content.studies import runs
from autograders.course.study import Study
from source_ref.overfitting import early_stopping

EVERY, PATIENCE = 50, 5


def measure(draw):
    """Train once on one draw and look at two of its records: the last and the stopped one."""
    run = runs.on_moons(draw, every=EVERY)
    stopped = early_stopping(run.costs["validation"], PATIENCE)
    rows = {"last step": len(run.steps) - 1, "early stopping": stopped}
    return {
        name: {
            "step": run.steps[record],
            **runs.shares(run, record),
            "test cost": run.costs["test"][record],
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
            f"with patience {PATIENCE}. gap: train minus test."
        ),
        measure=measure,
    )
}
