"""The exercises of the notebook ``initialization``."""

import numpy as np

from autograders.exercise import Exercise, Question
from autograders.mistakes import initialization as mistakes
from autograders.nets import normal_layers
from autograders.right import initialization as right

DEEP = [5, 4, 6, 3, 2, 4, 5, 2, 3, 4, 3, 2, 1]
WIDE = [100, 400, 50, 200]


def _he(sizes):
    return normal_layers(sizes, np.sqrt(2 / np.array(sizes[:-1])))


def _same(sizes, scale):
    return normal_layers(sizes, [scale] * len(sizes))


EXERCISES = [
    Exercise(
        "initialize_parameters_zeros",
        4,
        [
            Question("for the layers [2, 10, 5, 1]", {"layers_dim": [2, 10, 5, 1]}),
            Question("for the layers (3, 2, 1), a tuple", {"layers_dim": (3, 2, 1)}),
            Question("for the layers [4, 1]", {"layers_dim": [4, 1]}),
            Question("for a network of 12 layers", {"layers_dim": DEEP}),
        ],
        mistakes.ZEROS,
        right.ZEROS,
    ),
    Exercise(
        "initialize_parameters_random",
        4,
        [
            Question(
                "for the layers [3, 2, 1]",
                {"layers_dim": [3, 2, 1]},
                seed=3,
                expected=_same([3, 2, 1], 10),
            ),
            Question(
                "for the layers (2, 4, 3, 1) and scale 0.5",
                {"layers_dim": (2, 4, 3, 1), "scale": 0.5},
                seed=4,
                by_name=("scale",),
                expected=_same([2, 4, 3, 1], 0.5),
            ),
            Question(
                "for a network of 12 layers",
                {"layers_dim": DEEP},
                seed=5,
                expected=_same(DEEP, 10),
            ),
            Question(
                "for many draws",
                {"layers_dim": WIDE},
                "normal_draws",
                seed=6,
                expected=_same(WIDE, 10),
            ),
            Question(
                "for many draws and scale 0.5",
                {"layers_dim": WIDE, "scale": 0.5},
                "normal_draws",
                seed=7,
                expected=_same(WIDE, 0.5),
            ),
        ],
        mistakes.RANDOM,
        right.RANDOM,
    ),
    Exercise(
        "initialize_parameters_he",
        8,
        [
            Question(
                "for the layers [2, 4, 1]",
                {"layers_dim": [2, 4, 1]},
                seed=3,
                expected=_he([2, 4, 1]),
            ),
            Question(
                "for the layers (3, 8, 5, 1), a tuple",
                {"layers_dim": (3, 8, 5, 1)},
                seed=4,
                expected=_he([3, 8, 5, 1]),
            ),
            Question(
                "for a network of 12 layers", {"layers_dim": DEEP}, seed=5, expected=_he(DEEP)
            ),
            Question(
                "for many draws",
                {"layers_dim": WIDE},
                "normal_draws",
                seed=6,
                expected=_he(WIDE),
            ),
        ],
        mistakes.HE,
        right.HE,
    ),
]
