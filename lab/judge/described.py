"""What a value is, as data: of some values this is all that is known, or worth saying."""

import enum
from dataclasses import dataclass
from typing import Any

import numpy as np


class What(enum.StrEnum):
    """What a value may be."""

    NONE = "none"
    ARRAY = "array"  # detail: its shape
    FUNCTION = "function"
    OBJECT = "object"  # detail: the name of its type
    HUGE_INT = "huge int"  # detail: its bits
    LONG_TEXT = "long text"  # detail: its characters


@dataclass(frozen=True)
class Described:
    """A description of a value. What came from another process and is no plain value is one itself.

    Attributes
    ----------
    what : What
    detail : str, int or tuple of int
        What is said of it besides.
    """

    what: What
    detail: str | int | tuple[int, ...] = ""


@dataclass(frozen=True)
class OddArray:
    """An array from another process whose dtype cannot be right: objects, texts, dates."""

    shape: tuple[int, ...]
    dtype: str


def described(value: Any) -> Described:
    """Return the description of any value."""
    if value is None:
        return Described(What.NONE)
    if isinstance(value, Described):
        return value
    if type(value) is np.ndarray or isinstance(value, OddArray):
        return Described(What.ARRAY, value.shape)
    if callable(value):
        return Described(What.FUNCTION)
    return Described(What.OBJECT, type(value).__name__)
