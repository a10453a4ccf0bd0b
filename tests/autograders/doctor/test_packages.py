"""Interpreter and packages are held against what pyproject.toml promises."""

import pathlib
import sys

import pytest

from autograders import ROOT
from autograders.doctor import packages
from autograders.doctor.trouble import Kind

PYTHON = pathlib.Path("/hub/bin/python")
PROJECT = """
[project]
name = "a-course"
requires-python = ">=3.11,<3.16"
dependencies = ["numpy>=2.1", "left-out>=1; sys_platform == 'nowhere'"]
[project.optional-dependencies]
grading = ["nbgrader>=0.9.5", "jsonschema>=4.18,<4.25", "Pebble>=5"]
"""
THERE = {"numpy": "2.4.6", "nbgrader": "0.9.6", "jsonschema": "4.24.1", "pebble": "5.2"}


@pytest.fixture
def project(tmp_path):
    file = tmp_path / "pyproject.toml"
    file.write_text(PROJECT)
    return file


def named(troubles):
    return [(each.kind, each.fields["name"]) for each in troubles]


def test_what_is_promised_is_right(project):
    assert named(packages.ours(project, THERE, PYTHON)) == []
    assert named(packages.students(project, THERE, PYTHON)) == []
    assert named(packages.interpreter(project)) == []


def test_what_is_missing_old_or_too_new_is_named(project):
    there = {**THERE, "numpy": "1.26", "jsonschema": "4.25"}
    del there["pebble"]
    assert named(packages.ours(project, there, PYTHON)) == [
        (Kind.PACKAGE_OLD, "numpy"),
        (Kind.PACKAGE_OLD, "jsonschema"),
        (Kind.PACKAGE_MISSING, "Pebble"),
    ]


def test_students_need_no_judge_and_must_not_have_the_answers(project):
    there = {"numpy": "2.1", "nbgrader": "0.9.5"}
    assert named(packages.students(project, there, PYTHON)) == []
    found = packages.students(project, {**there, "a-course": "0.1"}, PYTHON)
    assert named(found) == [(Kind.ANSWERS_THERE, "a-course")]


def test_another_python_is_named(project, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    (trouble,) = packages.interpreter(project)
    assert trouble.kind is Kind.OTHER_PYTHON


def test_packages_of_an_environment_are_read_from_it(tmp_path):
    info = tmp_path / "lib/python3.13/site-packages/Some_Thing-1.5.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: Some_Thing\nVersion: 1.5\n")
    assert packages.versions(tmp_path) == {"some-thing": "1.5"}


def test_this_environment_is_in_order():
    assert list(packages.ours(ROOT / "pyproject.toml", packages.versions(), PYTHON)) == []
    assert list(packages.interpreter(ROOT / "pyproject.toml")) == []
