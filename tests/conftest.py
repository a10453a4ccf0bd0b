"""What tests ask for: courses, a browser, and the markers that follow from it.

A marker is never set by hand. A test that needs the wall, a kernel, a browser, a server or a
command asks for the fixture of that name, or for one that asks for it; what starts such a
thing without asking fails.
"""

import io
import os
import shlex
import signal
import sys

import pytest

from autograders import demo
from autograders.browser import tab
from autograders.course.catalogue import EXERCISES
from tests import machine, once
from tests.course import Course

MARKERS = ("box", "kernel", "browser", "server", "slow")
APART = "apart"
"""Of tests that share nothing made for their module, so that any worker may take each."""

STARTS = ("subprocess.Popen", "os.posix_spawn", "os.fork", "os.forkpty")
FORGOTTEN = (
    "{test} starts {what}, but asks for none of {markers}. Ask for the fixture that says what it "
    "needs, such as @pytest.mark.usefixtures('slow')."
)


@pytest.fixture(scope="session")
def slow():
    """Say that a test starts commands, or computes for seconds."""


@pytest.fixture(scope="session")
def box():
    """Say that hand-ins are graded behind the wall; a machine without one skips it."""
    machine.need(machine.wall_problem())


@pytest.fixture(scope="session")
def kernel():
    """Say that a Jupyter kernel is started."""


@pytest.fixture(scope="session")
def server():
    """Say that JupyterLab, a database or a scheduler is started."""


@pytest.fixture(scope="session")
def browser():
    """Say that Chromium is started; a machine without one skips it."""
    machine.need_chromium()


@pytest.fixture
def course(tmp_path, slow):
    """A course in which nothing has been done yet."""
    return Course(tmp_path / "course")


@pytest.fixture(scope="session")
def released(tmp_path_factory, slow):
    """The folder of a course that stock nbgrader has released; to be copied, not changed."""

    def make(folder):
        course = Course(folder)
        for assignment in EXERCISES:
            process = course.nbgrader("generate_assignment", assignment)
            assert process.returncode == 0, process.stderr

    return once.folder(tmp_path_factory, "released", make)


@pytest.fixture
def released_course(released, tmp_path):
    """A course that has been released."""
    return Course(tmp_path / "course", released)


@pytest.fixture(scope="session")
def sample_class(tmp_path_factory, box):
    """The folder in which the demo has taken its class the whole road; not to be changed.

    `demo/` is its course; `status` and `said` hold what the command gave and printed.
    """

    def make(folder):
        folder.mkdir()
        out = io.StringIO()
        status = demo.run(folder / "demo", out)
        (folder / "status").write_text(str(status))
        (folder / "said").write_text(out.getvalue(), encoding="utf-8")

    return once.folder(tmp_path_factory, "sample-class", make)


@pytest.fixture(scope="module")
def chromium(browser):
    """A running browser."""
    with tab.browser() as running:
        yield running


# --- markers, and the order of the run ---


def needed(item):
    """Return the markers that follow from a test's fixtures."""
    return [marker for marker in MARKERS if marker in getattr(item, "fixturenames", ())]


def group(item):
    """Return what stays on one worker: a module, or its tests of one value of its GROUP_BY."""
    module, by = (
        item.nodeid.partition("::")[0],
        getattr(getattr(item, "module", None), "GROUP_BY", None),
    )
    callspec = getattr(item, "callspec", None)
    return f"{module}[{callspec.params[by]}]" if callspec and by in callspec.params else module


def turn(item):
    """Return when a test is begun: whole classes, then modules, then single tests, then units."""
    if not needed(item):
        return 3
    if item.get_closest_marker(APART):
        return 2
    return int(not item.nodeid.startswith(("tests/hostile/", "tests/class_day/")))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark each test by what it asks for; let the long ones begin, and keep modules together."""
    for item in items:
        for marker in needed(item):
            item.add_marker(marker)
        if not item.get_closest_marker(APART):
            item.add_marker(pytest.mark.xdist_group(group(item)))
    items.sort(key=turn)


def pytest_xdist_auto_num_workers(config):
    """Use more workers than there are processors: many tests wait for a browser or a kill.

    Units, which are all that is left where some markers are left out, wait for nothing.
    """
    usable = getattr(os, "sched_getaffinity", None)
    processors = len(usable(0)) if usable else os.cpu_count() or 1
    return processors + (1 if config.option.markexpr else 3)


def pytest_configure():
    """Let Ctrl-C reach what tests start, where a shell in the background has it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


_running: list = []


def _started(event, arguments):
    """Stop a test that starts a process and does not say so."""
    if event in STARTS and _running:
        what = arguments[1] if len(arguments) > 1 else "a process"
        what = what if isinstance(what, str) else shlex.join(map(os.fsdecode, what))
        test = _running[-1]
        raise AssertionError(FORGOTTEN.format(test=test, what=what[:80], markers=MARKERS))


sys.addaudithook(_started)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Watch a test that asks for nothing which takes time."""
    if not needed(item):
        _running.append(item.nodeid)
    try:
        return (yield)
    finally:
        _running.clear()
