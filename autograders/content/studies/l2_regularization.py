"""What the L2 penalty does to the network on the half moons."""

import numpy as np

from autograders.content.studies import runs
from autograders.course.study import Study
from lab.network import backward_propagation

LAMBDS = (0, 0.1, 0.3, 0.7, 2, 7, 30)


def measure(seed):
    """Train with each λ on one draw; choose one of them on its validation points."""
    trained = {lambd: runs.on_moons(seed, **runs.with_penalty(lambd)) for lambd in LAMBDS}
    rows = {f"λ = {lambd}": _row(run) for lambd, run in trained.items()}
    lambd = runs.chosen_on_validation(trained)
    rows["λ chosen"] = {**_row(trained[lambd]), "λ": lambd}
    return rows


def measure_biases(seed):
    """Train without a penalty on one draw, with the hidden biases and without them."""
    return {
        "trained": runs.shares(runs.on_moons(seed)),
        "held at 0": runs.shares(runs.on_moons(seed, backward=_without_hidden_biases)),
    }


def _without_hidden_biases(X, Y, cache):
    gradients = backward_propagation(X, Y, cache)
    held = {name: np.zeros_like(gradients[name]) for name in ("db1", "db2")}
    return {**gradients, **held}


def _row(run):
    weights = [array for name, array in run.parameters.items() if name[0] == "W"]
    squares = sum(float(np.sum(np.square(W))) for W in weights)
    return {**runs.shares(run), "Σ W²": squares}


STUDIES = {
    "moons": Study(
        setting="λ",
        baseline="λ = 0",
        compared="test, %",
        decimals={"train, %": 1, "test, %": 1, "gap": 1, "test cost": 2, "Σ W²": 1},
        about=(
            *runs.ON_MOONS,
            runs.CHOSEN.format(setting="λ"),
            runs.GAP,
            "Σ W²: the sum of all squared weights.",
        ),
        measure=measure,
    ),
    "biases": Study(
        setting="hidden biases",
        baseline="trained",
        compared="train, %",
        decimals={"train, %": 1, "test, %": 1, "gap": 1, "test cost": 2},
        about=(*runs.ON_MOONS, "No penalty. In the row 'held at 0' b1 and b2 never move."),
        measure=measure_biases,
    ),
}
