"""The table: points, what being late costs, what counts; a sign of its own for each lack."""

import pytest

from autograders.collecting.roster import OUT, Student
from autograders.grading import gradebook
from autograders.grading.standing import Standing
from autograders.reports import overview
from tests import small_gradebook
from tests.small_gradebook import HOUR, NONE, ZERO, hand_in, late, mark, parent


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
        (ZERO, "16/16 late -16 = 0 + written open", "13/20 late -13 = 0"),
        (NONE, "16/16 late + written open", "13/20 late"),
    ],
)
def test_what_is_late_costs_what_the_settings_say_now(config, ada, ben, file):
    with gradebook.opened(parent(file, config)) as book:
        assert overview.points(book, "dropout", "ada") == ada
        assert overview.points(book, "dropout", "ben") == ben
        assert overview.points(book, "overfitting", "ben") == "-"


def test_nothing_refused_and_not_graded_have_a_sign_each(file):
    with small_gradebook.Gradebook(f"sqlite:///{file}") as book:
        book.add_student("cy")
        book.add_student("dan")
        book.update_or_create_submission("dropout", "dan").extension = HOUR
        book.db.commit()
    name = "dropout"
    standing = Standing(
        arrived=frozenset({(name, each) for each in ("ben", "eve", "fay")}),
        refused={(name, each): "why" for each in ("ben", "eve")},
    )
    with gradebook.opened(parent(file)) as book:
        found = {
            each: overview.points(book, name, each, standing)
            for each in ("cy", "dan", "eve", "fay")
        }
        assert found == {"cy": "-", "dan": "-", "eve": "refused", "fay": "not graded"}
        assert overview.points(book, name, "ben", standing) == "13/20 late, newer refused"
        students = [line.split(" ")[0] for line in overview.lines(book, standing=standing)]
    assert students[2:] == ["ada", "ben", "cy", "dan", "eve", "fay"]


def test_a_folder_s_name_draws_nothing_on_the_terminal(file):
    name = "zed\x1b[2J\u202e\n"
    with gradebook.opened(parent(file)) as book:
        *_, last = overview.lines(book, standing=Standing(arrived=frozenset({("dropout", name)})))
    assert last.startswith("zed?[2J??  ") and last.isprintable()


def test_the_roster_has_its_rows_and_who_has_left_has_none(file):
    roster = {each: Student(each, status=OUT if each == "ben" else "") for each in ("ben", "zoe")}
    with gradebook.opened(parent(file)) as book:
        *rows, last = overview.lines(book, standing=Standing(roster))
    assert [row.split(" ")[0] for row in rows[2:]] == ["ada", "zoe"]
    assert last == "1 have left and are not shown: ben."
