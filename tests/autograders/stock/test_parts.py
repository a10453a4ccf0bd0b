"""The parts of grading a stock course, each by itself and without a process."""

import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograders import Refused
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Lost
from autograders.stock import handin, imports, kernels, steps
from autograders.stock.known import Book, KnownCell, KnownNotebook
from autograders.stock.running import LOST, Running
from autograders.stock.settings import Boxes
from lab.judge.problems import Kind

SAYS = {"student": "ada", "assignment": "ps1"}


def notebook(kernelspec=None, *cells):
    """Return what a gradebook knows of a notebook."""
    return KnownNotebook("one", kernelspec, cells, {"t": 1.0}, frozenset({"s"}), {})


@pytest.mark.parametrize(
    ("kernelspec", "why"),
    [
        (None, None),
        ("{}", None),
        ('{"name": "python3"}', None),
        ('{"name": "python3", "language": "python"}', None),
        ('{"name": "of-another-machine", "language": "python"}', None),
        ('{"name": "ir", "language": "R"}', "one asks for a kernel of r"),
        ('{"name": "bash"}', "one asks for a kernel of bash"),
    ],
)
def test_a_kernel_of_another_language_is_left_to_nbgrader(kernelspec, why):
    assert kernels.foreign(notebook(kernelspec)) == why


def test_a_kernel_of_another_python_is_left_to_nbgrader(tmp_path, monkeypatch):
    folder = tmp_path / "kernels" / "other"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text('{"argv": ["/opt/other/bin/python"], "language": "python"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    told = kernels.foreign(notebook('{"name": "other", "language": "python"}'))
    assert "another Python (/opt/other/bin/python)" in told


def test_what_notebooks_import_is_known(tmp_path):
    made = new_notebook(cells=[new_code_cell("import numpy as np\nfrom matplotlib import pyplot")])
    nbformat.write(made, tmp_path / "a.ipynb")
    (tmp_path / "helper.py").write_text("import scipy.stats, os\nimport sklearn\n")
    (tmp_path / "sklearn.py").touch()
    (tmp_path / "broken.ipynb").write_text("{")
    assert imports.of_assignment(tmp_path) == ("matplotlib", "numpy", "scipy.stats")


def test_only_plain_files_are_taken(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").touch()
    (tmp_path / "old.pyc").touch()
    (tmp_path / "linked").symlink_to("/etc")
    (tmp_path / "data" / "b.csv").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    lines = []
    found = handin.plain_files(tmp_path, ["*.pyc"], lines.append, SAYS)
    assert [path.name for path in found] == ["a.csv"]
    assert [line.split()[2] for line in lines] == ["data/b.csv", "linked", "pipe"]


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(handin, "MOST", 2)
    for name in "abc":
        (tmp_path / name).touch()
    with pytest.raises(Refused, match="ada, ps1: more than 2 files"):
        handin.plain_files(tmp_path, [], print, SAYS)


@pytest.mark.parametrize(
    ("folders", "says"), [(["nowhere"], "which is no folder"), ([".."], "in which the course lies")]
)
def test_a_folder_that_shows_the_course_is_refused(tmp_path, folders, says):
    boxes = Boxes(folders={"ps1": folders})
    with pytest.raises(Refused, match=says):
        boxes.readable("ps1", tmp_path)


def test_the_folders_of_one_assignment_are_its_own(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    boxes = Boxes(folders={"ps1": ["data"]})
    assert boxes.readable("ps1", tmp_path) == (str(data.resolve()),)
    assert boxes.readable("ps2", tmp_path) == ()


def graded_cell(name, source="x"):
    meta = {"grade_id": name, "grade": True, "solution": False, "locked": True, "points": 1}
    return new_code_cell(source, metadata={"nbgrader": meta | {"schema_version": 3}})


def done(cells, *of):
    """Return the cells after some of nbgrader's steps."""
    known = KnownCell("t", "code", "assert True", True, "")
    names = {"student": "ada", "assignment": "ps1", "notebook": "one", "folder": ""}
    names |= {steps.BOOK: Book(notebook(None, known)), steps.RUN: lambda *_: None}
    text = steps.done(new_notebook(cells=cells), of, Config(), names)
    return nbformat.reads(text, as_version=4).cells


def test_a_copied_cell_is_let_go_of():
    kept = done([graded_cell("t"), graded_cell("t")], steps.DeduplicateIds, steps.CheckCellMetadata)
    assert ["nbgrader" in cell.metadata for cell in kept] == [False, True]


def test_a_cell_of_another_assignment_is_let_go_of():
    kept = done([graded_cell("other")], steps.OverwriteCells, steps.CheckCellMetadata)
    assert "nbgrader" not in kept[0].metadata


class Process:
    """Stands for a notebook's process; a cell that says so ends it."""

    def __init__(self, log):
        self.log, self.spent = log, 0.0
        log.append("start")

    def cell(self, source, seconds):
        self.log.append(source)
        self.spent += 1.0
        if source == "die":
            raise Lost(Kind.DIED)
        return [{"output_type": "execute_result", "data": {"text/plain": source}}]

    def close(self):
        self.log.append("end")


def ran(*sources, seconds=100.0):
    """Run cells; return the log, and the kinds of their outputs."""
    log = []
    made = new_notebook(cells=[new_code_cell(source) for source in sources])
    Running(lambda: Process(log), Limits(notebook=seconds)).run(made, None)
    return log, [[output.output_type for output in cell.outputs] for cell in made.cells]


def test_what_ends_the_process_costs_one_cell():
    log, kinds = ran("a", "die", "b")
    assert kinds == [["execute_result"], ["error"], ["execute_result"]]
    assert log == ["start", "a", "die", "end", "start", "a", "b", "end"]


def test_a_notebook_has_so_much_time_and_no_more():
    log, kinds = ran("a", "b", "c", seconds=1.5)
    assert kinds == [["execute_result"], ["execute_result"], ["error"]]
    assert "c" not in log


def test_a_cell_that_was_lost_counts_as_failed():
    made = new_notebook(cells=[new_code_cell("die")])
    Running(lambda: Process([]), Limits()).run(made, None)
    assert made.cells[0].outputs[0].ename == LOST


@pytest.mark.parametrize("known", [True, False])
def test_only_a_students_own_cell_is_skipped(known):
    cell = graded_cell("t") if known else new_code_cell("x")
    cell.metadata.tags = ["skip-execution"]
    log = []
    Running(lambda: Process(log), Limits()).run(new_notebook(cells=[cell]), None)
    assert ("x" in log) == known


@pytest.mark.parametrize("found", [None, 3, {}, {"output_type": "stream", "text": 3}, {"data": 1}])
def test_whatever_comes_out_is_made_an_output_or_none(found):
    class Odd(Process):
        def cell(self, source, seconds):
            return [found]

    made = new_notebook(cells=[new_code_cell("x")])
    Running(lambda: Odd([]), Limits()).run(made, None)
    nbformat.validate(made)
