"""A course is found from below its folder, and nothing else is read or written."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

import autograders
from autograders import ROOT, digest
from autograders.sandbox import bubblewrap

SEPARATE = ("notebooks", "lab", "source_ref", "languages", "nbgrader_config.py")
"""What a course keeps in its folder, where the package does not lie in it."""


def test_a_course_is_found_upwards(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    below = tmp_path / "submitted" / "ada"
    below.mkdir(parents=True)
    assert autograders.above(below) == autograders.above(tmp_path) == tmp_path.resolve()


def test_the_nearest_of_two_is_meant(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    for folder in (tmp_path, inner):
        (folder / "nbgrader_config.py").touch()
    assert autograders.above(inner) == inner.resolve()


@pytest.fixture(scope="module")
def apart(tmp_path_factory, slow):
    """Two folders: this course without its machinery, and the machinery in a place of its own."""
    course, site = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("site")
    for room in map(ROOT.joinpath, SEPARATE):
        copy = shutil.copytree if room.is_dir() else shutil.copy
        copy(room, course / room.name)
    shutil.copytree(ROOT / "autograders", site / "autograders")
    return course, site


def run(apart, *command, cwd):
    """Run a command with the machinery installed; return the finished process."""
    tools = os.path.dirname(sys.executable)
    environment = {
        **os.environ,
        "PATH": tools + os.pathsep + os.environ["PATH"],
        "PYTHONPATH": str(apart[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "JUPYTER_CONFIG_DIR": str(apart[0] / ".jupyter"),
        "PYTHONSAFEPATH": "1",
    }
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def state(folder):
    """Return a digest of all that lies in a folder."""
    return digest(sorted(f for f in folder.rglob("*") if f.is_file()), folder)


def test_the_course_is_graded_by_what_lies_elsewhere(apart, box):
    course, site = apart
    before = state(site)
    shutil.copytree(bubblewrap.fonts(), course / ".autograders" / "fonts")
    below = course / "notebooks"
    ours = [sys.executable, "-m", "autograders"]
    done = run(apart, *ours, "release", "initialization", cwd=below)
    assert done.returncode == 0, done.stderr
    submitted = course / "submitted" / "ada"
    shutil.copytree(course / "release" / "initialization", submitted / "initialization")
    done = run(apart, *ours, "grade", "initialization", "--workers", "1", cwd=submitted)
    assert done.returncode == 0, done.stderr
    assert "initialization: 1 graded" in done.stdout
    assert (course / "gradebook.db").is_file()
    assert not (course / "build").exists()
    done = run(apart, "nbgrader", "autograde", "initialization", "--force", cwd=course)
    assert done.returncode == 0, done.stderr
    assert state(site) == before


IMPORT = """
import json, os, pkgutil, signal, sys, warnings, logging
import numpy, matplotlib, nbgrader.apps, nbgrader.converters, nbgrader.exchange, sqlalchemy, IPython
import sklearn, pebble, tqdm.auto, distributed  # what they do at import is theirs
from nbgrader.converters import Autograde, GenerateAssignment

def state():
    return [
        list(sys.path), dict(os.environ), list(map(str, warnings.filters)),
        sys.excepthook is sys.__excepthook__,
        [str(signal.getsignal(n)) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)],
        str(Autograde.convert_notebooks), str(Autograde.init_notebooks),
        str(GenerateAssignment.convert_notebooks), os.getcwd(), str(numpy.geterr()),
        list(map(str, sys.meta_path)), logging.getLogger().handlers,
    ]

before = state()
import autograders
LEFT = ("autograders.grading.preload", "autograders.__main__")
for module in pkgutil.walk_packages(autograders.__path__, "autograders."):
    if module.name not in LEFT and "content" not in module.name and ".box" not in module.name:
        __import__(module.name)
for now, then in zip(state(), before):
    if now != then:
        sys.exit(f"{then} became {now}")
"""


def test_whoever_imports_it_is_left_alone(slow):
    process = subprocess.run(
        [sys.executable, "-c", IMPORT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr


def test_this_course_brings_it_along():
    assert pathlib.Path(autograders.__file__).parent.parent == ROOT
    assert autograders.CACHE == ROOT / "build"
