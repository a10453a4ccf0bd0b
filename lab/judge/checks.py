"""The checks: each a small function over (ask, case) that returns a problem or None.

`ask` calls the student's function, here or elsewhere; `case` holds the question and
what is expected. A problem is the first thing that is wrong. It holds no random
draws, so that the same answer always meets the same words.
"""

import itertools

import numpy as np

from lab.judge import randomness
from lab.judge.ask import Ask, Case, Check
from lab.judge.ends import cost
from lab.judge.expected import Normal
from lab.judge.gradients import gradients
from lab.judge.masked import cache_with_masks, dropout_arithmetic, fresh_masks
from lab.judge.problems import Kind, Place, Problem, found
from lab.judge.values import undisturbed, values

Draws = dict[str, np.ndarray]
"""What one call drew, by the name of the array."""


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
        related = not all(randomness.uncorrelated(x, y) for x, y in randomness.halves(layer))
        if related or not all(map(randomness.rows_are_unrelated, (layer, layer.T))):
            return found(Kind.NOT_INDEPENDENT, place=name)
        if any(map(randomness.rows_are_alike, (layer, layer.T))):
            return found(Kind.ALIKE, place=name)
        pairs = itertools.combinations(calls, 2)
        if not all(randomness.uncorrelated(x[name], y[name]) for x, y in pairs):
            return found(Kind.SAME_TWICE, place=name)
    for position, name in enumerate(names):
        for other in names[:position]:
            corners = randomness.same_size(z[name], z[other])
            if not (
                randomness.uncorrelated(z[name], z[other]) and randomness.uncorrelated(*corners)
            ):
                return found(Kind.SAME_DRAWS, place=name, other=other)
    return None


CHECKS: dict[str, Check] = {
    "values": values,
    "undisturbed": undisturbed(values),
    "cost": cost,
    "gradients": gradients,
    "undisturbed_gradients": undisturbed(gradients),
    "normal_draws": undisturbed(normal_draws),
    "cache_with_masks": cache_with_masks,
    "dropout_arithmetic": dropout_arithmetic,
    "fresh_masks": undisturbed(fresh_masks),
}
"""The checks by the names that questions call them by."""
