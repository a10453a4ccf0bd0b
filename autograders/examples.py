"""Making lab/examples from the reference."""

import json

import numpy as np

from autograders import ROOT, reference, stubs
from autograders.exercises import NOTEBOOKS
from lab.ask import Case, Stopped, asker
from lab.examples import NOT_RECORDED, RAISES, encode
from lab.expected import Array, Index, Mapping, Number, ZerosAndOnes

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
        cases = questions(assignment, exercise)
        rows = [{key: encode(value) for key, value in vars(case).items()} for case in cases]
        known = [
            _record(assignment, exercise.name, mistake, cases) for mistake in exercise.mistakes
        ]
        entries.append(
            f' "{exercise.name}": {{\n  "points": {exercise.points},\n'
            f'  "cases": [\n{_lines(rows)}\n  ],\n  "mistakes": [\n{_lines(known)}\n  ]\n }}'
        )
    return "{\n" + ",\n".join(entries) + "\n}\n"


def questions(assignment, exercise):
    """Return an exercise's questions as cases with what the reference answers."""
    ask = asker(getattr(reference.module(assignment), exercise.name))
    cases = []
    for question in exercise.questions:
        case = Case(
            question.check,
            question.says,
            question.arguments,
            question.expected,
            list(question.by_name),
            question.seed,
        )
        if case.expected is None:
            case.expected = _expectation(ask(case).value)
        cases.append(case)
    return cases


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


def _record(assignment, name, mistake, cases):
    """Return a mistake with what it answers to each recorded case, as JSON data."""
    code = stubs.changed(reference.source(assignment, name), mistake.change)
    ask = asker(reference.run(assignment, code, name))
    results = []
    for case in cases:
        try:
            results.append(
                encode(ask(case).value) if case.check in RECORDED_CHECKS else NOT_RECORDED
            )
        except Stopped:
            results.append(RAISES)
        except TypeError:
            results.append(NOT_RECORDED)
    return {"name": mistake.name, "says": mistake.says, "hint": mistake.hint, "results": results}


def _lines(rows):
    """Return JSON rows, one a line, so that a change shows as one."""
    return ",\n".join("   " + json.dumps(row) for row in rows)
