"""The points that the notebooks learn from. Columns are examples, as in the course."""

import pathlib
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

NO_DIGITS = "The pictures of digits come with scikit-learn: install it, and run this cell again."
MOONS_NOISE = 0.35  # standard deviation, to each side
CIRCLES_NOISE = 0.05
INNER = 0.8  # radius of the inner circle; the outer one has 1
CURVE = 400  # places on the moons' curves where `best_on_moons` looks
AT_ONCE = 250  # points that it asks about at once, so that what it needs stays in the cache


class Points(NamedTuple):
    """Examples and their classes: X is (n_x, m), Y is (1, m) with zeros and ones."""

    X: np.ndarray
    Y: np.ndarray


class Split(NamedTuple):
    """One data set in parts: to train on, to choose with, to look at last."""

    train: Points
    validation: Points
    test: Points


def circles(seed=0):
    """Draw two noisy circles, one inside the other.

    Parameters
    ----------
    seed : int
        Another seed gives other points.

    Returns
    -------
    Split
        300 points to train on, 300 to validate, 5,000 to test; coordinates
        between about -1.2 and 1.2.
    """
    return Split(*_split(_circles, seed, (300, 300, 5000), CIRCLES_NOISE))


def moons(seed=0, m=120):
    """Draw two noisy half moons that overlap.

    Parameters
    ----------
    seed : int
        Another seed gives other points.
    m : int
        How many points to train on, an even number up to 2,000. A larger set holds the
        points of every smaller one.

    Returns
    -------
    Split
        m points to train on, 200 to validate, 5,000 to test.
    """
    sizes = (120, 200, 5000) if m == 120 else (120, 200, 5000, 1880)
    train, validation, test, *more = _split(_moons, seed, sizes, MOONS_NOISE)
    return Split(_first(m, seed, train, *more) if more else train, validation, test)


def best_on_moons(X):
    """Answer as one would who knows how `moons` draws its points.

    No rule is right more often on fresh points, but for chance: this one says class 1
    where a point of class 1 is more likely to fall than one of class 0.

    Parameters
    ----------
    X : ndarray, shape (2, m)
        One example per column.

    Returns
    -------
    ndarray, shape (1, m)
        The likelier class of each example.
    """
    zeros, ones = _moons(CURVE // 2)
    says_one = [
        _nearness(X[:, at : at + AT_ONCE], ones) > _nearness(X[:, at : at + AT_ONCE], zeros)
        for at in range(0, X.shape[1], AT_ONCE)
    ]
    return np.concatenate(says_one).reshape(1, -1)


def digits(seed=0):
    """Split scikit-learn's pictures of handwritten digits: is the digit odd?

    Parameters
    ----------
    seed : int
        Another seed gives another split of the same 1,797 pictures.

    Returns
    -------
    Split
        200 pictures to train on and 1,597 to test, 64 grey values from 0 to 1
        each; the validation part is empty. Source: sklearn.datasets.load_digits.
    """
    pictures, digit = _digits()
    order = np.random.RandomState(seed).permutation(len(digit))
    X = pictures[order].T / 16
    Y = (digit[order] % 2).reshape(1, -1).astype(float)
    train, test = Points(X[:, :200], Y[:, :200]), Points(X[:, 200:], Y[:, 200:])
    return Split(train, Points(X[:, :0], Y[:, :0]), test)


def _digits():
    """Return scikit-learn's pictures (1797, 64) and their digits, as its load_digits does.

    Only the file is read: to import scikit-learn takes longer than all else in a cell.
    """
    found = find_spec("sklearn")
    if found is None or found.origin is None:
        raise ImportError(NO_DIGITS)
    file = pathlib.Path(found.origin).parent / "datasets" / "data" / "digits.csv.gz"
    rows = np.loadtxt(file, delimiter=",")
    return rows[:, :-1], rows[:, -1].astype(int)


def _circles(n):
    """Return the circle of class 0 and that of class 1, n places each: two arrays (n, 2)."""
    angle = np.linspace(0, 2 * np.pi, n, endpoint=False)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    return circle, INNER * circle


def _moons(n):
    """Return the half circle of class 0 and that of class 1, n places each: two arrays (n, 2)."""
    angle = np.linspace(0, np.pi, n)
    x, y = np.cos(angle), np.sin(angle)
    return np.column_stack([x, y]), np.column_stack([1 - x, 1 - y - 0.5])


def _split(curves, seed, sizes, noise):
    """Draw each part for itself, so that none depends on another's size.

    The points are those of scikit-learn's make_circles and make_moons, to the last bit.
    """
    parts = []
    for part, m in enumerate(sizes):
        X = np.concatenate(curves(m // 2))
        X += np.random.RandomState(10 * seed + part).normal(scale=noise, size=X.shape)
        # the classes in turn: class 0, class 1, class 0, ...
        order = np.arange(m).reshape(2, -1).T.ravel()
        parts.append(Points(X[order].T.copy(), np.arange(m).reshape(1, -1) % 2.0))
    return parts


def _first(m, seed, train, more):
    """Return m points, the first of `train` and then of `more`, each in an order of its own.

    They stand along their curves, so that the first ones would show an end of these.
    """
    rng = np.random.RandomState(seed)
    chosen = []
    for X, Y in (train, more):
        pairs = rng.permutation(Y.size // 2)  # a point of each class
        order = np.stack([2 * pairs, 2 * pairs + 1], axis=1).ravel()
        chosen.append((X[:, order], Y[:, order]))
    return Points(*(np.concatenate(arrays, axis=1)[:, :m] for arrays in zip(*chosen, strict=True)))


def _nearness(X, curve):
    """Return how likely each column of X is to be drawn from a curve, up to one factor."""
    squares = np.square(X[0][:, None] - curve[:, 0]) + np.square(X[1][:, None] - curve[:, 1])
    return np.exp(-squares / (2 * MOONS_NOISE**2)).mean(axis=1)
