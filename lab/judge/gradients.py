"""The check of gradients: each right by itself, or right for those that it is made of.

So one wrong thing costs its own part only: where dZ has a factor too much, what follows from
it is right all the same.
"""

from typing import Any

import numpy as np

from lab.judge.ask import Ask, Case
from lab.judge.expected import Array
from lab.judge.problems import Kind, Place, Problem
from lab.judge.values import fresh
from lab.network import backward_propagation


def gradients(ask: Ask, case: Case) -> Problem | None:
    """The right gradients, fresh ones, and the arguments left as they were."""
    return fresh(ask, case, lambda value: _difference(case, value))


def _difference(case: Case, value: Any) -> Problem | None:
    problem = case.expected.difference(value, Place.RESULT)
    if problem is None or problem.kind is not Kind.WRONG_ENTRIES:
        return problem
    rounding = case.expected.rounding(value)
    for name, want in case.expected.entries.items():
        problem = want.difference(value[name], name, rounding)
        if problem and not (problem.kind is Kind.WRONG_ENTRIES and _follows(name, case, value)):
            return problem
    return None


def _follows(name: str, case: Case, value: dict) -> bool:
    """Tell whether a gradient is right for the one that it is made of."""
    layer, cache = int(name[-1]), _named(case.arguments["cache"])
    before = {"dA": f"dZ{layer + 1}", "dZ": f"dA{layer}"}.get(name[:2], f"dZ{layer}")
    made_of: Any = value.get(before)
    # of nothing, nothing follows
    if before == "dA3" or not _is_like(cache[f"A{before[-1]}"], made_of) or not np.any(made_of):
        return False
    if name[:2] == "dZ":
        return _is(made_of * (cache[f"A{layer}"] > 0), value[name])
    if name[:2] == "dA":
        return _is_kept(np.dot(cache[f"W{layer + 1}"].T, made_of), layer, case, cache, value[name])
    m = made_of.shape[1]
    if name[:2] == "db":
        return _is(np.sum(made_of, axis=1, keepdims=True) / m, value[name])
    inputs = case.arguments["X"] if layer == 1 else cache[f"A{layer - 1}"]
    return _is(np.dot(made_of, inputs.T) / m + _penalty(name, case), value[name])


def _is_like(A: np.ndarray, made_of: Any) -> bool:
    return type(made_of) is np.ndarray and made_of.shape == A.shape and made_of.dtype.kind == "f"


def _named(cache: tuple) -> dict[str, np.ndarray]:
    masks = len(cache) == 14
    hidden = "ZDAWb" if masks else "ZAWb"
    names = [f"{letter}{layer}" for layer in (1, 2) for letter in hidden]
    return dict(zip([*names, "Z3", "A3", "W3", "b3"], cache, strict=True))


def _penalty(name: str, case: Case) -> Any:
    """Return what an expected dW holds besides what is made of dZ."""
    if "lambd" not in case.arguments:
        return 0
    X, Y, cache = (case.arguments[each] for each in ("X", "Y", "cache"))
    return case.expected.entries[name].values - backward_propagation(X, Y, cache)[name]


def _is_kept(
    back: np.ndarray, layer: int, case: Case, cache: dict[str, np.ndarray], dA: np.ndarray
) -> bool:
    """Tell whether a dA is what came back; where there is a mask, shut down and scaled like A."""
    if f"D{layer}" not in cache:
        return _is(back, dA)
    D, keep_prob = cache[f"D{layer}"] != 0, case.arguments["keep_prob"]
    return not np.any(dA[~D]) and _is(back[D], dA[D] * keep_prob)


def _is(want: np.ndarray, got: np.ndarray) -> bool:
    return Array(want).difference(got, "") is None
