"""Are these numbers random draws of the stated kind? Each statistic has an exact bound.

A right answer fails one statistic with probability at most `FALSE_ALARM`. The
bounds hold for every sample size: the normal tail, and Chernoff's bound for sums of
squares and for counts.
"""

import math
from collections.abc import Iterable, Iterator

import numpy as np

FALSE_ALARM = 1e-13
"""For one statistic. A check looks at fewer than 1,000 of them."""

EXACT = 1e-6
"""In standard deviations: no right draws come so close to what they are on average."""

MANY, SEVERAL = 20, 8

BIN_EDGES = (-3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)


def mean_is_zero(z: np.ndarray) -> bool:
    """Tell whether the mean of standard normal draws may be that of `z`."""
    return abs(float(np.sum(z))) / math.sqrt(z.size) <= _normal_quantile()


def spread_is_one(z: np.ndarray) -> bool:
    """Tell whether the mean square of standard normal draws may be that of `z`."""
    mean = float(np.mean(np.square(z)))
    return mean > 0 and z.size / 2 * (mean - 1 - math.log(mean)) <= math.log(2 / FALSE_ALARM)


def shape_is_normal(z: np.ndarray) -> bool:
    """Tell whether standard normal draws may fall into the bins as those of `z` do."""
    edges = (-math.inf, *BIN_EDGES, math.inf)
    counts = np.histogram(z, edges)[0]
    heights = [math.erf(edge / math.sqrt(2)) / 2 for edge in edges]
    return all(
        share_is(count / z.size, high - low, z.size)
        for count, low, high in zip(counts, heights, heights[1:], strict=False)
    )


def uncorrelated(x: np.ndarray, y: np.ndarray) -> bool:
    """Tell whether two lists of independent standard normal draws may look like this.

    For independent x and y the statistic x.y / |y| is exactly standard normal.
    """
    n = min(x.size, y.size)
    x, y = np.ravel(x)[:n], np.ravel(y)[:n]
    length = math.sqrt(float(np.dot(y, y)))
    return length == 0 or abs(float(np.dot(x, y))) / length <= _normal_quantile()


def rows_are_unrelated(z: np.ndarray) -> bool:
    """Tell whether rows of independent standard normal draws may look like this in pairs.

    For each pair the statistic of `uncorrelated` is standard normal; orthogonal rows are
    too little correlated, similar ones too much.
    """
    n = z.shape[0] // 2
    x, y = z[0 : 2 * n : 2], z[1::2]
    lengths = np.sqrt(np.sum(np.square(y), axis=1))
    return n == 0 or not lengths.all() or spread_is_one(np.sum(x * y, axis=1) / lengths)


def all_are_exact(layers: Iterable[np.ndarray]) -> bool:
    """Tell whether all these draws have exactly the mean, or the spread, of their law.

    Independent draws come close to it; that any four numbers below are all within `EXACT`
    of 0 has a probability of at most ``EXACT ** len(layers)``.
    """
    return bool(np.any(np.all(np.abs([_off(z) for z in layers]) < EXACT, axis=0)))


def _off(z: np.ndarray) -> tuple[float, ...]:
    """Return by how many standard deviations mean, mean square and variances are off."""
    n, squares, around = z.size, np.sum(np.square(z)), np.sum(np.square(z - np.mean(z)))
    mean = np.sum(z) / math.sqrt(n)
    return mean, *(
        (q - k) / math.sqrt(2 * n) for q, k in ((squares, n), (around, n), (around, n - 1))
    )


def rows_are_alike(z: np.ndarray) -> bool:
    """Tell whether all of many rows have the same mean, or the same spread.

    For as few as `MANY` independent rows the probability is below 1e-50.
    """
    sums = np.sum(z, axis=1), np.sum(np.square(z), axis=1)
    return len(z) >= MANY and any(np.ptp(each) < EXACT for each in sums)


def rows_are_repeated(z: np.ndarray) -> bool:
    """Tell whether a row of several draws is there twice, which no chance does."""
    if z.shape[1] < SEVERAL:
        return False
    # sorted by one number, equal rows are neighbours
    ordered = z[np.argsort(z @ np.arange(1.0, z.shape[1] + 1))]
    return bool(np.any(np.all(ordered[1:] == ordered[:-1], axis=1)))


def share_is(share: float, probability: float, n: int) -> bool:
    """Tell whether `share` of n independent trials may succeed at that probability."""
    if probability in (0, 1):
        return share == probability
    return n * _divergence(share, probability) <= math.log(2 / FALSE_ALARM)


def agree_by_chance(first: np.ndarray, second: np.ndarray, keep_prob: float) -> bool:
    """Tell whether two independent masks may agree as often as these do."""
    n = min(first.size, second.size)
    agreement = np.mean(np.ravel(first)[:n] == np.ravel(second)[:n])
    return share_is(float(agreement), keep_prob**2 + (1 - keep_prob) ** 2, n)


def same_size(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cut both to the common number of rows and columns."""
    rows, columns = min(x.shape[0], y.shape[0]), min(x.shape[1], y.shape[1])
    return x[:rows, :columns], y[:rows, :columns]


def halves(array: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield halves of a matrix: every other row, upper and lower rows, and so its columns."""
    for turned in (array, array.T):
        half = len(turned) // 2
        if half:
            yield turned[0 : 2 * half : 2], turned[1 : 2 * half : 2]
            yield turned[:half], turned[half : 2 * half]


def _normal_quantile() -> float:
    """Return t with P(|N(0, 1)| > t) below FALSE_ALARM."""
    return math.sqrt(2 * math.log(2 / FALSE_ALARM))


def _divergence(p: float, q: float) -> float:
    """Return the Kullback-Leibler divergence of two coins, in nats."""
    terms = ((p, q), (1 - p, 1 - q))
    return sum(a * math.log(a / b) for a, b in terms if a > 0)
