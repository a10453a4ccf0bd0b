"""The table: points as they stand, less what being late costs."""

import pytest

from autograders.grading import gradebook
from autograders.reports import overview
from tests import small_gradebook
from tests.small_gradebook import NONE, ZERO, hand_in, late, mark, parent


@pytest.fixture
def file(tmp_path):
    """A gradebook in which ada's answer waits and ben's was read; both were late with it."""
    file = tmp_path / "gradebook.db"
    with small_gradebook.made(file) as book:
        hand_in(book, "ada", "dropout", 16)
        hand_in(book, "ben", "dropout", 10)
        late(book, "ada", "dropout")
        late(book, "ben", "dropout")
        with gradebook.opened(parent(file, ZERO)):
            mark(book, "ben", "dropout", 3)
    return file


@pytest.mark.parametrize(
    ("config", "ada", "ben"),
    [
        (ZERO, "0/16 (late: -16) + written open", "0/20 (late: -13)"),
        (NONE, "16/16 + written open", "13/20"),
    ],
)
def test_what_is_late_costs_what_the_settings_say_now(config, ada, ben, file):
    with gradebook.opened(parent(file, config)) as book:
        assert overview.points(book, "dropout", "ada") == ada
        assert overview.points(book, "dropout", "ben") == ben
        assert overview.points(book, "overfitting", "ben") == "-"
