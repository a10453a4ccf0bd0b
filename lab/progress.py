"""How far: the checks passed so far, and a bar on what takes more than a second."""

import pathlib
import time

from IPython.display import display

import lab
from lab.check import problem
from lab.examples import ASSIGNMENTS, load
from lab.frontend import attached
from lab.plots.text import table

WRITTEN_POINTS = 4  # of each notebook, given by a person

SCORE = (
    "{assignment}: {have} of {checked} points from checks, {written} more for the written answer"
)
HEADER = ("exercise", "points", "check")
RIGHT, OPEN = "right", "open"
NEXT = 'Next: check("{name}").\nStuck? check("{name}", hint=True) gives a hint.'
ALL_RIGHT = "Every check says right. What is left is the written answer."
WHICH = "Say which notebook you mean, such as progress({example!r}). There are: {names}."
BAR = "{what}  [{done}{left}]  {percent:3d} %"

LONG = 1.0  # seconds that something must be expected to take to get a bar
FIRST_LOOK = 0.2  # seconds after which that can be told
BAR_WIDTH = 30


def progress(assignment=None):
    """Print which checks of a notebook say right, and the points they carry.

    Parameters
    ----------
    assignment : str, optional
        Such as "overfitting"; the notebook beside which the kit lies unless told
        otherwise.
    """
    assignment = assignment or _beside_the_kit()
    if assignment not in ASSIGNMENTS:
        print(WHICH.format(example=ASSIGNMENTS[0], names=", ".join(ASSIGNMENTS)))
        return
    exercises = load(assignment)
    opened = [name for name in exercises if problem(name)]
    checked = sum(exercise.points for exercise in exercises.values())
    have = checked - sum(exercises[name].points for name in opened)
    print(SCORE.format(assignment=assignment, have=have, checked=checked, written=WRITTEN_POINTS))
    table(
        HEADER,
        [
            (name, str(exercise.points), OPEN if name in opened else RIGHT)
            for name, exercise in exercises.items()
        ],
    )
    print(NEXT.format(name=opened[0]) if opened else ALL_RIGHT)


def bar(items, what):
    """Yield the items of a sequence, with a bar while a person waits more than a second.

    Parameters
    ----------
    items : sequence
    what : str
        What goes on, such as "training".
    """
    meter = Meter(len(items), what)
    for done, item in enumerate(items, start=1):
        yield item
        meter.reach(done)
    meter.close()


class Meter:
    """A bar that appears once it is clear that more than a second will pass.

    It shows nothing, and leaves nothing, where no person watches.

    Parameters
    ----------
    total : int
        What `reach` will come to.
    what : str
        What goes on, such as "training".
    """

    def __init__(self, total, what):
        self.total, self.what = total, what
        self.shown = None
        self.start = time.perf_counter()
        self.watched = attached()

    def reach(self, done):
        """Say how much is done by now."""
        if not self.watched or not done:
            return
        if self.shown:
            self.shown.update(self._bundle(done), raw=True)
            return
        passed = time.perf_counter() - self.start
        if passed > FIRST_LOOK and passed / done * self.total > LONG:
            self.shown = display(self._bundle(done), raw=True, display_id=True)

    def close(self):
        """Take the bar away."""
        if self.shown:
            self.shown.update({"text/plain": ""}, raw=True)

    def _bundle(self, done):
        share = done / self.total
        filled = round(BAR_WIDTH * share)
        text = BAR.format(
            what=self.what,
            done="#" * filled,
            left="." * (BAR_WIDTH - filled),
            percent=round(100 * share),
        )
        return {"text/plain": text}


def _beside_the_kit():
    """Return the assignment whose notebook lies where this one runs or beside the kit."""
    for folder in (pathlib.Path.cwd(), pathlib.Path(lab.__file__).parent.parent):
        found = [name for name in ASSIGNMENTS if (folder / f"{name}.ipynb").exists()]
        if len(found) == 1:
            return found[0]
    return None
