"""The exercises of the notebook ``l2_regularization``."""

import numpy as np

from autograders import nets
from autograders.exercise import Exercise, Question
from autograders.mistakes import l2_regularization as mistakes
from autograders.right import l2_regularization as right
from lab.expected import Between


def _cost(says, sizes, m, lambd, seed):
    arguments = {
        "A3": nets.probabilities(m, seed),
        "Y": nets.classes(m, seed),
        "parameters": nets.parameters(sizes, seed),
        "lambd": lambd,
    }
    return Question(says, arguments)


def _backward(says, sizes, m, lambd, seed):
    X = nets.inputs(sizes[0], m, seed)
    arguments = {
        "X": X,
        "Y": nets.classes(m, seed),
        "cache": nets.cache(X, nets.parameters(sizes, seed)),
        "lambd": lambd,
    }
    return Question(says, arguments)


def _factor(says, learning_rate, lambd, m):
    return Question(says, {"learning_rate": learning_rate, "lambd": lambd, "m": m})


SATURATED = {
    "A3": np.array([[0.0, 1.0, 0.5]]),
    "Y": np.array([[0.0, 1.0, 1.0]]),
    "parameters": nets.parameters([2, 3, 1], 8),
    "lambd": 0.7,
}

# a third of ln 2, the two certain answers cost nothing; any clip from 1e-15 to 1e-7 stays inside
_SQUARES = sum(np.sum(np.square(SATURATED["parameters"][name])) for name in ("W1", "W2"))
_COST = np.log(2) / 3 + 0.7 / (2 * 3) * _SQUARES
SATURATED_COST = Between(float(_COST - 1e-6), float(_COST + 1e-6))

EXERCISES = [
    Exercise(
        "compute_cost_with_regularization",
        6,
        [
            _cost("for 5 examples and lambd = 0.7", [3, 4, 2, 1], 5, 0.7, 1),
            _cost("for 1 example and lambd = 2", [2, 3, 1], 1, 2.0, 2),
            _cost("for lambd = 0", [2, 4, 3, 1], 6, 0.0, 3),
            _cost("for one layer and lambd = 30", [4, 1], 7, 30.0, 4),
            _cost("for 12 layers", [2, 3, 2, 4, 3, 2, 3, 2, 3, 2, 3, 2, 1], 8, 1.5, 5),
            Question("where A3 is exactly 0 and 1", SATURATED, expected=SATURATED_COST),
        ],
        mistakes.COST,
        right.COST,
    ),
    Exercise(
        "backward_propagation_with_regularization",
        8,
        [
            _backward("for 5 examples and lambd = 0.7", [3, 4, 2, 1], 5, 0.7, 1),
            _backward("for 1 example and lambd = 2", [2, 3, 2, 1], 1, 2.0, 2),
            _backward("for lambd = 0", [2, 4, 3, 1], 6, 0.0, 3),
            _backward("for lambd = 25", [4, 5, 4, 1], 7, 25.0, 4),
        ],
        mistakes.BACKWARD,
        right.BACKWARD,
    ),
    Exercise(
        "weight_decay_factor",
        2,
        [
            _factor("for learning_rate 0.1, lambd 0.7, m 120", 0.1, 0.7, 120),
            _factor("for lambd = 0", 0.05, 0.0, 10),
            _factor("where learning_rate * lambd is above m", 2.0, 30.0, 5),
            _factor("for 1 example", 0.01, 3.0, 1),
        ],
        mistakes.FACTOR,
        right.FACTOR,
    ),
]
