"""The checks: each a small function over (ask, case) that returns a phrase or None.

`ask` calls the student's function, here or elsewhere; `case` holds the question and
what is expected. A phrase says the first thing that is wrong.
"""

import numpy as np

from lab import draws
from lab.expected import Normal, close, show
from lab.network import relu, sigmoid

CHANGED = "it changes its argument {place}; work on a copy"
SHARED = "{place} is part of the argument {argument}; return an array of its own"
AT_SECOND_CALL = "a second call answers otherwise: {phrase}"
KEPT = "{place} is the same array at every call; make a new one each time"
SAME_TWICE = "{place} is the same at two calls: is there a seed inside, or a draw made only once?"
MEAN = "{place} has mean {got}; expected 0, as normal draws have"
SPREAD = "{place} has standard deviation {got}; expected {want}"
NOT_NORMAL = "{place} has the right spread, but its draws are not normal"
NOT_INDEPENDENT = "the draws in {place} are not independent of each other"
SAME_DRAWS = "{place} and {other} hold related draws; each layer needs its own"
SHARE = "{place} keeps {got} of the units; expected about {want}"
UNEVEN = "{place} does not keep each unit with the same probability"
DEPENDENT_MASK = "the entries of {place} are not independent of each other"
COUNTED = "every mask keeps exactly the same number of units; each entry needs a draw of its own"
WITH_MASK = "{place}{index} is {got}; expected {want} from the mask that came back"


def values(ask, case):
    """The right result, a fresh one, and the arguments left as they were."""
    answer = ask(case)
    problem = (
        case.expected.difference(answer.value, "the result")
        or _changed(case.arguments, answer.arguments)
        or _shared(answer)
    )
    if problem:
        return problem
    again = ask(case, seeded=False).value
    problem = case.expected.difference(again, "the result")
    return AT_SECOND_CALL.format(phrase=problem) if problem else _kept(answer.value, again)


def normal_draws(ask, case):
    """Independent normal draws of the right spread, new ones at every call."""
    first, second = ask(case).value, ask(case, seeded=False).value
    problem = case.expected.difference(first, "the result") or case.expected.difference(
        second, "the result"
    )
    if problem:
        return problem
    z, again = {}, {}
    for name, want in case.expected.entries.items():
        if isinstance(want, Normal):
            z[name], again[name] = first[name] / want.sigma, second[name] / want.sigma
            if np.array_equal(first[name], second[name]):
                return SAME_TWICE.format(place=name)
    for name, layer in z.items():
        sigma = case.expected.entries[name].sigma
        if not draws.mean_is_zero(layer):
            return MEAN.format(place=name, got=show(np.mean(first[name]))[0])
        if not draws.spread_is_one(layer):
            got, want = f"{np.std(first[name]):.3g}", f"{sigma:.3g}"
            return SPREAD.format(place=name, got=got, want=want)
    pooled = np.concatenate([layer.ravel() for layer in z.values()])
    if not draws.shape_is_normal(pooled):
        return NOT_NORMAL.format(place="the weights")
    return _related_layers(z, again)


def _related_layers(z, again):
    """Return a phrase where draws repeat within a layer, between layers or between calls."""
    names = list(z)
    for name in names:
        layer = z[name]
        halves = [(layer[0::2], layer[1::2]), (layer[:, 0::2], layer[:, 1::2])]
        flat = layer.ravel()
        halves.append((flat[: flat.size // 2], flat[flat.size // 2 :]))
        if not all(draws.uncorrelated(*_same_size(x, y)) for x, y in halves):
            return NOT_INDEPENDENT.format(place=name)
        if not draws.uncorrelated(layer, again[name]):
            return SAME_TWICE.format(place=name)
    for position, name in enumerate(names):
        for other in names[:position]:
            if not draws.uncorrelated(z[name], z[other]):
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
        # for one mask that may be chance (a probability below 0.02); for all eight it is not
        if all(
            mask.sum() == round(mask.size * keep_prob) for pair in masks for mask in pair.values()
        ):
            return COUNTED
    return None


def _mask_problem(name, masks, keep_prob):
    D = masks[0]
    if not draws.share_is(float(D.mean()), keep_prob, D.size):
        return SHARE.format(place=name, got=f"{D.mean():.0%}", want=f"{keep_prob:.0%}")
    if keep_prob == 1:
        return None
    if np.array_equal(D, masks[1]):
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
    for x, y in ((D[0::2], D[1::2]), (D[:, 0::2], D[:, 1::2])):
        if not draws.agree_by_chance(*_same_size(x, y), keep_prob):
            return DEPENDENT_MASK.format(place=name)
    if not draws.agree_by_chance(D, masks[1], keep_prob):
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
    equations = [
        ("W1", W1, given["W1"]),
        ("b1", b1, given["b1"]),
        ("Z1", Z1, np.dot(given["W1"], case.arguments["X"]) + given["b1"]),
        *_masked("A1", Z1, D1, A1, keep_prob),
        ("W2", W2, given["W2"]),
        ("b2", b2, given["b2"]),
        ("Z2", Z2, np.dot(given["W2"], A1) + given["b2"]),
        *_masked("A2", Z2, D2, A2, keep_prob),
        ("W3", W3, given["W3"]),
        ("b3", b3, given["b3"]),
        ("Z3", Z3, np.dot(given["W3"], A2) + given["b3"]),
        ("A3", A3, sigmoid(Z3)),
        ("A3 in the cache", last, A3),
    ]
    for place, got, want in equations:
        right = close(got, want)
        if not right.all():
            index = tuple(map(int, np.argwhere(~right)[0]))
            got_text, want_text = show(got[index], want[index])
            return WITH_MASK.format(place=place, index=list(index), got=got_text, want=want_text)
    return _changed(case.arguments, answer.arguments) or _shared(answer)


def _masked(name, Z, D, A, keep_prob):
    """Yield what a dropped and what a kept unit must hold."""
    yield name, np.where(D == 0, A, 0), np.zeros(A.shape)
    yield name, np.where(D == 1, A, 0), np.where(D == 1, relu(Z) / keep_prob, 0)


def _same_size(x, y):
    """Cut both to the common number of rows and columns."""
    rows, columns = min(x.shape[0], y.shape[0]), min(x.shape[-1], y.shape[-1])
    return (x[:rows], y[:rows]) if x.ndim == 1 else (x[:rows, :columns], y[:rows, :columns])


def arrays_in(value, place):
    """Yield (place, array) for each array in a value: itself, or in its dicts and tuples."""
    if isinstance(value, np.ndarray):
        yield place, value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from arrays_in(entry, f"{place}[{key!r}]")
    elif isinstance(value, tuple | list):
        for index, entry in enumerate(value):
            yield from arrays_in(entry, f"{place}[{index}]")


def _changed(before, after):
    """Name the first argument that is no longer what it was."""
    for name, old in before.items():
        new = after[name]
        olds, news = dict(arrays_in(old, name)), dict(arrays_in(new, name))
        for place in olds:
            if place not in news or not np.array_equal(olds[place], news[place]):
                return CHANGED.format(place=place)
        if len(olds) != len(news) or (not olds and old != new):
            return CHANGED.format(place=name)
    return None


def _shared(answer):
    """Name the first argument that the result is part of; parameters in a cache may be."""
    parameters = answer.arguments.get("parameters", {})
    own = [array for _, array in arrays_in(answer.value, "the result")]
    for place, argument in arrays_in(answer.arguments, ""):
        if isinstance(answer.value, tuple) and any(argument is p for p in parameters.values()):
            continue
        if any(np.shares_memory(array, argument) for array in own):
            return SHARED.format(place="the result", argument=place)
    return None


def _kept(first, second):
    """Name the first array that two calls share."""
    for place, array in arrays_in(first, "the result"):
        if any(np.shares_memory(array, other) for _, other in arrays_in(second, "")):
            return KEPT.format(place=place)
    return None


CHECKS = {
    check.__name__: check for check in (values, normal_draws, fresh_masks, dropout_arithmetic)
}
