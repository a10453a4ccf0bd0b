"""What holds for the repository as a whole: its own files, its rooms, its docstrings."""

import ast
import pathlib
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from autograders import ROOT
from tests.repository import files

ROOMS = ("lab", "source_ref", "autograders", "benchmarks", "tests")
LONGEST_MODULE = 350
LISTS = ("autograders/content/mistakes/", "autograders/content/alternatives/", "tests/")
"""Modules that are read entry by entry, or test by test, may be longer."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = [file for file in files(".py") if file.relative_to(ROOT).parts[0] in ROOMS]
PATHS = re.compile(r"(?<![\w.~])/(root|home/\w+|Users/\w+|work)/")
REGISTRIES = re.compile(r"https?://[\w.-]*(py" + r"pi|pythonhosted|npmjs|conda\.anaconda)[\w./-]*")


def name_of(path):
    """Return a path below the root, as a test's name."""
    return str(path.relative_to(ROOT))


def requirement(minor):
    """Tell whether the project supports a minor version of Python 3."""
    return SpecifierSet(PROJECT["project"]["requires-python"]).contains(f"3.{minor}.5")


def test_the_citation_file_says_what_it_must():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "software"
    assert all(author["name"].strip() for author in citation["authors"])
    assert citation["title"] == PROJECT["project"]["name"]
    assert str(citation["version"]) == PROJECT["project"]["version"]
    assert citation["license"] in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_changelog_has_the_form_that_it_names():
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    versions = [line for line in lines if line.startswith("## ")]
    assert versions[0] == "## [Unreleased]"
    assert all(
        re.fullmatch(r"## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", line) for line in versions[1:]
    )
    kinds = {line for line in lines if line.startswith("### ")}
    assert kinds <= {
        f"### {kind}" for kind in ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
    }


WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
RUNS = {"check": ".ci/run check", "test": ".ci/run", "lowest": ".ci/run lowest"}
NIGHTLY = {"endure": ".ci/run endure", "findings": "findings/run"}


def runs(job):
    """Return what of ours a job of the workflow runs."""
    return [
        step["run"]
        for step in job["steps"]
        if step.get("run", "").startswith((".ci/", "findings/"))
    ]


def test_the_workflow_checks_each_push_and_endures_at_night():
    jobs = WORKFLOW["jobs"]
    assert {name: [command] for name, command in {**RUNS, **NIGHTLY}.items()} == {
        name: runs(job) for name, job in jobs.items()
    }
    for name, job in jobs.items():
        assert 0 < job["timeout-minutes"] <= 240
        assert ("if" in job) == (name in NIGHTLY)
    assert "schedule" in WORKFLOW[True]  # YAML takes the key "on" for a truth value
    assert WORKFLOW["permissions"] == {"contents": "read"}


def test_the_workflow_checks_on_every_supported_python():
    job = WORKFLOW["jobs"]["check"]
    supported = [f"3.{minor}" for minor in range(30) if requirement(minor)]
    assert job["strategy"]["matrix"]["python"] == supported
    assert "${{ matrix.python }}" in job["container"]["image"]
    assert f"python:{supported[0]}-" in WORKFLOW["jobs"]["lowest"]["container"]["image"]


def test_the_workflow_keeps_the_screenshots():
    (kept,) = [
        step
        for step in WORKFLOW["jobs"]["test"]["steps"]
        if step.get("uses", "").startswith("actions/upload-artifact@")
    ]
    assert kept["if"] == "always()"


def test_what_ci_runs_is_a_target_of_make():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in {**RUNS, **NIGHTLY}.values():
        if not command.startswith(".ci/"):
            assert (ROOT / command).is_file()
            continue
        target = command.removeprefix(".ci/run").strip() or "test"
        assert re.search(rf"^{target}: ", makefile, re.M)
    assert 'target="${1:-test}"' in (ROOT / ".ci/run").read_text(encoding="utf-8")


HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("hook", HOOKS["repos"][0]["hooks"], ids=lambda hook: hook["id"])
def test_every_hook_passes(hook):
    program, *rest = hook["entry"].split()
    assert program.startswith(".venv/bin/")
    name = program.removeprefix(".venv/bin/")
    command = [str(pathlib.Path(sys.executable).with_name(name))]
    done = subprocess.run([*command, *rest], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("slow")
def test_codespell_reads_notebooks_but_not_their_pictures(tmp_path):
    """The configuration leaves out what looks like a picture, and nothing else."""
    for line, errors in (('   "image/png": "iVteh/aWqs"', 0), ('    "teh loss\\n"', 1)):
        (tmp_path / "a.ipynb").write_text(line)
        command = [sys.executable, "-m", "codespell_lib", "--toml", str(ROOT / "pyproject.toml")]
        done = subprocess.run(
            [*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert len(done.stdout.splitlines()) == errors, done.stdout + done.stderr


def test_codespell_does_not_read_the_names_of_a_class():
    """A name is no mistake, and what the check prints is not to show who is in the course."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    left_out = settings["tool"]["codespell"]["skip"].split(",")
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {line for line in ignored if line.endswith(".csv")} <= {*left_out}


def test_no_module_is_too_long_to_read_in_one_go():
    lengths = {name_of(file): len(file.read_bytes().splitlines()) for file in MODULES}
    long = {name: length for name, length in lengths.items() if length > LONGEST_MODULE}
    assert [name for name in long if not name.startswith(LISTS)] == []


def public(tree, prefix=""):
    """Yield (name, node) of what a module offers: functions, classes, their methods.

    A method without a docstring in a class with bases may have the base's.
    """
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            inherited = getattr(tree, "bases", []) and not ast.get_docstring(node)
            if not inherited:
                yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{prefix}{node.name}.")


def parameters(node):
    """Return the names of a function's parameters, stars included, but self and cls."""
    stars = [("*", node.args.vararg), ("**", node.args.kwarg)]
    plain = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    named = [name for name in plain if name not in ("self", "cls")]
    return {*named, *(star + each.arg for star, each in stars if each)}


def documented(docstring):
    """Return the names in a docstring's section Parameters, or None where it has none."""
    found = re.search(r"^Parameters\n-{10}\n(.*?)(?=\n\n\w+\n-+\n|\Z)", docstring, re.M | re.S)
    if not found:
        return None
    heads = re.findall(r"^(\*{0,2}\w[\w, *]*?)(?: :.*)?$", found[1], re.M)
    return {name.strip() for head in heads for name in head.split(",")}


def docstring_problems(tree):
    """Yield what is wrong with the docstrings of a module, a line each."""
    if not ast.get_docstring(tree):
        yield "the module has no docstring"
    for name, node in public(tree):
        docstring = ast.get_docstring(node)
        if not docstring:
            yield f"{name} has no docstring"
            continue
        if not docstring.splitlines()[0].endswith((".", "?", "!")):
            yield f"{name}: the first line is no sentence"
        for head, line in re.findall(r"^(\w+)\n(-{3,})$", docstring, re.M):
            if len(head) != len(line):
                yield f"{name}: {head} is not underlined as long as it is"
        if isinstance(node, ast.FunctionDef):
            said = documented(docstring)
            if said is not None and said != parameters(node):
                yield f"{name}: {sorted(said)} are documented, {sorted(parameters(node))} are there"


def test_public_docstrings():
    assert [
        f"{name_of(file)}: {problem}"
        for file in MODULES
        if file.relative_to(ROOT).parts[0] != "tests"
        for problem in docstring_problems(ast.parse(file.read_bytes()))
    ] == []


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ('def f():\n    """Do."""', "the module has no docstring"),
        ('"""A."""\nclass A:\n    """B."""\n    def f(self): pass', "A.f has no docstring"),
        ('"""A."""\ndef f(a):\n    """Do"""', "f: the first line is no sentence"),
        (
            '"""A."""\ndef f(a):\n    """Do.\n\n    Parameters\n    ----------\n    b\n    """',
            "f: ['b'] are documented, ['a'] are there",
        ),
        (
            '"""A."""\ndef f():\n    """Do.\n\n    Returns\n    ---\n    int\n    """',
            "f: Returns is not underlined as long as it is",
        ),
    ],
)
def test_a_bad_docstring_is_found(code, problem):
    assert list(docstring_problems(ast.parse(code))) == [problem]


def leaks(file):
    """Yield what a file tells of a machine or of a package registry."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return  # a picture
    if str(ROOT) in text:
        yield str(ROOT)
    # code may have to name such folders: what attacks ask for, what to look for
    patterns = [REGISTRIES] if file.suffix == ".py" else [REGISTRIES, PATHS]
    yield from (found[0] for pattern in patterns for found in pattern.finditer(text))


def test_no_file_names_this_machine_or_a_registry():
    assert [(name_of(file), leak) for file in files() for leak in leaks(file)] == []


def test_a_leak_is_found(tmp_path):
    file = tmp_path / "a.json"
    registry = "https://py" + "pi.org/simple"
    file.write_text(f'["{ROOT}/b", "/home/me/c", "{registry}", "~/root/x"]')
    assert {str(ROOT), "/home/me/", registry} <= set(leaks(file))
    file.write_text('["~/root/x", "https://example.org/home/me/a", "a/root/b"]')
    assert list(leaks(file)) == []
