"""The exact probabilities that `lab.judge.randomness` accuses somebody, and what is asked."""

import functools
import math

import numpy as np
import pytest
from scipy import stats

from autograders.course.catalogue import EXERCISES
from lab.judge import randomness

SEEDS = range(3)
"""Of the fresh questions that grading asks."""


def edge(accepts, inside, outside):
    """Return the value between the two at which a statistic turns from yes to no."""
    assert accepts(inside)
    assert not accepts(outside)
    for _ in range(200):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if accepts(middle) else (inside, middle)
    return inside


@functools.cache
def mean_alarm():
    """The sum of n normal draws over sqrt(n) is N(0, 1)."""
    t = edge(lambda s: randomness.mean_is_zero(np.full(4, s / 2)), 0, 100)
    assert t == pytest.approx(edge(lambda s: randomness.mean_is_zero(np.full(9, -s / 3)), 0, 100))
    return 2 * stats.norm.sf(t)


@functools.cache
def spread_alarm(n):
    """The sum of n squares is chi-squared."""

    def accepts(q):
        return randomness.spread_is_one(np.full(n, math.sqrt(q / n)))

    high = stats.chi2.sf(edge(accepts, n, 200 * n + 200), n)
    low = 0 if accepts(0) else stats.chi2.cdf(edge(accepts, n, 0), n)
    return high + low


@functools.cache
def uncorrelated_alarm():
    """x.y / |y| is N(0, 1) whatever y is."""
    y = np.array([3.0, 4.0])
    t = edge(lambda s: randomness.uncorrelated(s * y / 5, y), 0, 100)
    assert t == pytest.approx(edge(lambda s: randomness.uncorrelated(-s * y / 5, 7 * y), 0, 100))
    return 2 * stats.norm.sf(t)


@functools.cache
def share_alarm(probability, n, true=None):
    """The number of successes is binomial; add up those that are rejected."""
    pmf = stats.binom.pmf(np.arange(n + 1), n, probability if true is None else true)
    possible = np.flatnonzero(pmf > 1e-22)  # the rest adds up to less than n times that
    refused = [k for k in possible if not randomness.share_is(k / n, probability, n)]
    return float(np.sum(pmf[refused]))


def shipped(exercise):
    return exercise.questions


def fresh(seed):
    return lambda exercise: exercise.fresh(np.random.RandomState(seed))


def draw_questions(questions):
    """Return the questions about draws: those of normal weights, and those of masks."""
    listed = [each for exercises in EXERCISES.values() for each in exercises]
    asked = [question for exercise in listed for question in questions(exercise)]
    normal = [question for question in asked if question.check == "normal_draws"]
    masks = [question for question in asked if question.check == "fresh_masks"]
    return normal, [each for each in masks if each.arguments.get("keep_prob") != 1]
