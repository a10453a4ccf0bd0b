"""The exercises of the notebook ``initialization``."""

import numpy as np

from autograders.content.alternatives import initialization as right
from autograders.content.generators.networks import normal_layers, seed, sizes
from autograders.content.hints import initialization as hints
from autograders.content.mistakes import initialization as mistakes
from autograders.course.exercise import Exercise, Question
from lab.judge.examples import Part

DEEP = [5, 4, 6, 3, 2, 4, 5, 2, 3, 4, 3, 2, 1]
WIDE = [100, 400, 50, 200]
NARROW = [1, 1500, 2, 1000, 3]  # here one input more or less makes a difference

FEWER = (20, 40, 70, 120)  # enough for the size of scale

SHAPES, DEPTH, DRAWS = "shapes", "depth", "draws"


def _zeros(part, says, layers_dim):
    check = "undisturbed" if part == DEPTH else "values"
    return Question(part, says, {"layers_dim": layers_dim}, check)


def _random(part, says, layers_dim, seed, check="values", by_name=True, **given):
    scale = given.get("scale", 10.0)
    return Question(
        part,
        says,
        {"layers_dim": layers_dim, **given},
        check,
        seed=seed,
        by_name=tuple(given) if by_name else (),
        expected=normal_layers(layers_dim, [scale] * len(layers_dim)),
    )


def _he(part, says, layers_dim, seed, check="values"):
    sigmas = np.sqrt(2 / np.array(layers_dim[:-1]))
    expected = normal_layers(layers_dim, sigmas)
    return Question(part, says, {"layers_dim": layers_dim}, check, seed=seed, expected=expected)


def _wide(rng, widths=(40, 90, 160, 250)):
    """Return layers with enough weights to judge the draws by, every width another one."""
    return (rng.permutation(widths) + rng.randint(0, 20, 4)).tolist()


def _deep(rng):
    """Return many layers, one of a single unit among them."""
    layers = sizes(rng, int(rng.randint(9, 13)))
    layers[int(rng.randint(1, len(layers) - 1))] = 1
    return layers


def _fresh_zeros(rng):
    return [
        _zeros(SHAPES, "for a network of 3 layers", sizes(rng, 2)),
        _zeros(SHAPES, "for a network of 2 layers, a tuple", tuple(sizes(rng, 1))),
        _zeros(DEPTH, "for a network of 1 layer", sizes(rng, 0)),
        _zeros(DEPTH, "for a deep network", _deep(rng)),
        _zeros(DEPTH, "for layers of one size", [int(rng.randint(2, 6))] * 4),
    ]


def _fresh_random(rng):
    small, large = float(rng.uniform(0.02, 0.8)), float(rng.uniform(20, 90))
    normal = "normal_draws"
    return [
        _random(SHAPES, "for a network of 3 layers", sizes(rng, 2), seed(rng)),
        _random(SHAPES, "for a tuple", tuple(sizes(rng, 1)), seed(rng), scale=2.5),
        _random(SHAPES, "for a deep network", _deep(rng), seed(rng)),
        _random(SHAPES, "for layers of one size", [int(rng.randint(2, 6))] * 4, seed(rng)),
        _random(SHAPES, "for layers of 1 unit", [1, 1, 1], seed(rng)),
        _random(DRAWS, "for many draws", _wide(rng), seed(rng), normal),
        *(
            _random(DRAWS, says, _wide(rng, FEWER), seed(rng), normal, by, scale=s)
            for says, s, by in (
                ("for many draws and a small scale", small, True),
                ("for many draws and a large scale", large, False),
            )
        ),
    ]


def _fresh_he(rng):
    narrow = rng.randint(1, 4, 2).tolist()
    return [
        _he(SHAPES, "for a network of 3 layers", sizes(rng, 2), seed(rng)),
        _he(SHAPES, "for a tuple", tuple(sizes(rng, 1)), seed(rng)),
        _he(SHAPES, "for a deep network", _deep(rng), seed(rng)),
        _he(SHAPES, "for layers of one size", [int(rng.randint(2, 6))] * 4, seed(rng)),
        _he(SHAPES, "for layers of 1 unit", [1, 1, 1], seed(rng)),
        _he(DRAWS, "for many draws", _wide(rng), seed(rng), "normal_draws"),
        _he(
            DRAWS,
            "for layers with few inputs",
            [1, 2000, narrow[0], 2000, 2, 2000, narrow[1]],
            seed(rng),
            "normal_draws",
        ),
    ]


EXERCISES = [
    Exercise(
        "initialize_parameters_zeros",
        {
            SHAPES: Part("zeros of the right shapes", 3),
            DEPTH: Part("the same for any number of layers", 1),
        },
        [
            _zeros(SHAPES, "for the layers [2, 10, 5, 1]", [2, 10, 5, 1]),
            _zeros(SHAPES, "for the layers (3, 2, 1), a tuple", (3, 2, 1)),
            _zeros(DEPTH, "for the layers [4, 1]", [4, 1]),
            _zeros(DEPTH, "for a network of 12 layers", DEEP),
            _zeros(DEPTH, "for layers of one size", [3, 3, 3]),
        ],
        _fresh_zeros,
        mistakes.ZEROS,
        right.ZEROS,
        hints.ZEROS,
    ),
    Exercise(
        "initialize_parameters_random",
        {
            SHAPES: Part("the shapes, and biases of zero", 1),
            DRAWS: Part("independent normal draws times scale", 3),
        },
        [
            _random(SHAPES, "for the layers [3, 2, 1]", [3, 2, 1], 3),
            _random(SHAPES, "for the layers (2, 4, 3, 1), scale 0.5", (2, 4, 3, 1), 4, scale=0.5),
            _random(SHAPES, "for a network of 12 layers", DEEP, 5),
            _random(SHAPES, "for layers of one size", [3, 3, 3], 8),
            _random(DRAWS, "for many draws", WIDE, 6, "normal_draws"),
            _random(DRAWS, "for many draws, scale 0.5", WIDE, 7, "normal_draws", scale=0.5),
        ],
        _fresh_random,
        mistakes.RANDOM,
        right.RANDOM,
        hints.RANDOM,
    ),
    Exercise(
        "initialize_parameters_he",
        {
            SHAPES: Part("the shapes, and biases of zero", 2),
            DRAWS: Part("independent normal draws of He's spread", 6),
        },
        [
            _he(SHAPES, "for the layers [2, 4, 1]", [2, 4, 1], 3),
            _he(SHAPES, "for the layers (3, 8, 5, 1), a tuple", (3, 8, 5, 1), 4),
            _he(SHAPES, "for a network of 12 layers", DEEP, 5),
            _he(SHAPES, "for layers of one size", [3, 3, 3], 8),
            _he(DRAWS, "for many draws", WIDE, 6, "normal_draws"),
            _he(DRAWS, "for layers with few inputs", NARROW, 7, "normal_draws"),
        ],
        _fresh_he,
        mistakes.HE,
        right.HE,
        hints.HE,
    ),
]
