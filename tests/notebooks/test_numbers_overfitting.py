"""The text of `overfitting` says what its cells show. nbval holds these to a fresh run."""

import itertools
import math

from lab import results
from tests.notebooks import reading

NAME = "overfitting"


def prose(cell_id):
    return reading.prose(NAME, cell_id)


def said(cell_id):
    return reading.said(NAME, cell_id)


def test_the_numbers_of_the_network_and_the_data():
    sizes = [2, 20, 8, 1]
    count = sum(n * (m + 1) for m, n in itertools.pairwise(sizes))
    assert f"{count} parameters" in prose("train-idea")
    assert "After 2,500 steps" in prose("train-idea")
    assert "every 50 steps" in prose("train-idea")
    assert "steps=2500" in reading.cell(NAME, "train").source
    assert "120 train points and 200 validation points" in said("show-data")
    for count in (
        "120 points to **train**",
        "200 points to **validate**",
        "5,000 points to **test",
    ):
        assert count in prose("data")


def test_an_untrained_network_is_a_coin_with_opinions():
    assert "50.0 % right" in said("untrained")
    assert reading.number(r"cost ([\d.]+),", said("untrained")) > math.log(2)
    assert f"{math.log(2):.2f}" in prose("train-idea")


def test_the_measured_slope_is_the_error():
    measured = reading.number(r"measured: ([\d.]+)", said("check-slope"))
    assert f"{measured:.6f}" == f"{1 / (1 + math.exp(-1.5)):.6f}"
    assert reading.number(r"a - y: +([\d.]+)", said("check-slope")) == measured


def test_the_validation_cost_turns_and_the_training_cost_goes_on_falling():
    train, validation = (
        {
            key: reading.number(rf"{name}: .*?{words} ([\d.]+)", said("train"))
            for key, words in (("end", "to"), ("low", "lowest is"))
        }
        for name in ("train", "validation")
    )
    assert train["end"] == train["low"]
    assert validation["end"] > 1.5 * validation["low"]


def test_right_answers_become_cheaper_and_wrong_ones_much_dearer():
    lines = said("show-wrong").splitlines()[2:4]
    (_, few, cheap, dear), (_, more, cheaper, dearer) = (
        map(float, line.replace(",", "").split()) for line in lines
    )
    assert few < more < 1.5 * few
    assert cheaper < cheap
    assert dearer > 1.5 * dear


def test_the_network_beats_the_best_rule_where_it_was_trained_and_only_there():
    text = said("compare-best")
    right = r"{}: your network ([\d.]+) % right, the best rule"
    best = r"{}: your network [\d.]+ % right, the best rule ([\d.]+)"
    gain = {
        name: reading.number(right.format(name), text) - reading.number(best.format(name), text)
        for name in ("train", "validation")
    }
    assert gain["train"] > 5
    assert gain["validation"] < 0


def test_too_little_patience_takes_the_first_bump():
    steps = {
        patience: reading.number(rf"\n{patience} +(\d+) ", said("try-patience"))
        for patience in (1, 3, 5, 20)
    }
    assert steps[1] == steps[3] < steps[5] == steps[20]
    assert f"Stop at step {steps[5]:.0f} of 2500" in said("use-stopping")


def test_the_chosen_step_costs_training_points_and_no_test_points():
    stopped, last = (
        [reading.number(pattern, line) for pattern in (r"([\d.]+) % right", r"([\d.]+) % on test")]
        for line in said("open-test").splitlines()[:2]
    )
    assert stopped[0] < last[0]
    assert stopped[1] >= last[1]


def test_the_test_points_are_looked_at_last():
    """Nothing is shown of them before the step is chosen."""
    order = [cell.id for cell in reading.lesson.read(reading.lesson.path(NAME)).cells]
    for cell_id in order[: order.index("test-idea")]:
        if reading.cell(NAME, cell_id).cell_type == "code":
            assert "test" not in said(cell_id)


def test_what_the_table_shows():
    values = results.load(NAME)["moons"].values
    last, stopped = values["last step"], values["early stopping"]
    assert len(last["test, %"]) == 40 and "forty draws" in prose("choice-why")
    gained = [s - n for s, n in zip(stopped["test, %"], last["test, %"], strict=True)]
    better = sum(g > 0 for g in gained)
    assert 30 <= better < 40
    assert sum(stopped["gap"]) < sum(last["gap"]) / 2
    ours = reading.number(r"Stop at step (\d+)", said("use-stopping"))
    assert sum(step < ours for step in stopped["step"]) > 30
