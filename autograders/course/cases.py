"""An exercise's questions as cases: with what the reference answers, and what known mistakes do."""

import functools
import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograders.course import reference, stubs
from autograders.course.catalogue import find
from autograders.course.exercise import Exercise, Question
from lab.judge import naming
from lab.judge.ask import Case, asker, call, seed
from lab.judge.examples import Examples, RecordedMistake
from lab.judge.expected import Array, Expected, Index, Mapping, Number, ZerosAndOnes
from lab.judge.problems import Kind, Problem, found
from lab.judge.traits import wrong
from lab.judge.verdict import judge


def answered(assignment: str, exercise: Exercise, questions: Iterable[Question]) -> list[Case]:
    """Return questions as cases with what the reference answers.

    Parameters
    ----------
    assignment : str
    exercise : Exercise
    questions : iterable of Question
        The exercise's own, or fresh ones.
    """
    function = getattr(reference.module(assignment), exercise.name)
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
            seed(case)
            with np.errstate(all="ignore"):
                value = call(function, case, case.arguments)  # which it leaves as they are
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


def recorded(assignment: str, exercise: Exercise, cases: list[Case]) -> dict[int, RecordedMistake]:
    """Return the exercise's mistakes with what each answers to the cases.

    By the positions of their ways; one that cannot be known by what it answers is left out.
    """
    rights = {position: naming.right(cases[position]) for position in _positions(cases)}
    known = {}
    for way, (mistake, _) in enumerate(exercise.ways):
        function = changed(assignment, exercise.name, way)
        problem = _unsteady(assignment, exercise.name, way)
        steady = [i for i in rights if problem is None or cases[i].seed is not None]
        seen = naming.all_observed(cases, steady, asker(function))
        results = {position: wrong(seen[position], rights[position]) for position in steady}
        if problem is None and not any(results.values()):
            verdict = judge(asked(assignment, exercise, cases), asker(function))
            if not verdict.wrong:
                continue
            problem, results = verdict.wrong[0].problem, {}
        says = mistake.name, mistake.says, mistake.hint
        told_by = list(mistake.told_by)
        known[way] = RecordedMistake(*says, results, problem, told_by)
    return known


@functools.cache
def _unsteady(assignment: str, function: str, way: int) -> Problem | None:
    """Return what is found where a mistake makes the answer another one at every call."""
    exercise = find(assignment, function)
    cases = answered(assignment, exercise, exercise.questions)
    ask = asker(changed(assignment, function, way))
    wrong = judge(asked(assignment, exercise, cases), ask).wrong
    if wrong and naming.is_unsteady(wrong[0].problem):
        return wrong[0].problem
    told = [position for position in _positions(cases) if cases[position].seed is not None]
    seen = naming.all_observed(cases, told, ask).values()
    other = any(places.get(naming.AGAIN) == naming.OTHER for places in seen)
    return found(Kind.UNSTEADY) if other else None


def _positions(cases: list[Case]) -> list[int]:
    """Return the positions of the questions that tell most: others ask for a part of the same."""
    asked_for: dict[int, int] = {}
    for position, case in enumerate(cases):
        if naming.is_told(case):
            asked_for[id(case.arguments)] = position
    return sorted(asked_for.values())


def _expectation(result: Any) -> Expected:
    """Expect just what the reference returned."""
    if isinstance(result, dict):
        return Mapping({key: _expectation(value) for key, value in result.items()})
    if isinstance(result, np.ndarray):
        return ZerosAndOnes(result.astype(int)) if result.dtype == bool else Array(result)
    return Index(result) if isinstance(result, int) else Number(float(result))


@functools.cache
def changed(assignment: str, function: str, way: int) -> Callable[..., Any]:
    """Return the reference function with a mistake, ready to be called."""
    _, change = find(assignment, function).ways[way]
    code = stubs.changed(reference.source(assignment, function), change)
    return reference.run(assignment, code, function)


@functools.cache
def composed(assignment: str, function: str) -> dict[tuple[int, int], Callable[..., Any]]:
    """Return the reference function with each two mistakes that can be made at once.

    By the positions of their ways; see `autograders.course.stubs.composed`.
    """
    source = reference.source(assignment, function)
    ways = enumerate(find(assignment, function).ways)
    together = {}
    for (i, (one, change)), (j, (other, another)) in itertools.combinations(ways, 2):
        code = None if one is other else stubs.composed(source, change, another)
        if code is not None:
            together[i, j] = reference.run(assignment, code, function)
    return together
