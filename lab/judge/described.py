"""What a value is called and how a number is shown to a person."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Foreign:
    """What came from another process and is no plain value: only its kind is known."""

    kind: str


@dataclass(frozen=True)
class OddArray:
    """An array from another process whose dtype cannot be right: objects, texts, dates."""

    shape: tuple
    dtype: str


def kind_of(value):
    """Return how a person would call the type of `value`."""
    if value is None:
        return "None"
    if isinstance(value, Foreign):
        return value.kind
    if type(value) is np.ndarray or isinstance(value, OddArray):
        return f"an array of shape {value.shape}"
    if callable(value):
        return "a function (perhaps its parentheses are missing)"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def show(*values):
    """Return the numbers as text, short, but long enough to tell them apart."""
    for digits in (6, 9, 12, 17):
        # adding 0 makes 0 of -0
        texts = [f"{float(value) + 0.0:.{digits}g}" for value in values]
        if len(set(texts)) == len(set(map(float, values))):
            break
    return texts
