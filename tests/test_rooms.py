"""The order of the rooms, which is one table in docs/architecture.md; what machinery may name."""

import ast
import functools
import pathlib
import re
import subprocess
import sys

import pytest

from autograders import ROOT
from autograders.course.catalogue import EXERCISES
from tests.repository import files

ANYTHING = "anything above"
TOP = ("lab", "source_ref", "autograders", "benchmarks", "tests")
COURSE = ("autograders.content", "lab", "source_ref", "benchmarks", "tests")
"""Who may name a notebook, a function or a mistake of this course."""
ROW = re.compile(r"^\| `([\w.]+)` \| [^|]+ \| ([^|]+) \|$", re.M)


def told(text):
    """Return what the page's table says: a dict from room to those that it may import."""
    section = text.partition("## What may import what\n")[2].partition("\n## ")[0]
    rooms = {}
    for room, imports in ROW.findall(section):
        above = set(rooms)
        rooms[room] = above if imports == ANYTHING else set(re.findall(r"`([\w.]+)`", imports))
        assert rooms[room] <= above, f"{room} imports what does not stand above it"
    return rooms


PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MAY = told(PAGE)


def module(file):
    """Return the dotted name of a file's module."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room(name):
    """Return the innermost room of the table that a module is in."""
    parts = name.split(".")
    above = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((each for each in above if each in MAY), None)


def imported(tree):
    """Yield the names that a syntax tree imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            # relative imports stay in their package
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(name):
    return name.split(".")[0] in TOP


MODULES = {module(file): file for file in files(".py") if ours(module(file))}


@functools.cache
def tree(name):
    return ast.parse(MODULES[name].read_bytes())


def doors(name, syntax):
    """Yield (own room, other room, what is imported) for each import of another room."""
    for other in filter(ours, imported(syntax)):
        if room(other) != room(name):
            yield room(name), room(other), other


ALL = [door for name in MODULES for door in doors(name, tree(name))]


def test_every_module_is_in_a_room():
    assert [name for name in MODULES if room(name) is None] == []


def test_imports_go_one_way():
    assert sorted({door for door in ALL if door[1] not in MAY[door[0]]}) == []


def test_the_table_names_nothing_that_is_not_imported():
    found = {(own, other) for own, other, _ in ALL}
    unused = [
        (own, other)
        for own, others in MAY.items()
        if own not in ("benchmarks", "tests")
        for other in others
        if (own, other) not in found
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("name", "code", "seen"),
    [
        ("autograders.judge.intake", "from autograders.grading import gradebook", True),
        ("autograders.sandbox.kernel", "import autograders.content.exercises.dropout", True),
        ("lab.judge.wire", "def f():\n    from lab.plots import text", True),
        ("lab.plots.style", "from benchmarks import usage", True),
        ("autograders.course.kit", "from autograders.course import lesson", False),
        ("autograders.judge.intake", "from autograders.course import lesson", False),
    ],
)
def test_an_import_that_runs_back_is_seen(name, code, seen):
    wrong = [door for door in doors(name, ast.parse(code)) if door[1] not in MAY[door[0]]]
    assert bool(wrong) == seen


def test_a_table_that_names_what_stands_below_is_refused():
    text = "## What may import what\n| `a` | x | `b` |\n| `b` | x | – |\n"
    with pytest.raises(AssertionError, match="a imports what does not stand above it"):
        told(text)


PUBLIC = ("lab.plots", "autograders.exports")
"""Rooms whose face is for notebooks and for nbgrader."""


def face(name):
    """Return the names that a room's first lines give to other rooms."""
    if name in PUBLIC:
        return None
    for node in tree(name).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return ast.literal_eval(node.value)
    return None


def test_others_use_only_what_a_room_gives():
    """Tests may look behind it."""
    behind = []
    for own, other, name in ALL:
        given = face(other) if other in MODULES else None
        if own != "tests" and given is not None:
            inside = name.removeprefix(other + ".").split(".")[0]
            behind += [(own, name)] if inside not in given else []
    assert behind == []


def test_a_room_gives_nothing_that_nobody_uses():
    used = {(other, name.removeprefix(other + ".").split(".")[0]) for _, other, name in ALL}
    packages = [name for name in MAY if name in MODULES and MODULES[name].name == "__init__.py"]
    listed = [(name, each) for name in packages for each in face(name) or []]
    assert [each for each in listed if each not in used] == []


def test_each_room_says_what_it_touches():
    for name in MAY:
        below = name.startswith("autograders.") and name.count(".") == 1 and name in MODULES
        if below and MODULES[name].name == "__init__.py" and name not in PUBLIC:
            says = ast.get_docstring(tree(name))
            assert re.search(r"\b(touch|read|write|start)", says), name
            assert "ever" in says or "Nothing" in says, name


# --- what machinery may name ---

LISTED = [exercise for name in EXERCISES for exercise in EXERCISES[name]]
NAMES = {
    *EXERCISES,
    *(exercise.name for exercise in LISTED),
    # a single word, such as percent, may mean anything
    *(m.name for exercise in LISTED for m in exercise.mistakes if "-" in m.name),
}


def named(syntax):
    """Yield the course's names in a syntax tree: in texts that are no docstrings, and as names."""
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(syntax)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    for node in ast.walk(syntax):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value not in docstrings:
                yield from NAMES & set(re.findall(r"[\w-]+", node.value))
        elif isinstance(node, ast.Name | ast.Attribute):
            yield from NAMES & {node.id if isinstance(node, ast.Name) else node.attr}


def test_machinery_names_nothing_of_this_course():
    machinery = [name for name in MODULES if not room(name).startswith(COURSE)]
    assert len(machinery) > 50
    assert {name: found for name in machinery if (found := sorted(set(named(tree(name)))))} == {}


def test_a_name_of_the_course_is_seen():
    assert set(named(ast.parse('"""dropout."""\nx = "lab/examples/dropout.json"'))) == {"dropout"}
    assert set(named(ast.parse("source_ref.overfitting"))) == {"overfitting"}


@pytest.mark.usefixtures("slow")
def test_reading_a_hand_in_loads_no_content():
    code = (
        "import sys, autograders.judge.intake;"
        "print(*sorted(m for m in sys.modules if m.startswith(('autograders', 'source_ref'))))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert [name for name in loaded if "content" in name or "source_ref" in name] == []
    assert len(loaded) <= 24, loaded


@pytest.mark.usefixtures("slow")
def test_importing_us_changes_nothing_in_the_process():
    """Only what is started for us does: the command line, and the process that forks others."""
    entries = (
        *("autograders.__main__", "autograders.grading.preload"),
        "autograders.sandbox.box.parent",
    )
    names = [
        name
        for name in MODULES
        if name.split(".")[0] in ("lab", "source_ref", "autograders") and name not in entries
    ]
    code = (
        "import importlib, os, sys\n"
        "names = ('PATH', 'HOME', 'JUPYTER_CONFIG_PATH', 'PYTHONUSERBASE')\n"
        "hook, before = sys.excepthook, [os.environ.get(name) for name in names]\n"
        f"for module in {names!r}:\n"
        "    importlib.import_module(module)\n"
        "assert sys.excepthook is hook\n"
        "assert [os.environ.get(name) for name in names] == before\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_where_the_next_change_goes_is_there():
    section = PAGE.partition("## Where the next change goes\n")[2].partition("\n## ")[0]
    places = re.findall(r"`([\w/<>.]+\.py)`", section)
    assert len(places) > 12
    for place in places:
        file = pathlib.Path(place.replace("<assignment>", "dropout"))
        assert any((ROOT / folder / file).is_file() for folder in (".", "autograders")), place
