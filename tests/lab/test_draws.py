"""How often the statistics of `lab.draws` accuse right draws."""

import collections
import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

from autograders import examples, reference
from autograders.exercises import NOTEBOOKS
from lab import draws
from lab.ask import asker
from lab.draws import FALSE_ALARM
from lab.examples import all_exercises
from lab.verdict import judge
from tests.alarms import (
    SEEDS,
    draw_questions,
    fresh,
    masks_of,
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
    assert draws.share_is(1, 1, 10)
    assert not draws.share_is(0.9, 1, 10)
    assert draws.share_is(0, 0, 10)


STATISTICS = {
    "mean_is_zero": lambda draw, n: draws.mean_is_zero(draw.randn(n)),
    "spread_is_one": lambda draw, n: draws.spread_is_one(draw.randn(n)),
    "uncorrelated": lambda draw, n: draws.uncorrelated(draw.randn(n), draw.randn(n)),
    "share_is": lambda draw, n: draws.share_is(np.mean(draw.rand(n) < 0.85), 0.85, n),
    "agree_by_chance": lambda draw, n: draws.agree_by_chance(
        draw.rand(n) < 0.7, draw.rand(n) < 0.7, 0.7
    ),
}


@pytest.mark.parametrize("n", [5, 300])
@pytest.mark.parametrize("name", STATISTICS)
def test_the_bounds_hold_where_alarms_can_be_counted(name, n, monkeypatch):
    """At a bound of 1 in 5 instead of 1 in 10^13, right draws are accused no oftener."""
    monkeypatch.setattr(draws, "FALSE_ALARM", 0.2)
    draw, runs = np.random.RandomState(n), 3000
    alarms = sum(not STATISTICS[name](draw, n) for _ in range(runs))
    assert alarms > 0
    assert stats.binomtest(alarms, runs, 0.2, alternative="greater").pvalue > 1e-3


def test_twelve_bins_are_twelve_statistics(monkeypatch):
    calls = []
    monkeypatch.setattr(draws, "share_is", lambda *arguments: calls.append(arguments) or True)
    assert draws.shape_is_normal(np.zeros(10))
    assert len(calls) == 12
    shares, probabilities, sizes = zip(*calls, strict=True)
    assert sum(probabilities) == pytest.approx(1)
    assert sum(shares) == pytest.approx(1)
    assert set(sizes) == {10}
    widths = np.diff(stats.norm.cdf([-math.inf, *draws.BIN_EDGES, math.inf]))
    np.testing.assert_allclose(probabilities, widths, rtol=1e-12)


def judge_the_reference(questions):
    """Judge every reference function; return each statistic with its size, and how often."""
    counts = collections.Counter()

    def counted(name, size):
        original = getattr(draws, name)

        def call(*arguments):
            counts[name, *size(*arguments)] += 1
            return original(*arguments)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draws, "mean_is_zero", counted("mean_is_zero", lambda z: ()))
        patch.setattr(draws, "uncorrelated", counted("uncorrelated", lambda x, y: ()))
        patch.setattr(draws, "spread_is_one", counted("spread_is_one", lambda z: (z.size,)))
        patch.setattr(draws, "share_is", counted("share_is", lambda share, p, n: (p, n)))
        for assignment, exercises in NOTEBOOKS.items():
            for exercise in exercises:
                cases = examples.answered(assignment, exercise, questions(exercise))
                asked = dataclasses.replace(all_exercises()[exercise.name], cases=cases)
                function = getattr(reference.module(assignment), exercise.name)
                assert judge(asked, asker(function)).points == exercise.points
    return counts


def coincidences(questions):
    """Yield the probability of each event that a check takes for a mistake without a statistic."""
    for question in draw_questions(questions)[1]:
        keep_prob, units, m = masks_of(question)
        all_counted = 1.0
        for n in units:
            for size, others in ((n, m), (m, n)):
                # all rows, or all columns, keep as many as the first
                yield stats.binom.pmf(np.arange(size + 1), size, keep_prob).max() ** (others - 1)
            # two masks are equal
            yield (keep_prob**2 + (1 - keep_prob) ** 2) ** (n * m)
            # each of four masks keeps exactly the expected number
            all_counted *= stats.binom.pmf(round(n * m * keep_prob), n * m, keep_prob) ** 4
        yield all_counted


def alarm(questions):
    """Return the probability that a right answer meets any alarm: all exact ones, added up."""
    exact = {
        "mean_is_zero": mean_alarm,
        "uncorrelated": uncorrelated_alarm,
        "spread_is_one": spread_alarm,
        "share_is": share_alarm,
    }
    counts = judge_the_reference(questions)
    total = sum(count * exact[name](*size) for (name, *size), count in counts.items())
    return total + sum(coincidences(questions))


@pytest.mark.parametrize("questions", [shipped, *map(fresh, SEEDS)], ids=["shipped", *SEEDS])
def test_all_checks_together_look_at_few_enough_statistics(questions):
    count = sum(judge_the_reference(questions).values())
    assert 1000 < count < 3000
    assert count * FALSE_ALARM < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_a_student_who_runs_every_check_a_hundred_times_and_hands_in_is_safe(seed):
    assert 0 < CHECKS_OF_A_STUDENT * alarm(shipped) + alarm(fresh(seed)) < 1e-9
