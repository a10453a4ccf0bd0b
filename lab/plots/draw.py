"""Random draws: what makes a mask, and the mask that comes of it."""

import numpy as np
from matplotlib.colors import ListedColormap

from lab.language import Message
from lab.plots.fonts import Word
from lab.plots.style import BLACK, BLUE, ORANGE, new_figure, percent, shown

PANEL = Word("np.random.{name}: {share} % kept")
KEPT, DROPPED = Word("kept"), Word("dropped")
DRAW, COUNT = Word("draw"), Word("count")
MASK_TITLE = Word("blue: kept, white: dropped")
EXAMPLE, UNIT = Word("example"), Word("unit of layer {layer}")

HISTOGRAMS_ALT = Message(
    "Two histograms with the threshold {keep_prob}. rand is flat from 0 to 1, {rand} % of its "
    "draws lie below the threshold; randn is a bell around 0, {randn} % lie below."
)
MASK_ALT = Message(
    "Grid of the {units} units of layer {layer} by {examples} examples: {kept} % are kept, "
    "the others are dropped, in each column other ones."
)


@shown
def histograms(rand, randn, keep_prob):
    """Draw uniform and normal draws with the threshold that makes a mask of them.

    Parameters
    ----------
    rand, randn : ndarray
        Draws of np.random.rand and np.random.randn.
    keep_prob : float
    """
    figure, axes = new_figure(2)
    shares = {}
    draws = {"rand": rand, "randn": randn}
    for panel, (name, values) in zip(axes, draws.items(), strict=True):
        edges = np.linspace(-3.5, 3.5, 57)
        kept = values < keep_prob
        shares[name] = percent(np.mean(kept))
        panel.hist(values[kept], edges, color=BLUE, label=KEPT)
        panel.hist(
            values[~kept], edges, color=ORANGE, hatch="///", edgecolor="white", label=DROPPED
        )
        panel.axvline(keep_prob, color=BLACK)
        panel.set(title=PANEL.format(name=name, share=shares[name]), xlabel=DRAW, ylabel=COUNT)
    axes[0].legend()
    return figure, HISTOGRAMS_ALT.format(keep_prob=keep_prob, **shares)


@shown
def mask(D, layer=1):
    """Draw which units of a layer live, example by example.

    Parameters
    ----------
    D : ndarray, shape (n_l, m)
        The mask of zeros and ones.
    layer : int
        Which layer it belongs to.
    """
    figure, (panel,) = new_figure(height=3.8)
    alive = np.asarray(D) != 0
    units, examples = alive.shape
    colours = ListedColormap(["white", BLUE])
    x, y = np.arange(1, examples + 1), np.arange(1, units + 1)
    panel.pcolormesh(x, y, alive, cmap=colours, vmin=0, vmax=1, edgecolors="#bbbbbb", linewidth=0.5)
    panel.set(xlabel=EXAMPLE, ylabel=UNIT.format(layer=layer), title=MASK_TITLE)
    panel.set(xticks=[1, *range(5, examples + 1, 5)], yticks=[1, *range(5, units + 1, 5)])
    panel.grid(False)
    kept = percent(np.mean(alive))
    return figure, MASK_ALT.format(units=units, examples=examples, layer=layer, kept=kept)
