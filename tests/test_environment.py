"""The files that set up an environment name the same packages, and build what they should."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest
import yaml
from packaging.markers import default_environment
from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from rattler import MatchSpec

from autograders import ROOT

pytestmark = pytest.mark.usefixtures("slow")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME = PROJECT["name"]
SETUP = (ROOT / ".ci" / "setup").read_text(encoding="utf-8")
EXTRAS = PROJECT["optional-dependencies"]
ENVIRONMENTS = {"environment.yml": "instructor", "lab/environment.yml": "student"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
MINORS_AROUND = ("3.10", *PYTHONS, "3.16")
PLATFORMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


def requirements(*extras):
    """Return what the project and these extras of it ask for, extras of extras included."""
    found, waiting = [], [*PROJECT["dependencies"]]
    waiting += [line for extra in extras for line in EXTRAS[extra]]
    for line in waiting:
        requirement = Requirement(line)
        if requirement.name == NAME:
            waiting += [line for extra in sorted(requirement.extras) for line in EXTRAS[extra]]
        else:
            found.append(requirement)
    return found


def conda_entries(file):
    """Return the entries for conda and those for pip."""
    content = yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))
    assert content["channels"] == ["conda-forge"]
    entries = content["dependencies"]
    pip = [line for entry in entries if isinstance(entry, dict) for line in entry["pip"]]
    return [entry for entry in entries if isinstance(entry, str)], pip


@pytest.mark.parametrize("file", ENVIRONMENTS)
def test_every_entry_is_a_spec_that_conda_can_read(file):
    """Read, no more: whether the channels can solve them together needs the channels."""
    entries, _ = conda_entries(file)
    for entry in entries:
        spec = MatchSpec(entry, strict=True)
        name, _, version = entry.partition(" ")
        assert spec.name.normalized == name
        assert (spec.version or "") == version


def test_the_reader_of_specs_refuses_what_is_none():
    for entry in ("numpy >=>2.1", "numpy >=2.1;", "scikit-learn >=1.5.2."):
        with pytest.raises(Exception, match=r"version|build string"):
            MatchSpec(entry, strict=True)


@pytest.mark.parametrize("file", ENVIRONMENTS)
def test_names_and_lower_bounds_are_those_of_pyproject(file):
    asked = {each.name: str(each.specifier) for each in requirements(*EXTRAS)}
    entries = dict(entry.partition(" ")[::2] for entry in conda_entries(file)[0])
    python = entries.pop("python")
    assert SpecifierSet(python) == SpecifierSet(PROJECT["requires-python"])
    if ENVIRONMENTS[file] == "instructor":
        assert entries.pop("pip") == ""
    assert {name: asked[name] for name in entries} == entries
    assert all(bound.startswith(">=") for bound in entries.values())


def test_the_student_gets_the_dependencies_and_the_instructor_the_project_too():
    of_project = {each.name for each in requirements()}
    student, pip = conda_entries("lab/environment.yml")
    assert {entry.split()[0] for entry in student} == {"python", *of_project}
    assert pip == []
    instructor, pip = conda_entries("environment.yml")
    assert {entry.split()[0] for entry in instructor} == {
        *("python", "pip", "nbgrader", "nbval"),
        *of_project,
    }
    # what grading needs and conda does not bring comes with the project
    assert pip == ["-e .[grading]"]


def test_one_range_of_pythons_everywhere():
    requires = SpecifierSet(PROJECT["requires-python"])
    setup = re.search(r"\((\d+), (\d+)\) <= sys.version_info\[:2\] < \((\d+), (\d+)\)", SETUP)
    low, high = tuple(map(int, setup.groups()[:2])), tuple(map(int, setup.groups()[2:]))
    for minor in MINORS_AROUND:
        right = minor in PYTHONS
        for patch in ("0", "7"):
            assert requires.contains(f"{minor}.{patch}") == right
        assert (low <= tuple(map(int, minor.split("."))) < high) == right
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tools["mypy"]["python_version"] == PYTHONS[0]
    assert tools["ruff"]["target-version"] == "py" + PYTHONS[0].replace(".", "")
    classified = [line.rpartition(" ")[2] for line in PROJECT["classifiers"]]
    assert classified == list(PYTHONS)
    newest = [f"python{minor}" for minor in reversed(PYTHONS)]
    assert f"for python in python3 {' '.join(newest)}; do" in SETUP


def locked(part=None):
    """Return the requirements of the lock, or of one of its parts, each with its hashes."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    if part is not None:
        text = text.partition(part + "\n")[2].partition("\n#")[0]
    lines = re.sub(r"\\\n", " ", text).splitlines()
    pairs = []
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        requirement, *hashes = re.split(r"\s+--hash=", line)
        pairs.append((Requirement(requirement), hashes))
    return pairs


def test_every_line_of_the_lock_is_pinned_and_hashed_and_names_no_address():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE)
    for requirement, hashes in locked():
        assert requirement.url is None
        assert re.fullmatch(r"==[0-9][0-9a-z.+!]*", str(requirement.specifier))
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes)


def applies(requirement, environment):
    return requirement.marker is None or requirement.marker.evaluate(environment)


def closure(roots, environment):
    """Return the names that these requirements bring, with all that they need.

    What each one needs is read from what is installed here; what another platform
    alone installs is named, but not followed.
    """
    found, waiting = set(), [*roots]
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) in found or not applies(requirement, environment):
            continue
        found.add((name, extras))
        try:
            needs = map(Requirement, importlib.metadata.requires(name) or [])
        except importlib.metadata.PackageNotFoundError:
            continue
        waiting += [
            Requirement(str(need).partition(";")[0])
            for need in needs
            if any(applies(need, {**environment, "extra": extra}) for extra in ("", *extras))
        ]
    return {name for name, _ in found}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_lock_covers_every_dependency_once(platform, python):
    environment = {
        **PLATFORMS[platform],
        "python_version": python,
        "python_full_version": f"{python}.7",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_machine": "arm64" if platform == "macOS" else "x86_64",
        "extra": "",
    }
    pins = {}
    for requirement, _ in locked():
        if applies(requirement, environment):
            name = canonicalize_name(requirement.name)
            assert name not in pins
            pins[name] = str(requirement.specifier).removeprefix("==")
    asked = [each for each in requirements(*EXTRAS) if applies(each, environment)]
    assert len(asked) > 30
    for requirement in asked:
        version = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} but {version}"
    assert closure(asked, environment) <= pins.keys()


DEMO, MAINTAINERS, BUILT = "# the demo, grading, learning", "# maintainers", "# built here"


def names(part):
    return {canonicalize_name(requirement.name) for requirement, _ in locked(part)}


def test_what_the_demo_needs_comes_first_and_is_complete():
    first = names(DEMO)
    assert closure(requirements("grading"), default_environment()) <= first
    assert not first & (names(MAINTAINERS) | names(BUILT))
    assert not first & {"playwright", "cosmic-ray", "mypy", "uv", "py-rattler", "pytest", "ruff"}
    assert len(first) < 0.7 * len(locked())


def test_what_has_no_wheel_is_built_by_the_tool_of_the_lock():
    """pip would fetch another one, without a hash."""
    assert "setuptools" in names(DEMO)
    assert names(BUILT) == {"yattag"}
    assert "--only-binary :all: -r .venv/wanted.txt" in SETUP
    assert "--no-build-isolation -r .venv/built.txt" in SETUP
    assert SETUP.count("--require-hashes") == 1 and SETUP.count("-m pip install") == 1


def imports(room):
    """Return the packages that the modules of a room import, Python's own and ours aside."""
    found = set()
    for file in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"lab", "source_ref", "autograders"}


@pytest.mark.parametrize(
    ("room", "extras"),
    [("lab", ()), ("source_ref", ()), ("autograders", ("grading", "cluster", "maintain"))],
)
def test_what_a_room_imports_comes_with_the_dependencies(room, extras):
    brought = closure(requirements(*extras), default_environment())
    distributions = importlib.metadata.packages_distributions()
    for package in imports(room):
        if package not in distributions and sys.platform != "linux":
            continue  # the walls that grading puts around a hand-in are Linux's
        names = {canonicalize_name(name) for name in distributions[package]}
        assert names & brought, f"{room} imports {package}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel with what is installed here, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr[-2000:]
    (file,) = folder.glob("*.whl")
    return zipfile.ZipFile(file)


def test_the_wheel_holds_the_three_rooms_and_nothing_else(wheel):
    names = wheel.namelist()
    described = f"{NAME.replace('-', '_')}-{PROJECT['version']}.dist-info"
    assert {name.split("/")[0] for name in names} == {
        "lab",
        "source_ref",
        "autograders",
        described,
    }
    packed = {name for name in names if not name.startswith(described)}
    stored = {
        str(file.relative_to(ROOT))
        for room in ("lab", "source_ref", "autograders")
        for file in (ROOT / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert packed == stored


def test_the_wheel_says_what_pyproject_says(wheel):
    (file,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = Metadata.from_email(wheel.read(file), validate=True)
    assert metadata.name == NAME
    assert metadata.requires_python == SpecifierSet(PROJECT["requires-python"])
    plain = [each for each in metadata.requires_dist if "extra ==" not in str(each.marker)]
    assert sorted(map(str, plain)) == sorted(map(str, requirements()))
    assert sorted(metadata.provides_extra) == sorted(EXTRAS)


def test_reading_a_notebook_builds_no_grammar():
    """jsonschema from 4.25 on has one built at each import, which is half of a command's start."""
    code = "import sys, nbformat; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
