"""The text of `overfitting` says what its cells show. nbval holds these to a fresh run."""

import itertools
import math
import statistics

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
    weights = sum(n * m for m, n in itertools.pairwise(sizes))
    assert f"These are {weights} weights; with {count - weights} biases" in prose("train-idea")
    assert "layers of 2, 20, 8, 1 units" in said("untrained")
    assert f"{count} parameters do not bend" in prose("units-idea")
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


def test_what_momentum_does():
    assert "momentum=0.9" in reading.cell(NAME, "train").source
    assert "nine tenths of each step" in prose("train-idea")
    assert math.isclose(1 / (1 - 0.9), 10) and "up to ten times as large" in prose("train-idea")


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


def test_first_it_grows_too_sure_then_it_becomes_wrong():
    lines = [line.split() for line in said("show-wrong").splitlines()[2:5]]
    (lowest, most, last), wrong, cheap, dear = (
        [float(cell.replace(",", "")) for cell in column] for column in zip(*lines, strict=True)
    )
    assert lowest < most < last
    assert f"Between step {lowest:,.0f} and step {most:,.0f} the cost rises" in prose("wrong-why")
    assert f"*fewer* wrong answers, {wrong[1]:.0f} and not {wrong[0]:.0f}" in prose("wrong-why")
    assert wrong[1] < wrong[0] < wrong[2]
    assert cheap[0] > cheap[1] > cheap[2]
    assert dear[0] < dear[1] < dear[2] and dear[2] > 1.5 * dear[0]


def sure(cell_id, label):
    """Return on how many per cent of a picture a network is sure."""
    return reading.number(rf"{label}: .*? sure on (\d+) %", said(cell_id))


def test_it_grows_surer_and_the_pictures_say_how_much():
    shares = [sure("show-wrong", f"step {step}") for step in ("650", "1,250", "2,500")]
    assert shares == sorted(set(shares))
    words = "sure on {:.0f} % of the picture, then on {:.0f} % and at last on {:.0f} %"
    assert words.format(*shares) in prose("wrong-why")
    chosen, last = (sure("open-test", f"step {step}") for step in ("650", "2,500"))
    assert f"surer, on {last:.0f} % of the picture" in prose("boundary-why")
    assert f"the network is sure on {chosen:.0f} %" in prose("boundary-why") and chosen < last
    assert (chosen, last) != (shares[0], shares[2]) and "had other shares above" in prose(
        "boundary-why"
    )
    assert "Sure is a probability of either class above 90 %" in said("show-wrong")
    assert "*Sure* is more than 90 % for one of the classes" in prose("wrong-why")


def test_which_turns_first():
    values = results.load(NAME)["moons"].values
    cost, right = values["lowest cost"], values["most right"]
    pairs = list(zip(cost["step"], right["step"], strict=True))
    later, earlier = sum(r > c for c, r in pairs), sum(r < c for c, r in pairs)
    assert f"On {later} of the forty draws the most right answers come later" in prose(
        "results-why"
    )
    same = len(pairs) - later - earlier
    assert f"on {earlier} earlier, and on {same} at the same record" in prose("results-why")
    assert later > 20 > 4 * earlier
    won = statistics.mean(right["test, %"]) - statistics.mean(cost["test, %"])
    assert 0.25 < won < 0.4 and "a third of a point on average" in prose("results-why")
    ours = [int(line.split()[0].replace(",", "")) for line in said("show-wrong").splitlines()[2:4]]
    apart = sorted(r - c for c, r in pairs)
    assert apart[len(apart) // 2] < (ours[1] - ours[0]) / 2
    assert "mostly nearer to each other than on our draw" in prose("results-why")


def test_the_share_of_the_best_rule_is_guessed_and_shown():
    assert "per cent of the training points is the best rule right?" in prose("wrong-why")
    assert reading.number(r"train: .*best rule ([\d.]+) %", said("compare-best")) > 80


def test_early_stopping_costs_the_validation_points():
    assert "costs the validation points: the network does not learn from them" in prose("remember")
    assert "fit( data.train," in prose("train") and "steps=2500" in prose("train")


def test_a_sure_mistake_has_a_slope_near_one_to_either_side():
    for y, slope in ((0, 1), (1, -1)):
        sure_and_wrong = 0.999 if y == 0 else 0.001
        assert abs(sure_and_wrong - y - slope) < 0.01
    assert "slope near 1, or near −1 if the truth is 1" in prose("slope-idea")


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
        for patience in (1, 2, 3, 4, 5, 20)
    }
    assert steps[1] == steps[2] == steps[3] < steps[4] == steps[5] == steps[20]
    assert "How much patience does it take" in prose("patience-idea")
    assert f"Stop at step {steps[5]:.0f} of 2500" in said("use-stopping")


def test_the_chosen_step_costs_training_points_and_wins_test_points():
    stopped, last = (
        [reading.number(pattern, line) for pattern in (r"([\d.]+) % right", r"([\d.]+) % on test")]
        for line in said("open-test").splitlines()[:2]
    )
    assert stopped[0] < last[0]
    assert stopped[1] > last[1] and "and on more test points" in prose("boundary-why")


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


def test_more_points_close_the_gap_on_our_draw():
    shares, cost = (
        {
            part: reading.number(
                rf"{what}, {part}: [\d.e+]+ at 30, ([\d.]+) at 2000", said("train-more")
            )
            for part in ("train", "test")
        }
        for what in ("right answers, %", "cost")
    )
    best = reading.number(r"the best rule: ([\d.]+) % on test", said("open-test"))
    assert f"near the {best} % of the best rule" in prose("units-idea")
    assert all(abs(share - best) <= 1 for share in shares.values())
    assert abs(cost["train"] - cost["test"]) < 0.03


def test_more_points_on_forty_draws():
    text, tables = prose("cures-why"), results.load(NAME)
    points = tables["points"].values
    gaps = [statistics.mean(points[m]["gap"]) for m in ("2000", "120")]
    assert f"the gap is {gaps[0]:.1f} in the place of {gaps[1]:.1f}" in text
    many = points["2000"]["test, %"]
    stopped = tables["moons"].values["early stopping"]["test, %"]
    assert len(many) == 40 and "on each of the forty draws" in text
    for others in (points["120"]["test, %"], stopped):
        assert all(more > other for more, other in zip(many, others, strict=True))
    assert points["120"] == {
        column: values
        for column, values in tables["moons"].values["last step"].items()
        if column != "step"
    }


def test_fewer_units_on_forty_draws():
    text, tables = prose("cures-why"), results.load(NAME)
    shares = {units: row["test, %"] for units, row in tables["units"].values.items()}
    means = {units: statistics.mean(values) for units, values in shares.items()}
    assert max(means, key=means.get) == "4" and "In this table four units are ahead" in text
    near = [statistics.stdev(values) / 40**0.5 for values in (shares["3"], shares["6"])]
    assert all(means["4"] - means[units] < 2 * max(near) for units in ("3", "6"))
    assert "three or six are hardly behind" in text
    gains = [few - usual for few, usual in zip(shares["4"], shares["20"], strict=True)]
    assert f"ahead of 20 on {sum(gain > 0 for gain in gains)} of the forty draws" in text
    varies = f"{statistics.mean(gains):.1f} points in the mean, which varies by"
    assert f"by {varies} {statistics.stdev(gains):.1f}" in text
    stopped = tables["moons"].values["early stopping"]["test, %"]
    ahead = sum(s > few for s, few in zip(stopped, shares["4"], strict=True))
    assert f"Early stopping with 20 units is ahead of them on {ahead}." in text
    train = statistics.mean(tables["units"].values["2"]["train, %"])
    assert f"right on only {train:.1f} % of the training points" in text
    apart = [many - usual for many, usual in zip(shares["36"], shares["20"], strict=True)]
    assert abs(statistics.mean(apart)) < statistics.stdev(apart) / 3
    assert "between 36 units and 20 the difference is far inside its spread" in text
