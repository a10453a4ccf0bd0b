"""An exercise's questions as cases: with what the reference answers, and what known mistakes do."""

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograders.course import reference, stubs
from autograders.course.catalogue import find
from autograders.course.exercise import Exercise, Question
from lab.judge.ask import Case, Raises, Stopped, asker
from lab.judge.checks import RECORDABLE
from lab.judge.examples import Examples, RecordedMistake
from lab.judge.expected import Array, Expected, Index, Mapping, Number, ZerosAndOnes
from lab.judge.verdict import judge, same


def answered(assignment: str, exercise: Exercise, questions: Iterable[Question]) -> list[Case]:
    """Return questions as cases with what the reference answers.

    Parameters
    ----------
    assignment : str
    exercise : Exercise
    questions : iterable of Question
        The exercise's own, or fresh ones.
    """
    ask = asker(getattr(reference.module(assignment), exercise.name))
    cases = []
    for question in questions:
        case = Case(
            question.part,
            question.check,
            question.says,
            question.arguments,
            question.expected,
            list(question.by_name),
            question.seed,
        )
        if case.expected is None:
            value = ask(case).value
            if question.keys:
                value = {key: value[key] for key in question.keys}
            case.expected = _expectation(value)
            if isinstance(case.expected, Number) and question.below:
                case.expected = Number(case.expected.value, question.below)
        cases.append(case)
    return cases


def asked(assignment: str, exercise: Exercise, cases: list[Case]) -> Examples:
    """Return an exercise for the judge: these cases, and neither mistakes nor hints."""
    return Examples(exercise.name, assignment, exercise.parts, cases, [], [])


def right(assignment: str, exercise: Exercise, cases: list[Case]) -> RecordedMistake:
    """Return what the reference answers to the cases, in the form of a mistake without a name."""
    function = getattr(reference.module(assignment), exercise.name)
    return RecordedMistake("", "", "", _results(function, cases))


def recorded(assignment: str, exercise: Exercise, cases: list[Case]) -> list[RecordedMistake]:
    """Return the exercise's mistakes with what each answers to the cases.

    One that cannot be known by what it answers is left out.
    """
    expected = right(assignment, exercise, cases).results
    known = []
    for position, mistake in enumerate(exercise.mistakes):
        function = _mistaken(assignment, exercise.name, position)
        results, problem = _results(function, cases), None
        if _all_same(expected, results):
            wrong = judge(asked(assignment, exercise, cases), asker(function)).wrong
            if not wrong:
                continue
            problem = wrong[0].problem
        says = mistake.name, mistake.says, mistake.hint
        told_by = list(mistake.told_by)
        known.append(RecordedMistake(*says, results, problem, told_by))
    return known


def _all_same(expected: dict[int, Any], results: dict[int, Any]) -> bool:
    return expected.keys() == results.keys() and all(
        same(value, results[position]) for position, value in expected.items()
    )


def _expectation(result: Any) -> Expected:
    """Expect just what the reference returned."""
    if isinstance(result, dict):
        return Mapping({key: _expectation(value) for key, value in result.items()})
    if isinstance(result, np.ndarray):
        return ZerosAndOnes(result.astype(int)) if result.dtype == bool else Array(result)
    return Index(result) if isinstance(result, int) else Number(float(result))


@functools.cache
def _mistaken(assignment: str, function: str, position: int) -> Callable[..., Any]:
    """Return a mistaken function, ready to be called."""
    exercise = find(assignment, function)
    code = stubs.changed(reference.source(assignment, function), exercise.mistakes[position].change)
    return reference.run(assignment, code, function)


def _results(function: Callable[..., Any], cases: list[Case]) -> dict[int, Any]:
    """Return what a function answers, by the case's position, where that can be recorded."""
    ask = asker(function)
    results: dict[int, Any] = {}
    for position, case in enumerate(cases):
        if case.check not in RECORDABLE:
            continue
        try:
            value = ask(case).value
        except Stopped:
            value = Raises()
        if _has_notation(value):
            results[position] = value
    return results


def _has_notation(value: Any) -> bool:
    """Tell whether `encode` can write a value; to do it would take far longer."""
    if isinstance(value, dict):
        return all(map(_has_notation, value.values()))
    if isinstance(value, tuple | list):
        return all(map(_has_notation, value))
    plain = bool | int | float | str | np.ndarray | np.generic
    return value is None or isinstance(value, plain | Raises)
