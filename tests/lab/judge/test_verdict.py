"""Judging part by part: what counts, what waits, what is unfinished, what is named."""

import numpy as np
import pytest

from lab.judge import traits
from lab.judge.ask import Case, Raises, Stopped, asker
from lab.judge.examples import Examples, Part, RecordedMistake
from lab.judge.expected import Array, Mapping, Number
from lab.judge.problems import Kind, Place, found
from lab.judge.verdict import ENDED, judge
from lab.phrases import phrase

SAYS = "for x = {}"


def question(part, x, expected=None):
    expected = Number(2.0 * x) if expected is None else expected
    return Case(part, "values", SAYS.format(x), {"x": x}, expected)


def exercise(parts, cases, mistakes=()):
    return Examples("twice", "somewhere", parts, cases, list(mistakes), [])


THREE = {
    "small": Part("for small numbers", 3),
    "large": Part("for large numbers", 2),
    "below": Part("below 0", 1, alone=True),
}
CASES = [
    *(question("small", 1.0), question("small", 2.0)),
    *(question("large", 100.0), question("below", -1.0)),
]


def phrases(verdict):
    """Return what is wrong with the parts, in words."""
    return [phrase(part.problem) for part in verdict.wrong]


def verdict_of(function, parts=THREE, cases=CASES, mistakes=()):
    return judge(exercise(parts, cases, mistakes), asker(function))


def test_all_right():
    verdict = verdict_of(lambda x: 2 * x)
    assert verdict.points == 6
    assert verdict.wrong == []
    assert verdict.unfinished is None
    assert verdict.mistakes == []
    assert [(part.judged, part.points) for part in verdict.parts] == [
        (True, 3),
        (True, 2),
        (True, 1),
    ]


def test_a_later_part_waits_unless_it_stands_alone():
    verdict = verdict_of(lambda x: 2 * x + (x == 2))
    small, large, below = verdict.parts
    assert (small.judged, small.points, small.case.says) == (True, 0, "for x = 2.0")
    assert (large.judged, large.points, large.problem) == (False, 0, None)
    assert (below.judged, below.points) == (True, 1)
    assert verdict.points == 1
    assert verdict.wrong == [small]


def test_a_wrong_part_alone_makes_the_next_one_wait():
    parts = {"below": Part("", 1, alone=True), "small": Part("", 3), "large": Part("", 2, True)}
    verdict = verdict_of(abs, parts)
    assert [(part.judged, part.points) for part in verdict.parts] == [
        *((True, 0), (False, 0), (True, 0))
    ]


def test_a_waiting_part_is_not_asked():
    asked = []

    def wrong(x):
        asked.append(x)
        return 0.0 if x > 0 else 2 * x

    verdict = verdict_of(wrong)
    assert verdict.points == 1
    # what is wrong is asked twice more, and what is right once
    assert asked == [1.0, 1.0, 1.0, -1.0, -1.0]


def test_the_first_wrong_question_of_a_part_is_kept_with_its_answer():
    verdict = verdict_of(lambda x: 2 * x if x < 50 else 7)
    (large,) = verdict.wrong
    assert (large.case.arguments, large.answer) == ({"x": 100.0}, 7)
    assert large.problem == found(Kind.WRONG_NUMBER, place=Place.RESULT, got="7", want="200")
    assert phrase(large.problem) == "the result is 7; expected 200"


def test_a_function_that_stops_loses_that_part_alone():
    def f(x):
        if x == 100:
            raise ValueError("too large")
        return 2 * x

    verdict = verdict_of(f)
    assert verdict.points == 4
    (large,) = verdict.wrong
    assert large.answer == Raises()
    assert large.problem.kind is Kind.RAISED
    assert "ValueError" in phrase(large.problem)
    assert "too large" in phrase(large.problem)


def none_for(bad):
    return lambda x: None if x in bad else 2 * x


def test_none_in_the_first_part_is_unfinished_and_ends_it():
    verdict = verdict_of(none_for({1.0}))
    assert verdict.unfinished == found(Kind.NONE, place=Place.RESULT)
    assert phrase(verdict.unfinished) == "the result is still None"
    assert verdict.points == 0
    assert len(verdict.parts) == 1
    assert verdict.mistakes == []


def test_none_for_a_later_question_of_the_first_part_is_no_stub():
    """A stub answers nothing at all; this one lacks a result on one path."""
    verdict = verdict_of(none_for({2.0}))
    assert verdict.unfinished is None
    assert verdict.points == 1
    assert [part.problem.kind for part in verdict.wrong] == [Kind.NONE]
    assert phrases(verdict) == ["the result is still None"]


def test_none_in_a_later_part_is_a_problem_of_that_part():
    verdict = verdict_of(none_for({100.0}))
    assert verdict.unfinished is None
    assert verdict.points == 4
    assert [part.problem.kind for part in verdict.wrong] == [Kind.NONE]
    assert phrases(verdict) == ["the result is still None"]


@pytest.mark.parametrize(
    ("still_none", "says"),
    [
        (found(Kind.NONE_NAMED, name="y"), "`y` is still None"),
        (found(Kind.NONE_IN_LINE, line=3, code="y = None"), "line 3 still reads `y = None`"),
    ],
)
def test_a_none_that_stops_the_function_is_unfinished_in_the_first_part_only(still_none, says):
    def stopping(bad):
        def ask(case, seeded=True):
            if case.arguments["x"] in bad:
                raise Stopped(still_none)
            return asker(lambda x: 2 * x)(case)

        return ask

    first = judge(exercise(THREE, CASES), stopping({1.0}))
    assert (first.unfinished, first.points) == (still_none, 0)
    assert phrase(first.unfinished) == says
    later = judge(exercise(THREE, CASES), stopping({-1.0}))
    assert (later.unfinished, later.points) == (None, 5)


@pytest.mark.parametrize("kind", Kind)
def test_three_kinds_of_stops_alone_are_unfinished(kind):
    """A text that happens to end as they do makes no other kind one of them."""

    def stops(case, seeded=True):
        raise Stopped(found(kind, said="it is still None", name="is still None"))

    unfinished = kind in (Kind.NONE, Kind.NONE_NAMED, Kind.NONE_IN_LINE)
    assert (judge(exercise(THREE, CASES), stops).unfinished is not None) == unfinished


@pytest.mark.parametrize(
    ("function", "kind", "says"),
    [
        (
            lambda x: np.add(x, 1, out=x) * 1,
            Kind.CHANGED,
            "it changes its argument x; work on a copy",
        ),
        (
            lambda x: x.reshape(2),
            Kind.SHARED,
            "the result is part of the argument x; return an array of its own",
        ),
    ],
)
def test_an_argument_stays_as_it_was_and_to_itself(function, kind, says):
    x = np.zeros(2)
    want = Array(np.ones(2) if kind is Kind.CHANGED else np.zeros(2))
    cases = [Case("small", "values", "for zeros", {"x": x}, want)]
    verdict = verdict_of(function, {"small": Part("", 3)}, cases)
    assert [part.problem for part in verdict.wrong] == [found(kind, argument="x")]
    assert phrases(verdict) == [says]
    assert verdict.points == 0
    assert np.array_equal(x, np.zeros(2))


def test_another_answer_at_the_second_call_is_wrong():
    calls = []

    def f(x):
        calls.append(x)
        return 2 * x if len(calls) == 1 else 2 * x + 1

    verdict = verdict_of(f)
    assert verdict.parts[0].problem == found(Kind.OTHERWISE_AT_SECOND_CALL)
    assert phrases(verdict)[0] == "a second call with the same arguments answers otherwise"


def test_words_quote_nothing_that_is_another_one_at_every_call():
    calls = iter(range(100))
    verdict = verdict_of(lambda x: 7 + next(calls))
    (small, below) = verdict.wrong
    assert small.problem == found(Kind.UNSTEADY)
    assert phrase(small.problem) == "the result is wrong, and wrong in another way at every call"
    assert small.answer is None
    steady = verdict_of(lambda x: 7 if x < 50 else 7 + next(calls))
    assert phrase(steady.wrong[0].problem) == "the result is 7; expected 2"


def test_what_stops_with_other_words_at_every_call_is_not_quoted_either():
    calls = iter(range(100))

    def stops(x):
        raise ValueError(f"{next(calls)} is too many")

    assert Kind.UNSTEADY in [part.problem.kind for part in verdict_of(stops).wrong]


def test_the_same_array_at_every_call_is_wrong():
    kept = np.ones(2)
    cases = [Case("small", "values", "", {"x": 1.0}, Array(np.ones(2)))]
    verdict = verdict_of(lambda x: kept, {"small": Part("", 3)}, cases)
    assert verdict.wrong[0].problem == found(Kind.KEPT, path="")
    assert phrases(verdict) == [
        "the result is the same array at every call; make a new one each time"
    ]


def test_the_same_array_within_the_result_at_every_call_is_wrong():
    kept = np.ones(2)
    cases = [Case("small", "values", "", {"x": 1.0}, Mapping({"a": Array(np.ones(2))}))]
    verdict = verdict_of(lambda x: {"a": kept}, {"small": Part("", 3)}, cases)
    assert verdict.wrong[0].problem == found(Kind.KEPT, path="['a']")
    assert phrases(verdict) == [
        "the result['a'] is the same array at every call; make a new one each time"
    ]


# --- the mistake's name ---


NOT_RECORDED = object()


def known(name, *results, cases=CASES, problem=None):
    """Return a mistake with these results, question by question."""
    recorded = {
        i: traits.wrong(traits.of_answer(cases[i], result), traits.right(cases[i]))
        for i, result in enumerate(results)
        if result is not NOT_RECORDED
    }
    return RecordedMistake(name, f"it is {name}", "?", recorded, problem)


def names(function, *mistakes, cases=CASES, parts=THREE):
    return [each.name for each in verdict_of(function, parts, cases, mistakes).mistakes]


def test_the_mistake_with_the_same_results_is_named():
    tripled = known("tripled", 3.0, 6.0, 300.0, -3.0)
    squared = known("squared", 1.0, 4.0, 10000.0, 1.0)
    assert names(lambda x: 3 * x, squared, tripled) == ["tripled"]
    assert names(lambda x: 3 * x * (1 + 1e-12), tripled) == ["tripled"]
    assert names(lambda x: 3.1 * x, squared, tripled) == []


def test_two_that_cannot_be_told_apart_are_both_named():
    one, other = known("one", 3.0, 6.0, 300.0, -3.0), known("other", 3.0, 6.0, 300.0, -3.0)
    assert names(lambda x: 3 * x, one, other) == ["one", "other"]


def test_all_questions_count_for_the_name_the_waiting_ones_too():
    """The part for large numbers waits; yet there the two mistakes differ."""
    early = known("early", 3.0, 6.0, 300.0, -3.0)
    late = known("late", 3.0, 6.0, 0.0, -3.0)
    assert names(lambda x: 3 * x if x < 50 else 0.0, early, late) == ["late"]


def test_a_mistake_with_the_right_values_is_known_by_its_problem():
    def answers(value):
        cases = [Case("small", "values", "", {"x": np.ones(2)}, Array(np.full(2, 2.0)))]
        dtype = found(Kind.WRONG_DTYPE, place=Place.RESULT, got="int64")
        assert phrase(dtype) == "the result has dtype int64; expected float64 or float32"
        as_ints = RecordedMistake("ints", "", "", {}, dtype)
        return names(lambda x: value, as_ints, cases=cases, parts={"small": Part("", 3)})

    assert answers(np.full(2, 2)) == ["ints"]
    assert answers(np.full(2, 2, dtype=np.int32)) == []
    assert answers([2.0, 2.0]) == []


def test_a_result_that_is_not_recorded_is_not_compared():
    assert names(lambda x: 3 * x, known("tripled", 3.0, NOT_RECORDED, 300.0, NOT_RECORDED)) == [
        "tripled"
    ]
    assert names(lambda x: 3 * x, known("unknown", *[NOT_RECORDED] * 4)) == []


@pytest.mark.parametrize("position", range(4))
def test_one_recorded_result_tells_a_mistake(position):
    """That of a question of a part that waits, too, and of one alone."""
    tripled, result = lambda x: 3 * x, 3 * CASES[position].arguments["x"]
    results = [NOT_RECORDED] * position
    one, other = known("one", *results, result), known("other", *results, result + 1)
    assert names(tripled, one, other) == ["one"]
    assert names(tripled, RecordedMistake("nothing", "", "", {})) == []


def test_a_function_that_only_stops_is_nobodys_mistake():
    def stops(x):
        raise ValueError

    assert names(stops, known("stops", *[Raises()] * 4)) == []

    def stops_above_1(x):
        if x > 1:
            raise ValueError
        return 3 * x

    assert names(stops_above_1, known("stops", 3.0, Raises(), Raises(), -3.0)) == ["stops"]
    assert names(stops_above_1, known("tripled", 3.0, 6.0, 300.0, -3.0)) == []


@pytest.mark.parametrize(
    ("result", "answer", "same"),
    [
        ({"a": 1.0}, {"a": 1.0, "more": 2}, True),
        ({"a": 1.0, "b": 2.0}, {"a": 1.0}, False),
        ({"a": 1.0}, (1.0,), False),
        ((1.0, np.ones(2)), (1.0, np.ones(2)), True),
        ((1.0,), (1.0, 2.0), False),
        ((1.0,), 1.0, False),
        (np.ones((2, 1)), np.ones(2), False),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf]), True),
        (np.array([np.nan, 1.0]), np.array([1.0, np.nan]), False),
        (np.array([True, False]), np.array([1, 0]), True),
        (None, None, True),
        (None, 0.0, False),
        (0.0, None, False),
        (1.0, "1.0", False),
        (Raises(), None, False),
        (None, Raises(), False),
        (Raises(), "raises", False),
        (1.0, object(), False),
        (1.0, 10**400, False),
    ],
)
def test_results_are_compared_by_value(result, answer, same):
    """Nothing that comes back makes the comparison stop."""
    cases = [
        Case("small", "values", "", {"x": 0.0}, Number(5.0)),
        Case("small", "values", "", {"x": 1.0}, Mapping({"never": Number(1.0)})),
    ]
    function = [3.0, answer]
    mistake = known("it", 3.0, result, cases=cases)
    found = names(lambda x: function[int(x)], mistake, cases=cases, parts={"small": Part("", 1)})
    assert found == (["it"] if same else [])


def test_mistakes_are_only_looked_for_where_something_is_wrong():
    asked = []

    def ask(case, seeded=True):
        asked.append(case)
        return asker(lambda x: 2 * x)(case, seeded)

    worked = exercise(THREE, CASES, [known("tripled", 3.0, 6.0, 300.0, -3.0)])
    fresh = [question(case.part, case.arguments["x"]) for case in CASES]
    assert judge(exercise(THREE, fresh), ask, worked).points == 6
    assert not [case for case in asked if any(case is each for each in CASES)]


@pytest.mark.parametrize("kind", ENDED)
def test_whoever_has_ended_is_asked_nothing_more(kind):
    def ask(case, seeded=True):
        if any(case is each for each in CASES):
            raise AssertionError
        raise Stopped(found(kind, seconds=1.0, megabytes=1.0))

    worked = exercise(THREE, CASES, [known("tripled", 3.0, 6.0, 300.0, -3.0)])
    fresh = [question(case.part, case.arguments["x"]) for case in CASES]
    assert judge(exercise(THREE, fresh), ask, worked).mistakes == []


def test_mistakes_are_known_by_the_worked_examples_where_others_are_asked():
    worked = exercise(THREE, CASES, [known("tripled", 3.0, 6.0, 300.0, -3.0)])
    fresh = [question(case.part, case.arguments["x"] + 5) for case in CASES]
    verdict = judge(exercise(THREE, fresh), asker(lambda x: 3 * x), worked)
    assert [mistake.name for mistake in verdict.mistakes] == ["tripled"]
