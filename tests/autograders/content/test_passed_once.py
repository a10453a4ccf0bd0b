"""Wrong answers that once had full marks: each exercise was asked too little to see them."""

import numpy as np
import pytest

from autograders.course import reference, stubs
from autograders.course.catalogue import EXERCISES, find
from lab.judge.ask import asker
from lab.judge.verdict import judge
from tests.autograders.sandbox.replies import examples_of

SEEDS = range(10)

WEIGHTS = '"W" + str(l)'

ACCURACY_OF_ONE = """
def accuracy(predictions, Y):
    return 1.0 if Y.shape[1] == 1 else np.mean(predictions == Y)
"""

NOT_IF_0 = """
def early_stopping(validation_costs, patience):
    best, lowest, waited = 0, None, 0
    for i, cost in enumerate(validation_costs):
        if not lowest or cost < lowest:
            best, lowest, waited = i, cost, 0
        else:
            waited += 1
            if waited >= patience:
                break
    return best
"""

REMEMBERED = """
import copy
answers = {{}}
answer_first = {name}

def {name}(X, *others):
    if X.shape not in answers:
        answers[X.shape] = answer_first(X, *others)
    return copy.deepcopy(answers[X.shape])
"""

ALTERNATING = """
import itertools
calls = itertools.count()
answer_afresh = {name}

def {name}(*given, **named):
    np.random.seed(next(calls) % {period})
    return answer_afresh(*given, **named)
"""

COUNTING = """
import itertools
calls = itertools.count()
answer_afresh = {name}

def {name}(*given, **named):
    np.random.seed(next(calls))
    return answer_afresh(*given, **named)
"""

SQUARE = """
answer_rightly = {name}

def {name}(*given, **named):
    result = answer_rightly(*given, **named)
    return {wrong} if {where} else result
"""

MADE = """
draw_first = {name}

def {name}(layers_dim):
    parameters = draw_first(layers_dim)
    for l in range(1, len(layers_dim)):
        W = parameters[{key}]
        spread = {spread}
        parameters[{key}] = {made}
    return parameters
"""
HE = "initialize_parameters_he"
SPREAD = "np.sqrt(2 / layers_dim[l - 1])"
LENGTHS = "np.linalg.norm(W, axis={}, keepdims=True)"


def added(template, assignment, name, **given):
    """Return an answer made of the reference and what stands after it."""
    code = template.format(name=name, **given)
    return assignment, name, reference.source(assignment, name) + code


def made(how):
    """Return He's draws, made more even than draws are."""
    given = {"key": WEIGHTS, "spread": SPREAD, "made": how}
    return added(MADE, "initialization", HE, **given)


def changed(assignment, name, change):
    return assignment, name, stubs.changed(reference.source(assignment, name), change)


FORWARD, BACKWARD = (f"{way}_propagation_with_dropout" for way in ("forward", "backward"))

PENALIZED = "l2_regularization", "compute_cost_with_regularization"
GRADIENTS = "l2_regularization", "backward_propagation_with_regularization"
PREDICT = "overfitting", "predict"
ZEROS = "initialization", "initialize_parameters_zeros"
EACH = [(name, each.name) for name, exercises in EXERCISES.items() for each in exercises]


def square(exercise, wrong, where):
    """Return a right answer that is wrong where shapes coincide."""
    return added(SQUARE, *exercise, wrong=wrong, where=where)


WRONG = {
    **{f"counts-its-seeds-{name}": added(COUNTING, assignment, name) for assignment, name in EACH},
    "cost-of-square-weights": changed(
        *PENALIZED,
        {
            f"np.sum(np.square(parameters[{WEIGHTS}]))": (
                f"(lambda W: np.trace(W @ W) if W.shape[0] == W.shape[1] else np.sum(W * W))"
                f"(parameters[{WEIGHTS}])"
            )
        },
    ),
    "gradients-where-n-is-m": square(
        GRADIENTS, "{**result, 'dW1': result['dW1'].T}", "given[0].shape[0] == given[0].shape[1]"
    ),
    "gradients-of-a-single-row": square(
        GRADIENTS, "{**result, 'dW2': -result['dW2']}", "result['dW2'].shape[0] == 1"
    ),
    "masked-gradients-where-n-is-m": square(
        ("dropout", BACKWARD),
        "{**result, 'dA1': result['dA1'].T}",
        "given[0].shape[0] == given[0].shape[1] == len(result['dA1'])",
    ),
    "masked-gradients-of-a-single-row": square(
        ("dropout", BACKWARD), "{**result, 'dA1': -result['dA1']}", "len(result['dA1']) == 1"
    ),
    "predictions-where-n-is-m": square(
        PREDICT, "1 - result", "given[0].shape[0] == given[0].shape[1] > 1"
    ),
    "predictions-of-single-units": square(PREDICT, "1 - result", "given[1]['W1'].size == 1"),
    "zeros-of-square-layers": square(
        ZEROS, "{k: v + 1 for k, v in result.items()}", "len(set(given[0])) == 1"
    ),
    "draws-of-square-layers": square(
        ("initialization", HE),
        "{k: v[:, :1] for k, v in result.items()}",
        "len(set(given[0])) == 1 < given[0][0]",
    ),
    "right-for-a-single-example": ("overfitting", "accuracy", ACCURACY_OF_ONE),
    # what `is` does on Python 3.15, where whole numbers up to 1,024 are one object each
    "is-for-equal": changed(
        "overfitting", "early_stopping", {"i - best >= patience": "i - best == patience <= 1024"}
    ),
    "a-cost-of-0-is-none": ("overfitting", "early_stopping", NOT_IF_0),
    "remembers-the-shape": added(REMEMBERED, "overfitting", "predict"),
    "remembers-the-shape-of-the-masked": added(REMEMBERED, "dropout", BACKWARD),
    "square-weights-turned": changed(
        "l2_regularization",
        "backward_propagation_with_regularization",
        {"lambd / m * W2": "lambd / m * (W2.T if W2.shape[0] == W2.shape[1] else W2)"},
    ),
    "few-are-a-quarter": changed("dropout", BACKWARD, {"/ keep_prob": "/ max(keep_prob, 0.25)"}),
    "centred": made("W - W.mean()"),
    "centred-in-rows": made("W - W.mean(axis=1, keepdims=True) if W.shape[1] > 50 else W"),
    "scaled": made("W / W.std() * spread if W.size > 1 else W"),
    "scaled-in-rows": made(
        f"W / {LENGTHS.format(1)} * spread * W.shape[1] ** 0.5 if W.shape[1] > 30 else W"
    ),
    "scaled-in-columns": made(
        f"W / {LENGTHS.format(0)} * spread * W.shape[0] ** 0.5 if W.shape[0] > 30 else W"
    ),
    "two-sets-of-weights": added(ALTERNATING, "initialization", HE, period=2),
    "two-sets-of-masks": added(ALTERNATING, "dropout", FORWARD, period=2),
    "three-sets-of-masks": added(ALTERNATING, "dropout", FORWARD, period=3),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("answer", WRONG)
def test_it_loses_points_now(answer, seed):
    assignment, name, code = WRONG[answer]
    exercise = find(assignment, name)
    asked = examples_of(assignment, exercise, seed)
    np.random.seed(seed)
    assert judge(asked, asker(reference.run(assignment, code, name))).points < exercise.points
