"""The figures of the notebooks: one style, colours that colour-blind readers can tell apart.

Every figure is shown with a text alternative that says what is seen.
"""

import io

import matplotlib
import numpy as np
from IPython.display import display
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from lab.network import forward_propagation

# Okabe and Ito's palette; each colour has a marker and a line style of its own
BLUE, ORANGE, GREEN, PURPLE, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, BLACK)
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
CLASS_MARKERS = ("o", "^")
STYLE = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "legend.frameon": False,
    "figure.facecolor": "white",
}
WIDTH = 8.0  # inches, as wide as a notebook's text
SHOWN_AT_MOST = 600  # points of a large set, so that the boundary stays visible

POINTS_ALT = "Scatter plot of {what}. {classes}"
TWO_CLASSES = "Class 0: {zeros} blue circles, class 1: {ones} orange triangles."
BOUNDARIES_ALT = (
    "Two panels with the same decision boundary, over the {first} points ({first_share}% right) "
    "and over the {second} points ({second_share}% right)."
)
CURVES_ALT = "Cost and share of right answers against the step. {ends}"
CURVE_END = "{name}: the cost goes from {start} to {end}, {share}% right at the end."
COMPARE_ALT = "Cost on the {part} points against the step. {ends}"
COMPARE_END = "{name}: from {start} to {end}."
SPREAD_ALT = "Spread of the activations against the layer, logarithmic. {ends}"
SPREAD_END = "{name}: {start} in layer 1, {end} in layer {last}."
SWEEP_ALT = "{what} against {x}. {ends}"
HISTOGRAM_ALT = (
    "Two histograms with the threshold {keep_prob}. rand: {rand}% of the draws lie below it; "
    "randn: {randn}%."
)
MASK_ALT = "Grid of the units of layer 1 by example: {kept}% are kept, the others are dropped."
PICTURES_ALT = "{count} pictures of digits that the network gets wrong: {labels}."


def points(sets):
    """Draw labelled points, one panel a set.

    Parameters
    ----------
    sets : dict of str to Points
        What each panel shows; X is (2, m), Y is (1, m).
    """
    figure, axes = _figure(len(sets))
    for panel, (name, (X, Y)) in zip(axes, sets.items(), strict=True):
        _scatter(panel, X, Y)
        panel.set(title=f"{name} ({Y.size} points)", xlabel="$x_1$", ylabel="$x_2$")
    axes[0].legend()
    _, (X, Y) = next(iter(sets.items()))
    classes = TWO_CLASSES.format(zeros=int(np.sum(Y == 0)), ones=int(np.sum(Y == 1)))
    _show(
        figure, POINTS_ALT.format(what=" and ".join(f"{n} points" for n in sets), classes=classes)
    )


def boundaries(parameters, sets):
    """Draw where the network changes its mind, over two sets of points.

    Parameters
    ----------
    parameters : dict
        The trained network, two inputs.
    sets : dict of str to Points
        Two sets: "train" and "test", say.
    """
    figure, axes = _figure(len(sets))
    everything = np.concatenate([X for X, _ in sets.values()], axis=1)
    low, high = everything.min(axis=1) - 0.2, everything.max(axis=1) + 0.2
    x, y = np.meshgrid(np.linspace(low[0], high[0], 150), np.linspace(low[1], high[1], 150))
    A3, _ = forward_propagation(np.stack([x.ravel(), y.ravel()]), parameters)
    shares = {}
    for panel, (name, (X, Y)) in zip(axes, sets.items(), strict=True):
        panel.contourf(
            x, y, A3.reshape(x.shape) > 0.5, [-0.5, 0.5, 1.5], colors=[BLUE, ORANGE], alpha=0.25
        )
        panel.contour(x, y, A3.reshape(x.shape), [0.5], colors=BLACK, linewidths=1.5)
        shares[name] = _percent(np.mean((forward_propagation(X, parameters)[0] > 0.5) == Y))
        _scatter(panel, X, Y)
        panel.set(title=f"{name}: {shares[name]}% right", xlabel="$x_1$", ylabel="$x_2$")
    (first, first_share), (second, second_share) = shares.items()
    alt = BOUNDARIES_ALT.format(
        first=first, first_share=first_share, second=second, second_share=second_share
    )
    _show(figure, alt)


def curves(run, mark=None):
    """Draw the costs and accuracies of a run against the step.

    Parameters
    ----------
    run : Run
        What `fit` returned.
    mark : int, optional
        A position in ``run.steps`` to mark with a vertical line.
    """
    figure, (left, right) = _figure(2)
    ends = []
    for number, name in enumerate(run.costs):
        style = {"color": COLOURS[number], "linestyle": LINES[number], "label": name}
        left.plot(run.steps, run.costs[name], **style)
        right.plot(run.steps, 100 * np.array(run.accuracies[name]), **style)
        ends.append(
            CURVE_END.format(
                name=name,
                start=_two(run.costs[name][0]),
                end=_two(run.costs[name][-1]),
                share=_percent(run.accuracies[name][-1]),
            )
        )
    if mark is not None:
        for panel in (left, right):
            panel.axvline(run.steps[mark], color=BLACK, linewidth=1)
        left.annotate(
            f" step {run.steps[mark]}", (run.steps[mark], 0.97), xycoords=("data", "axes fraction")
        )
    left.set(xlabel="step", ylabel="cost")
    right.set(xlabel="step", ylabel="right answers, %")
    left.legend(loc="best")
    _show(figure, CURVES_ALT.format(ends=" ".join(ends)))


def compare(runs, part="train", log=False):
    """Draw the cost of several runs against the step.

    Parameters
    ----------
    runs : dict of str to Run
    part : str
        Which set's cost: "train" or one of the watched ones.
    log : bool
        Whether the cost's axis is logarithmic.
    """
    figure, (panel,) = _figure(1)
    ends = []
    for number, (name, run) in enumerate(runs.items()):
        costs = run.costs[part]
        panel.plot(run.steps, costs, color=COLOURS[number], linestyle=LINES[number], label=name)
        ends.append(COMPARE_END.format(name=name, start=_two(costs[0]), end=_two(costs[-1])))
    panel.set(xlabel="step", ylabel=f"cost ({part})", yscale="log" if log else "linear")
    panel.legend()
    _show(figure, COMPARE_ALT.format(part=part, ends=" ".join(ends)))


def spreads(stacks):
    """Draw how the activations' standard deviation changes from layer to layer.

    Parameters
    ----------
    stacks : dict of str to sequence of float
        For each start the spread in layer 1, 2, ...
    """
    figure, (panel,) = _figure(1)
    ends = []
    for number, (name, spread) in enumerate(stacks.items()):
        layers = np.arange(1, len(spread) + 1)
        panel.semilogy(
            layers,
            spread,
            color=COLOURS[number],
            linestyle=LINES[number],
            marker="os^Dv"[number],
            label=name,
        )
        ends.append(
            SPREAD_END.format(
                name=name, start=f"{spread[0]:.1g}", end=f"{spread[-1]:.1g}", last=len(spread)
            )
        )
    panel.set(xlabel="layer", ylabel="standard deviation of the activations")
    panel.legend()
    _show(figure, SPREAD_ALT.format(ends=" ".join(ends)))


def sweep(x, values, panels):
    """Draw what changes with one setting, one panel a quantity.

    Parameters
    ----------
    x : str
        What the setting is called, such as "λ".
    values : sequence of float
        Its values.
    panels : dict of str to (dict of str to sequence of float)
        For each panel its label and its lines.
    """
    figure, axes = _figure(len(panels))
    ends = []
    for panel, (label, lines) in zip(axes, panels.items(), strict=True):
        for number, (name, heights) in enumerate(lines.items()):
            panel.plot(
                values,
                heights,
                color=COLOURS[number],
                linestyle=LINES[number],
                marker="os^"[number],
                label=name,
            )
            ends.append(
                COMPARE_END.format(name=name, start=_two(heights[0]), end=_two(heights[-1]))
            )
        panel.set_xscale("symlog", linthresh=0.1)
        panel.set(xlabel=x, ylabel=label, xticks=values, xticklabels=[f"{v:g}" for v in values])
        panel.minorticks_off()
        panel.legend()
    _show(figure, SWEEP_ALT.format(what=" and ".join(panels), x=x, ends=" ".join(ends)))


def histograms(rand, randn, keep_prob):
    """Draw uniform and normal draws with the threshold that makes a mask of them.

    Parameters
    ----------
    rand, randn : ndarray
        Draws of np.random.rand and np.random.randn.
    keep_prob : float
    """
    figure, axes = _figure(2)
    shares = {}
    draws = {"rand": rand, "randn": randn}
    for panel, (name, values) in zip(axes, draws.items(), strict=True):
        edges = np.linspace(-3.5, 3.5, 57)
        kept = values < keep_prob
        shares[name] = _percent(np.mean(kept))
        panel.hist(values[kept], edges, color=BLUE, label="kept")
        panel.hist(values[~kept], edges, color=ORANGE, hatch="//", alpha=0.6, label="dropped")
        panel.axvline(keep_prob, color=BLACK)
        panel.set(title=f"np.random.{name}: {shares[name]}% kept", xlabel="draw", ylabel="count")
    axes[0].legend()
    _show(figure, HISTOGRAM_ALT.format(keep_prob=keep_prob, **shares))


def mask(D1):
    """Draw which units of a layer live, example by example.

    Parameters
    ----------
    D1 : ndarray, shape (n_1, m)
        The mask of zeros and ones.
    """
    figure, (panel,) = _figure(1)
    panel.pcolormesh(D1 != 0, cmap=ListedColormap(["white", BLUE]), edgecolors="#bbbbbb")
    panel.set(xlabel="example", ylabel="unit of layer 1", title="blue: kept, white: dropped")
    panel.grid(False)
    _show(figure, MASK_ALT.format(kept=_percent(np.mean(D1 != 0))))


def pictures(X, labels):
    """Draw digits of 8 by 8 pixels with a word below each.

    Parameters
    ----------
    X : ndarray, shape (64, m)
        Grey values from 0 to 1.
    labels : list of str
    """
    figure, axes = _figure(len(labels), height=1.6)
    for panel, picture, label in zip(axes, X.T, labels, strict=True):
        panel.imshow(picture.reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
        panel.set(xticks=[], yticks=[], xlabel=label)
        panel.grid(False)
    _show(figure, PICTURES_ALT.format(count=len(labels), labels=", ".join(labels)))


def _figure(panels, height=3.4):
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH if panels > 1 else 0.65 * WIDTH, height))
        figure.set_layout_engine("constrained")
        axes = figure.subplots(1, panels, squeeze=False)[0]
        return figure, axes


def _scatter(panel, X, Y):
    X, Y = X[:, :SHOWN_AT_MOST], Y[:, :SHOWN_AT_MOST]
    for number, colour in enumerate((BLUE, ORANGE)):
        chosen = Y[0] == number
        panel.scatter(
            X[0, chosen],
            X[1, chosen],
            s=22,
            c=colour,
            marker=CLASS_MARKERS[number],
            edgecolors="white",
            linewidths=0.5,
            label=f"class {number}",
        )


def _show(figure, alt):
    """Display the figure as PNG with its text alternative; nothing of the version is kept."""
    picture = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(picture, format="png", dpi=100, metadata={"Software": None})
    bundle = {"image/png": picture.getvalue(), "text/plain": alt}
    display(bundle, raw=True, metadata={"image/png": {"alt": alt}})


def _percent(share):
    return round(100 * float(share))


def _two(number):
    return f"{float(number):.2g}" if abs(number) > 1e-6 else "0"
