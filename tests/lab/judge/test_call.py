"""The call that a message shows is the question that was asked."""

import numpy as np
import pytest

from autograders.course import reference
from autograders.course.catalogue import EXERCISES
from lab.judge.ask import Case
from lab.judge.call import LONGEST, call
from lab.judge.examples import all_exercises, load

CASES = [
    pytest.param(assignment, name, case, id=f"{name}-{number}")
    for assignment in EXERCISES
    for name, exercise in load(assignment).items()
    for number, case in enumerate(exercise.cases)
]


def other_names(*given, **named):
    """Takes whatever it is given, as a student may write it."""
    return given, named


def same(one, other):
    """Tell whether two arguments are the same to a function: type, shape, dtype, numbers."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    return type(one) is type(other) and one == other


def executed(text, name):
    """Return what the function is given when the text is run where the notebook's names are."""
    return eval(text, {"np": np, name: other_names})


@pytest.mark.parametrize(("assignment", "name", "case"), CASES)
@pytest.mark.parametrize("renamed", [False, True])
def test_the_call_is_the_question(assignment, name, case, renamed):
    function = other_names if renamed else getattr(reference.module(assignment), name)
    text = call(name, function, case)
    if text is None:
        return
    given, named = executed(text, name)
    assert len(text) <= LONGEST and "\n" not in text
    assert set(case.by_name) <= set(named)
    assert not renamed or set(named) == set(case.by_name)
    rest = [key for key in case.arguments if key not in named]
    asked = dict(zip(rest, given, strict=True)) | named
    assert asked.keys() == case.arguments.keys()
    assert all(same(value, asked[key]) for key, value in case.arguments.items())


def test_each_exercise_with_small_questions_shows_some():
    shown = {
        name
        for name, exercise in all_exercises().items()
        if any(call(name, other_names, case) for case in exercise.cases)
    }
    assert {"compute_cost", "accuracy", "early_stopping", "weight_decay_factor"} <= shown
    assert {"initialize_parameters_zeros", "initialize_parameters_he"} <= shown


def stopping(validation_costs, patience):
    return 0


@pytest.mark.parametrize(
    ("arguments", "by_name", "says"),
    [
        (
            {"validation_costs": [0.9, 0.7, 0.5, 0.6], "patience": 2},
            [],
            "f([0.9, 0.7, 0.5, 0.6], patience=2)",
        ),
        ({"other": [1], "name": 2}, [], "f([1], 2)"),
        ({"other": [1], "name": 2}, ["name"], "f([1], name=2)"),
        ({"patience": 2, "validation_costs": (3,)}, [], "f(2, (3,))"),
        ({"a": np.array([[True]])}, [], "f(np.array([[True]]))"),
        ({"a": np.array([1, 2], dtype="int32")}, [], 'f(np.array([1, 2], dtype="int32"))'),
        ({"a": np.array([-0.0, 3e10])}, [], "f(np.array([-0.0, 30000000000.0]))"),
        ({"a": {"W1": np.ones((1, 1))}}, [], "f({'W1': np.array([[1.0]])})"),
        ({"a": np.array([np.nan])}, [], None),
        ({"a": float("inf")}, [], None),
        ({"a": np.zeros((1, 0))}, [], None),
        ({"a": np.zeros(1000)}, [], None),
        ({"a": list(range(100))}, [], None),
        pytest.param({"a": object()}, [], None, id="an object"),
    ],
    ids=str,
)
def test_what_a_call_looks_like(arguments, by_name, says):
    case = Case("", "", "", arguments, None, by_name)
    assert call("f", stopping, case) == says


@pytest.mark.parametrize("function", [3, "text", print, np.add, type("T", (), {})])
def test_a_callable_of_any_kind_has_a_call(function):
    case = Case("", "", "", {"a": [1], "patience": 2}, None)
    assert call("f", function, case) == "f([1], 2)"
