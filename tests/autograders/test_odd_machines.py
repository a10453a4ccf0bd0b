"""Commands work without a home, in any folder and locale, under any umask, and from cron."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from autograders import Refused, startup
from autograders.course.catalogue import EXERCISES
from autograders.sandbox import bubblewrap
from tests import endure, odd
from tests.course import Course
from tests.hostile import box as trial

pytestmark = pytest.mark.usefixtures("box")

FOLDER = "Kurs für den Frühling 春"
NAME = "initialization"
DONE = ["initialize_parameters_zeros"]
NOBODYS = 54321
"""A number that no account has."""

PATH = "PATH=/usr/bin:/bin"
STRICT = ["sh", "-c", 'umask 077; exec "$@"', "sh"]
NO_PROGRAMS_IN_TMP = odd.mounted("mount --bind /tmp /tmp; mount -o remount,bind,noexec /tmp")
CRON = ["setsid", "--wait"]


class Machine:
    """A course of nobody's on a machine that lacks something.

    Parameters
    ----------
    folder : pathlib.Path
        Its course is made below.
    before : list of str
        What comes before a command.
    variables : list of str
        The only ones that it has, but PATH. ``{folder}`` stands for the course's.
    number : int
        Whose command it is.
    """

    def __init__(self, folder, before=(), variables=(), number=NOBODYS):
        odd.need_root()
        self.course = Course(folder / FOLDER)
        self._before, self._variables, self._number = before, variables, number
        shutil.copytree(bubblewrap.fonts(), self.course.root / "build" / "fonts")
        self.own()

    def own(self):
        """Give the course to whose commands they are."""
        owner = f"{self._number}:{self._number}"
        subprocess.run(["chown", "-hR", owner, self.course.root], check=True)

    def command(self, *arguments, module="autograders"):
        """Return the whole command line for one of ours, or of nbgrader's."""
        variables = [each.format(folder=self.course.root) for each in self._variables]
        alone = ["env", "-i", PATH, *variables, sys.executable, "-m", module]
        return [*odd.reach(), *self._before, *odd.user(self._number), *alone, *arguments]

    def run(self, *arguments, module="autograders"):
        """Run one of our commands, or of nbgrader's; return the finished process."""
        return subprocess.run(
            self.command(*arguments, module=module),
            cwd=self.course.root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


ALL_OF_IT = "all-of-it"
MACHINES = {
    ALL_OF_IT: ([*CRON, *NO_PROGRAMS_IN_TMP, *STRICT], ["LANG=C"]),
    "home-of-another": ([], ["HOME=/root"]),
    "C": ([], ["HOME={folder}", "LC_ALL=C", "PYTHONCOERCECLOCALE=0", "PYTHONUTF8=0"]),
    "home-that-is-not-there": ([], ["HOME=/nonexistent"]),
    "no-home": ([], []),
    "strict-umask": (STRICT, ["HOME={folder}"]),
    "no-programs-in-tmp": (NO_PROGRAMS_IN_TMP, ["HOME={folder}"]),
    "cron": (CRON, ["HOME={folder}"]),
}
"""By day the first three: what lacks all of it lacks a home, and each of the last three things."""


@pytest.fixture(params=endure.first(MACHINES, 3))
def machine(request):
    """One of the machines, with a course on it."""
    folder = trial.new_folder()
    folder.chmod(0o755)
    yield Machine(folder, *MACHINES[request.param])
    shutil.rmtree(folder)


@pytest.fixture
def place():
    """A folder that every user finds."""
    folder = trial.new_folder()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def check_release_and_grade(machine):
    """Hold a machine to what the two commands do on any other."""
    released = machine.run("release", NAME)
    assert (released.stderr, released.returncode) == ("", 0)
    assert released.stdout == f"{NAME}: released in release/{NAME}/\n"
    machine.course.hand_in("ada", NAME, DONE)
    machine.own()
    graded = machine.run("grade")
    assert (graded.stderr, graded.returncode) == ("", 0)
    assert graded.stdout.startswith(f"{NAME}: 1 graded, 0 as before, 0 not graded\n")
    assert machine.course.scores("ada", NAME)["initialize_parameters_zeros"] == 4


def test_release_grade_and_feedback(machine):
    check_release_and_grade(machine)
    process = machine.run("feedback", NAME)
    assert (process.stderr, process.returncode) == ("", 0)
    assert process.stdout == f"{NAME}: 1 new, 0 renewed, 0 as before\n"


@pytest.mark.endure
@pytest.mark.skipif(not endure.WHOLE, reason="it takes a whole class the whole road: at night")
def test_the_whole_road_on_a_machine_that_lacks_all_of_it(place):
    machine = Machine(place, *MACHINES[ALL_OF_IT])
    process = machine.run("demo")
    assert (process.stderr, process.returncode) == ("", 0)
    assert "without the wall" not in process.stdout
    feedback = machine.course.root / "demo" / "feedback"
    assert {file.parent.name for file in feedback.rglob("*.html")} == set(EXERCISES)


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("name", endure.first([ALL_OF_IT, "home-that-is-not-there", "no-home"], 1))
def test_the_course_opens(name, place):
    machine = Machine(place, *MACHINES[name])
    said = []
    with subprocess.Popen(
        machine.command("course"),
        cwd=machine.course.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout:
            said.append(line)
            if "is running at" in line:
                trial.end(process)
    assert "is running at" in "".join(said), said[-3:]
    assert "Traceback" not in "".join(said)


def test_a_read_only_home_keeps_its_settings(place):
    """Whose home cannot be written may have set there where nbgrader's folders are."""
    home = place / "home"
    (home / ".jupyter").mkdir(parents=True)
    setting = 'c = get_config()\nc.CourseDirectory.release_directory = "given-out"\n'
    (home / ".jupyter" / "nbgrader_config.py").write_text(setting)
    before = odd.mounted(f"mount --bind {home} {home}; mount -o remount,bind,ro {home}")
    machine = Machine(place, before, [f"HOME={home}"])
    process = machine.run("release", NAME)
    assert (process.stderr, process.returncode) == ("", 0)
    assert (machine.course.root / "given-out" / NAME / f"{NAME}.ipynb").is_file()


# --- root, whose hand-ins run as another user ---


def test_root_under_a_strict_umask(place):
    """What git and the commands have made is root's alone then, and the box is another user's."""
    machine = Machine(place, STRICT, ["HOME={folder}"], 0)
    shutil.rmtree(machine.course.root / "build")
    subprocess.run(["chmod", "-R", "go=", machine.course.root], check=True)
    check_release_and_grade(machine)
    left = {path.name for path in (machine.course.root / "lab").rglob("*") if _shared(path)}
    assert left - {"__pycache__"} == set()  # what is root's alone stays so
    before = machine.course.gradebook()
    stock = machine.run("autograde", NAME, "--force", module="nbgrader")
    assert stock.returncode == 0, stock.stderr
    assert machine.course.scores("ada", NAME)["initialize_parameters_zeros"] == 4
    assert machine.course.gradebook() == before


def _shared(path):
    return path.stat().st_mode & 0o077


def test_a_python_that_root_alone_can_read_is_named(tmp_path, monkeypatch):
    odd.need_root()
    python = tmp_path / "alone"
    python.mkdir(mode=0o700)
    monkeypatch.setattr(sys, "prefix", str(python))
    with pytest.raises(Refused) as refused:
        bubblewrap.command(bubblewrap.readable(), 0)
    assert f"{python} can be read by root alone" in str(refused.value)
    assert f"`chmod -R go+rX {python}`" in str(refused.value)


# --- what sets it ---


def prepared(monkeypatch, tmp_path, **variables):
    """Return the environment after a process of ours has been prepared in this one."""
    monkeypatch.setattr(startup, "CACHE", tmp_path / "course" / "build")
    monkeypatch.setattr(os, "environ", {"PATH": os.defpath, **variables})
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    startup.prepare()
    return os.environ


def test_a_home_that_can_be_written_is_left_alone(monkeypatch, tmp_path):
    assert prepared(monkeypatch, tmp_path, HOME=str(tmp_path))["HOME"] == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_home_of_its_own_is_for_its_user_alone(monkeypatch, tmp_path):
    home = prepared(monkeypatch, tmp_path, HOME=str(tmp_path / "gone"))["HOME"]
    assert home == str(tmp_path / "course" / "build" / f"home-{os.getuid()}")
    assert os.stat(home).st_mode & 0o777 == 0o700
    # another process of the same user's has the same one
    assert prepared(monkeypatch, tmp_path, HOME=str(tmp_path / "gone"))["HOME"] == home


def test_a_course_that_cannot_be_written_gives_no_home(monkeypatch, tmp_path):
    (tmp_path / "course").write_text("no folder")
    home = prepared(monkeypatch, tmp_path, HOME=str(tmp_path / "gone"))["HOME"]
    assert pathlib.Path(home).is_dir() and not home.startswith(str(tmp_path / "course"))
