"""nbval holds the outputs stored in notebooks/ to a fresh run of the filled notebooks."""

import itertools
import json
import os
import re
import subprocess
import sys

import pytest

from autograders.authoring import outputs
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from tests import blas, endure

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
@pytest.mark.parametrize(("name", "core"), endure.first(blas.pairs(EXERCISES), len(EXERCISES)))
def test_a_fresh_run_shows_what_is_stored(name, core, tmp_path):
    """The numbers are equal under the three BLAS kernels."""
    if blas.lacks(core):
        pytest.skip(f"this processor lacks {blas.lacks(core)}")
    run = nbval(outputs.fill(name, tmp_path), OPENBLAS_CORETYPE=core)
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.usefixtures("kernel")
def test_a_changed_stored_number_fails(tmp_path):
    file = outputs.fill("l2_regularization", tmp_path)
    text = file.read_text()
    changed = re.sub(r"λ = 0\.7: 9(.*) % right", r"λ = 0.7: 8\1 % right", text, count=1)
    assert changed != text
    file.write_text(changed)
    run = nbval(file)
    assert run.returncode == 1
    assert "1 failed" in run.stdout


@pytest.mark.parametrize("name", EXERCISES)
def test_every_check_of_the_filled_notebook_says_right(name, finished):
    """nbval lets a cell tagged raises-exception fail or not; this does not."""
    outputs.check_passed(finished(name), name)


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_stored_is_clean(name):
    """No output under a check, no stderr, no path, no time, no version, no widget state.

    And no text in pieces: in how many it arrives differs from run to run.
    """
    notebook = lesson.read(lesson.path(name))
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


@pytest.mark.parametrize("name", EXERCISES)
def test_every_figure_has_a_text_alternative(name):
    for cell in lesson.read(lesson.path(name)).cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 30
