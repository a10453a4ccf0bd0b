"""Where a network changes its mind and how sure it is, over points, and how it came there."""

import matplotlib
import numpy as np

from lab import threads
from lab.language import Message, listed, translated
from lab.network import forward_propagation
from lab.plots import fonts
from lab.plots.curve import MovingCosts
from lab.plots.diagram import BOTH, Diagram, layers, weights_in_words
from lab.plots.field import SHADES, WHAT_SURE, Field, Plane, boundary, key, shares
from lab.plots.fonts import Word, worded
from lab.plots.scatter import scatter
from lab.plots.style import (
    QUICK,
    STYLE,
    WIDTH,
    Picture,
    Scene,
    blank,
    palette,
    percent,
    png,
    short,
    shown,
)

# left, bottom, width, height as shares of the figure; a layout found anew each time takes longer
LEFT, RIGHT, BETWEEN = 0.09, 0.895, 0.025
COSTS, NETWORK = (0.09, 0.085, 0.455, 0.275), (0.59, 0.06, 0.4, 0.3)

COLOURS = palette([shade[:3] for shade in SHADES])

PANEL = Word("{name}: {share} % right")
SAME = Message(
    "The same network over {sets}. Class 1 fills {area} % of the picture; the network is sure on "
    "{sure} % of it."
)
EACH_SET = Message("the {name} points ({share} % right)")
BOUNDARIES_ALT = Message("{seen} {what_sure}")
SNAPSHOT_ALT = Message(
    "At step {step}: {seen} {what_sure} Below, the costs against the step, marked there: {costs}. "
    "Beside them the network with a line for each weight: {weights}"
)
COST = Message("{cost} on {name}")


@shown
def boundaries(parameters, sets):
    """Draw where the network changes its mind and how sure it is, over each set of points.

    Parameters
    ----------
    parameters : dict
        The trained network, two inputs.
    sets : dict of str to Points
        Usually two sets: "train" and "test", say.
    """
    figure = blank(height=3.9, width=WIDTH if len(sets) > 1 else 0.6 * WIDTH)
    panels = Panels(figure, sets, 0.14, 0.77)
    seen = panels.show(parameters)
    return Scene(figure, panels.moving), BOUNDARIES_ALT.format(seen=seen, what_sure=WHAT_SURE)


@shown
def snapshot(run, sets, at=-1):
    """Draw a network as it was at one record of a run: its boundary, the costs, its weights.

    Parameters
    ----------
    run : Run
        What `fit` returned, with the costs of these sets.
    sets : dict of str to Points
        Usually two sets, watched by the run.
    at : int
        A position in ``run.steps``.
    """
    return Film(sets).frame(run, at)


class Panels:
    """One network over each of some sets of points, and the key of the shades.

    Parameters
    ----------
    figure : Figure
    sets : dict of str to Points
    bottom, height : float
        Where the panels stand, as shares of the figure.
    """

    def __init__(self, figure, sets, bottom, height):
        self.sets = sets
        self.plane = Plane(np.concatenate([X for X, _ in sets.values()], axis=1))
        stretch = WIDTH / figure.get_figwidth()  # the margins have their width in inches
        left, right, between = LEFT * stretch, 1 - (1 - RIGHT) * stretch, BETWEEN * stretch
        width = (right - left + between) / len(sets) - between
        self.fields, self.lines, self.titles, self.moving = [], [], [], []
        for number, (X, Y) in enumerate(sets.values()):
            place = (left + number * (width + between), bottom, width, height)
            panel = figure.add_axes(place)
            self.fields.append(Field(panel))
            self.lines.append(boundary(panel))
            self.titles.append(panel.title)
            above = scatter(panel, X, Y)
            panel.grid(False)
            panel.set(xlim=self.plane.extent[:2], ylim=self.plane.extent[2:])
            if number:
                panel.set(ylabel="", yticklabels=[])
            shared = [*above, panel.spines.left, panel.spines.bottom]
            self.moving += [self.fields[-1], self.lines[-1], self.titles[-1], *shared]
        key(figure.add_axes((right + 0.015 * stretch, bottom, 0.018 * stretch, height)))

    def show(self, parameters):
        """Draw this network, and return what is seen in words."""
        z = self.plane.ask(parameters)
        lines, phrases = self.plane.lines(z), []
        for number, (name, (X, Y)) in enumerate(self.sets.items()):
            self.fields[number].set_z(z, like=self.fields[0])
            self.lines[number].set_segments(lines)
            share = percent(np.mean((forward_propagation(X, parameters)[0] > 0.5) == Y), digits=1)
            self.titles[number].set_text(PANEL.format(name=worded(name), share=share))
            phrases.append(EACH_SET.format(name=translated(name), share=share))
        return SAME.format(sets=listed(phrases), **shares(z))


class Film:
    """The pictures of a network at several steps, or of several runs, over the same points.

    Parameters
    ----------
    sets : dict of str to Points
        Usually two sets, watched by the runs.
    """

    def __init__(self, sets):
        self.sets = sets
        self.scene: Scene | None = None

    @threads.on_one
    def picture(self, run, at=-1):
        """Return what `snapshot` shows, sooner from the second one on."""
        with matplotlib.rc_context({**STYLE, **fonts.style()}):
            scene, alt = self.frame(run, at)
            return Picture(png(scene.draw(), QUICK, COLOURS), alt)

    def frame(self, run, at):
        """Return the scene and what is seen in words."""
        parameters = run.snapshots[at]
        scene = self.scene = self.scene or self._begin(parameters)
        seen = self.panels.show(parameters)
        self.diagram.show(parameters)
        if self.costs.show(run, at):
            scene.redraw_all()
        costs = listed(
            COST.format(cost=short(run.costs[name][at]), name=translated(name))
            for name in self.sets
        )
        words = {"step": run.steps[at], "seen": seen, "what_sure": WHAT_SURE, "costs": costs}
        return scene, SNAPSHOT_ALT.format(weights=weights_in_words(parameters), **words)

    def _begin(self, parameters):
        """Make the figure and all that will move in it; return them."""
        figure = blank(height=6.2)
        self.panels = Panels(figure, self.sets, 0.47, 0.475)
        self.costs = MovingCosts(figure.add_axes(COSTS), self.sets)
        self.diagram = Diagram(figure.add_axes(NETWORK), layers(parameters))
        self.diagram.panel.set_title(BOTH, fontsize=10.5)
        moving = [*self.panels.moving, *self.costs.moving, *self.diagram.moving]
        return Scene(figure, moving)
