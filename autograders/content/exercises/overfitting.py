"""The exercises of the notebook ``overfitting``."""

import numpy as np

from autograders.content.alternatives import overfitting as right
from autograders.content.generators import networks, records
from autograders.content.generators.predictions import (
    CLASSES,
    HALF,
    fresh_classes,
    half_sure,
    points,
)
from autograders.content.hints import overfitting as hints
from autograders.content.mistakes import overfitting as mistakes
from autograders.course.exercise import Exercise, Question
from lab.judge.examples import Part
from lab.judge.expected import Between
from lab.language import Said

MEAN, ENDS = "mean", "ends"
SHARE, KINDS = "share", "kinds"
CUT_OFF = "as cutting off at 1e-7 and at 1e-15 gives"
ADDED = 1e-5
"""As much may be added inside a logarithm where only the mean is asked for."""


def below(A3, Y):
    """Return by how much less the cost is where `ADDED` is added inside the logarithms."""
    return float(np.mean(np.log1p(ADDED / np.where(Y == 1, A3, 1 - A3))))


def near(rng, m):
    """Return A3 and Y (1, m), A3 as close to 0 and 1 as is judged exactly; the same in float32."""
    A3, Y = 10 ** rng.uniform(-5.5, -3, (1, m)), networks.classes(m, networks.seed(rng))
    A3[0, ::2] = 1 - A3[0, ::2]
    A3[0, :2], Y[0, :2] = (1 - 2e-6, 2e-6), (0, 1)
    return A3.astype(np.float32).astype(float), Y


def certain_cost(A3, Y, penalty=0.0):
    """Expect what clips from 1e-7 to 1e-15 make of probabilities of exactly 0 and 1.

    In float32 a clip to 1 - 1e-7 is one to 1 - 1.2e-7.

    Parameters
    ----------
    A3, Y : ndarray, shape (1, m)
    penalty : float
        Added to the cost.
    """
    costs = []
    for clip in (1.2e-7, 1e-15):
        A = np.clip(A3, clip, 1 - clip)
        costs.append(float(np.mean(-np.log(np.where(Y == 1, A, 1 - A)))) + penalty)
    # room for log(A3 + 1e-12), which is a little below 0 where A3 is right, and for rounding
    return Between(costs[0] * 0.999 - 2e-7, costs[1] * 1.001 + 2e-7, CUT_OFF)


def ends(rng, m):
    """Return A3 and Y (1, m) where A3 is exactly 0 and 1, one each of right and wrong at least."""
    Y = networks.classes(m, networks.seed(rng))
    A3 = np.where(rng.uniform(size=(1, m)) < 0.5, Y, 1 - Y)
    zero, one = np.flatnonzero(Y == 0), np.flatnonzero(Y == 1)
    A3[0, [zero[0], one[0]]] = 1, 0
    A3[0, [zero[1], one[1]]] = 0, 1
    return A3, Y


def _cost(says, A3, Y):
    return Question(MEAN, says, {"A3": A3, "Y": Y}, "cost", below=below(A3, Y))


def _near(A3, Y):
    says = "where probabilities are close to 0 and 1"
    return Question(ENDS, says, {"A3": A3, "Y": Y}, "cost")


def _ends(says, A3, Y):
    return Question(ENDS, says, {"A3": A3, "Y": Y}, "cost", expected=certain_cost(A3, Y))


def _undisturbed(A3, Y):
    says, given = "where A3 is exactly 0", {"A3": A3, "Y": Y}
    return Question(ENDS, says, given, "undisturbed", expected=certain_cost(A3, Y))


def _fresh_cost(rng):
    m, large = int(rng.randint(6, 20)), int(rng.randint(300, 600))
    seed = networks.seed
    right = networks.classes(m, seed(rng))
    return [
        _cost(
            Said("for {m} examples", m=m),
            networks.probabilities(m, seed(rng)),
            networks.classes(m, seed(rng)),
        ),
        _cost("for 1 example", networks.probabilities(1, seed(rng)), np.ones((1, 1))),
        _cost("for 1 example of class 0", networks.probabilities(1, seed(rng)), np.zeros((1, 1))),
        _cost("for many examples", rng.uniform(0.01, 0.99, (1, large)), networks.classes(large, m)),
        _near(*near(rng, 8)),
        _ends("where A3 is exactly 0 and 1", *ends(rng, int(rng.randint(6, 12)))),
        _ends("where A3 is exactly 0 and 1, and right", right.copy(), right),
        _undisturbed(np.zeros((1, m)), networks.classes(m, seed(rng))),
    ]


def _fresh_accuracy(rng):
    # a share of so many, but none or all, has no end as a decimal number: rounding shows
    m, large = (int(rng.choice(each)) for each in ((7, 11, 13, 17, 19), (101, 131, 179, 229, 293)))
    seeds = [networks.seed(rng) for _ in range(4)]
    right = networks.classes(m, seeds[2])
    some = {"predictions": networks.classes(m, seeds[0]), "Y": networks.classes(m, seeds[1])}
    some["predictions"][0, 0] = 1 - some["Y"][0, 0]  # one wrong answer at least
    some["predictions"][0, 1] = some["Y"][0, 1] = 0  # and a right one of class 0
    most = np.where(rng.uniform(size=(1, large)) < 0.2, 0.0, networks.classes(large, m))
    return [
        Question(SHARE, Said("for {m} examples", m=m), some),
        Question(SHARE, "for many", {"predictions": most, "Y": networks.classes(large, m)}),
        Question(SHARE, "where all are wrong", {"predictions": 1 - right, "Y": right}),
        Question(KINDS, "for bool predictions", {"predictions": right > 0.5, "Y": some["Y"]}),
        Question(KINDS, "for int predictions", {"predictions": right.astype(int), "Y": right}),
        *(
            Question(
                KINDS,
                says,
                {"predictions": np.full((1, 1), y), "Y": np.zeros((1, 1))},
                "undisturbed",
            )
            for says, y in (("for 1 right example", 0.0), ("for 1 wrong example", 1.0))
        ),
    ]


EXERCISES = [
    Exercise(
        "compute_cost",
        {
            MEAN: Part("the mean cross-entropy", 4),
            ENDS: Part("the cost where A3 is close to 0 or 1, and a finite one at 0 and 1", 1),
        },
        [
            _cost("for 4 examples", np.array([[0.9, 0.2, 0.6, 0.3]]), np.array([[1.0, 0, 0, 1]])),
            _cost("for 1 example", np.array([[0.25]]), np.array([[1.0]])),
            _cost("for 30 examples", networks.probabilities(30, 1), networks.classes(30, 2)),
            _near(
                np.array([[2e-6, float(np.float32(1 - 2e-6)), 1e-4, 0.5]]),
                np.array([[1.0, 0.0, 0.0, 1.0]]),
            ),
            _ends(
                "where A3 is exactly 0 and 1, and wrong",
                np.array([[0.0, 1.0]]),
                np.array([[1.0, 0.0]]),
            ),
            _ends(
                "where A3 is exactly 0 and 1, and right",
                np.array([[0.0, 1.0]]),
                np.array([[0.0, 1.0]]),
            ),
            _undisturbed(np.array([[0.0, 0.0, 0.5]]), np.array([[0.0, 1, 1]])),
        ],
        _fresh_cost,
        mistakes.COST,
        right.COST,
        hints.COST,
    ),
    Exercise(
        "predict",
        {
            CLASSES: Part("the class of each point", 2),
            HALF: Part("class 0 where the probability is exactly 0.5", 1),
        },
        [
            points("for 8 points", 2, 8, 1, [4, 3]),
            points("for 1 point", 3, 1, 3, [5, 2]),
            points("for 40 points", 2, 40, 6, [6, 4]),
            half_sure(),
        ],
        fresh_classes,
        mistakes.PREDICT,
        right.PREDICT,
        hints.PREDICT,
    ),
    Exercise(
        "accuracy",
        {
            SHARE: Part("the share of right answers", 2),
            KINDS: Part("the same for ints, bools and a single example", 1),
        },
        [
            Question(
                SHARE,
                "for 3 right answers of 4",
                {
                    "predictions": np.array([[1.0, 0.0, 0.0, 1.0]]),
                    "Y": np.array([[1.0, 0.0, 1.0, 1.0]]),
                },
            ),
            Question(
                SHARE,
                "where all are right",
                {"predictions": np.array([[0.0, 0.0, 1.0]]), "Y": np.array([[0.0, 0.0, 1.0]])},
            ),
            Question(
                SHARE,
                "where class 0 is predicted for all",
                {"predictions": np.zeros((1, 5)), "Y": np.array([[0.0, 0.0, 1.0, 0.0, 1.0]])},
            ),
            Question(
                KINDS,
                "for bool predictions of 25 examples",
                {"predictions": networks.classes(25, 1) > 0.5, "Y": networks.classes(25, 7)},
            ),
            Question(
                KINDS,
                "for int predictions",
                {"predictions": np.array([[1, 0, 1]]), "Y": np.array([[0.0, 0.0, 1.0]])},
            ),
            Question(
                KINDS,
                "for 1 example",
                {"predictions": np.array([[1.0]]), "Y": np.array([[0.0]])},
            ),
            Question(
                KINDS,
                "for 1 right example",
                {"predictions": np.array([[0.0]]), "Y": np.array([[0.0]])},
                "undisturbed",
            ),
        ],
        _fresh_accuracy,
        mistakes.ACCURACY,
        right.ACCURACY,
        hints.ACCURACY,
    ),
    Exercise(
        "early_stopping",
        {
            records.STOP: Part("the best record at the moment of the stop", 3),
            records.EQUAL: Part("an equal cost is no improvement, a slightly lower one is", 1),
            records.NEVER: Part("the best of all where it never stops", 1),
        },
        records.SHIPPED,
        records.fresh,
        mistakes.STOPPING,
        right.STOPPING,
        hints.STOPPING,
    ),
]
