"""The text of `dropout` says what its cells show. nbval holds these to a fresh run."""

import itertools
import math

import numpy as np
import pytest

from autograders.content.studies import runs
from lab import results
from lab.data import moons
from lab.network import forward_propagation
from source_ref.initialization import initialize_parameters_he
from tests.notebooks import reading

NAME = "dropout"
KEEP_PROBS = ("1", "0.95", "0.86", "0.7", "0.6", "0.5", "0.4", "0.3")


def prose(cell_id):
    return reading.prose(NAME, cell_id)


def said(cell_id):
    return reading.said(NAME, cell_id)


def row(cell_id, label):
    return reading.row(NAME, cell_id, label)


def gains(table, against):
    """Return how each row's test accuracy differs from one row's, draw by draw."""
    values = {name: row["test, %"] for name, row in results.load(NAME)[table].values.items()}
    return {name: np.subtract(shares, values[against]) for name, shares in values.items()}


def test_the_numbers_of_networks_and_data():
    for count in ("120 points to **train**", "200 to **validate**", "5,000 to **test**"):
        assert count in prose("data")
    assert f"{2 ** (20 + 8):,}" in said("show-count")
    sizes = [64, 100, 50, 1]
    count = sum(n * (m + 1) for m, n in itertools.pairwise(sizes))
    assert f"[64, 100, 50, 1], with {count:,} parameters" in prose("digits-idea")
    assert "The other 1,597" in prose("digits-idea") and "1,797 pictures" in prose("digits-why")
    assert "keep_prob = 0.7`, so that about three units in ten" in prose("train-idea")


def normal_below(threshold):
    return 50 * (1 + math.erf(threshold / math.sqrt(2)))


@pytest.mark.parametrize("keep_prob", ["0.3", "0.5", "0.8", "0.95", "1"])
def test_rand_keeps_what_it_should_and_randn_does_not(keep_prob):
    uniform, normal = row("show-draws", keep_prob)
    assert abs(uniform - 100 * float(keep_prob)) <= 1
    assert abs(normal - normal_below(float(keep_prob))) <= 1


def test_where_the_slip_hides():
    uniform, normal = row("show-draws", "0.8")
    assert abs(uniform - normal) <= 2
    assert round(100 / (100 - normal_below(1))) == 6 and "one unit in six" in prose("draws-why")


def test_the_mean_stays_and_the_noise_is_as_large_as_the_signal():
    lines = said("show-mean").splitlines()[2:]
    assert len(lines) == 4
    for line in lines:
        _, without, mean, spread = (float(cell) for cell in line.split())
        assert math.isclose(mean, without, abs_tol=0.02)
        assert math.isclose(spread, without, abs_tol=0.02)


def test_a_dropped_unit_gets_no_gradient():
    entries = r"{}: .*dA1 is not 0 in ([\d,]+)", r"{}: .*dZ1 in ([\d,]+)"
    for entry in entries:
        assert reading.number(entry.format("dropped"), said("show-gradient")) == 0
    dA1, dZ1 = (reading.number(entry.format("kept"), said("show-gradient")) for entry in entries)
    assert dA1 > dZ1 > 0


def test_with_dropout_the_answers_differ():
    masks, whole = (line.split(":")[1].split() for line in said("show-answers").splitlines())
    assert len(set(masks)) > 2 and len(set(whole)) == 1


def test_dropout_gives_up_training_points_and_takes_longer():
    plain, thinned = row("train", "keep_prob = 1"), row("train", "keep_prob = 0.7")
    assert thinned[0] < plain[0] and thinned[1] > plain[1]
    first, later = (
        reading.number(
            rf"keep_prob = {keep_prob}: .* is first below .* at step (\d+)", said("train")
        )
        for keep_prob in ("1", r"0\.7")
    )
    assert first < later and "more slowly with dropout" in prose("train-why")


def test_what_one_draw_says_of_the_cost_is_left_to_forty():
    plain, thinned = row("train", "keep_prob = 1"), row("train", "keep_prob = 0.7")
    assert thinned[3] >= plain[3] and "is no lower in the end" in prose("train-why")
    assert "One draw cannot tell; forty draws follow below" in prose("train-why")


def costs(table):
    """Return the test costs of a table, row by row."""
    values = results.load(NAME)[table].values
    return {name: np.array(columns["test cost"]) for name, columns in values.items()}


def test_dropout_lowers_the_cost_on_the_moons_and_l2_lowers_it_further():
    cost = costs("moons")
    none, dropout, l2 = (
        cost[name] for name in ("keep_prob = 1", "keep_prob chosen", "L2, λ chosen")
    )
    assert none.size == 40 and "Over the forty draws" in prose("sure-why")
    lower = (dropout < none).sum()
    said_of_dropout = f"from {none.mean():.2f} to {dropout.mean():.2f}, on {lower} of them"
    assert said_of_dropout in prose("sure-why") and lower > 30
    assert f"brings it down to {l2.mean():.2f}, on all of them" in prose("sure-why")
    assert (l2 < none).all() and (l2 < dropout).all()
    assert "on every draw lower than dropout does" in prose("sure-why")
    for name, other in cost.items():  # whatever is kept, not at the chosen one alone
        if name.startswith("keep_prob = 0"):
            assert other.mean() < 0.65 * none.mean() and (other < none).sum() > 30


def test_on_the_digits_l2_lowers_the_cost_and_dropout_hardly():
    cost = costs("digits")
    none, dropout, l2 = (cost[name] for name in ("none", "keep_prob = 0.7", "L2, λ = 1"))
    said_of_l2 = f"down from {none.mean():.2f} to {l2.mean():.2f}, on every split"
    assert said_of_l2 in prose("digits-why") and (l2 < none).all()
    lower = (dropout < none).sum()
    said_of_dropout = f"brings it to {dropout.mean():.2f}, and lowers it on {lower} of 40"
    assert said_of_dropout in prose("digits-why") and 20 < lower < 36
    assert (l2 < dropout).all() and "the two do not do the same thing" in prose("digits-why")


def test_frozen_masks_do_worse_and_look_fine_with_the_masks_on():
    fresh, frozen = row("frozen", "fresh masks"), row("frozen", "frozen masks")
    assert frozen[0] < fresh[0] and frozen[1] < fresh[1]
    assert reading.number(r"masks on: ([\d.]+) %", said("frozen")) > 95
    assert reading.number(r"train, cost ([\d.]+)", said("frozen")) < fresh[2]


def test_the_thinner_networks_of_a_network_trained_with_dropout_agree():
    without, trained = (
        reading.number(rf"keep_prob = {keep_prob}: the 10 networks disagree on (\d+) %", text)
        for text in [said("open-test")]
        for keep_prob in ("1", "0.86")
    )
    assert f"On {without:.0f} % of the test points the ten do not agree" in prose("thinner-why")
    assert f"they disagree on {trained:.0f} %" in prose("thinner-why")


def test_how_many_points_thinner_networks_disagree_on_over_forty_draws():
    without, trained = (row["disagree, %"] for row in results.load(NAME)["thinner"].values.values())
    assert len(without) == 40 and all(b < a for a, b in zip(without, trained, strict=True))
    means = f"it was {np.mean(without):.0f} % and {np.mean(trained):.0f} % in the mean"
    assert f"On forty other draws {means}, and on each of them less" in prose("thinner-why")
    assert min(trained) > 3 and "few even for such a network" in prose("thinner-why")


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("draw", [1, 2])
def test_so_it_is_on_other_draws(draw):
    """A tenth of layer 1 gone changes more answers of a network that was trained without it."""
    X = moons(draw).test.X
    changed = []
    for keep_prob in (1, 0.86):
        parameters = runs.on_moons(draw, **runs.with_dropout(keep_prob)).parameters
        whole = forward_propagation(X, parameters)[0] > 0.5
        rng = np.random.RandomState(draw)
        thinner = [
            {**parameters, "W2": parameters["W2"] * (rng.rand(1, 20) < 0.9) / 0.9}
            for _ in range(20)
        ]
        answers = [forward_propagation(X, each)[0] > 0.5 for each in thinner]
        changed.append(np.mean(np.array(answers) != whole))
    assert changed[1] < changed[0] / 2


def test_three_thinner_networks_are_drawn():
    assert said("show-mask").count("units of layer 1 and") == 3
    assert "three thinner networks" in prose("show-mask-idea")


def test_the_sweep():
    rows = {keep_prob: row("sweep", f"keep_prob = {keep_prob}") for keep_prob in KEEP_PROBS}
    train = [each[0] for each in rows.values()]
    assert all(after <= before for before, after in itertools.pairwise(train))
    assert "fewer training points right, or as many" in prose("sweep-why")
    broad = [rows[keep_prob][1] for keep_prob in KEEP_PROBS[1:6]]
    assert max(broad) - min(broad) <= 0.5 < min(broad) - rows["1"][1]
    assert 100 / 200 == 0.5 and "half a point" in prose("sweep-why")
    assert 60 < rows["0.3"][1] < rows["1"][1]
    choice = min(rows, key=lambda keep_prob: (-rows[keep_prob][1], rows[keep_prob][3]))
    assert f"Chosen on the validation points: keep_prob = {choice}" in said("sweep")


def test_the_test_points_are_looked_at_last():
    """Nothing is shown of them before keep_prob is chosen."""
    order = [cell.id for cell in reading.lesson.read(reading.lesson.path(NAME)).cells]
    for cell_id in order[: order.index("test-idea")]:
        if reading.cell(NAME, cell_id).cell_type == "code":
            assert "test" not in said(cell_id)


def test_what_the_table_of_the_moons_shows():
    ours = gains("moons", "keep_prob = 1")["keep_prob chosen"]
    assert ours.size == 40 and "40 other draws" in prose("sure-idea")
    assert (ours > 0).sum() >= 30
    frozen = gains("moons", "keep_prob = 0.6")["0.6, frozen masks"]
    assert (frozen < 0).sum() >= 30
    against = gains("moons", "keep_prob chosen")["L2, λ chosen"]
    assert 25 <= (against > 0).sum() < 40
    assert 0.5 < against.mean() / against.std(ddof=1) < 1.5


def test_what_the_table_of_the_digits_shows():
    for name, ours in gains("digits", "none").items():
        if name != "none":
            assert (ours > 0).sum() >= 36 and 0.5 < ours.mean() < 1.5
    against = gains("digits", "L2, λ = 1")["keep_prob = 0.7"]
    assert abs(against.mean()) < against.std(ddof=1)
    assert (against > 0).sum() > 5 and (against < 0).sum() > 5
    assert (
        row("train-digits", "keep_prob = 1")[0] == row("train-digits", "keep_prob = 0.7")[0] == 100
    )


def gradients_with_masks(mask_dA, shared=False, draws=1):
    """Return the gradients of some draws of the masks, with `dA1` and `dA2` masked or not."""
    points = moons(4).train
    np.random.seed(0)
    parameters = initialize_parameters_he([2, 20, 8, 1])
    found = []
    for _ in range(draws):
        W, b = ([parameters[f"{kind}{l}"] for l in (1, 2, 3)] for kind in "Wb")
        A, D = [points.X], []
        for l in (0, 1):
            kept = np.random.rand(len(W[l]), 1 if shared else points.X.shape[1]) < 0.5
            D.append(kept | np.zeros((1, points.X.shape[1]), dtype=bool))
            A.append(np.maximum(0, W[l] @ A[l] + b[l]) * D[l] / 0.5)
        dZ3 = 1 / (1 + np.exp(-(W[2] @ A[2] + b[2]))) - points.Y
        dA2 = W[2].T @ dZ3 * (D[1] if mask_dA else 1) / 0.5
        dZ2 = dA2 * (A[2] > 0)
        dA1 = W[1].T @ dZ2 * (D[0] if mask_dA else 1) / 0.5
        dZ1 = dA1 * (A[1] > 0)
        found.append({"dA1": dA1, "dZ1": dZ1, "dW1": dZ1 @ points.X.T / points.X.shape[1]})
    return found


def test_without_the_second_mask_only_dA_is_wrong():
    (masked,), (not_masked,) = (gradients_with_masks(mask_dA) for mask_dA in (True, False))
    for name in ("dZ1", "dW1"):
        assert np.array_equal(masked[name], not_masked[name])
    assert not np.array_equal(masked["dA1"], not_masked["dA1"])
    assert "Only `dA1` itself would be wrong" in prose("backward-idea")


def test_a_mask_for_each_example_is_less_noisy_than_one_for_all():
    spread = {
        shared: np.std([each["dW1"] for each in gradients_with_masks(True, shared, 200)], axis=0)
        for shared in (False, True)
    }
    assert spread[True].mean() > 3 * spread[False].mean()
    assert "their mean is less noisy" in prose("show-mask-idea")


def test_with_few_pictures_dropout_is_ahead_of_l2_whatever_the_values():
    text, values = prose("few-why"), results.load(NAME)["few"].values
    shares = {name: np.array(columns["test, %"]) for name, columns in values.items()}
    first = shares["keep_prob = 0.6"] - shares["L2, λ = 0.5"]
    assert first.size == 40
    assert (
        f"ahead of L2 by {first.mean():.1f} points in the mean, on {(first > 0).sum()} of" in text
    )
    ahead = [
        (dropout - l2 > 0).sum()
        for name, dropout in shares.items()
        for other, l2 in shares.items()
        if name.startswith("keep_prob") and other.startswith("L2")
    ]
    assert len(ahead) == 9 and f"each λ, on at least {min(ahead)} of the forty" in text
    twice = gains("digits", "L2, λ = 1")["keep_prob = 0.7"]
    assert f"With twice as many pictures it was {twice.mean():.1f}" in text


def test_with_few_pictures_l2_has_the_lower_cost():
    cost = costs("few")
    for name, ours in cost.items():
        if name.startswith("L2"):
            assert (ours < cost["none"]).all() and "test cost on every split" in prose("few-why")
        elif name != "none":
            assert 14 < (ours < cost["none"]).sum() < 26  # about half
            assert all((ours > other).all() for l2, other in cost.items() if l2.startswith("L2"))
