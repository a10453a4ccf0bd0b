"""The text of `l2_regularization` says what its cells show. nbval holds these to a fresh run."""

import itertools
import math
import re

import numpy as np

from lab import results
from lab.network import forward_propagation
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


def test_the_pictures_show_gentle_slopes_and_thin_lines():
    plain, penalised = (
        reading.number(rf"λ = {lambd}: .*? sure on (\d+) %", said("train"))
        for lambd in ("0", r"0\.7")
    )
    assert penalised < plain - 10
    lines = re.findall(r"the size ([\d.]+), (\d+) are below 0.1", said("train"))
    (widest, thin), (widest_left, thin_left) = [(float(w), int(t)) for w, t in lines]
    assert widest_left < widest / 2 and "less than half as wide" in prose("train-why")
    assert thin < 0.1 * 208 and 0.45 < thin_left / 208 < 0.55
    assert "about half of the lines are hardly seen" in prose("train-why")
    steepest = re.findall(r"changes by ([\d.]+) at most", said("open-test"))
    assert [float(each) for each in steepest] == sorted(map(float, steepest), reverse=True)
    assert "λ = 0: 0 at the start, 0.98 at the end; it crosses 0.5 5 times" in said("open-test")
    assert "five times it crosses 0.5" in prose("test-why")


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


def test_what_the_table_says_of_the_cost_and_of_the_largest_lambda():
    values = results.load(NAME)["moons"].values
    costs = {row: np.array(columns["test cost"]) for row, columns in values.items()}
    means = [f"{costs[row].mean():.2f}" for row in ("λ = 0", "λ = 0.7")]
    assert f"brings it down from {means[0]} to {means[1]}, and on every draw" in prose("sure-why")
    assert (costs["λ = 0.7"] < costs["λ = 0"]).all()
    assert "At λ = 30 the network dies on every draw" in prose("sure-why")
    assert set(values["λ = 30"]["test, %"]) == {50}
    assert max(values["λ = 30"]["Σ W²"]) < 1e-6


def test_the_hidden_biases_bend_but_make_nothing_steeper():
    shares = results.load(NAME)["biases"].values
    trained, held = (np.array(shares[row]["train, %"]) for row in ("trained", "held at 0"))
    assert (held < trained).all()
    means = f"{held.mean():.0f} % of the training points and not on {trained.mean():.0f} %"
    assert means in prose("cost-idea") and trained.size == 40

    rng = np.random.default_rng(0)
    W = [rng.normal(size=shape) for shape in ((20, 2), (8, 20), (1, 8))]
    here, there = rng.normal(size=(2, 2, 500))
    bound = np.prod([np.linalg.norm(each, 2) for each in W]) * np.linalg.norm(here - there, axis=0)
    for size in (0, 1, 100):
        b = [size * rng.normal(size=(len(each), 1)) for each in W]
        parameters = {f"{n}{l + 1}": a[l] for n, a in (("W", W), ("b", b)) for l in range(3)}
        z = [forward_propagation(X, parameters)[1][8][0] for X in (here, there)]
        assert (np.abs(z[0] - z[1]) <= bound).all()
    assert "in the bound above they cancel" in prose("cost-idea")


def test_one_column_is_variance_and_the_other_bias():
    disagree, together, right = zip(
        *(row("show-bundles", f"λ = {lambd}") for lambd in ("0", "0.7", "7")), strict=True
    )
    assert disagree[0] > disagree[1] > disagree[2]
    assert "With each larger λ the first number falls" in prose("variance-why")
    assert max(together[:2]) < 5 and together[2] > 2 * max(together[:2])
    assert "is small for λ = 0 and for λ = 0.7; at λ = 7 it is much larger" in prose("variance-why")
    for label, share in zip(("0", "0.7", "7"), disagree, strict=True):
        drawn = reading.number(
            rf"λ = {label}: the 5 networks disagree on ([\d.]+) %", said("show-bundles")
        )
        assert round(drawn) == share
    assert right[1] > max(right[0], right[2])
    assert "seed in range(20, 25)" in reading.cell(NAME, "show-bundles").source
    assert "the five networks" in prose("variance-why")
