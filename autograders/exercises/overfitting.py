"""The exercises of the notebook ``overfitting``."""

import numpy as np

from autograders import nets
from autograders.exercise import Exercise, Question
from autograders.mistakes import overfitting as mistakes
from autograders.right import overfitting as right
from lab.expected import Between

# what clips from 1e-7 to 1e-15 make of a certain answer that is wrong, with room for rounding
CERTAIN_AND_WRONG = Between(-np.log(1e-7) * 0.999, -np.log(1e-15) * 1.001)
CERTAIN_AND_RIGHT = Between(-2e-7, 2e-7)
ZERO_NET = {name: 0 * array for name, array in nets.parameters([2, 3, 2, 1], 0).items()}


def _stop(says, validation_costs, patience):
    return Question(says, {"validation_costs": validation_costs, "patience": patience})


EXERCISES = [
    Exercise(
        "compute_cost",
        5,
        [
            Question(
                "for 4 examples",
                {"A3": np.array([[0.9, 0.2, 0.6, 0.3]]), "Y": np.array([[1.0, 0.0, 0.0, 1.0]])},
            ),
            Question("for 1 example", {"A3": np.array([[0.25]]), "Y": np.array([[1.0]])}),
            Question(
                "for 30 examples", {"A3": nets.probabilities(30, 1), "Y": nets.classes(30, 2)}
            ),
            Question(
                "where a probability is close to 0 or 1",
                {"A3": np.array([[1e-4, 0.9999, 0.5]]), "Y": np.array([[1.0, 0.0, 1.0]])},
            ),
            Question(
                "where A3 is exactly 0 and 1, and wrong",
                {"A3": np.array([[0.0, 1.0]]), "Y": np.array([[1.0, 0.0]])},
                expected=CERTAIN_AND_WRONG,
            ),
            Question(
                "where A3 is exactly 0 and 1, and right",
                {"A3": np.array([[0.0, 1.0]]), "Y": np.array([[0.0, 1.0]])},
                expected=CERTAIN_AND_RIGHT,
            ),
        ],
        mistakes.COST,
        right.COST,
    ),
    Exercise(
        "predict",
        3,
        [
            Question(
                "for 7 points",
                {"X": nets.inputs(2, 7, 1), "parameters": nets.parameters([2, 4, 3, 1], 2)},
            ),
            Question(
                "for 1 point",
                {"X": nets.inputs(3, 1, 3), "parameters": nets.parameters([3, 5, 2, 1], 4)},
            ),
            Question(
                "where the probability is exactly 0.5",
                {"X": nets.inputs(2, 3, 5), "parameters": ZERO_NET},
            ),
            Question(
                "for 40 points",
                {"X": nets.inputs(2, 40, 6), "parameters": nets.parameters([2, 6, 4, 1], 9)},
            ),
        ],
        mistakes.PREDICT,
        right.PREDICT,
    ),
    Exercise(
        "accuracy",
        3,
        [
            Question(
                "for 3 right answers of 4",
                {
                    "predictions": np.array([[1.0, 0.0, 0.0, 1.0]]),
                    "Y": np.array([[1.0, 0.0, 1.0, 1.0]]),
                },
            ),
            Question("for 1 example", {"predictions": np.array([[1.0]]), "Y": np.array([[0.0]])}),
            Question(
                "where all are right",
                {"predictions": np.array([[0.0, 0.0, 1.0]]), "Y": np.array([[0.0, 0.0, 1.0]])},
            ),
            Question(
                "for bool predictions of 25 examples",
                {"predictions": nets.classes(25, 1) > 0.5, "Y": nets.classes(25, 7)},
            ),
            Question(
                "for int predictions of class 0",
                {"predictions": np.zeros((1, 5), int), "Y": np.array([[0.0, 0.0, 1.0, 0.0, 1.0]])},
            ),
        ],
        mistakes.ACCURACY,
        right.ACCURACY,
    ),
    Exercise(
        "early_stopping",
        5,
        [
            _stop("where the cost falls, then rises", [0.7, 0.5, 0.4, 0.45, 0.5, 0.6], 2),
            _stop("where the cost never rises", [0.9, 0.7, 0.6, 0.55], 2),
            _stop("where a better record comes after the stop", [0.6, 0.5, 0.52, 0.53, 0.3], 2),
            _stop("where a better record comes in time", [0.6, 0.5, 0.52, 0.53, 0.3, 0.4], 3),
            _stop("where two records are equally good", [0.8, 0.4, 0.5, 0.4, 0.4, 0.3], 4),
            _stop("where an equal cost is no improvement", [0.8, 0.4, 0.4, 0.4, 0.3], 3),
            _stop("for a patience of 1", [0.5, 0.4, 0.45, 0.2], 1),
            _stop("where small dips are no new best", [0.5, 0.3, 0.9, 0.8, 0.7, 0.2], 3),
            _stop("for 1 record", [0.7], 3),
            _stop("for an array", np.array([0.9, 0.8, 0.85, 0.7, 0.75, 0.8, 0.9, 0.1]), 3),
            _stop("where the first record is the best", [0.2, 0.4, 0.3, 0.1], 2),
        ],
        mistakes.STOPPING,
        right.STOPPING,
    ),
]
