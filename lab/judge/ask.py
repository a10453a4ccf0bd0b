"""Calling a student's function: on copies, quietly, and with a problem where it stops."""

import contextlib
import copy
import io
import random
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from lab.judge import generators, own
from lab.judge.excerpt import one_line
from lab.judge.patience import NotInTime, Patience
from lab.judge.problems import Kind, Problem, found
from lab.judge.source import Source


class Stopped(Exception):
    """A student's function did not answer; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


LOOKS = 4
"""At so many calls it is looked whether a function seeds what everybody shares."""


HOLDING = (dict, tuple, list)
UNCHANGING = frozenset((bool, int, float, str, type(None)))
"""Types of arguments that nobody can change."""


@dataclass(frozen=True)
class Raises:
    """What stands for the answer of a function that raised an error.

    Attributes
    ----------
    said : str
        The error's kind and what it says.
    """

    said: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.said, str):
            raise TypeError(f"what an error says is text, not {type(self.said).__name__}")

    @classmethod
    def of(cls, problem: Problem) -> "Raises":
        """Return what stands for an answer that a problem stopped."""
        if problem.kind in (Kind.GIVES_NONE, Kind.RETURNS_NOTHING):
            return cls("None")
        said = problem.fields.get("said")
        return cls(f"{problem.fields.get('error')}: {said}" if said else "")


@dataclass
class Case:
    """One question to a function.

    Attributes
    ----------
    part : str
        The part of the exercise that the question belongs to.
    check : str
        The name of the function in `lab.judge.checks` that judges the answer.
    says : str
        What is asked, for a person: "for 4 examples".
    arguments : dict
        The arguments by name, in the order of the signature.
    expected
        One of the classes of `lab.judge.expected`.
    by_name : list of str
        Those that are given by name.
    seed : int or None
        NumPy's and Python's generators are seeded with it before the call, from outside.
    """

    part: str
    check: str
    says: str
    arguments: dict
    expected: Any
    by_name: list = field(default_factory=list)
    seed: int | None = None


@dataclass
class Answer:
    """What came back.

    Attributes
    ----------
    value
        What the function returned.
    arguments : dict
        The arguments as the function left them.
    shared : list of (str, str)
        Where the value is part of an argument: the places in both, such as
        "['dW3']" and "cache[3]".
    kept : str or None
        The place in the value that also was part of the value before, such as "['W1']".
    foreign : (str, str or None) or None
        A variable of the notebook that the function reads in an argument's place, and an
        argument that it never reads.
    reseeds : bool
        Whether it has seeded a generator that everybody shares.
    """

    value: Any
    arguments: dict
    shared: list[tuple[str, str]] = field(default_factory=list)
    kept: str | None = None
    foreign: tuple[str, str | None] | None = None
    reseeds: bool = False


class Ask(Protocol):
    """What calls a student's function, here or in another process."""

    def __call__(self, case: Case, seeded: bool = True) -> Answer:
        """Return the answer to a question.

        Parameters
        ----------
        case : Case
        seeded : bool
            Whether the generators are seeded first, where the question has a seed.

        Raises
        ------
        Stopped
            Where the function does not answer.
        """


class Check(Protocol):
    """What judges the answers to a question."""

    def __call__(self, ask: Ask, case: Case) -> Problem | None:
        """Return the first thing that is wrong, or None.

        Raises
        ------
        Stopped
            Where the function does not answer.
        """


def asker(function: Callable[..., Any], patience: Patience | None = None) -> Ask:
    """Return ``ask(case, seeded=True)``, which calls `function` on copies of the arguments.

    Warnings and what the function prints are kept quiet, so that neither costs a
    point. It raises `Stopped` where the function raises, or takes longer than the patience:
    then it is not called again.
    """
    last: list[np.ndarray] = []
    source = Source(function)
    looks: list[bool] = []
    endless: list[Problem] = []

    def ask(case: Case, seeded: bool = True) -> Answer:
        if endless:
            raise Stopped(endless[0])
        arguments = _copied(case.arguments)
        if seeded:
            seed(case)
        # it takes a while, and whoever seeds does so from the first call on
        looking = len(looks) < LOOKS and not any(looks)
        before = generators.state() if looking else None
        with (
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            try:
                with patience or contextlib.nullcontext():
                    value = call(function, case, arguments)
            except KeyboardInterrupt:
                raise
            except NotInTime as error:
                endless.append(_too_long(function, error, patience))
                raise Stopped(endless[0]) from None
            except BaseException as error:
                raise Stopped(_why(function, error)) from None
        nothing = source.returned_none() if value is None else None
        if nothing:
            raise Stopped(nothing)
        if before is not None:
            looks.append(generators.reseeded(before, generators.state()))
        returned = list(arrays_in(value, ""))
        answer = Answer(
            value,
            arguments,
            _shared(returned, arguments),
            _kept(last, returned),
            source.foreign(case.arguments),
            any(looks),
        )
        last[:] = [array for _, array in returned]
        return answer

    return ask


def seed(case: Case) -> None:
    """Seed the generators that everybody shares, where the question says so."""
    if case.seed is not None:
        np.random.seed(case.seed)
        random.seed(case.seed)


def call(function: Callable[..., Any], case: Case, arguments: dict[str, Any]) -> Any:
    """Return what a function gives for arguments of a question, some of them by name."""
    listed = [value for name, value in arguments.items() if name not in case.by_name]
    return function(*listed, **{name: arguments[name] for name in case.by_name})


def _copied(value: Any) -> Any:
    """Return a copy of an argument, as `copy.deepcopy` makes it in much more time."""
    kind = type(value)
    if kind is np.ndarray:
        return value.copy(order="K")
    if kind is dict:
        return {key: _copied(entry) for key, entry in value.items()}
    if kind is tuple or kind is list:
        return kind(map(_copied, value))
    return value if kind in UNCHANGING else copy.deepcopy(value)


def arrays_in(value: Any, place: str) -> Iterator[tuple[str, np.ndarray]]:
    """Yield (place, array) for each array in a value: itself, or in its dicts and tuples."""
    if isinstance(value, np.ndarray):
        yield place, value
    elif isinstance(value, HOLDING):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(entry, np.ndarray):
                yield f"{place}[{key!r}]", entry
            elif isinstance(entry, HOLDING):
                yield from arrays_in(entry, f"{place}[{key!r}]")


Found = list[tuple[str, np.ndarray]]
"""The arrays in a value, by their places."""


def _shared(returned: Found, arguments: dict) -> list[tuple[str, str]]:
    """Return the places in what was returned and in the arguments that share memory."""
    owning = [_owns(each) for _, each in returned]
    return [
        (own, place)
        for name, argument in arguments.items()
        for place, array in arrays_in(argument, name)
        for own in _overlapping(array, returned, owning)
    ]


def _kept(last: list[np.ndarray], returned: Found) -> str | None:
    """Return the first place in what was returned that was part of the value before."""
    before, owning = [("", each) for each in last], [_owns(each) for each in last]
    for place, array in returned:
        if _overlapping(array, before, owning):
            return place
    return None


def _owns(array: np.ndarray) -> bool:
    """Tell whether an array has memory of its own, which no other one with such memory shares."""
    return type(array) is np.ndarray and array.base is None


def _overlapping(array: np.ndarray, others: Found, owning: list[bool]) -> list[str]:
    """Return the places of the arrays that share memory with one."""
    owns = _owns(array)
    return [
        place
        for (place, other), its_own in zip(others, owning, strict=True)
        if (array is other if owns and its_own else np.shares_memory(array, other))
    ]


def _own_places(function: Callable[..., Any], error: BaseException) -> list[own.Place]:
    return own.places(error.__traceback__, getattr(function, "__globals__", None))


def _too_long(function: Callable[..., Any], error: NotInTime, patience: Patience | None) -> Problem:
    """Say where the student's own code was when the time was up."""
    if patience is None:
        return found(Kind.RAISED_ELSEWHERE, error=type(error).__name__, said=None)
    patience.rest()
    places = _own_places(function, error)
    if not places or not own.code(places[-1]):
        return found(Kind.NOT_IN_TIME, seconds=patience.seconds)
    _, line = places[-1]
    code = own.code(places[-1])
    return found(Kind.NOT_IN_TIME_IN_LINE, seconds=patience.seconds, line=line, code=code)


def _why(function: Callable[..., Any], error: BaseException) -> Problem:
    """Say where in the student's own code the error arose, and whether a None is to blame."""
    kind, said = type(error).__name__, one_line(error)
    places = _own_places(function, error)
    if not places:
        return found(Kind.RAISED_ELSEWHERE, error=kind, said=said)
    frame, line = places[-1]
    code = own.code(places[-1])
    if said and "NoneType" in said:
        if code.endswith("= None"):
            return found(Kind.NONE_IN_LINE, line=line, code=code)
        given = frame.f_code.co_argcount + frame.f_code.co_kwonlyargcount
        for name in frame.f_code.co_varnames[given:]:
            if name in frame.f_locals and frame.f_locals[name] is None:
                return found(Kind.NONE_NAMED, name=name)
    if not code:
        return found(Kind.RAISED_ELSEWHERE, error=kind, said=said)
    return found(Kind.RAISED, error=kind, line=line, code=code, said=said)
