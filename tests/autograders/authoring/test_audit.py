"""What an assignment lacks is said one line each, whatever state it is in."""

import dataclasses
import json
import subprocess
import sys

import pytest

from autograders import Refused
from autograders.authoring import audit
from autograders.course.catalogue import EXERCISES
from tests.course import Course
from tests.guide import FUNCTION, NAME, write_files

REFERENCE, LISTED = f"source_ref/{NAME}.py", f"autograders/content/exercises/{NAME}.py"
NOTEBOOK, EXAMPLES = f"notebooks/{NAME}/{NAME}.ipynb", f"lab/examples/{NAME}.json"


@pytest.mark.parametrize("assignment", EXERCISES)
def test_nothing_is_missing_from_the_course(assignment):
    assert [str(lack) for lack in audit.lacks(assignment) if not lack.optional] == []


def test_what_an_assignment_works_without_is_told_apart(monkeypatch):
    given = EXERCISES["overfitting"]
    bare = [dataclasses.replace(each, mistakes=[], right=[], hints=()) for each in given]
    monkeypatch.setitem(EXERCISES.loaded, "overfitting", bare)
    lacks = list(audit.lacks("overfitting"))
    optional = [str(lack) for lack in lacks if lack.optional]
    assert len(optional) == 3 * len(bare)
    assert all(line.startswith("overfitting: optional: ") for line in optional)
    (other,) = [str(lack) for lack in lacks if not lack.optional]
    assert "is not what the exercises give" in other


def test_all_names_are_those_of_any_file():
    assert audit.names() == list(EXERCISES)


@pytest.mark.parametrize("name", ["../dropout", "Dropout", "2nd", "a-b", ""])
def test_what_cannot_be_a_name_is_refused(name):
    with pytest.raises(Refused, match="is no name for an assignment"):
        list(audit.lacks(name))


def replace(old, new):
    """Return a change of a text that must do something."""

    def change(text):
        assert old in text
        return text.replace(old, new)

    return change


def other_points(text):
    """Let the check be worth more than its exercise."""
    notebook = json.loads(text)
    (cell,) = [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"check_{FUNCTION}"
    ]
    cell["metadata"]["nbgrader"]["points"] = 7
    return json.dumps(notebook)


STATES = {
    "as-sketched": (NOTEBOOK, None, "the notebook stores no outputs. Run"),
    "no-reference": (REFERENCE, "", f"{REFERENCE} is missing. Write each function there"),
    "no-exercises": (LISTED, "", f"{LISTED} is missing. Write EXERCISES there"),
    "no-notebook": (NOTEBOOK, "", f"Run `python -m autograders sketch {NAME}`"),
    "no-examples": (EXAMPLES, "", f"Run `python -m autograders examples {NAME}`"),
    "old-examples": (EXAMPLES, replace('"points": 6', '"points": 5'), "is not what the exercises"),
    "no-marks": (REFERENCE, replace("### START", "### Start"), "gives students nothing to write"),
    "no-function": (REFERENCE, replace(f"def {FUNCTION}", "def f"), f"no function {FUNCTION}"),
    "broken-reference": (REFERENCE, replace('"""Ref', '1 / 0\n"""Ref'), "ZeroDivisionError"),
    "broken-exercises": (LISTED, replace("AVERAGE: Part", "A: Part"), "NameError: name 'A'"),
    "no-list": (LISTED, replace("EXERCISES = [", "OTHERS = ["), "no list EXERCISES"),
    "bad-question": (LISTED, replace(', "beta": beta}', "}"), "cannot answer the questions"),
    "no-check": (NOTEBOOK, replace(f'"check_{FUNCTION}"', '"other"'), "no cell of the notebook"),
    "other-points": (NOTEBOOK, other_points, "be graded with 6 points"),
    "old-stub": (
        NOTEBOOK,
        replace("average = None", "average = 0"),
        "Run `python -m autograders d",
    ),
    "no-mistakes": (LISTED, replace("mistakes=[", "mistakes=[] and ["), "lists no mistakes"),
    "no-right": (LISTED, replace("right=[", "right=[] and ["), "no second right answer"),
    "no-hints": (LISTED, replace("hints=(", "hints=() and ("), "has no hints"),
}


RUN_EACH = """
import contextlib, io, json, os, pathlib, sys

import nbgrader.apps  # what takes long to import, once; of our own nothing yet

sys.dont_write_bytecode = True # two states of a file may have one size and one second
results = {}
for state, (file, text) in json.load(sys.stdin).items():
    path = pathlib.Path(file)
    before = path.read_bytes()
    path.write_text(text) if text else path.unlink()
    read, write = os.pipe()
    if os.fork() == 0:
        from autograders.__main__ import main

        with contextlib.redirect_stdout(io.StringIO()) as said:
            with contextlib.redirect_stderr(said):
                status = main(["missing", sys.argv[1]])
        with os.fdopen(write, "w") as stream:
            json.dump([status, said.getvalue()], stream)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as stream:
        results[state] = json.loads(stream.read() or "null")
    os.wait()
    path.write_bytes(before)
print(json.dumps(results))
"""
"""The command in a process of its own for each state, without the time to start one."""


@pytest.fixture(scope="module")
def course(tmp_path_factory, slow):
    """A course with the guide's assignment, but for its stored outputs."""
    course = Course(tmp_path_factory.mktemp("missing") / "course")
    write_files(course)
    for command in ("sketch", "examples"):
        process = course.autograders(command, NAME)
        assert process.returncode == 0, process.stderr
    return course


@pytest.fixture(scope="module")
def said(course):
    """What the command says in each state: its exit status and its lines."""
    texts = {}
    for state, (file, change, _) in STATES.items():
        text = (course.root / file).read_text(encoding="utf-8")
        texts[state] = file, text if change is None else change and change(text)
    process = subprocess.run(
        [sys.executable, "-c", RUN_EACH, NAME],
        cwd=course.root,
        env={**course.environment(), "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(course.root)},
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


@pytest.mark.parametrize("state", STATES)
def test_each_lack_is_said_in_one_line(state, said):
    status, text = said[state]
    lines = text.splitlines()
    assert [line for line in lines if STATES[state][2] in line], lines
    assert status == 1
    assert all(line.startswith((f"{NAME}: ", LISTED)) for line in lines)


def test_a_sketch_replaces_nothing(course):
    process = course.autograders("sketch", NAME)
    assert process.returncode == 1
    assert process.stderr.strip() == (
        f"{NOTEBOOK} is there already, and a sketch never replaces a notebook."
    )


def test_half_an_assignment_does_not_disturb_the_others(course):
    notebook = course.root / NOTEBOOK
    before = notebook.read_bytes()
    notebook.unlink()
    try:
        process = course.autograders("derive")
        assert process.returncode == 0, process.stderr
        assert NAME not in process.stdout
    finally:
        notebook.write_bytes(before)
