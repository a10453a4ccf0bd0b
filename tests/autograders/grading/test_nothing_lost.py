"""Nothing graded is lost: the command is killed or stopped at any moment, and run again."""

import itertools
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from autograders import settings
from autograders.grading import rounds, workers
from tests import endure
from tests.outcome import everything, outcome
from tests.small_class import (
    BROKEN,
    NAME,
    Adopted,
    finish,
    graded,
    hand_ins,
    kill_command,
    kill_group,
    start,
    until,
)
from tests.small_class import workers as workers_of

pytestmark = [
    pytest.mark.apart,
    pytest.mark.usefixtures("box"),
    pytest.mark.skipif(sys.platform != "linux", reason="kills what only Linux has"),
]

COUNT = len(hand_ins())
ON_DISK = ("open", "os.mkdir", "os.chmod", "os.rename", "os.remove", "os.rmdir")


def moments(seed, early=5, count=20):
    """Return random moments: how many hand-ins have been graded, and seconds after that."""
    draw = random.Random(seed)
    starting = [(0, round(draw.uniform(0, 2), 2)) for _ in range(early)]
    later = [
        (draw.randint(0, COUNT - 1), round(draw.uniform(0, 0.1), 3)) for _ in range(count - early)
    ]
    return [*starting, *later]


def assert_as_undisturbed(course, undisturbed):
    done, files = undisturbed
    assert list(finish(course)) == [BROKEN]
    assert outcome(course.root) == done
    assert everything(course.root) == files


MOMENTS = [
    (kill.__name__, *moment) for moment in moments(seed=6) for kill in (kill_group, kill_command)
]


@pytest.mark.parametrize(("how", "count", "seconds"), endure.spread(MOMENTS, 3))
def test_killed_at_any_moment(how, count, seconds, course, undisturbed):
    kill = {each.__name__: each for each in (kill_group, kill_command)}[how]
    with Adopted() as adopted, start(course) as process:
        until(lambda: graded(course) >= count, process)
        time.sleep(seconds)
        kill(process)
        process.communicate()
        assert process.returncode == -signal.SIGKILL or graded(course) == COUNT
        assert adopted.left() == []
    assert_as_undisturbed(course, undisturbed)


def killed_at(step, run):
    """Run something in a fork that kills itself at a step of saving; tell whether it came to it."""
    child = os.fork()
    if child == 0:
        steps = itertools.count(1)

        def count(*_):
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def on_disk(name, arguments):
            if name in ON_DISK and "autograded" in str(arguments[0]):
                count()

        try:
            event.listen(Engine, "before_cursor_execute", count)
            event.listen(Engine, "commit", count)
            sys.addaudithook(on_disk)
            run()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.endure
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_each_step_of_saving(course, monkeypatch):
    """Before each statement and commit, and before each change of a file; by day every fourth."""
    api, book = settings.api(course.root), course.root / "gradebook.db"
    grade, kept = workers.grade, []

    def grade_once(task):
        if not kept:
            kept.append(grade(task))
        return kept[0]

    monkeypatch.setattr(workers, "grade", grade_once)

    def run():
        return [problem for *_, problem in rounds.grade(api, NAME, "later", count=0)]

    def fresh():
        for file in course.root.glob("gradebook.db*"):
            file.unlink()
        book.write_bytes(empty)
        shutil.rmtree(course.root / "autograded", ignore_errors=True)

    empty = book.read_bytes()
    assert run() == [None]
    done, files = outcome(course.root), everything(course.root)
    fresh()
    step = 1
    while killed_at(step, run):
        assert run() == [None]
        assert outcome(course.root) == done
        assert everything(course.root) == files
        fresh()
        step += 1 if endure.WHOLE else 4
    assert step > 20


@pytest.mark.parametrize("interrupt", [kill_group, kill_command], ids=["terminal", "signal"])
@pytest.mark.parametrize("count", [0, 2])
def test_stopped_with_ctrl_c(interrupt, count, course, undisturbed):
    """What was graded is saved, and one line says so."""
    with Adopted() as adopted, start(course) as process:
        until(
            lambda: (course.root / "gradebook.db-wal").exists() and graded(course) >= count, process
        )
        interrupt(process, signal.SIGINT)
        out, error = process.communicate()
        assert adopted.left() == []
    lines = [line for line in error.splitlines() if not line.startswith(f"{BROKEN}, {NAME}: ")]
    assert lines == ["Stopped. What was graded is saved; grade again to go on with the rest."]
    assert process.returncode == 130
    assert graded(course) < COUNT
    assert "Traceback" not in out
    done, left = map(
        int, re.match(f"{NAME}: (.*) graded, 0 as before, (.*) not graded", out).groups()
    )
    assert done + left == COUNT + 1
    assert graded(course) - 1 <= done <= graded(course)  # one may be saved and not yet counted
    assert_as_undisturbed(course, undisturbed)


def blocks_ctrl_c(process):
    """Tell whether SIGINT does not reach a process."""
    lines = pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines()
    (mask,) = (int(line.split()[1], 16) for line in lines if line.startswith("SigBlk:"))
    return bool(mask >> (signal.SIGINT - 1) & 1)


def test_ctrl_c_does_not_reach_the_processes_while_they_start(course):
    """Those that are forked ignore Ctrl-C before they begin; one that takes a place imports."""
    with start(course, "--workers", "1") as process:
        (first,) = until(lambda: workers_of(process), process).values()
        assert first.cmdline() == psutil.Process(process.pid).cmdline()
        assert until(lambda: not blocks_ctrl_c(first), process)
        first.kill()
        (second,) = until(lambda: {*workers_of(process).values()} - {first}, process)
        assert until(lambda: not blocks_ctrl_c(second), process)
        assert blocks_ctrl_c(second.parent())
        kill_group(process)


INTERRUPTED = """
import itertools, signal, sys
from autograders.__main__ import main
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import RelationshipProperty

def interrupted(function, calls=itertools.count(1)):
    def call(*arguments, **options):
        if next(calls) == {call}:
            signal.raise_signal(signal.SIGINT)
        return function(*arguments, **options)
    return call

{method} = interrupted({method})
sys.exit(main(["grade", "{name}", "--workers", "1"]))
"""


INTERRUPTIONS = [
    ("RelationshipProperty.do_init", 4),
    ("DefaultDialect.do_execute", 30),
    ("DefaultDialect.do_commit", 1),
    ("RelationshipProperty.do_init", 1),
    ("DefaultDialect.do_execute", 1),
]


@pytest.mark.parametrize(("method", "call"), endure.first(INTERRUPTIONS, 2), ids=str)
def test_ctrl_c_leaves_the_gradebook_usable(method, call, course, undisturbed):
    """SQLAlchemy does not bear being interrupted, so the interruption comes afterwards."""
    code = INTERRUPTED.format(method=method, call=call, name=NAME)
    options = {"cwd": course.root, "env": course.environment(), "capture_output": True}
    ran = subprocess.run([sys.executable, "-c", code], check=False, text=True, **options)
    lines = [line for line in ran.stderr.splitlines() if not line.startswith(f"{BROKEN}, {NAME}: ")]
    assert lines == ["Stopped. What was graded is saved; grade again to go on with the rest."]
    assert ran.returncode == 130
    assert f"{NAME}: {graded(course)} graded" in ran.stdout
    assert graded(course) < COUNT
    assert_as_undisturbed(course, undisturbed)


def test_a_forced_run_that_is_killed_leaves_what_was_graded(course, undisturbed):
    assert list(finish(course)) == [BROKEN]
    with Adopted() as adopted, start(course, "--force") as process:
        until(lambda: len(list(course.root.glob("autograded/*/.*"))) > 0, process)
        kill_group(process)
        process.communicate()
        assert adopted.left() == []
    assert_as_undisturbed(course, undisturbed)


def test_what_the_gradebook_has_lost_is_graded_again(course, undisturbed):
    """A graded notebook without its scores does not count as graded."""
    empty = (course.root / "gradebook.db").read_bytes()
    assert list(finish(course)) == [BROKEN]
    (course.root / "gradebook.db").write_bytes(empty)
    assert_as_undisturbed(course, undisturbed)


def test_killed_stock_autograde_leaves_nothing_in_the_way(course, undisturbed):
    """The next run of nbgrader's command clears what one that was killed had taken in."""
    command = [sys.executable, "-m", "nbgrader", "autograde", NAME, "--student", "student-3"]
    options = {"cwd": course.root, "env": course.environment(), "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **options) as process:
        assert until(lambda: list(course.root.glob(".intake/*/*")), process)
        process.kill()
    assert (course.root / ".intake").exists()
    assert subprocess.run(command, check=False, **options).returncode == 0
    assert not (course.root / ".intake").exists()
    assert sum(course.scores("student-3", NAME).values()) == 16
