"""Interpreter and packages: those that the project promises to work with."""

import importlib.metadata
import pathlib
import sys
import tomllib
from collections.abc import Iterable, Mapping

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from autograders.doctor.trouble import Kind, Trouble, Troubles

EXTRA = "grading"


def versions(environment: pathlib.Path | None = None) -> dict[str, str]:
    """Return the packages of an environment, or of this one, by their names in small letters."""
    if environment is None:
        found = importlib.metadata.distributions()
    else:
        folders = [str(each) for each in environment.glob("lib/python*/site-packages")]
        found = importlib.metadata.distributions(path=folders)
    return {_name(each.metadata["Name"] or ""): each.version for each in found}


def interpreter(project: pathlib.Path) -> Troubles:
    """Yield that this Python is not one of those that the project promises."""
    wanted = _project(project)["requires-python"]
    version = ".".join(map(str, sys.version_info[:3]))
    if not SpecifierSet(wanted).contains(version, prereleases=True):
        yield Trouble(Kind.OTHER_PYTHON, {"version": version, "wanted": wanted})


def ours(project: pathlib.Path, there: Mapping[str, str], python: pathlib.Path) -> Troubles:
    """Yield the packages that grading lacks, or has too old."""
    table = _project(project)
    listed = [*table["dependencies"], *table["optional-dependencies"][EXTRA]]
    yield from _lacking(listed, there, python)


def students(project: pathlib.Path, there: Mapping[str, str], python: pathlib.Path) -> Troubles:
    """Yield the packages that students lack, or have too old; and that the answers lie there."""
    table = _project(project)
    nbgrader = [
        each for each in table["optional-dependencies"][EXTRA] if each.startswith("nbgrader")
    ]
    yield from _lacking([*table["dependencies"], *nbgrader], there, python)
    if _name(table["name"]) in there:
        yield Trouble(Kind.ANSWERS_THERE, {"python": python, "name": table["name"]})


def _lacking(listed: Iterable[str], there: Mapping[str, str], python: pathlib.Path) -> Troubles:
    for each in map(Requirement, listed):
        if each.marker and not each.marker.evaluate():
            continue
        fields = {"name": each.name, "wanted": str(each.specifier), "python": python}
        version = there.get(_name(each.name))
        if version is None:
            yield Trouble(Kind.PACKAGE_MISSING, fields)
        elif not each.specifier.contains(version, prereleases=True):
            yield Trouble(Kind.PACKAGE_OLD, {**fields, "version": version})


def _project(file: pathlib.Path) -> dict:
    return tomllib.loads(file.read_text(encoding="utf-8"))["project"]


def _name(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
