"""Networks drawn: a dot for each unit, a line for each weight."""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from lab.language import Message, listed, translated
from lab.plots.fonts import Word, worded
from lab.plots.style import BLACK, GREEN, PURPLE, new_figure, short, shown

POSITIVE: tuple[str, Any] = GREEN, "solid"
NEGATIVE: tuple[str, Any] = PURPLE, (0, (3, 1.5))
WIDTH, WIDEST = 1.1, 5.0  # points: of a weight of 1, and of the widest line
NOTHING = 0.01  # a weight without a line; dashes are as long as a line is wide, and need a width
THIN = 0.1  # a weight whose line is hardly seen

BOTH = Word("weights: solid is positive, dashed negative")
PLUS, MINUS, GONE = Word("positive weight"), Word("negative weight"), Word("dropped unit")
INPUT, OUTPUT, LAYER = Word("inputs"), Word("output"), Word("layer {l}")
PANEL = Word("example {number}")

ALT = Message(
    "{panels} Each unit is a dot, the inputs to the left; each weight is a line, {marks}."
)
MARKS = Message("a positive one solid, a negative one dashed, a larger one wider")
HOLLOW = Message("; a dropped unit is hollow and has no lines")
ONE = Message("A network with layers of {sizes} units. {weights}")
NAMED = Message("{name}: a network with layers of {sizes} units. {weights}")
WEIGHTS = Message(
    "{positive} weights are positive, {negative} negative; the largest has the size {largest}, "
    "{thin} are below 0.1.{alike}"
)
ALIKE = Message(" All {n} units of layer {l} have the same lines.")
MASKED = Message("Example {number}: {kept} are kept.")
OF_LAYER = Message("{kept} of {n} units of layer {l}")


class Diagram:
    """A network in a panel, whose weights and masks can be replaced.

    Parameters
    ----------
    panel : Axes
    sizes : sequence of int
        How many units each layer has, the input first.
    """

    def __init__(self, panel, sizes):
        self.panel, self.sizes = panel, sizes
        self.places = [
            np.column_stack([np.full(n, float(l)), _heights(n, max(sizes))])
            for l, n in enumerate(sizes)
        ]
        self.lines = [
            LineCollection([], colors=colour, linestyles=[style], zorder=1, capstyle="butt")
            for colour, style in (POSITIVE, NEGATIVE)
        ]
        for collection in self.lines:
            panel.add_collection(collection, autolim=False)
        places = np.concatenate(self.places)
        self.dots = panel.scatter(*places.T, s=30, c="white", edgecolors=BLACK, zorder=2)
        names = [INPUT, *(LAYER.format(l=l) for l in range(1, len(sizes) - 1)), OUTPUT]
        panel.set(xticks=range(len(sizes)), xticklabels=names, yticks=[])
        panel.set(xlim=(-0.25, len(sizes) - 0.75), ylim=(-0.06, 1.06))
        panel.tick_params(length=0)
        panel.grid(False)
        panel.spines[:].set_visible(False)

    @property
    def moving(self):
        """The artists that `show` changes."""
        return [*self.lines, self.dots]

    def show(self, parameters, masks=None):
        """Draw these weights; a mask for each hidden layer says which of its units are there."""
        masks = masks or [np.ones(n, dtype=bool) for n in self.sizes[1:-1]]
        there = [np.ones(self.sizes[0], dtype=bool), *masks, np.ones(self.sizes[-1], dtype=bool)]
        ways, sizes = [], []
        for l, (start, end) in enumerate(zip(self.places, self.places[1:], strict=False), start=1):
            W = parameters[f"W{l}"]
            to, of = np.nonzero(there[l][:, None] & there[l - 1])
            ways.append(np.stack([start[of], end[to]], axis=1))
            sizes.append(W[to, of])
        segments, weights = np.concatenate(ways), np.concatenate(sizes)
        for collection, chosen in zip(
            self.lines, (weights > NOTHING, weights < -NOTHING), strict=True
        ):
            collection.set_segments(list(segments[chosen]))
            widths = np.minimum(WIDTH * np.abs(weights[chosen]), WIDEST)
            collection.set_linewidth(widths.tolist())
        self.dots.set_facecolor([BLACK if here else "white" for here in np.concatenate(there)])


@shown
def network(parameters, mask=None):
    """Draw a network: a dot for each unit, a line for each weight.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL; or several networks of the same layers, each under its name,
        to be drawn beside each other.
    mask : sequence of ndarray, optional
        For each hidden layer its mask (n_l, m). Then the network is drawn once for each of
        the m examples, its dropped units hollow and without their lines.
    """
    named = {"": parameters} if "W1" in parameters else parameters
    first = next(iter(named.values()))
    sizes = layers(first)
    columns = [] if mask is None else list(zip(*(np.transpose(D) != 0 for D in mask), strict=True))
    figure, axes = new_figure(len(columns) or len(named), height=3.4)
    phrases = []
    if columns:
        for number, (panel, masks) in enumerate(zip(axes, columns, strict=True), start=1):
            Diagram(panel, sizes).show(first, masks)
            panel.set(title=PANEL.format(number=number))
            phrases.append(_masks_in_words(number, masks))
    else:
        for panel, (name, each) in zip(axes, named.items(), strict=True):
            Diagram(panel, sizes).show(each)
            panel.set(title=worded(name))
            phrases.append(_in_words(name, sizes, each))
    figure.legend(handles=_key(bool(columns)), loc="outside lower center", ncols=3)
    marks = str(MARKS) + (str(HOLLOW) if columns else "")
    return figure, ALT.format(panels=" ".join(phrases), marks=marks)


def layers(parameters):
    """Return how many units each layer has, the input first."""
    matrices = _matrices(parameters)
    return [matrices[0].shape[1], *map(len, matrices)]


def _matrices(parameters):
    """Return W1, ..., WL."""
    return [parameters[f"W{l}"] for l in range(1, 1 + sum(name[0] == "W" for name in parameters))]


def weights_in_words(parameters):
    """Return what is seen of a network's lines."""
    matrices = _matrices(parameters)
    weights = np.concatenate([W.ravel() for W in matrices])
    alike = [
        ALIKE.format(n=len(W), l=l)
        for l, W in enumerate(matrices, start=1)
        if len(W) > 1 and np.ptp(W, axis=0).max() < 1e-9
    ]
    return WEIGHTS.format(
        positive=np.sum(weights > 0),
        negative=np.sum(weights < 0),
        largest=short(np.abs(weights).max()),
        thin=np.sum(np.abs(weights) < THIN),
        alike="".join(alike),
    )


def _in_words(name, sizes, parameters):
    form = NAMED if name else ONE
    units = ", ".join(map(str, sizes))
    return form.format(name=translated(name), sizes=units, weights=weights_in_words(parameters))


def _masks_in_words(number, masks):
    kept = [
        OF_LAYER.format(kept=np.sum(there), n=there.size, l=l)
        for l, there in enumerate(masks, start=1)
    ]
    return MASKED.format(number=number, kept=listed(kept))


def _key(dropped):
    """Return the samples for the legend."""
    handles = [
        Line2D([], [], color=colour, linestyle=style, label=label)
        for (colour, style), label in ((POSITIVE, PLUS), (NEGATIVE, MINUS))
    ]
    hollow: dict[str, Any] = {"marker": "o", "linestyle": "none", "markerfacecolor": "white"}
    return handles + ([Line2D([], [], color=BLACK, label=GONE, **hollow)] if dropped else [])


def _heights(n, most):
    """Return where the dots of a layer stand, between 0 and 1, around the middle."""
    reach = 0.5 * np.sqrt((n - 1) / max(1, most - 1))
    return np.linspace(0.5 + reach, 0.5 - reach, n)
