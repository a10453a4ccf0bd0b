"""What one can tell of draws, whatever was drawn: their spread and shape, what follows from them.

So a mistake is known by whoever makes it, with a seed of their own or another way to draw.
Numbers are logarithms where factors multiply, so that those of two mistakes add up.
"""

import math
from typing import Any, TypeGuard

import numpy as np

from lab.judge.ask import Ask, Case, Raises, Stopped
from lab.judge.expected import Array, Mapping, Normal
from lab.judge.rounding import close
from lab.judge.traits import ABSENT, Trait, Traits, of_answer
from lab.network import relu, sigmoid

DEVIATIONS = 5
"""How many standard errors of a statistic two mistakes of the same kind may be apart."""
FLATNESS = 0.6  # the standard deviation of |z|
LOG_SLACK = 1e-6
LEAST = 1e-200  # what is divided by, where rounding has made a 0 of it
MANY = 20
YES, NO = Trait("yes"), Trait("no")
ONCE = "the same at every call"
LAYERS = "the same in each layer"
CACHE = 14


def of_draws(case: Case, ask: Ask) -> Traits:
    """Return the traits of what a function draws, from two calls; nothing where it stops."""
    try:
        values = [ask(case, seeded=first).value for first in (True, False)]
    except Stopped as stopped:
        return of_answer(case, Raises.of(stopped.problem))
    if isinstance(case.expected, Mapping):
        return _of_weights(case, *values)
    return _of_masks(case, *values)


def right(case: Case) -> Traits:
    """Return the traits of right draws."""
    if not isinstance(case.expected, Mapping):
        return _right_masks(case)
    traits = {LAYERS: NO}
    for name, want in case.expected.entries.items():
        traits[name] = Trait(_sizes(want.values if isinstance(want, Array) else want))
        if isinstance(want, Normal):
            traits |= {
                f"{name} mean": Trait("", 0.0),
                f"{name} spread": Trait("", 0.0),
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


def _of_weights(case: Case, value: Any, again: Any) -> Traits:
    if not isinstance(value, dict) or not isinstance(again, dict):
        return of_answer(case, value)
    traits: Traits = {}
    layers = []
    for name, want in case.expected.entries.items():
        array, other = value.get(name), again.get(name)
        if _is_real(array) and _is_real(other):
            traits |= _of_array(name, array, other, want)
            if isinstance(want, Normal):
                layers.append(array.ravel())
        else:
            traits[name] = Trait("no array of numbers") if name in value else ABSENT
    if len(layers) > 1:
        traits[LAYERS] = YES if _begin_alike(layers[0], layers[1]) else NO
    return traits


def _of_array(name: str, array: np.ndarray, again: np.ndarray, want: Any) -> Traits:
    traits, repeated = {name: Trait(_sizes(array))}, np.array_equal(array, again)
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
        f"{name} spread": Trait("", math.log(spread), error / math.sqrt(2)),
        f"{name} flatness": Trait(
            "", float(np.mean(np.abs(z - np.mean(z)))) / spread, error * FLATNESS
        ),
    }


def _begin_alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two layers begin with the same draws, each scaled as it may be."""
    n = min(one.size, other.size, MANY)
    one, other = one[:n] - one[:n].mean(), other[:n] - other[:n].mean()
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return n > 2 and lengths > 0 and abs(float(one @ other)) > (1 - 1e-6) * lengths


def _right_masks(case: Case) -> Traits:
    (_, m), p = case.arguments["X"].shape, case.arguments.get("keep_prob", 0.5)
    traits: Traits = {"cache": Trait(f"tuple of {CACHE}"), "A3": Trait("follows"), LAYERS: NO}
    for l in (1, 2):
        D, units = f"D{l}", case.arguments["parameters"][f"b{l}"].shape[0]
        traits |= {
            D: Trait(f"zeros and ones, {units}x{m}"),
            f"Z{l}": Trait("follows"),
            f"A{l}": Trait("masked"),
            f"A{l} is scaled": Trait("", 0.0),
            f"{D} keeps": Trait("", p),
            f"{D} is {ONCE}": NO,
            f"{D} varies": Trait("freely"),
        }
    return {**traits, "Z3": Trait("follows")}


def _of_masks(case: Case, value: Any, again: Any) -> Traits:
    cache = value[1] if isinstance(value, tuple) and len(value) == 2 else None
    if not isinstance(cache, tuple):
        return {"cache": Trait(type(value).__name__)}
    if len(cache) != CACHE or not all(map(_is_matrix, (value[0], *cache))):
        return {"cache": Trait(f"tuple of {len(cache)}")}
    other = again[1] if isinstance(again, tuple) and len(again) == 2 else ()
    given, p = case.arguments["parameters"], case.arguments.get("keep_prob", 0.5)
    A3, Z1, D1, A1, _, _, Z2, D2, A2, _, _, Z3, last, _, _ = (
        np.asarray(each, dtype=float) for each in (value[0], *cache)
    )
    traits: Traits = {"cache": Trait(f"tuple of {CACHE}")}
    sources = {"follows": case.arguments["X"]}
    for l, (Z, D, A) in enumerate(((Z1, D1, A1), (Z2, D2, A2)), start=1):
        traits[f"Z{l}"] = _linear(Z, given, l, sources)
        again_D = other[5 * l - 4] if len(other) == CACHE else None
        traits |= _of_mask(f"D{l}", D, again_D, Z.shape)
        traits |= _of_activations(f"A{l}", Z, D, A, p)
        sources = {"follows": A}
        if D.shape == Z.shape:
            masked = relu(Z) * (D != 0)
            sources |= {
                "from A before dropout": relu(Z),
                "from A masked": masked,
                "from A dropped": masked / p,
            }
    traits["Z3"] = _linear(Z3, given, 3, sources)
    alike = A3.shape == Z3.shape == last.shape and close(A3, sigmoid(Z3)).all()
    traits["A3"] = Trait("follows" if alike and close(last, A3).all() else "else")
    if D1.shape[1] == D2.shape[1] and np.ptp(D1) > 0 and np.ptp(D2) > 0:
        same_draws = D1.shape[1] > 1 and _begin_alike(D1.ravel(), D2.ravel())
        traits[LAYERS] = YES if same_draws else NO
    return traits


def _linear(Z: np.ndarray, given: dict, l: int, sources: dict[str, np.ndarray]) -> Trait:
    """Say what a Z was made of."""
    W, b = given[f"W{l}"], given[f"b{l}"]
    for name, A in sources.items():
        if A.ndim == 2 and A.shape[0] == W.shape[1] and Z.shape == (W.shape[0], A.shape[1]):
            want = W @ A + b
            if close(Z, want).all():
                return Trait(name)
    return Trait("else")


def _of_mask(name: str, D: np.ndarray, again: Any, shape: tuple[int, ...]) -> Traits:
    values = np.unique(D)
    binary = np.isin(values, (0, 1)).all()
    if binary:
        kind = "zeros and ones"
    elif len(values) == 2 and values[0] == 0:
        kind = "zeros and others"
    elif D.min() >= 0 and D.max() < 1:
        kind = "draws from 0 to 1"
    else:
        kind = "other draws"
    traits = {name: Trait(f"{kind}, {_sizes(D)}")}
    if np.ptp(D) == 0 or D.shape[1] == 1:
        if binary and D.shape == shape and np.ptp(D) == 0:
            traits[f"{name} keeps"] = Trait("", float(D.flat[0]), 0.01)
        return traits
    traits[f"{name} is {ONCE}"] = YES if _is_real(again) and np.array_equal(D, again) else NO
    kept = D != 0
    alike = np.all(kept == kept[:, :1]) or (len(kept) > 1 and np.all(kept == kept[:1]))
    if len(values) == 2 and alike:
        return {**traits, f"{name} varies": Trait("in one direction")}
    if len(values) == 2 and len(D) > 1:
        slack = DEVIATIONS / 2 / math.sqrt(D.size)
        traits[f"{name} keeps"] = Trait("", float(np.mean(kept)), slack)
        traits[f"{name} varies"] = Trait("freely")
    return traits


def _of_activations(name: str, Z: np.ndarray, D: np.ndarray, A: np.ndarray, p: float) -> Traits:
    """Say how A follows from relu(Z) and D: what is 0, and by what the others are scaled."""
    if A.shape != Z.shape:
        return {name: Trait(_sizes(A))}
    alive = relu(Z) > 0
    if not alive.any():
        return {}
    ratios = A[alive] / relu(Z)[alive]
    kept = ratios[np.abs(ratios) > LOG_SLACK]
    traits: Traits = {}
    if kept.size and kept[0] > 0 and np.ptp(kept) <= LOG_SLACK * abs(kept[0]):
        scale = math.log(float(kept[0]) * p)
        traits[f"{name} is scaled"] = Trait("", scale, LOG_SLACK)
    else:
        traits[f"{name} is scaled"] = Trait("unevenly")
    mask = np.broadcast_to(D, A.shape)[alive] if _fits(D, A) else None
    zeros = np.abs(ratios) <= LOG_SLACK
    if mask is not None and np.isin(mask, (0, np.max(mask))).all():
        if np.array_equal(zeros, mask == 0):
            word = "masked"
        elif not zeros.any():
            word = "not masked"
        else:
            word = "masked by another" if not np.array_equal(zeros, mask != 0) else "inverted"
        traits[name] = Trait(word)
    else:
        traits[name] = Trait("masked by what is not there" if zeros.any() else "not masked")
    return traits


def _fits(D: np.ndarray, A: np.ndarray) -> bool:
    return D.ndim == A.ndim and all(d in (1, a) for d, a in zip(D.shape, A.shape, strict=True))


def _is_real(value: Any) -> TypeGuard[np.ndarray]:
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf" or not value.size:
        return False
    return value.ndim > 0 and bool(np.isfinite(value).all())


def _is_matrix(value: Any) -> bool:
    return _is_real(value) and value.ndim == 2


def _sizes(array: Any) -> str:
    return "x".join(map(str, array.shape)) + ("," if len(array.shape) == 1 else "")
