"""How often the statistics of `lab.draws` accuse right draws, and which wrong ones they see."""

import collections
import functools
import itertools
import math

import numpy as np
import pytest
from scipy import stats
from scipy.special import rel_entr

from autograders import reference
from lab import draws
from lab.check import problem
from lab.draws import FALSE_ALARM
from lab.examples import all_exercises

SIZES = (1, 2, 3, 10, 60, 150, 600, 5000, 40_000, 1_000_000)
RUNS_OF_A_STUDENT = 100


def edge(accepts, inside, outside):
    """Return the value between the two at which a statistic turns from yes to no."""
    assert accepts(inside)
    assert not accepts(outside)
    for _ in range(80):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if accepts(middle) else (inside, middle)
    return inside


@functools.cache
def mean_alarm():
    """The sum of n normal draws over sqrt(n) is N(0, 1)."""
    t = edge(lambda s: draws.mean_is_zero(np.full(4, s / 2)), 0, 100)
    assert t == pytest.approx(edge(lambda s: draws.mean_is_zero(np.full(9, -s / 3)), 0, 100))
    return 2 * stats.norm.sf(t)


@functools.cache
def spread_alarm(n):
    """The sum of n squares is chi-squared."""

    def accepts(q):
        return draws.spread_is_one(np.full(n, math.sqrt(q / n)))

    high = stats.chi2.sf(edge(accepts, n, 200 * n + 200), n)
    low = 0 if accepts(0) else stats.chi2.cdf(edge(accepts, n, 0), n)
    return high + low


@functools.cache
def uncorrelated_alarm():
    """x.y / |y| is N(0, 1) whatever y is."""
    y = np.array([3.0, 4.0])
    t = edge(lambda s: draws.uncorrelated(s * y / 5, y), 0, 100)
    assert t == pytest.approx(edge(lambda s: draws.uncorrelated(-s * y / 5, 7 * y), 0, 100))
    return 2 * stats.norm.sf(t)


@functools.cache
def share_alarm(probability, n, true=None):
    """The number of successes is binomial; add up those that are rejected."""
    refused = [k for k in range(n + 1) if not draws.share_is(k / n, probability, n)]
    return float(np.sum(stats.binom.pmf(refused, n, probability if true is None else true)))


def test_a_mean_and_a_correlation_are_rarely_accused():
    assert 0 < mean_alarm() <= FALSE_ALARM
    assert 0 < uncorrelated_alarm() <= FALSE_ALARM


@pytest.mark.parametrize("n", SIZES)
def test_a_spread_is_rarely_accused(n):
    assert 0 < spread_alarm(n) <= FALSE_ALARM


@pytest.mark.parametrize("probability", [0.001, 0.1, 0.3, 0.5, 0.745, 0.85, 0.99])
@pytest.mark.parametrize("n", [n for n in SIZES if n < 10_000])
def test_a_share_is_rarely_accused(n, probability):
    assert share_alarm(probability, n) <= FALSE_ALARM


def test_a_share_is_accused_only_for_a_reason():
    """The bound is not so wide that it never speaks."""
    assert share_alarm(0.5, 5000) > 1e-16
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


@pytest.fixture(scope="module")
def asked():
    """Every statistic that the checks look at for right answers: how often, and at which size."""
    counts = collections.Counter()

    def record(name, size):
        original = getattr(draws, name)

        def counted(*arguments):
            counts[exercise, name, *size(*arguments)] += 1
            return original(*arguments)

        patch.setattr(draws, name, counted)

    with pytest.MonkeyPatch.context() as patch:
        record("mean_is_zero", lambda z: ())
        record("uncorrelated", lambda x, y: ())
        record("spread_is_one", lambda z: (z.size,))
        record("share_is", lambda share, probability, n: (probability, n))
        for exercise, entry in all_exercises().items():
            function = getattr(reference.module(entry.assignment), exercise)
            assert problem(exercise, {exercise: function}) is None
    return counts


def test_all_checks_together_look_at_few_enough_statistics(asked):
    judged = {exercise for exercise, *_ in asked}
    assert judged == {
        "initialize_parameters_random",
        "initialize_parameters_he",
        "forward_propagation_with_dropout",
    }
    assert sum(asked.values()) > 1000
    assert sum(asked.values()) * FALSE_ALARM < 1e-9


def coincidences():
    """Yield the probability of each event that a check takes for a mistake without a statistic."""
    for case in all_exercises()["forward_propagation_with_dropout"].cases:
        if case.check != "fresh_masks" or case.arguments.get("keep_prob") == 1:
            continue
        keep_prob = case.arguments.get("keep_prob", 0.5)
        m = case.arguments["X"].shape[1]
        all_counted = 1.0
        for l in (1, 2):
            units = case.arguments["parameters"][f"b{l}"].size
            for size, others in ((units, m), (m, units)):
                # all rows, or all columns, keep as many as the first
                yield stats.binom.pmf(np.arange(size + 1), size, keep_prob).max() ** (others - 1)
            size = units * m
            # two masks are equal
            yield (keep_prob**2 + (1 - keep_prob) ** 2) ** size
            # each of four masks keeps exactly the expected number
            all_counted *= stats.binom.pmf(round(size * keep_prob), size, keep_prob) ** 4
        yield all_counted


def test_a_student_who_runs_every_check_a_hundred_times_is_safe(asked):
    """The exact probabilities of all alarms, added up."""
    exact = {
        "mean_is_zero": mean_alarm,
        "uncorrelated": uncorrelated_alarm,
        "spread_is_one": spread_alarm,
        "share_is": share_alarm,
    }
    total = sum(count * exact[name](*size) for (_, name, *size), count in asked.items())
    total += sum(coincidences())
    assert 0 < total * RUNS_OF_A_STUDENT < 1e-9


def sizes_of_the_checks():
    """Return the numbers of weights in a layer, of all together, and the masks' (keep_prob, n)."""
    layers, pooled, masks = set(), set(), set()
    for exercise in all_exercises().values():
        for case in exercise.cases:
            if case.check == "normal_draws":
                sizes = case.arguments["layers_dim"]
                weights = [n * before for before, n in itertools.pairwise(sizes)]
                layers |= set(weights)
                pooled.add(sum(weights))
            keep_prob = case.arguments.get("keep_prob", 0.5)
            if case.check == "fresh_masks" and keep_prob < 1:
                units = [case.arguments["parameters"][f"b{l}"].size for l in (1, 2)]
                masks |= {(keep_prob, n * case.arguments["X"].shape[1]) for n in units}
    return layers, pooled, masks


LAYERS, POOLED, MASKS = sizes_of_the_checks()
MISSED = 1e-6
"""How rarely a mistake of the stated size may get through one statistic."""


@pytest.mark.parametrize("factor", [0.9, 1.1])
@pytest.mark.parametrize("n", sorted(LAYERS))
def test_a_spread_that_is_10_percent_off_is_seen(n, factor):
    def accepts(q):
        return draws.spread_is_one(np.full(n, math.sqrt(q / n)))

    low, high = edge(accepts, n, 0), edge(accepts, n, 2 * n)
    passed = stats.chi2.cdf(high / factor**2, n) - stats.chi2.cdf(low / factor**2, n)
    assert passed < MISSED


@pytest.mark.parametrize("n", sorted(LAYERS))
def test_a_mean_of_a_seventh_of_the_spread_is_seen(n):
    t = stats.norm.isf(mean_alarm() / 2)
    assert stats.norm.cdf(t - math.sqrt(n) / 7) < MISSED


@pytest.mark.parametrize("n", sorted(LAYERS))
def test_a_correlation_of_one_fifth_is_seen_between_the_halves_of_a_layer(n):
    """The statistic of correlated normal draws is N(rho sqrt(n), 1) and a little wider."""
    t, rho = stats.norm.isf(uncorrelated_alarm() / 2), 0.2
    assert stats.norm.cdf(t - rho * math.sqrt(n / 2), scale=1.05) < MISSED


SAME_SPREAD = {
    "uniform": stats.uniform(-math.sqrt(3), 2 * math.sqrt(3)),
    "triangular": stats.triang(0.5, -math.sqrt(6), 2 * math.sqrt(6)),
    "Laplace": stats.laplace(scale=math.sqrt(0.5)),
    "logistic": stats.logistic(scale=math.sqrt(3) / math.pi),
    "Student's t with 5 degrees": stats.t(5, scale=math.sqrt(3 / 5)),
    "normal, cut at 2 sigma": stats.truncnorm(-2, 2, scale=1 / stats.truncnorm(-2, 2).std()),
}


@pytest.mark.parametrize("law", SAME_SPREAD)
@pytest.mark.parametrize("n", sorted(POOLED))
def test_draws_of_the_right_spread_and_another_law_are_seen(n, law):
    """One bin alone gives it away, so all twelve together do."""
    assert SAME_SPREAD[law].std() == pytest.approx(1)
    edges = [-math.inf, *draws.BIN_EDGES, math.inf]
    true, asked = np.diff(SAME_SPREAD[law].cdf(edges)), np.diff(stats.norm.cdf(edges))
    bin_ = int(np.argmax(rel_entr(true, asked) + rel_entr(1 - true, 1 - asked)))
    k = np.arange(n + 1)
    near = k[stats.binom.pmf(k, n, true[bin_]) > 1e-15]
    passed = [j for j in near if draws.share_is(j / n, asked[bin_], n)]
    assert float(np.sum(stats.binom.pmf(passed, n, true[bin_]))) < MISSED
    z = SAME_SPREAD[law].rvs(n, random_state=0)
    assert not draws.shape_is_normal(z)
    assert draws.mean_is_zero(z)
    assert draws.spread_is_one(z)


@pytest.mark.parametrize("factor", [0.85, 1.15])
@pytest.mark.parametrize(("keep_prob", "n"), sorted(MASKS))
def test_a_share_that_is_15_percent_off_is_seen(keep_prob, n, factor):
    assert 1 - share_alarm(keep_prob, n, factor * keep_prob) < MISSED


@pytest.mark.parametrize("keep_prob", sorted({keep_prob for keep_prob, _ in MASKS}))
def test_randn_instead_of_rand_is_seen(keep_prob):
    """It keeps Phi(keep_prob) of the units, in both layers: 0.80 instead of 0.85."""
    shares = [
        share_alarm(keep_prob, n, stats.norm.cdf(keep_prob)) for q, n in MASKS if q == keep_prob
    ]
    assert len(shares) == 2
    assert math.prod(1 - share for share in shares) < MISSED


def test_the_dropped_share_in_place_of_the_kept_is_seen():
    for keep_prob, n in MASKS:
        if keep_prob != 0.5:
            assert 1 - share_alarm(keep_prob, n, 1 - keep_prob) < MISSED


@pytest.mark.parametrize(("keep_prob", "n"), sorted(MASKS))
def test_masks_that_copy_each_other_in_part_are_seen(keep_prob, n):
    """Every third entry of a second mask is that of the first."""
    chance = keep_prob**2 + (1 - keep_prob) ** 2
    together = 1 / 3 + 2 / 3 * chance
    assert 1 - share_alarm(chance, n // 2, together) < MISSED
