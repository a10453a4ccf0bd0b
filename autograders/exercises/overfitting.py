"""The exercises of the notebook ``overfitting``."""

import numpy as np

from autograders import nets
from autograders.exercise import Exercise, Question
from autograders.hints import overfitting as hints
from autograders.mistakes import overfitting as mistakes
from autograders.predicting import CLASSES, HALF, fresh_classes, half_sure, points
from autograders.right import overfitting as right
from lab.examples import Part
from lab.expected import Between

MEAN, ENDS = "mean", "ends"
SHARE, KINDS = "share", "kinds"
STOP, EQUAL, NEVER = "stop", "equal", "never"


def certain_cost(A3, Y, penalty=0.0):
    """Expect what clips from 1e-7 to 1e-15 make of probabilities of exactly 0 and 1.

    Parameters
    ----------
    A3, Y : ndarray, shape (1, m)
    penalty : float
        Added to the cost.
    """
    costs = []
    for clip in (1e-7, 1e-15):
        A = np.clip(A3, clip, 1 - clip)
        costs.append(float(np.mean(-np.log(np.where(Y == 1, A, 1 - A)))) + penalty)
    # room for log(A3 + 1e-12), which is a little below 0 where A3 is right, and for rounding
    return Between(costs[0] * 0.999 - 2e-7, costs[1] * 1.001 + 2e-7)


def ends(draw, m):
    """Return A3 and Y (1, m) where A3 is exactly 0 and 1, one each of right and wrong at least."""
    Y = nets.classes(m, nets.seed(draw))
    A3 = np.where(draw.uniform(size=(1, m)) < 0.5, Y, 1 - Y)
    zero, one = np.flatnonzero(Y == 0), np.flatnonzero(Y == 1)
    A3[0, [zero[0], one[0]]] = 1, 0
    A3[0, [zero[1], one[1]]] = 0, 1
    return A3, Y


def _cost(says, A3, Y):
    return Question(MEAN, says, {"A3": A3, "Y": Y})


def _ends(says, A3, Y):
    return Question(ENDS, says, {"A3": A3, "Y": Y}, expected=certain_cost(A3, Y))


def _fresh_cost(draw):
    m, large = int(draw.randint(6, 20)), int(draw.randint(300, 600))
    seed = nets.seed
    right = nets.classes(m, seed(draw))
    near, Y = 10 ** draw.uniform(-5.5, -3, (1, 8)), nets.classes(8, seed(draw))
    near[0, ::2] = 1 - near[0, ::2]
    near[0, :2], Y[0, :2] = (1 - 2e-6, 2e-6), (0, 1)  # as sure and as wrong as is judged exactly
    return [
        _cost(f"for {m} examples", nets.probabilities(m, seed(draw)), nets.classes(m, seed(draw))),
        _cost("for 1 example", nets.probabilities(1, seed(draw)), np.ones((1, 1))),
        _cost("for 1 example of class 0", nets.probabilities(1, seed(draw)), np.zeros((1, 1))),
        _cost("for many examples", draw.uniform(0.01, 0.99, (1, large)), nets.classes(large, m)),
        _cost("where probabilities are close to 0 or 1", near, Y),
        _ends("where A3 is exactly 0 and 1", *ends(draw, int(draw.randint(6, 12)))),
        _ends("where A3 is exactly 0 and 1, and right", right.copy(), right),
        _ends("where A3 is exactly 0", np.zeros((1, m)), nets.classes(m, seed(draw))),
    ]


def _fresh_accuracy(draw):
    # a share of so many, but none or all, has no end as a decimal number: rounding shows
    m, large = (int(draw.choice(each)) for each in ((7, 11, 13, 17, 19), (101, 131, 179, 229, 293)))
    seeds = [nets.seed(draw) for _ in range(4)]
    right = nets.classes(m, seeds[2])
    some = {"predictions": nets.classes(m, seeds[0]), "Y": nets.classes(m, seeds[1])}
    some["predictions"][0, 0] = 1 - some["Y"][0, 0]  # one wrong answer at least
    some["predictions"][0, 1] = some["Y"][0, 1] = 0  # and a right one of class 0
    most = np.where(draw.uniform(size=(1, large)) < 0.2, 0.0, nets.classes(large, m))
    return [
        Question(SHARE, f"for {m} examples", some),
        Question(SHARE, "for many", {"predictions": most, "Y": nets.classes(large, m)}),
        Question(SHARE, "where all are wrong", {"predictions": 1 - right, "Y": right}),
        Question(KINDS, "for bool predictions", {"predictions": right > 0.5, "Y": some["Y"]}),
        Question(KINDS, "for int predictions", {"predictions": right.astype(int), "Y": right}),
        Question(KINDS, "for 1 example", {"predictions": np.zeros((1, 1)), "Y": np.zeros((1, 1))}),
    ]


def _stop(part, says, validation_costs, patience):
    return Question(part, says, {"validation_costs": validation_costs, "patience": patience})


def _story(draw, patience):
    """Return costs that tell most ways to count from each other.

    They fall; twice they are no better for fewer records than the patience, with dips that
    are no new best, and then reach a new one; they are no better until the stop. After it
    comes a lower one, then more than the patience that are no better, and the lowest last.
    """
    costs = np.sort(draw.uniform(0.5, 0.9, int(draw.randint(2, 5))))[::-1].tolist()
    for wait in (patience - 2, patience - 1):
        worse = costs[-1] * draw.uniform(1.05, 1.6, wait)
        costs += [*worse, costs[-1] * draw.uniform(0.7, 0.9)]
    best = costs[-1]
    costs += [*best * draw.uniform(1.05, 1.6, patience), best * draw.uniform(0.5, 0.6)]
    costs += [*best * draw.uniform(0.7, 0.9, patience + 1), best * draw.uniform(0.1, 0.4)]
    return [round(float(cost), 3) for cost in costs]


def _fresh_stopping(draw):
    patience = draw.permutation([2, 3, 4, 5]).tolist()
    stories = [_story(draw, p) for p in patience]
    low, high = 0.3 + round(draw.uniform(0, 0.1), 2), 0.6 + round(draw.uniform(0, 0.2), 2)
    p = int(draw.randint(3, 6))
    fall = [round(high + (p + 1 - i) / 5, 2) for i in range(p + 2)]
    falling = np.round(np.sort(draw.uniform(0.2, 0.9, int(draw.randint(5, 9))))[::-1], 4)
    walk = np.round(0.4 + 0.3 * draw.uniform(size=30), 1)
    return [
        *(
            _stop(STOP, f"for {len(s)} records, patience {q}", s, q)
            for s, q in zip(stories, patience, strict=True)
        ),
        _stop(STOP, "for an array", np.array(_story(draw, 3)), 3),
        _stop(STOP, "after a long fall", [*fall, low, *[low + 0.05] * (p - 1), low - 0.1, low], p),
        _stop(STOP, "for a patience of 1", [high, low, low + 0.1, low - 0.1, low - 0.2], 1),
        _stop(STOP, "for a patience of 300", [high, low, *[high] * 300, low - 0.1], 300),
        _stop(STOP, "where the first record is best", [low, *[high] * p, low - 0.1], p),
        _stop(STOP, "for large costs", [1e10 * cost for cost in _story(draw, 3)], 3),
        _stop(STOP, "for negative costs", [cost - 2 for cost in _story(draw, 4)], 4),
        # the second of the equal ones would put off the stop until after the lower cost
        _stop(EQUAL, "where costs are equal", [high, low, *[low] * p, low - 0.1], p),
        _stop(EQUAL, "where costs are equal later", [high, low, high, low, high], 9),
        _stop(EQUAL, "where many costs are equal", walk.tolist(), int(draw.randint(4, 9))),
        _stop(EQUAL, "where a cost is lower by a hair", [high, low, low - 1e-9, *[high] * p], p),
        _stop(NEVER, "where the cost never rises", falling.tolist(), 2),
        _stop(NEVER, "where the records end before the stop", [high, low, *[high] * (p - 1)], p),
        _stop(NEVER, "for 1 record", [low], p),
    ]


EXERCISES = [
    Exercise(
        "compute_cost",
        {
            MEAN: Part("the mean cross-entropy", 4),
            ENDS: Part("a finite cost where A3 is exactly 0 or 1", 1),
        },
        [
            _cost("for 4 examples", np.array([[0.9, 0.2, 0.6, 0.3]]), np.array([[1.0, 0, 0, 1]])),
            _cost("for 1 example", np.array([[0.25]]), np.array([[1.0]])),
            _cost("for 30 examples", nets.probabilities(30, 1), nets.classes(30, 2)),
            _cost(
                "where a probability is close to 0 or 1",
                np.array([[2e-6, 1 - 2e-6, 1e-4, 0.5]]),
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
            _ends("where A3 is exactly 0", np.array([[0.0, 0.0, 0.5]]), np.array([[0.0, 1, 1]])),
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
                {"predictions": nets.classes(25, 1) > 0.5, "Y": nets.classes(25, 7)},
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
        ],
        _fresh_accuracy,
        mistakes.ACCURACY,
        right.ACCURACY,
        hints.ACCURACY,
    ),
    Exercise(
        "early_stopping",
        {
            STOP: Part("the best record at the moment of the stop", 3),
            EQUAL: Part("an equal cost is no improvement, a slightly lower one is", 1),
            NEVER: Part("the best of all where it never stops", 1),
        },
        [
            _stop(STOP, "where the cost falls, then rises", [0.7, 0.5, 0.4, 0.45, 0.5, 0.6], 2),
            _stop(
                STOP,
                "where a better record comes too late",
                [0.6, 0.5, 0.52, 0.53, 0.3, 0.4, 0.4, 0.4, 0.1],
                2,
            ),
            _stop(STOP, "where a better one comes in time", [0.6, 0.5, 0.52, 0.53, 0.3, 0.4], 3),
            _stop(STOP, "for a patience of 1", [0.5, 0.4, 0.45, 0.2], 1),
            _stop(STOP, "where small dips are no new best", [0.5, 0.3, 0.9, 0.8, 0.7, 0.2], 3),
            _stop(STOP, "where a peak comes down slowly", [0.5, 0.3, 0.9, 0.8, 0.7, 0.6], 3),
            _stop(
                STOP,
                "where it waits more than once",
                [0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.65, 0.62, 0.1],
                2,
            ),
            _stop(
                STOP,
                "where the cost goes up and down",
                [0.5, 0.9, 0.4, 0.6, 0.3, 0.35, 0.36, 0.37, 0.1],
                3,
            ),
            _stop(STOP, "for large costs", [3e10, 2e10, 2.5e10, 2.6e10, 1e10], 2),
            _stop(STOP, "for negative costs", [-0.1, -0.5, -0.3, -0.2, -0.9], 2),
            _stop(STOP, "where the first record is the best", [0.2, 0.4, 0.3, 0.1], 2),
            _stop(STOP, "for an array", np.array([0.9, 0.8, 0.85, 0.7, 0.75, 0.8, 0.9, 0.1]), 3),
            _stop(EQUAL, "where two records are equally good", [0.8, 0.4, 0.5, 0.4, 0.4, 0.3], 4),
            _stop(EQUAL, "where an equal cost is no improvement", [0.8, 0.4, 0.4, 0.4, 0.3], 2),
            _stop(
                EQUAL,
                "where a cost is lower by a hair",
                [0.6, 0.4, 0.4 - 1e-9, 0.5, 0.5, 0.5],
                3,
            ),
            _stop(NEVER, "where the cost never rises", [0.9, 0.7, 0.6, 0.55], 2),
            _stop(NEVER, "where the records end before the stop", [0.8, 0.3, 0.6, 0.3], 4),
            _stop(NEVER, "for 1 record", [0.7], 3),
        ],
        _fresh_stopping,
        mistakes.STOPPING,
        right.STOPPING,
        hints.STOPPING,
    ),
]
