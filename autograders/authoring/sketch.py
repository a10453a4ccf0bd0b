"""The first form of a new notebook: stubs, checks, a written answer; the lesson comes around it."""

import pathlib
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode, v4

from autograders import Refused
from autograders.course import lesson, reference
from autograders.course.catalogue import EXERCISES
from autograders.course.exercise import Exercise

IS_THERE = "{path} is there already, and a sketch never replaces a notebook."
TITLE = "# {title}\n\nSay what this notebook is about, and how long it takes."
TASK = "## {number}. {title}\n\nSay what `{function}` is for."
EXPLORE = (
    'if ready("{function}"):\n'
    "    # a cell to play with: show here what {function} does\n"
    '    print("{function} is ready.")'
)
QUESTION = "## Written answer (4 points)\n\nAsk for what no check can see."
ANSWER = "*Write your answer here.*"
SETUP = "import numpy as np\n\nfrom lab.check import check, ready"
WRITTEN_POINTS = 4


def sketch(assignment: str) -> pathlib.Path:
    """Write an assignment's notebook for its exercises and its reference; return its path.

    Parameters
    ----------
    assignment : str
        With its source_ref/<assignment>.py and autograders/content/exercises/<assignment>.py.

    Raises
    ------
    Refused
        If the notebook is there already, or one of the two files is not.
    """
    path = lesson.path(assignment)
    if path.exists():
        raise Refused(IS_THERE.format(path=f"notebooks/{assignment}/{assignment}.ipynb"))
    functions = EXERCISES.load(assignment)
    cells = [_text("title", TITLE.format(title=_title(assignment))), _code("given_setup", SETUP)]
    for number, exercise in enumerate(functions, start=1):
        cells += _exercise(assignment, number, exercise)
    cells += [
        _text("written-question", QUESTION),
        _cell(v4.new_markdown_cell, "written_answer", ANSWER, WRITTEN_POINTS, locked=False),
    ]
    metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    lesson.write(v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


def _exercise(assignment: str, number: int, exercise: Exercise) -> list[NotebookNode]:
    function = exercise.name
    task = TASK.format(number=number, title=_title(function), function=function)
    explore = v4.new_code_cell(EXPLORE.format(function=function))
    explore.id, explore.metadata.tags = f"show-{_id(function)}"[:64], [lesson.EXPLORE_TAG]
    check = _code(lesson.CHECK + function, f'check("{function}")', exercise.points)
    # nbval does not compare: what is stored has no output under a check
    check.metadata.tags = ["raises-exception", "nbval-ignore-output"]
    stub = _code(function, reference.stub(assignment, function), locked=False)
    return [_text(f"{_id(function)}-idea"[:64], task), stub, check, explore]


def _text(cell_id: str, source: str) -> NotebookNode:
    return v4.new_markdown_cell(source, id=cell_id)


def _code(
    grade_id: str, source: str, points: float | None = None, locked: bool = True
) -> NotebookNode:
    return _cell(v4.new_code_cell, grade_id, source, points, locked)


def _cell(
    new: Callable[..., NotebookNode],
    grade_id: str,
    source: str,
    points: float | None,
    locked: bool,
) -> NotebookNode:
    nbgrader: dict[str, Any] = {
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": not locked,
        "task": False,
    }
    if points is not None:
        nbgrader["points"] = points
    return new(source, id=_id(grade_id)[:64], metadata={"nbgrader": nbgrader})


def _id(name: str) -> str:
    return name.replace("_", "-")


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
