"""A gradebook of an older nbgrader: one line at the start, and nothing is added to it."""

import os
import sqlite3
import subprocess
import sys
import types

import pytest

from autograders import ROOT, Refused, demo
from autograders.__main__ import main
from autograders.grading import gradebook, rounds
from autograders.settings import api
from tests import small_gradebook
from tests.course import commands_at

SAID = (
    "The gradebook was made by an older nbgrader. Run `python -m autograders backup`, then "
    "`nbgrader db upgrade`, then this command again."
)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The folder of a course with an older gradebook, in which our commands run."""
    small_gradebook.older(tmp_path / "gradebook.db")
    for step in ("submitted", "autograded"):
        (tmp_path / step / "ada" / "dropout").mkdir(parents=True)
    (tmp_path / "autograded" / "ada" / "dropout" / "dropout.ipynb").touch()
    (tmp_path / "nbgrader_config.py").touch()
    commands_at(monkeypatch, tmp_path)
    return tmp_path


def dump(course):
    connection = sqlite3.connect(course / "gradebook.db")
    lines = list(connection.iterdump())
    connection.close()
    return lines


@pytest.mark.parametrize("command", ["release", "grade", "regrade", "feedback", "course"])
def test_each_command_says_so_and_adds_nothing(command, course, capsys, monkeypatch):
    """nbgrader's upgrade stops at a table that a newer nbgrader has added already."""
    before = dump(course)
    monkeypatch.setattr(rounds.workers, "started", None)  # nothing is graded in vain
    assert main([command, str(course) if command == "course" else "dropout"]) == 1
    assert capsys.readouterr().err.splitlines() == [SAID]
    assert dump(course) == before


def test_the_demo_says_so_where_all_courses_have_one_database(course, monkeypatch):
    folder = course / "demo"
    setting = f"\nc.CourseDirectory.db_url = 'sqlite:///{course}/gradebook.db'\n"
    monkeypatch.setattr(demo, "CONFIGURATION", demo.CONFIGURATION + setting)
    with pytest.raises(Refused, match="older nbgrader"):
        demo.run(folder, types.SimpleNamespace(write=lambda text: None, flush=lambda: None))


@pytest.mark.usefixtures("slow")
def test_nbgraders_export_says_so_and_its_upgrade_mends_it(course, tmp_path):
    before, address = dump(course), f"--db=sqlite:///{course}/gradebook.db"

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments, address],
            cwd=ROOT,
            env={**os.environ, "PATH": os.path.dirname(sys.executable)},
            capture_output=True,
            text=True,
            check=False,
        )

    done = run("export", f"--to={tmp_path / 'out.csv'}")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(SAID)
    assert "Traceback" not in done.stderr
    assert dump(course) == before
    assert run("db", "upgrade").returncode == 0
    with gradebook.opened(api(course)) as book:
        assert book.find_submission("dropout", "ada").score == 19


@pytest.mark.parametrize("there", [False, True])
def test_a_gradebook_that_is_not_there_or_is_new_is_in_order(there, tmp_path):
    file = tmp_path / "gradebook.db"
    if there:
        small_gradebook.made(file).close()
    gradebook.check(f"sqlite:///{file}")
    assert file.exists() == there


@pytest.mark.parametrize("url", ["nonsense", "nonsense://nowhere/x", "sqlite:///{folder}"])
def test_what_is_no_gradebook_is_one_line(url, tmp_path):
    with pytest.raises(Refused) as refusal:
        gradebook.check(url.format(folder=tmp_path))
    said = str(refusal.value)
    assert said.startswith("The gradebook cannot be used (")
    assert said.endswith("). Mend that, then run the command again.")
    assert "\n" not in said
