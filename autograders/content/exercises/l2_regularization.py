"""The exercises of the notebook ``l2_regularization``."""

from dataclasses import replace

import numpy as np

from autograders.content.alternatives import l2_regularization as right
from autograders.content.exercises.overfitting import below, certain_cost, ends, near
from autograders.content.generators import networks
from autograders.content.hints import l2_regularization as hints
from autograders.content.mistakes import l2_regularization as mistakes
from autograders.course.exercise import Exercise, Question
from lab.judge.examples import Part
from lab.language import Said

PENALTY, DEPTH, ENDS = "penalty", "depth", "ends"
LAYERS = ("dW3", "dW2", "dW1")
OTHERS = "others"
GRADIENTS = ("dZ3", "db3", "dA2", "dZ2", "db2", "dA1", "dZ1", "db1")
FACTOR, LARGE = "factor", "large"


def _cost(part, says, sizes, m, lambd, seed, shuffled=False):
    parameters = networks.parameters(sizes, seed)
    arguments = {
        "A3": networks.probabilities(m, seed),
        "Y": networks.classes(m, seed),
        "parameters": networks.in_another_order(parameters, seed) if shuffled else parameters,
        "lambd": lambd,
    }
    return Question(part, says, arguments, "cost", below=below(arguments["A3"], arguments["Y"]))


def _near(A3, Y, sizes, seed):
    arguments = {"A3": A3, "Y": Y, "parameters": networks.parameters(sizes, seed), "lambd": 0.0}
    return Question(ENDS, "where A3 is close to 0 and 1, for lambd = 0", arguments, "cost")


def _ends(A3, Y, sizes, lambd, seed, says="where A3 is exactly 0 and 1"):
    parameters = networks.parameters(sizes, seed)
    squares = sum(np.sum(np.square(parameters[f"W{l}"])) for l in range(1, len(sizes)))
    arguments = {"A3": A3, "Y": Y, "parameters": parameters, "lambd": lambd}
    expected = certain_cost(A3, Y, lambd / (2 * Y.size) * float(squares))
    return Question(ENDS, says, arguments, "cost", expected=expected)


def _undisturbed(A3, Y, sizes, lambd, seed):
    question = _ends(A3, Y, sizes, lambd, seed, "where A3 is exactly 0 and 1, once more")
    return replace(question, check="undisturbed")


def _fresh_cost(rng):
    sizes, seed = networks.sizes, networks.seed
    m, deep = int(rng.randint(3, 15)), int(rng.randint(10, 12))
    n = int(rng.randint(2, 6))
    lambd = round(rng.uniform(0.2, 3), 2)
    A3, Y = ends(rng, 6)
    A3_near, Y_near = near(rng, 6)
    return [
        _cost(
            PENALTY,
            Said("for {m} examples and lambd = {lambd}", m=m, lambd=lambd),
            sizes(rng, 2),
            m,
            lambd,
            seed(rng),
        ),
        _cost(PENALTY, "for 1 example", sizes(rng, 2), 1, 2 * lambd, seed(rng)),
        _cost(PENALTY, "for many examples", sizes(rng, 2), 400, 50.0, seed(rng)),
        _cost(PENALTY, "for lambd = 0", sizes(rng, 2), m, 0.0, seed(rng)),
        _cost(DEPTH, "for one layer", sizes(rng, 0), m, lambd, seed(rng)),
        _cost(DEPTH, "for two layers", sizes(rng, 1), m, lambd, seed(rng)),
        _cost(DEPTH, "for a deep network", sizes(rng, deep), m, lambd, seed(rng)),
        _cost(
            PENALTY,
            Said("for {n} inputs and as many units", n=n),
            [n, n, n, 1],
            n,
            lambd,
            seed(rng),
        ),
        # here a W has the shape of a b
        _cost(DEPTH, "for layers of 1 unit", [1, *sizes(rng, 1), 1], m, lambd, seed(rng)),
        _cost(DEPTH, "for keys in another order", sizes(rng, 3), m, lambd, seed(rng), True),
        _near(A3_near, Y_near, sizes(rng, 2), seed(rng)),
        _ends(A3, Y, sizes(rng, 2), lambd, seed(rng)),
        _undisturbed(A3, Y, sizes(rng, 2), lambd, seed(rng)),
    ]


def _backward(says, sizes, m, lambd, seed, idle=False):
    """Ask once for each part of the gradients."""
    X, parameters = networks.inputs(sizes[0], m, seed), networks.parameters(sizes, seed)
    arguments = {
        "X": X,
        "Y": networks.classes(m, seed),
        "cache": networks.cache(X, networks.with_idle_units(parameters) if idle else parameters),
        "lambd": lambd,
    }
    return [
        *(Question(name, says, arguments, "gradients", keys=(name,)) for name in LAYERS),
        Question(OTHERS, says, arguments, "undisturbed_gradients", keys=GRADIENTS),
    ]


def _fresh_backward(rng):
    m, seed = int(rng.randint(4, 12)), networks.seed
    lambd = round(rng.uniform(0.2, 3), 2)
    nets_ = [networks.sizes(rng, 2, widest=6) for _ in range(4)]
    n = int(rng.randint(3, 6))
    square = [n, n, n, 1]
    nets_[2][2] = nets_[2][1]  # so that a W2 the wrong way round fits
    return [
        *_backward(
            Said("for {m} examples and lambd = {lambd}", m=m, lambd=lambd),
            nets_[0],
            m,
            lambd,
            seed(rng),
        ),
        *_backward("for 1 example", nets_[1], 1, 2 * lambd, seed(rng)),
        *_backward("for many examples and a large lambd", nets_[2], 200, 90.0, seed(rng)),
        *_backward("for lambd = 0", nets_[3], m, 0.0, seed(rng)),
        *_backward("where Z is exactly 0 in a unit", nets_[0], m, lambd, seed(rng), idle=True),
        *_backward(
            Said("for {n} inputs and as many units and examples", n=n), square, n, lambd, seed(rng)
        ),
        *_backward("for layers of 1 unit", [1, 1, 1, 1], m, lambd, seed(rng)),
    ]


def _factor(part, says, learning_rate, lambd, m):
    given = {"learning_rate": learning_rate, "lambd": lambd, "m": m}
    return Question(part, says, given, "undisturbed" if part == LARGE else "values")


def _fresh_factor(rng):
    rate, lambd = round(rng.uniform(0.01, 0.3), 3), round(rng.uniform(0.2, 5), 2)
    m = int(rng.choice([23, 37, 59, 83, 113, 151, 197, 251, 283]))  # rounding shows
    return [
        _factor(
            FACTOR,
            Said(
                "for learning_rate {learning_rate}, lambd {lambd}, m {m}",
                learning_rate=rate,
                lambd=lambd,
                m=m,
            ),
            rate,
            lambd,
            m,
        ),
        _factor(FACTOR, "for 1 example", rate, lambd / 10, 1),
        _factor(FACTOR, "for lambd = 0", rate, 0.0, m),
        _factor(LARGE, "where learning_rate * lambd is above m", 3.0, 10.0 * lambd + 9, 7),
    ]


SATURATED = np.array([[0.0, 1.0, 0.5]]), np.array([[0.0, 1.0, 1.0]])
SURE_AND_WRONG = np.array([[1.0, 0.0, 0.0]]), np.array([[0.0, 1.0, 0.0]])
NEAR = np.array([[2e-6, 0.998, 1e-4]]), np.array([[1.0, 0.0, 1.0]])
DEEP = [2, 3, 2, 4, 3, 2, 3, 2, 3, 2, 3, 2, 1]

EXERCISES = [
    Exercise(
        "compute_cost_with_regularization",
        {
            PENALTY: Part("the cost with the penalty, for three layers", 3),
            DEPTH: Part("the same for any number of layers", 2),
            ENDS: Part("the cost where A3 is close to 0 or 1, and a finite one at 0 and 1", 1),
        },
        [
            _cost(PENALTY, "for 5 examples and lambd = 0.7", [3, 4, 2, 1], 5, 0.7, 1),
            _cost(PENALTY, "for 1 example and lambd = 2", [2, 3, 2, 1], 1, 2.0, 2),
            _cost(PENALTY, "for lambd = 0", [2, 4, 3, 1], 6, 0.0, 3),
            _cost(PENALTY, "for 3 inputs and as many units", [3, 3, 3, 1], 3, 0.7, 13),
            _cost(DEPTH, "for one layer and lambd = 30", [4, 1], 7, 30.0, 4),
            _cost(DEPTH, "for two layers", [3, 5, 1], 4, 0.5, 6),
            _cost(DEPTH, "for 12 layers", DEEP, 8, 1.5, 5),
            _cost(DEPTH, "for layers of 1 unit", [1, 4, 1, 1], 6, 1.5, 10),
            _cost(DEPTH, "for keys in another order", [3, 4, 2, 1], 5, 0.7, 11, True),
            _near(*NEAR, [2, 3, 1], 12),
            _ends(*SATURATED, [2, 3, 1], 0.7, 8),
            _ends(*SURE_AND_WRONG, [2, 3, 1], 0.7, 9, "where A3 is exactly 0 and 1, and wrong"),
            _undisturbed(*SURE_AND_WRONG, [2, 2, 1], 0.7, 14),
        ],
        _fresh_cost,
        mistakes.COST,
        right.COST,
        hints.COST,
    ),
    Exercise(
        "backward_propagation_with_regularization",
        {
            "dW3": Part("dW3", 2, alone=True),
            "dW2": Part("dW2", 2, alone=True),
            "dW1": Part("dW1", 2, alone=True),
            OTHERS: Part("the other 8 gradients", 2, alone=True),
        },
        [
            *_backward("for 5 examples and lambd = 0.7", [3, 4, 2, 1], 5, 0.7, 1),
            *_backward("for 1 example and lambd = 2", [2, 3, 2, 1], 1, 2.0, 2),
            *_backward("for lambd = 0", [2, 4, 3, 1], 6, 0.0, 3),
            *_backward("for 3 inputs, units and examples each", [3, 3, 3, 1], 3, 1.5, 6),
            *_backward("for lambd = 25", [4, 5, 4, 1], 7, 25.0, 4),
            *_backward("where Z is exactly 0 in a unit", [3, 4, 3, 1], 5, 1.5, 5, idle=True),
        ],
        _fresh_backward,
        mistakes.BACKWARD,
        right.BACKWARD,
        hints.BACKWARD,
    ),
    Exercise(
        "weight_decay_factor",
        {
            FACTOR: Part("the factor", 1),
            LARGE: Part("the factor where it is negative", 1),
        },
        [
            _factor(FACTOR, "for learning_rate 0.1, lambd 0.7, m 120", 0.1, 0.7, 120),
            _factor(FACTOR, "for lambd = 0", 0.05, 0.0, 10),
            _factor(FACTOR, "for 1 example", 0.01, 3.0, 1),
            _factor(LARGE, "where learning_rate * lambd is above m", 2.0, 30.0, 5),
        ],
        _fresh_factor,
        mistakes.FACTOR,
        right.FACTOR,
        hints.FACTOR,
    ),
]
