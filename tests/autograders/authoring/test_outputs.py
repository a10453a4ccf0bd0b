"""A run of a filled notebook that stops is one line that names the cell."""

import copy

import nbclient
import nbformat
import pytest

from autograders import Refused
from autograders.authoring import outputs
from autograders.course import languages, lesson

STOPS = {
    "an-error-that-is-stored": (
        nbclient.exceptions.CellExecutionError("", "ValueError", "no"),
        [nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[])],
        "ValueError: no",
    ),
    # a widget that catches outputs catches the error's, too
    "an-error-that-is-not-stored": (
        nbclient.exceptions.CellExecutionError("", "ValueError", "no,\nnot at all"),
        [],
        "ValueError: no, not at all",
    ),
    "a-kernel-that-died": (
        nbclient.exceptions.DeadKernelError("Kernel died"),
        [],
        "DeadKernelError: Kernel died",
    ),
    "a-cell-that-takes-too-long": (
        nbclient.exceptions.CellTimeoutError("A cell timed out\nwhile it was being executed"),
        [],
        "CellTimeoutError: A cell timed out",
    ),
}


@pytest.mark.parametrize("stop", STOPS)
def test_a_cell_that_stops_is_named_in_one_line(stop, tmp_path, monkeypatch):
    error, shown, says = STOPS[stop]
    names = ["first", "second", "third"]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("1", id=name) for name in names]
    )
    lesson.write(notebook, tmp_path / "dropout.ipynb")

    def execute(client):
        for index, cell in enumerate(client.nb.cells[:2]):
            client.on_cell_start(cell=cell, cell_index=index)
        cell.outputs = shown
        raise error

    monkeypatch.setattr(nbclient.NotebookClient, "execute", execute)
    with pytest.raises(Refused) as refused:
        outputs.run(tmp_path / "dropout.ipynb")
    assert str(refused.value) == f"dropout: the filled notebook stops in the cell second: {says}."


def test_what_is_told_in_another_language_is_stored_without_its_pictures(tmp_path, monkeypatch):
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    shows = [
        nbformat.v4.new_output("stream", text="eins\n"),
        nbformat.v4.new_output("stream", text="zwei\n"),
        nbformat.v4.new_output("display_data", {"image/png": "x", "text/plain": "Bild"}),
    ]

    def run(file):
        notebook = lesson.read(file)
        assert "lacking" in notebook.cells[0].source  # whether there is a font is not told
        shown = next(cell for cell in notebook.cells if cell.id == "show-data")
        shown.outputs = copy.deepcopy(shows)
        return notebook

    monkeypatch.setattr(outputs, "run", run)
    monkeypatch.setattr(outputs, "check_passed", lambda *_: None)
    assert outputs.write_told("dropout", "zh")
    assert not outputs.write_told("dropout", "zh")
    (stored,) = outputs.told("dropout", "zh").values()
    assert [output.get("text") for output in stored] == ["eins\nzwei\n", None]
    assert stored[1].data == {"text/plain": "Bild"}
    notebook = lesson.read(outputs.fill("dropout", tmp_path / "filled", language="zh"))
    assert [cell.id for cell in notebook.cells if cell.get("outputs")] == ["show-data"]
