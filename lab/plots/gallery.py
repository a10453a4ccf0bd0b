"""Several networks beside each other or over each other."""

import numpy as np
from matplotlib.collections import LineCollection

from lab.language import Message, translated
from lab.network import forward_propagation
from lab.plots.field import WHAT_SURE, Field, Plane, boundary, key, shares
from lab.plots.fonts import Word, worded
from lab.plots.scatter import scatter
from lab.plots.style import BLACK, BLUE, blank, new_figure, percent, shown

LEFT, RIGHT, BETWEEN = 0.01, 0.9, 0.025  # of the panels, as shares of the figure
BOTTOM, HEIGHT = 0.04, 0.84

PANEL = Word("{name}: {share} % right")
GALLERY_ALT = Message(
    "The boundaries of {count} networks over the same points. {panels} {what_sure}"
)
NETWORK = Message(
    "{name}: {share} % right, class 1 fills {area} % of the picture, the network is sure on "
    "{sure} % of it."
)
BUNDLES_ALT = Message("The boundaries of several networks over each other. {panels}")
BUNDLE = Message("{name}: the {count} networks disagree on {share} % of the points.")
RULE = Message(" A dashed line is the boundary of the best rule there is.")


@shown
def gallery(networks, points):
    """Draw the boundary of each of several networks over the same points, and how sure it is.

    Parameters
    ----------
    networks : dict of str to dict
        The parameters of each network, two inputs.
    points : Points
        X is (2, m), Y is (1, m).
    """
    count = len(networks)
    figure = blank(height=2.6 if count > 2 else 3.7)
    X, Y = points
    plane, width = Plane(X), (RIGHT - LEFT + BETWEEN) / count - BETWEEN
    phrases = []
    for number, (name, parameters) in enumerate(networks.items()):
        panel = figure.add_axes((LEFT + number * (width + BETWEEN), BOTTOM, width, HEIGHT))
        z = plane.ask(parameters)
        Field(panel).set_z(z)
        boundary(panel, width=1.2).set_segments(plane.lines(z))
        share = percent(np.mean((forward_propagation(X, parameters)[0] > 0.5) == Y), digits=1)
        scatter(panel, X, Y, size=10 if count > 2 else 20)
        _bare(panel, PANEL.format(name=worded(name), share=share), plane)
        phrases.append(NETWORK.format(name=translated(name), share=share, **shares(z)))
    key(figure.add_axes((RIGHT + 0.012, BOTTOM, 0.018, HEIGHT)))
    alt = GALLERY_ALT.format(count=count, panels=" ".join(phrases), what_sure=WHAT_SURE)
    return figure, alt


@shown
def bundles(groups, X, rule=None):
    """Draw the boundaries of several networks over each other, one panel a group.

    Parameters
    ----------
    groups : dict of str to list of dict
        The parameters of each network of each group, two inputs.
    X : ndarray, shape (2, m)
        Points that show how far the picture has to reach; the alternative says on how
        many of them the networks of a group disagree.
    rule : callable, optional
        ``rule(X)`` gives the answers (1, m) of a rule to draw as a dashed line.
    """
    figure, axes = new_figure(len(groups), height=3.2)
    plane = Plane(X)
    best = plane.lines(1.0 * rule(plane.places).reshape(plane.shape), 0.5) if rule else []
    phrases = []
    for panel, (name, networks) in zip(axes, groups.items(), strict=True):
        lines = [line for each in networks for line in plane.lines(plane.ask(each))]
        panel.add_collection(LineCollection(lines, colors=BLUE, linewidths=1), autolim=False)
        dashed = LineCollection(best, colors=BLACK, linestyles="--", linewidths=2)
        panel.add_collection(dashed, autolim=False)
        _bare(panel, worded(name), plane)
        at = np.array([forward_propagation(X, parameters)[0] > 0.5 for parameters in networks])
        share = percent(np.mean(at.any(axis=0) & ~at.all(axis=0)))
        phrases.append(BUNDLE.format(name=translated(name), count=len(networks), share=share))
    return figure, BUNDLES_ALT.format(panels=" ".join(phrases)) + (str(RULE) if rule else "")


def _bare(panel, title, plane):
    """Leave out what a small panel has no room for."""
    panel.set(title=title, xlabel="", ylabel="", xticks=[], yticks=[])
    panel.set(xlim=plane.extent[:2], ylim=plane.extent[2:])
    panel.grid(False)
