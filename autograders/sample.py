"""A sample class: what each of its students hands in, made of the course's own answers."""

import pathlib
import shutil
from collections.abc import Callable, Iterator

import nbformat
from nbformat import NotebookNode

from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES
from autograders.course.exercise import Exercise, Mistake

Change = Callable[[NotebookNode, str], None]
"""Takes a released notebook and its assignment and changes it in place."""


def mistaken(everyone: bool = False) -> Iterator[tuple[str, Exercise, Mistake]]:
    """Yield (assignment, exercise, mistake) for each student of the sample class who makes one.

    Parameters
    ----------
    everyone : bool
        Whether each listed mistake has its student.
    """
    chosen = catalogue.content("sample").IN_THE_SAMPLE
    for assignment, exercises in EXERCISES.items():
        for exercise in exercises:
            for mistake in exercise.mistakes:
                if everyone or mistake.name in chosen:
                    yield assignment, exercise, mistake


def hand_ins(everyone: bool = False) -> dict[str, dict[str, Change]]:
    """Return the sample class: for each student's id what is done in each assignment.

    Whoever makes a mistake hands in the one assignment in which it is made.

    Parameters
    ----------
    everyone : bool
        Whether each listed mistake has its student.

    Returns
    -------
    dict of str to (dict of str to function)
        A function takes a released notebook and its assignment and changes it in place.
    """
    first = next(iter(EXERCISES))
    students: dict[str, dict[str, Change]] = {
        "all-right": dict.fromkeys(EXERCISES, _all_right),
        "untouched-stubs": dict.fromkeys(EXERCISES, _untouched),
        "right-in-other-words": dict.fromkeys(EXERCISES, _other_words),
        "raises-in-a-scratch-cell": dict.fromkeys(EXERCISES, _raising),
        "left-out-the-last-exercise": dict.fromkeys(EXERCISES, _last_left_out),
        f"only-{first}": {first: _all_right},
    }
    for assignment, exercise, mistake in mistaken(everyone):
        students[mistake.name] = {assignment: _mistaken(exercise.name, mistake)}
    return students


def hand_in(course: pathlib.Path, student: str, assignment: str, change: Change) -> None:
    """Copy a release to a student's hand-in and change its notebook.

    Parameters
    ----------
    course : pathlib.Path
        The course's folder.
    student, assignment : str
        Whose hand-in, of which assignment.
    change : callable
        ``change(notebook, assignment)`` changes the notebook in place.
    """
    target = course / "submitted" / student / assignment
    shutil.copytree(course / "release" / assignment, target)
    file = target / f"{assignment}.ipynb"
    notebook = lesson.read(file)
    change(notebook, assignment)
    nbformat.write(notebook, file)


def _answer(notebook: NotebookNode, sources: dict[str, str]) -> None:
    written = catalogue.content("sample").WRITTEN_ANSWER
    for cell in notebook.cells:
        if lesson.grade_id(cell) in sources:
            cell.source = sources[lesson.grade_id(cell)]
        elif lesson.grade_id(cell).startswith("written_"):
            cell.source = written


def _references(assignment: str) -> dict[str, str]:
    functions = catalogue.functions(assignment)
    return {function: reference.source(assignment, function) for function in functions}


def _all_right(notebook: NotebookNode, assignment: str) -> None:
    _answer(notebook, _references(assignment))


def _untouched(notebook: NotebookNode, assignment: str) -> None:
    """Hand in what was released."""


def _other_words(notebook: NotebookNode, assignment: str) -> None:
    answers = {}
    for exercise in EXERCISES[assignment]:
        source = reference.source(assignment, exercise.name)
        other = exercise.right[-1] if exercise.right else {}
        answers[exercise.name] = stubs.changed(source, other)
    _answer(notebook, answers)


def _raising(notebook: NotebookNode, assignment: str) -> None:
    _all_right(notebook, assignment)
    scratch = nbformat.v4.new_code_cell("1 / 0  # a scratch cell that was forgotten")
    notebook.cells.insert(2, scratch)


def _last_left_out(notebook: NotebookNode, assignment: str) -> None:
    answers = _references(assignment)
    answers.popitem()
    _answer(notebook, answers)


def _mistaken(function: str, mistake: Mistake) -> Change:
    def change(notebook: NotebookNode, assignment: str) -> None:
        wrong = stubs.changed(reference.source(assignment, function), mistake.change)
        _answer(notebook, {**_references(assignment), function: wrong})

    return change
