"""nbgrader's exchange, guarded: what is released, and whose hand-in is collected."""

import contextlib
import os
import pathlib
import shutil

import pytest
from nbgrader.api import MissingEntry
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
    collect,
)

from autograders import settings
from autograders.browser.classroom import exchange
from autograders.course.catalogue import EXERCISES
from autograders.doctor import users
from autograders.grading import exchange as guarded

NAME = next(iter(EXERCISES))
SECOND, THIRD = "2026-03-02 12:00:00.000000 UTC", "2026-03-03 12:00:00.000000 UTC"
FIRST = "2026-03-01 12:00:00.000000 UTC"
EMMY, ALAN = 4711, 4712
ACCOUNTS = {"emmy": EMMY, "alan": ALAN}


@pytest.fixture
def place(tmp_path):
    return exchange(tmp_path)


@pytest.fixture
def api(tmp_path, place):
    """A course with something in its release, and with this exchange."""
    course = tmp_path / "course"
    (course / "release" / NAME).mkdir(parents=True)
    (course / "release" / NAME / f"{NAME}.ipynb").write_text("{}")
    made = settings.api(course)
    made.config.Exchange.root = str(place)
    return made


def step(kind, api):
    """Return one of nbgrader's steps for the assignment, with the lines that it logs."""
    api.coursedir.assignment_id = NAME
    return kind(coursedir=api.coursedir, config=api.config, parent=api)


def test_a_release_makes_an_inbound_in_which_nobody_renames(api, place):
    step(ExchangeReleaseAssignment, api).start()
    assert (place / "week_one" / "inbound").stat().st_mode & 0o7777 == 0o3733
    assert (place / "week_one" / "outbound" / NAME / f"{NAME}.ipynb").is_file()


@pytest.mark.parametrize("kind", [ExchangeReleaseAssignment, ExchangeReleaseFeedback])
@pytest.mark.parametrize("mode", [0o777, 0o1775, None])
def test_nothing_is_released_where_others_could_put_their_own(api, place, kind, mode):
    """Nbgrader makes a folder that is missing, and one with another mode, open to all."""
    shutil.rmtree(place) if mode is None else place.chmod(mode)
    with pytest.raises(Exception, match=r"Nothing was released.* Mend it: `"):
        step(kind, api).start()
    assert not (place / "week_one").exists()
    assert mode is None or place.stat().st_mode & 0o7777 == mode


def test_a_course_that_others_write_to_is_not_released_into(api, place):
    (place / "week_one").mkdir()
    (place / "week_one").chmod(0o777)
    with pytest.raises(Exception, match=r"Others can write to .*week_one"):
        step(ExchangeReleaseAssignment, api).start()
    assert list((place / "week_one").iterdir()) == []


def no_account():
    """Whoever it is, the list of users does not have them."""
    raise KeyError("uid not found")


def test_who_has_no_account_releases_again(api, place, monkeypatch):
    monkeypatch.setattr("nbgrader.utils.get_osusername", no_account)
    for force in (False, True):
        release = step(ExchangeReleaseAssignment, api)
        release.force = force
        release.start()
    monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)
    with pytest.raises(Exception, match=r"You don't own the directory"):
        release.ensure_directory(str(place), 0o755)


class NoDates(contextlib.AbstractContextManager):
    """A gradebook that knows no date, opened without a process."""

    def __init__(self, *address):
        pass

    def __exit__(self, *exception):
        pass

    def find_assignment(self, name):
        raise MissingEntry(name)


@pytest.fixture
def inbound(place, monkeypatch):
    """A class of two accounts of the system, whatever users this machine has."""
    monkeypatch.setattr(collect, "Gradebook", NoDates)
    monkeypatch.setattr(guarded, "number", ACCOUNTS.get)
    monkeypatch.setattr(guarded, "user", {each: name for name, each in ACCOUNTS.items()}.get)
    folder = place / "week_one" / "inbound"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def hand_in(inbound, monkeypatch):
    """Put a hand-in there as one user in the name of another."""
    owners = {}

    def put(student, time, owner):
        folder = inbound / f"{student}+{NAME}+{time}+random"
        folder.mkdir()
        (folder / f"{NAME}.ipynb").write_text(f"{student} {time}")
        (folder / "timestamp.txt").write_text(time)
        owners[folder.name] = owner

    def owned(path):
        return owners[path.name]

    monkeypatch.setattr(guarded, "_owner", owned)
    return put


def collected(api, **options):
    """Collect; return what stands in submitted/, by student."""
    taken = step(ExchangeCollect, api)
    for name, value in options.items():
        setattr(taken, name, value)
    taken.start()
    root = api.coursedir.root
    files = [f"{root}/submitted/{student}/{NAME}/{NAME}.ipynb" for student in ACCOUNTS]
    return {
        student: pathlib.Path(file).read_text()
        for student, file in zip(ACCOUNTS, files, strict=True)
        if os.path.exists(file)
    }


def test_the_last_attempt_is_collected_by_what_the_guide_says(api, hand_in):
    hand_in("emmy", FIRST, EMMY)
    assert collected(api) == {"emmy": f"emmy {FIRST}"}
    hand_in("emmy", SECOND, EMMY)
    assert collected(api, update=False) == {"emmy": f"emmy {FIRST}"}
    assert collected(api) == {"emmy": f"emmy {SECOND}"}


def test_what_another_put_there_in_a_student_s_name_is_left_out(api, hand_in):
    hand_in("emmy", FIRST, EMMY)
    hand_in("emmy", THIRD, ALAN)
    hand_in("alan", SECOND, ALAN)
    found = collected(api, update=True)
    assert found == {"emmy": f"emmy {FIRST}", "alan": f"alan {SECOND}"}


def test_it_is_left_out_where_there_is_nothing_else(api, hand_in):
    hand_in("emmy", THIRD, ALAN)
    assert collected(api) == {}


def test_it_is_said_once(api, hand_in, monkeypatch):
    said = []
    hand_in("emmy", FIRST, EMMY)
    hand_in("emmy", THIRD, ALAN)
    taken = step(ExchangeCollect, api)
    monkeypatch.setattr(taken.log, "error", said.append)
    taken.start()
    (line,) = said
    assert "says that it is from emmy, but alan put it there" in line


@pytest.mark.parametrize("owner", [0, os.geteuid() if hasattr(os, "geteuid") else 0])
def test_what_root_or_the_collector_put_there_counts(api, hand_in, owner):
    hand_in("emmy", FIRST, owner)
    assert collected(api) == {"emmy": f"emmy {FIRST}"}


def test_students_who_are_no_users_of_the_system_are_taken_at_their_word(api, hand_in, monkeypatch):
    monkeypatch.setattr(guarded, "number", {}.get)
    hand_in("emmy", FIRST, ALAN)
    assert collected(api) == {"emmy": f"emmy {FIRST}"}


def test_who_switches_the_look_at_owners_off_has_it_off(api, hand_in):
    hand_in("emmy", FIRST, ALAN)
    assert collected(api, check_owner=False) == {"emmy": f"emmy {FIRST}"}


def test_users_are_known_by_number_and_name():
    name = users.user(os.geteuid())
    assert users.number(name) == os.geteuid()
    assert users.user(2**31 - 7) == str(2**31 - 7)
    assert users.number("nobody-of-this-name") is None
