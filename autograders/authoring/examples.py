"""Making lab/examples from the reference."""

import itertools
import json
import textwrap
from collections.abc import Iterable
from typing import Any

import numpy as np

from autograders import ROOT
from autograders.course import cases
from autograders.course.catalogue import EXERCISES
from autograders.course.exercise import Exercise
from lab.judge.ask import Raises
from lab.judge.examples import DTYPES, RecordedMistake, encode
from lab.judge.verdict import same

FOLDER = ROOT / "lab" / "examples"
WIDTH = 100  # characters of a line
LIGHT = 1_500  # characters of a mistake's results that are kept whatever they tell
DIGITS = 8  # of a mistake's results: they are compared at a tolerance far above


def text(assignment: str) -> str:
    """Return the JSON text of an assignment's worked examples."""
    entries = {exercise.name: _entry(assignment, exercise) for exercise in EXERCISES[assignment]}
    return _json(entries) + "\n"


def write(assignment: str) -> bool:
    """Write lab/examples/<assignment>.json; return whether it changed."""
    path = FOLDER / f"{assignment}.json"
    new = text(assignment)
    if path.exists() and path.read_text(encoding="utf-8") == new:
        return False
    path.write_text(new, encoding="utf-8")
    return True


def _entry(assignment: str, exercise: Exercise) -> dict[str, Any]:
    answered = cases.answered(assignment, exercise, exercise.questions)
    right = cases.right(assignment, exercise, answered)
    recorded = cases.recorded(assignment, exercise, answered)
    mistakes = [_listed(mistake, [right, *recorded]) for mistake in recorded]
    return {
        "parts": {name: vars(part) for name, part in exercise.parts.items()},
        "hints": list(exercise.hints),
        "cases": [_encoded(vars(case)) for case in answered],
        "mistakes": [_encoded(mistake) for mistake in mistakes],
    }


def _listed(mistake: RecordedMistake, others: list[RecordedMistake]) -> dict[str, Any]:
    fields = {**vars(mistake), "results": _kept(mistake, others)}
    return {name: value for name, value in fields.items() if value or name != "told_by"}


def _encoded(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: encode(value) for name, value in fields.items()}


def _kept(mistake: RecordedMistake, others: list[RecordedMistake]) -> dict[str, Any]:
    """Return a mistake's results to all questions, or to the two smallest that tell it.

    They tell it where nothing answers like it there that does not do so everywhere, and where
    each of the two tells it from the right answer, the first of `others`.
    """
    results = {position: _shorter(result) for position, result in mistake.results.items()}
    sizes = {position: len(json.dumps(encode(result))) for position, result in results.items()}
    positions = list(results)
    if sum(sizes.values()) > LIGHT:
        right, alike = others[0], _alike(mistake, others, positions)
        telling = [each for each in positions if not _alike(mistake, [right], [each])]
        choices = [
            pair
            for among in (telling, positions)
            for pair in sorted(
                itertools.combinations(among, 2),
                key=lambda pair: sum(map(sizes.__getitem__, pair)),
            )
            # errors alone name no mistake
            if not all(isinstance(results[position], Raises) for position in pair)
            and _alike(mistake, others, pair) == alike
        ]
        positions = sorted(choices[0]) if choices else positions
        if len(positions) == 2 and same(*(mistake.results[each] for each in positions)):
            del positions[1]  # the same arguments, asked for another part
    return {str(position): results[position] for position in positions}


def _alike(
    mistake: RecordedMistake, others: list[RecordedMistake], positions: Iterable[int]
) -> set[str]:
    """Return the names of what answers like a mistake to some of the questions."""
    return {
        other.name
        for other in others
        if all(
            position in other.results and same(mistake.results[position], other.results[position])
            for position in positions
        )
    }


def _shorter(value: Any) -> Any:
    """Return a result with fewer digits."""
    if isinstance(value, dict):
        return {key: _shorter(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_shorter, value))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        shorter = [float(f"{entry:.{DIGITS}g}") for entry in value.ravel().tolist()]
        return np.array(shorter).reshape(value.shape)
    return value


def _json(value: Any, depth: int = 0) -> str:
    """Return JSON whose lines one can read: what fits stands on one, numbers fill theirs."""
    line = json.dumps(value, ensure_ascii=False)
    indent = " " * (depth + 1)
    if len(line) + depth <= WIDTH or not isinstance(value, dict | list):
        return line
    if isinstance(value, dict) and value.keys() <= DTYPES.keys():
        numbers = textwrap.wrap(line, WIDTH - depth, break_on_hyphens=False)
        return f"\n{indent}".join(numbers)
    if isinstance(value, dict):
        parts = [
            f"{indent}{json.dumps(key)}: {_json(entry, depth + 1)}" for key, entry in value.items()
        ]
        return "{\n" + ",\n".join(parts) + "\n" + " " * depth + "}"
    parts = [f"{indent}{_json(entry, depth + 1)}" for entry in value]
    return "[\n" + ",\n".join(parts) + "\n" + " " * depth + "]"
