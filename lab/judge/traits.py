"""What one can tell of an answer in a line or two, so that a mistake is known by it.

An array becomes its shape and one number, which is another one for nearly every other array.
A right answer and a mistake have their traits in the same places; those of a mistake that
differ from the right ones are what it is known by.
"""

import functools
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.judge import expected
from lab.judge.ask import Case, Raises
from lab.judge.described import described
from lab.judge.rounding import close

TOLERANCE = 1e-6
"""Of the numbers in traits, relative to the sizes of what they are made of."""
DIGITS = range(1, 7)
"""To so many digits a right number may have been rounded."""
MOST_PLACES = 60
NAN, INFINITY, MINUS_INFINITY = -12.345678, 23.456789, -34.567891
"""What stands for them in an array's number."""


@dataclass(frozen=True)
class Trait:
    """What one can tell of an answer at one place.

    Attributes
    ----------
    what : str
        A shape, a type, an error, or a word for what is there.
    number : float or None
    slack : float
        How far the number may be from another one's.
    """

    what: str
    number: float | None = None
    slack: float = 0.0


Traits = dict[str, Trait]
"""By their places in the answer: a key of a dict, or the answer itself."""

WHOLE = "answer"
ABSENT = Trait("absent")
RAISES = "raises"
NAMED_ALONE = ("ZeroDivisionError",)
"""Errors whose words are others in another Python, so that their name has to tell."""


def same(one: Trait, other: Trait) -> bool:
    """Tell whether two traits are equal but for rounding, or for chance where draws are told of."""
    if one.what != other.what or (one.number is None) != (other.number is None):
        return False
    if one.number is None or other.number is None:
        return True
    apart, least = abs(one.number - other.number), 1e-7 * max(abs(one.number), abs(other.number))
    return math.isfinite(apart) and apart <= max(one.slack, other.slack, least)


def of_answer(case: Case, answer: Any) -> Traits:
    """Return the traits of an answer to a question that has one right answer."""
    if isinstance(answer, Raises):
        return {WHOLE: Trait(f"{RAISES} {_of_any_python(answer.said)}".strip())}
    if not isinstance(case.expected, expected.Mapping):
        return {WHOLE: _trait(answer, case.expected)}
    if not isinstance(answer, dict):
        return {WHOLE: _trait(answer, None)}
    wanted = _entries(case)
    places = [*wanted, *(key for key in answer if isinstance(key, str) and key not in wanted)]
    return {
        place: _trait(answer[place], wanted.get(place)) if place in answer else ABSENT
        for place in places[:MOST_PLACES]
    }


def _of_any_python(said: str) -> str:
    name = said.partition(":")[0]
    return name if name in NAMED_ALONE else said


def right(case: Case) -> Traits:
    """Return the traits of the right answer to such a question."""
    if isinstance(case.expected, expected.Mapping):
        return {place: _expected(want) for place, want in _entries(case).items()}
    return {WHOLE: _expected(case.expected)}


def wrong(traits: Traits, rights: Traits) -> Traits:
    """Return those that differ from the right ones."""
    return {
        place: trait
        for place, trait in traits.items()
        if place not in rights or not same(trait, rights[place])
    }


def signature(traits: Mapping[int, Traits], rights: Mapping[int, Traits]) -> Trait:
    """Return one trait for all: what several answers with right places known are told by.

    Parameters
    ----------
    traits, rights : dict of int to Traits
        By the positions of the questions.
    """
    total = slack = 0.0
    for position, places in rights.items():
        for place in places | traits[position]:
            trait = traits[position].get(place, ABSENT)
            weight = 1 + _fraction(f"{position} {place}")
            number = 0.0 if trait.number is None else trait.number
            # so that none outweighs the others
            total += weight * math.copysign(math.log1p(abs(number)), number)
            total += _fraction(f"{position} {place} {trait.what}")
            slack += weight * trait.slack / (1 + abs(number))
    return Trait("", total, slack)


def _fraction(text: str) -> float:
    return zlib.crc32(text.encode()) / 2**32


def _entries(case: Case) -> dict[str, Any]:
    """Return what is expected by key: beside draws only the shape of an array can be told."""
    entries = case.expected.entries
    if not any(isinstance(want, expected.Normal) for want in entries.values()):
        return entries
    shapes = {
        place: want.values.shape for place, want in entries.items() if hasattr(want, "values")
    }
    return entries | {place: expected.Shaped(shape) for place, shape in shapes.items()}


def _expected(want: Any) -> Trait:
    if isinstance(want, expected.Between):
        return Trait("finite")
    if isinstance(want, expected.Shaped):
        return Trait(_sizes(want.shape))
    return _trait(want.value if hasattr(want, "value") else want.values, want)


def _trait(value: Any, want: Any) -> Trait:
    """Return the trait of one value, by what is expected in its place."""
    kind = _kind(value)
    if kind is None:
        return Trait(str(described(value).what))
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        return Trait(kind)
    if isinstance(want, expected.Between):
        return Trait(" ".join([kind, _finite(array)]).strip())
    if isinstance(want, expected.Array | expected.Shaped) and isinstance(value, np.ndarray):
        kind += {"f": "", "b": " bool"}.get(value.dtype.kind, " int")
    if isinstance(want, expected.Shaped):
        return Trait(kind if np.isfinite(array).all() else f"{kind} {_finite(array)}")
    if _is_rounded(array, want):
        return Trait(f"{kind} rounded".strip())
    number, slack = _number(array)
    return Trait(kind, number, slack)


def _kind(value: Any) -> str | None:
    """Return what kind of numbers a value holds, or None where it holds none."""
    if isinstance(value, np.ndarray):
        return _sizes(value.shape) if value.dtype.kind in "biuf" else None
    if isinstance(value, bool | int | float | np.number | np.bool_):
        return ""
    if isinstance(value, list | tuple) and len(value):
        return f"{type(value).__name__} of {len(value)}"
    return None


def _sizes(shape: Iterable[int]) -> str:
    return "x".join(map(str, shape)) + ("," if len(tuple(shape)) == 1 else "")


def _finite(array: np.ndarray) -> str:
    if np.isfinite(array).all():
        return "finite"
    return "nan" if np.isnan(array).any() else "inf"


def _is_rounded(array: np.ndarray, want: Any) -> bool:
    """Tell whether it is the right answer, but for digits that were cut off."""
    if not isinstance(want, expected.Number | expected.Array):
        return False
    values = np.asarray(want.value if isinstance(want, expected.Number) else want.values)
    if array.shape != values.shape or close(array, values).all():
        return False
    return any(close(array, np.round(values, digits)).all() for digits in DIGITS)


def _number(array: np.ndarray) -> tuple[float, float]:
    """Return a number that tells an array from others of its shape, and its slack."""
    if array.ndim == 0 and np.isfinite(array):
        return float(array), TOLERANCE * abs(float(array))
    numbers = np.nan_to_num(array.ravel(), nan=NAN, posinf=INFINITY, neginf=MINUS_INFINITY)
    weights = _weights(numbers.size)
    return float(weights @ numbers), TOLERANCE * float(weights @ np.abs(numbers))


@functools.lru_cache(maxsize=200)
def _weights(size: int) -> np.ndarray:
    return np.random.RandomState(7).uniform(1, 2, size)
