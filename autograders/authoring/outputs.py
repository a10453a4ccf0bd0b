"""What a finished run shows: filling the notebooks, running them, storing their outputs."""

import shutil

import nbclient
from nbconvert.preprocessors import CoalesceStreamsPreprocessor

from autograders import ROOT, Refused
from autograders.course import catalogue, kit, lesson
from lab.check import RIGHT
from lab.judge.excerpt import named

KERNEL_ARGUMENTS = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=40"]
"""A kernel without a history file that warns nobody of how it is connected."""

STOPS = (
    nbclient.exceptions.CellExecutionError,
    nbclient.exceptions.CellTimeoutError,
    nbclient.exceptions.DeadKernelError,
)
"""How a run ends before its last cell."""

FILLED = ROOT / "build" / "filled"
UNSTORED_TAG = "nbval-ignore-output"
"""On checks, sliders and what depends on who looks: nothing is stored, nothing is compared."""

STOPPED = "{assignment}: the filled notebook stops in the cell {cell}: {error}."
NOT_RIGHT = (
    "{assignment}: the check {cell} of the filled notebook does not say that it is right: {said}"
)


def fill(assignment, folder=FILLED, answers=None):
    """Write a filled notebook and the kit beside it; return its path.

    Parameters
    ----------
    assignment : str
        The assignment.
    folder : pathlib.Path
        Where the folder of the assignment is made anew.
    answers : dict, optional
        See `lesson.filled`.
    """
    notebook = lesson.filled(
        lesson.read(lesson.path(catalogue.check_name(assignment))), assignment, answers
    )
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, start=1):
        cell.execution_count = count  # nbval compares only cells that have run
    target = folder / assignment
    shutil.rmtree(target, ignore_errors=True)
    lesson.write(notebook, target / f"{assignment}.ipynb")
    kit.travel(target)
    return target / f"{assignment}.ipynb"


def run(file):
    """Run a notebook in its folder and return it; the tag raises-exception is respected.

    Raises
    ------
    Refused
        If another cell stops.
    """
    notebook, begun = lesson.read(file), []
    client = nbclient.NotebookClient(
        notebook,
        timeout=600,
        resources={"metadata": {"path": str(file.parent)}},
        extra_arguments=KERNEL_ARGUMENTS,
        on_cell_start=lambda cell, cell_index: begun.append(cell.id),
    )
    try:
        client.execute()
    except STOPS as error:
        if isinstance(error, nbclient.exceptions.CellExecutionError):
            line = f"{error.ename}: {' '.join(error.evalue.split())}"
        else:
            line = named(error)
        says = {"assignment": file.stem, "cell": begun[-1]}
        raise Refused(STOPPED.format(**says, error=line)) from None
    return notebook


def stored(assignment):
    """Run the filled notebook and return the notebook of the course with its outputs.

    Raises
    ------
    Refused
        If a cell stops or a check does not say that the answer is right.
    """
    finished = run(fill(assignment))
    check_passed(finished, assignment)
    # in how many pieces a text arrives differs from run to run
    finished, _ = CoalesceStreamsPreprocessor().preprocess(finished, {})
    notebook = lesson.read(lesson.path(assignment))
    for cell, done in zip(notebook.cells, finished.cells, strict=True):
        if cell.cell_type != "code":
            continue
        cell.execution_count = None
        keep = not lesson.is_check(cell) and UNSTORED_TAG not in cell.metadata.get("tags", [])
        cell.outputs = [_still(output) for output in done.outputs] if keep else []
    return notebook


def shown(notebook):
    """Return the texts of what is stored, by cell; pictures are their alternatives in words."""
    notebook, _ = CoalesceStreamsPreprocessor().preprocess(notebook, {})
    stored = [cell for cell in notebook.cells if UNSTORED_TAG not in cell.metadata.get("tags", [])]
    return {
        cell.id: [
            output.get("text") or output.get("data", {}).get("text/plain")
            for output in cell.get("outputs", [])
        ]
        for cell in stored
        if not lesson.is_check(cell)
    }


def check_passed(finished, assignment):
    """Hold every check of a run notebook to having said that the answer is right.

    Raises
    ------
    Refused
    """
    for cell in finished.cells:
        if lesson.is_check(cell):
            said = "".join(output.get("text", "") for output in cell.outputs).strip()
            function = lesson.grade_id(cell).removeprefix(lesson.CHECK)
            points = cell.metadata.nbgrader.points
            if said != RIGHT.format(name=function, points=points):
                raise Refused(NOT_RIGHT.format(assignment=assignment, cell=function, said=said))


def _still(output):
    """Return the output without what differs from run to run."""
    if output.output_type == "execute_result":
        output.execution_count = None
    return output
