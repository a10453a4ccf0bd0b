"""Calling a student's function: on copies, quietly, and with a sentence when it stops."""

import contextlib
import copy
import io
import linecache
import random
import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np

RAISED = "it stops with {kind} in line {line}, `{code}`: {error}"
RAISED_ELSEWHERE = "it stops with {kind}: {error}"
NONE_IN_LINE = "line {line} still reads `{code}`"
NONE_NAMED = "`{name}` is still None"


class Stopped(Exception):
    """A student's function raised; `unfinished` says that it met one of the stub's None."""

    def __init__(self, phrase, unfinished=False):
        super().__init__(phrase)
        self.phrase = phrase
        self.unfinished = unfinished


@dataclass
class Case:
    """One question to a function.

    Attributes
    ----------
    part : str
        The part of the exercise that the question belongs to.
    check : str
        The name of the function in `lab.checks` that judges the answer.
    says : str
        What is asked, for a person: "for 4 examples".
    arguments : dict
        The arguments by name, in the order of the signature.
    expected
        One of the classes of `lab.expected`.
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
        The place in the value that also was part of the value before.
    """

    value: Any
    arguments: dict
    shared: list = field(default_factory=list)
    kept: str | None = None


def asker(function):
    """Return ``ask(case, seeded=True)``, which calls `function` on copies of the arguments.

    Warnings and what the function prints are kept quiet, so that neither costs a
    point. It raises `Stopped` where the function raises.
    """
    last: list = []

    def ask(case, seeded=True):
        arguments = copy.deepcopy(case.arguments)
        listed = [value for name, value in arguments.items() if name not in case.by_name]
        named = {name: arguments[name] for name in case.by_name}
        if seeded and case.seed is not None:
            np.random.seed(case.seed)
            random.seed(case.seed)
        with (
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            try:
                value = function(*listed, **named)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                raise _stopped(function, error) from None
        answer = Answer(value, arguments, _shared(value, arguments), _kept(last, value))
        last[:] = [array for _, array in arrays_in(value, "")]
        return answer

    return ask


def arrays_in(value, place):
    """Yield (place, array) for each array in a value: itself, or in its dicts and tuples."""
    if isinstance(value, np.ndarray):
        yield place, value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from arrays_in(entry, f"{place}[{key!r}]")
    elif isinstance(value, tuple | list):
        for index, entry in enumerate(value):
            yield from arrays_in(entry, f"{place}[{index}]")


def _shared(value, arguments):
    """Return the places in the value and in the arguments that share memory."""
    returned = list(arrays_in(value, ""))
    return [
        (own, place)
        for name, argument in arguments.items()
        for place, array in arrays_in(argument, name)
        for own, each in returned
        if np.shares_memory(array, each)
    ]


def _kept(last, value):
    """Return the first place in the value that was part of the value before."""
    for place, array in arrays_in(value, "the result"):
        if any(np.shares_memory(array, each) for each in last):
            return place
    return None


def _stopped(function, error):
    """Say where in the student's own code the error arose, and whether a None is to blame."""
    kind = type(error).__name__
    own = getattr(function, "__globals__", None)
    frames = []
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_globals is own:
            frames.append((traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    if not frames:
        return Stopped(RAISED_ELSEWHERE.format(kind=kind, error=_one_line(error)))
    frame, line = frames[-1]
    code = linecache.getline(frame.f_code.co_filename, line).strip()
    if "NoneType" in _one_line(error):
        if code.endswith("= None"):
            return Stopped(NONE_IN_LINE.format(line=line, code=code), unfinished=True)
        given = frame.f_code.co_argcount + frame.f_code.co_kwonlyargcount
        for name in frame.f_code.co_varnames[given:]:
            if name in frame.f_locals and frame.f_locals[name] is None:
                return Stopped(NONE_NAMED.format(name=name), unfinished=True)
    phrase = RAISED if code else RAISED_ELSEWHERE
    return Stopped(phrase.format(kind=kind, line=line, code=code, error=_one_line(error)))


def _one_line(error):
    try:
        return " ".join(str(error).split())[:200].removesuffix(".")  # a sentence goes on
    except Exception:  # a student's own exception may not even have a text
        return "no message"
