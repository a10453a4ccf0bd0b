"""The training runs that the studies measure: the notebooks' networks with the reference."""

import numpy as np

from lab.data import moons
from lab.training import fit
from source_ref.dropout import backward_propagation_with_dropout, forward_propagation_with_dropout
from source_ref.initialization import initialize_parameters_he
from source_ref.l2_regularization import backward_propagation_with_regularization
from source_ref.overfitting import accuracy, compute_cost, predict

STEPS = 2500

ON_MOONS = (
    "Each draw has its own half moons (120 points to train on, 200 to validate, 5,000 to test) "
    "and its own He start of the network [2, 20, 8, 1]. All rows of a draw share both.",
    f"Training: rate 0.05, momentum 0.9, {STEPS:,} steps, all points at once.",
)
CHOSEN = (
    "In the row '{setting} chosen' each draw takes the {setting} of the rows above with the most "
    "right answers on its validation points; of equal ones the one with the lowest cost there."
)
GAP = "gap: train minus test."


def on_moons(seed, *, m=120, units=20, every=STEPS, **functions):
    """Train the notebooks' network on one draw of the half moons; return the `Run`.

    Parameters
    ----------
    seed : int
        The seed of the points, of the start and of whatever is drawn on the way.
    m, units : int
        How many points to train on, and units in the first hidden layer.
    every : int
        Record each so many steps.
    **functions
        Other functions for `fit`, such as ``backward``.
    """
    data = moons(seed, m=m)
    np.random.seed(seed)
    return fit(
        data.train,
        initialize_parameters_he([2, units, 8, 1]),
        learning_rate=0.05,
        momentum=0.9,
        steps=STEPS,
        cost=compute_cost,
        predict=predict,
        accuracy=accuracy,
        watch={"validation": data.validation, "test": data.test},
        every=every,
        **functions,
    )


def with_penalty(lambd):
    """Return the functions for `fit` that train with the L2 penalty."""
    return {
        "backward": lambda X, Y, cache: backward_propagation_with_regularization(X, Y, cache, lambd)
    }


def with_dropout(keep_prob):
    """Return the functions for `fit` that train with dropout."""
    return {
        "forward": lambda X, parameters: forward_propagation_with_dropout(X, parameters, keep_prob),
        "backward": lambda X, Y, cache: backward_propagation_with_dropout(X, Y, cache, keep_prob),
    }


def shares(run, record=-1):
    """Return the right answers of one record in percent, their gap, and the test cost."""
    train, test = (100 * run.accuracies[part][record] for part in ("train", "test"))
    return {
        "train, %": train,
        "test, %": test,
        "gap": train - test,
        "test cost": run.costs["test"][record],
    }


def chosen_on_validation(runs):
    """Return the setting whose run is right on most validation points.

    Of equal ones it is the one with the lowest cost there.

    Parameters
    ----------
    runs : dict of float to Run
    """

    def order(setting):
        run = runs[setting]
        return -run.accuracies["validation"][-1], run.costs["validation"][-1]

    return min(runs, key=order)
