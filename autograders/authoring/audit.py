"""What an assignment still lacks, for whoever adds it."""

import json
import re

import numpy as np

from autograders import ROOT, Refused, examples, exercises, lesson, reference
from lab.examples import in_order

NO_NAME = "{name!r} is no name for an assignment. Use small letters, digits and underscores."
NOTHING = "{name}: nothing is missing."
NO_REFERENCE = (
    "{name}: source_ref/{name}.py is missing. Write each function there, "
    "with START CODE HERE and END CODE HERE around what students write."
)
NO_EXERCISES = (
    "{name}: autograders/exercises/{name}.py is missing. "
    "Write EXERCISES there, a list with an Exercise for each function."
)
NO_NOTEBOOK = (
    "{name}: notebooks/{name}/{name}.ipynb is missing. "
    "Run `python -m autograders sketch {name}`, then write the lesson around its cells."
)
NO_EXAMPLES = (
    "{name}: lab/examples/{name}.json is missing. Run `python -m autograders examples {name}`."
)
OLD_EXAMPLES = (
    "{name}: lab/examples/{name}.json is not what the exercises give. "
    "Run `python -m autograders examples {name}`."
)
NO_USE = "{name}: source_ref/{name}.py cannot be used ({error}). Mend it first."
NO_ANSWER = (
    "{name}: the reference cannot answer the questions in autograders/exercises/{name}.py "
    "({error}). Mend either."
)
NO_REGION = (
    "{name}: {function} in source_ref/{name}.py gives students nothing to write. "
    "Put START CODE HERE and END CODE HERE around it."
)
NO_CHECK = (
    "{name}: no cell of the notebook checks {function}. "
    "Give one the grade_id check_{function} and the source {source}."
)
OTHER_CHECK = (
    "{name}: the cell check_{function} must hold {source}, be locked, be graded with "
    "{points} points and carry the tag raises-exception."
)
NO_OUTPUTS = "{name}: the notebook stores no outputs. Run `python -m autograders store {name}`."
NO_MISTAKES = (
    "{name}: optional: {function} lists no mistakes, so the check names none "
    "and nothing shows that wrong answers lose points."
)
NO_RIGHT = (
    "{name}: optional: {function} lists no second right answer, "
    "so nothing shows that other ways to write it get full marks."
)
NO_HINTS = "{name}: optional: {function} has no hints for students to ask for."
OPTIONAL = "{name}: optional: "


def names():
    """Return the names of all assignments that have any of their files, in order."""
    found = {file.stem for file in (ROOT / "source_ref").glob("[!_]*.py")}
    found |= {file.stem for file in (ROOT / "autograders" / "exercises").glob("[!_]*.py")}
    found |= {file.parent.name for file in (ROOT / "notebooks").glob("*/*.ipynb")}
    found |= {file.stem for file in examples.FOLDER.glob("*.json")}
    return in_order(found)


def problems(name):
    """Yield what an assignment lacks, a line each, in the order in which to go about it.

    Parameters
    ----------
    name : str
        The assignment, whether it has any file or not.

    Yields
    ------
    str

    Raises
    ------
    Refused
        If it cannot be an assignment's name.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise Refused(NO_NAME.format(name=name))
    has_reference = (ROOT / "source_ref" / f"{name}.py").is_file()
    has_exercises = (ROOT / "autograders" / "exercises" / f"{name}.py").is_file()
    has_notebook, has_examples = lesson.path(name).is_file(), _examples(name).is_file()
    for there, said in (
        (has_reference, NO_REFERENCE),
        (has_exercises, NO_EXERCISES),
        (has_notebook, NO_NOTEBOOK),
        (has_examples, NO_EXAMPLES),
    ):
        if not there:
            yield said.format(name=name)
    if not (has_reference and has_exercises):
        return
    broken = list(_reference_problems(name))
    yield from broken
    if broken or not has_notebook:
        return
    yield from _notebook_problems(name)
    if has_examples:
        yield from _example_problems(name)
    yield from _optional(name)


def is_optional(problem, name):
    """Tell whether the assignment works without what a line asks for.

    Parameters
    ----------
    problem : str
        A line of `problems`.
    name : str
        The assignment.
    """
    return problem.startswith(OPTIONAL.format(name=name))


def _examples(name):
    return examples.FOLDER / f"{name}.json"


def _reference_problems(name):
    """Yield why stubs and questions cannot be made yet."""
    try:
        for exercise in exercises.load(name):
            if reference.stub(name, exercise.name) == reference.source(name, exercise.name):
                yield NO_REGION.format(name=name, function=exercise.name)
    except Refused as refused:
        yield f"{name}: {refused}"
    except Exception as error:  # whatever running the module raises
        yield NO_USE.format(name=name, error=f"{type(error).__name__}: {error}")


def _notebook_problems(name):
    try:
        yield from (f"{name}: {problem}" for problem in lesson.problems(name))
        notebook = lesson.read(lesson.path(name))
    except Refused as refused:
        yield f"{name}: {refused}"
        return
    cells = {lesson.grade_id(cell): cell for cell in notebook.cells}
    for exercise in exercises.load(name):
        cell = cells.get(lesson.CHECK + exercise.name)
        source = f'check("{exercise.name}")'
        says = {"name": name, "function": exercise.name, "source": source}
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
        yield NO_OUTPUTS.format(name=name)


def _example_problems(name):
    try:
        new = json.loads(examples.text(name))
    except Exception as error:  # whatever the reference raises when it is asked
        yield NO_ANSWER.format(name=name, error=f"{type(error).__name__}: {error}")
        return
    if not _same(json.loads(_examples(name).read_text(encoding="utf-8")), new):
        yield OLD_EXAMPLES.format(name=name)


def _optional(name):
    for exercise in exercises.load(name):
        for listed, said in (
            (exercise.mistakes, NO_MISTAKES),
            (exercise.right, NO_RIGHT),
            (exercise.hints, NO_HINTS),
        ):
            if not listed:
                yield said.format(name=name, function=exercise.name)


def _same(old, new):
    """Compare JSON data, floats at a tolerance below that of the checks."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, float) and isinstance(new, float):
        return bool(np.isclose(old, new, rtol=1e-9, atol=1e-12, equal_nan=True))
    return old == new
