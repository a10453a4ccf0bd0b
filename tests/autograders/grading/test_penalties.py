"""Late penalties follow what stands in the gradebook now."""

import datetime

import pytest
from nbgrader.plugins import BasePlugin
from traitlets.config import Config, LoggingConfigurable

from autograders import Refused
from autograders.grading.penalties import Penalties
from tests import small_gradebook
from tests.small_gradebook import DUE, HOUR, NONE, ZERO, hand_in, late, mark, penalty

NAME = "dropout"


class OneAnHour(BasePlugin):
    """A course's own plugin."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        if student_id == "raises":
            raise KeyError(student_id)
        if student_id == "a-word":
            return "all"
        return total_seconds_late / 3600


RULE = Config()
RULE.AssignLatePenalties.plugin_class = "autograders.grading.penalties.PerDay"
RULE.PerDay = Config(percent=25, grace_minutes=30, most_days=3)
OWN = Config()
OWN.AssignLatePenalties.plugin_class = OneAnHour


@pytest.fixture
def book(tmp_path):
    with small_gradebook.made(tmp_path / "gradebook.db") as book:
        hand_in(book, "ada", NAME, 16)
        yield book


def renewed(book, config):
    Penalties(LoggingConfigurable(config=config)).renew(book)
    return penalty(book, "ada", NAME)


def test_a_mark_given_afterwards_does_not_escape_it(book):
    late(book, "ada", NAME)
    assert renewed(book, ZERO) == 16
    mark(book, "ada", NAME, 4)
    assert renewed(book, ZERO) == 20


@pytest.mark.parametrize(
    ("config", "hours", "expected"),
    [(NONE, 1, None), (ZERO, 1, 16), (OWN, 1, 1), (OWN, 1.5, 1.5), (OWN, 99, 16), (OWN, 0, None)],
)
def test_the_settings_that_stand_now_count(config, hours, expected, book):
    """None without a setting, all with zero, what a course's plugin says, never more than all."""
    late(book, "ada", NAME, hours * HOUR)
    assert renewed(book, config) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0.5, 0), (0.6, 4), (24.5, 4), (24.6, 8), (72.5, 12), (72.6, 16), (1000, 16)],
)
def test_the_rule_of_a_share_for_each_day(hours, expected, book):
    """A quarter of 16 points for each day that has begun, half an hour free, three days at most."""
    late(book, "ada", NAME, hours * HOUR)
    assert renewed(book, RULE) == expected


def test_a_due_date_that_moves_and_an_extension_count(book):
    late(book, "ada", NAME)
    assert renewed(book, ZERO) == 16
    book.find_submission(NAME, "ada").extension = datetime.timedelta(hours=2)
    book.db.commit()
    assert renewed(book, ZERO) is None
    book.find_submission(NAME, "ada").extension = None
    book.find_assignment(NAME).duedate = DUE + 2 * HOUR
    book.db.commit()
    assert renewed(book, ZERO) is None
    book.find_assignment(NAME).duedate = None
    book.db.commit()
    assert renewed(book, ZERO) is None


def test_a_penalty_that_a_person_put_in_stays(book):
    """A hand-in without a time is never late for nbgrader, so nbgrader put none there."""
    book.find_submission_notebook(NAME, NAME, "ada").late_submission_penalty = 2.5
    book.db.commit()
    assert renewed(book, ZERO) == 2.5


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("raises", "KeyError: 'raises'"),
        ("a-word", "TypeError: '>' not supported between instances of 'int' and 'str'"),
    ],
)
def test_a_plugin_that_gives_no_number_is_one_line(student, reason, book):
    hand_in(book, student, NAME, 16)
    late(book, student, NAME)
    with pytest.raises(Refused) as refusal:
        renewed(book, OWN)
    assert str(refusal.value) == (
        f"{student}, dropout: the course's late penalty OneAnHour stopped ({reason}). "
        "Mend it, then run the command again."
    )


def test_a_plugin_that_is_not_there_is_one_line(book):
    config = Config()
    config.AssignLatePenalties.plugin_class = "nowhere.Plugin"
    with pytest.raises(Refused) as refusal:
        renewed(book, config)
    said = str(refusal.value)
    assert said.startswith("The course's late penalty cannot be used (TraitError: ")
    assert "'nowhere.Plugin' could not be imported" in said
    assert "\n" not in said
