"""The check knows how the cell that writes a function ended: in a kernel, and nowhere else."""

import subprocess
import sys

import nbclient
import nbformat
import pytest

from autograders.course import kit, reference
from lab import cells as module

RIGHT = reference.source("overfitting", "accuracy").strip()
BROKEN = RIGHT.replace("return", "return )", 1)
JUDGED = "accuracy is right: 3 points."
FAILED = "The last run of the cell in which you write accuracy failed: it stops with "
SETUP = "import numpy as np\nfrom lab import check as module\nfrom lab.check import check, ready"
ASK = 'check("accuracy")'
LOOP = "def accuracy(predictions, Y):\n    while True: pass"
BY_HAND = "import signal\ndef accuracy(predictions, Y):\n    signal.raise_signal(signal.SIGINT)"

STORY = [
    (SETUP, ""),
    (ASK, "accuracy is not defined. Run the cell in which you write it"),
    ('ready("accuracy")', "This cell needs accuracy, which is not defined."),
    (BROKEN, "SyntaxError"),
    ('ready("accuracy")', "This cell waits for accuracy."),
    (ASK, f"{FAILED}SyntaxError in line {len(BROKEN.splitlines())}, `return )"),
    (RIGHT, ""),
    (ASK, JUDGED),
    (BROKEN, "SyntaxError"),
    (ASK, FAILED),
    ('ready("accuracy")', "This cell waits for accuracy."),
    (RIGHT, ""),
    (ASK, JUDGED),
    # half way, below and above what it defines
    (f"{RIGHT}\nno_such_thing + 1", "NameError"),
    (ASK, "NameError in line {}, `no_such_thing + 1`: name 'no_such_thing' is not defined. So"),
    (f"no_such_thing\n{RIGHT}", "NameError"),
    (ASK, f"{FAILED}NameError in line 1, `no_such_thing`"),
    (f"{RIGHT}\neval('1 +')", "SyntaxError"),
    (ASK, "SyntaxError in line {}, `eval('1 +')`: invalid syntax. So"),
    (RIGHT, ""),
    ("from no_such_module import accuracy", "ModuleNotFoundError"),
    (ASK, f"{FAILED}ModuleNotFoundError in line 1, `from no_such_module import accuracy`"),
    # a cell that is stopped by hand
    (f"{RIGHT}\nimport signal\nsignal.raise_signal(signal.SIGINT)", "KeyboardInterrupt"),
    (ASK, "failed: it was interrupted in line "),
    # written anew elsewhere, in ways that no cell's code shows
    ("accuracy = lambda predictions, Y: float(np.mean(predictions == Y))", ""),
    (ASK, JUDGED),
    (f"%%time\n{RIGHT}\nno_such_thing", "NameError"),
    (ASK, f"{FAILED}NameError"),
    (f"exec({RIGHT!r})", ""),
    (ASK, JUDGED),
    # a cell to play with that fails and writes nothing
    ("accuracy(1, no_such_thing)", "NameError"),
    ("class Network:\n    def accuracy(self): pass\n1 / 0", "ZeroDivisionError"),
    (ASK, JUDGED),
    # the check in the exercise's own cell, which it stops
    (f"{LOOP.replace('while True', 'if True')}\n{ASK}", "accuracy is not right yet."),
    (f"{RIGHT}\n{ASK}", JUDGED),
    (ASK, JUDGED),
    # what never ends
    (f"module.SECONDS = 0.05\n{LOOP}", ""),
    (ASK, "it did not end within 0.05 seconds, and was in line 3, `while True: pass`, by"),
    (BY_HAND, ""),
    (ASK, "accuracy is not judged: it was interrupted in line 3, `signal.raise_signal("),
    ('ready("accuracy")', "This cell waits for accuracy."),
]
"""Cells, one after the other, and what each of them says."""


@pytest.fixture(scope="module")
def told(tmp_path_factory, kernel):
    """What each cell of the story says, and with how many lines an error is told."""
    folder = tmp_path_factory.mktemp("kernel")
    kit.travel(folder)
    made = [nbformat.v4.new_code_cell(source) for source, _ in STORY]
    notebook = nbformat.v4.new_notebook(cells=made)
    nbclient.NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return [[_text(output) for output in cell.outputs] for cell in notebook.cells]


def _text(output):
    if output.output_type == "error":
        return f"{output.ename} {output.evalue}\n" + "".join(output.traceback)
    return output.get("text", "")


def test_each_cell_of_the_story_says_what_it_should(told):
    line = RIGHT.count("\n") + 2
    for (source, says), said in zip(STORY, told, strict=True):
        text = " ".join(" ".join(said).split())
        assert says.format(line) in text, source
        assert says or not said, source
        if source == ASK:
            assert ("right: " in text) == (says == JUDGED)
            assert "Traceback" not in text and "lab/" not in text


@pytest.mark.usefixtures("slow")
def test_without_a_kernel_nothing_is_known():
    """In a plain Python a check judges what it finds, and needs no IPython."""
    code = (
        "import sys; sys.modules['IPython'] = None; import lab.check, lab.cells;"
        "assert lab.cells.failure('accuracy') is None;"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f():\n    def g(): pass", {"f"}),
        ("class A:\n    def f(self): pass", {"A"}),
        ("if True:\n    def f(): pass\nelse:\n    def g(): pass", {"f", "g"}),
        ("try:\n    pass\nexcept ValueError:\n    def f(): pass", {"f"}),
        ("async def f(): pass", {"f"}),
        ("from a import f, g as h", {"f", "h"}),
        ("f = 3\nf()", set()),
        ("%%time\ndef f(): pass", {"f"}),
        ("def f(:\n    return )", {"f"}),
        ("    def f():\n        return )", {"f"}),
        ("def f(:\n\0", {"f"}),
        ("'def f(): pass'", set()),
    ],
)
def test_what_a_cell_writes(source, names):
    assert module.defined(source) == names
