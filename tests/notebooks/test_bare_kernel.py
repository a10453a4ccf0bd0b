"""Notebook 7, VS Code and others need nothing special: a plain kernel runs what was released."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from autograders.authoring.learn import copy, numbered
from autograders.course import catalogue, lesson
from autograders.course.catalogue import EXERCISES

NAME = "dropout"
PLAIN_KINDS = {"text/plain", "text/markdown", "image/png"}
WIDGET = "application/vnd.jupyter.widget-view+json"
RUN = """
import sys
import nbclient, nbformat

notebook = nbformat.read(sys.argv[1], as_version=4)
kernel = notebook.metadata.kernelspec.name
nbclient.NotebookClient(notebook, timeout=300, kernel_name=kernel).execute()
print(nbformat.writes(notebook))
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory, kernel):
    """Run a notebook with no setting of ours: no configuration, no variable, an empty home."""
    folder, home = tmp_path_factory.mktemp("released"), tmp_path_factory.mktemp("home")
    copy(folder)
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN, f"{NAME}.ipynb"],
        cwd=folder / numbered(NAME),
        env={"PATH": f"{pathlib.Path(sys.executable).parent}:{os.defpath}", "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_only_the_checks_stop(ran):
    stopped = [
        cell["metadata"].get("nbgrader", {}).get("grade_id", cell["id"])
        for cell in ran["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]
    assert stopped == [lesson.CHECK + function for function in catalogue.functions(NAME)]


def test_every_output_has_a_form_that_any_front_end_shows(ran):
    kinds = [
        set(output["data"])
        for cell in ran["cells"]
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    assert kinds
    assert all("text/plain" in kind and kind <= {*PLAIN_KINDS, WIDGET} for kind in kinds)


@pytest.mark.parametrize("assignment", EXERCISES)
def test_no_cell_needs_an_extension(assignment):
    for cell in lesson.read(lesson.path(assignment)).cells:
        if cell.cell_type == "code":
            assert not cell.source.lstrip().startswith(("%%", "%load", "%config", "!"))
            assert "ipympl" not in cell.source
            assert "%matplotlib" not in cell.source
