"""nbval holds the outputs stored in notebooks/ to a fresh run of the filled notebooks."""

import itertools
import json
import os
import re
import subprocess
import sys

import nbformat
import pytest

from autograders.authoring import arithmetic, outputs
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from tests import endure

pytestmark = pytest.mark.apart


def nbval(file, **environment):
    """Run pytest --nbval on one notebook in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", file.name],
        cwd=file.parent,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize(("assignment", "way"), endure.first(arithmetic.in_turn(EXERCISES), 1))
def test_a_fresh_run_shows_what_is_stored(assignment, way, tmp_path):
    """The numbers are equal under three BLAS kernels and without NumPy's newer instructions."""
    if arithmetic.lacks(way):
        pytest.skip(f"this processor lacks {arithmetic.lacks(way)}")
    run = nbval(outputs.fill(assignment, tmp_path), **arithmetic.variables(way))
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.usefixtures("kernel")
def test_a_changed_stored_number_fails(tmp_path):
    cells = []
    for stored in ("91.5", "81.5"):
        output = nbformat.v4.new_output("stream", text=f"λ = 0.7: {stored} % right\n")
        code = "print(f'λ = 0.7: {91.5} % right')"
        cells.append(nbformat.v4.new_code_cell(code, execution_count=1, outputs=[output]))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "changed.ipynb")
    run = nbval(tmp_path / "changed.ipynb")
    assert run.returncode == 1
    assert "1 failed, 1 passed" in run.stdout


@pytest.mark.parametrize("assignment", EXERCISES)
def test_a_run_here_shows_what_is_stored(assignment, finished):
    """In every notebook; see `finished` for the ways to compute."""
    assert outputs.shown(finished(assignment)) == outputs.shown(
        lesson.filled(lesson.read(lesson.path(assignment)), assignment)
    )


@pytest.mark.parametrize("assignment", EXERCISES)
def test_every_check_of_the_filled_notebook_says_right(assignment, finished):
    """nbval lets a cell tagged raises-exception fail or not; this does not."""
    outputs.check_passed(finished(assignment), assignment)


@pytest.mark.parametrize("assignment", EXERCISES)
def test_what_is_stored_is_clean(assignment):
    """No output under a check, no stderr, no path, no time, no version, no widget state.

    And no text in pieces: in how many it arrives differs from run to run.
    """
    notebook = lesson.read(lesson.path(assignment))
    assert "widgets" not in notebook.metadata
    shown = 0
    for cell in notebook.cells:
        stored = cell.get("outputs", [])
        assert not (lesson.is_check(cell) and stored)
        assert cell.get("execution_count") is None
        kinds = [output.output_type for output in stored]
        assert ("stream", "stream") not in itertools.pairwise(kinds)
        for output in stored:
            shown += 1
            assert output.output_type in ("stream", "display_data", "execute_result")
            assert output.get("name") != "stderr"
            text = json.dumps({k: v for k, v in output.items() if k != "data"})
            text += output.get("data", {}).get("text/plain", "")
            assert not re.search(r"/home|/root|/tmp|\d\d:\d\d|matplotlib", text, re.IGNORECASE)
    assert shown > 0


@pytest.mark.parametrize("assignment", EXERCISES)
def test_every_figure_has_a_text_alternative(assignment):
    for cell in lesson.read(lesson.path(assignment)).cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 30
