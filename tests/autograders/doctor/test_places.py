"""Homes, the course's folder and its secret: who can look into them, whose they are."""

import os

import pytest

from autograders.doctor import places
from autograders.doctor.trouble import Kind

ROOT = os.geteuid() == 0


@pytest.mark.parametrize(
    ("mode", "is_open"), [(0o700, False), (0o755, True), (0o711, True), (0o750, True)]
)
def test_a_home_is_its_owner_s_alone(tmp_path, mode, is_open):
    tmp_path.chmod(mode)
    found = list(places.homes([("emmy", tmp_path), ("gone", tmp_path / "gone")]))
    assert [(each.kind, each.fields["user"]) for each in found] == [
        (Kind.HOME_OPEN, "emmy")
    ] * is_open
    assert all(each.fields["mode"] == mode for each in found)


def test_a_course_that_others_can_read_is_named(tmp_path, monkeypatch):
    course = tmp_path / "course"
    course.mkdir(mode=0o755)
    monkeypatch.setattr(places, "_entered", lambda folder: True)
    (trouble,) = places.course(course)
    assert (trouble.kind, trouble.fields["mode"]) == (Kind.FOLDER_OPEN, 0o755)
    course.chmod(0o700)
    assert list(places.course(course)) == []


def test_a_course_in_a_closed_home_is_closed(tmp_path):
    home, course = tmp_path / "home", tmp_path / "home" / "course"
    course.mkdir(parents=True)
    course.chmod(0o755)
    home.chmod(0o700)
    assert list(places.course(course)) == []


@pytest.mark.skipif(not ROOT, reason="only root can give a file away")
@pytest.mark.parametrize("name", places.STATE)
def test_what_another_user_made_there_is_named(tmp_path, name):
    tmp_path.chmod(0o700)
    (tmp_path / name).mkdir()
    assert list(places.course(tmp_path)) == []
    os.chown(tmp_path / name, 4711, -1)
    (trouble,) = places.course(tmp_path)
    assert trouble.kind is Kind.OWNED_BY_ANOTHER
    assert (trouble.fields["has"], trouble.fields["owner"]) == (4711, 0)


def test_the_secret_is_its_owner_s_alone(tmp_path):
    file = tmp_path / "secret"
    assert list(places.secret(file, True)) == []
    file.touch(mode=0o600)
    assert list(places.secret(file, True)) == []
    assert [each.kind for each in places.secret(file, False)] == [Kind.NO_SECRET]
    file.chmod(0o640)
    assert [each.kind for each in places.secret(file, True)] == [Kind.SECRET_OPEN]
