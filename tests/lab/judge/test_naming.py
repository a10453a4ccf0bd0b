"""How an answer is told by its traits: what is equal, what is left open, what two leave."""

import numpy as np
import pytest

from lab.judge import traits
from lab.judge.ask import Case, Raises
from lab.judge.expected import Array, Between, Mapping, Number, ZerosAndOnes
from lab.judge.problems import Kind, found
from lab.judge.traits import WHOLE, Trait, of_answer, right, same, signature, wrong


def case(expected):
    return Case("part", "values", "", {}, expected)


def trait(answer, expected):
    return of_answer(case(expected), answer)[WHOLE]


ARRAY = Array(np.array([[1.0, 2.0], [3.0, 4.0]]))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (np.eye(2), np.eye(2) * (1 + 1e-9), True),
        (np.eye(2), np.eye(2)[::-1], False),
        (np.eye(2), np.eye(3), False),
        (np.eye(2), np.eye(2, dtype=int), False),
        (np.eye(2), np.eye(2, dtype=np.float32), True),
        (np.array([np.nan, 1.0]), np.array([1.0, np.nan]), False),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0]), True),
        ([1.0, 2.0], np.array([1.0, 2.0]), False),
        (np.arange(6.0).reshape(2, 3), np.arange(6.0).reshape(3, 2).T, False),
        (1.0, 1, True),
        (np.float64(2), 2.0, True),
        ("1.0", 1.0, False),
        (None, 0.0, False),
        (Raises("ValueError: shapes (2,3)"), Raises("ValueError: shapes (3,2)"), False),
        (10**400, 1.0, False),
        (1e308 * np.ones(4), -1e308 * np.ones(4), False),
    ],
)
def test_traits_are_equal_where_answers_are(one, other, alike):
    with np.errstate(all="ignore"):
        assert same(trait(one, ARRAY), trait(other, ARRAY)) == alike


def test_zeros_and_ones_of_many_shapes_are_told_apart():
    rng = np.random.RandomState(0)
    masks = {tuple(rng.randint(0, 2, 12)) for _ in range(500)}
    numbers = [trait(np.array(mask), ZerosAndOnes(np.zeros(12))).number for mask in masks]
    numbers.sort()
    assert np.diff(numbers).min() > 0


def test_a_bound_tells_only_whether_the_answer_is_finite():
    """However close to 0 and 1 the probabilities are kept."""
    expected = Between(10.0, 30.0)
    assert trait(12.0, expected) == trait(70.0, expected) == right(case(expected))[WHOLE]
    assert len({trait(x, expected).what for x in (1.0, np.inf, np.nan)}) == 3


@pytest.mark.parametrize("answer", [0.3333, 0.33, 0.333333])
def test_a_rounded_number_is_told_whatever_its_digits(answer):
    assert trait(answer, Number(1 / 3)).what == "rounded"


def test_a_missing_key_is_a_trait():
    asked = case(Mapping({"a": Number(1.0), "b": Number(2.0)}))
    assert wrong(of_answer(asked, {"a": 1.0}), right(asked)) == {"b": traits.ABSENT}
    assert wrong(of_answer(asked, {"b": 2.0, "a": 1.0}), right(asked)) == {}


def test_no_large_number_hides_a_small_one_in_a_signature():
    rights = {0: {WHOLE: Trait("", 1e10, 1e4)}, 1: {WHOLE: Trait("", 1.0, 1e-6)}}
    other = {**rights, 1: {WHOLE: Trait("", 2.0, 1e-6)}}
    assert not same(signature(rights, rights), signature(other, rights))
    assert same(signature(rights, rights), signature(dict(rights), rights))


def test_what_stops_is_told_by_what_it_says():
    problem = found(Kind.RAISED, error="TypeError", line=3, code="x", said="no tuple")
    assert Raises.of(problem).said == "TypeError: no tuple"
    assert Raises.of(found(Kind.NOT_DEFINED)).said == ""


def test_what_an_error_says_is_text():
    """A student's function may return one of these; its traits are told of as text."""
    with pytest.raises(TypeError, match="is text, not list"):
        Raises([2, 10, 5, 1])


def test_what_another_python_says_of_the_same_error_is_the_same_trait():
    """Python 3.14 says "division by zero" of numbers with a point, too."""
    before = Raises("ZeroDivisionError: float division by zero")
    since = Raises("ZeroDivisionError: division by zero")
    case = Case("part", "values", "", {}, Number(1.0))
    assert traits.of_answer(case, before) == traits.of_answer(case, since)
    assert traits.of_answer(case, before) != traits.of_answer(case, Raises("KeyError: 'W3'"))
