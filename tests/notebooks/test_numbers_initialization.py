"""The text of `initialization` says what its cells show. nbval holds these to a fresh run."""

import math
import statistics

import pytest

from lab import results
from tests.notebooks import reading

NAME = "initialization"
RIGHT_ON_TEST = r"the test points \(([\d.]+) % right\)"


def prose(cell_id):
    return reading.prose(NAME, cell_id)


def said(cell_id):
    return reading.said(NAME, cell_id)


def test_the_numbers_in_the_formulas():
    assert f"{math.log(2):.4f}" in prose("zeros-idea")
    assert f"{-math.log(1e-12):.1f}" in prose("random-train-idea")
    asked = [f"{math.sqrt(2 / n):.2g}" for n in (2, 10, 5)]
    assert f"asks for {asked[0]}, {asked[1]} and {asked[2]}" in prose("small-net")
    for l, n in ((1, 2), (2, 10), (3, 5)):
        assert f"W{l}: n = {n:2d}, your weights have the spread {math.sqrt(2 / n):.2f}" in said(
            "look-he"
        )


def test_the_numbers_of_the_training():
    cells = "".join(reading.cell(NAME, c).source for c in ("train-zeros", "train-he"))
    assert cells.count("steps=15000") == cells.count("learning_rate=0.01") == 2
    assert r"15,000 such steps with $\alpha = 0.01$" in prose("training")
    assert "300 points" in prose("data") and "5,000 fresh points" in prose("data")
    assert "300 train points and 5,000 test points" in said("show-data")


def test_the_drawn_network_is_the_one_of_the_lesson():
    assert "layers of 2, 10, 5, 1 units" in said("show-network")
    assert "two inputs, hidden layers of 10 and 5 units, one output" in prose("network-drawn")


def test_zeros_stay_where_they_are():
    assert "0.6931 at the start and 0.6931 at the end" in said("train-zeros")
    assert "test points: 50.0 %" in said("train-zeros")
    assert "no longer zero: 0" in said("train-zeros")


def test_equal_units_stay_equal_and_draw_a_straight_line():
    assert "All ten rows are equal: True" in said("train-equal")
    assert reading.number(RIGHT_ON_TEST, said("train-equal")) < 65
    assert "All 10 units of layer 1 have the same lines." in said("train-equal")
    assert "layer 1 has ten times the same fan of lines" in prose("equal-why")


def test_large_weights_are_sure_and_wrong_and_move_little_beside_their_size():
    assert reading.number(r"size of Z3 is (\d+)", said("look-random")) > 1000
    assert "99.9 % sure: 100 %" in said("look-random")
    assert "is right: 50.0 %" in said("look-random")
    assert "fills 100 % of the picture; the network is sure on 100 %" in said("look-random")
    assert "the whole picture has the deep orange of a sure class 1" in prose("random-train-idea")
    assert reading.number(r"The cost is ([\d.]+) at the start", said("train-random")) > 10
    for name in ("W1", "W2", "W3"):
        moved = rf"{name} has moved by [\d.]+, (\d+) %"
        assert reading.number(moved, said("train-random")) < 50
        assert reading.number(moved, said("train-he")) > reading.number(moved, said("train-random"))


def test_what_the_first_steps_from_large_weights_do():
    text = said("train-random")
    for name in ("W1", "W2", "W3"):
        way = rf"{name} has moved by ([\d.]+),"
        assert reading.number(way, text) > reading.number(way, said("train-he"))
        assert reading.number(rf"{name} .*; (\d+) % of that way by step 300", text) > 50
    assert "first 300 of the 15,000 steps" in prose("random-why")
    size, dead = (
        [reading.number(rf"At the {when} .*{what}", text) for when in ("start", "end")]
        for what in (r"Z3 is ([\d,.]+);", r"point: (\d) of 5")
    )
    assert 500 < size[0] / size[1] < 2000 and "about a thousand times" in prose("random-why")
    assert dead[0] < dead[1]
    large, he = (reading.row(NAME, "first-slopes", start)[-1] for start in ("random × 10", "He"))
    assert large > 100 * he


def test_what_the_first_steps_do_on_every_draw():
    values = results.load(NAME)["circles"].values
    large, he = values["random × 10"], values["He"]
    pairs = list(zip(large["way"], he["way"], strict=True))
    assert len(pairs) == 40 and all(there > here for there, here in pairs)
    means = [f"{statistics.mean(way):.1f}" for way in (large["way"], he["way"])]
    assert f"on each of these draws: {means[0]} and {means[1]} in the mean" in prose("results-why")
    early = zip(large["way by step 300"], large["way"], strict=True)
    assert all(first > way / 2 for first, way in early)
    assert "On each of them more than half of that way lies in the first 300" in prose(
        "results-why"
    )
    shares = [f"{statistics.mean(start['way, %']):.0f} %" for start in (large, he)]
    assert f"only {shares[0]} of their size at the start; from He's start it is {shares[1]}" in (
        prose("results-why")
    )
    died = [
        sum(end > start for start, end in zip(*columns, strict=True))
        for columns in (
            (each["dead at the start"], each["dead at the end"]) for each in (large, he)
        )
    ]
    assert f"on {died[0]} of the forty draws; from He's start on {died[1]}" in prose("results-why")
    sizes = zip(large["size of Z3 at the start"], large["size of Z3 at the end"], strict=True)
    assert all(end < start / 5 for start, end in sizes)


def test_he_comes_close_to_the_best_there_is():
    best = reading.number(r"right on ([\d.]+) %", said("show-data"))
    assert best - reading.number(RIGHT_ON_TEST, said("train-he")) <= 2
    assert best - reading.number(RIGHT_ON_TEST, said("train-random")) > 10
    start = reading.number(r"The cost is ([\d.]+) at the start", said("train-he"))
    assert abs(start - math.log(2)) < 0.25


def test_one_is_as_good_as_he_here_and_a_hundredth_fails():
    he = reading.number(RIGHT_ON_TEST, said("train-he"))
    assert abs(reading.number(r"Random × 1: ([\d.]+) %", said("other-scales")) - he) <= 1
    assert reading.number(r"Random × 0.01: ([\d.]+) %", said("other-scales")) < 60
    assert "random × 0.01: from 0.69 to 0.69" in said("compare-starts")


def test_small_weights_make_slopes_ten_thousand_times_smaller_or_more():
    slope = r"{} +[\de.+-]+ +([\de.+-]+)"
    plain = reading.number(slope.format("random × 1"), said("first-slopes"))
    tiny = reading.number(slope.format(r"random × 0\.01"), said("first-slopes"))
    assert plain / tiny >= 1e4


def test_the_signal_explodes_holds_fades_and_vanishes():
    ends = {
        name: reading.number(pattern + r": [\de.+-]+ in layer 1, ([\de.+-]+) in", said("show-deep"))
        for name, pattern in (
            ("explodes", "c = 1"),
            ("holds", r"He, c = √\(2/100\)"),
            ("fades", r"c = √\(1/100\)"),
            ("vanishes", r"c = 0\.01"),
        )
    }
    assert ends["explodes"] > 1e12
    assert 0.3 < ends["holds"] < 3
    assert 1e-5 < ends["fades"] < 0.01
    assert ends["vanishes"] < 1e-12


def test_the_size_begins_where_the_rule_was_derived():
    he = r"He, c = √\(2/100\): ([\d.]+) in layer 1"
    assert reading.number(he, said("show-deep")) == 1
    assert "That of the inputs is 1" in prose("deep")


def test_slopes_do_the_same_on_the_way_back():
    first = r"{} +1 +([\de.+-]+)"
    assert reading.number(first.format("c = 1 "), said("deep-back")) > 1e12
    assert 0.3 < reading.number(first.format(r"√\(2/100\)"), said("deep-back")) < 3
    assert reading.number(first.format(r"c = 0\.01"), said("deep-back")) < 1e-12


@pytest.mark.parametrize("start", ["zeros", "random × 10", "random × 0.01"])
def test_behind_he_in_every_single_draw(start):
    compared = results.compared(NAME, "circles", ["He", start])
    assert len(compared["He"]) == 40 and "forty draws" in prose("sure")
    assert all(other < he for he, other in zip(*compared.values(), strict=True))


def test_no_difference_between_he_and_one():
    compared = results.compared(NAME, "circles", ["He", "random × 1"])
    differences = [other - he for he, other in zip(*compared.values(), strict=True)]
    mean = sum(differences) / len(differences)
    spread = math.sqrt(sum((d - mean) ** 2 for d in differences) / (len(differences) - 1))
    assert abs(mean) < spread / 2


def test_some_draws_of_he_end_well_below_the_others():
    shares = sorted(results.compared(NAME, "circles", ["He"])["He"])
    assert shares[0] < shares[len(shares) // 2] - 5


VARIANCES = ("He, 2/n", "1/n", "0.5/n")


def below(step, bound):
    """Return on how many of the forty draws each deep network's cost is below a bound."""
    values = results.load(NAME)["deep"].values
    columns = [values[variance][f"cost at {step}"] for variance in VARIANCES]
    assert {len(column) for column in columns} == {40}
    return [sum(cost < bound for cost in column) for column in columns]


def test_the_deep_network_of_the_text_is_the_one_that_is_trained_and_measured():
    source = reading.cell(NAME, "deep-train").source
    for setting in ("[64, *[50] * 10, 1]", "learning_rate=0.02", "momentum=0.9", "steps=400"):
        assert setting in source
    assert "ten hidden layers of 50 units" in prose("deep-train-idea")
    about = " ".join(results.load(NAME)["deep"].about)
    for setting in ("ten hidden layers of 50 units", "rate 0.02, momentum 0.9, 400 steps"):
        assert setting in about


def test_in_a_deep_network_the_variance_decides_when_it_learns():
    he, half, quarter = (reading.row(NAME, "deep-train", name) for name in VARIANCES)
    for costs in (he, half, quarter):
        assert abs(costs[0] - math.log(2)) < 0.03
    assert [cost[0] == 0.693 for cost in (he, half, quarter)] == [False, True, True]
    assert "the two smaller ones say 0.5 to every picture" in prose("deep-train-why")
    he_80 = he[1]
    assert he_80 < 0.05
    assert half[1] > 0.5 and half[3] < 0.01
    assert min(quarter) > 0.55 and quarter[3] > 0.65


def test_when_the_deep_network_gets_down_on_every_draw():
    text = prose("deep-results-why")
    he, half, quarter = below(160, 0.1)
    assert f"on {he} of the forty draws with He's rule, on {half} with $1/n$" in text
    assert quarter == 0 and "and on none with $0.5/n$" in text
    he, half, quarter = below(320, 0.1)
    assert f"At step 320 it is so on {he}, {half} and {quarter}." in text
    assert f"is still above 0.65 on {40 - below(400, 0.65)[2]} draws" in text
    assert f"on {below(400, 0.1)[2]} it has come below 0.1" in text
    assert 40 - below(400, 0.1)[0] == 1 and "on one draw He's start does not get down" in text


def test_he_and_half_of_it_end_with_as_many_right_answers():
    he, half = results.compared(NAME, "deep", VARIANCES[:2]).values()
    assert 18 <= sum(h < o for h, o in zip(he, half, strict=True)) <= 22
    assert "each is ahead on about half of the draws" in prose("deep-results-why")
    assert abs(statistics.mean(half) - statistics.mean(he)) < 0.5
