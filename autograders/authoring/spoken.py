"""What the content says to students: names of parts and questions, mistakes, hints, tables."""

import ast
import itertools
from collections.abc import Iterator

import numpy as np
from nbformat import NotebookNode

from autograders.authoring.guides import UNFINISHED
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES, RUBRICS, STUDIES
from autograders.course.exercise import Exercise
from lab.results import load as results_of

DRAWN = 3  # how often fresh questions are drawn, to see what each is called
NAMING = ("guess", "truth")
NOT_SHOWN = ("ready", "results", "print")
"""What takes texts of a cell that nobody reads, or that are translated in the cell itself."""
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
    yield UNFINISHED, "guides"
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
    """Yield what cells have shown: to guesses, in figures, in tables, on sliders."""
    for cell in _code(assignment):
        yield from _texts(ast.parse(cell.source))


def labels() -> Iterator[tuple[str, str]]:
    """Yield each label that a cell fills in, with numbers for its fields, and its file."""
    for assignment in EXERCISES:
        for cell in _code(assignment):
            for text in _filled(ast.parse(cell.source)):
                yield text, f"notebooks/{assignment}"


def _code(assignment: str) -> Iterator[NotebookNode]:
    """Yield the cells of code that are no exercise, no check and no given function."""
    for cell in lesson.original(assignment).cells:
        if cell.cell_type == "code" and not lesson.grade_id(cell):
            yield cell


def _texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts below a node, but for docstrings, names and what is printed as it is."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for each in _shown(node):
        yield from _texts(each)


def _filled(node: ast.AST) -> Iterator[str]:
    """Yield the texts with fields below a node, but for the same."""
    if isinstance(node, ast.JoinedStr):
        count = itertools.count()
        yield "".join(
            str(each.value) if isinstance(each, ast.Constant) else f"{{{next(count)}}}"
            for each in node.values
        )
    for each in _shown(node, NAMING):
        yield from _filled(each)


def _shown(node: ast.AST, also: tuple[str, ...] = ()) -> Iterator[ast.AST]:
    """Yield what stands right below a node, without what is for the program or for paragraphs."""
    if isinstance(node, ast.JoinedStr):
        return
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in (*NOT_SHOWN, *also):
        return
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr):
        return
    for each in ast.iter_child_nodes(node):
        if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)):
            yield each
