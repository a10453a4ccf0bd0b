"""What make says where .venv cannot be made: one line, and nothing half made."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

from autograders import ROOT
from tests import odd

pytestmark = pytest.mark.usefixtures("slow")

TOOLS = ("sh", "dirname", "basename", "env", "date", "cut", "tail", "head", "grep", "rm", "touch")
TOOLS = (*TOOLS, "sed", "cp", "cat", "mkdir", "id")
FITS = '#!/bin/sh\n[ "$1" = -V ] && { echo "Python 3.14.8"; exit; }\n'
"""What stands for an interpreter: it says its version, and then does what is added."""
OLD = '#!/bin/sh\n[ "$1" = -V ] && { echo "Python 3.9.2"; exit; }\nexit 1\n'
MAKES = """\
case "$2" in venv) mkdir -p .venv/bin; cp "$0" .venv/bin/python;; esac
case "$*" in *"pip install"*) echo "$PIP_SAYS" >&2; exit 1;; esac
exit 0
"""


@pytest.fixture
def machine(tmp_path):
    """A function that sets up a course on a machine with these interpreters; gives the process."""
    course, path = tmp_path / "course", tmp_path / "bin"
    (course / ".ci").mkdir(parents=True)
    path.mkdir()
    shutil.copy(ROOT / ".ci" / "setup", course / ".ci")
    (course / "requirements.txt").write_text(
        "# the demo, grading, learning\nx==1\n\n# maintainers\n"
    )
    for tool in TOOLS:
        (path / tool).symlink_to(shutil.which(tool))

    def run(pythons, wanted="", managers=("apt-get",), part="demo", **variables):
        for name, text in {**pythons, **dict.fromkeys(managers, "#!/bin/sh\n")}.items():
            (path / name).write_text(text)
            (path / name).chmod(stat.S_IRWXU)
        return subprocess.run(
            [course / ".ci" / "setup", part, wanted],
            env={"PATH": str(path), **variables},
            capture_output=True,
            text=True,
            check=False,
        ), course

    return run


def refusal(outcome):
    """Return the one line with which it refused, after which nothing half made stays."""
    done, course = outcome
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert not (course / ".venv").exists()
    return line


@pytest.mark.parametrize(
    ("manager", "says"),
    [
        ("apt-get", "apt install python3 python3-venv"),
        ("dnf", "dnf install python3.13"),
        ("pacman", "pacman -S python"),
        ("apk", "apk add python3"),
        ("none", "the installer from python.org"),
    ],
)
def test_without_a_python_it_names_what_this_system_installs(machine, manager, says):
    line = refusal(machine({}, managers=[manager]))
    assert (
        line
        == f"Python 3.11 to 3.15 is needed, and this system has no Python 3. Install it: {says}"
    )


def test_an_old_python_alone_is_refused(machine):
    assert "this system has Python 3.9.2. Install it: " in refusal(machine({"python3": OLD}))


def test_the_newest_that_fits_is_taken_where_python3_does_not(machine):
    pythons = {"python3": OLD, "python3.12": OLD, "python3.13": FITS + MAKES, "python3.11": FITS}
    done, _ = machine(pythons, PIP_SAYS="")
    assert done.stdout.splitlines()[0] == "Setting up .venv with python3.13 (Python 3.14.8) ..."


def test_python3_is_taken_where_it_fits(machine):
    done, _ = machine({"python3": FITS + MAKES, "python3.15": FITS + MAKES}, PIP_SAYS="")
    assert done.stdout.splitlines()[0] == "Setting up .venv with python3 (Python 3.14.8) ..."


def test_the_one_that_is_named_is_taken_or_refused(machine):
    line = refusal(machine({"python3": FITS + MAKES}, "python3.12"))
    assert line.startswith("There is no python3.12 here. Name another one")
    line = refusal(machine({"old": OLD}, "old"))
    assert line.startswith("Python 3.11 to 3.15 is needed, and old is Python 3.9.2.")


def test_without_venv_it_says_what_to_install(machine):
    lacks = FITS + 'case "$*" in *"import venv"*) exit 1;; esac\nexit 0\n'
    line = refusal(machine({"python3": lacks}))
    assert line == "python3 lacks the module venv. On Debian and Ubuntu: apt install python3-venv"


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("SSLError: certificate is not yet valid", "Set its clock, then call make again."),
        ("OSError: [Errno 28] No space left on device", "the disk is full."),
        ("NewConnectionError: Temporary failure in name resolution", "no package index answers."),
        ("ERROR: No matching distribution found for x==1", "no ready-made package of x==1 for"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES",
            "not the one that requirements.txt names",
        ),
        ("something else", "something else The whole log is .venv.log."),
    ],
)
def test_where_pip_fails_it_says_why_in_one_line(machine, said, line):
    found = refusal(machine({"python3": FITS + MAKES}, PIP_SAYS=said))
    assert found.startswith("Setting up .venv failed: ")
    assert line in found


def test_a_part_is_added_and_nothing_is_made_anew(machine):
    """What is there stays, also where the second part cannot be had."""
    works = FITS + MAKES.replace('echo "$PIP_SAYS" >&2; exit 1', "exit 0")
    done, course = machine({"python3": works})
    assert done.returncode == 0, done.stderr
    assert (course / ".venv" / ".demo").exists()
    (course / ".venv" / "kept").touch()
    (course / ".venv" / "bin" / "python").write_text(FITS + MAKES)
    again = subprocess.run(
        [course / ".ci" / "setup", "all"],
        env={"PATH": os.environ["PATH"], "PIP_SAYS": "broken"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode != 0
    assert (course / ".venv" / "kept").exists()
    assert not (course / ".venv" / ".all").exists()


@pytest.mark.parametrize(
    ("part", "compiles"),
    [("demo", ".ci/bytecode.py"), ("all", "-m compileall -q .venv/lib")],
)
def test_bytecode_is_written_of_what_is_run_and_hinders_nothing(machine, part, compiles, tmp_path):
    """Maintainers' tests start many processes, which import what a run does not."""
    said = tmp_path / "said"
    notes = FITS + f'echo "$*" >> {said}\n' + MAKES.replace("exit 1", "exit 0")
    fails = notes.replace(
        "exit 0\n", 'case "$*" in *bytecode*|*compileall*) exit 1;; esac\nexit 0\n'
    )
    done, course = machine({"python3": fails}, part=part)
    assert (done.returncode, done.stderr) == (0, "")
    assert (course / ".venv" / f".{part}").exists()
    calls = said.read_text().splitlines()
    assert [call for call in calls if "bytecode" in call or "compileall" in call] == [compiles]
    assert all("--no-compile" in call for call in calls if "pip install" in call)


BOX = """
import os, shutil, sys
sys.path.insert(0, {ci!r})
import bytecode
bytecode.load()
loaded = set(sys.modules)
from autograders.sandbox.box import parent, shell
shutil.copytree = lambda *places, **options: None  # into the box, which this is not
parent._import_everything()
shell.build()
sys.stderr.write(" ".join(sorted(set(sys.modules) - loaded - sys.stdlib_module_names)))
"""


def test_a_box_imports_only_what_has_been_compiled(tmp_path):
    """It cannot write, and would compile it again for every class."""
    code = BOX.format(ci=str(ROOT / ".ci"))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""


def test_what_root_makes_can_be_read_by_the_box_whatever_the_umask(machine):
    """Which is another user's."""
    odd.need_root()
    before = os.umask(0o077)
    try:
        _, course = machine({"python3": FITS + MAKES.replace("exit 1", "exit 0")})
    finally:
        os.umask(before)
    made = {course / ".venv", *(course / ".venv").rglob("*")} - {course / ".venv/bin/python"}
    assert len(made) > 2
    assert [path for path in made if not path.stat().st_mode & stat.S_IROTH] == []


def test_this_python_is_one_that_fits():
    code = next(
        line.partition("'")[2].rpartition("'")[0]
        for line in (ROOT / ".ci" / "setup").read_text(encoding="utf-8").splitlines()
        if line.startswith("fits=")
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
