"""One wrong thing costs the part that asks for it, and no other; what is right is paid."""

import numpy as np
import pytest

from autograders.content.mistakes.dropout import BACKWARD as BACKWARD_MISTAKES
from autograders.content.mistakes.dropout_forward import FORWARD as FORWARD_MISTAKES
from autograders.content.mistakes.dropout_forward import WHOLE
from autograders.course import reference, stubs
from autograders.course.catalogue import find
from lab.judge.ask import asker
from lab.judge.examples import all_exercises
from lab.judge.problems import Kind
from lab.judge.verdict import judge
from lab.phrases import phrase
from tests.autograders.sandbox.replies import examples_of

FORWARD = "dropout", "forward_propagation_with_dropout"
BACKWARD = "dropout", "backward_propagation_with_dropout"
PENALTY = "l2_regularization", "backward_propagation_with_regularization"
CACHE = "cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)"

PLAIN = """
def {name}(X, Y, cache, {last}):
    m = X.shape[1]
    {names} = cache
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m{W3}
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = np.dot(W3.T, dZ3){D2}
    dZ2 = dA2 * (A2 > 0)
    dW2 = np.dot(dZ2, A1.T) / m{W2}
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2){D1}
    dZ1 = dA1 * (A1 > 0)
    dW1 = np.dot(dZ1, X.T) / m{W1}
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {{
        "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2,
        "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }}
"""
DROPOUT = PLAIN.format(
    name=BACKWARD[1],
    last="keep_prob",
    names="Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3",
    D2=" * D2 / keep_prob",
    D1=" * D1 / keep_prob",
    **dict.fromkeys(("W1", "W2", "W3"), ""),
)
L2 = PLAIN.format(
    name=PENALTY[1],
    last="lambd",
    names="Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3",
    D2="",
    D1="",
    **{f"W{l}": f" + lambd / m * W{l}" for l in (1, 2, 3)},
)
SEEDS = range(2)


def verdicts(exercise, code):
    """Yield the verdict of the notebook's check, and those of gradings."""
    assignment, name = exercise
    answer = reference.run(assignment, code, name)
    np.random.seed(1)
    yield judge(all_exercises()[name], asker(answer))
    listed = find(assignment, name)
    for seed in SEEDS:
        asked = examples_of(assignment, listed, seed)
        yield judge(asked, asker(answer))


def earned(exercise, code):
    """Return the points of each part, which must be the same whoever asks."""
    earned = [[part.points for part in verdict.parts] for verdict in verdicts(exercise, code)]
    assert earned == earned[:1] * len(earned)
    return earned[0]


def listed(exercise, mistakes, name):
    change = next(mistake.change for mistake in mistakes if mistake.name == name)
    return stubs.changed(reference.source(*exercise), change)


def test_what_is_right_has_all_points():
    assert earned(FORWARD, WHOLE) == [2, 3, 3]
    assert earned(BACKWARD, DROPOUT) == [2, 2, 1]
    assert earned(PENALTY, L2) == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("mask-already-scaled", [0, 3, 3]),
        ("draws-in-the-cache", [0, 3, 0]),
        ("one-draw-per-unit", [2, 3, 0]),
        ("one-draw-per-example", [2, 3, 0]),
        ("same-mask-for-every-example", [2, 3, 0]),
        ("dropout-seed-inside", [2, 3, 0]),
        ("mask-of-a-fixed-count", [2, 3, 0]),
        ("randn-for-the-mask", [2, 3, 0]),
        ("threshold-fixed-at-0.5", [2, 3, 0]),
        ("not-scaled", [2, 0, 3]),
        ("scaled-twice", [2, 0, 3]),
        ("layer-2-not-masked", [2, 0, 3]),
        ("mask-on-Z", [2, 0, 3]),
        ("dropout-on-the-input", [2, 0, 3]),
        ("activations-cached-before-the-mask", [2, 0, 3]),
        ("masks-left-out-of-the-cache", [0, 3, 0]),
    ],
)
def test_a_mistake_in_the_forward_pass_costs_its_part(name, parts):
    assert earned(FORWARD, listed(FORWARD, FORWARD_MISTAKES, name)) == parts


@pytest.mark.parametrize(
    "order",
    [
        "Z1, A1, D1, W1, b1, Z2, A2, D2, W2, b2, Z3, A3, W3, b3",
        "D1, Z1, A1, W1, b1, D2, Z2, A2, W2, b2, Z3, A3, W3, b3",
        "Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3, D1, D2",
        "Z1, W1, b1, D1, A1, Z2, W2, b2, D2, A2, Z3, W3, b3, A3",
    ],
)
def test_another_order_of_the_cache_costs_its_part_and_is_said(order):
    code = WHOLE.replace(CACHE, f"cache = ({order})")
    assert code != WHOLE
    assert earned(FORWARD, code) == [0, 3, 3]
    for verdict in verdicts(FORWARD, code):
        problem = verdict.wrong[0].problem
        assert problem.kind is Kind.OTHER_ORDER
        assert phrase(problem).startswith(f"the cache holds {order}; expected Z1, D1, A1, W1")


def test_a_list_of_the_right_entries_costs_its_part():
    code = WHOLE.replace(CACHE, CACHE.replace("(", "[").replace(")", "]"))
    assert earned(FORWARD, code) == [0, 3, 3]


def test_too_many_entries_cost_their_part():
    code = WHOLE.replace("W3, b3)\n", "W3, b3, keep_prob)\n")
    assert earned(FORWARD, code) == [0, 3, 3]


def test_a_cache_without_anything_right_earns_nothing():
    for cache in ("(0,) * 14", "(Z1,) * 14", "None", "()", "(A3 * 0,) * 14", "(A1, A2)"):
        code = WHOLE.replace(CACHE, f"cache = {cache}")
        assert sum(earned(FORWARD, code)) == 0, cache


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("dA1-not-masked", [2, 0, 1]),
        ("dA1-not-scaled", [2, 0, 1]),
        ("gradient-not-masked", [0, 0, 1]),
        ("gradient-over-m", [0, 0, 1]),
        ("relu-forgotten-on-the-way-back", [2, 2, 0]),
    ],
)
def test_a_mistake_in_the_backward_pass_costs_its_part(name, parts):
    assert earned(BACKWARD, listed(BACKWARD, BACKWARD_MISTAKES, name)) == parts


def test_a_mistake_in_layer_2_alone_does_not_cost_layer_1():
    assert earned(BACKWARD, DROPOUT.replace(" * D2 / keep_prob", "")) == [0, 2, 1]
    assert earned(BACKWARD, DROPOUT.replace(" * D2 / keep_prob", " * D2")) == [0, 2, 1]


@pytest.mark.parametrize("exercise", [BACKWARD, PENALTY], ids=lambda each: each[1])
def test_m_in_dZ_costs_the_part_of_dZ_in_both_notebooks(exercise):
    """In the consistent form, and where dW is divided once more."""
    right = DROPOUT if exercise is BACKWARD else L2
    moved = right.replace("axis=1, keepdims=True) / m", "axis=1, keepdims=True)")
    moved = moved.replace(".T) / m", ".T)").replace("dZ3 = A3 - Y", "dZ3 = (A3 - Y) / m")
    twice = right.replace("dZ3 = A3 - Y", "dZ3 = (A3 - Y) / m")
    kept = [2, 2, 0] if exercise is BACKWARD else [2, 2, 2, 0]
    assert earned(exercise, moved) == kept
    assert earned(exercise, twice) == kept


@pytest.mark.parametrize("layer", [3, 2, 1])
def test_a_penalty_left_out_of_one_layer_costs_that_layer(layer):
    parts = [0 if layer == each else 2 for each in (3, 2, 1)]
    assert earned(PENALTY, L2.replace(f" + lambd / m * W{layer}", "")) == [*parts, 2]


@pytest.mark.parametrize("exercise", [BACKWARD, PENALTY], ids=lambda each: each[1])
def test_of_nothing_nothing_follows(exercise):
    code = (DROPOUT if exercise is BACKWARD else L2).replace("dZ3 = A3 - Y", "dZ3 = 0 * (A3 - Y)")
    assert sum(earned(exercise, code)) == 0
