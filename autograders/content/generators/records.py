"""Questions to `early_stopping`: where training stops, and which record is the best then."""

import numpy as np

from autograders.course.exercise import Question
from lab.language import Said

HAIR = 1e-7  # float32 can still tell it
STOP, EQUAL, NEVER = "stop", "equal", "never"
RECORDS = "for {count} records, patience {patience}"


def _stop(part, says, validation_costs, patience):
    given = {"validation_costs": validation_costs, "patience": patience}
    return Question(part, says, given, "undisturbed" if part == NEVER else "values")


def _story(rng, patience):
    """Return costs that tell most ways to count from each other.

    They fall; twice they are no better for fewer records than the patience, with dips that
    are no new best, and then reach a new one; they are no better until the stop. After it
    comes a lower one, then more than the patience that are no better, and the lowest last.
    """
    costs = np.sort(rng.uniform(0.5, 0.9, int(rng.randint(2, 5))))[::-1].tolist()
    for wait in (patience - 2, patience - 1):
        worse = costs[-1] * rng.uniform(1.05, 1.6, wait)
        costs += [*worse, costs[-1] * rng.uniform(0.7, 0.9)]
    best = costs[-1]
    costs += [*best * rng.uniform(1.05, 1.6, patience), best * rng.uniform(0.5, 0.6)]
    costs += [*best * rng.uniform(0.7, 0.9, patience + 1), best * rng.uniform(0.1, 0.4)]
    return [round(float(cost), 3) for cost in costs]


def fresh(rng):
    """Ask about other records."""
    patience = rng.permutation([2, 3, 4, 5]).tolist()
    stories = [_story(rng, p) for p in patience]
    low, high = 0.3 + round(rng.uniform(0, 0.1), 2), 0.6 + round(rng.uniform(0, 0.2), 2)
    p = int(rng.randint(3, 6))
    fall = [round(high + (p + 1 - i) / 5, 2) for i in range(p + 2)]
    falling = np.round(np.sort(rng.uniform(0.2, 0.9, int(rng.randint(5, 9))))[::-1], 4)
    walk = np.round(0.4 + 0.3 * rng.uniform(size=30), 1)
    return [
        *(
            _stop(
                STOP,
                Said(RECORDS, count=len(s), patience=q),
                s,
                q,
            )
            for s, q in zip(stories, patience, strict=True)
        ),
        _stop(STOP, "for an array", np.array(_story(rng, 3)), 3),
        _stop(STOP, "after a long fall", [*fall, low, *[low + 0.05] * (p - 1), low - 0.1, low], p),
        _stop(STOP, "for a patience of 1", [high, low, low + 0.1, low - 0.1, low - 0.2], 1),
        _stop(STOP, "for a patience of 2,000", [high, low, *[high] * 2000, low - 0.1], 2000),
        _stop(STOP, "where the first record is best", [low, *[high] * p, low - 0.1], p),
        _stop(STOP, "where the second best comes in time", [low, *[high] * (p - 1), low - 0.1], p),
        _stop(STOP, "where the lowest cost is 0", [high, 0.0, *[low] * p, -low], p),
        _stop(STOP, "for large costs", [1e10 * cost for cost in _story(rng, 3)], 3),
        _stop(STOP, "for negative costs", [cost - 2 for cost in _story(rng, 4)], 4),
        # the second of the equal ones would put off the stop until after the lower cost
        _stop(EQUAL, "where costs are equal", [high, low, *[low] * p, low - 0.1], p),
        _stop(EQUAL, "where costs are equal later", [high, low, high, low, high], 9),
        _stop(EQUAL, "where many costs are equal", walk.tolist(), int(rng.randint(4, 9))),
        _stop(EQUAL, "where a cost is lower by a hair", [high, low, low - HAIR, *[high] * p], p),
        _stop(NEVER, "where the cost never rises", falling.tolist(), 2),
        _stop(NEVER, "where the records end before the stop", [high, low, *[high] * (p - 1)], p),
        _stop(NEVER, "for 1 record", [low], p),
    ]


SHIPPED = [
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
    _stop(STOP, "where a better one follows the first in time", [0.5, 0.6, 0.4], 2),
    _stop(STOP, "where the lowest cost is 0", [0.4, 0.0, 0.3, 0.2, -0.1], 2),
    _stop(STOP, "for an array", np.array([0.9, 0.8, 0.85, 0.7, 0.75, 0.8, 0.9, 0.1]), 3),
    _stop(EQUAL, "where two records are equally good", [0.8, 0.4, 0.5, 0.4, 0.4, 0.3], 4),
    _stop(EQUAL, "where an equal cost is no improvement", [0.8, 0.4, 0.4, 0.4, 0.3], 2),
    _stop(
        EQUAL,
        "where a cost is lower by a hair",
        [0.6, 0.4, 0.4 - HAIR, 0.5, 0.5, 0.5],
        3,
    ),
    _stop(NEVER, "where the cost never rises", [0.9, 0.7, 0.6, 0.55], 2),
    _stop(NEVER, "where the records end before the stop", [0.8, 0.3, 0.6, 0.3], 4),
    _stop(NEVER, "for 1 record", [0.7], 3),
]
