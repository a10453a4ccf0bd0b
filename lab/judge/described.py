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


def is_odd_array(value: Any) -> bool:
    """Tell whether a value is an `OddArray`, and not one that a student has made up."""
    return type(value) is OddArray and _is_shape(value.shape) and type(value.dtype) is str


def _is_shape(value: object) -> bool:
    return type(value) is tuple and all(type(size) is int for size in value)


def _is_well_formed(value: Described) -> bool:
    """Tell whether a description is one of ours: students can make one, too."""
    wanted = {What.ARRAY: _is_shape, What.HUGE_INT: _is_int, What.LONG_TEXT: _is_int}
    return type(value.what) is What and wanted.get(value.what, _is_text)(value.detail)


def _is_int(value: object) -> bool:
    return type(value) is int


def _is_text(value: object) -> bool:
    return type(value) is str


def described(value: Any) -> Described:
    """Return the description of any value."""
    if value is None:
        return Described(What.NONE)
    if type(value) is Described and _is_well_formed(value):
        return value
    if type(value) is np.ndarray or is_odd_array(value):
        return Described(What.ARRAY, value.shape)
    if callable(value):
        return Described(What.FUNCTION)
    return Described(What.OBJECT, type(value).__name__)
