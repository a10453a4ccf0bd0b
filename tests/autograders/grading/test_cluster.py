"""Grading on other machines: a real scheduler and real workers, over TCP on this one."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading

import psutil
import pytest

from tests.course import Course, one_line
from tests.outcome import outcome
from tests.small_class import (
    BROKEN,
    NAME,
    finish,
    graded,
    hand_ins,
    is_marking,
    start,
    until,
)

pytestmark = [
    pytest.mark.apart,
    pytest.mark.usefixtures("box", "server"),
    pytest.mark.skipif(sys.platform != "linux", reason="the workers need the wall"),
]


@contextlib.contextmanager
def running(course, *command):
    """Run one of dask's commands as the documentation says, in the folder of a course."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command],
        cwd=course.root,
        env=course.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def elsewhere(tmp_path):
    """The course's code in another folder, without a hand-in: another machine.

    Somebody has opened a notebook there in JupyterLab, which keeps a copy of it.
    """
    course = Course(tmp_path / "elsewhere")
    (course.notebook(NAME).parent / ".ipynb_checkpoints").mkdir()
    copy = course.notebook(NAME).parent / ".ipynb_checkpoints" / f"{NAME}-checkpoint.ipynb"
    copy.write_text("{}")
    return course


@pytest.fixture
def scheduling(elsewhere):
    """A scheduler: its process and its address."""
    file = elsewhere.root / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with running(elsewhere, "scheduler", *options, "--scheduler-file", str(file)) as process:
        assert until(lambda: file.exists() and file.read_text().endswith("}"), process)
        yield process, json.loads(file.read_text())["address"]


@pytest.fixture
def scheduler(scheduling):
    """The address of a scheduler."""
    return scheduling[1]


def worker(course, address):
    options = ["--nthreads", "1", "--no-dashboard", "--no-nanny"]
    return running(course, "worker", address, *options)


def connected(address, count):
    """Wait until so many workers have come."""
    from distributed import Client

    with Client(address) as client:
        client.wait_for_workers(count)


def box_of(process):
    """Return the box below a worker, if it is marking a hand-in."""
    with contextlib.suppress(psutil.Error):
        for each in psutil.Process(process.pid).children():
            if each.name() == "bwrap" and is_marking(each):
                return each
    return None


def test_two_workers_of_which_one_is_killed(course, elsewhere, scheduler, done):
    with worker(elsewhere, scheduler) as first, worker(elsewhere, scheduler):
        connected(scheduler, 2)
        with start(course, "--scheduler", scheduler) as process:
            assert until(lambda: graded(course) >= 2 and box_of(first), process)
            first.kill()
            out, error = process.communicate()
    assert process.returncode == 1
    (line,) = error.splitlines()
    assert line.startswith(f"{BROKEN}, {NAME}: ")
    assert f"{NAME}: {len(hand_ins())} graded, 0 as before, 1 not graded" in out
    assert outcome(course.root) == done


def test_a_scheduler_that_ends_stops_it_with_one_line(course, elsewhere, scheduling, done):
    scheduler, address = scheduling
    with worker(elsewhere, address) as first:
        connected(address, 1)
        with start(course, "--scheduler", address) as process:
            assert until(lambda: graded(course) >= 2 and box_of(first), process)
            scheduler.kill()
            _, error = process.communicate()
    assert process.returncode == 1
    (line,) = [x for x in error.splitlines() if not x.startswith(f"{BROKEN}, ")]
    assert line.startswith(f"The scheduler at {address} does not answer any more.")
    assert list(finish(course)) == [BROKEN]
    assert outcome(course.root) == done


def test_a_class_whose_workers_are_all_gone_waits_for_new_ones_and_says_so(
    course, elsewhere, scheduler, done
):
    with worker(elsewhere, scheduler) as first:
        connected(scheduler, 1)
        process = start(course, "--scheduler", scheduler)
        assert until(lambda: graded(course) >= 2 and box_of(first), process)
        first.kill()
    wanted = f"All workers of {scheduler} are gone. Waiting for new ones"
    in_vain = threading.Timer(60, process.kill)
    in_vain.start()
    assert any(line.startswith(wanted) for line in iter(process.stderr.readline, ""))
    in_vain.cancel()
    with worker(elsewhere, scheduler):
        process.communicate()
    assert process.returncode == 1
    assert outcome(course.root) == done


def test_a_worker_with_threads_marks_one_after_the_other(course, elsewhere, scheduler, done):
    options = ["--nthreads", "3", "--no-dashboard"]
    with running(elsewhere, "worker", scheduler, *options):
        connected(scheduler, 1)
        process = course.autograders("grade", NAME, "--scheduler", scheduler)
    assert len(process.stderr.splitlines()) == 1, process.stderr
    assert outcome(course.root) == done


def test_a_scheduler_without_workers_and_a_worker_with_other_code_are_refused(
    course, elsewhere, scheduler
):
    line = one_line(course.autograders("grade", NAME, "--scheduler", scheduler))
    assert line.startswith(f"The scheduler at {scheduler} has no workers.")
    with (elsewhere.root / "lab" / "judge" / "checks.py").open("a") as file:
        file.write("# an older version\n")
    with worker(elsewhere, scheduler):
        connected(scheduler, 1)
        process = course.autograders("grade", NAME, "--scheduler", scheduler)
    assert process.returncode == 1
    (line,) = [x for x in process.stderr.splitlines() if not x.startswith(f"{BROKEN}, ")]
    assert line.endswith("Bring both to the same state, then start the worker again.")
    assert graded(course) == 0


NOBODY = ("tcp://127.0.0.1:1", "nonsense", "ftp://127.0.0.1:1")
TRACKER = re.compile(r"resource_tracker|^  warnings\.warn\($")
"""What newer Pythons say of three clients that were not closed."""
ASKED_IN_TURN = f"""
import os, sys
from autograders.__main__ import main
from autograders.grading import workers
workers.ANSWERS_WITHIN = 2
for address in {NOBODY}:
    assert main(["grade", "{NAME}", "--scheduler", address]) == 1
sys.stderr.flush()
os._exit(0) # a command asks one address and ends; three clients close late, and say so then
"""


def test_an_address_where_nobody_answers_is_one_line(course):
    process = course.run(sys.executable, "-c", ASKED_IN_TURN)
    assert process.returncode == 0, process.stderr
    said = [line for line in process.stderr.splitlines() if not TRACKER.search(line)]
    for address, line in zip(NOBODY, said, strict=True):
        assert line.startswith(f"No scheduler answers at {address} (")
        assert "dask scheduler" in line
