"""What the content says to students: names of parts and questions, mistakes, hints, tables."""

import ast
from collections.abc import Iterator

import numpy as np

from autograders.course import lesson
from autograders.course.catalogue import EXERCISES, RUBRICS, STUDIES
from autograders.course.exercise import Exercise
from lab.results import load as results_of

DRAWN = 3  # how often fresh questions are drawn, to see what each is called
NAMING = ("guess", "truth")
SHOWING = ("plots", "explore")
SETS = ("train", "validation", "test")
"""What the lessons call their sets of points."""


def texts() -> Iterator[tuple[str, str]]:
    """Yield each text and the folder or file it stands in."""
    for assignment, exercises in EXERCISES.items():
        for exercise in exercises:
            yield from ((text, f"exercises/{assignment}") for text in _of_exercise(exercise))
            for mistake in exercise.mistakes:
                yield from (
                    (text, f"mistakes/{assignment}") for text in (mistake.says, mistake.hint)
                )
            yield from ((text, f"hints/{assignment}") for text in exercise.hints)
        for text in _of_code(assignment):
            yield text, f"notebooks/{assignment}"
    for assignment, rubrics in RUBRICS.items():
        for rubric in rubrics:
            yield from ((each.says, f"rubrics/{assignment}") for each in rubric.criteria)
            yield rubric.sample, f"rubrics/{assignment}"
    yield from ((name, "notebooks") for name in SETS)
    for assignment in STUDIES:
        yield from ((text, f"results/{assignment}") for text in _of_results(assignment))


def _of_exercise(exercise: Exercise) -> Iterator[str]:
    for part in exercise.parts.values():
        yield part.says
    drawn = [exercise.fresh(np.random.RandomState(seed)) for seed in range(DRAWN)]
    for question in (*exercise.questions, *(each for fresh in drawn for each in fresh)):
        yield question.says
        if because := getattr(question.expected, "because", ""):
            yield because


def _of_results(assignment: str) -> Iterator[str]:
    for results in results_of(assignment).values():
        yield from (results.setting, results.baseline, *results.about, *results.decimals)
        for row, columns in results.values.items():
            yield from (row, *columns)


def _of_code(assignment: str) -> Iterator[str]:
    """Yield what cells give to guesses, figures and sliders to be shown."""
    for cell in lesson.original(assignment).cells:
        tree = ast.parse(cell.source) if cell.cell_type == "code" else ast.Module([], [])
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        for call in filter(_shows, calls):
            yield from _texts(call)


def _texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts of more than one word below a node; none of those with fields in them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        yield node.value
    if not isinstance(node, ast.JoinedStr):
        for each in ast.iter_child_nodes(node):
            yield from _texts(each)


def _shows(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id in SHOWING
    return isinstance(function, ast.Name) and function.id in NAMING
