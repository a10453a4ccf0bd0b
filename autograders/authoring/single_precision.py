"""Answers in float32: what comes of those who return it, and of those who compute in it."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np


def returned(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that gives what `function` gives, its float64 numbers as float32."""

    @functools.wraps(function)
    def cast(*given: Any, **named: Any) -> Any:
        return _single(function(*given, **named))

    return cast


def throughout(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that also makes float32 of what it is given."""

    @functools.wraps(function)
    def cast(*given: Any, **named: Any) -> Any:
        inside = {name: _single(value) for name, value in named.items()}
        return _single(function(*map(_single, given), **inside))

    return cast


def _single(value: Any) -> Any:
    """Return a value with float32 in the place of float64, in its dicts and tuples too."""
    if isinstance(value, dict):
        return {key: _single(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_single, value))
    if isinstance(value, list) and all(isinstance(entry, float) for entry in value):
        return np.array(value, dtype=np.float32)
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value.astype(np.float32)
    return np.float32(value) if isinstance(value, float) else value
