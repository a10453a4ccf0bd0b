"""The exercises of the notebook ``dropout``."""

import numpy as np

from autograders import nets
from autograders.exercise import Exercise, Question
from autograders.exercises.overfitting import ZERO_NET
from autograders.mistakes import dropout as mistakes
from autograders.right import dropout as right


def _forward(says, sizes, m, seed, check="dropout_arithmetic", **named):
    X, parameters = nets.inputs(sizes[0], m, seed), nets.parameters(sizes, seed)
    arguments = {"X": X, "parameters": parameters, **named}
    expected = nets.masked_forward(X, parameters)
    return Question(says, arguments, check, by_name=tuple(named), seed=seed, expected=expected)


def _backward(says, sizes, m, keep_prob, seed):
    X = nets.inputs(sizes[0], m, seed)
    cache = nets.cache_with_masks(X, nets.parameters(sizes, seed), keep_prob, seed)
    arguments = {"X": X, "Y": nets.classes(m, seed), "cache": cache, "keep_prob": keep_prob}
    return Question(says, arguments)


EXERCISES = [
    Exercise(
        "forward_propagation_with_dropout",
        8,
        [
            _forward("for keep_prob = 0.7", [3, 4, 5, 1], 5, 1, keep_prob=0.7),
            _forward("for keep_prob not given", [2, 5, 4, 1], 6, 2),
            _forward("for keep_prob = 1 and 1 example", [2, 4, 3, 1], 1, 3, keep_prob=1.0),
            _forward("for many units, keep_prob not given", [3, 60, 50, 1], 150, 4, "fresh_masks"),
            _forward(
                "for many units and keep_prob = 0.85",
                [3, 60, 50, 1],
                150,
                5,
                "fresh_masks",
                keep_prob=0.85,
            ),
            _forward(
                "for many units and keep_prob = 1",
                [3, 60, 50, 1],
                20,
                6,
                "fresh_masks",
                keep_prob=1.0,
            ),
        ],
        mistakes.FORWARD,
        right.FORWARD,
    ),
    Exercise(
        "backward_propagation_with_dropout",
        5,
        [
            _backward("for keep_prob = 0.8", [3, 4, 5, 1], 5, 0.8, 1),
            _backward("for keep_prob = 0.5", [2, 5, 4, 1], 7, 0.5, 2),
            _backward("for keep_prob = 1", [2, 4, 3, 1], 4, 1.0, 3),
            _backward("for 1 example", [2, 6, 6, 1], 1, 0.6, 4),
        ],
        mistakes.BACKWARD,
        right.BACKWARD,
    ),
    Exercise(
        "predict_without_dropout",
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
                {"X": np.zeros((2, 3)), "parameters": ZERO_NET},
            ),
            Question(
                "for 60 points",
                {"X": nets.inputs(2, 60, 6), "parameters": nets.parameters([2, 8, 6, 1], 9)},
            ),
        ],
        mistakes.PREDICT,
        right.PREDICT,
    ),
]
