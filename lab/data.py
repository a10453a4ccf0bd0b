"""The points that the notebooks learn from. Columns are examples, as in the course."""

from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits, make_circles, make_moons

MOONS_NOISE = 0.35  # standard deviation, to each side


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
    return Split(*_split(make_circles, seed, (300, 300, 5000), noise=0.05))


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
    train, validation, test, *more = _split(make_moons, seed, sizes, noise=MOONS_NOISE)
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
    curve, classes = make_moons(400, noise=0, shuffle=False)
    squares = np.square(X[:, :, None] - curve.T[:, None, :]).sum(axis=0)
    nearness = np.exp(-squares / (2 * MOONS_NOISE**2))
    ones, zeros = (nearness[:, classes == number].mean(axis=1) for number in (1, 0))
    return (ones > zeros).reshape(1, -1)


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
    bunch = load_digits()
    order = np.random.RandomState(seed).permutation(len(bunch.target))
    X = bunch.data[order].T / 16
    Y = (bunch.target[order] % 2).reshape(1, -1).astype(float)
    train, test = Points(X[:, :200], Y[:, :200]), Points(X[:, 200:], Y[:, 200:])
    return Split(train, Points(X[:, :0], Y[:, :0]), test)


def _split(draw, seed, sizes, noise):
    """Draw each part for itself, so that none depends on another's size."""
    parts = []
    for part, m in enumerate(sizes):
        X, Y = draw(m, noise=noise, shuffle=False, random_state=10 * seed + part)
        # the classes in turn: class 0, class 1, class 0, ...
        order = np.arange(m).reshape(2, -1).T.ravel()
        parts.append(Points(X[order].T.copy(), Y[order].reshape(1, -1).astype(float)))
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
