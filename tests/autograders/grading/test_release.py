"""The release: whole, without an answer in it, and never missing."""

import functools
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from autograders import ROOT, settings
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES
from autograders.grading import release as grading_release
from tests.course import one_line

pytestmark = pytest.mark.usefixtures("slow")


def content(folder):
    """Return every file below a folder, by its path, with its bytes."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def add_graded_cell(course, assignment):
    """Add a graded cell to a notebook of the course: nbgrader refuses it after a hand-in."""
    notebook = lesson.read(course.notebook(assignment))
    cell = next(cell for cell in notebook.cells if lesson.is_check(cell)).copy()
    cell.id = "one-more"
    cell.metadata = {"nbgrader": {**cell.metadata.nbgrader, "grade_id": "check_one_more"}}
    notebook.cells.append(cell)
    lesson.write(notebook, course.notebook(assignment))


@pytest.mark.parametrize("assignment", EXERCISES)
def test_a_release_holds_the_notebook_and_the_kit_and_nothing_else(assignment, released):
    files = content(released / "release" / assignment)
    kit = {
        f"lab/{path}": data
        for path, data in content(ROOT / "lab").items()
        if "__pycache__" not in path
    }
    assert "lab/environment.yml" in kit
    assert set(files) == {f"{assignment}.ipynb", *kit}
    assert {path: files[path] for path in kit} == kit


@pytest.mark.parametrize("assignment", EXERCISES)
def test_outputs_are_cleared(assignment, released):
    stored = lesson.read(released / "notebooks" / assignment / f"{assignment}.ipynb")
    assert any(cell.get("outputs") for cell in stored.cells)
    for cell in lesson.read(released / "release" / assignment / f"{assignment}.ipynb").cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def answer_lines(assignment):
    """Yield (function, line) for each line of code between the markers that the stub lacks."""
    for function in catalogue.functions(assignment):
        stub = [line.strip() for line in reference.stub(assignment, function).splitlines()]
        source = reference.source(assignment, function)
        for first, last in stubs.regions(source):
            for line in source.splitlines()[first:last]:
                if line.strip() not in stub and not line.strip().startswith("#"):
                    yield function, line.strip()


@pytest.mark.parametrize("assignment", EXERCISES)
def test_no_line_of_an_answer_is_released_with_its_exercise(assignment, released):
    """A later notebook may give what an earlier one has taught, so each is held to its own."""
    notebook = lesson.read(released / "release" / assignment / f"{assignment}.ipynb")
    sources = {lesson.grade_id(cell): cell.source for cell in notebook.cells}
    lines = list(answer_lines(assignment))
    assert len(lines) >= len(catalogue.functions(assignment))
    for function, line in lines:
        assert line not in [each.strip() for each in sources[function].splitlines()]
        # a longer line stands nowhere at all, in no text and in no file of the kit
        if len(line) > 30:
            for path, data in content(released / "release" / assignment).items():
                assert line not in data.decode(), f"{path} gives {function} away"


def test_a_release_imports_nothing_of_the_instructors_rooms(released):
    for path, data in content(released / "release").items():
        text = data.decode()
        assert not re.search(r"(import|from)\s+(source_ref|autograders)", text), path
        assert str(released) not in text, path


def test_released_twice_it_is_the_same(released_course):
    release = released_course.root / "release"
    before = content(release)
    process = released_course.here("release")
    assert process.returncode == 0, process.stderr
    assert content(release) == before
    assert sorted(entry.name for entry in release.iterdir()) == sorted(EXERCISES)


@pytest.mark.parametrize("command", ["ours", "stock"])
def test_a_release_that_fails_leaves_the_last_one(command, released_course):
    course, assignment = released_course, "dropout"
    course.hand_in("ada", assignment, catalogue.functions(assignment))
    assert course.here("grade", assignment).returncode == 0
    before, grades = content(course.root / "release"), course.gradebook()
    add_graded_cell(course, assignment)
    if command == "ours":
        said = one_line(course.autograders("release", assignment))
        assert said.startswith("dropout: the new notebook adds or removes graded cells")
    else:
        assert course.nbgrader("generate_assignment", assignment, "--force").returncode != 0
    assert content(course.root / "release") == before
    assert course.gradebook() == grades


def test_without_force_stock_nbgrader_leaves_the_last_release(released_course):
    before = content(released_course.root / "release")
    process = released_course.nbgrader("generate_assignment", "dropout")
    assert "Skipping existing assignment" in process.stderr
    assert content(released_course.root / "release") == before


KILLED_AT_FILE = """
import os, signal, sys
from nbconvert.writers import FilesWriter

def write(self, output, resources, **named):
    build = self.build_directory
    os.makedirs(build, exist_ok=True)
    with open(os.path.join(build, "half"), "w") as file:
        file.write("half")
    os.kill(os.getpid(), signal.SIGKILL)

FilesWriter.write = write
sys.argv = ["autograders", "release", "dropout"]
import runpy
runpy.run_module("autograders", run_name="__main__")
"""
"""Release with a writer that is killed when it has begun."""


def test_a_release_killed_while_it_is_written_leaves_the_last_one(released_course):
    """Also one that finds what another left that was killed."""
    course = released_course
    release = course.root / "release" / "dropout"
    before = content(release)
    for _ in range(2):
        process = course.run(sys.executable, "-c", KILLED_AT_FILE)
        assert process.returncode == -signal.SIGKILL
        assert content(release) == before
    assert course.autograders("release", "dropout").returncode == 0
    assert content(release) == before
    assert {entry.name for entry in release.parent.iterdir()} == set(EXERCISES)


def test_a_first_release_killed_while_it_is_written_is_made_the_next_time(course, released):
    process = course.run(sys.executable, "-c", KILLED_AT_FILE)
    assert process.returncode == -signal.SIGKILL
    release = course.root / "release" / "dropout"
    assert not release.exists()
    assert course.nbgrader("generate_assignment", "dropout").returncode == 0
    assert content(release) == content(released / "release" / "dropout")


def test_a_release_killed_between_its_two_renames_is_put_back(released_course):
    release = released_course.root / "release"
    before = content(release / "dropout")
    (release / "dropout").rename(release / ".dropout.last")
    add_graded_cell(released_course, "dropout")
    released_course.notebook("dropout").write_text("no notebook", encoding="utf-8")
    # the next run fails as well, and yet brings the last release back
    assert released_course.nbgrader("generate_assignment", "dropout", "--force").returncode != 0
    assert content(release / "dropout") == before


def test_killed_at_any_moment_the_release_is_whole(released_course):
    """Kill a real release at moments spread over its run, and look each time."""
    course = released_course
    release = course.root / "release" / "overfitting"
    before = content(release)
    command = [sys.executable, "-m", "autograders", "release", "overfitting"]
    began = time.monotonic()
    assert course.run(*command).returncode == 0
    duration = time.monotonic() - began
    killed = 0
    for share in (0.3, 0.6, 0.75, 0.9):
        process = subprocess.Popen(
            command, cwd=course.root, env=course.environment(), stdout=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=duration * share)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
        assert content(release) == before
    assert killed > 0


def test_a_release_tells_the_language_of_those_who_do_not(tmp_path):
    """The settings do where no release can be read; in them it is that of the next one."""
    api = settings.api(tmp_path, language="zh")
    told = functools.partial(grading_release.language, api.coursedir, "dropout")
    assert told() == "zh"
    file = tmp_path / "release" / "dropout" / "dropout.ipynb"
    lesson.write(lesson.original("dropout"), file)
    assert told() == "en"
    lesson.write(lesson.original("dropout", "zh"), file)
    assert (told(), grading_release.language(settings.api(tmp_path).coursedir, "dropout")) == (
        "zh",
        "zh",
    )
    file.write_text("{")
    assert told() == "zh"
    assert grading_release.language(settings.api(tmp_path).coursedir, "dropout") == "en"
