"""What an exercise should return, and the first way in which an answer differs from it.

The order is always the same: None, type, keys, shape, dtype, values.
"""

import numbers
from dataclasses import dataclass

import numpy as np

from lab.kinds import OddArray, kind_of, show

RELATIVE_TOLERANCE = 1e-7
"""Admits any sensible order of operations in double precision."""

STILL_NONE = "is still None"
NONE = "{place} " + STILL_NONE
NOT_A_NUMBER = "{place} is {kind}; expected one number"
ONE_NUMBER_IN_AN_ARRAY = (
    "{place} is an array of shape {shape}; expected a plain number, as np.sum and np.mean give "
    "without axis"
)
NOT_AN_INDEX = "{place} is {kind}; expected an int that counts from 0"
NOT_AN_ARRAY = "{place} is {kind}; expected a NumPy array of shape {shape}"
NOT_A_DICT = "{place} is {kind}; expected a dict with the keys {keys}"
NOT_A_TUPLE = "{place} is {kind}; expected a tuple ({names})"
WRONG_LENGTH = "{place} has {got} entries; expected {want}: ({names})"
MISSING_KEY = "{place} has no key {key!r}; expected the keys {keys}"
WRONG_SHAPE = "{place} has shape {got}; expected {want}"
WRONG_DTYPE = "{place} has dtype {got}; expected {want}"
NOT_FINITE = "{place} is {got}; expected a finite number"
READ_ONLY = "{place} cannot be written to; return an array of its own (np.copy makes one)"
WRONG_NUMBER = "{place} is {got}; expected {want}"
OUT_OF_RANGE = "{place} is {got}; expected a number from {low} to {high}"
WRONG_ENTRIES = "{place}{index} is {got}; expected {want} ({count} of {size} entries differ)"
NO_MASK = "{place} holds other numbers than zeros and ones"
NOT_ZERO_OR_ONE = "{place}{index} is {got}; expected only zeros and ones"
REAL = "bool, int or float"
LARGEST_INT = 1000  # bits; beyond that no float is as large
HUGE = "larger than any float"


def close(got, want, scale=None):
    """Tell, entry by entry, whether two finite results are equal but for rounding."""
    scale = np.max(np.abs(want), initial=0) if scale is None else scale
    return np.abs(got - want) <= RELATIVE_TOLERANCE * np.abs(want) + 1e-9 * scale


@dataclass(frozen=True)
class Number:
    """One real number; a Python or NumPy scalar or a 0-d array are equally right."""

    value: float

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        problem = _number_problem(got, place)
        # the floor: 1 - 1 written in another order is 1e-16, and 0 has no relative tolerance
        if problem is None and not close(float(got), self.value, max(abs(self.value), 1e-3)):
            shown, wanted = show(got, self.value)
            problem = WRONG_NUMBER.format(place=place, got=shown, want=wanted)
        return problem


@dataclass(frozen=True)
class Between:
    """One finite number from `low` to `high`."""

    low: float
    high: float

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        problem = _number_problem(got, place)
        if problem is None and not self.low <= float(got) <= self.high:
            shown, low, high = show(got, self.low, self.high)
            problem = OUT_OF_RANGE.format(place=place, got=shown, low=low, high=high)
        return problem


@dataclass(frozen=True)
class Index:
    """A position in a list; Python's ints and NumPy's are equally right."""

    value: int

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        if got is None:
            return NONE.format(place=place)
        if _is_huge(got):
            return NOT_FINITE.format(place=place, got=HUGE)
        whole = got.dtype.kind in "iu" if _is_0d(got) else isinstance(got, numbers.Integral)
        if not whole or isinstance(got, bool):
            return NOT_AN_INDEX.format(place=place, kind=kind_of(got))
        if int(got) != self.value:
            return WRONG_NUMBER.format(place=place, got=int(got), want=self.value)
        return None


@dataclass(frozen=True, eq=False)
class Array:
    """A fresh, writable array of real float64 numbers."""

    values: np.ndarray

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        problem = _real_array_problem(got, self.values.shape, place)
        if problem is None:
            problem = _entries_problem(got, self.values, close(got, self.values), place)
        return problem


@dataclass(frozen=True, eq=False)
class ZerosAndOnes:
    """Predictions or a mask; bools, ints and floats are equally right."""

    values: np.ndarray

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        problem = _zeros_and_ones_problem(got, self.values.shape, place)
        if problem is None:
            problem = _entries_problem(got, self.values, got == self.values, place)
        return problem


@dataclass(frozen=True)
class Shaped:
    """A fresh, writable array of finite float64 numbers of a shape, whatever they are."""

    shape: tuple

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        return _real_array_problem(got, self.shape, place)


@dataclass(frozen=True)
class Normal(Shaped):
    """Independent normal draws of mean 0; `normal_draws` in `lab.checks` judges them."""

    sigma: float


@dataclass(frozen=True)
class Mask:
    """Independent zeros and ones; `fresh_masks` in `lab.checks` judges them."""

    shape: tuple

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        problem = _array_problem(got, self.shape, place, REAL) or _writable_problem(got, place)
        if problem is None and not np.all((got == 0) | (got == 1)):
            problem = NO_MASK.format(place=place)
        return problem


@dataclass(frozen=True)
class Mapping:
    """A dict that holds at least these keys."""

    entries: dict

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        keys = ", ".join(self.entries)
        if got is None:
            return NONE.format(place=place)
        if not isinstance(got, dict):
            return NOT_A_DICT.format(place=place, kind=kind_of(got), keys=keys)
        for key in self.entries:
            if key in got and got[key] is None:
                return NONE.format(place=key)
        for key in self.entries:
            if key not in got:
                return MISSING_KEY.format(place=place, key=key, keys=keys)
        found = (want.difference(got[key], key) for key, want in self.entries.items())
        return next(filter(None, found), None)


@dataclass(frozen=True)
class Sequence:
    """A tuple of exactly these entries, each called by its name."""

    names: tuple
    entries: tuple

    def difference(self, got, place):
        """Return the first difference as a phrase about `place`, or None."""
        names = ", ".join(self.names)
        if got is None:
            return NONE.format(place=place)
        if not isinstance(got, tuple):
            return NOT_A_TUPLE.format(place=place, kind=kind_of(got), names=names)
        if len(got) != len(self.entries):
            return WRONG_LENGTH.format(
                place=place, got=len(got), want=len(self.entries), names=names
            )
        for name, value in zip(self.names, got, strict=True):
            if value is None:
                return NONE.format(place=name)
        found = (
            want.difference(value, name)
            for name, want, value in zip(self.names, self.entries, got, strict=True)
        )
        return next(filter(None, found), None)


def _is_huge(value):
    return isinstance(value, int) and int(value).bit_length() > LARGEST_INT


def _is_0d(value):
    return type(value) is np.ndarray and value.ndim == 0


def _number_problem(got, place):
    if got is None:
        return NONE.format(place=place)
    if _is_huge(got):
        return NOT_FINITE.format(place=place, got=HUGE)
    if type(got) is np.ndarray and got.ndim > 0 and got.size == 1:
        return ONE_NUMBER_IN_AN_ARRAY.format(place=place, shape=got.shape)
    real = got.dtype.kind in "iuf" if _is_0d(got) else isinstance(got, numbers.Real)
    if (
        not real
        or isinstance(got, bool)
        or not isinstance(got, int | float | np.generic | np.ndarray)
    ):
        return NOT_A_NUMBER.format(place=place, kind=kind_of(got))
    if not np.isfinite(float(got)):
        return NOT_FINITE.format(place=place, got=float(got))
    return None


def _array_problem(got, shape, place, dtype="float64"):
    if got is None:
        return NONE.format(place=place)
    odd = isinstance(got, OddArray) and type(got.shape) is tuple
    if type(got) is not np.ndarray and not odd:
        return NOT_AN_ARRAY.format(place=place, kind=kind_of(got), shape=shape)
    if got.shape != shape:
        return WRONG_SHAPE.format(place=place, got=got.shape, want=shape)
    if odd or got.dtype.kind not in "biuf":
        return WRONG_DTYPE.format(place=place, got=got.dtype, want=dtype)
    return None


def _writable_problem(got, place):
    return None if got.flags.writeable else READ_ONLY.format(place=place)


def _real_array_problem(got, shape, place):
    problem = _array_problem(got, shape, place)
    if problem is None and got.dtype != np.float64:
        problem = WRONG_DTYPE.format(place=place, got=got.dtype, want="float64")
    problem = problem or _writable_problem(got, place)
    if problem is None and not np.isfinite(got).all():
        index = tuple(map(int, np.argwhere(~np.isfinite(got))[0]))
        problem = NOT_FINITE.format(place=f"{place}{list(index)}", got=got[index])
    return problem


def _zeros_and_ones_problem(got, shape, place):
    """Return why `got` is no array of zeros and ones of that shape, or None."""
    problem = _array_problem(got, shape, place, REAL) or _writable_problem(got, place)
    if problem is None:
        wrong = ~((got == 0) | (got == 1))
        if wrong.any():
            index = tuple(map(int, np.argwhere(wrong)[0]))
            problem = NOT_ZERO_OR_ONE.format(
                place=place, index=list(index), got=show(got[index])[0]
            )
    return problem


def _entries_problem(got, want, right, place):
    if right.all():
        return None
    index = tuple(map(int, np.argwhere(~right)[0]))
    shown, wanted = show(got[index], want[index])
    return WRONG_ENTRIES.format(
        place=place,
        index=list(index),
        got=shown,
        want=wanted,
        count=int(np.sum(~right)),
        size=right.size,
    )
