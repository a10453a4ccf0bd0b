"""Hand-ins as data: what each one tries, and what must remain of it.

`all_hand_ins` gives the list. Every hand-in starts from a release whose exercises are all
answered rightly; its `prepare` changes the folder, the notebook or both.
"""

import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import nbformat

from autograders.course import catalogue, lesson, reference

BROKEN, UNLUCKY, ATTACK = "broken", "unlucky", "attack"

THEMES = ("files", "cells", "metadata", "habits", "magics", "slips", "results", "exhaustion")
ATTACKS = (
    *("spying", "prying", "patching", "lying", "violence", "lingering", "planting"),
    *("scripts", "displays"),
)
"""The modules of this folder with a list HAND_INS each: honest ones, then hostile ones."""

AIMED = ("scripts", "displays", "planting")
"""Those of them that aim at a reader's browser."""

ASSIGNMENT = "overfitting"
POINTS = {"compute_cost": 5, "predict": 3, "accuracy": 3, "early_stopping": 5}
"""What the exercises of that assignment are worth."""

ALL = sum(POINTS.values())

CALL_SECONDS, NOTEBOOK_SECONDS = 10, 60
"""The limits of one call and of a whole notebook for which the hand-ins are written."""

WORKED = "it-worked"
"""What an attack prints, put together from parts, when it got what it wanted."""

PLANTED = "planted-by-a-hand-in"
"""What stands, put together from parts, in every file that an attack leaves behind."""


@dataclass(frozen=True)
class HandIn:
    """One hand-in and what must come of it.

    Attributes
    ----------
    name : str
        Also the student's id.
    kind : str
        BROKEN, UNLUCKY or ATTACK.
    says : str
        One sentence: what it tries, or what went wrong.
    prepare : callable
        ``prepare(folder, notebook)`` gets the folder of the hand-in and its notebook,
        all answers right, and changes either. Unless it returns True the notebook is
        written afterwards.
    points : float or None
        The automatic points that must remain, exactly; None where nothing can be graded.
    refused : str or None
        What the one line to the instructor must match where nothing can be graded.
        With `points` as well, either will do.
    assignment : str
    ends_by : str
        The limit that has to end it: "time", "memory", "processes", "output", "disk".
    beside : tuple of str
        Names of hand-ins that are handed in along with it, before it.
    """

    name: str
    kind: str
    says: str
    prepare: Callable
    points: float | None = ALL
    refused: str | None = None
    assignment: str = ASSIGNMENT
    ends_by: str = ""
    beside: tuple = ()


@cache
def all_hand_ins():
    """Return every hand-in by its name, in the order of the modules."""
    found = {}
    for module in (*THEMES, *ATTACKS):
        for each in of_module(module):
            assert each.name not in found, each.name
            found[each.name] = each
    return found


def of_module(module):
    """Return the hand-ins of one of the modules."""
    return importlib.import_module(f"tests.hostile.{module}").HAND_INS


def filled(notebook, assignment):
    """Answer every exercise of a released notebook rightly, in place."""
    for cell in notebook.cells:
        name = lesson.grade_id(cell)
        if name in catalogue.functions(assignment):
            cell.source = reference.source(assignment, name)
        elif name.startswith("written_"):
            cell.source = "The validation cost turns while the training cost goes on falling."


def hand_in(folder, each):
    """Turn a copy of a release into a hand-in.

    Parameters
    ----------
    folder : pathlib.Path
        submitted/<student>/<assignment>, with what was released.
    each : HandIn
    """
    file = folder / f"{each.assignment}.ipynb"
    notebook = nbformat.read(file, as_version=4)
    filled(notebook, each.assignment)
    if each.prepare(folder, notebook) is not True:
        write(file, notebook)


def write(file, notebook):
    """Write a notebook as it is, valid or not; half an emoji is written as its escape."""
    file.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def cell(notebook, grade_id):
    """Return the cell that nbgrader knows under a name."""
    return next(each for each in notebook.cells if lesson.grade_id(each) == grade_id)


def place(notebook, grade_id):
    """Return the position of that cell."""
    return next(i for i, each in enumerate(notebook.cells) if lesson.grade_id(each) == grade_id)


def together(*edits):
    """Do several edits in turn."""

    def prepare(folder, notebook):
        done = [edit(folder, notebook) for edit in edits]  # all of them, whatever one returns
        return any(each is True for each in done)

    return prepare


def scratch(*sources, after=None):
    """Add code cells of the student's own, at the end or after a named cell."""

    def prepare(folder, notebook):
        at = len(notebook.cells) if after is None else place(notebook, after) + 1
        notebook.cells[at:at] = [nbformat.v4.new_code_cell(source) for source in sources]

    return prepare


def early(*sources):
    """Add code cells right after the cell with the imports."""
    return scratch(*sources, after="given_setup")


def answer(name, source):
    """Answer one exercise with other code."""
    return on(name, lambda each: each.update(source=source.strip("\n")))


def undone(*names):
    """Leave exercises as they were released, all of them unless named."""

    def prepare(folder, notebook):
        for name in names or POINTS:
            cell(notebook, name).source = reference.stub(ASSIGNMENT, name)

    return prepare


def returns(expression, before=""):
    """Let every function return the same expression, after some code in the first cell."""

    def prepare(folder, notebook):
        for name in POINTS:
            arguments = "(*arguments)"
            cell(notebook, name).source = f"def {name}{arguments}:\n    return {expression}"
        if before:
            early(before)(folder, notebook)

    return prepare


def wrong():
    """Answer every exercise with results of the right kind, none of which is ever right."""
    given = "A3, cache = forward_propagation(X, parameters)\n    return 1 - (A3 > 0.5)"
    bodies = {
        "compute_cost(A3, Y)": "return -1.0",
        "predict(X, parameters)": given,
        "accuracy(predictions, Y)": "return -1.0",
        "early_stopping(validation_costs, patience)": "return -1",
    }
    return together(
        *(answer(head.split("(")[0], f"def {head}:\n    {body}") for head, body in bodies.items())
    )


def written(text):
    """Give another written answer."""
    return on("written_two_curves", lambda each: each.update(source=text))


def on(grade_id, change):
    """Change the cell of a name."""

    def prepare(folder, notebook):
        change(cell(notebook, grade_id))

    return prepare


def whole(change):
    """Change the notebook."""

    def prepare(folder, notebook):
        change(notebook)

    return prepare


def file(path, content):
    """Hand in another file beside the notebook."""

    def prepare(folder, notebook):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    return prepare


def instead(make):
    """Put something else where the notebook would be: ``make(path, notebook)``."""

    def prepare(folder, notebook):
        path = folder / f"{folder.name}.ipynb"
        path.unlink()
        make(path, notebook)
        return True

    return prepare


def text_of(notebook):
    """Return the notebook as the text of a file."""
    return json.dumps(notebook, indent=1)
