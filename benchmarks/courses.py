"""Any nbgrader course, graded by nbgrader and by ours: ``python -m benchmarks.courses FOLDER``.

Hand-ins are made of the course's own solutions: right ones, empty, half, wrong, broken and hostile
ones. Both grade the same files; every score is compared, cell by cell.
"""

import argparse
import copy
import os
import pathlib
import shutil
import sys
import tempfile

import nbformat
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from autograders import HOME
from benchmarks import usage
from lab.plots.text import table

SETTINGS = """\
c = get_config()
c.CourseDirectory.course_id = "course"
c.Execute.timeout = {seconds}
"""
TWO_LINES = "from autograders import stock\nstock.apply(c)\n"
TIMEOUT = 30
CASES = (
    *("right", "empty", "half", "other-half", "wrong", "broken", "noisy", "loops"),
    *("without-a-test", "peeks", "skips", "zz-dies", "zz-copied"),
)
"""What hand-ins there are; nbgrader stops at the last one, and comes to it last."""
HONEST = ("right", "empty", "half", "other-half", "wrong")
HALVES = ("other-half", "half")
PEEKS = """
import glob, pathlib
for _place in glob.glob("../../../*.db"):
    pathlib.Path(_place).with_name("peeked").touch()
"""
ROW = ("course", "hand-ins", "scores", "the same", "CPU", "wall")
OTHERWISE = "{student}, {notebook}, {cell}: {stock} by nbgrader, {ours} by ours"
HELD = "{who}: the gradebook {found} within reach of a hand-in"


def main(arguments=None):
    """Print whether the scores are the same, and what both cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.courses", description=main.__doc__)
    parser.add_argument("folder", type=pathlib.Path, nargs="+", help="a folder with source/")
    parser.add_argument("--assignment", help="the first in source/ unless named")
    parser.add_argument("--many", type=int, default=0, help="so many honest hand-ins more")
    parser.add_argument("--honest", action="store_true", help="none that is broken or hostile")
    parser.add_argument("--timeout", type=int, default=TIMEOUT, help="seconds for a cell")
    options = parser.parse_args(arguments)
    rows = []
    for folder in options.folder:
        with tempfile.TemporaryDirectory() as made:
            trial = Trial(folder, pathlib.Path(made), options)
            rows.append(trial.run())
    table(ROW, [tuple(map(str, row)) for row in rows])


class Trial:
    """One assignment of a course, with its hand-ins, once for each who grades.

    Parameters
    ----------
    folder : pathlib.Path
        The course, of which only source/ is read.
    made : pathlib.Path
        An empty folder.
    options : argparse.Namespace
    """

    def __init__(self, folder, made, options):
        self._name, self._made, self._options = folder.name, made, options
        source = folder / "source"
        named = options.assignment
        self._assignment = named or min(p.name for p in source.iterdir() if p.is_dir())
        self._stock, self._ours = made / "stock", made / "ours"
        shutil.copytree(source, self._stock / "source")
        settings = SETTINGS.format(seconds=options.timeout)
        (self._stock / "nbgrader_config.py").write_text(settings)
        done = self._nbgrader(self._stock, "generate_assignment", self._assignment)
        if not (self._stock / "release" / self._assignment).is_dir():
            raise SystemExit(done.output[-2000:])
        for number in range(options.many):
            self._hand_in(f"more-{number:03}", HONEST[number % len(HONEST)])
        for case in self._cases:
            self._hand_in(case, case)
        shutil.copytree(self._stock, self._ours)
        (self._ours / "nbgrader_config.py").write_text(settings + TWO_LINES)

    def run(self):
        """Let both grade; print what differs, and return a row of the table."""
        used = [self._nbgrader(each, "autograde", self._assignment) for each in self._both]
        stock, ours = map(self._scores, self._both)
        same = 0
        for key in sorted({*stock, *ours}):
            one, other = stock.get(key, "none"), ours.get(key, "none")
            same += one == other
            if one != other:
                says = dict(zip(("student", "notebook", "cell"), key, strict=True))
                print(OTHERWISE.format(**says, stock=one, ours=other))
        for course, who in zip(self._both, ("nbgrader", "ours"), strict=True):
            print(HELD.format(who=who, found="was" if (course / "peeked").exists() else "was not"))
        students = len(self._cases) + self._options.many
        cpu = f"{used[0].cpu / used[1].cpu:.1f}"
        wall = f"{used[0].wall / used[1].wall:.1f}"
        return (self._name, students, len({*stock, *ours}), same, cpu, wall)

    @property
    def _cases(self):
        return HONEST if self._options.honest else CASES

    @property
    def _both(self):
        return self._stock, self._ours

    def _nbgrader(self, course, *arguments):
        tools = str(pathlib.Path(sys.executable).parent)
        environment = {
            **os.environ,
            "PATH": tools + os.pathsep + os.environ["PATH"],
            "PYTHONPATH": str(HOME),
            "JUPYTER_CONFIG_DIR": str(course / ".jupyter"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        return usage.run(["nbgrader", *arguments], course, environment)

    def _hand_in(self, student, case):
        """Hand in what a case makes of the release and the solutions."""
        release = self._stock / "release" / self._assignment
        target = self._stock / "submitted" / student / self._assignment
        shutil.copytree(release, target)
        for path in target.glob("*.ipynb"):
            solved = nbformat.read(self._stock / "source" / self._assignment / path.name, 4)
            given = nbformat.read(path, 4)
            nbformat.write(made(case, given, solved), path)

    def _scores(self, course):
        found = {}
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            for submission in gradebook.assignment_submissions(self._assignment):
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        key = submission.student_id, notebook.name, grade.name
                        found[key] = grade.auto_score
        return found


def made(case, given, solved):
    """Return the notebook of a case.

    Parameters
    ----------
    case : str
        One of `CASES`.
    given, solved : NotebookNode
        As it was released, and with the solutions.
    """
    answers = {_name(cell): cell.source for cell in solved.cells if _is(cell, "solution")}
    made = copy.deepcopy(given)
    mine = [cell for cell in made.cells if _is(cell, "solution")]
    for number, cell in enumerate(mine):
        empty = case == "empty" or (case in HALVES and number % 2 == HALVES.index(case))
        cell.source = cell.source if empty else answers[_name(cell)]
    code = [cell for cell in mine if cell.cell_type == "code"]
    if code:
        _spoil(case, made, code)
    return made


def _spoil(case, made, code):
    """Change a right notebook into that of a case."""
    more = {
        "noisy": "\nimport sys as _sys\nprint('working', file=_sys.stderr)",
        "loops": "\nwhile True:\n    pass",
        "peeks": PEEKS,
        "zz-dies": "\nimport os as _os\n_os._exit(0)",
    }
    tests = [c for c in made.cells if _is(c, "grade") and not _is(c, "solution")]
    if case == "wrong":
        for cell in code:
            cell.source = cell.source.replace("return ", "return None and ").replace("+", "-")
    elif case == "broken":
        code[0].source += "\n)"
    elif case == "without-a-test" and tests:
        made.cells.remove(tests[0])
    elif case == "skips":
        code[0].source = "pass"
        for cell in tests:
            cell.metadata.tags = ["skip-execution"]
    elif case == "zz-copied":
        made.cells.append(new_code_cell(code[0].source, metadata=copy.deepcopy(code[0].metadata)))
    else:
        code[-1].source += more.get(case, "")


def _is(cell, kind):
    return cell.metadata.get("nbgrader", {}).get(kind, False)


def _name(cell):
    return cell.metadata.nbgrader.grade_id


if __name__ == "__main__":
    main()
