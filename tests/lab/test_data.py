"""The data sets: sizes, balance, order, noise, and parts that do not overlap."""

import numpy as np
import pytest
from scipy import stats
from sklearn.datasets import load_digits, make_circles, make_moons

from lab import data

DRAWN = {
    data.circles: ((300, 300, 5000), make_circles, 0.05),
    data.moons: ((120, 200, 5000), make_moons, 0.35),
}
EACH = pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)


@EACH
def test_sizes_types_and_balance(draw):
    sizes = DRAWN[draw][0]
    for (X, Y), m in zip(draw(4), sizes, strict=True):
        assert X.shape == (2, m)
        assert Y.shape == (1, m)
        assert X.dtype == Y.dtype == np.float64
        assert set(np.unique(Y)) == {0, 1}
        assert Y.mean() == 0.5


@EACH
def test_the_classes_come_in_turn(draw):
    for _, Y in draw(4):
        assert np.array_equal(Y.ravel(), np.arange(Y.size) % 2)


@EACH
def test_each_point_is_a_place_on_its_curve_and_normal_noise(draw):
    """Without its noise, scikit-learn's own curve goes through every point in order."""
    sizes, curve, noise = DRAWN[draw]
    residuals = []
    for (X, Y), m in zip(draw(4), sizes, strict=True):
        places, classes = curve(m, noise=None, shuffle=False)
        for y in (0, 1):
            residuals.append(X[:, Y.ravel() == y] - places[classes == y].T)
    z = np.concatenate([part.ravel() for part in residuals]) / noise
    assert stats.kstest(z, "norm").pvalue > 1e-3
    assert not stats.kstest(z * 1.1, "norm").pvalue > 1e-3


@EACH
def test_the_points_are_those_of_scikit_learn_to_the_last_bit(draw):
    sizes, curve, noise = DRAWN[draw]
    for seed in (0, 4, 27):
        for part, (points, m) in enumerate(zip(draw(seed), sizes, strict=True)):
            X, Y = curve(m, noise=noise, shuffle=False, random_state=10 * seed + part)
            for y in (0, 1):
                assert np.array_equal(points.X[:, y::2], X[y == Y].T)


def test_the_best_rule_is_the_nearer_moon_of_scikit_learn():
    curve, classes = make_moons(400, noise=0, shuffle=False)
    X = data.moons(3).test.X
    squares = np.square(X[:, :, None] - curve.T[:, None, :]).sum(axis=0)
    zeros, ones = (np.exp(-squares[:, classes == y] / (2 * 0.35**2)).sum(axis=1) for y in (0, 1))
    assert np.array_equal(data.best_on_moons(X), (ones > zeros).reshape(1, -1))


@EACH
def test_parts_and_seeds_share_no_point(draw):
    points = [
        tuple(point) for seed in range(12) for part in draw(seed) for point in part.X.T.tolist()
    ]
    assert len(set(points)) == len(points) == 12 * sum(DRAWN[draw][0])


def test_more_points_to_train_on_hold_the_fewer_ones():
    usual = data.moons(4)
    sets = {m: data.moons(4, m=m) for m in (30, 60, 122, 2000)}
    points = {m: set(map(tuple, split.train.X.T.tolist())) for m, split in sets.items()}
    assert {m: len(found) for m, found in points.items()} == {m: m for m in sets}
    assert points[30] < points[60] < set(map(tuple, usual.train.X.T.tolist())) < points[122]
    assert points[122] < points[2000]
    for m, split in sets.items():
        assert split.train.Y.mean() == 0.5
        assert np.array_equal(split.train.Y.ravel(), np.arange(m) % 2)
        assert np.array_equal(split.test.X, usual.test.X)
        assert not points[m] & set(map(tuple, split.validation.X.T.tolist()))


def test_few_points_lie_all_along_their_curves():
    """The points come in order along the moons: the first ones alone would be an end of them."""
    for seed in range(5):
        for X in (data.moons(seed, m=30).train.X, data.moons(seed, m=200).train.X[:, 120:]):
            assert np.ptp(X[0]) > 2.6


def test_circles_lie_where_the_docstring_says():
    for seed in range(5):
        assert max(np.abs(part.X).max() for part in data.circles(seed)) < 1.25


def test_digits_are_the_pictures_of_scikit_learn_each_in_one_part():
    bunch = load_digits()
    ours = data._digits()
    assert all(map(np.array_equal, ours, (bunch.data, bunch.target)))
    rows = zip(bunch.data, bunch.target, strict=True)
    parity = {picture.tobytes(): digit % 2 for picture, digit in rows}
    assert len(parity) == 1797  # no two pictures are equal, so one can be looked up
    for seed in (0, 1, 7):
        train, validation, test = data.digits(seed)
        assert train.X.shape == (64, 200)
        assert validation.X.shape == (64, 0)
        assert validation.Y.shape == (1, 0)
        assert test.X.shape == (64, 1597)
        X, Y = np.hstack([train.X, test.X]), np.hstack([train.Y, test.Y])
        assert X.min() == 0
        assert X.max() == 1
        pictures = [np.ascontiguousarray(column * 16).tobytes() for column in X.T]
        assert set(pictures) == set(parity)
        assert [parity[picture] for picture in pictures] == Y.ravel().tolist()
        assert Y.dtype == np.float64
        assert 0.4 < train.Y.mean() < 0.6


@pytest.mark.parametrize("draw", [data.circles, data.moons, data.digits])
def test_a_seed_gives_the_same_data_again_and_another_one_others(draw):
    np.random.seed(0)
    first, again, other = draw(5), draw(5), draw(6)
    for part, same, different in zip(first, again, other, strict=True):
        assert np.array_equal(part.X, same.X)
        assert np.array_equal(part.Y, same.Y)
        if part.X.size:
            assert not np.array_equal(part.X, different.X)
            assert not np.shares_memory(part.X, same.X)
    assert np.random.rand() == np.random.RandomState(0).rand()
