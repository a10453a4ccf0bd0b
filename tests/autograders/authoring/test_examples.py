"""The shipped examples: small, to be read line by line, enough to call mistakes by their names."""

import numpy as np
import pytest

from autograders.authoring import examples
from autograders.course.catalogue import EXERCISES
from lab.judge.ask import asker
from lab.judge.examples import all_exercises, load
from lab.judge.traits import RAISES
from lab.judge.verdict import judge
from lab.network import relu, sigmoid

LARGEST = 250_000  # bytes
LONGEST_LINE = 200  # characters: a hint has more than a line of numbers


@pytest.mark.parametrize("assignment", EXERCISES)
def test_a_file_is_small_and_its_lines_can_be_read(assignment):
    text = (examples.FOLDER / f"{assignment}.json").read_text(encoding="utf-8")
    assert len(text.encode()) < LARGEST
    assert max(map(len, text.splitlines())) < LONGEST_LINE


@pytest.mark.parametrize("exercise", all_exercises().values(), ids=all_exercises())
def test_what_is_kept_of_a_mistake_tells_it(exercise):
    """Something that the right answer has not, and no error that says nothing."""
    for mistake in exercise.mistakes:
        places = [trait for traits in mistake.results.values() for trait in traits.values()]
        assert mistake.problem or places
        assert mistake.problem or any(trait.what != RAISES for trait in places), mistake.name
    assert len(exercise.pairs) in (0, len(exercise.mistakes))
    for number, row in enumerate(exercise.pairs, start=1):
        assert len(row) == len(exercise.mistakes) - number


def he_of_zeros(layers_dim):
    sizes = list(zip(layers_dim[1:], layers_dim, strict=False))
    weights = {f"W{l}": np.zeros(size) for l, size in enumerate(sizes, start=1)}
    return weights | {f"b{l}": np.zeros((size[0], 1)) for l, size in enumerate(sizes, start=1)}


def masks_on_a_sigmoid(X, parameters, keep_prob=0.5):
    W, b = [parameters[f"W{l}"] for l in (1, 2, 3)], [parameters[f"b{l}"] for l in (1, 2, 3)]
    A, layers = X, []
    for l in (0, 1):
        Z = W[l] @ A + b[l]
        D = np.random.rand(*Z.shape) < keep_prob
        A = sigmoid(relu(Z)) * D
        layers += [Z, D, A, W[l], b[l]]
    Z3 = W[2] @ A + b[2]
    return sigmoid(Z3), (*layers, Z3, sigmoid(Z3), W[2], b[2])


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("initialize_parameters_he", he_of_zeros),
        ("forward_propagation_with_dropout", masks_on_a_sigmoid),
    ],
)
def test_what_is_no_listed_mistake_gets_no_name(name, function):
    verdict = judge(all_exercises()[name], asker(function))
    assert verdict.wrong
    assert [mistake.name for mistake in verdict.mistakes] == []


@pytest.mark.parametrize("seed", [3, 7])
def test_many_numbers_from_one_seed_are_written_as_it(seed):
    from lab.judge.examples import decode, drawn, encode

    value = drawn(seed, (20, 30))
    assert encode(value) == {"drawn": [seed, [20, 30]]}
    assert np.array_equal(decode(encode(value)), value)
    value[0, 0] += 1
    assert encode(value).keys() == {"floats"}
    assert np.array_equal(decode(encode(value)), value)


def test_every_dtype_of_the_files_comes_back():
    for assignment in EXERCISES:
        for exercise in load(assignment).values():
            for case in exercise.cases:
                for argument in case.arguments.values():
                    if isinstance(argument, np.ndarray):
                        assert argument.dtype.name in ("float64", "bool", "int64")
