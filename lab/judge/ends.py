"""The check of a cost with logarithms: what is done to probabilities near 0 and 1, by its size."""

import dataclasses
import math

import numpy as np

from lab.judge.ask import Ask, Case, Stopped
from lab.judge.expected import Number
from lab.judge.problems import Kind, Problem, found
from lab.judge.values import values

SMALLEST, LARGEST = 1e-15, 1e-7
"""Where probabilities may be cut off."""
MOST = 0.2
"""No probability is kept that far from 0; what looks like it is another mistake."""
ROOM = 1.25
"""Of the size that is measured: float32 makes 1.2e-7 of 1e-7."""


def cost(ask: Ask, case: Case) -> Problem | None:
    """The right cost; of a wrong one, what was added or cut off, if that is why.

    The loss of one example tells which probability was used for it: at exactly 0 the size
    itself. At three times that size, four times of it where it was added, else three.
    """
    problem = values(ask, case)
    if problem is None or problem.kind not in (Kind.WRONG_NUMBER, Kind.OUT_OF_RANGE):
        return problem
    for side in (0, 1):
        size = _used(ask, case, 0.0, side)
        if size is None or not 0 < size < MOST:
            continue
        share = (_used(ask, case, 3 * size, side) or 0.0) / size
        kind = {3: Kind.CUT_OFF, 4: Kind.ADDED}.get(round(share))
        if kind and abs(share - round(share)) < 0.01 and _matters(case, problem, kind, size):
            return found(kind, size=f"{size:.2g}")
    return problem


def _matters(case: Case, problem: Problem, kind: Kind, size: float) -> bool:
    """Tell whether a wrong result may come of the size alone."""
    allowed = SMALLEST / ROOM <= size <= LARGEST * ROOM
    if problem.kind is Kind.OUT_OF_RANGE or not isinstance(case.expected, Number):
        return not allowed
    if kind is Kind.CUT_OFF:
        return size > LARGEST * ROOM
    A3 = case.arguments["A3"]
    least = float(np.min(np.minimum(A3, 1 - A3)))
    off = abs(float(problem.fields["got"]) - case.expected.value)
    return 1e-6 * abs(case.expected.value) < 2 * size / least and off < 2 * size / least


def _used(ask: Ask, case: Case, probability: float, side: int) -> float | None:
    """Return the probability of the truth that the function uses where it is given this one."""
    Y = np.full((1, 1), float(1 - side))
    A3 = np.full((1, 1), abs(side - probability))
    alone = {"lambd": 0.0} if "lambd" in case.arguments else {}
    asked = dataclasses.replace(case, arguments={**case.arguments, "A3": A3, "Y": Y, **alone})
    try:
        return math.exp(-float(ask(asked).value))
    except (Stopped, TypeError, ValueError, OverflowError):
        return None
