"""A run of a filled notebook that stops is one line that names the cell."""

import nbclient
import nbformat
import pytest

from autograders import Refused
from autograders.authoring import outputs
from autograders.course import lesson

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
