"""Sliders that redraw or retrain with the student's own functions.

Each shows a control, one sentence and one picture, and replaces both at every
move. While an answer is under way the front end holds back all moves but the last,
so moving fast leaves nothing queued. A function that stops says so in the sentence.
"""

import contextlib
import html
import io
import warnings

import ipywidgets  # type: ignore[import-untyped]
import numpy as np
from IPython.display import display

from lab import plots
from lab.network import spreads_through_a_stack
from lab.plots.style import percent, short

LAYERS, UNITS = 20, 100
CONSTANTS = (-2.0, 0.0, 0.05)  # powers of ten: first, last, step
LAMBDS = (0, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 2, 3, 5, 7, 10, 15, 20, 30)
KEEP_PROBS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.95, 1.0)
SHOWN_SPREADS = (1e-8, 1e8)
FRAME = 250  # milliseconds between two steps of the film

CONSTANT, STEP, LAMBD, KEEP_PROB = "constant c", "step", "λ", "keep_prob"
HERE, HE = "c = {c}", "He's rule"
STACK = (
    "c = {c}: each layer multiplies the mean square by ½ · {units} · c² = {factor}. "
    "The spread is {first} in layer 1 and {last} in layer {layers}: the signal {verdict}."
)
VERDICTS = ((1e-6, "vanishes"), (0.3, "fades"), (3, "holds"), (1e6, "grows"), (np.inf, "explodes"))
AT_STEP = "Step {step}: {parts}."
COST_AT = "cost {cost} on {name} (its lowest is {low}, at step {best})"
AFTER = "{name} = {value}: after {step} steps {parts}."
RESULT = "{share} % right on {name} (cost {cost})"
STOPPED = "At {value} it stops with {kind}: {error}. Mend your function and run its cell again."
WITHOUT_WIDGETS = "A slider to move where the notebook runs. The figure above is what stands still."


def constant(random, he):
    """Let the constant of a random start be moved, through 20 layers of 100 ReLU units.

    Parameters
    ----------
    random : callable
        ``random(layers_dim, scale)`` gives the parameters, normal draws times scale.
    he : callable
        ``he(layers_dim)`` gives the parameters by He's rule, for comparison.
    """
    layers_dim = [UNITS] * (LAYERS + 1)
    low, high, step = CONSTANTS
    control = ipywidgets.FloatLogSlider(
        value=0.1, base=10, min=low, max=high, step=step, readout_format=".3f"
    )

    def draw(c):
        same = spreads_through_a_stack(_seeded(he, layers_dim))
        here = spreads_through_a_stack(_seeded(random, layers_dim, scale=c))
        verdict = next(word for limit, word in VERDICTS if not here[-1] > limit)
        said = STACK.format(
            c=f"{c:.3f}",
            units=UNITS,
            factor=f"{UNITS * c * c / 2:.3g}",
            first=f"{here[0]:.2g}",
            last=f"{here[-1]:.2g}",
            layers=LAYERS,
            verdict=verdict,
        )
        lines = {HERE.format(c=f"{c:.3f}"): here, HE: same}
        return plots.spreads.picture(lines, limits=SHOWN_SPREADS), said

    _show(CONSTANT, control, draw)


def step(run, sets):
    """Let the boundary of a run be seen as it was at each recorded step, as a film too.

    Parameters
    ----------
    run : Run
        What `fit` returned.
    sets : dict of str to Points
        The points to show, two sets that the run has watched.
    """
    every = run.steps[1] - run.steps[0] if len(run.steps) > 1 else 1
    scale = {"min": run.steps[0], "max": run.steps[-1], "step": every}
    control = ipywidgets.IntSlider(value=run.steps[0], **scale)
    film = ipywidgets.Play(value=run.steps[0], interval=FRAME, **scale)
    ipywidgets.jslink((film, "value"), (control, "value"))

    def draw(value):
        at = int(np.argmin(np.abs(np.array(run.steps) - value)))
        parts = []
        for name in sets:
            costs = run.costs[name]
            best = int(np.argmin(costs))
            ends = {"low": f"{costs[best]:.2f}", "best": f"{run.steps[best]:,}"}
            parts.append(COST_AT.format(cost=f"{costs[at]:.2f}", name=name, **ends))
        said = AT_STEP.format(step=f"{run.steps[at]:,}", parts="; ".join(parts))
        return plots.snapshot.picture(run, sets, at), said

    _show(STEP, control, draw, film)


def lambd(train_with, sets):
    """Let λ be moved; each value trains anew.

    Parameters
    ----------
    train_with : callable
        ``train_with(lambd)`` trains with the student's functions and gives a `Run`.
    sets : dict of str to Points
        The points to show, two sets that the run has watched.
    """
    _retrain(LAMBD, LAMBDS, 0.7, train_with, sets)


def keep_prob(train_with, sets):
    """Let keep_prob be moved; each value trains anew.

    Parameters
    ----------
    train_with : callable
        ``train_with(keep_prob)`` trains with the student's functions and gives a `Run`.
    sets : dict of str to Points
        The points to show, two sets that the run has watched.
    """
    _retrain(KEEP_PROB, KEEP_PROBS, 0.86, train_with, sets)


def _retrain(name, values, first, train_with, sets):
    control = ipywidgets.SelectionSlider(
        options=[(f"{value:g}", value) for value in values], value=first, continuous_update=False
    )

    def draw(value):
        run = train_with(value)
        parts = [
            RESULT.format(
                share=percent(run.accuracies[part][-1]), name=part, cost=short(run.costs[part][-1])
            )
            for part in sets
        ]
        ends = {"value": f"{value:g}", "step": f"{run.steps[-1]:,}"}
        said = AFTER.format(name=name, parts=" and ".join(parts), **ends)
        return plots.snapshot.picture(run, sets), said

    _show(name, control, draw)


def _show(name, control, draw, *beside):
    """Display a control with the picture and the sentence that ``draw(value)`` gives."""
    control.description = name
    control.style.description_width = "initial"
    control.layout.width = "min(100%, 34em)"
    sentence, picture = ipywidgets.HTML(), ipywidgets.HTML()

    def redraw(_change=None):
        try:
            with _quietly():
                drawn, said = draw(control.value)
        except Exception as error:
            said = STOPPED.format(
                value=control.value, kind=type(error).__name__, error=" ".join(str(error).split())
            )
        else:
            picture.value = drawn.html()
        sentence.value = html.escape(said)

    control.observe(redraw, "value")
    redraw()
    controls = ipywidgets.HBox([*beside, control], layout={"flex_flow": "row wrap"})
    box = ipywidgets.VBox([controls, sentence, picture])
    bundle = box._repr_mimebundle_()
    bundle["text/plain"] = WITHOUT_WIDGETS
    display(bundle, raw=True)


def _seeded(function, *arguments, **named):
    """Call a function that draws, always with the same draws, and leave the generator as it was."""
    state = np.random.get_state()
    np.random.seed(0)
    try:
        return function(*arguments, **named)
    finally:
        np.random.set_state(state)


@contextlib.contextmanager
def _quietly():
    """Keep what the student's function prints or warns of out of the cell's output."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield
