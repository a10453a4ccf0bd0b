"""What one can tell of a forward pass with dropout: its masks, and what follows from them.

As `traits_of_draws` does of weights, whatever was drawn.
"""

import math
from typing import Any

import numpy as np

from lab.judge.ask import Case
from lab.judge.cache import keep_prob_of
from lab.judge.rounding import close
from lab.judge.traits import Trait, Traits
from lab.judge.traits_of_draws import (
    DEVIATIONS,
    LAYERS,
    NO,
    ONCE,
    YES,
    begin_alike,
    is_real,
    sizes,
)
from lab.network import relu, sigmoid

LOG_SLACK = 1e-6
DIGITS = 4  # of a scale in words
CACHE = 14
UNEVEN = Trait("unevenly")
"""It may come of anything, so nothing is known by it together with others."""
COUNT = "masks keep a fixed count"
MASKED, SCALED, KEEPS = "masked", "is scaled", "keeps"


def right(case: Case) -> Traits:
    """Return the traits of a right forward pass."""
    (_, m), p = case.arguments["X"].shape, keep_prob_of(case)
    traits: Traits = {"cache": Trait(f"tuple of {CACHE}"), "A3": Trait("follows"), LAYERS: NO}
    for l in (1, 2):
        D, units = f"D{l}", case.arguments["parameters"][f"b{l}"].shape[0]
        traits |= {
            D: Trait(f"zeros and ones, {units}x{m}"),
            f"Z{l}": Trait("follows"),
            f"A{l}": Trait(MASKED),
            f"A{l} {SCALED}": Trait("", 0.0),
            f"{D} {KEEPS}": Trait("", p),
            f"{D} is {ONCE}": NO,
            f"{D} varies": Trait("freely"),
        }
    return {**traits, "Z3": Trait("follows"), COUNT: NO}


def of_masks(case: Case, value: Any, again: Any) -> Traits:
    """Return the traits of two forward passes."""
    cache = value[1] if isinstance(value, tuple) and len(value) == 2 else None
    if not isinstance(cache, tuple):
        return {"cache": Trait(type(value).__name__)}
    if len(cache) != CACHE or not all(map(_is_matrix, (value[0], *cache))):
        return {"cache": Trait(f"tuple of {len(cache)}")}
    other = again[1] if isinstance(again, tuple) and len(again) == 2 else ()
    given, p = case.arguments["parameters"], keep_prob_of(case)
    A3, Z1, D1, A1, _, _, Z2, D2, A2, _, _, Z3, last, _, _ = (
        np.asarray(each, dtype=float) for each in (value[0], *cache)
    )
    traits: Traits = {"cache": Trait(f"tuple of {CACHE}")}
    sources = {"follows": case.arguments["X"]}
    for l, (Z, D, A) in enumerate(((Z1, D1, A1), (Z2, D2, A2)), start=1):
        traits[f"Z{l}"] = _linear(Z, given, l, sources)
        traits |= _of_mask(f"D{l}", D, _mask(other, l), Z.shape)
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
    return traits | _of_both([D1, D2], [_mask(other, l) for l in (1, 2)], traits)


def worded(case: Case, traits: Traits) -> Traits:
    """Return traits whose numbers are words, alike for all who made the same mistakes.

    A share is the next of those that `keep_prob` may be taken for, if one is near.
    """
    shares = _shares(keep_prob_of(case))
    words = {}
    for place, trait in traits.items():
        number = trait.number
        if number is not None and place.endswith(KEEPS):
            apart, near = min((abs(share - number), share) for share in shares)
            number = near if apart <= trait.slack else math.inf
        said = "" if number is None else f" {round(number, DIGITS) + 0.0}"
        words[place] = Trait(trait.what + said)
    return words


def _shares(p: float) -> set[float]:
    """Return which shares of the units may be kept: by uniform draws or normal ones, or inverted.

    The threshold is keep_prob, what is left of 1, or one half.
    """
    normal = {(1 + math.erf(t / math.sqrt(2))) / 2 for t in (p, 1 - p, 0.5)}
    shares = {0.0, p, 0.5} | normal
    return shares | {1 - share for share in shares}


def _mask(cache: tuple, l: int) -> Any:
    return cache[5 * l - 4] if len(cache) == CACHE else None


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
    traits = {name: Trait(f"{kind}, {sizes(D)}")}
    if np.ptp(D) == 0 or D.shape[1] == 1:
        if binary and D.shape == shape and np.ptp(D) == 0:
            traits[f"{name} {KEEPS}"] = Trait("", float(D.flat[0]), 0.01)
        return traits
    traits[f"{name} is {ONCE}"] = YES if is_real(again) and np.array_equal(D, again) else NO
    kept = D != 0
    alike = np.all(kept == kept[:, :1]) or (len(kept) > 1 and np.all(kept == kept[:1]))
    if len(values) == 2 and alike:
        return {**traits, f"{name} varies": Trait("in one direction")}
    if len(values) == 2 and len(D) > 1:
        traits[f"{name} {KEEPS}"] = _share(kept)
        traits[f"{name} varies"] = Trait("freely")
    return traits


def _share(kept: np.ndarray) -> Trait:
    return Trait("", float(np.mean(kept)), DEVIATIONS / 2 / math.sqrt(kept.size))


def _of_both(masks: list[np.ndarray], again: list[Any], of_each: Traits) -> Traits:
    """Return what can be told of masks only side by side, and from call to call."""
    D1, D2 = masks
    traits: Traits = {}
    if D1.shape[1] == D2.shape[1] and np.ptp(D1) > 0 and np.ptp(D2) > 0:
        same_draws = D1.shape[1] > 1 and begin_alike(D1.ravel(), D2.ravel())
        traits[LAYERS] = YES if same_draws else NO
    names = ("D1", "D2")
    free = all(of_each.get(f"{name} varies") == Trait("freely") for name in names)
    if free and not any(of_each[f"{name} is {ONCE}"] == YES for name in names):
        # for one mask that may be chance, a probability of a percent
        pairs = zip(masks, again, strict=True)
        counted = all(is_real(B) and np.sum(A != 0) == np.sum(B != 0) for A, B in pairs)
        traits[COUNT] = YES if counted else NO
    return traits


def _of_activations(name: str, Z: np.ndarray, D: np.ndarray, A: np.ndarray, p: float) -> Traits:
    """Say how A follows from relu(Z) and D: what is 0, and by what the others are scaled."""
    if A.shape != Z.shape:
        return {name: Trait(sizes(A))}
    whole = relu(Z)
    if not np.any(whole):
        return {}
    scale, word = _even(whole, A), None
    if scale is None:
        scale, word = _by_the_mask(whole, D, A)
    traits = {f"{name} {SCALED}": _scaled(scale, p, None if word else D)}
    return traits | ({name: Trait(word)} if word else _zeros(name, whole, D, A))


def _scaled(scale: float | None, p: float, D: np.ndarray | None) -> Trait:
    if scale is None:
        return UNEVEN
    by_share = D is not None and np.ptp(D) > 0 and abs(scale * np.mean(D) - 1) <= LOG_SLACK
    if by_share and abs(scale * p - 1) > LOG_SLACK:
        return Trait("by the share kept")
    return Trait("", math.log(scale * p), LOG_SLACK)


def _even(whole: np.ndarray, A: np.ndarray) -> float | None:
    """Return by what all that is not 0 was multiplied, or None where that is not one number."""
    nothing = whole == 0
    kept = (np.abs(A) > LOG_SLACK * np.abs(whole)) & ~nothing
    if not kept.any() or np.any(A[nothing] != 0):
        return None
    ratios = A[kept] / whole[kept]
    even = ratios[0] > 0 and np.ptp(ratios) <= LOG_SLACK * abs(ratios[0])
    return float(ratios[0]) if even else None


def _by_the_mask(
    whole: np.ndarray, D: np.ndarray, A: np.ndarray
) -> tuple[float | None, str | None]:
    """Return by what A was scaled, and what was done with D besides putting zeros into A."""
    made = {}
    if _fits(D, A):
        made["times the entries of D"] = whole * D
    if D.shape[0] == D.shape[1] == A.shape[1]:
        made |= {"matrix product": whole @ D, "matrix product, transposed": whole @ D.T}
    for word, product in made.items():
        if np.any(product) and (scale := _even(product, A)) is not None:
            return scale, word
    if _fits(D, A):
        both = np.stack([whole.ravel(), np.broadcast_to(D, A.shape).ravel()], axis=1)
        factors, *_ = np.linalg.lstsq(both, A.ravel(), rcond=None)
        if factors[0] > 0 and close(A.ravel(), both @ factors).all():
            return float(factors[0]), "and D added"
    return None, None


def _zeros(name: str, whole: np.ndarray, D: np.ndarray, A: np.ndarray) -> Traits:
    """Say which entries of A are 0, beside those of relu(Z)."""
    alive = whole > 0
    zeros = np.abs(A[alive]) <= LOG_SLACK * whole[alive]
    if not _fits(D, A):
        return {name: Trait("masked by what is not there" if zeros.any() else "not masked")}
    mask = np.broadcast_to(D, A.shape)[alive]
    two = np.isin(mask, (0, np.max(mask))).all()
    if two and np.array_equal(zeros, mask == 0):
        return {name: Trait(MASKED)}  # with keep_prob = 1 as well
    if not zeros.any():
        return {name: Trait("not masked")}
    if two:
        inverted = np.array_equal(zeros, mask != 0)
        return {name: Trait("inverted" if inverted else "masked by another")}
    word = "masked by what is not there"
    if zeros.all() or mask[zeros].min() > mask[~zeros].max():
        word = "masked where draws are large"
    elif mask[zeros].max() < mask[~zeros].min():
        word = "masked where draws are small"
    traits = {name: Trait(word)}
    return traits if 1 in D.shape else {**traits, f"{name} {KEEPS}": _share(~zeros)}


def _fits(D: np.ndarray, A: np.ndarray) -> bool:
    return D.ndim == A.ndim and all(d in (1, a) for d, a in zip(D.shape, A.shape, strict=True))


def _is_matrix(value: Any) -> bool:
    return is_real(value) and value.ndim == 2
