"""A name that no cell has made yet: one sentence in a kernel's place of a stack."""

import nbclient
import nbformat
import pytest

from autograders.course import kit
from lab import undefined

SETUP = "import json\nimport numpy as np\nfrom lab import check"
TOLD = (
    "{name} is not defined: line {line}, `{code}`. If a cell above makes it, run all cells above "
    "this one, in their order, then this one again. If none does, look at its spelling."
)
OTHER = "class Text(str):\n    def __init__(self, text):\n        length\nText('a')"

CELLS = [
    ("start", {"name": "start", "line": 1, "code": "start"}),
    ("if True:\n    A3 = start + 1", {"name": "start", "line": 2, "code": "A3 = start + 1"}),
    # a function of an earlier cell: the line is this cell's
    ("def train():\n    return start", None),
    ("runs = [\n    train(),\n]", {"name": "start", "line": 2, "code": "train(),"}),
    (OTHER, {"name": "length", "line": 3, "code": "length"}),
]
ELSEWHERE = [
    # no name of the notebook's: where it is missing a stack says
    ("def f():\n    a = b\n    b = 1\nf()", "UnboundLocalError"),
    ("json.loads('1', object_hook=3, cls=json.no_such)", "AttributeError"),
    ("raise NameError('no name')", "NameError"),
    ("class Odd(NameError): pass\nraise Odd('odd', name='odd')", "Odd"),
    ("eval(compile('start', 'elsewhere', 'eval'), {})", "NameError"),
    ("1 / 0", "ZeroDivisionError"),
]


@pytest.fixture(scope="module")
def ran(tmp_path_factory, kernel):
    """The one error of each cell after the first."""
    folder = tmp_path_factory.mktemp("kernel")
    kit.travel(folder)
    sources = [SETUP, *(source for source, _ in CELLS + ELSEWHERE)]
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
    nbclient.NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return dict(zip(sources, (cell.outputs for cell in notebook.cells), strict=True))


@pytest.mark.parametrize(("source", "told"), CELLS)
def test_a_name_of_a_cell_that_has_not_run_is_told_in_one_sentence(ran, source, told):
    if told is None:
        assert ran[source] == []
        return
    (error,) = ran[source]
    assert error.ename == "NameError"
    assert " ".join("".join(error.traceback).split()) == TOLD.format(**told)
    assert all(len(line) <= 83 for line in error.traceback)


@pytest.mark.parametrize(("source", "kind"), ELSEWHERE)
def test_other_errors_keep_their_stack(ran, source, kind):
    (error,) = ran[source]
    assert error.ename == kind
    assert "Traceback" in "".join(error.traceback)


def test_without_a_cell_nothing_is_told():
    with pytest.raises(NameError) as raised:
        no_such_name  # noqa: B018, F821
    assert undefined.sentence(raised.value, {}) is None
    assert undefined.sentence(NameError("made by hand", name="made"), {}) is None
