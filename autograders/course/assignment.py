"""One assignment as whoever judges a hand-in needs it, read from the course beforehand."""

from dataclasses import dataclass

from autograders.course import lesson
from autograders.course.catalogue import EXERCISES, check_name
from autograders.course.exercise import Exercise


@dataclass(frozen=True)
class Assignment:
    """What the course says of one assignment.

    Attributes
    ----------
    name : str
    exercises : dict of str to Exercise
        By the function's name, in order.
    """

    name: str
    exercises: dict[str, Exercise]


def load(name: str) -> Assignment:
    """Return an assignment of the course.

    Raises
    ------
    Refused
        If there is no such assignment, or its notebook or exercises cannot be used.
    """
    exercises = {exercise.name: exercise for exercise in EXERCISES[check_name(name)]}
    lesson.original(name)  # whoever judges a hand-in needs it, too
    return Assignment(name, exercises)
