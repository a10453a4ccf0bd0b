"""How often the statistics of `lab.judge.randomness` accuse right draws."""

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from autograders.authoring.false_alarms import bound, coincidences, statistics
from autograders.course.catalogue import EXERCISES
from autograders.course.exercise import Question
from lab.judge import randomness
from lab.judge.randomness import FALSE_ALARM
from tests.alarms import (
    SEEDS,
    fresh,
    mean_alarm,
    share_alarm,
    shipped,
    spread_alarm,
    uncorrelated_alarm,
)

SIZES = (1, 2, 3, 10, 60, 150, 600, 5000, 40_000, 1_000_000)
CHECKS_OF_A_STUDENT = 100
ASLEEP = 1e-18
"""A statistic that accuses right draws less often than that has bounds too wide to see much."""


def test_a_mean_and_a_correlation_are_rarely_accused():
    assert ASLEEP < mean_alarm() <= FALSE_ALARM
    assert ASLEEP < uncorrelated_alarm() <= FALSE_ALARM


@pytest.mark.parametrize("n", SIZES)
def test_a_spread_is_rarely_accused(n):
    assert ASLEEP < spread_alarm(n) <= FALSE_ALARM


@pytest.mark.parametrize("probability", [0.001, 0.1, 0.3, 0.5, 0.745, 0.85, 0.99])
@pytest.mark.parametrize("n", [n for n in SIZES if n < 10_000])
def test_a_share_is_rarely_accused(n, probability):
    assert share_alarm(probability, n) <= FALSE_ALARM


def test_a_share_is_accused_only_for_a_reason():
    assert share_alarm(0.5, 5000) > ASLEEP
    assert randomness.share_is(1, 1, 10)
    assert not randomness.share_is(0.9, 1, 10)
    assert randomness.share_is(0, 0, 10)


STATISTICS = {
    "mean_is_zero": lambda draw, n: randomness.mean_is_zero(draw.randn(n)),
    "spread_is_one": lambda draw, n: randomness.spread_is_one(draw.randn(n)),
    "uncorrelated": lambda draw, n: randomness.uncorrelated(draw.randn(n), draw.randn(n)),
    "rows_are_unrelated": lambda draw, n: randomness.rows_are_unrelated(draw.randn(n, 7)),
    "share_is": lambda draw, n: randomness.share_is(np.mean(draw.rand(n) < 0.85), 0.85, n),
    "agree_by_chance": lambda draw, n: randomness.agree_by_chance(
        draw.rand(n) < 0.7, draw.rand(n) < 0.7, 0.7
    ),
}


@pytest.mark.parametrize("n", [5, 300])
@pytest.mark.parametrize("name", STATISTICS)
def test_the_bounds_hold_where_alarms_can_be_counted(name, n, monkeypatch):
    """At a bound of 1 in 5 instead of 1 in 10^13, right draws are accused no oftener."""
    monkeypatch.setattr(randomness, "FALSE_ALARM", 0.2)
    draw, runs = np.random.RandomState(n), 3000
    alarms = sum(not STATISTICS[name](draw, n) for _ in range(runs))
    assert alarms > 0
    assert stats.binomtest(alarms, runs, 0.2, alternative="greater").pvalue > 1e-3


def test_twelve_bins_are_twelve_statistics(monkeypatch):
    calls = []
    monkeypatch.setattr(randomness, "share_is", lambda *arguments: calls.append(arguments) or True)
    assert randomness.shape_is_normal(np.zeros(10))
    assert len(calls) == 12
    shares, probabilities, sizes = zip(*calls, strict=True)
    assert sum(probabilities) == pytest.approx(1)
    assert sum(shares) == pytest.approx(1)
    assert set(sizes) == {10}
    widths = np.diff(stats.norm.cdf([-math.inf, *randomness.BIN_EDGES, math.inf]))
    np.testing.assert_allclose(probabilities, widths, rtol=1e-12)


def alarm(questions):
    """Return the probability that a right answer meets any alarm: all exact ones, added up."""
    exact = {
        "mean_is_zero": mean_alarm,
        "uncorrelated": uncorrelated_alarm,
        "spread_is_one": spread_alarm,
        "share_is": share_alarm,
    }
    counts = statistics(questions)
    total = sum(count * exact[name](*size) for (name, *size), count in counts.items())
    listed = [each for exercises in EXERCISES.values() for each in exercises]
    return total + sum(p for each in listed for p in coincidences(questions(each)))


@pytest.mark.parametrize("questions", [shipped, *map(fresh, SEEDS)], ids=["shipped", *SEEDS])
def test_all_checks_together_look_at_few_enough_statistics(questions):
    count = sum(statistics(questions).values())
    assert 1000 < count < 3000
    assert count * FALSE_ALARM < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_a_student_who_runs_every_check_a_hundred_times_and_hands_in_is_safe(seed):
    assert 0 < CHECKS_OF_A_STUDENT * alarm(shipped) + alarm(fresh(seed)) < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_that_is_printed_lies_above_all_exact_probabilities(seed):
    count, probability = bound(np.random.RandomState(seed))
    assert count > 1000
    assert count * FALSE_ALARM < probability < 1e-9


@pytest.mark.parametrize(("keep_prob", "m"), [(0.7, 4), (0.5, 5)])
def test_coincidences_of_masks_are_as_frequent_as_computed(keep_prob, m):
    """For masks of 2 and 3 units, where they can be counted."""
    arguments = {
        "X": np.zeros((1, m)),
        "parameters": {"b1": np.zeros((2, 1)), "b2": np.zeros((3, 1))},
        "keep_prob": keep_prob,
    }
    question = Question("", "", arguments, "fresh_masks")
    *_, computed = coincidences([question])
    draw, runs = np.random.RandomState(m), 20_000
    masks = [draw.rand(runs, 4, n, m) < keep_prob for n in (2, 3)]
    equal_shares, equal_masks, counted = [], [], np.ones(runs, bool)
    for mask in masks:
        for axis in (1, 2):
            shares = mask[:, 0].mean(axis=axis)
            equal_shares.append(np.mean(np.all(shares == shares[:, :1], axis=1)))
        for x, y in itertools.combinations(range(4), 2):
            equal_masks.append(np.mean(np.all(mask[:, x] == mask[:, y], axis=(1, 2))))
        counts = mask.sum(axis=(2, 3))
        near = np.abs(counts[:, 0] - mask[0, 0].size * keep_prob) < 1
        counted &= near & np.all(counts == counts[:, :1], axis=1)
    assert np.mean(counted) > 0
    assert stats.binomtest(int(counted.sum()), runs, computed).pvalue > 1e-3
    bounds = list(coincidences([question]))
    for position, share in enumerate(equal_masks):
        bound_ = bounds[8 * (position // 6) + 2 + position % 6]
        assert stats.binomtest(round(share * runs), runs, bound_).pvalue > 1e-3
    for position, share in enumerate(equal_shares):
        # a bound: rows and columns are equal no oftener
        assert share <= 1.1 * bounds[8 * (position // 2) + position % 2]


def test_exact_draws_are_no_oftener_than_computed(monkeypatch):
    """At an EXACT of a third instead of a millionth, where they can be counted."""
    monkeypatch.setattr(randomness, "EXACT", 1 / 3)
    (computed,) = coincidences([Question("", "", {"layers_dim": [20, 20, 20]}, "normal_draws")])
    draw, runs = np.random.RandomState(5), 3000
    alarms = sum(randomness.all_are_exact(draw.randn(2, 20, 20)) for _ in range(runs))
    assert alarms > runs / 30
    assert stats.binomtest(alarms, runs, computed, alternative="greater").pvalue > 1e-3


@pytest.mark.parametrize("ddof", [0, 1])
def test_draws_made_exact_are_seen(ddof):
    layers = np.random.RandomState(ddof).randn(3, 40, 90)
    assert not randomness.all_are_exact(layers)
    assert randomness.all_are_exact([z - z.mean() for z in layers])
    assert randomness.all_are_exact([z / z.std(ddof=ddof) for z in layers])
    assert randomness.all_are_exact([z / np.sqrt(np.mean(z**2)) for z in layers])
    assert not randomness.all_are_exact([layers[0], *(z - z.mean() for z in layers[1:])])


def test_rows_made_alike_are_seen():
    z = np.random.RandomState(0).randn(40, 90)
    centred, long = z - z.mean(axis=1, keepdims=True), np.linalg.norm(z, axis=1, keepdims=True)
    assert [randomness.rows_are_alike(each) for each in (z, centred, z / long)] == [
        False,
        True,
        True,
    ]
    assert not randomness.rows_are_alike(z[:5] / long[:5])  # few rows may be alike by chance


def test_rows_that_are_there_twice_are_seen():
    z = np.random.RandomState(0).randn(40, 90)
    assert not randomness.rows_are_repeated(z)
    assert randomness.rows_are_repeated(np.tile(z[:13], (4, 1)))
    assert not randomness.rows_are_repeated(z[:, :3].round())  # short rows may be equal by chance
