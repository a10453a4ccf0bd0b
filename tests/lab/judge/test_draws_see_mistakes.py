"""Which wrong draws `lab.judge.randomness` sees, at the sizes that are asked for."""

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from autograders.authoring.false_alarms import masks_of
from lab.judge import checks, randomness
from tests.alarms import (
    SEEDS,
    draw_questions,
    edge,
    fresh,
    mean_alarm,
    share_alarm,
    shipped,
    uncorrelated_alarm,
)

MISSED = 1e-6
"""How rarely a mistake of the stated size may get through."""

WIDE = 40  # units in the narrowest layer of those

ASKED = [draw_questions(questions) for questions in (shipped, *map(fresh, SEEDS))]
LAYERS = sorted(
    {
        tuple(n * before for before, n in itertools.pairwise(question.arguments["layers_dim"]))
        for normal, _ in ASKED
        for question in normal
        if min(question.arguments["layers_dim"]) >= WIDE
    }
)
"""The numbers of weights in the layers of each wide question.

The narrow ones are there to tell one input more or less, which is no matter of 10 percent.
"""
MASKS = sorted(
    {
        (keep_prob, tuple(n * m for n in units))
        for _, masks in ASKED
        for keep_prob, units, m in map(masks_of, masks)
    }
)
"""keep_prob and the numbers of entries of both masks of each question."""


@pytest.mark.parametrize("factor", [0.9, 1.1])
@pytest.mark.parametrize("layers", LAYERS, ids=str)
def test_a_spread_that_is_10_percent_off_is_seen(layers, factor):
    passed = 1.0
    for n in layers:

        def accepts(q, n=n):
            return randomness.spread_is_one(np.full(n, math.sqrt(q / n)))

        low, high = edge(accepts, n, 0), edge(accepts, n, 2 * n)
        passed *= np.diff(stats.chi2.cdf(np.array([low, high]) / factor**2, n))[0]
    assert passed < MISSED


@pytest.mark.parametrize("layers", LAYERS, ids=str)
def test_a_mean_of_a_seventh_of_the_spread_is_seen(layers):
    t = stats.norm.isf(mean_alarm() / 2)
    assert math.prod(stats.norm.cdf(t - math.sqrt(n) / 7) for n in layers) < MISSED


@pytest.mark.parametrize("layers", LAYERS, ids=str)
def test_a_correlation_of_one_fifth_is_seen_between_the_halves_of_a_layer(layers):
    """The statistic of correlated normal draws is N(rho sqrt(n), 1) and a little wider."""
    t, rho = stats.norm.isf(uncorrelated_alarm() / 2), 0.2
    passed = [stats.norm.cdf(t - rho * math.sqrt(n / 2), scale=1.05) for n in layers]
    assert math.prod(passed) < MISSED


SAME_SPREAD = {
    "uniform": stats.uniform(-math.sqrt(3), 2 * math.sqrt(3)),
    "triangular": stats.triang(0.5, -math.sqrt(6), 2 * math.sqrt(6)),
    "Laplace": stats.laplace(scale=math.sqrt(0.5)),
    "Student's t with 5 degrees": stats.t(5, scale=math.sqrt(3 / 5)),
    "normal, cut at 2 sigma": stats.truncnorm(-2, 2, scale=1 / stats.truncnorm(-2, 2).std()),
}


@pytest.mark.parametrize("law", SAME_SPREAD)
@pytest.mark.parametrize("n", sorted({sum(layers) for layers in LAYERS}))
def test_draws_of_the_right_spread_and_another_law_are_seen(n, law):
    """One bin alone gives it away, so all twelve together do."""
    assert SAME_SPREAD[law].std() == pytest.approx(1)
    edges = [-math.inf, *randomness.BIN_EDGES, math.inf]
    true, asked = np.diff(SAME_SPREAD[law].cdf(edges)), np.diff(stats.norm.cdf(edges))
    assert min(1 - share_alarm(q, n, p) for p, q in zip(true, asked, strict=True)) < MISSED
    z = SAME_SPREAD[law].rvs(n, random_state=0)
    assert not randomness.shape_is_normal(z)
    assert randomness.mean_is_zero(z)
    assert randomness.spread_is_one(z)


@pytest.mark.parametrize("off", [-0.1, 0.1])
@pytest.mark.parametrize(("keep_prob", "sizes"), MASKS, ids=str)
def test_a_share_that_is_off_by_a_tenth_is_seen(keep_prob, sizes, off):
    if 0 < keep_prob + off < 1:
        for n in sizes:
            assert 1 - share_alarm(keep_prob, n, keep_prob + off) < MISSED


@pytest.mark.parametrize(("keep_prob", "sizes"), MASKS, ids=str)
def test_another_share_by_mistake_is_seen(keep_prob, sizes):
    """What `randn` keeps instead of `rand`, the dropped share for the kept one, always a half.

    `randn` keeps Phi(keep_prob): 0.80 instead of 0.85, which is the closest.
    """
    for wrong in {float(stats.norm.cdf(keep_prob)), 1 - keep_prob, 0.5} - {keep_prob}:
        assert math.prod(1 - share_alarm(keep_prob, n, wrong) for n in sizes) < MISSED


@pytest.mark.parametrize(("keep_prob", "sizes"), MASKS, ids=str)
def test_masks_that_copy_each_other_in_part_are_seen(keep_prob, sizes):
    """Two of three entries of a second mask are those of the first."""
    chance = keep_prob**2 + (1 - keep_prob) ** 2
    together = 2 / 3 + 1 / 3 * chance
    assert 1 - share_alarm(chance, min(sizes) // 2, together) < MISSED


def orthogonal(draw, rows, columns):
    size = max(rows, columns)
    return np.linalg.qr(draw.randn(size, size))[0][:rows, :columns] * math.sqrt(size)


def doubled(draw, rows, columns):
    return np.tile(draw.randn(rows, -(-columns // 2)), 2)[:, :columns]


def mirrored(draw, rows, columns):
    half = draw.randn(rows, -(-columns // 2))
    return np.concatenate([half, -half], axis=1)[:, :columns]


def summed(draw, rows, columns):
    draws_ = draw.randn(rows, columns + 1)
    return (draws_[:, 1:] + draws_[:, :-1]) / math.sqrt(2)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("law", [orthogonal, doubled, mirrored, summed])
@pytest.mark.parametrize(("rows", "columns"), [(40, 90), (250, 160), (60, 60)])
def test_draws_that_depend_on_each_other_are_seen(law, rows, columns, turned):
    """Each draw is standard normal; together they are not independent."""
    seen = 0
    for seed in range(20):
        z = law(np.random.RandomState(seed), rows, columns)
        z = z.T if turned else z
        layers = {"W1": z, "W2": np.random.RandomState(seed + 100).randn(5, len(z))}
        again = {
            name: np.random.RandomState(99).randn(*layer.shape) for name, layer in layers.items()
        }
        assert randomness.mean_is_zero(z)
        assert randomness.spread_is_one(z)
        seen += checks._related_layers(layers, again) is not None
    assert seen == 20


def test_independent_draws_are_not_taken_for_dependent_ones():
    for seed in range(50):
        draw = np.random.RandomState(seed)
        layers, again = ({"W1": draw.randn(40, 90), "W2": draw.randn(1, 40)} for _ in range(2))
        assert checks._related_layers(layers, again) is None
