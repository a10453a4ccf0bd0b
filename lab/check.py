"""`check`: does the student's function agree with the worked examples?"""

import copy
import difflib
import random
import sys

import numpy as np

from lab import cells, undefined
from lab.judge import own
from lab.judge.ask import asker
from lab.judge.call import call
from lab.judge.described import described
from lab.judge.examples import all_exercises
from lab.judge.patience import Patience
from lab.judge.problems import Kind, found
from lab.judge.verdict import judge
from lab.language import COMMA, Message, capitalised, translated
from lab.phrases import description, phrase
from lab.width import folded, unbroken

RIGHT = Message("{name} is right: {points} points.")
UNKNOWN = Message("There is no exercise called {name!r}. {others}")
DID_YOU_MEAN = Message("Did you mean {name!r}?")
ALL_NAMES = Message("The exercises are: {names}.")
NOT_DEFINED = Message(
    "{name} is not defined. Run the cell in which you write it, then this one again. "
    "If that cell shows an error, mend it first."
)
CELL_FAILED = Message(
    "The last run of the cell in which you write {name} failed: {phrase}. So {name} is not judged. "
    "Mend that cell, run it, then this one again."
)
INTERRUPTED = Message("{name} is not judged: {phrase}. Run this cell again.")
INTERRUPTED_ELSEWHERE = Message(
    "{name} is not judged: its check was interrupted. Run this cell again."
)
NOT_A_FUNCTION = Message(
    "{name} is {kind} here, not a function. Run the cell in which you write it again."
)
NOT_DONE = Message(
    "{name} is not done yet: {phrase}. Write the code between START CODE HERE and "
    "END CODE HERE, run that cell, then this one again."
)
NOT_RIGHT = Message("{name} is not right yet. {says}: {phrase}.")
NOT_RIGHT_CALL = Message("{name} is not right yet. {says}, `{call}`: {phrase}.")
KNOWN_MISTAKE = Message(" It looks as if {says}. Hint: {hint}")
TWO_MISTAKES = Message(" It looks as if {says}, or {other}. Hint: {hint}")
BOTH_MISTAKES = Message(" It looks as if {says}, and as if {other}. Hints: {hint} {too}")
HINT = Message("Hint {number} of {count} for {name}: {hint}")
LAST_HINT = Message(" That was the last one.")
QUESTION = Message("Asked {says}: {name}(**question({name!r}))")
SEEDED_QUESTION = Message(
    "Asked {says}, after np.random.seed({seed}): {name}(**question({name!r}))"
)
NO_HINT_NEEDED = Message("{name} is right already: no hint needed.")
WAITS = Message(
    "This cell waits for {name}. Finish that above until its check says that it is right, "
    "then run this cell again."
)
WAITS_FOR_SEVERAL = Message(
    "This cell waits for {names} and {last}. Finish them above until their checks say that "
    "they are right, then run this cell again."
)

NOT_RUN = Message(
    "This cell needs {name}, which is not defined. Run the cell in which you write it, then this "
    "cell again. A kernel that was started anew has forgotten what ran before."
)
SEVERAL_NOT_RUN = Message(
    "This cell needs {names} and {last}, which are not defined. Run the cells in which you write "
    "them, then this cell again. A kernel that was started anew has forgotten what ran before."
)

TOO_LONG = (Kind.NOT_IN_TIME, Kind.NOT_IN_TIME_IN_LINE)
SECONDS = 10.0  # for one call: what is right takes a thousandth of it
WIDTH = 83  # of a line, at most: `nbgrader validate` indents by 4 and cuts at 87

_hints_given: dict = {}
_wrong: dict = {}  # the question that the last check found answered wrongly, by name
_endless: dict = {}  # functions that did not end, by name, until they are checked anew


class NotYet(Exception):
    """An answer that is not right yet. Jupyter shows the message alone, without a stack trace."""

    def _render_traceback_(self):
        return unbroken(str(self), WIDTH)


cells.watch(aside=NotYet)
undefined.watch(WIDTH)


def check(name, hint=False):
    """Compare one of your functions with worked examples and say what differs first.

    Parameters
    ----------
    name : str
        The function's name, such as "compute_cost".
    hint : bool
        Print the next hint instead: there are three at most, and none is the answer.

    Raises
    ------
    NotYet
        With one line for a person: what is wrong, where, and a hint where the
        mistake is a known one.
    """
    message = problem(name)
    if hint and name in all_exercises():
        print(_next_hint(name) if message else NO_HINT_NEEDED.format(name=name))
        return
    if message:
        raise NotYet(message)
    points = all_exercises()[name].points
    print(RIGHT.format(name=name, points=points))


def question(name):
    """Return the arguments with which an answer was found wrong, by name, to play with.

    They are those of the last check; those of the first question where it found nothing wrong.

    Parameters
    ----------
    name : str
        The function's name, such as "compute_cost".

    Returns
    -------
    dict
        Copies: what is done to them changes no check.
    """
    if name not in all_exercises():
        raise NotYet(problem(name))
    case = _wrong.get(name) or all_exercises()[name].cases[0]
    words = QUESTION if case.seed is None else SEEDED_QUESTION
    print(words.format(says=translated(case.says), name=name, seed=case.seed))
    return copy.deepcopy(case.arguments)


def ready(*names):
    """Tell whether these exercises are right; if not, print which one the cell waits for.

    One that is not defined may have been finished before the kernel was started: that is said.
    """
    waiting = [name for name in names if is_open(name)]
    not_run = [name for name in waiting if _is_not_run(name)]
    unfinished = [name for name in waiting if name not in not_run]
    for which, one, several in (
        (not_run, NOT_RUN, SEVERAL_NOT_RUN),
        (unfinished, WAITS, WAITS_FOR_SEVERAL),
    ):
        if which:
            *others, last = which
            message = several if others else one
            said = message.format(name=last, names=str(COMMA).join(others), last=last)
            print(*folded(said, WIDTH), sep="\n")
    return not waiting


def _is_not_run(name):
    """Tell whether an exercise's cell has not run, as far as is known, or not since a restart."""
    defined = name in vars(sys.modules["__main__"])
    return name in all_exercises() and not defined and cells.failure(name) is None


def is_open(name):
    """Tell whether an exercise is not right yet. What did not end is not waited for once more."""
    function = _endless.get(name)
    if function is not None and vars(sys.modules["__main__"]).get(name) is function:
        return True
    return problem(name) is not None


def problem(name, namespace=None):
    """Return what is wrong with an exercise as one line, or None.

    The random generators are left as they were found.

    Parameters
    ----------
    name : str
        The function's name.
    namespace : dict, optional
        Where to look for the function; the notebook's variables unless told otherwise.
    """
    exercises = all_exercises()
    if name not in exercises:
        near = difflib.get_close_matches(str(name), exercises, n=1)
        others = (
            DID_YOU_MEAN.format(name=near[0])
            if near
            else ALL_NAMES.format(names=str(COMMA).join(exercises))
        )
        return UNKNOWN.format(name=name, others=others)
    failed = cells.failure(name) if namespace is None else None
    if failed:
        return CELL_FAILED.format(name=name, phrase=phrase(failed))
    namespace = vars(sys.modules["__main__"]) if namespace is None else namespace
    if name not in namespace:
        return NOT_DEFINED.format(name=name)
    function = namespace[name]
    if not callable(function):
        return NOT_A_FUNCTION.format(name=name, kind=description(described(function)))
    return _judged(name, function, namespace)


def _judged(name, function, namespace):
    """Return what is wrong with a function as one line, or None."""
    states = np.random.get_state(), random.getstate()
    patience = Patience(SECONDS)
    _endless.pop(name, None)
    try:
        verdict = judge(all_exercises()[name], asker(function, patience))
    except KeyboardInterrupt as error:
        return _interrupted(name, own.places(error.__traceback__, namespace))
    finally:
        patience.close()
        np.random.set_state(states[0])
        random.setstate(states[1])
    if any(part.problem and part.problem.kind in TOO_LONG for part in verdict.wrong):
        _endless[name] = function
    _wrong[name] = verdict.wrong[0].case if verdict.wrong else None
    return first_problem(verdict, function)


def _interrupted(name, places):
    if not places or not own.code(places[-1]):
        return INTERRUPTED_ELSEWHERE.format(name=name)
    _, line = places[-1]
    told = found(Kind.INTERRUPTED, line=line, code=own.code(places[-1]))
    return INTERRUPTED.format(name=name, phrase=phrase(told))


def first_problem(verdict, function):
    """Return the first problem of a verdict on a function as one line, or None."""
    if verdict.unfinished:
        return NOT_DONE.format(name=verdict.name, phrase=phrase(verdict.unfinished))
    if not verdict.wrong:
        return None
    part = verdict.wrong[0]
    says = capitalised(translated(part.case.says))
    asked = call(verdict.name, function, part.case)
    words = NOT_RIGHT_CALL if asked else NOT_RIGHT
    told = {"name": verdict.name, "says": says, "call": asked, "phrase": phrase(part.problem)}
    return words.format(**told) + mistake_line(verdict)


def mistake_line(verdict):
    """Return what the known mistakes say, with a hint; nothing where there is none."""
    if not verdict.mistakes:
        return ""
    first, *others = verdict.mistakes
    told = {"says": translated(first.says), "hint": translated(first.hint)}
    if not others:
        return KNOWN_MISTAKE.format(**told)
    shape = BOTH_MISTAKES if verdict.together else TWO_MISTAKES
    other = others[0]
    return shape.format(**told, other=translated(other.says), too=translated(other.hint))


def _next_hint(name):
    hints = all_exercises()[name].hints
    number = min(_hints_given.get(name, 0) + 1, len(hints))
    _hints_given[name] = number
    hint = translated(hints[number - 1])
    text = HINT.format(number=number, count=len(hints), name=name, hint=hint)
    return text + (str(LAST_HINT) if number == len(hints) else "")
