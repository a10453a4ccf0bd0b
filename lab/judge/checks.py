"""The checks: each a small function over (ask, case) that returns a problem or None.

`ask` calls the student's function, here or elsewhere; `case` holds the question and
what is expected. A problem is the first thing that is wrong. It holds no random
draws, so that the same answer always meets the same words.
"""

import functools
import itertools
from collections.abc import Iterator
from typing import Protocol

import numpy as np

from lab.judge import randomness
from lab.judge.ask import Ask, Case
from lab.judge.ends import cost
from lab.judge.expected import Normal, Rounding, close, rounding_of
from lab.judge.problems import Kind, Place, Problem, found
from lab.judge.values import changed, shared, values
from lab.network import relu, sigmoid

Draws = dict[str, np.ndarray]
"""What one call drew, by the name of the array."""


class Check(Protocol):
    """What judges the answers to a question."""

    def __call__(self, ask: Ask, case: Case) -> Problem | None:
        """Return the first thing that is wrong, or None.

        Raises
        ------
        Stopped
            Where the function does not answer.
        """


def normal_draws(ask: Ask, case: Case) -> Problem | None:
    """Independent normal draws of the right spread, new ones at every call."""
    answers = [ask(case, seeded=first).value for first in (True, False, False)]
    for value in answers:
        problem = case.expected.difference(value, Place.RESULT)
        if problem:
            return problem
    sigmas = {
        n: want.sigma for n, want in case.expected.entries.items() if isinstance(want, Normal)
    }
    # sums over many draws need more digits than float32 has
    calls = [
        {name: value[name].astype(float) / sigma for name, sigma in sigmas.items()}
        for value in answers
    ]
    z = calls[0]
    for name, layer in z.items():
        if not np.any(layer):
            return found(Kind.ONLY_ZEROS, place=name)
        if any(np.array_equal(x[name], y[name]) for x, y in itertools.combinations(calls, 2)):
            return found(Kind.SAME_TWICE, place=name)
        if any(map(randomness.rows_are_repeated, (layer, layer.T))):
            return found(Kind.NOT_INDEPENDENT, place=name)
    for name, layer in z.items():
        spread_is_right = randomness.spread_is_one(layer)
        # draws that spread too far have a mean that strays: then the spread is to blame
        strays = randomness.mean_is_zero(layer / max(np.std(layer), 1e-9)) and not spread_is_right
        if not randomness.mean_is_zero(layer) and not strays:
            way = Kind.MEAN_ABOVE if np.mean(layer) > 0 else Kind.MEAN_BELOW
            return found(way, place=name)
        if not spread_is_right:
            large = np.mean(np.square(layer)) > 1
            way = Kind.SPREAD_TOO_LARGE if large else Kind.SPREAD_TOO_SMALL
            return found(way, place=name, want=f"{sigmas[name]:.3g}")
    pooled = np.concatenate([layer.ravel() for layer in z.values()])
    if not randomness.shape_is_normal(pooled):
        return found(Kind.NOT_NORMAL)
    if randomness.all_are_exact(z.values()):
        return found(Kind.EXACT)
    return _related_layers(*calls)


def _related_layers(*calls: Draws) -> Problem | None:
    """Return a problem where draws repeat within a layer, between layers or between calls."""
    z = calls[0]
    names = list(z)
    for name in names:
        layer = z[name]
        related = not all(randomness.uncorrelated(x, y) for x, y in _halves(layer))
        if related or not all(map(randomness.rows_are_unrelated, (layer, layer.T))):
            return found(Kind.NOT_INDEPENDENT, place=name)
        if any(map(randomness.rows_are_alike, (layer, layer.T))):
            return found(Kind.ALIKE, place=name)
        pairs = itertools.combinations(calls, 2)
        if not all(randomness.uncorrelated(x[name], y[name]) for x, y in pairs):
            return found(Kind.SAME_TWICE, place=name)
    for position, name in enumerate(names):
        for other in names[:position]:
            corners = _same_size(z[name], z[other])
            if not (
                randomness.uncorrelated(z[name], z[other]) and randomness.uncorrelated(*corners)
            ):
                return found(Kind.SAME_DRAWS, place=name, other=other)
    return None


def fresh_masks(ask: Ask, case: Case) -> Problem | None:
    """Masks whose entries are independent and 1 with probability keep_prob."""
    keep_prob = case.arguments.get("keep_prob", 0.5)
    answers = [ask(case, seeded=first).value for first in (True, False, False, False)]
    for value in answers:
        problem = case.expected.difference(value, Place.RESULT)
        if problem:
            return problem
    masks = [{"D1": cache[1] == 1, "D2": cache[6] == 1} for _, cache in answers]
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
    if not all(randomness.agree_by_chance(x, y, keep_prob) for x, y in _halves(D)):
        return found(Kind.DEPENDENT_MASK, place=name)
    if not all(randomness.agree_by_chance(x, y, keep_prob) for x, y in pairs):
        return found(Kind.SAME_TWICE, place=name)
    return None


def dropout_arithmetic(ask: Ask, case: Case) -> Problem | None:
    """Everything but the masks: right, given the masks that came back."""
    answer = ask(case)
    problem = case.expected.difference(answer.value, Place.RESULT)
    if problem:
        return problem
    A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, last, W3, b3) = answer.value
    given = case.arguments["parameters"]
    keep_prob = case.arguments.get("keep_prob", 0.5)
    rounding = rounding_of(A3, *answer.value[1])
    follows = functools.partial(_follows, given, rounding)
    problem = (
        _given(given, {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}, rounding)
        or follows("1", Z1, "X", case.arguments["X"])
        or _masked(("A1", "D1"), Z1, D1, A1, keep_prob, rounding)
        or follows("2", Z2, "A1", A1)
        or _masked(("A2", "D2"), Z2, D2, A2, keep_prob, rounding)
        or follows("3", Z3, "A2", A2)
        or (
            None
            if close(A3, sigmoid(Z3), rounding=rounding).all()
            else found(Kind.NOT_FROM, place="A3", sources=("Z3",))
        )
        or (
            None
            if close(last, A3, rounding=rounding).all()
            else found(Kind.TWO_IN_CACHE, name="A3")
        )
    )
    return problem or changed(case.arguments, answer.arguments) or shared(answer, case.expected)


def _follows(
    given: Draws, rounding: Rounding, layer: str, Z: np.ndarray, before: str, A: np.ndarray
) -> Problem | None:
    """Say where Z is not W A + b."""
    W, b = given[f"W{layer}"], given[f"b{layer}"]
    # rounding is as large as what is added up, though the sum be small
    scale = float(np.max(np.abs(W) @ np.abs(A) + np.abs(b)))
    if close(Z, np.dot(W, A) + b, scale, rounding).all():
        return None
    return found(Kind.NOT_FROM, place=f"Z{layer}", sources=(f"W{layer}", before, f"b{layer}"))


def _given(given: Draws, cached: Draws, rounding: Rounding) -> Problem | None:
    """Name the first parameter that is not in the cache as it was given."""
    for name, array in cached.items():
        if not close(array, given[name], rounding=rounding).all():
            return found(Kind.OTHER_IN_CACHE, name=name)
    return None


def _masked(
    names: tuple[str, str],
    Z: np.ndarray,
    D: np.ndarray,
    A: np.ndarray,
    keep_prob: float,
    rounding: Rounding,
) -> Problem | None:
    """Say what a dropped or a kept unit holds that it should not."""
    name, mask = names
    if np.any(A[D == 0] != 0):
        return found(Kind.NOT_DROPPED, place=name, mask=mask)
    kept, want = A[D == 1], relu(Z)[D == 1] / keep_prob
    if close(kept, want, rounding=rounding).all():
        return None
    alive = want > 0
    if alive.any() and np.all(kept[~alive] == 0):
        factors = kept[alive] / want[alive]
        if np.ptp(factors) <= 10 * rounding.relative * abs(factors[0]):
            return found(Kind.NOT_SCALED, place=name, mask=mask, factor=f"{factors[0]:.3g}")
    return found(Kind.NOT_KEPT, place=name, mask=mask)


def _same_size(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cut both to the common number of rows and columns."""
    rows, columns = min(x.shape[0], y.shape[0]), min(x.shape[1], y.shape[1])
    return x[:rows, :columns], y[:rows, :columns]


def _halves(array: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield halves of a matrix: every other row, upper and lower rows, and so its columns."""
    for turned in (array, array.T):
        half = len(turned) // 2
        if half:
            yield turned[0 : 2 * half : 2], turned[1 : 2 * half : 2]
            yield turned[:half], turned[half : 2 * half]


CHECKS: dict[str, Check] = {
    "values": values,
    "cost": cost,
    "normal_draws": normal_draws,
    "fresh_masks": fresh_masks,
    "dropout_arithmetic": dropout_arithmetic,
}
"""The checks by the names that questions call them by."""

RECORDABLE = ("values", "cost", "dropout_arithmetic")
"""Those whose questions are answered alike by whoever answers alike, so that a mistake is known."""
