"""The limits on processes and memory hold, whoever starts the grading."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from autograders.sandbox import bubblewrap
from tests.course import Course
from tests.hostile import box

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the wall needs Linux"),
    pytest.mark.usefixtures("box"),
]

PROCESSES, MEMORY = 20, 500_000_000
FORKS = """
import os, signal
count = 0
try:
    while count < 200:
        if os.fork() == 0:
            signal.pause()
        count += 1
except OSError as error:
    print(error.strerror, end="")
"""
COUNT = "print(count, end='')"
AT_ONCE = """
try:
    block = b"x" * 3_000_000_000
except MemoryError:
    print("MemoryError", end="")
"""
OVER_FORKS = """
for _ in range(10):
    if os.fork() == 0:
        block = b"x" * 80_000_000
        signal.pause()
signal.pause()
"""
GRADER = """
import json, os, sys
from autograders.sandbox.launcher import launcher
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Lost

cells, (processes, memory) = json.load(sys.stdin)
launch, said = launcher("fork", Limits(processes=processes, memory=memory)), [os.getuid()]
for cell in cells:
    process = launch()
    try:
        said.append(["".join(each["text"] for each in process.run(part, 60)) for part in cell])
    except Lost as lost:
        said.append(str(lost))
    finally:
        process.close()
print(json.dumps(said))
"""
"""Runs each cell of a list in a process of its own behind the wall; says what came of it."""


@pytest.fixture(scope="module")
def course():
    """A course that belongs to an ordinary user where root runs the tests."""
    folder = box.new_folder()
    made = Course(folder / "course")
    shutil.copytree(bubblewrap.fonts(), made.root / "build" / "fonts", dirs_exist_ok=True)
    box.own(folder)
    yield made
    shutil.rmtree(folder)


def ordinary():
    """Return what comes before a command that an ordinary user is to run."""
    return box.as_user() if os.geteuid() == 0 else []


@pytest.fixture(scope="module", params=["root", "ordinary"])
def said(request, course):
    """What came of the cells: the user's number, forks twice, much at once, much over forks."""
    if request.param == "root" and os.geteuid() != 0:
        pytest.skip("only root can grade as root")
    before = ordinary() if request.param == "ordinary" else []
    forks = [FORKS, COUNT]
    cells = [forks, forks, [AT_ONCE], ["import os, signal", OVER_FORKS]]
    process = subprocess.run(
        [*before, sys.executable, "-c", GRADER],
        cwd=course.root,
        env={**course.environment(), "PYTHONPATH": str(course.root)},
        input=json.dumps([cells, (PROCESSES, MEMORY)]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    user, *found = json.loads(process.stdout)
    assert (user == 0) == (request.param == "root")
    return found


def test_so_many_processes_and_no_more(said):
    error, count = said[0]
    assert error == os.strerror(11)
    assert 10 < int(count) < PROCESSES


def test_the_next_hand_in_may_have_as_many(said):
    assert said[1] == said[0]


def test_a_process_cannot_take_more_memory_than_its_share(said):
    assert said[2] == ["MemoryError"]


def test_the_memory_of_all_processes_counts_together(said):
    assert said[3] == "it used more than 500 MB of memory"
