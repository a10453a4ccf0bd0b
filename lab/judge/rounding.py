"""What rounding may do to a right result: of float64, and of float32."""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Rounding:
    """What rounding may do to a result, in any sensible order of operations.

    Attributes
    ----------
    relative : float
        To an entry, as a share of it.
    absolute : float
        To a small entry, as a share of the largest one, from which it may be a difference.
    number : float
        The least that a number alone is taken to be a difference of.
    largest : float
        The largest entry of the whole answer, where the answer has several arrays.
    """

    relative: float
    absolute: float
    number: float
    largest: float = 0.0


DOUBLE = Rounding(1e-7, 1e-9, 1e-3)
SINGLE = Rounding(3e-6, 1e-6, 1.0)
"""Of float32, which has 7 digits."""


def rounding_of(*values: Any) -> Rounding:
    """Return what to expect of an answer: one float32 in it has rounded all that follows."""
    coarse = any(getattr(value, "dtype", None) == np.float32 for value in values)
    return SINGLE if coarse else DOUBLE


def close(got: Any, want: Any, scale: float | None = None, rounding: Rounding | None = None) -> Any:
    """Tell, entry by entry, whether two finite results are equal but for rounding."""
    rounding = rounding or rounding_of(got)
    scale = np.max(np.abs(want), initial=0) if scale is None else scale
    scale = max(scale, rounding.largest)
    return np.abs(got - want) <= rounding.relative * np.abs(want) + rounding.absolute * scale
