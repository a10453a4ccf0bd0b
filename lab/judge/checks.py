"""The checks: each a small function over (ask, case) that returns a phrase or None.

`ask` calls the student's function, here or elsewhere; `case` holds the question and
what is expected. A phrase says the first thing that is wrong. It quotes no random
draws, so that the same answer always meets the same words.
"""

import itertools

import numpy as np

from lab import draws
from lab.ask import arrays_in
from lab.expected import Mapping, Normal, close
from lab.network import relu, sigmoid

CHANGED = "it changes its argument {place}; work on a copy"
SHARED = "{place} is part of the argument {argument}; return an array of its own"
AT_SECOND_CALL = "a second call with the same arguments answers otherwise"
KEPT = "{place} is the same array at every call; make a new one each time"
SAME_TWICE = "{place} is the same at two calls, as with a seed inside or a draw made only once"
MEAN = "the mean of {place} is too far {way} 0"
ONLY_ZEROS = "{place} holds only zeros"
EXACT = (
    "the weights have exactly the mean or spread that is asked for; draws have it only on "
    "average, so leave them as they were drawn"
)
ALIKE = (
    "the rows or columns of {place} all have the same mean or spread, which independent draws "
    "do not"
)
SPREAD = "the standard deviation of {place} is too {way}; expected {want}"
NOT_NORMAL = "the weights have the right spread, but their draws are not normal"
NOT_INDEPENDENT = "the draws in {place} are not independent of each other"
SAME_DRAWS = "{place} and {other} hold related draws; each layer needs its own"
SHARE = "{place} keeps too {way} units; expected about {want}"
UNEVEN = "{place} does not keep each unit with the same probability"
DEPENDENT_MASK = "the entries of {place} are not independent of each other"
COUNTED = "every mask keeps exactly the same number of units; each entry needs a draw of its own"
NOT_DROPPED = "{place} is not 0 where {mask} is 0"
NOT_SCALED = "{place} is {factor} times what it should be where {mask} is 1"
NOT_KEPT = "{place} is not what it should be where {mask} is 1"
NOT_FROM = "{place} is not what follows from {source}"


def values(ask, case):
    """The right result, a fresh one, and the arguments left as they were."""
    answer = ask(case)
    problem = (
        case.expected.difference(answer.value, "the result")
        or _changed(case.arguments, answer.arguments)
        or _shared(answer, case.expected)
    )
    if problem:
        return problem
    again = ask(case, seeded=False)
    problem = case.expected.difference(again.value, "the result")
    if problem:
        return AT_SECOND_CALL
    return KEPT.format(place=again.kept) if again.kept else None


def normal_draws(ask, case):
    """Independent normal draws of the right spread, new ones at every call."""
    answers = [ask(case, seeded=first).value for first in (True, False, False)]
    for value in answers:
        problem = case.expected.difference(value, "the result")
        if problem:
            return problem
    sigmas = {
        n: want.sigma for n, want in case.expected.entries.items() if isinstance(want, Normal)
    }
    calls = [{name: value[name] / sigma for name, sigma in sigmas.items()} for value in answers]
    z = calls[0]
    for name, layer in z.items():
        if not np.any(layer):
            return ONLY_ZEROS.format(place=name)
        if any(np.array_equal(x[name], y[name]) for x, y in itertools.combinations(calls, 2)):
            return SAME_TWICE.format(place=name)
        if any(map(draws.rows_are_repeated, (layer, layer.T))):
            return NOT_INDEPENDENT.format(place=name)
    for name, layer in z.items():
        spread_is_right = draws.spread_is_one(layer)
        # draws that spread too far have a mean that strays: then the spread is to blame
        strays = draws.mean_is_zero(layer / max(np.std(layer), 1e-9)) and not spread_is_right
        if not draws.mean_is_zero(layer) and not strays:
            return MEAN.format(place=name, way="above" if np.mean(layer) > 0 else "below")
        if not spread_is_right:
            way = "large" if np.mean(np.square(layer)) > 1 else "small"
            return SPREAD.format(place=name, way=way, want=f"{sigmas[name]:.3g}")
    pooled = np.concatenate([layer.ravel() for layer in z.values()])
    if not draws.shape_is_normal(pooled):
        return NOT_NORMAL
    if draws.all_are_exact(z.values()):
        return EXACT
    return _related_layers(*calls)


def _related_layers(*calls):
    """Return a phrase where draws repeat within a layer, between layers or between calls."""
    z = calls[0]
    names = list(z)
    for name in names:
        layer = z[name]
        related = not all(draws.uncorrelated(x, y) for x, y in _halves(layer))
        if related or not all(map(draws.rows_are_unrelated, (layer, layer.T))):
            return NOT_INDEPENDENT.format(place=name)
        if any(map(draws.rows_are_alike, (layer, layer.T))):
            return ALIKE.format(place=name)
        pairs = itertools.combinations(calls, 2)
        if not all(draws.uncorrelated(x[name], y[name]) for x, y in pairs):
            return SAME_TWICE.format(place=name)
    for position, name in enumerate(names):
        for other in names[:position]:
            corners = _same_size(z[name], z[other])
            if not (draws.uncorrelated(z[name], z[other]) and draws.uncorrelated(*corners)):
                return SAME_DRAWS.format(place=name, other=other)
    return None


def fresh_masks(ask, case):
    """Masks whose entries are independent and 1 with probability keep_prob."""
    keep_prob = case.arguments.get("keep_prob", 0.5)
    answers = [ask(case, seeded=first).value for first in (True, False, False, False)]
    for value in answers:
        problem = case.expected.difference(value, "the result")
        if problem:
            return problem
    masks = [{"D1": cache[1] == 1, "D2": cache[6] == 1} for _, cache in answers]
    for name in ("D1", "D2"):
        problem = _mask_problem(name, [mask[name] for mask in masks], keep_prob)
        if problem:
            return problem
    if keep_prob < 1:
        if not draws.agree_by_chance(masks[0]["D1"], masks[0]["D2"], keep_prob):
            return SAME_DRAWS.format(place="D1", other="D2")
        if all(_counted([mask[name] for mask in masks], keep_prob) for name in ("D1", "D2")):
            return COUNTED
    return None


def _counted(masks, keep_prob):
    """Tell whether all masks keep as many units, rounded up or down, as is expected.

    For one mask that may be chance (a probability of some percent); for all of them in
    both layers it is not.
    """
    counts = {int(mask.sum()) for mask in masks}
    return len(counts) == 1 and abs(counts.pop() - masks[0].size * keep_prob) < 1


def _mask_problem(name, masks, keep_prob):
    D = masks[0]
    if not draws.share_is(float(D.mean()), keep_prob, D.size):
        way = "many" if D.mean() > keep_prob else "few"
        return SHARE.format(place=name, way=way, want=f"{keep_prob:.0%}")
    if keep_prob == 1:
        return None
    pairs = list(itertools.combinations(masks, 2))
    if any(np.array_equal(x, y) for x, y in pairs):
        return SAME_TWICE.format(place=name)
    for axis in (0, 1):
        shares = D.mean(axis=axis)
        if not all(draws.share_is(float(share), keep_prob, D.shape[axis]) for share in shares):
            return DEPENDENT_MASK.format(place=name)
        if np.all(shares == shares[0]):
            return DEPENDENT_MASK.format(place=name)
    stacked = np.concatenate(masks, axis=1).mean(axis=1)
    if not all(draws.share_is(float(s), keep_prob, D.shape[1] * len(masks)) for s in stacked):
        return UNEVEN.format(place=name)
    if not all(draws.agree_by_chance(x, y, keep_prob) for x, y in _halves(D)):
        return DEPENDENT_MASK.format(place=name)
    if not all(draws.agree_by_chance(x, y, keep_prob) for x, y in pairs):
        return SAME_TWICE.format(place=name)
    return None


def dropout_arithmetic(ask, case):
    """Everything but the masks: right, given the masks that came back."""
    answer = ask(case)
    problem = case.expected.difference(answer.value, "the result")
    if problem:
        return problem
    A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, last, W3, b3) = answer.value
    given = case.arguments["parameters"]
    keep_prob = case.arguments.get("keep_prob", 0.5)
    problem = (
        _given(given, {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3})
        or _follows(
            "Z1", Z1, np.dot(given["W1"], case.arguments["X"]) + given["b1"], "W1, X and b1"
        )
        or _masked(("A1", "D1"), Z1, D1, A1, keep_prob)
        or _follows("Z2", Z2, np.dot(given["W2"], A1) + given["b2"], "W2, A1 and b2")
        or _masked(("A2", "D2"), Z2, D2, A2, keep_prob)
        or _follows("Z3", Z3, np.dot(given["W3"], A2) + given["b3"], "W3, A2 and b3")
        or _follows("A3", A3, sigmoid(Z3), "Z3")
        or _follows("A3 in the cache", last, A3, "the A3 beside it")
    )
    return problem or _changed(case.arguments, answer.arguments) or _shared(answer, case.expected)


def _follows(place, got, want, source):
    return None if close(got, want).all() else NOT_FROM.format(place=place, source=source)


def _given(given, cached):
    """Name the first parameter that is not in the cache as it was given."""
    for name, array in cached.items():
        if not np.array_equal(array, given[name]):
            return NOT_FROM.format(place=f"{name} in the cache", source=f"parameters[{name!r}]")
    return None


def _masked(names, Z, D, A, keep_prob):
    """Say what a dropped or a kept unit holds that it should not."""
    name, mask = names
    if np.any(A[D == 0] != 0):
        return NOT_DROPPED.format(place=name, mask=mask)
    kept, want = A[D == 1], relu(Z)[D == 1] / keep_prob
    if close(kept, want).all():
        return None
    alive = want > 0
    if alive.any() and np.all(kept[~alive] == 0):
        factors = kept[alive] / want[alive]
        if np.ptp(factors) <= 1e-6 * abs(factors[0]):
            return NOT_SCALED.format(place=name, mask=mask, factor=f"{factors[0]:.3g}")
    return NOT_KEPT.format(place=name, mask=mask)


def _same_size(x, y):
    """Cut both to the common number of rows and columns."""
    rows, columns = min(x.shape[0], y.shape[0]), min(x.shape[1], y.shape[1])
    return x[:rows, :columns], y[:rows, :columns]


def _halves(array):
    """Yield halves of a matrix: every other row, upper and lower rows, and so its columns."""
    for turned in (array, array.T):
        half = len(turned) // 2
        if half:
            yield turned[0 : 2 * half : 2], turned[1 : 2 * half : 2]
            yield turned[:half], turned[half : 2 * half]


def _changed(before, after):
    """Name the first argument that is no longer what it was."""
    for name, old in before.items():
        new = after.get(name)  # what comes from another process may lack it
        olds, news = dict(arrays_in(old, name)), dict(arrays_in(new, name))
        for place in olds:
            if place not in news or not np.array_equal(olds[place], news[place]):
                return CHANGED.format(place=place)
        keys_differ = isinstance(old, dict) and old.keys() != new.keys()
        if len(olds) != len(news) or keys_differ or (not olds and old != new):
            return CHANGED.format(place=name)
    return None


def _shared(answer, expected):
    """Name the first argument that the result is part of.

    Parameters in a cache may be, and so may whatever nobody asked for.
    """
    asked = {f"[{key!r}]" for key in expected.entries} if isinstance(expected, Mapping) else None
    for own, place in answer.shared:
        in_cache = isinstance(answer.value, tuple) and place.startswith("parameters[")
        if not in_cache and (asked is None or own in asked):
            return SHARED.format(place="the result", argument=place)
    return None


CHECKS = {
    check.__name__: check for check in (values, normal_draws, fresh_masks, dropout_arithmetic)
}
