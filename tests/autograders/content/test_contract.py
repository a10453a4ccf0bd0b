"""The notebooks hold to the contract of content: functions, points, kinds of cells."""

import json

import numpy as np
import pytest

from autograders.authoring import examples
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from lab.judge.examples import ASSIGNMENTS, FOLDER, decode, encode, load
from lab.judge.expected import Array, Between, Index, Mapping, Number, ZerosAndOnes

POINTS = {
    "initialization": {
        "initialize_parameters_zeros": 4,
        "initialize_parameters_random": 4,
        "initialize_parameters_he": 8,
    },
    "overfitting": {"compute_cost": 5, "predict": 3, "accuracy": 3, "early_stopping": 5},
    "l2_regularization": {
        "compute_cost_with_regularization": 6,
        "backward_propagation_with_regularization": 8,
        "weight_decay_factor": 2,
    },
    "dropout": {
        "forward_propagation_with_dropout": 8,
        "backward_propagation_with_dropout": 5,
        "predict_without_dropout": 3,
    },
}


def graded_cells(assignment):
    return [
        cell
        for cell in lesson.read(lesson.path(assignment)).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]


@pytest.mark.parametrize("assignment", POINTS)
def test_functions_and_points(assignment):
    checks = {
        lesson.grade_id(cell).removeprefix(lesson.CHECK): cell.metadata.nbgrader.points
        for cell in graded_cells(assignment)
        if lesson.is_check(cell)
    }
    assert checks == POINTS[assignment]
    assert {exercise.name: exercise.points for exercise in EXERCISES[assignment]} == POINTS[
        assignment
    ]
    assert sum(cell.metadata.nbgrader.points for cell in graded_cells(assignment)) == 20


@pytest.mark.parametrize("assignment", POINTS)
def test_the_parts_add_up_and_each_is_asked(assignment):
    for exercise in EXERCISES[assignment]:
        assert (
            sum(part.points for part in exercise.parts.values())
            == POINTS[assignment][exercise.name]
        )
        assert all(part.points > 0 for part in exercise.parts.values())
        fresh = exercise.fresh(np.random.RandomState(0))
        for questions in (exercise.questions, fresh):
            assert {question.part for question in questions} == set(exercise.parts)
            says = [(question.part, question.keys, question.says) for question in questions]
            assert len(set(says)) == len(says), "a student could not tell them apart"


@pytest.mark.parametrize("assignment", POINTS)
def test_check_cells_are_locked_and_may_raise(assignment):
    for cell in graded_cells(assignment):
        if lesson.is_check(cell):
            function = lesson.grade_id(cell).removeprefix(lesson.CHECK)
            assert cell.source == f'check("{function}")'
            assert cell.metadata.nbgrader.locked
            assert not cell.metadata.nbgrader.solution
            assert "raises-exception" in cell.metadata.tags


@pytest.mark.parametrize("assignment", POINTS)
def test_one_written_answer_is_marked_by_hand(assignment):
    (cell,) = [cell for cell in graded_cells(assignment) if not lesson.is_check(cell)]
    assert cell.cell_type == "markdown"
    assert cell.metadata.nbgrader.solution
    assert cell.metadata.nbgrader.points == 4


@pytest.mark.parametrize("assignment", POINTS)
def test_explore_cells_are_not_locked(assignment):
    explore = [
        cell for cell in lesson.read(lesson.path(assignment)).cells if lesson.is_explore(cell)
    ]
    assert len(explore) >= 4
    assert not any("nbgrader" in cell.metadata for cell in explore)


def same(old, new):
    """Compare JSON data, floats at a tolerance below that of the checks."""
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    if isinstance(old, list):
        return len(old) == len(new) and all(map(same, old, new))
    if isinstance(old, float):
        return bool(np.isclose(old, new, rtol=1e-9, atol=1e-12, equal_nan=True))
    return old == new


@pytest.mark.parametrize("assignment", POINTS)
def test_the_shipped_examples_are_those_of_the_reference(assignment):
    stored = json.loads((FOLDER / f"{assignment}.json").read_text(encoding="utf-8"))
    assert same(stored, json.loads(examples.text(assignment)))


def test_the_kit_knows_the_same_notebooks_and_points():
    assert list(ASSIGNMENTS) == list(EXERCISES)
    assert list(ASSIGNMENTS)[: len(POINTS)] == list(POINTS)
    for assignment in POINTS:
        assert {each.name: each.points for each in load(assignment).values()} == POINTS[assignment]


@pytest.mark.parametrize(
    "value",
    [1, 2.5, "text", None, True, [1, 2], (1, (2.0,)), {"a": [1.5]}, Number(1.0), Between(0, 1.5)],
)
def test_examples_are_read_as_they_were_written(value):
    assert decode(json.loads(json.dumps(encode(value)))) == value


def test_arrays_keep_shape_and_dtype():
    for array in (np.zeros((2, 0)), np.array(1.5), np.array([[True]]), np.arange(3)):
        again = decode(json.loads(json.dumps(encode(array))))
        assert again.shape == array.shape
        assert again.dtype == array.dtype
        assert np.array_equal(again, array)
    nested = Mapping({"a": Array(np.ones(2)), "b": ZerosAndOnes(np.eye(2)), "c": Index(1)})
    assert list(decode(json.loads(json.dumps(encode(nested)))).entries) == ["a", "b", "c"]
