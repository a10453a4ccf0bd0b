"""Making lab/examples from the reference."""

import functools
import json

import numpy as np

from autograders import ROOT, reference, stubs
from autograders.exercises import NOTEBOOKS, find
from lab.ask import Case, Stopped, asker
from lab.examples import NOT_RECORDED, RAISES, Examples, encode
from lab.examples import Mistake as KnownMistake
from lab.expected import Array, Index, Mapping, Number, ZerosAndOnes
from lab.verdict import judge, same

FOLDER = ROOT / "lab" / "examples"
RECORDED_CHECKS = ("values", "dropout_arithmetic")
"""Checks with questions small enough to ship what each known mistake answers."""


def text(assignment):
    """Return the JSON text of a notebook's worked examples.

    Parameters
    ----------
    assignment : str
        One of the notebooks.
    """
    entries = []
    for exercise in NOTEBOOKS[assignment]:
        cases = answered(assignment, exercise, exercise.questions)
        rows = [{key: encode(value) for key, value in vars(case).items()} for case in cases]
        parts = {name: vars(part) for name, part in exercise.parts.items()}
        known = [
            {key: encode(value) for key, value in vars(mistake).items()}
            for mistake in recorded(assignment, exercise, cases)
        ]
        entries.append(
            f' "{exercise.name}": {{\n  "parts": {json.dumps(parts, ensure_ascii=False)},\n'
            f'  "hints": {json.dumps(list(exercise.hints), ensure_ascii=False)},\n'
            f'  "cases": [\n{_lines(rows)}\n  ],\n  "mistakes": [\n{_lines(known)}\n  ]\n }}'
        )
    return "{\n" + ",\n".join(entries) + "\n}\n"


def answered(assignment, exercise, questions):
    """Return questions as cases with what the reference answers.

    Parameters
    ----------
    assignment : str
    exercise : Exercise
    questions : list of Question
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
        cases.append(case)
    return cases


def asked(assignment, exercise, cases):
    """Return an exercise for the judge: these cases, and neither mistakes nor hints."""
    return Examples(exercise.name, assignment, exercise.parts, cases, [], [])


def recorded(assignment, exercise, cases):
    """Return the exercise's mistakes with what each answers to the cases."""
    right = _results(getattr(reference.module(assignment), exercise.name), cases)
    known = []
    for position, mistake in enumerate(exercise.mistakes):
        function = _function(assignment, exercise.name, position)
        results, problem = _results(function, cases), None
        if all(map(same, right, results)):
            wrong = judge(asked(assignment, exercise, cases), asker(function)).wrong
            problem = wrong[0].problem if wrong else ""
        known.append(KnownMistake(mistake.name, mistake.says, mistake.hint, results, problem))
    return known


def write(assignment):
    """Write lab/examples/<assignment>.json; return whether it changed."""
    path = FOLDER / f"{assignment}.json"
    new = text(assignment)
    if path.exists() and path.read_text(encoding="utf-8") == new:
        return False
    path.write_text(new, encoding="utf-8")
    return True


def _expectation(result):
    """Expect just what the reference returned."""
    if isinstance(result, dict):
        return Mapping({key: _expectation(value) for key, value in result.items()})
    if isinstance(result, np.ndarray):
        return ZerosAndOnes(result.astype(int)) if result.dtype == bool else Array(result)
    return Index(result) if isinstance(result, int) else Number(float(result))


@functools.cache
def _function(assignment, name, position):
    """Return a mistaken function, ready to be called."""
    exercise = find(assignment, name)
    code = stubs.changed(reference.source(assignment, name), exercise.mistakes[position].change)
    return reference.run(assignment, code, name)


def _results(function, cases):
    ask = asker(function)
    results = []
    for case in cases:
        if case.check not in RECORDED_CHECKS:
            results.append(NOT_RECORDED)
            continue
        try:
            value = ask(case).value
        except Stopped:
            value = RAISES
        results.append(value if _has_notation(value) else NOT_RECORDED)
    return results


def _has_notation(value):
    """Tell whether `encode` can write a value; to write it would take far longer."""
    if isinstance(value, dict):
        return all(map(_has_notation, value.values()))
    if isinstance(value, tuple | list):
        return all(map(_has_notation, value))
    plain = bool | int | float | str | np.ndarray | np.generic
    return value is None or isinstance(value, plain)


def _lines(rows):
    """Return JSON rows, one a line, so that a change shows as one."""
    return ",\n".join("   " + json.dumps(row, ensure_ascii=False) for row in rows)
