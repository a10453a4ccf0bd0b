"""What an assignment still lacks, for whoever adds it."""

import json
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograders import ROOT, Refused
from autograders.authoring import examples
from autograders.course import catalogue, lesson, reference
from autograders.course.catalogue import EXERCISES
from lab.judge.examples import in_order

NO_NAME = "{assignment!r} is no name for an assignment. Use small letters, digits and underscores."
NOTHING = "{assignment}: nothing is missing."
NO_REFERENCE = (
    "{assignment}: source_ref/{assignment}.py is missing. Write each function there, "
    "with START CODE HERE and END CODE HERE around what students write."
)
NO_EXERCISES = (
    "{assignment}: autograders/content/exercises/{assignment}.py is missing. "
    "Write EXERCISES there, a list with an Exercise for each function."
)
NO_NOTEBOOK = (
    "{assignment}: notebooks/{assignment}/{assignment}.ipynb is missing. "
    "Run `python -m autograders sketch {assignment}`, then write the lesson around its cells."
)
NO_EXAMPLES = (
    "{assignment}: lab/examples/{assignment}.json is missing. "
    "Run `python -m autograders examples {assignment}`."
)
OLD_EXAMPLES = (
    "{assignment}: lab/examples/{assignment}.json is not what the exercises give. "
    "Run `python -m autograders examples {assignment}`."
)
NO_USE = "{assignment}: source_ref/{assignment}.py cannot be used ({error}). Mend it first."
NO_ANSWER = (
    "{assignment}: the reference cannot answer the questions in "
    "autograders/content/exercises/{assignment}.py "
    "({error}). Mend either."
)
NO_REGION = (
    "{assignment}: {function} in source_ref/{assignment}.py gives students nothing to write. "
    "Put START CODE HERE and END CODE HERE around it."
)
NO_CHECK = (
    "{assignment}: no cell of the notebook checks {function}. "
    "Give one the grade_id check_{function} and the source {source}."
)
OTHER_CHECK = (
    "{assignment}: the cell check_{function} must hold {source}, be locked, be graded with "
    "{points} points and carry the tag raises-exception."
)
NO_OUTPUTS = (
    "{assignment}: the notebook stores no outputs. Run `python -m autograders store {assignment}`."
)
NO_MISTAKES = (
    "{assignment}: optional: {function} lists no mistakes, so the check names none "
    "and nothing shows that wrong answers lose points."
)
NO_RIGHT = (
    "{assignment}: optional: {function} lists no second right answer, "
    "so nothing shows that other ways to write it get full marks."
)
NO_HINTS = "{assignment}: optional: {function} has no hints for students to ask for."


@dataclass(frozen=True)
class Lack:
    """What an assignment still lacks.

    Attributes
    ----------
    says : str
        As a line for a person.
    optional : bool
        Whether the assignment works without it.
    """

    says: str
    optional: bool = False

    def __str__(self) -> str:
        return self.says


def names() -> list[str]:
    """Return the names of all assignments that have any of their files, in order."""
    found = {file.stem for file in (ROOT / "source_ref").glob("[!_]*.py")}
    found |= catalogue.modules("exercises")
    found |= {file.parent.name for file in (ROOT / "notebooks").glob("*/*.ipynb")}
    found |= {file.stem for file in examples.FOLDER.glob("*.json")}
    return in_order(found)


def lacks(assignment: str) -> Iterator[Lack]:
    """Yield what an assignment lacks, in the order in which to go about it.

    Parameters
    ----------
    assignment : str
        Its name, whether it has any file or not.

    Raises
    ------
    Refused
        If it cannot be an assignment's name.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", assignment):
        raise Refused(NO_NAME.format(assignment=assignment))
    has_reference = (ROOT / "source_ref" / f"{assignment}.py").is_file()
    has_exercises = assignment in catalogue.modules("exercises")
    has_notebook, has_examples = lesson.path(assignment).is_file(), _examples(assignment).is_file()
    for there, said in (
        (has_reference, NO_REFERENCE),
        (has_exercises, NO_EXERCISES),
        (has_notebook, NO_NOTEBOOK),
        (has_examples, NO_EXAMPLES),
    ):
        if not there:
            yield Lack(said.format(assignment=assignment))
    if not (has_reference and has_exercises):
        return
    broken = [Lack(says) for says in _reference_problems(assignment)]
    yield from broken
    if broken or not has_notebook:
        return
    yield from map(Lack, _notebook_problems(assignment))
    if has_examples:
        yield from map(Lack, _example_problems(assignment))
    yield from (Lack(says, optional=True) for says in _optional(assignment))


def _examples(assignment: str) -> pathlib.Path:
    return examples.FOLDER / f"{assignment}.json"


def _reference_problems(assignment: str) -> Iterator[str]:
    """Yield why stubs and questions cannot be made yet."""
    try:
        for exercise in EXERCISES.load(assignment):
            if reference.stub(assignment, exercise.name) == reference.source(
                assignment, exercise.name
            ):
                yield NO_REGION.format(assignment=assignment, function=exercise.name)
    except Refused as refused:
        yield f"{assignment}: {refused}"
    except Exception as error:  # whatever running the module raises
        yield NO_USE.format(assignment=assignment, error=f"{type(error).__name__}: {error}")


def _notebook_problems(assignment: str) -> Iterator[str]:
    try:
        yield from (f"{assignment}: {problem}" for problem in lesson.problems(assignment))
        notebook = lesson.read(lesson.path(assignment))
    except Refused as refused:
        yield f"{assignment}: {refused}"
        return
    cells = {lesson.grade_id(cell): cell for cell in notebook.cells}
    for exercise in EXERCISES.load(assignment):
        cell = cells.get(lesson.CHECK + exercise.name)
        source = f'check("{exercise.name}")'
        says = {"assignment": assignment, "function": exercise.name, "source": source}
        if cell is None:
            yield NO_CHECK.format(**says)
            continue
        grading = cell.metadata.nbgrader
        right = (
            cell.source == source
            and grading.get("grade")
            and grading.get("locked")
            and grading.get("points") == exercise.points
            and "raises-exception" in cell.metadata.get("tags", [])
        )
        if not right:
            yield OTHER_CHECK.format(points=exercise.points, **says)
    if not any(cell.get("outputs") for cell in notebook.cells):
        yield NO_OUTPUTS.format(assignment=assignment)


def _example_problems(assignment: str) -> Iterator[str]:
    try:
        new = json.loads(examples.text(assignment))
    except Exception as error:  # whatever the reference raises when it is asked
        yield NO_ANSWER.format(assignment=assignment, error=f"{type(error).__name__}: {error}")
        return
    if not _same(json.loads(_examples(assignment).read_text(encoding="utf-8")), new):
        yield OLD_EXAMPLES.format(assignment=assignment)


def _optional(assignment: str) -> Iterator[str]:
    for exercise in EXERCISES.load(assignment):
        for listed, said in (
            (exercise.mistakes, NO_MISTAKES),
            (exercise.right, NO_RIGHT),
            (exercise.hints, NO_HINTS),
        ):
            if not listed:
                yield said.format(assignment=assignment, function=exercise.name)


def _same(old: Any, new: Any) -> bool:
    """Compare JSON data, floats at a tolerance below that of the checks."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, float) and isinstance(new, float):
        return bool(np.isclose(old, new, rtol=1e-9, atol=1e-12, equal_nan=True))
    return old == new
