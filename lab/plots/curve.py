"""Lines: costs and accuracies against the step, sizes against the layer, sweeps of a setting."""

import numpy as np

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

STEP, COST, ACCURACY = "step", "cost", "right answers, %"
PROBABILITY, LOSS = "the network's probability of class 1", "loss"
LAYER, SIZE = "layer", "size of the activations"
MARKED = "step {step}"
PART = "cost on the {part} points"

CURVES_ALT = "Cost and share of right answers against the step. {lines}{mark}"
CURVE = (
    "{name}: the cost goes from {start} to {end}, its lowest is {low} at step {step}; "
    "{share} % right at the end."
)
MARK_ALT = " A vertical line marks step {step}."
LOSSES_ALT = "Loss of one example against its probability, at {first}, {middle} and {last}. {lines}"
LOSS_LINE = "{name}: {start}, {middle}, {end}."
COMPARE_ALT = "Cost on the {part} points against the step. {lines}"
SIZES_ALT = "Size of the activations against the layer, logarithmic. {lines}"
SIZE_LINE = "{name}: {start} in layer 1, {end} in layer {last}."
SWEEP_ALT = "{what} against {x}. {lines}"
SWEEP_LINE = "{label}, {name}: {start} at {first}, {end} at {last}."
LINE = "{name}: from {start} to {end}, first below half of its start at step {step}."
LEVEL = "{name}: from {start} to {end}, never below half of its start."


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
    _mark(right, run, mark)
    right.set(xlabel=STEP, ylabel=ACCURACY)
    phrases = [_curve_in_words(run, name) for name in parts]
    marked = "" if mark is None else MARK_ALT.format(step=run.steps[mark])
    return figure, CURVES_ALT.format(lines=" ".join(phrases), mark=marked)


def draw_costs(panel, run, parts, mark=None):
    """Put the costs of a run into a panel, with a dot on each line at the marked record."""
    for number, name in enumerate(parts):
        _line(panel, number, run.steps, run.costs[name], name)
        if mark is not None:
            panel.plot(
                run.steps[mark],
                run.costs[name][mark],
                MARKERS[number],
                color=COLOURS[number],
                markersize=9,
                markeredgecolor=BLACK,
            )
    _mark(panel, run, mark, name=True)
    panel.set(xlabel=STEP, ylabel=COST)
    panel.set_ylim(bottom=0)
    panel.legend(loc="best")


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
        phrases.append(LOSS_LINE.format(name=name, end=short(heights[-1]), **ends))
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
        phrases.append((LINE if low else LEVEL).format(name=name, **ends))
    panel.set(xlabel=STEP, ylabel=PART.format(part=part), yscale="log" if log else "linear")
    panel.legend()
    return figure, COMPARE_ALT.format(part=part, lines=" ".join(phrases))


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
        phrases.append(SIZE_LINE.format(name=name, start=start, end=end, last=last))
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
            phrases.append(SWEEP_LINE.format(label=label, name=name, **ends))
        if chosen is not None:
            panel.axvline(list(values).index(chosen), color=BLACK, linewidth=1)
        panel.set(xlabel=x, ylabel=label, xticks=places, xticklabels=[f"{v:g}" for v in values])
        panel.legend()
    return figure, SWEEP_ALT.format(what=" and ".join(panels), x=x, lines=" ".join(phrases))


def _line(panel, number, x, y, name, markevery=None):
    """Draw one line with the colour, the line style and the marker of its number."""
    # markers of lines that run into each other stand beside each other
    markevery = markevery or (0.03 * number, 0.15)
    panel.plot(
        x,
        y,
        color=COLOURS[number],
        linestyle=LINES[number],
        marker=MARKERS[number],
        markersize=5,
        markevery=markevery,
        label=name,
    )


def _mark(panel, run, mark, name=False):
    if mark is None:
        return
    panel.axvline(run.steps[mark], color=BLACK, linewidth=1)
    if name:
        panel.annotate(
            MARKED.format(step=f"{run.steps[mark]:,}"),
            (run.steps[mark], 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
        )


def _curve_in_words(run, name):
    costs = run.costs[name]
    lowest = int(np.argmin(costs))
    return CURVE.format(
        name=name,
        start=short(costs[0]),
        end=short(costs[-1]),
        low=short(costs[lowest]),
        step=run.steps[lowest],
        share=percent(run.accuracies[name][-1], digits=1),
    )
