"""Sliders that redraw or retrain with the student's own functions.

Each shows a control, one sentence and one picture, and replaces both at every
move. While an answer is under way the front end holds back all moves but the last,
so moving fast leaves nothing queued. A function that stops says so in the sentence.
"""

import contextlib
import gc
import html
import io
import operator
import warnings

import ipywidgets
import numpy as np
from IPython.display import display

from lab import plots
from lab.language import Message, listed, translated
from lab.network import sizes_through_a_stack
from lab.plots.style import percent, short

LAYERS, UNITS = 20, 100
FADING = (0.01, 0.02, 0.03, 0.05, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12, 0.13)
CONSTANTS = (*FADING, 0.14, 0.1414, 0.15, 0.16, 0.17, 0.18, 0.2, 0.25, 0.3, 0.5, 0.7, 1)
LAMBDS = (0, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 2, 3, 5, 7, 10, 15, 20, 30)
KEEP_PROBS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.95, 1.0)
SHOWN_SIZES = (1e-8, 1e8)
FRAME = 250  # milliseconds between two steps of the film

CONSTANT, STEP, LAMBD, KEEP_PROB = Message("constant c"), Message("step"), "λ", "keep_prob"
HERE, HE = Message("c = {c}"), Message("He's rule")
STACK = Message(
    "c = {c}: each layer multiplies the mean square by ½ · {units} · c² = {factor}. "
    "The activations have the size {first} in layer 1 and {last} in layer {layers}: "
    "the signal {verdict}."
)
VERDICTS = (
    (1e-6, Message("vanishes")),
    (0.3, Message("fades")),
    (3, Message("holds")),
    (1e6, Message("grows")),
    (np.inf, Message("explodes")),
)
SEMICOLON = Message("; ")
AT_STEP = Message("Step {step}: {parts}.")
COST_AT = Message("cost {cost} on {name} (its lowest is {low}, at step {best})")
AFTER = Message("{name} = {value}: after {step} steps {parts}.")
RESULT = Message("{share} % right on {name} (cost {cost})")
STOPPED = Message(
    "At {value} it stops with {kind}: {error}. Mend your function and run its cell again."
)
WITHOUT_WIDGETS = Message(
    "A slider to move where the notebook runs. The figure above is what stands still."
)

_still = 0  # how many places of each slider are shown as figures; 0 shows the slider


def hold_still(places=4):
    """Show so many places of each slider as figures from here on, for pages and for print.

    Parameters
    ----------
    places : int
        The first and the last one among them; 0 brings the sliders back.
    """
    global _still
    _still = operator.index(places)


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

    def draw(c):
        same = sizes_through_a_stack(_seeded(he, layers_dim))
        here = sizes_through_a_stack(_seeded(random, layers_dim, scale=c))
        verdict = next(word for limit, word in VERDICTS if not here[-1] > limit)
        said = STACK.format(
            c=f"{c:g}",
            units=UNITS,
            factor=f"{UNITS * c * c / 2:.3g}",
            first=f"{here[0]:.2g}",
            last=f"{here[-1]:.2g}",
            layers=LAYERS,
            verdict=str(verdict),
        )
        lines = {HERE.format(c=f"{c:g}"): here, str(HE): same}
        return plots.sizes.picture(lines, limits=SHOWN_SIZES), said

    _show(str(CONSTANT), CONSTANTS, 0.1, draw)


def step(run, sets):
    """Let the boundary of a run be seen as it was at each recorded step, as a film too.

    Parameters
    ----------
    run : Run
        What `fit` returned.
    sets : dict of str to Points
        The points to show, two sets that the run has watched.
    """

    film = plots.Film(sets)

    def draw(value):
        at = run.steps.index(value)
        parts = []
        for name in sets:
            costs = run.costs[name]
            best = int(np.argmin(costs))
            ends = {"low": f"{costs[best]:.2f}", "best": f"{run.steps[best]:,}"}
            parts.append(COST_AT.format(cost=f"{costs[at]:.2f}", name=translated(name), **ends))
        said = AT_STEP.format(step=f"{run.steps[at]:,}", parts=str(SEMICOLON).join(parts))
        return film.picture(run, at), said

    _show(str(STEP), run.steps, run.steps[0], draw, film=True)


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


def trained(name, runs, sets_of, first):
    """Let a setting be moved over runs that have been made already.

    Parameters
    ----------
    name : str
        What the setting is called.
    runs : dict of float to Run
        For each value what `fit` returned.
    sets_of : callable
        ``sets_of(value)`` gives the points to show, two sets that its run has watched.
    first : float
        The value to begin with.
    """

    def draw(value):
        run, sets = runs[value], sets_of(value)
        return plots.snapshot.picture(run, sets), _ends(name, value, run, sets)

    _show(name, list(runs), first, draw)


def _retrain(name, values, first, train_with, sets):
    film = plots.Film(sets)

    def draw(value):
        run = train_with(value)
        return film.picture(run), _ends(name, value, run, sets)

    _show(name, values, first, draw, live=False)


def _ends(name, value, run, sets):
    """Return the sentence of how a run with one value of a setting ends."""
    parts = [
        RESULT.format(
            share=percent(run.accuracies[part][-1], digits=1),
            name=translated(part),
            cost=short(run.costs[part][-1]),
        )
        for part in sets
    ]
    ends = {"value": f"{value:g}", "step": f"{run.steps[-1]:,}"}
    return AFTER.format(name=name, parts=listed(parts), **ends)


def _show(name, values, first, draw, *, live=True, film=False):
    """Display a slider with the picture and the sentence that ``draw(value)`` gives.

    Parameters
    ----------
    name : str
        What the slider moves.
    values : sequence of float
        The places where it stops.
    first : float
        The one where it starts.
    draw : callable
        ``draw(value)`` gives a Picture and a sentence.
    live : bool
        Whether to redraw while the slider is held, or only when it is let go.
    film : bool
        Whether there is a button that moves it along by itself.
    """
    if _still:
        _show_still(values, draw)
        return
    options = [(f"{value:g}", value) for value in values]
    slider = ipywidgets.SelectionSlider(
        options=options, value=first, continuous_update=live, readout=False
    )
    # at either end the handle reaches beyond the slider by 2 pixels
    slider.layout.width, slider.layout.margin = "min(100% - 8px, 26em)", "0 4px"
    # shows the value; and its name is read aloud, which a slider's is not
    field = ipywidgets.Dropdown(options=options, value=first, description=name)
    field.style.description_width = "initial"
    field.layout.width = "auto"
    ipywidgets.jslink((field, "index"), (slider, "index"))
    controls = [slider, field]
    if film:
        play = ipywidgets.Play(max=len(values) - 1, interval=FRAME)
        ipywidgets.jslink((play, "value"), (slider, "index"))
        controls.insert(0, play)
    sentence, picture = ipywidgets.HTML(), ipywidgets.HTML()

    def redraw(_change=None):
        try:
            with _quietly(), _without_collecting():
                drawn, said = draw(slider.value)
        except Exception as error:
            said = STOPPED.format(
                value=slider.value, kind=type(error).__name__, error=" ".join(str(error).split())
            )
            picture.value = ""
        else:
            picture.value = drawn.html()
        sentence.value = html.escape(said)

    slider.observe(redraw, "value")
    redraw()
    row = ipywidgets.HBox(controls, layout={"flex_flow": "row wrap"})
    box = ipywidgets.VBox([row, sentence, picture])
    bundle = box._repr_mimebundle_()
    bundle["text/plain"] = str(WITHOUT_WIDGETS)
    display(bundle, raw=True)


def _show_still(values, draw):
    """Display the picture and the sentence of a few places, evenly apart."""
    for place in np.linspace(0, len(values) - 1, _still).round().astype(int):
        with _quietly():
            picture, said = draw(values[place])
        picture.show()
        plots.prose(said)


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


@contextlib.contextmanager
def _without_collecting():
    """Put off Python's search for garbage, a fifth of a second, until the picture is shown."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
