"""What an exercise is for the instructor: questions, known mistakes, other right answers."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    """One question to a function; see `lab.ask.Case` for the fields of the same name.

    Attributes
    ----------
    expected : optional
        One of the classes of `lab.expected`, where the reference's own result is
        not the only right one; otherwise it is made from that result.
    """

    says: str
    arguments: dict
    check: str = "values"
    by_name: tuple = ()
    seed: int | None = None
    expected: Any = None


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
        Other code between the markers; see `autograders.stubs.changed`.
    """

    name: str
    says: str
    hint: str
    change: Any


@dataclass(frozen=True)
class Exercise:
    """One function that students write.

    Attributes
    ----------
    name : str
        The function's name.
    points : int
        What its check cell is worth.
    questions : list of Question
    mistakes : list of Mistake
    right : list
        Right answers written in other ways; each as `Mistake.change`.
    """

    name: str
    points: int
    questions: list
    mistakes: list = field(default_factory=list)
    right: list = field(default_factory=list)
