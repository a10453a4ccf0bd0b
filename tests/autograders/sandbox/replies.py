"""What may come back from a student's process: honest replies, odd values, lies."""

import numpy as np

from autograders.course import cases
from lab.judge.answer import Answerer
from lab.judge.wire import pack, unpack

VALUES = [
    *(None, 0, 1.0, "text", True, [], {}, (), [1.0], object(), 10**400, 2**63, -1),
    *(float("nan"), float("inf"), np.float64("nan"), 1j),
    *(np.zeros(0), np.zeros((0, 0)), np.array(0.0), np.array([None]), np.zeros((1, 1))),
    *(np.full((3, 3), np.nan), np.zeros((2, 2, 2)), np.array(["a"]), np.zeros(1, "f4")),
    {"W1": None},
    (None,) * 14,
    (np.zeros((1, 5)), (np.zeros((3, 3)),) * 14),
    (np.zeros((1, 5)), tuple(object() for _ in range(14))),
    {name: np.zeros((2, 2)) for name in ("W1", "b1", "W2", "b2", "dW1", "dZ3")},
    {name: object() for name in ("W1", "b1", "dZ3", "dW3", "db3", "dA2")},
]
"""No right answer to any question."""


class Answering:
    """Stands for a session that answers with a function, and may change its replies."""

    def __init__(self, name, function, **lies):
        self._answer, self._lies = Answerer({name: function}), lies

    def ask(self, question):
        return pack({**unpack(self._answer(question)), **self._lies})


def examples_of(assignment, exercise, seed=0):
    """Return what the judge would ask."""
    fresh = exercise.fresh(np.random.RandomState(seed))
    return cases.asked(assignment, exercise, cases.answered(assignment, exercise, fresh))
