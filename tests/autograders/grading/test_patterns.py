"""A course whose path nbgrader takes for a pattern: said at the start, and ours still works."""

import shutil
import sys
import types

import pytest

from autograders import ROOT, Refused, demo, settings
from autograders.__main__ import main
from autograders.commands import doctor
from tests import small_gradebook
from tests.course import Course, commands_at

NAME = "overfitting"


def line(root):
    return (
        f"The path {root} has one of [ ? * in it, and nbgrader finds nothing there: what it does "
        "by itself (release, feedback, formgrader) cannot work. Move the course, or rename that "
        "folder."
    )


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a course with brackets in its path, in which our commands run."""
    folder = tmp_path / "week [1]" / "course"
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").touch()
    small_gradebook.made(folder / "gradebook.db").close()
    commands_at(monkeypatch, folder)
    return folder


@pytest.mark.parametrize("command", ["release", "feedback"])
def test_what_only_nbgrader_can_do_is_not_begun(command, folder, capsys):
    assert main([command, NAME]) == 1
    said, error = capsys.readouterr()
    assert (said, error.splitlines()) == ("", [line(folder)])


OTHERS = {
    **{name: [] for name in ("grade", "regrade", "similarity", "course", "backup")},
    **{name: [] for name in ("report", "roster", "deadline")},
    "collect": ["none.zip"],
    "restore": ["none.tar"],
    "answers": [NAME, "--to", "none.html"],
}


@pytest.mark.parametrize("command", OTHERS)
def test_every_other_command_says_so_once(command, folder, capsys, monkeypatch):
    monkeypatch.setattr("subprocess.call", lambda command, cwd: 0)
    main([command, *(OTHERS[command] or ([str(folder)] if command == "course" else []))])
    assert capsys.readouterr().err.splitlines().count(line(folder)) == 1


def test_doctor_says_so_of_the_folder_and_nowhere_else(folder, capsys, monkeypatch):
    monkeypatch.setattr(doctor, "_wall", lambda: None)
    monkeypatch.setattr(doctor, "ROOT", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    assert main(["doctor"]) == 1
    said, error = capsys.readouterr()
    assert f"course folder: {line(folder)}" in said.splitlines()
    assert line(folder) not in error


def test_nbgrader_itself_is_told_once_by_the_course_s_settings(folder, capsys, monkeypatch):
    """It reads them for each of its applications, and so does a server for each extension."""
    monkeypatch.setattr(sys, "path", sys.path[:])
    shutil.copy(ROOT / settings.FILE, folder)
    for _ in range(2):
        settings.read(folder)
    assert capsys.readouterr().err.splitlines() == [line(folder)]


def test_the_demo_says_so_before_it_removes_anything(folder):
    with pytest.raises(Refused) as refusal:
        demo.run(folder, types.SimpleNamespace())
    assert str(refusal.value) == line(folder)
    assert folder.exists()


@pytest.mark.usefixtures("box")
def test_grading_works_there(released, tmp_path):
    course = Course(tmp_path / "week [1]" / "course", released)
    course.hand_in("ada", NAME, ["compute_cost"])
    done = course.autograders("grade")
    assert (done.returncode, done.stderr.splitlines()) == (0, [line(course.root)])
    assert course.scores("ada", NAME)["compute_cost"] > 0
    assert f"{NAME}: 1 graded" in done.stdout
