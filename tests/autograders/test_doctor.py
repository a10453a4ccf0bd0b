"""`doctor`: a line for each area, the command that mends it, and a status for a monitor."""

import os
import pathlib
import shutil

import pytest

from autograders import ROOT, Refused
from autograders.__main__ import main
from autograders.browser.classroom import exchange, setting
from autograders.commands import doctor, told
from autograders.doctor.trouble import Area
from autograders.settings import course_id


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course's folder that is in order, on a machine with one closed home."""
    folder = tmp_path / "course"
    folder.mkdir(mode=0o700)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for module in (doctor, told):
        monkeypatch.setattr(module, "ROOT", folder)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setattr(doctor, "_homes", lambda: [("emmy", home)])
    monkeypatch.setattr(doctor, "_wall", lambda: None)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / ".jupyter"))
    return folder


@pytest.fixture
def place(course, tmp_path):
    """The course's exchange, in order."""
    made = exchange(tmp_path)
    (made / course_id()).mkdir(mode=0o755)
    applied = "from autograders import settings\nc = get_config()\nsettings.apply(c)\n"
    (course / "nbgrader_config.py").write_text(applied + setting(made))
    return made


def told_of(capsys, *arguments):
    """Return the status, and what is said of each area that is not all right."""
    status = main(["doctor", *arguments])
    lines = [line.partition(": ") for line in capsys.readouterr().out.splitlines()]
    assert list(dict.fromkeys(area for area, _, _ in lines)) == list(Area)
    return status, {area: says for area, _, says in lines if not says.startswith("all right")}


def test_all_right_is_status_0(place, capsys):
    assert told_of(capsys) == (0, {})


def test_without_an_exchange_nobody_s_home_is_looked_at(course, capsys, monkeypatch):
    monkeypatch.setattr(doctor, "_homes", lambda: [("all", pathlib.Path("/"))])
    assert told_of(capsys) == (
        0,
        {Area.EXCHANGE: doctor.NONE_SET, Area.HOMES: doctor.NONE_SET},
    )


def break_exchange(course, place):
    place.chmod(0o777)


def break_home(course, place):
    (course.parent / "home").chmod(0o755)


def break_course(course, place):
    course.chmod(0o755)


def break_secret(course, place):
    (course / ".course_secret").write_text("nothing")
    (course / ".course_secret").chmod(0o600)


def break_database(course, place):
    (course / "gradebook.db").write_text("this is no database, but long enough to be one" * 50)


def break_extensions(course, place):
    file = course.parent / ".jupyter" / "labconfig" / "page_config.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"disabledExtensions": {"@jupyter/nbgrader:formgrader": true}}')


def break_clock(course, place):
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('c.Exchange.timezone = "Europe/Zurich"\n')


def break_packages(course, place):
    file = course / "pyproject.toml"
    file.write_text(file.read_text().replace('"numpy>=', '"numpy>=9'))


BREAKS = {
    Area.EXCHANGE: break_exchange,
    Area.HOMES: break_home,
    Area.COURSE: break_course,
    Area.SECRET: break_secret,
    Area.DATABASE: break_database,
    Area.EXTENSIONS: break_extensions,
    Area.CLOCK: break_clock,
    Area.PACKAGES: break_packages,
}


@pytest.mark.parametrize("area", BREAKS)
def test_what_is_broken_is_said_of_its_area_and_no_other(course, place, capsys, monkeypatch, area):
    monkeypatch.setattr("autograders.doctor.places._entered", lambda folder: True)
    BREAKS[area](course, place)
    status, said = told_of(capsys)
    assert status == 1
    assert list(said) == [area]
    assert "Mend it: `" in said[area] or area is Area.DATABASE


def test_a_wall_that_cannot_be_built_is_said_with_what_mends_it(place, capsys, monkeypatch):
    def refuse():
        raise Refused("The wall cannot be built here.")

    monkeypatch.setattr(doctor, "_wall", refuse)
    assert told_of(capsys) == (1, {Area.WALL: "The wall cannot be built here."})


def test_a_wall_that_is_switched_off_is_no_trouble(course, place, capsys, monkeypatch):
    monkeypatch.delattr(doctor, "_wall")
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('c.Judge.engine = "kernel"\n')
    assert told_of(capsys) == (0, {Area.WALL: doctor.NO_WALL})


def test_no_environment_of_students_is_one_line(place, capsys, tmp_path):
    assert main(["doctor", "--students", str(tmp_path)]) == 1
    said, error = capsys.readouterr()
    assert (said, error.count("\n")) == ("", 1)
    assert "is no environment" in error


@pytest.fixture
def students(tmp_path, monkeypatch):
    """An environment of students in which nothing is, on a machine whose settings are here."""
    monkeypatch.setattr("jupyter_core.paths.SYSTEM_CONFIG_PATH", [str(tmp_path / "etc")])
    (tmp_path / "hub" / "bin").mkdir(parents=True)
    (tmp_path / "hub" / "bin" / "python").touch()
    return tmp_path / "hub"


def test_students_are_looked_at_in_their_own_environment(place, students, tmp_path, capsys):
    (tmp_path / "etc").mkdir()
    file = tmp_path / "etc" / "nbgrader_config.py"
    file.write_text('c = get_config()\nc.CourseDirectory.course_id = "week_1"\n')
    status, said = told_of(capsys, "--students", str(students))
    assert status == 1
    assert list(said) == [Area.COURSE_ID, Area.EXTENSIONS, Area.PACKAGES]
    assert f"{file} calls the course 'week_1'" in said[Area.COURSE_ID]
    assert str(students) in said[Area.PACKAGES]


@pytest.mark.skipif(os.name != "posix", reason="homes of accounts")
def test_homes_are_those_of_persons():
    assert all(folder.is_absolute() for _, folder in doctor._homes())
    assert "root" not in dict(doctor._homes())
