"""The text of `l2_regularization` says what its cells show. nbval holds these to a fresh run."""

import itertools
import math

import numpy as np

from lab import results
from tests.notebooks import reading

NAME = "l2_regularization"
LAMBDS = ("0", "0.1", "0.3", "0.7", "2", "7", "15", "30")


def prose(cell_id):
    return reading.prose(NAME, cell_id)


def said(cell_id):
    return reading.said(NAME, cell_id)


def row(cell_id, label):
    return reading.row(NAME, cell_id, label)


def test_the_numbers_of_the_data():
    assert "120 train points and 200 validation points" in said("show-data")
    for count in (
        "120 points to **train**",
        "200 points to **validate**",
        "5,000 points to **test",
    ):
        assert count in prose("data")


def test_the_weights_grow_with_the_learning_by_heart_and_not_before():
    start, turn, end = (row("show-growth", step) for step in ("0", "650", "2,500"))
    assert turn[0] < 1.1 * start[0]
    assert end[0] > 2 * start[0]
    assert turn[2] < start[2] and turn[2] < end[2]


def test_twice_the_weights_cost_four_times_as_much_and_biases_nothing():
    drawn, twice, half, bias = (
        row("try-penalty", label)[-1]
        for label in ("as drawn", "every weight × 2", "every weight × 1/2", "every bias + 1")
    )
    assert math.isclose(twice, 4 * drawn, rel_tol=1e-3)
    assert math.isclose(half, drawn / 4, rel_tol=1e-2)
    assert bias == drawn


def test_the_measured_slope_is_the_gradient():
    measured, theirs, share = (
        reading.number(rf"{words}: +(-?[\d.]+)", said("check-slope"))
        for words in ("measured", r"your dW2\[3, 5\]", "of it by the penalty")
    )
    assert measured == theirs
    assert share != 0


def test_the_decay():
    assert "$m = 120$ and $\\alpha = 0.05$" in prose("use-decay-idea")
    halves = {lambd: row("show-decay", lambd)[1] for lambd in ("0.7", "7", "30")}
    assert round(halves["0.7"], -2) == 2400 and "2,400" in prose("use-decay-idea")
    assert 45 < halves["30"] < 60 and "some fifty steps" in prose("decay-why")
    assert row("show-decay", "3600")[0] < 0
    assert math.isclose(1 / (1 - 0.9), 10) and "about ten times" in prose("decay-why")


def test_the_penalty_gives_up_training_points_and_wins_validation_points():
    shares = {
        part: [
            reading.number(rf"{lambd}: .*?([\d.]+) % {part}", said("train"))
            for lambd in ("λ = 0", r"λ = 0\.7")
        ]
        for part in ("right on train", "on validation")
    }
    assert shares["right on train"][1] < shares["right on train"][0]
    assert shares["on validation"][1] > shares["on validation"][0]


def test_with_the_penalty_the_validation_cost_does_not_turn():
    ends = {
        lambd: [
            reading.number(rf"{lambd}: .*?{words} ([\d.]+)", said("show-costs"))
            for words in (r"lowest at step \d+,", "at the end")
        ]
        for lambd in ("λ = 0", r"λ = 0\.7")
    }
    assert ends["λ = 0"][1] > 1.5 * ends["λ = 0"][0]
    assert ends[r"λ = 0\.7"][1] < 1.02 * ends[r"λ = 0\.7"][0]


def test_the_three_regions():
    train, validation, gap, cost, squares = zip(
        *(row("sweep", each) for each in LAMBDS), strict=True
    )
    assert all(after <= before for before, after in itertools.pairwise(train))
    best = int(np.argmax(validation))
    assert best > 0 and validation[0] < validation[best] > validation[-2] > validation[-1]
    assert gap[0] > 2 * gap[LAMBDS.index("0.7")] > 4 * gap[LAMBDS.index("7")]
    assert (train[-1], validation[-1], squares[-1]) == (50, 50, 0)
    assert f"{cost[-1]:.2f}" == f"{math.log(2):.2f}"
    assert f"Chosen on the validation points: λ = {choice()}" in said("choose")


def choice():
    """Return the λ of the sweep that the stated rule takes."""
    rows = {lambd: row("sweep", lambd) for lambd in LAMBDS}
    return min(rows, key=lambda lambd: (-rows[lambd][1], rows[lambd][3]))


def test_the_test_points_would_have_chosen_the_same():
    gaps = [
        reading.number(rf"λ = {lambd}: .*gap ([-\d.]+)", said("open-test"))
        for lambd in ("0", choice())
    ]
    assert 0 < gaps[1] < gaps[0]
    assert "At λ = 7 the gap even falls below zero" in prose("sweep-test-why")
    runs = reading.number(r"train − test: (-?[\d.]+) at 0", said("sweep-test"))
    assert math.isclose(runs, gaps[0], rel_tol=0.1)


def test_the_test_points_are_looked_at_last():
    """Nothing is shown of them before λ is chosen."""
    order = [cell.id for cell in reading.lesson.read(reading.lesson.path(NAME)).cells]
    for cell_id in order[: order.index("test-idea")]:
        if reading.cell(NAME, cell_id).cell_type == "code":
            assert "test" not in said(cell_id)


def test_what_the_table_shows():
    values = {
        row: columns["test, %"] for row, columns in results.load(NAME)["moons"].values.items()
    }
    gains = {row: np.subtract(shares, values["λ = 0"]) for row, shares in values.items()}
    assert len(gains["λ = 0.7"]) == 40 and "40 other draws" in prose("sure-idea")
    assert round(math.sqrt(40)) == 6
    assert (gains["λ = 0.7"] > 0).all() and "on every one of the draws" in prose("sure-why")
    assert abs(gains["λ chosen"].mean() - gains["λ = 0.7"].mean()) < 0.5
    assert abs(gains["λ = 7"].mean()) < gains["λ = 7"].std(ddof=1)
    assert 0 < (gains["λ = 7"] > 0).sum() < 40


def test_one_column_is_variance_and_the_other_bias():
    disagree, together, right = zip(
        *(row("show-bundles", f"λ = {lambd}") for lambd in ("0", "0.7", "7")), strict=True
    )
    assert disagree[0] > disagree[1] > disagree[2]
    assert together[2] > 2 * max(together[:2])
    assert right[1] > max(right[0], right[2])
    assert "seed in range(20, 28)" in reading.cell(NAME, "show-bundles").source
    assert "the eight networks" in prose("variance-why")
