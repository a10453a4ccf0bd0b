"""The random generators that everybody shares: whether a call has seeded one anew."""

import random
from typing import Any

import numpy as np

FARTHEST = 5_000
"""After so many times 624 numbers nobody looks any further."""

State = tuple[np.ndarray, tuple[int, ...]]
"""The keys of NumPy's generator and of Python's; both are Mersenne twisters."""


def state() -> State:
    """Return the state of both, their positions left out."""
    numpys = np.random.get_state(legacy=False)
    key = numpys["state"].get("key") if numpys["bit_generator"] == "MT19937" else None
    key = np.zeros(0, np.uint32) if key is None else np.array(key)
    return key, random.getstate()[1][:-1]


def reseeded(before: State, after: State) -> bool:
    """Tell whether a generator is in a state to which no draws lead from the one before."""
    was, is_now = before[1], after[1]
    # to make arrays of Python's keys takes longer than to compare them
    pythons = was == is_now or _leads_to(np.array(was, np.uint32), np.array(is_now, np.uint32))
    return not (pythons and _leads_to(before[0], after[0]))


def _leads_to(before: np.ndarray, after: np.ndarray) -> bool:
    """Tell whether draws alone make one key of the other: they renew it 624 numbers at a time."""
    if np.array_equal(before, after):
        return True
    if before.shape != after.shape or before.size == 0:
        return False
    generator = np.random.RandomState(0)  # without a seed it would take one from the row of seeds
    numbers: dict[str, Any] = {"key": before, "pos": before.size}
    generator.set_state({"bit_generator": "MT19937", "state": numbers})
    for _ in range(FARTHEST):
        generator.bytes(4 * before.size)
        if np.array_equal(generator.get_state(legacy=False)["state"]["key"], after):
            return True
    return False
