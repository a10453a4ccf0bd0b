"""Making lab/examples from the reference."""

import json
import textwrap
from typing import Any

from autograders import ROOT
from autograders.course import cases
from autograders.course.catalogue import EXERCISES
from autograders.course.exercise import Exercise
from lab.judge import naming
from lab.judge.ask import Case, asker
from lab.judge.examples import DTYPES, RecordedMistake, encode
from lab.judge.traits import Trait

FOLDER = ROOT / "lab" / "examples"
WIDTH = 100  # characters of a line
DIGITS = 9  # of the numbers that tell mistakes: they are compared at a tolerance far above


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
    ways = cases.recorded(assignment, exercise, answered)
    return {
        "parts": {name: vars(part) for name, part in exercise.parts.items()},
        "hints": list(exercise.hints),
        "cases": [_encoded(vars(case)) for case in answered],
        "mistakes": [_mistake(mistake) for mistake in ways.values()],
        "pairs": _pairs(assignment, exercise.name, ways, answered),
    }


def _encoded(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: encode(value) for name, value in fields.items()}


def _mistake(mistake: RecordedMistake) -> dict[str, Any]:
    results = {
        str(position): {place: encode(_shorter(trait)) for place, trait in places.items()}
        for position, places in mistake.results.items()
    }
    fields = _encoded({**vars(mistake), "results": None}) | {"results": results}
    return {name: value for name, value in fields.items() if value or name != "told_by"}


def _pairs(
    assignment: str, function: str, ways: dict[int, RecordedMistake], answered: list[Case]
) -> list[list[float | None]]:
    """Return the signatures of two mistakes at once: for each, with each that follows it."""
    positions = naming.positions(ways.values())
    if any(answered[position].check == naming.WEIGHTS for position in positions):
        return []
    together = cases.composed(assignment, function)

    def number(pair: tuple[int, int]) -> float | None:
        # without results an answer is another one at every call
        if pair not in together or not all(ways[way].results for way in pair):
            return None
        seen = naming.all_observed(answered, positions, asker(together[pair]))
        told = naming.signature(answered, seen)
        return None if told is None else _rounded(told.number)

    known = list(ways)
    return [
        [number((one, other)) for other in known[place + 1 :]] for place, one in enumerate(known)
    ]


def _shorter(trait: Trait) -> Trait:
    return Trait(trait.what, _rounded(trait.number))


def _rounded(number: float | None) -> float | None:
    return None if number is None else float(f"{number:.{DIGITS}g}")


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
    if all(isinstance(entry, int | float | None) for entry in value):
        return f"\n{indent}".join(textwrap.wrap(line, WIDTH - depth, break_on_hyphens=False))
    parts = [f"{indent}{_json(entry, depth + 1)}" for entry in value]
    return "[\n" + ",\n".join(parts) + "\n" + " " * depth + "]"
