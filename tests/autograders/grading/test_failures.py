"""What fails costs the hand-ins it hits, and a line each; the class goes on."""

import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import nbformat
import pebble
import psutil
import pytest

from autograders import sample, settings
from autograders.course import lesson
from autograders.grading import rounds, secret, workers
from autograders.sandbox import sanitize
from tests import machine
from tests.outcome import outcome
from tests.small_class import (
    BROKEN,
    FUNCTIONS,
    NAME,
    SOON,
    Adopted,
    answers,
    finish,
    graded,
    hand_ins,
    is_marking,
    start,
    until,
)
from tests.small_class import workers as workers_of

pytestmark = [
    pytest.mark.apart,
    pytest.mark.usefixtures("box"),
    pytest.mark.skipif(sys.platform != "linux", reason="needs what only Linux has"),
]

ALL = [*hand_ins()]
SLOW = "a-slow-one"  # the first in the class
DIED = "grading stopped (the grading process ended; it is out of memory, or was killed)"
BOX_DIED = "grading stopped (the box around the hand-ins ended)"


def grade(course, *arguments, status=1, lines=()):
    """Run the command; hold it to its exit status and to its lines beside the broken hand-in's."""
    process = course.autograders("grade", NAME, "--workers", "1", *arguments)
    return said(process.returncode, process.stdout, process.stderr, status, lines)


def said(code, out, error, status=1, lines=()):
    assert "Traceback" not in out + error
    found = [line for line in error.splitlines() if not line.startswith(f"{BROKEN}, ")]
    assert len(found) == len(lines), error
    for line, wanted in zip(sorted(found), sorted(lines), strict=True):
        assert line.startswith(wanted)
    assert code == status
    return out


def add_slow(course, seconds=5):
    sample.hand_in(
        course.root, SLOW, NAME, answers(FUNCTIONS, f"import time; time.sleep({seconds})")
    )


def without_slow(found):
    """Return an outcome without the slow hand-in."""
    rows = ("submissions", "grades", "comments")
    kept = {key: [row for row in found[key] if row[0] != SLOW] for key in rows}
    files = ("notebooks", "times")
    kept |= {
        key: {path: each for path, each in found[key].items() if not path.startswith(SLOW)}
        for key in files
    }
    return kept


@pytest.mark.parametrize(("victim", "says"), [("worker", DIED), ("box", BOX_DIED)])
def test_a_process_that_dies_costs_its_hand_in_and_no_other(victim, says, course, done):
    add_slow(course)
    with Adopted() as adopted, start(course, "--workers", "1") as process:

        def marking():
            return {box: worker for box, worker in workers_of(process).items() if is_marking(box)}

        ((box, worker),) = until(marking, process).items()
        {"worker": worker, "box": box}[victim].kill()
        out, error = process.communicate()
        assert adopted.left() == []
    said(process.returncode, out, error, lines=[f"{SLOW}, {NAME}: {says}. Nothing of it was saved"])
    assert course.scores(SLOW, NAME) is None
    assert without_slow(outcome(course.root)) == done
    assert list(finish(course)) == [BROKEN]
    assert sum(course.scores(SLOW, NAME).values()) == 16
    assert without_slow(outcome(course.root)) == done


def test_processes_that_die_when_they_begin_cost_no_more_than_what_they_had(course, done):
    """On a busy machine some have begun when they are killed; `Forgetful` stands for none."""
    with Adopted() as adopted, start(course, "--workers", "2") as process:
        main = psutil.Process(process.pid)

        def idle():
            """The forks of the command, before they have boxes."""
            return [each for each in main.children() if each.cmdline() == main.cmdline()]

        assert until(lambda: len(idle()) == 2, process)
        for each in idle():
            each.kill()
        out, error = process.communicate()
        assert adopted.left() == []
    assert process.returncode == 1
    begun = [line for line in error.splitlines() if DIED in line]
    named = [line for line in begun if not line.startswith(f"{BROKEN}, ")]
    assert len(begun) <= 2
    said(process.returncode, out, error, lines=[line.partition(DIED)[0] + DIED for line in named])
    if begun:
        finish(course)
    assert outcome(course.root) == done


class Forgetful:
    """A pool that gives up while it takes tasks: their futures never fail."""

    def __init__(self, takes):
        self.takes, self.futures, self.began = takes, [], False

    @property
    def active(self):
        began, self.began = self.began, True
        return not began

    def schedule(self, function, args):
        if len(self.futures) == self.takes:
            raise RuntimeError("The Pool is not active")
        self.futures.append(Future())
        return self.futures[-1]

    def stop(self):
        """There are no processes."""

    join = stop


@pytest.mark.parametrize("takes", [1, 5])
def test_what_a_pool_forgets_is_graded_again(takes, course, done, monkeypatch):
    """It gives up before the next hand-in is given to it, or when all that it has room for is."""
    forgetful, look, looks = Forgetful(takes), workers._Processes.look, []
    pools = iter([lambda **options: forgetful, pebble.ProcessPool])

    def counted(processes):
        looks.append(processes._pool)
        assert looks.count(forgetful) < 3 and len(looks) < SOON, "it waits for ever"
        look(processes)

    monkeypatch.setattr(workers._Processes, "look", counted)
    monkeypatch.setattr(workers._Processes, "look_every", 0.5)
    monkeypatch.setattr(pebble, "ProcessPool", lambda **options: next(pools)(**options))
    (course.root / "nbgrader_config.py").unlink()  # it would put this copy of the code first
    graded_by = rounds.grade(settings.api(course.root), NAME, count=2)
    problems = {student: problem for _, student, problem in graded_by if problem}
    assert len(forgetful.futures) == takes
    assert {type(future.exception(0)) for future in forgetful.futures} == {BrokenProcessPool}
    assert list(problems) == [BROKEN]
    assert outcome(course.root) == done


def test_a_full_disk_names_those_it_hit(course, done):
    """A disk on which one large notebook has no room: a limit on the size of files."""
    notebook = lesson.read(lesson.path(NAME))
    (explore, *_) = [cell for cell in notebook.cells if lesson.is_explore(cell)]
    picture = "iVBORw0KGgoA" + "A" * (sanitize.LARGEST_PICTURE - 12)
    output = nbformat.v4.new_output("display_data", {"image/png": picture})

    def with_pictures(notebook, _):
        (cell,) = [cell for cell in notebook.cells if cell.id == explore.id]
        cell.outputs = [output] * 8

    sample.hand_in(course.root, SLOW, NAME, with_pictures)
    limited = ["prlimit", "--fsize=9000000:unlimited"]
    with start(course, before=limited) as process:
        out, error = process.communicate()
    wanted = f"{SLOW}, {NAME}: what was graded could not be saved (OSError: [Errno 27]"
    said(process.returncode, out, error, lines=[wanted])
    assert without_slow(outcome(course.root)) == done
    assert not (course.root / "autograded" / SLOW / NAME).exists()
    finish(course)
    assert (course.root / "autograded" / SLOW / NAME / f"{NAME}.ipynb").stat().st_size > 9_000_000


def mounted(folder, size):
    """Mount a small disk in memory on a folder, where the machine lets one."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    problem = f"a small disk cannot be mounted here: {done.stderr.strip()}"
    machine.need(problem if done.returncode else None)


@pytest.mark.parametrize("what", ["autograded", "gradebook"])
def test_a_disk_that_fills_up(what, course, done, tmp_path):
    disk = course.root / "autograded" if what == "autograded" else tmp_path / "disk"
    mounted(disk, "150k" if what == "autograded" else "2m")
    try:
        if what == "gradebook":
            shutil.copy(course.root / "gradebook.db", disk)
            url = f"sqlite:///{disk}/gradebook.db"
            with (course.root / "nbgrader_config.py").open("a") as file:
                file.write(f"c.CourseDirectory.db_url = {url!r}\n")
            filler = (disk / "filler").open("wb", buffering=0)
            with filler, pytest.raises(OSError, match="No space left"):
                while True:
                    filler.write(b"\0" * 4096)
        process = course.autograders("grade", NAME, "--workers", "1")
        assert process.returncode == 1
        assert "Traceback" not in process.stdout + process.stderr
        lines = [x for x in process.stderr.splitlines() if not x.startswith(f"{BROKEN}, ")]
        if what == "autograded":
            assert 0 < len(lines) < len(ALL)
            assert all("could not be saved (OSError: [Errno 28]" in line for line in lines)
        else:
            assert lines
            assert all("full" in line or "disk" in line for line in lines), lines
        (disk / "filler").unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
        finish(course)
        assert outcome(course.root, url if what == "gradebook" else None) == done
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def locked(course):
    """Another process's writing transaction on the gradebook."""
    connection = sqlite3.connect(course.root / "gradebook.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_a_gradebook_that_stays_locked_is_named_for_each(course, locked, done):
    with (course.root / "nbgrader_config.py").open("a") as file:
        url = f"sqlite:///{course.root}/gradebook.db?timeout=0.2"
        file.write(f"c.CourseDirectory.db_url = {url!r}\n")
    says = "what was graded could not be saved (InvalidEntry: (sqlite3.OperationalError) database"
    grade(course, lines=[f"{student}, {NAME}: {says} is locked" for student in ALL])
    locked.rollback()
    finish(course)
    assert outcome(course.root) == done


def test_a_gradebook_that_is_locked_for_a_while_is_waited_for(course, locked, done):
    with start(course) as process:
        assert until(lambda: any(map(is_marking, workers_of(process))), process)
        # all that can be marked while the first of them waits is marked by now
        assert until(lambda: not any(map(is_marking, workers_of(process))), process)
        assert graded(course) == 0
        locked.rollback()
        out, error = process.communicate()
    said(process.returncode, out, error)
    assert outcome(course.root) == done


def test_a_gradebook_that_is_none(course):
    (course.root / "gradebook.db").write_bytes(b"no database" * 1000)
    process = course.autograders("grade", NAME)
    (line,) = process.stderr.splitlines()
    assert line.startswith("The gradebook cannot be used (DatabaseError: ")
    assert process.returncode == 1


def test_hand_ins_that_may_not_be_read_are_named(course, done):
    """As a user who is no superuser: one who is may read everything."""
    submitted = course.root / "submitted"
    places = {
        "a-file": f"{NAME}/{NAME}.ipynb",
        "b-folder": NAME,
        "c-student": "",
    }
    for student, place in places.items():
        sample.hand_in(course.root, student, NAME, answers(FUNCTIONS))
        (submitted / student / place).chmod(0)
    try:
        limited = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
        with start(course, before=limited if os.getuid() == 0 else ()) as process:
            out, error = process.communicate()
    finally:
        for student, place in places.items():
            (submitted / student / place).chmod(0o755)
    wanted = {"a-file": f"{NAME}.ipynb", "b-folder": "the folder", "c-student": "the folder"}
    lines = [f"{s}, {NAME}: {w} cannot be read (Permission denied)." for s, w in wanted.items()]
    said(process.returncode, out, error, lines=lines)
    assert outcome(course.root) == done


@pytest.mark.parametrize(
    ("text", "reason"),
    [("c.CourseDirectory.db_url = ", "SyntaxError"), ("1 / 0", "ZeroDivisionError")],
)
def test_settings_that_cannot_be_used_are_one_line(text, reason, course):
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(text + "\n")
    process = course.autograders("grade", NAME)
    (line,) = process.stderr.splitlines()
    assert line.startswith(f"{course.root}/nbgrader_config.py cannot be used ({reason}: ")
    assert process.returncode == 1


def test_the_engine_that_the_course_sets_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", sys.path[:])
    (tmp_path / "nbgrader_config.py").write_text("c.Judge.engine = 'kernel'\n")
    secret.read(tmp_path)
    assert settings.api(tmp_path).config.Judge.engine == "kernel"
    assert settings.api(tmp_path, "fork").config.Judge.engine == "fork"
    assert "engine" not in settings.api(pathlib.Path(tmp_path / "elsewhere")).config.Judge
