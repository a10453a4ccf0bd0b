"""Several networks beside each other or over each other."""

import numpy as np

from lab.network import forward_propagation
from lab.plots.boundary import FIELDS, SIDE
from lab.plots.scatter import scatter
from lab.plots.style import BLACK, BLUE, new_figure, percent, shown

PANEL = "{name}: {share} % right"
GALLERY_ALT = "The boundaries of {count} networks over the same points. {panels}"
NETWORK = "{name}: {share} % right, class 1 fills {area} % of the picture."
BUNDLES_ALT = "The boundaries of networks from several draws over each other. {panels}"
BUNDLE = "{name}: the {count} networks disagree on {share} % of the points."
RULE = " A dashed line is the boundary of the best rule there is."


@shown
def gallery(networks, points):
    """Draw the boundary of each of several networks over the same points.

    Parameters
    ----------
    networks : dict of str to dict
        The parameters of each network, two inputs.
    points : Points
        X is (2, m), Y is (1, m).
    """
    figure, axes = new_figure(len(networks), height=2.5)
    X, Y = points
    grid, extent = _grid(X)
    phrases = []
    for panel, (name, parameters) in zip(axes, networks.items(), strict=True):
        A3 = _ask(grid, parameters)
        ones = A3 > 0.5
        share = percent(np.mean((forward_propagation(X, parameters)[0] > 0.5) == Y), digits=1)
        panel.imshow(FIELDS[ones.astype(int)], extent=extent, origin="lower", aspect="auto")
        _boundary(panel, grid, A3, colors=BLACK, linewidths=1.2)
        scatter(panel, X, Y, size=10)
        _bare(panel, PANEL.format(name=name, share=share))
        phrases.append(NETWORK.format(name=name, share=share, area=percent(np.mean(ones))))
    return figure, GALLERY_ALT.format(count=len(networks), panels=" ".join(phrases))


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
    grid, _ = _grid(X)
    phrases = []
    for panel, (name, networks) in zip(axes, groups.items(), strict=True):
        for parameters in networks:
            _boundary(panel, grid, _ask(grid, parameters), colors=BLUE, linewidths=1)
        if rule:
            best = rule(np.stack([axis.ravel() for axis in grid])).reshape(grid[0].shape)
            _boundary(panel, grid, best, colors=BLACK, linestyles="--", linewidths=2)
        _bare(panel, name)
        at = np.array([forward_propagation(X, parameters)[0] > 0.5 for parameters in networks])
        share = percent(np.mean(at.any(axis=0) & ~at.all(axis=0)))
        phrases.append(BUNDLE.format(name=name, count=len(networks), share=share))
    return figure, BUNDLES_ALT.format(panels=" ".join(phrases)) + (RULE if rule else "")


def _grid(X):
    """Return a grid over the points as two arrays, and where it begins and ends."""
    low, high = X.min(axis=1) - 0.2, X.max(axis=1) + 0.2
    grid = np.meshgrid(np.linspace(low[0], high[0], SIDE), np.linspace(low[1], high[1], SIDE))
    return grid, (low[0], high[0], low[1], high[1])


def _ask(grid, parameters):
    """Return the network's probability of class 1 on the grid."""
    A3, _ = forward_propagation(np.stack([axis.ravel() for axis in grid]), parameters)
    return A3.reshape(grid[0].shape)


def _boundary(panel, grid, heights, **style):
    """Draw where the heights cross 0.5, if they do."""
    if heights.min() < 0.5 < heights.max():
        panel.contour(*grid, heights, [0.5], **style)


def _bare(panel, title):
    """Leave out what a small panel has no room for."""
    panel.set(title=title, xlabel="", ylabel="", xticks=[], yticks=[])
    panel.grid(False)
