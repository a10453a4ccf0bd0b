"""The machinery as a wheel: no content in it, and any nbgrader course is graded by it."""

import ast
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile

import pytest

from autograders import ROOT, digest
from tests.stock_course import NAME, SAME, StockCourse

pytestmark = pytest.mark.usefixtures("slow")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FOR_AUTHORS = ("latex2mathml",)
"""What only rooms import that are not in the wheel."""
ENGINE = tomllib.loads((ROOT / "engine" / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the repository."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT / "engine", check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_it_asks_for_what_grading_asks_for():
    wanted = [line for line in PROJECT["dependencies"] if line.startswith("numpy")]
    wanted += PROJECT["optional-dependencies"]["grading"]
    assert sorted(ENGINE["dependencies"]) == sorted(
        line for line in wanted if not line.startswith(FOR_AUTHORS)
    )
    assert ENGINE["version"] == PROJECT["version"]
    assert ENGINE["requires-python"] == PROJECT["requires-python"]


def test_it_holds_no_content_and_one_name(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"autograders", f"autograders-{ENGINE['version']}.dist-info"}
    inside = {name.split("/")[1] for name in names if name.startswith("autograders/")}
    assert not inside & {"content", "authoring", "browser", "demo.py", "sample.py"}
    assert not [name for name in names if "examples/" in name or "results/" in name]


def test_nothing_in_it_imports_a_package_called_lab(wheel):
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            if not name.endswith(".py"):
                continue
            for node in ast.walk(ast.parse(packed.read(name))):
                if isinstance(node, ast.Import):
                    assert not [a.name for a in node.names if a.name.split(".")[0] == "lab"], name
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    assert node.module.split(".")[0] not in ("lab", "source_ref"), name


def state(folder):
    """Return a digest of all that lies in a folder."""
    return digest(sorted(f for f in folder.rglob("*") if f.is_file()), folder)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A new environment with the wheel in it; the packages that it needs are this one's."""
    folder = tmp_path_factory.mktemp("environment")
    folder.chmod(0o755)  # or root's box could not read it
    venv.create(folder, with_pip=False, symlinks=True)
    (site,) = folder.glob("lib/python3*/site-packages")
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return folder


def run(installed, *command, cwd):
    """Run a Python command of the environment; return the finished process."""
    tools = os.path.dirname(sys.executable)  # nbgrader calls alembic by its name
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {
        "PATH": tools + os.pathsep + os.environ["PATH"],
        "JUPYTER_CONFIG_DIR": str(installed / ".jupyter"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [installed / "bin" / "python", *command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_any_course_is_graded_by_it(installed, tmp_path, box):
    (package,) = installed.glob("lib/python3*/site-packages/autograders")
    before = state(package)
    course = StockCourse(tmp_path / "course")
    (course.root / "lab").mkdir()
    (course.root / "lab" / "__init__.py").write_text("raise ImportError('not that one')\n")
    done = run(installed, "-m", "nbgrader", "generate_assignment", NAME, cwd=course.root)
    assert done.returncode == 0, done.stderr
    for student in ("right", "half"):
        course.hand_in(student, SAME[student])
    done = run(installed, "-m", "autograders", "grade", cwd=course.root / "submitted")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{NAME}: 2 graded, 0 as before, 0 not graded\n"
    done = run(installed, "-m", "nbgrader", "autograde", NAME, cwd=course.root)
    assert done.returncode == 0, done.stderr
    assert course.scores()["half"]["test_squares"] == [2.0, False]
    assert state(package) == before


@pytest.mark.parametrize(
    ("settings", "says"),
    [(None, "is in no course"), ("c = get_config()\n", "Add two lines at its end")],
)
def test_what_is_missing_is_said_in_one_line(installed, tmp_path, settings, says):
    if settings:
        (tmp_path / "nbgrader_config.py").write_text(settings)
    done = run(installed, "-m", "autograders", "grade", cwd=tmp_path)
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_command_for_other_courses_says_so(installed, tmp_path):
    course = StockCourse(tmp_path / "course")
    done = run(installed, "-m", "autograders", "release", cwd=course.root)
    assert done.returncode == 1
    assert "for all else there is nbgrader's own command" in done.stderr


def test_a_script_of_its_own_stands_in_it(wheel):
    with zipfile.ZipFile(wheel) as packed:
        (entry,) = [name for name in packed.namelist() if name.endswith("entry_points.txt")]
        assert b"autograders = autograders.__main__:command" in packed.read(entry)
