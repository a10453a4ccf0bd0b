"""How far: the checks passed so far, the points they carry, and how close the guesses came."""

import pathlib

import lab
from lab import guesses
from lab.check import is_open
from lab.judge.examples import ASSIGNMENTS, load
from lab.plots.text import table

WRITTEN_POINTS = 4  # of each notebook, given by a person

SCORE = (
    "{assignment}: {have} of {checked} points from checks, {written} more for the written answer"
)
HEADER = ("exercise", "points", "check")
GUESSES = ("guess", "yours", "it is", "how close")
RIGHT, OPEN = "right", "open"
NEXT = 'Next: check("{name}").\nStuck? check("{name}", hint=True) gives a hint.'
ALL_RIGHT = "Every check says right. What is left is the written answer."
WHICH = "Say which notebook you mean, such as progress({example!r}). There are: {names}."


def progress(assignment=None):
    """Print which checks of a notebook say right, the points they carry, and your guesses.

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
    opened = [name for name in exercises if is_open(name)]
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
    if guesses.rows():
        print()
        table(GUESSES, guesses.rows())


def _beside_the_kit():
    """Return the assignment whose notebook lies where this one runs or beside the kit."""
    for folder in (pathlib.Path.cwd(), pathlib.Path(lab.__file__).parent.parent):
        found = [name for name in ASSIGNMENTS if (folder / f"{name}.ipynb").exists()]
        if len(found) == 1:
            return found[0]
    return None
