"""Where a network changes its mind, over points, and beside the costs on the way there."""

import numpy as np
from matplotlib.colors import to_rgba

from lab.network import forward_propagation
from lab.plots.curve import draw_costs
from lab.plots.scatter import scatter
from lab.plots.style import BLACK, CLASS_COLOURS, blank, new_figure, percent, short, shown

SIDE = 160  # of the grid on which the network is asked
FIELDS = np.array([to_rgba(colour, 0.25) for colour in CLASS_COLOURS])
# left, bottom, width, height as shares of the figure; a layout found anew each time takes longer
ABOVE = ((0.095, 0.47, 0.4, 0.48), (0.585, 0.47, 0.4, 0.48))
BELOW = (0.095, 0.085, 0.89, 0.25)

PANEL = "{name}: {share} % right"
SAME = "The same decision boundary over {sets}. Class 1 fills {area} % of the picture."
EACH_SET = "the {name} points ({share} % right)"
SNAPSHOT_ALT = (
    "At step {step}: {boundary} Below, the costs against the step, marked there: {costs}."
)
COST = "{cost} on {name}"


@shown
def boundaries(parameters, sets):
    """Draw where the network changes its mind, over each set of points.

    Parameters
    ----------
    parameters : dict
        The trained network, two inputs.
    sets : dict of str to Points
        Usually two sets: "train" and "test", say.
    """
    figure, axes = new_figure(len(sets), height=3.9)
    return figure, _boundaries(axes, parameters, sets)


@shown
def snapshot(run, sets, at=-1):
    """Draw the boundary as it was at one record of a run, and the costs with that step marked.

    Parameters
    ----------
    run : Run
        What `fit` returned, with the costs of these sets.
    sets : dict of str to Points
        Usually two sets, watched by the run.
    at : int
        A position in ``run.steps``.
    """
    figure = blank(height=6.0)
    axes = [figure.add_axes(place) for place in ABOVE[: len(sets)]]
    boundary = _boundaries(axes, run.snapshots[at], sets)
    panel = figure.add_axes(BELOW)
    draw_costs(panel, run, list(sets), mark=at)
    costs = " and ".join(COST.format(cost=short(run.costs[n][at]), name=n) for n in sets)
    return figure, SNAPSHOT_ALT.format(step=run.steps[at], boundary=boundary, costs=costs)


def _boundaries(axes, parameters, sets):
    """Fill the panels and return what is seen in words."""
    everything = np.concatenate([X for X, _ in sets.values()], axis=1)
    low, high = everything.min(axis=1) - 0.2, everything.max(axis=1) + 0.2
    x, y = np.meshgrid(np.linspace(low[0], high[0], SIDE), np.linspace(low[1], high[1], SIDE))
    A3, _ = forward_propagation(np.stack([x.ravel(), y.ravel()]), parameters)
    A3 = A3.reshape(x.shape)
    phrases = []
    for panel, (name, (X, Y)) in zip(axes, sets.items(), strict=True):
        extent = (low[0], high[0], low[1], high[1])
        panel.imshow(FIELDS[(A3 > 0.5).astype(int)], extent=extent, origin="lower", aspect="auto")
        if A3.min() < 0.5 < A3.max():
            panel.contour(x, y, A3, [0.5], colors=BLACK, linewidths=1.5)
        share = percent(np.mean((forward_propagation(X, parameters)[0] > 0.5) == Y), digits=1)
        phrases.append(EACH_SET.format(name=name, share=share))
        scatter(panel, X, Y)
        panel.set(title=PANEL.format(name=name, share=share))
        panel.grid(False)
    return SAME.format(sets=" and ".join(phrases), area=percent(np.mean(A3 > 0.5)))
