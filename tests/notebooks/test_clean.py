"""No notebook carries what a run leaves behind."""

import copy
import json
import re

import nbformat
import pytest

from autograders import ROOT
from autograders.course import lesson
from tests.repository import files

NOTEBOOKS = files(".ipynb")
PATHS = re.compile(r"(?<![\w.~<])/(root|home|Users|tmp|var|opt|usr)/|[A-Z]:\\\\")


def problems(text):
    """Yield what a notebook's file holds that is only noise, a line each.

    Parameters
    ----------
    text : str
        The file's text.
    """
    notebook = nbformat.reads(text, as_version=4)
    if text != lesson.text(notebook):
        yield "its JSON is not as our commands write it: run `python -m autograders derive`"
    for key in notebook.metadata.keys() - {"kernelspec", "language_info"}:
        yield f"the notebook's metadata hold {key}"
    if notebook.metadata.get("language_info", {}).get("version"):
        yield "the notebook's metadata name a version of Python"
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not python3"
    for cell in notebook.cells:
        for key in cell.metadata.keys() - {"nbgrader", "tags"}:
            yield f"{cell.id}: the metadata hold {key}"
        if cell.get("execution_count") is not None:
            yield f"{cell.id}: it has an execution count"
        for output in cell.get("outputs", []):
            yield from (f"{cell.id}: {problem}" for problem in output_problems(output))


def output_problems(output):
    """Yield what is noise in one output.

    Parameters
    ----------
    output : NotebookNode
    """
    if output.output_type == "error":
        yield "an error is stored"
    if output.get("name") == "stderr":
        yield "stderr is stored"
    if output.get("execution_count") is not None:
        yield "an output has an execution count"
    for kind in output.get("data", {}):
        if "widget" in kind or "javascript" in kind:
            yield f"{kind} is stored"
    words = {k: v for k, v in output.get("data", {}).items() if not k.startswith("image/")}
    if PATHS.search(json.dumps([words, output.get("text", "")])):
        yield "an output names a path"


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_execution_noise(file):
    assert list(problems(file.read_text(encoding="utf-8"))) == []


def test_there_are_notebooks_to_look_at():
    assert len(NOTEBOOKS) >= 4


def noisy(change):
    """Return a clean notebook's text after a change."""
    notebook = copy.deepcopy(lesson.read(lesson.path("dropout")))
    code = next(cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs)
    change(notebook, code)
    return lesson.text(notebook)


def add(kind, **content):
    """Return a change that adds an output."""
    return lambda notebook, code: code.outputs.append(nbformat.v4.new_output(kind, **content))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda notebook, code: code.update(execution_count=3), "it has an execution count"),
        (lambda notebook, code: code.metadata.update(scrolled=True), "the metadata hold scrolled"),
        (lambda notebook, code: notebook.metadata.update(widgets={}), "metadata hold widgets"),
        (
            lambda notebook, code: notebook.metadata.language_info.update(version="3.12"),
            "name a version of Python",
        ),
        (
            lambda notebook, code: notebook.metadata.kernelspec.update(name="my-env"),
            "the kernel is not python3",
        ),
        (add("stream", name="stderr", text="warning"), "stderr is stored"),
        (add("stream", name="stdout", text="/home/me/a.py"), "an output names a path"),
        (add("stream", name="stdout", text="C:\\\\Users"), "an output names a path"),
        (add("error", ename="E", evalue="", traceback=[]), "an error is stored"),
        (
            add("display_data", data={"application/vnd.jupyter.widget-view+json": {}}),
            "widget-view+json is stored",
        ),
        (
            add("execute_result", data={"text/plain": "1"}, execution_count=1),
            "an output has an execution count",
        ),
    ],
)
def test_noise_is_found(change, said):
    (problem,) = problems(noisy(change))
    assert said in problem


def test_other_json_is_found():
    text = lesson.path("dropout").read_text(encoding="utf-8")
    (problem,) = problems(text.replace('\n "cells"', '\n  "cells"', 1))
    assert "its JSON is not as our commands write it" in problem
