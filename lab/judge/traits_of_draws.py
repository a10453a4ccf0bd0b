"""What one can tell of draws, whatever was drawn: their spread and shape.

So a mistake is known by whoever makes it, with a seed of their own or another way to draw.
Numbers are logarithms where factors multiply, so that those of two mistakes add up. What one can
tell of masks, and of what follows from them, stands in `traits_of_masks`.
"""

import math
from typing import Any, TypeGuard

import numpy as np

from lab.judge.ask import Case
from lab.judge.expected import Array, Normal
from lab.judge.traits import ABSENT, Trait, Traits, of_answer

DEVIATIONS = 5
"""How many standard errors of a statistic two mistakes of the same kind may be apart."""
FLATNESS = 0.6  # the standard deviation of |z|
LEAST = 1e-200  # what is divided by, where rounding has made a 0 of it
MANY = 20
YES, NO = Trait("yes"), Trait("no")
ONCE = "the same at every call"
LAYERS = "the same in each layer"
SPREAD = "spread"


def of_weights(case: Case, value: Any, again: Any) -> Traits:
    """Return the traits of two draws of weights."""
    if not isinstance(value, dict) or not isinstance(again, dict):
        return of_answer(case, value)
    traits: Traits = {}
    layers = []
    for name, want in case.expected.entries.items():
        array, other = value.get(name), again.get(name)
        if is_real(array) and is_real(other):
            traits |= _of_array(name, array, other, want)
            if isinstance(want, Normal):
                layers.append(array.ravel())
        else:
            traits[name] = Trait("no array of numbers") if name in value else ABSENT
    if len(layers) > 1:
        traits[LAYERS] = YES if begin_alike(layers[0], layers[1]) else NO
    return traits


def right(case: Case) -> Traits:
    """Return the traits of right weights."""
    traits = {LAYERS: NO}
    for name, want in case.expected.entries.items():
        traits[name] = Trait(sizes(want.values if isinstance(want, Array) else want))
        if isinstance(want, Normal):
            traits |= {
                f"{name} mean": Trait("", 0.0),
                f"{name} {SPREAD}": Trait("", 0.0),
                f"{name} flatness": Trait("", math.sqrt(2 / math.pi)),
                f"{name} is {ONCE}": NO,
                f"{name} holds": Trait("draws"),
            }
        else:
            traits[f"{name} holds"] = Trait("constant", 0.0)
    return traits


def is_its_own(place: str, what: str) -> bool:
    """Tell whether a trait has one cause, whatever else is wrong: draws that repeat, biases."""
    return place.startswith("b") or (place.endswith((ONCE, LAYERS)) and what == YES.what)


def _of_array(name: str, array: np.ndarray, again: np.ndarray, want: Any) -> Traits:
    traits, repeated = {name: Trait(sizes(array))}, np.array_equal(array, again)
    if np.ptp(array) == 0:
        # a constant that another call does not give is one draw
        held = Trait("constant", float(array.flat[0])) if repeated else Trait("one draw")
        return {**traits, f"{name} holds": held}
    traits[f"{name} holds"] = Trait("draws")
    if not isinstance(want, Normal):
        return traits
    layer = _of_layer(name, array / want.sigma)
    return {**traits, **layer, f"{name} is {ONCE}": YES if repeated else NO}


def _of_layer(name: str, z: np.ndarray) -> Traits:
    n, spread = z.size, max(float(np.std(z)), LEAST)
    error = DEVIATIONS / math.sqrt(n)
    return {
        f"{name} mean": Trait("", float(np.mean(z)) / spread, error),
        f"{name} {SPREAD}": Trait("", math.log(spread), error / math.sqrt(2)),
        f"{name} flatness": Trait(
            "", float(np.mean(np.abs(z - np.mean(z)))) / spread, error * FLATNESS
        ),
    }


def begin_alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two layers begin with the same draws, each scaled as it may be."""
    n = min(one.size, other.size, MANY)
    one, other = one[:n] - one[:n].mean(), other[:n] - other[:n].mean()
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return n > 2 and lengths > 0 and abs(float(one @ other)) > (1 - 1e-6) * lengths


def is_real(value: Any) -> TypeGuard[np.ndarray]:
    """Tell whether a value is an array of real, finite numbers."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf" or not value.size:
        return False
    return value.ndim > 0 and bool(np.isfinite(value).all())


def sizes(array: Any) -> str:
    """Return the shape of an array as text."""
    return "x".join(map(str, array.shape)) + ("," if len(array.shape) == 1 else "")
