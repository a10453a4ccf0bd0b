"""What an exercise is for the instructor: questions, known mistakes, other right answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lab.judge.examples import Part
from lab.judge.problems import Kind


@dataclass(frozen=True)
class Question:
    """One question to a function; see `lab.judge.ask.Case` for the fields of the same name.

    Attributes
    ----------
    expected : optional
        One of the classes of `lab.judge.expected`, where the reference's own result is
        not the only right one; otherwise it is made from that result.
    keys : tuple of str
        Only these keys of the dict that comes back are judged, where given.
    below : float
        A number that is less by as much as that is right, too.
    """

    part: str
    says: str
    arguments: dict
    check: str = "values"
    by_name: tuple = ()
    seed: int | None = None
    expected: Any = None
    keys: tuple = ()
    below: float = 0.0


@dataclass(frozen=True)
class Mistake:
    """A known way to get it wrong.

    Attributes
    ----------
    name : str
        A short name in words joined by hyphens: "forgot-1-over-m".
    says : str
        What is wrong, to follow "It looks as if ...".
    hint : str
        What leads on, without giving the line away.
    change : dict or str
        Other code between the markers; see `autograders.course.stubs.changed`.
    also : tuple
        Other changes that are called by the same name.
    told_by : tuple of Kind
        The kinds of problem that nothing but this mistake meets in the exercise.
    """

    name: str
    says: str
    hint: str
    change: Any
    also: tuple = ()
    told_by: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One function that students write.

    Attributes
    ----------
    name : str
        The function's name.
    parts : dict of str to Part
        What its points are given for, in the order in which it is judged.
    questions : list of Question
        Those that ship with the kit.
    fresh : callable
        ``fresh(rng)`` gives other questions of the same kind; `rng` is a
        `numpy.random.RandomState`.
    mistakes : list of Mistake
    right : list
        Right answers written in other ways; each as `Mistake.change`.
    hints : tuple of str
        What the student may ask for, at most three, none of them the answer.
    """

    name: str
    parts: dict[str, Part]
    questions: list[Question]
    fresh: Callable
    mistakes: list[Mistake] = field(default_factory=list)
    right: list[dict[str, str] | str] = field(default_factory=list)
    hints: tuple[str, ...] = ()

    @property
    def ways(self) -> list[tuple[Mistake, Any]]:
        """Each mistake with each change that makes it."""
        return [(each, change) for each in self.mistakes for change in (each.change, *each.also)]

    @property
    def points(self) -> int:
        """What its check cell is worth."""
        return sum(part.points for part in self.parts.values())
