"""An exchange in which somebody could put their own in the course's place is known by its modes."""

import os
import pathlib

import pytest

from autograders.doctor import exchange
from autograders.doctor.trouble import Kind

COURSE = "week_one"
ME, OTHER = os.geteuid(), os.geteuid() + 1
FOLDERS = {"": 0o755, "outbound": 0o755, "inbound": 0o3733, "feedback": 0o711}


@pytest.fixture
def place(tmp_path):
    """An exchange that is in order, in which a release stands."""
    made = tmp_path / "exchange"
    for name, mode in FOLDERS.items():
        (made / COURSE / name).mkdir(parents=True, exist_ok=True)
        (made / COURSE / name).chmod(mode)
    made.chmod(0o1777)
    return made


def kinds(place, owner=ME, shared=False):
    return [each.kind for each in exchange.replaceable(place, COURSE, owner, shared)]


def test_one_in_order_is_in_order(place):
    assert kinds(place) == []
    assert list(exchange.lacking(place, COURSE, ME)) == []


def test_one_without_a_release_is_in_order(place, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    empty.chmod(0o1777)
    assert kinds(empty) == []
    (trouble,) = exchange.lacking(empty, COURSE, ME)
    assert trouble.kind is Kind.NO_FOLDER_IN_EXCHANGE
    assert trouble.fields == {"path": empty / COURSE, "owner": ME}


def test_one_that_is_not_there_is_not_left_to_nbgrader(tmp_path):
    assert kinds(tmp_path / "nowhere") == [Kind.NO_EXCHANGE]


@pytest.mark.parametrize("mode", [0o777, 0o1775, 0o755, 0o2777])
def test_all_may_write_and_nobody_may_remove(place, mode):
    place.chmod(mode)
    (trouble,) = exchange.replaceable(place, COURSE, ME, False)
    assert (trouble.kind, trouble.fields["mode"]) == (Kind.EXCHANGE_MODE, mode)


@pytest.mark.parametrize("name", ["", "outbound", "feedback"])
@pytest.mark.parametrize("mode", [0o777, 0o775, 0o1777])
def test_only_the_course_writes_in_its_folders(place, name, mode):
    (place / COURSE / name).chmod(mode)
    (trouble,) = exchange.replaceable(place, COURSE, ME, False)
    assert (trouble.kind, trouble.fields["path"]) == (Kind.REPLACEABLE, place / COURSE / name)


def test_graders_of_one_group_may_share_the_folders(place):
    (place / COURSE / "outbound").chmod(0o2775)
    assert kinds(place, shared=True) == []
    (place / COURSE / "outbound").chmod(0o2777)
    assert kinds(place, shared=True) == [Kind.REPLACEABLE]


def test_what_another_made_in_the_course_s_name_is_theirs(place):
    found = list(exchange.replaceable(place, COURSE, OTHER, False))
    theirs = [each.fields["path"] for each in found if each.kind is Kind.FOREIGN]
    assert theirs == [place / COURSE / name for name in FOLDERS]
    assert all(each.fields["has"] == ME for each in found if each.kind is Kind.FOREIGN)


def test_a_link_in_the_course_s_name_is_whose_it_is(place, tmp_path):
    elsewhere = place.parent / "elsewhere"
    (place / COURSE).rename(elsewhere)
    (place / COURSE).symlink_to(elsewhere)
    assert Kind.FOREIGN in kinds(place, OTHER)
    (place / COURSE).unlink()
    (place / COURSE).symlink_to("nowhere")
    assert Kind.FOREIGN in kinds(place, OTHER)


def test_the_folder_above_is_looked_at_too(tmp_path):
    above = tmp_path / "above"
    place = above / "exchange"
    place.mkdir(parents=True)
    place.chmod(0o1777)
    above.chmod(0o777)
    (trouble,) = exchange.replaceable(place, COURSE, ME, False)
    assert (trouble.kind, trouble.fields["path"]) == (Kind.REPLACEABLE, above)
    above.chmod(0o1777)
    assert kinds(place) == []


@pytest.mark.skipif(ME != 0, reason="only root can give a folder away")
def test_an_exchange_of_somebody_else_s_is_not_trusted(place):
    os.chown(place, OTHER, -1)
    assert kinds(place) == [Kind.FOREIGN_ABOVE]
    os.chown(place, exchange.UNKNOWN_USER, -1)
    assert kinds(place) == []


@pytest.mark.parametrize("mode", [0o2733, 0o3737, 0o777])
def test_hand_ins_are_neither_listed_nor_renamed(place, mode):
    (place / COURSE / "inbound").chmod(mode)
    (trouble,) = exchange.lacking(place, COURSE, ME)
    assert trouble.kind is Kind.INBOUND_OPEN


def test_a_path_that_goes_round_is_followed(place, tmp_path):
    link = pathlib.Path(tmp_path / "link")
    link.symlink_to(place)
    assert kinds(link) == []
