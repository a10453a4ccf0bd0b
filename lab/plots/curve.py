"""Lines: costs and accuracies against the step, sizes against the layer, sweeps of a setting."""

import numpy as np

from lab.language import Message, listed, translated
from lab.network import forward_propagation
from lab.plots.fonts import Word, worded
from lab.plots.style import (
    BLACK,
    COLOURS,
    LINES,
    MARKERS,
    new_figure,
    percent,
    short,
    shown,
)

OF_CLASS_1 = Word("probability of class 1")
STEP, COST, ACCURACY = Word("step"), Word("cost"), Word("right answers, %")
PROBABILITY, LOSS = Word("the network's probability of class 1"), Word("loss")
LAYER, SIZE = Word("layer"), Word("size of the activations")
MARKED = Word("step {step}")
PART = Word("cost on the {part} points")

CURVES_ALT = Message("Cost and share of right answers against the step. {lines}{mark}")
CURVE = Message(
    "{name}: the cost goes from {start} to {end}, its lowest is {low} at step {step}; "
    "{share} % right at the end."
)
MARK_ALT = Message(" A vertical line marks step {step}.")
LOSSES_ALT = Message(
    "Loss of one example against its probability, at {first}, {middle} and {last}. {lines}"
)
LOSS_LINE = Message("{name}: {start}, {middle}, {end}.")
COMPARE_ALT = Message("Cost on the {part} points against the step. {lines}")
SIZES_ALT = Message("Size of the activations against the layer, logarithmic. {lines}")
SIZE_LINE = Message("{name}: {start} in layer 1, {end} in layer {last}.")
SWEEP_ALT = Message("{what} against {x}. {lines}")
SWEEP_LINE = Message("{label}, {name}: {start} at {first}, {end} at {last}.")
LINE = Message("{name}: from {start} to {end}, first below half of its start at step {step}.")
LEVEL = Message("{name}: from {start} to {end}, never below half of its start.")
ALONG = Message("along the line from ({x0:g}, {y0:g}) to ({x1:g}, {y1:g})")
WAY = Word("share of the way along the line from ({x0:g}, {y0:g}) to ({x1:g}, {y1:g})")
PROFILE_ALT = Message("Probability of class 1 {along}. {lines}")
PROFILE_LINE = Message(
    "{name}: {start} at the start, {end} at the end; it crosses 0.5 {times} times, and changes by "
    "{steepest} at most over a hundredth of the way."
)


@shown
def curves(run, parts=None, mark=None):
    """Draw the costs and accuracies of a run against the step.

    Parameters
    ----------
    run : Run
        What `fit` returned.
    parts : sequence of str, optional
        Which sets to show; all that were recorded unless told otherwise.
    mark : int, optional
        A position in ``run.steps`` to mark with a vertical line.
    """
    parts = list(parts or run.costs)
    figure, (left, right) = new_figure(2)
    draw_costs(left, run, parts, mark)
    for number, name in enumerate(parts):
        _line(right, number, run.steps, 100 * np.array(run.accuracies[name]), name)
    if mark is not None:
        _mark(right, run.steps[mark])
    right.set(xlabel=STEP, ylabel=ACCURACY)
    phrases = [_curve_in_words(run, name) for name in parts]
    marked = "" if mark is None else MARK_ALT.format(step=run.steps[mark])
    return figure, CURVES_ALT.format(lines=" ".join(phrases), mark=marked)


def draw_costs(panel, run, parts, mark=None):
    """Put the costs of a run into a panel, with a dot on each line at the marked record."""
    for number, name in enumerate(parts):
        _line(panel, number, run.steps, run.costs[name], name)
        if mark is not None:
            _dot(panel, number).set_data([run.steps[mark]], [run.costs[name][mark]])
    if mark is not None:
        step = run.steps[mark]
        _mark(panel, step)
        panel.annotate(
            MARKED.format(step=f"{step:,}"),
            (step, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
        )
    panel.set(xlabel=STEP, ylabel=COST)
    panel.set_ylim(bottom=0)
    panel.legend(loc="best")


class MovingCosts:
    """The costs of a run in a panel, with one record marked; both can be replaced.

    Parameters
    ----------
    panel : Axes
    parts : sequence of str
        Which sets to show.
    """

    def __init__(self, panel, parts):
        self.panel, self.parts, self.limits = panel, list(parts), None
        self.lines = [_line(panel, number, [], [], name) for number, name in enumerate(self.parts)]
        self.dots = [_dot(panel, number) for number in range(len(self.parts))]
        self.mark = _mark(panel, 0)
        self.title = panel.set_title("", loc="left", fontsize=11.5)
        panel.set(xlabel=STEP, ylabel=COST)
        # above the panel, where no line passes: there it stands still
        place = {"loc": "lower right", "bbox_to_anchor": (1.02, 0.97), "borderpad": 0}
        panel.legend(ncols=len(self.parts), frameon=False, **place)
        self.moving = [*self.lines, *self.dots, self.mark, self.title]

    def show(self, run, at):
        """Draw this run and mark a record; tell whether the axes have changed."""
        step = run.steps[at]
        for line, dot, name in zip(self.lines, self.dots, self.parts, strict=True):
            line.set_data(run.steps, run.costs[name])
            dot.set_data([step], [run.costs[name][at]])
        self.mark.set_xdata([step, step])
        self.title.set_text(MARKED.format(step=f"{step:,}"))
        limits = run.steps[-1], _roof(max(max(run.costs[name]) for name in self.parts))
        before, self.limits = self.limits, limits
        if limits != before:
            margin = 0.03 * max(1, limits[0])
            self.panel.set(xlim=(-margin, limits[0] + margin), ylim=(0, limits[1]))
        return limits != before


@shown
def losses(probabilities, lines):
    """Draw the loss of one example against the probability that the network gives it.

    Parameters
    ----------
    probabilities : sequence of float
        Of class 1, rising.
    lines : dict of str to sequence of float
        For each true class the loss at these probabilities.
    """
    figure, (panel,) = new_figure()
    phrases = []
    middle = len(probabilities) // 2
    for number, (name, heights) in enumerate(lines.items()):
        _line(panel, number, probabilities, heights, name)
        ends = {"start": short(heights[0]), "middle": short(heights[middle])}
        phrases.append(LOSS_LINE.format(name=translated(name), end=short(heights[-1]), **ends))
    panel.set(xlabel=PROBABILITY, ylabel=LOSS, ylim=(0, None))
    panel.legend()
    ends = {"first": short(probabilities[0]), "last": short(probabilities[-1])}
    ends |= {"middle": short(probabilities[middle])}
    return figure, LOSSES_ALT.format(lines=" ".join(phrases), **ends)


@shown
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
    figure, (panel,) = new_figure()
    phrases = []
    for number, (name, run) in enumerate(runs.items()):
        costs = run.costs[part]
        _line(panel, number, run.steps, costs, name)
        low = [step for step, cost in zip(run.steps, costs, strict=True) if cost < costs[0] / 2]
        ends = {"start": short(costs[0]), "end": short(costs[-1]), "step": low[0] if low else ""}
        phrases.append((LINE if low else LEVEL).format(name=translated(name), **ends))
    panel.set(xlabel=STEP, ylabel=PART.format(part=worded(part)), yscale="log" if log else "linear")
    panel.legend()
    return figure, COMPARE_ALT.format(part=translated(part), lines=" ".join(phrases))


@shown
def profile(networks, start, end):
    """Draw the probability of class 1 along a straight line through the plane.

    Parameters
    ----------
    networks : dict of str to dict
        The parameters of each network, two inputs.
    start, end : (float, float)
        Between which points the line goes.
    """
    figure, (panel,) = new_figure()
    way = np.linspace(0, 1, 401)
    X = np.outer(start, 1 - way) + np.outer(end, way)
    phrases = []
    for number, (name, parameters) in enumerate(networks.items()):
        A3 = forward_propagation(X, parameters)[0][0]
        _line(panel, number, way, A3, name)
        ends = {"start": short(A3[0]), "end": short(A3[-1])}
        ends["times"] = int(np.sum(np.diff(A3 > 0.5)))
        steepest = short(np.abs(A3[4:] - A3[:-4]).max())
        phrases.append(PROFILE_LINE.format(name=translated(name), steepest=steepest, **ends))
    panel.axhline(0.5, color=BLACK, linewidth=1)
    line = {"x0": start[0], "y0": start[1], "x1": end[0], "y1": end[1]}
    panel.set(xlabel=WAY.format(**line), ylabel=OF_CLASS_1, ylim=(-0.03, 1.03))
    panel.legend()
    return figure, PROFILE_ALT.format(along=ALONG.format(**line), lines=" ".join(phrases))


@shown
def sizes(stacks, limits=None):
    """Draw how the activations' size changes from layer to layer.

    Parameters
    ----------
    stacks : dict of str to sequence of float
        For each start the root of the activations' mean square in layer 1, 2, ...
    limits : (float, float), optional
        The lowest and the highest size that the picture shows.
    """
    figure, (panel,) = new_figure(height=3.8)
    phrases, last = [], 1
    for number, (name, size) in enumerate(stacks.items()):
        last = len(size)
        _line(panel, number, np.arange(1, last + 1), size, name, markevery=2)
        start, end = f"{size[0]:.1g}", f"{size[-1]:.1g}"
        phrases.append(SIZE_LINE.format(name=translated(name), start=start, end=end, last=last))
    panel.set(xlabel=LAYER, ylabel=SIZE, yscale="log", xticks=[1, *range(5, last + 1, 5)])
    if limits:
        panel.set_ylim(limits)
    panel.legend()
    return figure, SIZES_ALT.format(lines=" ".join(phrases))


@shown
def sweep(x, values, panels, chosen=None):
    """Draw what changes with one setting, one panel a quantity.

    Parameters
    ----------
    x : str
        What the setting is called, such as "λ".
    values : sequence of float
        Its values.
    panels : dict of str to (dict of str to sequence of float)
        For each panel its label and its lines.
    chosen : float, optional
        A value to mark with a vertical line.
    """
    figure, axes = new_figure(len(panels))
    phrases = []
    places = np.arange(len(values))
    for panel, (label, lines) in zip(axes, panels.items(), strict=True):
        for number, (name, heights) in enumerate(lines.items()):
            _line(panel, number, places, heights, name, markevery=1)
            ends = {"start": short(heights[0]), "end": short(heights[-1])}
            ends |= {"first": f"{values[0]:g}", "last": f"{values[-1]:g}"}
            phrases.append(
                SWEEP_LINE.format(label=translated(label), name=translated(name), **ends)
            )
        if chosen is not None:
            panel.axvline(list(values).index(chosen), color=BLACK, linewidth=1)
        panel.set(
            xlabel=worded(x),
            ylabel=worded(label),
            xticks=places,
            xticklabels=[f"{v:g}" for v in values],
        )
        panel.legend()
    return figure, SWEEP_ALT.format(
        what=listed(map(translated, panels)), x=translated(x), lines=" ".join(phrases)
    )


def _line(panel, number, x, y, name, markevery=None):
    """Draw one line with the colour, the line style and the marker of its number."""
    # markers of lines that run into each other stand beside each other
    markevery = markevery or (0.03 * number, 0.15)
    (line,) = panel.plot(
        x,
        y,
        color=COLOURS[number],
        linestyle=LINES[number],
        marker=MARKERS[number],
        markersize=5,
        markevery=markevery,
        label=worded(name),
    )
    return line


def _dot(panel, number):
    """Draw the dot that marks a record on the line of its number."""
    style = {"color": COLOURS[number], "markersize": 9, "markeredgecolor": BLACK}
    (dot,) = panel.plot([], [], MARKERS[number], **style)
    return dot


def _mark(panel, step):
    """Mark a step with a vertical line, and return the line."""
    return panel.axvline(step, color=BLACK, linewidth=1)


def _roof(cost):
    """Return where the axis of the costs ends: a round number, so that it seldom moves."""
    cost = max(cost, 1e-9)
    unit = 10.0 ** np.floor(np.log10(cost)) / 5
    return float(np.ceil(1.02 * cost / unit) * unit)


def _curve_in_words(run, name):
    costs = run.costs[name]
    lowest = int(np.argmin(costs))
    return CURVE.format(
        name=translated(name),
        start=short(costs[0]),
        end=short(costs[-1]),
        low=short(costs[lowest]),
        step=run.steps[lowest],
        share=percent(run.accuracies[name][-1], digits=1),
    )
