"""A question as the call that asks it, in Python."""

import inspect
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from lab.judge.ask import Case

LONGEST = 120  # characters
DEFAULTS = ("bool", "int64", "float64")
"""The dtypes that `np.array` gives by itself."""


class _NoText(Exception):
    """A value has no short text that means the same again."""


def call(name: str, function: Callable[..., Any], case: Case) -> str | None:
    """Return the call that asks a question, or None where it is long.

    Numbers at its end are given by name, if the function calls them so.

    Parameters
    ----------
    name : str
        What the function is called in the notebook.
    function : callable
    case : Case
    """
    own = _parameters(function)
    first = {key: value for key, value in case.arguments.items() if key not in case.by_name}
    named = {key: case.arguments[key] for key in case.by_name}
    while first:
        key = next(reversed(first))
        if not isinstance(first[key], int | float) or key not in own:
            break
        named = {key: first.pop(key), **named}
    try:
        texts = [
            *(_text(value) for value in first.values()),
            *(f"{key}={_text(value)}" for key, value in named.items()),
        ]
    except _NoText:
        return None
    said = f"{name}({', '.join(texts)})"
    return said if len(said) <= LONGEST else None


def _parameters(function: Callable[..., Any]) -> set[str]:
    try:
        return set(inspect.signature(function).parameters)
    except Exception:  # what a student's callable may be has no end
        return set()


def _text(value: Any) -> str:
    """Return the Python code of a value."""
    if isinstance(value, np.ndarray):
        if value.size == 0 or value.size > LONGEST:
            raise _NoText
        kind = value.dtype.name
        return f"np.array({_text(value.tolist())}" + (
            ")" if kind in DEFAULTS else f', dtype="{kind}")'
        )
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_text, value))}{',' * (len(value) == 1)})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {_text(entry)}' for key, entry in value.items())}}}"
    if isinstance(value, float) and not math.isfinite(value):
        raise _NoText
    if isinstance(value, bool | int | float | str):
        return repr(value)
    raise _NoText
