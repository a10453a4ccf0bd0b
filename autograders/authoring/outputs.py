"""What a finished run shows: filling the notebooks, running them, storing their outputs."""

import copy
import json
import pathlib
import shutil
import tempfile

import nbclient
from nbconvert.preprocessors import CoalesceStreamsPreprocessor
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell

from autograders import ROOT, Refused
from autograders.course import catalogue, kit, languages, lesson
from lab.check import RIGHT
from lab.judge.excerpt import named
from lab.language import ENGLISH, speaking

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

LEAVE_FONTS_ASIDE = "from lab.plots import fonts\n\nfonts.lacking = lambda sample: False"

STOPPED = "{assignment}: the filled notebook stops in the cell {cell}: {error}."
NOT_RIGHT = (
    "{assignment}: the check {cell} of the filled notebook does not say that it is right: {said}"
)


def fill(assignment, folder=FILLED, answers=None, language=ENGLISH):
    """Write a filled notebook and the kit beside it; return its path.

    Parameters
    ----------
    assignment : str
        The assignment.
    folder : pathlib.Path
        Where the folder of the assignment is made anew.
    answers : dict, optional
        See `lesson.filled`.
    language : str
        Its outputs are those of `told` where it is not English.
    """
    original = lesson.original(catalogue.check_name(assignment), language)
    notebook = lesson.filled(original, assignment, answers)
    if language != ENGLISH:
        shows = told(assignment, language)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = shows.get(cell.id, [])
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, start=1):
        cell.execution_count = count  # nbval compares only cells that have run
    target = folder / assignment
    shutil.rmtree(target, ignore_errors=True)
    lesson.write(notebook, target / f"{assignment}.ipynb")
    kit.travel(target, language)
    return target / f"{assignment}.ipynb"


def leave_fonts_aside(file):
    """Let a filled notebook not say whether this machine has a font for its language."""
    notebook = lesson.read(file)
    notebook.cells.insert(0, new_code_cell(LEAVE_FONTS_ASIDE, execution_count=0))
    lesson.write(notebook, file)


def told(assignment, language):
    """Return what is stored of the outputs of a lesson in a language: all but the pictures.

    Returns
    -------
    dict of str to list of NotebookNode
        By the ids of the cells; empty where nothing is stored.
    """
    file = told_file(assignment, language)
    stored = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {cell: [from_dict(each) for each in shown] for cell, shown in stored.items()}


def told_file(assignment, language):
    """Return where the outputs of a lesson in a language are stored."""
    return languages.FOLDER / language / "outputs" / f"{assignment}.json"


def write_told(assignment, language):
    """Run the filled notebook in a language and write `told_file`; return whether it changed.

    Raises
    ------
    Refused
        As `stored`.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = fill(assignment, pathlib.Path(folder), language=language)
        leave_fonts_aside(file)
        finished = run(file)
    check_passed(finished, assignment, language)
    stored = _with_outputs(lesson.original(assignment, language), finished.cells[1:])
    shown = {
        cell.id: [_without_pictures(each) for each in cell.outputs]
        for cell in stored.cells
        if cell.get("outputs")
    }
    text = json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    target = told_file(assignment, language)
    former = target.read_text(encoding="utf-8") if target.is_file() else ""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return text != former


def _without_pictures(output):
    if "data" in output:
        output.data = {k: v for k, v in output.data.items() if not k.startswith("image/")}
        output.metadata = {}
    return output


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
    return _with_outputs(lesson.original(assignment), finished.cells)


def _with_outputs(original, finished):
    """Return a copy of a lesson with what cells of a run show, where that is kept."""
    notebook = copy.deepcopy(original)
    # in how many pieces a text arrives differs from run to run
    pieces = NotebookNode(cells=finished)
    whole, _ = CoalesceStreamsPreprocessor().preprocess(pieces, {})
    for cell, done in zip(notebook.cells, whole.cells, strict=True):
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


def check_passed(finished, assignment, language=ENGLISH):
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
            with speaking(languages.spoken(language)):
                wanted = RIGHT.format(name=function, points=points)
            if said != wanted:
                raise Refused(NOT_RIGHT.format(assignment=assignment, cell=function, said=said))


def _still(output):
    """Return the output without what differs from run to run."""
    if output.output_type == "execute_result":
        output.execution_count = None
    return output
