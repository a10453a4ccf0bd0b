"""A course as nbgrader's users have them, with a cell of each kind, and hand-ins of many kinds."""

import os
import pathlib
import shutil
import subprocess
import sys

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from autograders import ROOT

NAME = "ps1"
FUNCTIONS, TEXT = "functions", "text"
TIMEOUT = 3  # seconds for a cell
DUE = "2026-02-01 12:00:00 UTC"
CONFIGURATION = f"""\
c = get_config()
c.CourseDirectory.course_id = "stock101"
c.Execute.timeout = {TIMEOUT}
c.LateSubmissionPlugin.penalty_method = "zero"
"""
TWO_LINES = """\
from autograders import stock
stock.apply(c)
"""
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
HELPER = """\
import pathlib

def rows():
    return pathlib.Path('data/values.csv').read_text().split()
"""
DATA = "1,2\n3,4\n"

SETUP = "import numpy as np\n\nimport helper"
ADD = "def add(a, b):\n    ### BEGIN SOLUTION\n    return a + b\n    ### END SOLUTION"
TEST_ADD = """\
assert add(1, 2) == 3
### BEGIN HIDDEN TESTS
assert add(-1, 1) == 0
assert add("a", "b") == "ab"
### END HIDDEN TESTS"""
SQUARES = """\
def squares(n):
    ### BEGIN SOLUTION
    return [k * k for k in range(n)]
    ### END SOLUTION"""
PARTIAL = """\
found = squares(4)
sum(a == b for a, b in zip(found, [0, 1, 4, 9])) * 1.0"""
TOTAL = """\
def total():
    ### BEGIN SOLUTION
    return sum(int(n) for row in helper.rows() for n in row.split(","))
    ### END SOLUTION"""
TEST_TOTAL = "assert total() == 10"
QUIET = "def quiet():\n    ### BEGIN SOLUTION\n    return np.zeros(3)\n    ### END SOLUTION"
TEST_QUIET = "print(quiet().sum())"
SKETCH = "### BEGIN SOLUTION\ncode = 'any'\n### END SOLUTION"


def _meta(name, points=None, *, solution=False, task=False):
    graded = points is not None and not task
    found = {
        "grade_id": name,
        "grade": graded,
        "solution": solution,
        "task": task,
        "locked": not solution,
        "schema_version": 3,
    }
    return {"nbgrader": found | ({} if points is None else {"points": points})}


def _solution(name, source):
    return new_code_cell(source, metadata=_meta(name, solution=True))


def _test(name, source, points):
    return new_code_cell(source, metadata=_meta(name, points))


def source():
    """Return the course's notebooks by their names."""
    functions = [
        new_markdown_cell("# Functions"),
        new_code_cell(SETUP),
        _solution("add", ADD),
        _test("test_add", TEST_ADD, 2),
        _solution("squares", SQUARES),
        _test("test_squares", PARTIAL, 4),
        _solution("total", TOTAL),
        _test("test_total", TEST_TOTAL, 1),
        _solution("quiet", QUIET),
        _test("test_quiet", TEST_QUIET, 1),
        new_code_cell("import matplotlib.pyplot as plt\n\nplt.plot(squares(3));"),
        new_code_cell(SKETCH, metadata=_meta("sketch", 3, solution=True)),
    ]
    text = [
        new_code_cell("given = 5", metadata=_meta("given")),
        new_markdown_cell("Write here.", metadata=_meta("why", 2, solution=True)),
        new_markdown_cell("Draw something below.", metadata=_meta("draw", 3, task=True)),
        new_code_cell("twice = None", metadata=_meta("twice", solution=True)),
        _test("test_twice", "assert twice == 2 * given", 1),
    ]
    return {
        name: new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
        for name, cells in ((FUNCTIONS, functions), (TEXT, text))
    }


RIGHT = {
    "add": "def add(a, b):\n    return a + b",
    "squares": "def squares(n):\n    return [k * k for k in range(n)]",
    "total": "def total():\n    return sum(int(n) for r in helper.rows() for n in r.split(','))",
    "quiet": "def quiet():\n    return np.zeros(3)",
    "sketch": "mine = 1",
    "why": "Because.",
    "twice": "twice = 10",
}
WARNS = "def quiet():\n    import warnings\n    warnings.warn('old')\n    return np.zeros(3)"
LOOPS = "def add(a, b):\n    while True:\n        pass"
PEEKS = """\
import pathlib
def add(a, b):
    for place in ("../../../gradebook.db", "{root}/gradebook.db", "{root}/source/ps1/text.ipynb"):
        if pathlib.Path(place).exists():
            pathlib.Path("{root}/peeked").write_text(place)
    return a + b"""
WRITES = """\
import os
def add(a, b):
    for place in ("{root}/written", os.path.expanduser("~/written-by-a-hand-in")):
        try:
            open(place, "w").close()
        except OSError:
            pass
    return a + b"""


def _answers(**answers):
    def change(course, notebooks):
        for notebook in notebooks.values():
            for cell in notebook.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = {**RIGHT, **answers}.get(name, cell.source)

    return change


def _cell(notebooks, name):
    cells = [cell for notebook in notebooks.values() for cell in notebook.cells]
    return next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def _untouched(course, notebooks):
    """Hand in the release."""


def _tampered(course, notebooks):
    _answers(add="def add(a, b):\n    return 0")(course, notebooks)
    _cell(notebooks, "test_add").source = "pass"
    _cell(notebooks, "test_add").metadata.nbgrader.points = 100


def _without_a_test(course, notebooks):
    _answers()(course, notebooks)
    notebooks[FUNCTIONS].cells.remove(_cell(notebooks, "test_add"))


def _one_notebook(course, notebooks):
    _answers()(course, notebooks)
    del notebooks[TEXT]


def _another_notebook(course, notebooks):
    _answers()(course, notebooks)
    notebooks["scratch"] = new_notebook(cells=[new_code_cell("1 / 0")])


def _asks_another_kernel(course, notebooks):
    _answers()(course, notebooks)
    for notebook in notebooks.values():
        notebook.metadata.kernelspec = {"name": "bash", "language": "bash", "display_name": "B"}


def _late(course, notebooks):
    _answers()(course, notebooks)
    (course / "submitted" / "late" / NAME / "timestamp.txt").write_text("2026-02-02 12:00:00 UTC")


SAME = {
    "right": _answers(),
    "untouched": _untouched,
    "wrong": _answers(add="def add(a, b):\n    return a - b", twice="twice = 11"),
    "half": _answers(squares="def squares(n):\n    return [0, 1, 5, 5]"),
    "hidden": _answers(add="def add(a, b):\n    return 3"),
    "syntax": _answers(squares="def squares(n:\n    return"),
    "warns": _answers(quiet=WARNS),
    "loops": _answers(add=LOOPS),
    "text-for-points": _answers(squares="class squares(list):\n    pass"),
    "tampered": _tampered,
    "without-a-test": _without_a_test,
    "one-notebook": _one_notebook,
    "another-notebook": _another_notebook,
    "another-kernel": _asks_another_kernel,
    "exits": _answers(sketch="import sys\nsys.exit(1)"),
    "late": _late,
}
"""Hand-ins whose scores are nbgrader's own, cell by cell."""


def _copied(course, notebooks):
    _answers()(course, notebooks)
    cells = notebooks[FUNCTIONS].cells
    cells.insert(4, new_code_cell(RIGHT["add"], metadata=dict(_cell(notebooks, "add").metadata)))


def _of_another(course, notebooks):
    _answers()(course, notebooks)
    notebooks[FUNCTIONS].cells.append(_solution("elsewhere", "x = 1"))


def _skipped(course, notebooks):
    _answers(add="def add(a, b):\n    return 0")(course, notebooks)
    _cell(notebooks, "test_add").metadata.tags = ["skip-execution"]


WRITES_TO_2 = "import os\ndef quiet():\n    os.system('echo x >&2')\n    return np.zeros(3)"
OTHERWISE = {
    "writes-to-2": _answers(quiet=WRITES_TO_2),
    "dies": _answers(sketch="import os\nos._exit(1)"),
    "copied": _copied,
    "of-another": _of_another,
    "skipped": _skipped,
    "peeks": lambda course, notebooks: _answers(add=PEEKS.format(root=course))(course, notebooks),
    "writes": lambda course, notebooks: _answers(add=WRITES.format(root=course))(course, notebooks),
}
"""Those that nbgrader loses, rewards or does not hold."""


class StockCourse:
    """Such a course in a folder of its own, and what an instructor types there.

    Parameters
    ----------
    root : pathlib.Path
    ours : bool
        Whether its settings have the two lines.
    more : str
        More settings.
    """

    def __init__(self, root, ours=True, more=""):
        self.root = pathlib.Path(root)
        folder = self.root / "source" / NAME
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "values.csv").write_text(DATA)
        (folder / "helper.py").write_text(HELPER)
        for name, notebook in source().items():
            nbformat.write(notebook, folder / f"{name}.ipynb")
        settings = CONFIGURATION + (TWO_LINES if ours else "") + more
        (self.root / "nbgrader_config.py").write_text(settings)

    def hand_in(self, student, change, folder=None):
        """Hand in what a change makes of the release."""
        release = self.root / "release" / NAME
        target = self.root / "submitted" / student / NAME
        shutil.copytree(release, target)
        notebooks = {path.stem: nbformat.read(path, 4) for path in target.glob("*.ipynb")}
        for path in target.glob("*.ipynb"):
            path.unlink()
        change(self.root, notebooks)
        for name, notebook in notebooks.items():
            nbformat.write(notebook, target / f"{name}.ipynb")
        return target

    def run(self, *command):
        """Run a command in the course's folder; return the finished process."""
        tools = os.path.dirname(sys.executable)
        environment = {
            **os.environ,
            "PATH": tools + os.pathsep + os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "JUPYTER_CONFIG_DIR": str(self.root / ".jupyter"),
            "IPYTHONDIR": str(self.root / ".ipython"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def nbgrader(self, *arguments):
        """Run nbgrader's own command."""
        return self.run("nbgrader", *arguments)

    def release(self):
        """Release the assignment."""
        due = f"--duedate={DUE}"
        for command in (("generate_assignment", NAME), ("db", "assignment", "add", NAME, due)):
            process = self.nbgrader(*command)
            assert process.returncode == 0, process.stderr

    def scores(self):
        """Return what the gradebook says: {student: {cell: [score, waits for a person]}}.

        A remark on a cell stands under its name with a question mark, what being late costs
        under a notebook's name.
        """
        found = {}
        with Gradebook(f"sqlite:///{self.root}/gradebook.db") as gradebook:
            for submission in gradebook.assignment_submissions(NAME):
                mine = found.setdefault(submission.student_id, {})
                for notebook in submission.notebooks:
                    mine[notebook.name] = notebook.late_submission_penalty
                    for grade in notebook.grades:
                        mine[grade.name] = [grade.auto_score, grade.needs_manual_grade]
                    for comment in notebook.comments:
                        mine[f"{comment.name}?"] = comment.auto_comment
        return found
