"""Labelled points in the plane."""

import numpy as np

from lab.language import Message, listed, translated
from lab.plots.fonts import Word, worded
from lab.plots.style import CLASS_COLOURS, CLASS_MARKERS, new_figure, shown

SHOWN_AT_MOST = 600  # points of a large set, so that what lies below stays visible

PANEL = Word("{name} ({count} points)")
PANEL_PART = Word("{name} ({shown} of {count} points)")
CLASS = Word("class {number}")
ALT = Message("Scatter plot of {what}. {classes}")
EACH_SET = Message("{count} {name} points")
CLASSES = Message(
    "Class {number} ({marker}) lies around ({x}, {y}) and spreads {spread} to each side."
)
RING = Message(
    "Class {number} ({marker}) lies in a ring around ({x}, {y}), from {near} to {far} away."
)
MARKER_NAMES = (Message("blue circles"), Message("orange triangles"))


@shown
def points(sets):
    """Draw labelled points, one panel a set.

    Parameters
    ----------
    sets : dict of str to Points
        What each panel shows; X is (2, m), Y is (1, m).
    """
    figure, axes = new_figure(len(sets), height=3.9, same=True)
    for panel, (name, (X, Y)) in zip(axes, sets.items(), strict=True):
        scatter(panel, X, Y)
        title = PANEL if Y.size <= SHOWN_AT_MOST else PANEL_PART
        panel.set(title=title.format(name=worded(name), shown=SHOWN_AT_MOST, count=f"{Y.size:,}"))
    axes[0].legend(loc="best")
    what = listed(
        EACH_SET.format(count=f"{Y.size:,}", name=translated(name)) for name, (_, Y) in sets.items()
    )
    X, Y = next(iter(sets.values()))
    classes = " ".join(_describe(X, Y, number) for number in (0, 1))
    return figure, ALT.format(what=what, classes=classes)


def scatter(panel, X, Y, size=24):
    """Put the points into a panel, at most `SHOWN_AT_MOST` of them, taken at random.

    Returns
    -------
    list of Artist
        The points of each class.
    """
    # the points stand in order along their curve: the first ones would show an end of it
    taken = np.random.RandomState(0).permutation(Y.size)[:SHOWN_AT_MOST]
    X, Y = X[:, taken], Y[:, taken]
    drawn = []
    for number in (0, 1):
        chosen = Y[0] == number
        points = panel.scatter(
            X[0, chosen],
            X[1, chosen],
            s=size,
            c=CLASS_COLOURS[number],
            marker=CLASS_MARKERS[number],
            edgecolors="white",
            linewidths=0.5,
            label=CLASS.format(number=number),
        )
        drawn.append(points)
    panel.set(xlabel="$x_1$", ylabel="$x_2$")
    return drawn


def _describe(X, Y, number):
    chosen = X[:, Y[0] == number]
    middle = chosen.mean(axis=1, keepdims=True)
    x, y = (_tenth(each) for each in middle[:, 0])
    words = {"number": number, "marker": MARKER_NAMES[number], "x": x, "y": y}
    away = np.linalg.norm(chosen - middle, axis=0)
    if away.min() > away.max() / 2:  # nothing is in the middle
        return RING.format(near=_tenth(away.min()), far=_tenth(away.max()), **words)
    return CLASSES.format(spread=_tenth(np.sqrt(np.mean(away**2) / 2)), **words)


def _tenth(number):
    return f"{number:.1f}".replace("-0.0", "0.0")
