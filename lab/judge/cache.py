"""What is in the cache of a forward pass with dropout, by its names, in whatever order it be."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from lab.judge.ask import Case, Stopped
from lab.judge.expected import Mask, Shaped
from lab.judge.problems import Kind, Place, Problem, found
from lab.judge.rounding import close
from lab.network import relu

Entries = dict[str, np.ndarray]
"""What is in the cache, by its names."""


def keep_prob_of(case: Case) -> float:
    """Return the probability that is asked about."""
    return case.arguments.get("keep_prob", 0.5)


def two_values(D: np.ndarray) -> bool:
    """Tell whether an array holds at most zeros and one other number, as a mask does."""
    return bool(np.unique(D[D != 0]).size <= 1)


def in_order(case: Case, value: Any, masks: bool = False) -> Entries:
    """Return what is in a cache by its names, in whatever order it be.

    Parameters
    ----------
    case : Case
    value
        What came back.
    masks : bool
        Whether masks of the right shape must be among it.

    Raises
    ------
    Stopped
        Where it cannot be told what is what.
    """
    cache, problem = read(case, value)
    if problem and not cache:
        raise Stopped(problem)
    for layer in (1, 2) if masks else ():
        name = f"D{layer}"
        if problem and name not in cache:
            raise Stopped(problem)
        D = cache[name]
        wrong = Mask(cache[f"Z{layer}"].shape).difference(D != 0 if two_values(D) else D, name)
        if wrong:
            raise Stopped(wrong)
    return cache


def read(case: Case, value: Any) -> tuple[Entries, Problem | None]:
    """Return what is in a cache by its names, and what is wrong with its form.

    A mask may have one row or column for all. Where the masks are not what stands in their
    places, the order is found by what follows from what.
    """
    names, wanted = case.expected.entries[1].names, case.expected.entries[1].entries
    if not isinstance(value, tuple) or len(value) != 2 or not isinstance(value[1], tuple | list):
        return {}, case.expected.difference(value, Place.RESULT)
    entries = list(value[1])
    form = case.expected.entries[1].difference(value[1], "cache")
    fit = len(entries) == len(names) and all(map(_fits, entries, wanted))
    as_it_stands = dict(zip(names, entries, strict=True)) if fit else {}
    not_in_a_tuple = form if isinstance(value[1], list) else None
    if fit and two_values(as_it_stands["D1"]) and two_values(as_it_stands["D2"]):
        return as_it_stands, not_in_a_tuple
    places = _recognized(case, entries, value[0])
    if fit and not {"D1", "D2"} <= places.keys():
        return as_it_stands, not_in_a_tuple
    cache = {name: entries[place] for name, place in places.items()}
    if not cache or len(entries) != len(names):
        return cache, form
    order = sorted(places, key=lambda name: places[name])
    return cache, found(Kind.OTHER_ORDER, order=order, names=list(names))


def _fits(entry: Any, want: Mask | Shaped) -> bool:
    if isinstance(want, Mask):
        return _is_matrix(entry) and _is_for(entry, want.shape)
    return want.difference(entry, "") is None


def _is_matrix(entry: Any) -> bool:
    real = type(entry) is np.ndarray and entry.ndim == 2 and entry.dtype.kind in "biuf"
    return real and bool(np.isfinite(entry).all())


def _is_for(D: np.ndarray, shape: tuple[int, ...]) -> bool:
    """Tell whether a mask is of a shape, or has one row or column for all."""
    return all(size in (1, whole) for size, whole in zip(D.shape, shape, strict=True))


class _Unused:
    """Entries of a cache that nothing has been made of yet."""

    def __init__(self, entries: list) -> None:
        self.arrays = {i: entry for i, entry in enumerate(entries) if _is_matrix(entry)}

    def take(self, test: Callable[[np.ndarray], bool]) -> int | None:
        """Return the place of the first that passes the test, and take it out."""
        place = next((i for i, array in self.arrays.items() if test(array)), None)
        if place is not None:
            del self.arrays[place]
        return place


def _recognized(case: Case, entries: list, A3: Any) -> dict[str, int]:
    """Return the places of what can be told; nothing where more than the masks is missing."""
    given, unused = case.arguments["parameters"], _Unused(entries)
    masks = len(entries) >= len(case.expected.entries[1].names)
    places = {name: unused.take(_like(array)) for name, array in given.items()}
    A = case.arguments["X"]
    for layer in (1, 2, 3):
        Z = np.dot(given[f"W{layer}"], A) + given[f"b{layer}"]
        places[f"Z{layer}"] = unused.take(_like(Z))
        if layer < 3:
            places |= _layer(unused, layer, relu(Z), keep_prob_of(case), masks)
            place = places[f"A{layer}"]
            if place is None:
                return {}
            A = entries[place]
    places["A3"] = unused.take(_like(A3)) if _is_matrix(A3) else None
    told = {name: place for name, place in places.items() if place is not None}
    return told if places.keys() - told.keys() <= {"D1", "D2"} else {}


def _like(want: np.ndarray) -> Callable[[np.ndarray], bool]:
    return lambda got: got.shape == want.shape and bool(close(got, want).all())


def _layer(
    unused: _Unused, layer: int, whole: np.ndarray, keep_prob: float, masks: bool
) -> dict[str, Any]:
    """Return the places of A and D: those that belong together, or A alone."""

    def may_be(A: np.ndarray, D: np.ndarray) -> bool:
        return A.shape == D.shape == whole.shape and two_values(D) and not np.any(A[D == 0])

    def strays(pair: tuple[int, int]) -> tuple[bool, bool]:
        """Put what belongs together first: the right numbers, and a mask of zeros and ones."""
        A, D = arrays[pair[0]], arrays[pair[1]]
        return not _like(whole * (D != 0) / keep_prob)(A), not np.all((D == 0) | (D == 1))

    arrays = unused.arrays
    pairs = [(i, j) for i, j in itertools.permutations(arrays, 2) if may_be(arrays[i], arrays[j])]
    pairs = [(i, j) for i, j in pairs if not np.any(arrays[i][whole == 0])]
    if pairs and masks:
        i, j = min(pairs, key=strays)
        del arrays[i], arrays[j]
        return {f"A{layer}": i, f"D{layer}": j}
    alone = unused.take(lambda A: A.shape == whole.shape and _like(whole * (A != 0) / keep_prob)(A))
    return {f"A{layer}": alone, f"D{layer}": None}
