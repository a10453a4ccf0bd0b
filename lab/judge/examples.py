"""Worked examples as data: what is asked, what is right, what known mistakes give.

One JSON file per notebook, made from the reference by ``python -m autograders
examples``. Numbers, strings and lists stand for themselves; everything else is an
object with one key that names its kind.
"""

import functools
import json
import pathlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lab.judge import expected
from lab.judge.ask import Case
from lab.judge.described import Described, What
from lab.judge.problems import Kind, Place, Problem
from lab.judge.traits import Trait, Traits

FOLDER = pathlib.Path(__file__).parent.parent / "examples"
ORDER = ("initialization", "overfitting", "l2_regularization", "dropout")
"""In which order the course has its notebooks; others follow by name."""
NOTED = {
    kind.__name__: kind
    for kind in (
        expected.Number,
        expected.Between,
        expected.Index,
        expected.Array,
        expected.ZerosAndOnes,
        expected.Shaped,
        expected.Normal,
        expected.Mask,
        expected.Mapping,
        expected.Sequence,
        Problem,
        Described,
    )
}
"""The classes that have a notation: an object with their fields under their name."""
DTYPES = {"floats": "float64"} | {name: name for name in ("bool", "int64", "int32", "float32")}
"""Arrays have a notation: their shape and numbers under this."""
MANY = 300  # numbers in an array, of which their seed is enough to tell
SEEDS = range(100)
"""What is tried to find it."""
WORDS = {kind.__name__: kind for kind in (Kind, Place, What)}
"""The sets of words that have one: an object with the word under their name."""


@dataclass
class RecordedMistake:
    """A known mistake as a check knows it: by what it answers.

    Attributes
    ----------
    name, says, hint : str
        See `autograders.course.exercise.Mistake`.
    results : dict of int to Traits
        Which traits of its answers to some of the cases are not the right ones, by the
        positions of the cases.
    problem : Problem or None
        What the check finds, where it can be known by nothing else.
    told_by : list of Kind
        The kinds of problem that tell it, where the results do not.
    """

    name: str
    says: str
    hint: str
    results: dict[int, Traits]
    problem: Problem | None = None
    told_by: list[Kind] = field(default_factory=list)


@dataclass
class Part:
    """What a check cell gives a share of its points for.

    Attributes
    ----------
    says : str
        What is asked, in words that follow "right:": "the mean over the examples".
    points : int
    alone : bool
        Whether it counts even if an earlier part is wrong.
    """

    says: str
    points: int
    alone: bool = False


@dataclass
class Examples:
    """What the student's check knows of one exercise.

    Attributes
    ----------
    name, assignment : str
    parts : dict of str to Part
    cases : list of Case
    mistakes : list of RecordedMistake
    hints : list of str
    pairs : list of list of (float or None)
        By what two mistakes at once are told, see `lab.judge.traits.signature`: for each
        mistake one number for each that follows it in the list, or None.
    """

    name: str
    assignment: str
    parts: dict[str, Part]
    cases: list[Case]
    mistakes: list[RecordedMistake]
    hints: list[str]
    pairs: list[list[float | None]] = field(default_factory=list)

    @property
    def points(self) -> int:
        """What the parts are worth together."""
        return sum(part.points for part in self.parts.values())


def in_order(names: Iterable[str]) -> list[str]:
    """Return the names of notebooks in the course's order.

    Parameters
    ----------
    names : iterable of str
    """
    return sorted(names, key=lambda name: (*[name != each for each in ORDER], name))


ASSIGNMENTS = tuple(in_order({*ORDER, *(file.stem for file in FOLDER.glob("*.json"))}))


def drawn(seed: int, shape: Sequence[int]) -> np.ndarray:
    """Return normal draws, rounded to two digits, which are the same from a seed everywhere."""
    return np.round(np.random.RandomState(seed).randn(*shape), 2)


def _is_drawn(value: np.ndarray, seed: int) -> bool:
    return np.array_equal(value, drawn(seed, value.shape))


def encode(value: Any) -> Any:
    """Return `value` as plain JSON data.

    Raises
    ------
    TypeError
        If there is no notation for its type.
    """
    name = type(value).__name__
    if isinstance(value, Trait):
        return value.what if value.number is None else [value.what, encode(value.number)]
    if type(value) is NOTED.get(name):
        return {name: {field: encode(entry) for field, entry in vars(value).items()}}
    if type(value) is WORDS.get(name):
        return {name: str(value)}
    if isinstance(value, np.ndarray):
        seed = next((s for s in SEEDS if _is_drawn(value, s)), None) if value.size >= MANY else None
        if seed is not None:
            return {"drawn": [seed, list(value.shape)]}
        numbers = [list(value.shape), _rounded(value.ravel().tolist())]
        return {"floats": numbers} if value.dtype == float else {value.dtype.name: numbers}
    if isinstance(value, np.generic):
        return encode(value.item())
    if isinstance(value, tuple):
        return {"tuple": [encode(entry) for entry in value]}
    if isinstance(value, dict):
        return {"dict": {key: encode(entry) for key, entry in value.items()}}
    if isinstance(value, list):
        return [encode(entry) for entry in value]
    if value is None or isinstance(value, bool | int | float | str):
        return _rounded(value)
    raise TypeError(f"no notation for {type(value).__name__}")


def decode(data: Any) -> Any:
    """Return the value that `encode` wrote."""
    if isinstance(data, list):
        return [decode(entry) for entry in data]
    if not isinstance(data, dict):
        return data
    ((kind, content),) = data.items()
    if kind in DTYPES:
        shape, numbers = content
        return np.array(numbers, dtype=DTYPES[kind]).reshape(shape)
    if kind == "drawn":
        return drawn(*content)
    if kind == "tuple":
        return tuple(decode(entry) for entry in content)
    if kind == "dict":
        return {key: decode(entry) for key, entry in content.items()}
    if kind in WORDS:
        return WORDS[kind](content)
    return NOTED[kind](**{field: decode(entry) for field, entry in content.items()})


@functools.cache
def load(assignment: str) -> dict[str, Examples]:
    """Return the exercises of a notebook: a dict from function name to `Examples`."""
    text = (FOLDER / f"{assignment}.json").read_text(encoding="utf-8")
    exercises = {}
    for name, entry in json.loads(text).items():
        cases = [Case(**{key: decode(v) for key, v in case.items()}) for case in entry["cases"]]
        mistakes = [_mistake(mistake) for mistake in entry["mistakes"]]
        parts = {part: Part(**fields) for part, fields in entry["parts"].items()}
        hints, pairs = entry["hints"], entry["pairs"]
        exercises[name] = Examples(name, assignment, parts, cases, mistakes, hints, pairs)
    return exercises


def all_exercises() -> dict[str, Examples]:
    """Return the exercises of all notebooks, by function name, in the course's order."""
    return {name: entry for each in ASSIGNMENTS for name, entry in load(each).items()}


def _mistake(entry: dict[str, Any]) -> RecordedMistake:
    results = {
        int(position): {place: _trait(trait) for place, trait in places.items()}
        for position, places in entry["results"].items()
    }
    problem, told_by = decode(entry["problem"]), decode(entry.get("told_by", []))
    return RecordedMistake(entry["name"], entry["says"], entry["hint"], results, problem, told_by)


def _trait(noted: str | list[Any]) -> Trait:
    return Trait(noted) if isinstance(noted, str) else Trait(*noted)


def _rounded(value: Any) -> Any:
    """Cut floats to 12 digits: below the tolerance, above what differs between machines."""
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value
