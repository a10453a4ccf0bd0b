"""The tables of results as a reader sees them."""

import pytest

from autograders.course import kit
from autograders.course.catalogue import STUDIES
from lab import results

TABLES = [(assignment, name) for assignment in STUDIES for name in STUDIES[assignment]]

STORED = {
    "moons": results.Results(
        setting="λ",
        baseline="λ = 0",
        compared="test, %",
        decimals={"test, %": 1},
        about=("Made up for this test.", "So is this."),
        draws=[1, 2, 3],
        values={
            "λ = 0": {"test, %": [80.0, 82.0, 84.0]},
            "λ chosen": {"test, %": [83.0, 84.0, 84.0], "λ": [0.7, 2.0, 0.7]},
        },
    )
}
SHOWN = """\
λ            test, %  against λ = 0  higher in
--------  ----------  -------------  ---------
λ = 0     82.0 ± 2.0              –          –
λ chosen  83.7 ± 0.6     +1.7 ± 1.5     2 of 3
- Mean ± standard deviation over 3 draws.
- Made up for this test.
- So is this.
- The column 'against λ = 0' is the difference in test, %, taken draw by draw; 'higher
  in' counts the draws where it is above zero.
- λ chosen: 0.7 in 2 draws, 2 in 1 draw.
"""


@pytest.fixture
def stored(monkeypatch):
    monkeypatch.setattr(results, "load", lambda assignment: STORED)


def test_mean_spread_and_difference_draw_by_draw(stored, capsys):
    results.table("l2_regularization")
    assert capsys.readouterr().out == SHOWN


def test_two_rows_are_compared_draw_by_draw(stored, capsys):
    results.pair("l2_regularization", "moons", "λ chosen", "λ = 0")
    said = " ".join(capsys.readouterr().out.split())
    assert said == (
        "λ chosen against λ = 0: +1.7 ± 1.5 (test, %), higher in 2 of 3 draws, lower in 0."
    )


def test_the_compared_values_are_given_row_by_row(stored):
    assert results.compared("l2_regularization", rows=["λ chosen"]) == {"λ chosen": [83, 84, 84]}


@pytest.mark.parametrize(("assignment", "name"), TABLES)
def test_a_table_fits_the_width_of_a_notebook(assignment, name, capsys):
    results.table(assignment, name)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 105


@pytest.mark.parametrize("assignment", STUDIES)
def test_results_travel_with_a_release(assignment):
    assert f"lab/results/{assignment}.json" in kit.files()
