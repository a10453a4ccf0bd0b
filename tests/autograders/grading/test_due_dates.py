"""Dates that are given to nbgrader, or found in its gradebook: none is misread."""

import datetime

import pytest
from nbgrader import coursedir, utils
from nbgrader.apps import api, dbapp, zipcollectapp
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import collect
from traitlets.config import Config

from autograders import Refused, settings
from autograders.course import dates
from autograders.grading import gradebook, nbgrader_patches
from tests import small_gradebook
from tests.small_gradebook import parent

NAME = "dropout"
NOON = datetime.datetime(2026, 3, 1, 11)


@pytest.fixture
def patched(monkeypatch):
    """nbgrader as the course's settings make it, for one test."""
    original = getattr(utils.parse_utc, "__wrapped__", utils.parse_utc)
    for module in (utils, coursedir, api, zipcollectapp, collect):
        monkeypatch.setattr(module, "parse_utc", original)
    monkeypatch.setattr(dbapp.DbAssignmentAddApp, "start", dbapp.DbAssignmentAddApp.start)
    nbgrader_patches.read_dates_with_certainty()


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "gradebook.db"
    small_gradebook.made(file).close()
    return file


@pytest.mark.usefixtures("patched")
def test_a_due_date_in_the_gradebook_is_the_one_that_was_meant(file):
    with gradebook.Gradebook(f"sqlite:///{file}") as book:
        for text in ("2026-03-01 12:00:00 +0100", "2026-03-01 12:00 +01:00", NOON):
            assert book.update_or_create_assignment(NAME, duedate=text).duedate == NOON
        with pytest.raises(dates.BadDate):
            book.update_or_create_assignment(NAME, duedate="2026-07-01 12:00 CEST")
        assert book.find_assignment(NAME).duedate == NOON
        assert book.update_or_create_assignment(NAME, duedate=None).duedate is None


@pytest.mark.usefixtures("patched")
def test_nbgrader_s_own_command_says_in_one_line_what_is_wrong(file, capsys):
    app = dbapp.DbAssignmentAddApp(duedate="2026-07-01 12:00 CEST", extra_args=[NAME])
    app.coursedir = CourseDirectory(db_url=f"sqlite:///{file}")
    with pytest.raises(SystemExit):
        app.start()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(dates.HOW)


@pytest.mark.usefixtures("patched")
def test_what_only_tells_the_newer_hand_in_stops_nobody_else_s(tmp_path):
    """A refusal there would end the collection, or formgrader's list, for the whole class."""
    assert collect.parse_utc("2026-03-01 12:00:00 +0100") == NOON
    assert collect.parse_utc("2026-07-01 12:00:00 CEST")
    assert zipcollectapp.parse_utc("2016-01-30-15-00-00")
    assert coursedir.parse_utc("2026-03-01 12:00:00 +0100") == NOON
    assert api.parse_utc("planted by a student") is None


def test_a_due_date_that_nbgrader_has_misread_is_named_with_the_way_to_give_it(file):
    with gradebook.Gradebook(f"sqlite:///{file}") as book:
        book.find_assignment(NAME).duedate = datetime.datetime(2026, 3, 1, 11, 58, 20)
        book.db.commit()
    with pytest.raises(Refused) as refusal, gradebook.opened(parent(file)):
        pass
    assert str(refusal.value) == (
        "dropout: the due date in the gradebook is 2026-03-01 11:58:20 UTC, which nbgrader may "
        "have made of '2026-03-01 12:00:00 +01:00'. Give it again: `python -m autograders "
        "deadline dropout --due '2026-03-01 12:00:00 +01:00'`."
    )


def test_the_last_attempt_counts():
    """`nbgrader collect` leaves a second attempt in the exchange unless it is told to update."""
    assert collect.ExchangeCollect().update is False
    assert collect.ExchangeCollect(config=settings.apply(Config())).update is True


def test_a_second_attempt_in_the_exchange_replaces_the_first(file, tmp_path):
    """As `nbgrader collect` and formgrader's button do it, without any option."""
    config = settings.apply(Config())
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.db_url = f"sqlite:///{file}"
    config.CourseDirectory.assignment_id = NAME
    config.Exchange.root = str(tmp_path / "exchange")
    inbound = tmp_path / "exchange" / settings.course_id() / "inbound"
    for attempt, time in (("first", "10:00:00"), ("second", "11:00:00")):
        stamp = f"2026-03-01 {time}.000000 UTC"
        handed_in = inbound / f"ada+{NAME}+{stamp}+x"
        handed_in.mkdir(parents=True)
        (handed_in / f"{NAME}.ipynb").write_text(attempt)
        (handed_in / "timestamp.txt").write_text(stamp)
        course = CourseDirectory(config=config)
        collect.ExchangeCollect(coursedir=course, config=config).start()
        collected = tmp_path / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
        assert collected.read_text() == attempt
