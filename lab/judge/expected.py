"""What an exercise should return, and the first way in which an answer differs from it.

The order is always the same: None, type, keys, shape, dtype, values.
"""

import numbers
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from lab.judge import excerpt
from lab.judge.described import described, is_odd_array
from lab.judge.problems import Kind, Problem, found
from lab.judge.rounding import DOUBLE, Rounding, close, rounding_of

LARGEST_INT = 1000  # bits; beyond that no float is as large


class Expected(Protocol):
    """What an exercise should return."""

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None.

        Parameters
        ----------
        got
        place : str
        rounding : Rounding, optional
            Of the whole answer that `got` is a part of; that of `got` itself unless told.
        """


@dataclass(frozen=True)
class Number:
    """One real number; a Python or NumPy scalar or a 0-d array are equally right.

    Attributes
    ----------
    value : float
    below : float
        By how much less is right as well, where another question asks for the difference.
    """

    value: float
    below: float = 0.0

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        problem = _number_problem(got, place)
        if problem is None and not self._is_right(got, rounding or rounding_of(got)):
            shown, wanted = excerpt.numbers(got, self.value)
            problem = found(Kind.WRONG_NUMBER, place=place, got=shown, want=wanted)
        return problem

    def _is_right(self, got: Any, rounding: Rounding) -> bool:
        # the floor: 1 - 1 written in another order is 1e-16, and 0 has no relative tolerance
        scale = max(abs(self.value), rounding.number)
        nearest = min(max(float(got), self.value - self.below), self.value)
        return bool(close(float(got), nearest, scale, rounding))


@dataclass(frozen=True)
class Between:
    """One finite number from `low` to `high`.

    Attributes
    ----------
    low, high : float
    because : str
        Where the bounds come from, to follow a comma.
    """

    low: float
    high: float
    because: str = ""

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        problem = _number_problem(got, place)
        if problem is None and not self.low <= float(got) <= self.high:
            shown, low, high = excerpt.numbers(got, self.low, self.high)
            problem = found(
                Kind.OUT_OF_RANGE, place=place, got=shown, low=low, high=high, because=self.because
            )
        return problem


@dataclass(frozen=True)
class Index:
    """A position in a list; Python's ints and NumPy's are equally right."""

    value: int

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        if got is None:
            return found(Kind.NONE, place=place)
        if _is_huge(got):
            return found(Kind.LARGER_THAN_ANY_FLOAT, place=place)
        whole = got.dtype.kind in "iu" if _is_0d(got) else isinstance(got, numbers.Integral)
        if not whole or isinstance(got, bool):
            return found(Kind.NOT_AN_INDEX, place=place, got=described(got))
        if int(got) != self.value:
            return found(Kind.WRONG_NUMBER, place=place, got=str(int(got)), want=str(self.value))
        return None


@dataclass(frozen=True, eq=False)
class Array:
    """A fresh, writable array of float64 or float32 numbers."""

    values: np.ndarray

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        problem = _real_array_problem(got, self.values.shape, place)
        if problem is None:
            right = close(got, self.values, rounding=rounding)
            problem = _entries_problem(got, self.values, right, place)
        return problem


@dataclass(frozen=True, eq=False)
class ZerosAndOnes:
    """Predictions or a mask; bools, ints and floats are equally right."""

    values: np.ndarray

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        problem = _zeros_and_ones_problem(got, self.values.shape, place)
        if problem is None:
            problem = _entries_problem(got, self.values, got == self.values, place)
        return problem


@dataclass(frozen=True)
class Shaped:
    """A fresh, writable array of finite float64 or float32 numbers, whatever they are."""

    shape: tuple

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        return _real_array_problem(got, self.shape, place)


@dataclass(frozen=True)
class Normal(Shaped):
    """Independent normal draws of mean 0; `normal_draws` in `lab.judge.checks` judges them."""

    sigma: float


@dataclass(frozen=True)
class Mask:
    """Independent zeros and ones; `fresh_masks` in `lab.judge.checks` judges them."""

    shape: tuple

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        problem = _array_problem(got, self.shape, place, any_real=True) or _writable_problem(
            got, place
        )
        if problem is None and not np.all((got == 0) | (got == 1)):
            problem = found(Kind.NOT_ZEROS_AND_ONES, place=place)
        return problem


@dataclass(frozen=True)
class Mapping:
    """A dict that holds at least these keys."""

    entries: dict

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        keys = list(self.entries)
        if got is None:
            return found(Kind.NONE, place=place)
        if not isinstance(got, dict):
            return found(Kind.NOT_A_DICT, place=place, got=described(got), keys=keys)
        for key in keys:
            if key in got and got[key] is None:
                return found(Kind.NONE, place=key)
        for key in keys:
            if key not in got:
                return found(Kind.MISSING_KEY, place=place, key=key, keys=keys)
        rounding = self.rounding(got)
        problems = (want.difference(got[key], key, rounding) for key, want in self.entries.items())
        return next(filter(None, problems), None)

    def rounding(self, got: dict) -> Rounding | None:
        """Return that of float32 where one value has it: the others are made with it."""
        rounding = rounding_of(*(got[key] for key in self.entries))
        if rounding is DOUBLE:
            return None
        arrays = [want.values for want in self.entries.values() if isinstance(want, Array)]
        return replace(
            rounding, largest=max((np.max(np.abs(a), initial=0) for a in arrays), default=0)
        )


@dataclass(frozen=True)
class Sequence:
    """A tuple of exactly these entries, each called by its name."""

    names: tuple
    entries: tuple

    def difference(self, got: Any, place: str, rounding: Rounding | None = None) -> Problem | None:
        """Return the first difference, told of `place`, or None."""
        names, size = list(self.names), len(self.entries)
        if got is None:
            return found(Kind.NONE, place=place)
        if not isinstance(got, tuple):
            return found(Kind.NOT_A_TUPLE, place=place, got=described(got), names=names)
        if len(got) != size:
            return found(Kind.WRONG_LENGTH, place=place, got=len(got), want=size, names=names)
        for name, value in zip(names, got, strict=True):
            if value is None:
                return found(Kind.NONE, place=name)
        problems = (
            want.difference(value, name)
            for name, want, value in zip(names, self.entries, got, strict=True)
        )
        return next(filter(None, problems), None)


def _is_huge(value: Any) -> bool:
    return isinstance(value, int) and int(value).bit_length() > LARGEST_INT


def _is_0d(value: Any) -> bool:
    return type(value) is np.ndarray and value.ndim == 0


def _number_problem(got: Any, place: str) -> Problem | None:
    if got is None:
        return found(Kind.NONE, place=place)
    if _is_huge(got):
        return found(Kind.LARGER_THAN_ANY_FLOAT, place=place)
    if type(got) is np.ndarray and got.ndim > 0 and got.size == 1:
        return found(Kind.ONE_NUMBER_IN_AN_ARRAY, place=place, got=got.shape)
    real = got.dtype.kind in "iuf" if _is_0d(got) else isinstance(got, numbers.Real)
    if (
        not real
        or isinstance(got, bool)
        or not isinstance(got, int | float | np.generic | np.ndarray)
    ):
        return found(Kind.NOT_A_NUMBER, place=place, got=described(got))
    if getattr(got, "dtype", None) == np.float16:
        return _dtype_problem(got, place, any_real=False)
    if not np.isfinite(float(got)):
        return found(Kind.NOT_FINITE, place=place, index="", got=str(float(got)))
    return None


def _array_problem(
    got: Any, shape: tuple[int, ...], place: str, any_real: bool = False
) -> Problem | None:
    """Return why `got` is no array of that shape, of numbers that may be of any real dtype."""
    if got is None:
        return found(Kind.NONE, place=place)
    odd = is_odd_array(got)
    if type(got) is not np.ndarray and not odd:
        return found(Kind.NOT_AN_ARRAY, place=place, got=described(got), want=shape)
    if got.shape != shape:
        return found(Kind.WRONG_SHAPE, place=place, got=got.shape, want=shape)
    if odd or got.dtype.kind not in "biuf":
        return _dtype_problem(got, place, any_real)
    return None


def _dtype_problem(got: Any, place: str, any_real: bool) -> Problem:
    if any_real:
        return found(Kind.NOT_REAL, place=place, got=str(got.dtype))
    return found(Kind.WRONG_DTYPE, place=place, got=str(got.dtype))


def _writable_problem(got: np.ndarray, place: str) -> Problem | None:
    return None if got.flags.writeable else found(Kind.READ_ONLY, place=place)


def _real_array_problem(got: Any, shape: tuple[int, ...], place: str) -> Problem | None:
    problem = _array_problem(got, shape, place)
    if problem is None and got.dtype not in (np.float64, np.float32):
        problem = _dtype_problem(got, place, any_real=False)
    problem = problem or _writable_problem(got, place)
    if problem is None and not np.isfinite(got).all():
        index = _first(~np.isfinite(got))
        problem = found(Kind.NOT_FINITE, place=place, index=[*index], got=str(got[index]))
    return problem


def _zeros_and_ones_problem(got: Any, shape: tuple[int, ...], place: str) -> Problem | None:
    """Return why `got` is no array of zeros and ones of that shape, or None."""
    problem = _array_problem(got, shape, place, any_real=True) or _writable_problem(got, place)
    if problem is None:
        wrong = ~((got == 0) | (got == 1))
        if wrong.any():
            index = _first(wrong)
            (shown,) = excerpt.numbers(got[index])
            problem = found(Kind.NOT_ZERO_OR_ONE, place=place, index=[*index], got=shown)
    return problem


def _entries_problem(
    got: np.ndarray, want: np.ndarray, right: np.ndarray, place: str
) -> Problem | None:
    if right.all():
        return None
    index = _first(~right)
    shown, wanted = excerpt.numbers(got[index], want[index])
    counts = {"count": int(np.sum(~right)), "size": right.size}
    return found(Kind.WRONG_ENTRIES, place=place, index=[*index], got=shown, want=wanted, **counts)


def _first(where: np.ndarray) -> tuple[int, ...]:
    """Return the index of the first entry that is true."""
    return tuple(map(int, np.argwhere(where)[0]))
