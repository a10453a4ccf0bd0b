"""Eight small hand-ins of one assignment, for tests that stop, starve or kill their grading."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import psutil

from autograders import sample, settings
from autograders.course import lesson, reference
from autograders.course.catalogue import EXERCISES
from autograders.grading import rounds
from autograders.sandbox import bubblewrap
from tests.course import Course

NAME = "initialization"
FUNCTIONS = [exercise.name for exercise in EXERCISES[NAME]]
BROKEN = "broken"
SOON = 120  # seconds after which a process that should have ended never will
PR_SET_CHILD_SUBREAPER = 36


def answers(functions, first=""):
    """Return how to change a notebook: these functions answered, and a cell before all others."""
    codes = {function: reference.source(NAME, function) for function in functions}

    def change(notebook, _):
        for cell in notebook.cells:
            cell.source = codes.get(lesson.grade_id(cell), cell.source)
        if first:
            notebook.cells.insert(0, nbformat.v4.new_code_cell(first))

    return change


def hand_ins():
    """Return the changes of seven hand-ins by student; the eighth is no notebook.

    The number of a student is that of the functions which are answered.
    """
    students = {
        f"student-{count}": answers(FUNCTIONS[:count]) for count in range(len(FUNCTIONS) + 1)
    }
    students["scratch-cell"] = answers(FUNCTIONS, "1 / 0")
    students["on-time"] = students["later"] = answers(FUNCTIONS)
    return students


def released(root):
    """Return a new course in which the assignment has been released."""
    course = Course(root)
    shutil.copytree(bubblewrap.fonts(), course.root / "build" / "fonts")
    (course.root / ".course_secret").write_text("5e" * 32 + "\n")
    process = course.autograders("release", NAME)
    assert process.returncode == 0, process.stderr
    return course


def handed_in(root):
    """Return a new course with the release and the eight hand-ins."""
    course = released(root)
    for student, change in hand_ins().items():
        sample.hand_in(course.root, student, NAME, change)
    for student, hour in (("on-time", 9), ("later", 18)):
        file = course.root / "submitted" / student / NAME / "timestamp.txt"
        file.write_text(f"2024-05-02 {hour:02}:00:00 UTC")
    folder = course.root / "submitted" / BROKEN / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text("{")
    return course


def start(course, *arguments, before=()):
    """Start the grading command in a process group of its own."""
    return subprocess.Popen(
        [*before, sys.executable, "-m", "autograders", "grade", NAME, *arguments],
        cwd=course.root,
        env=course.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(course):
    """Grade what is left, in this process; return the problems by student."""
    found = rounds.grade(settings.api(course.root), NAME, count=0)
    return {student: problem for _, student, problem in found if problem}


def kill_command(process, number=signal.SIGKILL):
    """Send a signal to the command's own process alone."""
    process.send_signal(number)


def kill_group(process, number=signal.SIGKILL):
    """Send a signal to the command's whole process group, as a terminal does."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def graded(course):
    """Return how many hand-ins have been graded and written."""
    return len(list(course.root.glob(f"autograded/*/{NAME}")))


def until(condition, process):
    """Wait until a condition holds, or the process has ended; return what it gives then."""
    while not (found := condition()):
        if process.poll() is not None:
            return condition()
        time.sleep(0.002)
    return found


def workers(process):
    """Return the processes below the command that have a box, by the box's process."""
    found = {}
    with contextlib.suppress(psutil.Error):
        below = psutil.Process(process.pid).children(recursive=True)
        for each in below:
            with contextlib.suppress(psutil.Error):
                parent = each.parent()
                # a box whose worker has just ended has init for its parent
                if each.name() == "bwrap" and parent in below and parent.name() != "bwrap":
                    found[each] = parent
    return found


def is_marking(box):
    """Tell whether a hand-in's processes run in a box: its first one, and its own."""
    with contextlib.suppress(psutil.Error):
        return len(box.children(recursive=True)) >= 4
    return False


class Adopted:
    """Whatever the commands in its ``with`` block start, also when their parents have ended."""

    def __enter__(self):
        self._adopt(1)
        self._before = set(psutil.Process().children(recursive=True))
        return self

    def __exit__(self, *exception):
        self._adopt(0)

    def left(self):
        """Return those that do not end by themselves."""
        end = time.monotonic() + SOON
        while time.monotonic() < end:
            now = set(psutil.Process().children(recursive=True)) - self._before
            if not now:
                return []
            psutil.wait_procs(now, timeout=0.05)
        return [" ".join(each.cmdline()) for each in now]

    @staticmethod
    def _adopt(on):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, on, 0, 0, 0)
