"""A released folder, copied alone to an empty place, runs from top to bottom."""

import json
import pathlib
import shutil
import subprocess
import sys

import pytest

from autograders.authoring import outputs
from autograders.authoring.learn import SHOW, copy, numbered
from autograders.course import catalogue, lesson
from autograders.course.catalogue import EXERCISES
from lab import written
from tests import endure

RUN_ALONE = """
import json, sys
import nbclient, nbformat

notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, timeout=300).execute()
rows = [
    [cell.id, cell.metadata.get("nbgrader", {}).get("grade_id", ""), output.ename,
     "".join(output.traceback)]
    for cell in notebook.cells
    for output in cell.get("outputs", []) if output.output_type == "error"
]
text = [output.text for cell in notebook.cells for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stdout"]
print(json.dumps([rows, text]))
"""


@pytest.fixture(scope="module")
def alone(released, tmp_path_factory, kernel):
    """Run each release where no source_ref and no autograders can be imported."""
    folder = tmp_path_factory.mktemp("alone")
    results = {}
    for assignment in EXERCISES:
        shutil.copytree(released / "release" / assignment, folder / assignment)
        assert sorted(entry.name for entry in (folder / assignment).iterdir()) == sorted(
            [f"{assignment}.ipynb", "lab"]
        )
        for room in ("source_ref", "autograders"):
            found = subprocess.run(
                [sys.executable, "-I", "-c", f"import {room}"],
                cwd=folder / assignment,
                capture_output=True,
                check=False,
            )
            assert found.returncode != 0, f"{room} can be imported, so this test proves nothing"
        run = subprocess.run(
            [sys.executable, "-I", "-c", RUN_ALONE, f"{assignment}.ipynb"],
            cwd=folder / assignment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr[-2000:]
        results[assignment] = json.loads(run.stdout.splitlines()[-1])
    return results


@pytest.mark.parametrize("assignment", EXERCISES)
def test_the_checks_raise_and_nothing_else_does(assignment, alone):
    """Each check of a stub says in one line that the exercise is not done yet."""
    errors, _ = alone[assignment]
    assert [row[1] for row in errors] == [
        lesson.CHECK + function for function in catalogue.functions(assignment)
    ]
    for _, grade_id, kind, traceback in errors:
        assert kind == "NotYet"
        assert traceback.startswith(f"{grade_id.removeprefix(lesson.CHECK)} is not done yet: ")
        assert "\n" not in traceback


@pytest.mark.parametrize("assignment", EXERCISES)
def test_a_cell_that_needs_an_unfinished_exercise_says_which(assignment, alone):
    _, texts = alone[assignment]
    said = [text for text in texts if text.startswith("This cell waits for ")]
    assert said
    assert all(
        any(function in text for function in catalogue.functions(assignment)) for text in said
    )


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize("assignment", endure.first(EXERCISES, 2))
def test_without_the_explore_cells_a_filled_notebook_runs_clean(assignment, tmp_path):
    """Nothing outside the cells to play with needs what they define."""
    file = outputs.fill(assignment, tmp_path)
    notebook = lesson.read(file)
    notebook.cells = [cell for cell in notebook.cells if not lesson.is_explore(cell)]
    lesson.write(notebook, file)
    outputs.check_passed(outputs.run(file), assignment)


@pytest.mark.parametrize("assignment", EXERCISES)
def test_a_copy_to_learn_with_is_like_a_release(assignment, released, tmp_path):
    copy(tmp_path)
    ours = tmp_path / numbered(assignment)
    theirs = released / "release" / assignment
    files = {file.relative_to(ours) for file in ours.rglob("*") if file.is_file()}
    more = {pathlib.Path(written.FILE)}
    assert files - more == {
        file.relative_to(theirs) for file in theirs.rglob("*") if file.is_file()
    }
    assert more < files
    for file in files - more:
        if file.suffix == ".ipynb":
            cells = [(cell.id, cell.source) for cell in lesson.read(ours / file).cells]
            place = next(i for i, (cell_id, _) in enumerate(cells) if cell_id == "criteria")
            assert cells[place - 1][0].startswith("written-")
            assert cells.pop(place)[1] == SHOW
            assert cells == [(cell.id, cell.source) for cell in lesson.read(theirs / file).cells]
        else:
            assert (ours / file).read_bytes() == (theirs / file).read_bytes()


def test_a_copy_to_learn_with_is_never_overwritten(tmp_path):
    assert len(copy(tmp_path)) == len(EXERCISES)
    file = tmp_path / "4_dropout" / "dropout.ipynb"
    file.write_text("my work")
    assert copy(tmp_path) == []
    assert file.read_text() == "my work"


def test_what_stands_in_a_folder_without_a_number_is_not_copied_again(tmp_path):
    file = tmp_path / "dropout" / "dropout.ipynb"
    file.parent.mkdir()
    file.write_text("my work")
    assert "4_dropout" not in copy(tmp_path)
    assert file.read_text() == "my work"


def test_the_copies_are_listed_in_the_lessons_order(tmp_path):
    assert copy(tmp_path) == sorted(entry.name for entry in tmp_path.iterdir())
    assert [entry.partition("_")[2] for entry in copy(tmp_path / "again")] == list(EXERCISES)
