"""Answers in float32: right ones keep all points, wrong ones lose some, and are named."""

import numpy as np
import pytest

from autograders.authoring.single_precision import returned, throughout
from autograders.course import reference, stubs
from autograders.course.catalogue import EXERCISES
from lab.judge.answer import Answerer
from lab.judge.ask import asker
from lab.judge.examples import all_exercises
from lab.judge.expected import Array, Mapping, Number
from lab.judge.problems import Kind
from lab.judge.verdict import judge
from lab.judge.wire import pack, unpack
from lab.phrases import phrase
from tests.autograders.sandbox.replies import examples_of

EACH = {
    exercise.name: (name, exercise)
    for name, exercises in EXERCISES.items()
    for exercise in exercises
}
every_exercise = pytest.mark.parametrize("name", EACH)
CLIP = {"compute_cost": "np.clip(A3, 1e-12, 1 - 1e-12)"}
"""What has no effect on a float32 of 1: the cost is not finite there, and that part is lost."""


def function(name, change):
    assignment, exercise = EACH[name]
    code = stubs.changed(reference.source(assignment, name), change)
    return reference.run(assignment, code, name)


def points(name, answer, seed):
    np.random.seed(seed)
    return judge(examples_of(*EACH[name], seed), asker(answer)).points


@every_exercise
def test_right_numbers_returned_as_float32_are_right(name):
    exercise = EACH[name][1]
    for change in [{}, *exercise.right]:
        assert points(name, returned(function(name, change)), 0) == exercise.points


@every_exercise
@pytest.mark.parametrize("seed", range(5))
def test_whoever_computes_in_float32_is_right(name, seed):
    # the given line of the penalty's cost clips in float64 alone
    ends = 1 if name in (*CLIP, "compute_cost_with_regularization") else 0
    assert points(name, throughout(function(name, {})), seed) >= EACH[name][1].points - ends


def test_a_clip_that_float32_can_tell_from_1_is_right_at_the_ends_too():
    cost = function("compute_cost", {CLIP["compute_cost"]: "np.clip(A3, 1e-7, 1 - 1e-7)"})
    assert points("compute_cost", throughout(cost), 1) == 5


@every_exercise
def test_a_listed_mistake_returned_as_float32_loses_points(name):
    exercise = EACH[name][1]
    for mistake in exercise.mistakes:
        answer = returned(function(name, mistake.change))
        assert points(name, answer, 0) < exercise.points, mistake.name


def test_a_mistake_in_float32_is_called_by_its_name():
    for name in ("compute_cost", "backward_propagation_with_regularization"):
        for mistake in EACH[name][1].mistakes[:5]:
            verdict = judge(all_exercises()[name], asker(returned(function(name, mistake.change))))
            assert [each.name for each in verdict.mistakes] == [mistake.name]


def test_one_float32_in_an_answer_makes_all_of_it_coarse():
    """dW2 of float64 that was made with a dZ2 of float32."""
    want = Mapping({"dZ2": Array(np.full(2, 0.1)), "dW2": Array(np.array([0.3, 1e-9]))})
    rounded = np.float32([0.1, 0.1])
    assert want.difference({"dZ2": rounded, "dW2": np.array([0.3 + 1e-8, 2e-8])}, "") is None
    assert want.difference({"dZ2": np.full(2, 0.1), "dW2": np.array([0.3, 2e-9])}, "") is not None
    assert want.difference({"dZ2": rounded, "dW2": np.array([0.3001, 0])}, "") is not None


@pytest.mark.parametrize("off", [1e-5, -1e-5, 1e-3])
def test_float32_is_no_excuse_for_another_number(off):
    assert Number(0.5).difference(np.float32(0.5 + off), "x").kind is Kind.WRONG_NUMBER
    assert Number(0.5).difference(np.float32(0.5 + 3e-7), "x") is None
    assert Number(0.5).difference(0.5 + 3e-7, "x").kind is Kind.WRONG_NUMBER


@pytest.mark.parametrize("dtype", [np.float16, np.longdouble])
def test_other_floats_are_told_what_is_taken(dtype):
    problem = Array(np.zeros(2)).difference(np.zeros(2, dtype), "W1")
    assert problem.kind is Kind.WRONG_DTYPE
    assert phrase(problem).endswith("; expected float64 or float32")


def test_float32_comes_through_the_wall_as_what_it_is():
    answerer = Answerer({"half": lambda x: (np.float32(x), np.array([x], np.float32))})
    question = {"name": "half", "arguments": {"x": 0.1}, "by_name": [], "seed": None}
    number, array = unpack(answerer(pack(question)))["value"]
    assert type(number) is np.float32
    assert array.dtype == np.float32
