"""The checks of a forward pass with dropout: its cache, what follows from the masks, the masks.

Each wrong thing costs its own part only. So the other parts take a mask for what it shows: an
entry that is not 0 is kept, one column counts for all examples, and a cache in another order
is put in order first.
"""

import functools
import itertools
from typing import Any

import numpy as np

from lab.judge import randomness
from lab.judge.ask import Ask, Case
from lab.judge.cache import Entries, in_order, keep_prob_of, read, two_values
from lab.judge.expected import Mask
from lab.judge.problems import Kind, Problem, found
from lab.judge.rounding import Rounding, close, rounding_of
from lab.judge.values import changed, shared
from lab.network import relu, sigmoid

HIDDEN = (1, 2)


def cache_with_masks(ask: Ask, case: Case) -> Problem | None:
    """The cache holds what it should, in that order; a mask holds zeros and ones."""
    value = ask(case).value
    cache, problem = read(case, value)
    if problem:
        return problem
    for layer in HIDDEN:
        D = cache[f"D{layer}"]
        problem = Mask(D.shape).difference(D, f"D{layer}")
        if problem:
            return problem
    rounding = rounding_of(*cache.values())
    for name, array in case.arguments["parameters"].items():
        if not close(cache[name], array, rounding=rounding).all():
            return found(Kind.OTHER_IN_CACHE, name=name)
    A3 = value[0]
    comparable = case.expected.entries[0].difference(A3, "A3") is None
    if comparable and not close(cache["A3"], A3, rounding=rounding).all():
        return found(Kind.TWO_IN_CACHE, name="A3")
    return None


def dropout_arithmetic(ask: Ask, case: Case) -> Problem | None:
    """Everything but the masks: right, given the masks that came back."""
    answer = ask(case)
    cache = in_order(case, answer.value)
    A3 = answer.value[0]
    problem = case.expected.entries[0].difference(A3, "A3")
    given, A, before = case.arguments["parameters"], case.arguments["X"], "X"
    rounding = rounding_of(A3, *cache.values())
    for layer in HIDDEN:
        problem = (
            problem
            or _follows(given, rounding, layer, cache, before, A)
            or _masked(layer, cache, keep_prob_of(case), rounding)
        )
        A, before = cache[f"A{layer}"], f"A{layer}"
    problem = problem or _follows(given, rounding, 3, cache, before, A)
    if problem is None and not close(A3, sigmoid(cache["Z3"]), rounding=rounding).all():
        problem = found(Kind.NOT_FROM, place="A3", sources=("Z3",))
    return problem or changed(case.arguments, answer.arguments) or shared(answer, case.expected)


def fresh_masks(ask: Ask, case: Case) -> Problem | None:
    """Masks whose entries are independent and 1 with probability keep_prob."""
    keep_prob = keep_prob_of(case)
    answers = [ask(case, seeded=first).value for first in (True, False, False, False)]
    masks = [_masks(case, value) for value in answers]
    for name in ("D1", "D2"):
        problem = _mask_problem(name, [mask[name] for mask in masks], keep_prob)
        if problem:
            return problem
    if keep_prob < 1:
        if not randomness.agree_by_chance(masks[0]["D1"], masks[0]["D2"], keep_prob):
            return found(Kind.SAME_DRAWS, place="D1", other="D2")
        if all(_counted([mask[name] for mask in masks], keep_prob) for name in ("D1", "D2")):
            return found(Kind.COUNTED)
    return None


def _counted(masks: list[np.ndarray], keep_prob: float) -> bool:
    """Tell whether all masks keep as many units, rounded up or down, as is expected.

    For one mask that may be chance (a probability of some percent); for all of them in
    both layers it is not.
    """
    counts = {int(mask.sum()) for mask in masks}
    return len(counts) == 1 and abs(counts.pop() - masks[0].size * keep_prob) < 1


def _mask_problem(name: str, masks: list[np.ndarray], keep_prob: float) -> Problem | None:
    D = masks[0]
    if not randomness.share_is(float(D.mean()), keep_prob, D.size):
        way = Kind.KEEPS_TOO_MANY if D.mean() > keep_prob else Kind.KEEPS_TOO_FEW
        return found(way, place=name, want=f"{keep_prob:.0%}")
    if keep_prob == 1:
        return None
    pairs = list(itertools.combinations(masks, 2))
    if any(np.array_equal(x, y) for x, y in pairs):
        return found(Kind.SAME_TWICE, place=name)
    for axis in (0, 1):
        shares = D.mean(axis=axis)
        if not all(randomness.share_is(float(share), keep_prob, D.shape[axis]) for share in shares):
            return found(Kind.DEPENDENT_MASK, place=name)
        if np.all(shares == shares[0]):
            return found(Kind.DEPENDENT_MASK, place=name)
    stacked = np.concatenate(masks, axis=1).mean(axis=1)
    if not all(randomness.share_is(float(s), keep_prob, D.shape[1] * len(masks)) for s in stacked):
        return found(Kind.UNEVEN, place=name)
    if not all(randomness.agree_by_chance(x, y, keep_prob) for x, y in randomness.halves(D)):
        return found(Kind.DEPENDENT_MASK, place=name)
    if not all(randomness.agree_by_chance(x, y, keep_prob) for x, y in pairs):
        return found(Kind.SAME_TWICE, place=name)
    return None


def _masks(case: Case, value: Any) -> Entries:
    """Return which entries both masks keep.

    Raises
    ------
    Stopped
        Where a mask cannot be told.
    """
    cache = in_order(case, value, masks=True)
    return {name: cache[name] != 0 for name in ("D1", "D2")}


def _follows(
    given: Entries, rounding: Rounding, layer: int, cache: Entries, before: str, A: np.ndarray
) -> Problem | None:
    """Say where Z is not W A + b."""
    Z, W, b = cache[f"Z{layer}"], given[f"W{layer}"], given[f"b{layer}"]
    # rounding is as large as what is added up, though the sum be small
    scale = float(np.max(np.abs(W) @ np.abs(A) + np.abs(b)))
    want = np.dot(W, A) + b
    right = functools.partial(close, scale=scale, rounding=rounding)
    if right(Z, want).all():
        return None
    if Z.min() >= 0 and (right(Z, relu(want)).all() or right(Z, cache[f"A{layer}"]).all()):
        return found(Kind.IN_PLACE, place=f"Z{layer}")
    return found(Kind.NOT_FROM, place=f"Z{layer}", sources=(f"W{layer}", before, f"b{layer}"))


def _masked(layer: int, cache: Entries, keep_prob: float, rounding: Rounding) -> Problem | None:
    """Say what a dropped or a kept unit holds that it should not."""
    name, mask = f"A{layer}", f"D{layer}"
    Z, A, D = cache[f"Z{layer}"], cache[name], _shown(cache, layer)
    if np.any(A[~D] != 0):
        return found(Kind.NOT_DROPPED, place=name, mask=mask)
    kept, want = A[D], relu(Z)[D] / keep_prob
    if close(kept, want, rounding=rounding).all():
        return None
    alive = want > 0
    if alive.any() and np.all(kept[~alive] == 0):
        factors = kept[alive] / want[alive]
        if np.ptp(factors) <= 10 * rounding.relative * abs(factors[0]):
            return found(Kind.NOT_SCALED, place=name, mask=mask, factor=f"{factors[0]:.3g}")
    return found(Kind.NOT_KEPT, place=name, mask=mask)


def _shown(cache: Entries, layer: int) -> np.ndarray:
    """Return which entries of A a mask keeps; what A itself shows, where there is no mask."""
    Z, A, D = cache[f"Z{layer}"], cache[f"A{layer}"], cache.get(f"D{layer}")
    if D is not None and two_values(D):
        return np.broadcast_to(D != 0, Z.shape)
    # a unit that ReLU has shut shows nothing: it counts as kept
    return (A != 0) | (Z <= 0)
