"""`check`: does the student's function agree with the worked examples?"""

import difflib
import random
import sys

import numpy as np

from lab.ask import Stopped, asker
from lab.checks import CHECKS
from lab.examples import NOT_RECORDED, RAISES, all_exercises
from lab.expected import close

RIGHT = "{name} is right: {points} points."
UNKNOWN = "There is no exercise called {name!r}. {others}"
DID_YOU_MEAN = "Did you mean {name!r}?"
ALL_NAMES = "The exercises are: {names}."
NOT_DEFINED = (
    "{name} is not defined. Run the cell in which you write it, then this one again. "
    "If that cell shows an error, mend it first."
)
NOT_A_FUNCTION = "{name} is {kind} here, not a function. Run the cell in which you write it again."
NOT_DONE = (
    "{name} is not done yet: {phrase}. Write the code between START CODE HERE and "
    "END CODE HERE, run that cell, then this one again."
)
NOT_RIGHT = "{name} is not right yet. {says}: {phrase}."
KNOWN_MISTAKE = " It looks as if {says}. Hint: {hint}"
TWO_MISTAKES = " It looks as if {says}, or {other}. Hint: {hint}"
WAITS = (
    "This cell waits for {names}. Finish that above until its check says that it is right, "
    "then run this cell again."
)


class NotYet(Exception):
    """An answer that is not right yet. Jupyter shows the message alone, without a stack trace."""

    def _render_traceback_(self):
        return [str(self)]


def check(name):
    """Compare one of your functions with worked examples and say what differs first.

    Parameters
    ----------
    name : str
        The function's name, such as "compute_cost".

    Raises
    ------
    NotYet
        With one line for a person: what is wrong, where, and a hint where the
        mistake is a known one.
    """
    message = problem(name)
    if message:
        raise NotYet(message)
    points = all_exercises()[name].points
    print(RIGHT.format(name=name, points=points))


def ready(*names):
    """Tell whether these exercises are right; if not, print which one the cell waits for."""
    waiting = [name for name in names if problem(name)]
    if waiting:
        print(WAITS.format(names=" and ".join(waiting)))
    return not waiting


def problem(name, namespace=None):
    """Return what is wrong with an exercise as one line, or None.

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
            else ALL_NAMES.format(names=", ".join(exercises))
        )
        return UNKNOWN.format(name=name, others=others)
    namespace = vars(sys.modules["__main__"]) if namespace is None else namespace
    if name not in namespace:
        return NOT_DEFINED.format(name=name)
    function = namespace[name]
    if not callable(function):
        return NOT_A_FUNCTION.format(name=name, kind=f"a {type(function).__name__}")
    return judge(exercises[name], asker(function))


def judge(exercise, ask):
    """Ask the exercise's cases one by one; return the first problem as one line, or None.

    The random generators are left as they were found.
    """
    states = np.random.get_state(), random.getstate()
    try:
        for case in exercise.cases:
            try:
                phrase = CHECKS[case.check](ask, case)
            except Stopped as stopped:
                phrase = stopped.phrase
                if stopped.unfinished:
                    return NOT_DONE.format(name=exercise.name, phrase=phrase)
            if phrase and phrase.endswith("is still None"):
                return NOT_DONE.format(name=exercise.name, phrase=phrase)
            if phrase:
                says = case.says[0].upper() + case.says[1:]
                message = NOT_RIGHT.format(name=exercise.name, says=says, phrase=phrase)
                return message + _diagnosis(exercise, ask)
        return None
    finally:
        np.random.set_state(states[0])
        random.setstate(states[1])


def known_mistakes(exercise, ask):
    """Return the listed mistakes whose results equal the function's, on all recorded cases."""
    answers = []
    for case in exercise.cases:
        try:
            answers.append(ask(case).value)
        except Stopped:
            answers.append(RAISES)
    return [m for m in exercise.mistakes if _same_everywhere(m.results, answers)]


def _diagnosis(exercise, ask):
    found = known_mistakes(exercise, ask)
    if not found:
        return ""
    first, other = found[0], found[1] if len(found) > 1 else None
    if other is None:
        return KNOWN_MISTAKE.format(says=first.says, hint=first.hint)
    return TWO_MISTAKES.format(says=first.says, other=other.says, hint=first.hint)


def _same_everywhere(results, answers):
    pairs = [
        (result, answer)
        for result, answer in zip(results, answers, strict=True)
        if not (isinstance(result, str) and result == NOT_RECORDED)
    ]
    told = any(not isinstance(result, str) for result, _ in pairs)
    return told and all(_same(result, answer) for result, answer in pairs)


def _same(result, answer):
    """Tell whether a recorded result and an answer are equal but for rounding."""
    if isinstance(result, str) or isinstance(answer, str) or result is None or answer is None:
        return type(result) is type(answer) and result == answer
    if isinstance(result, dict):
        return isinstance(answer, dict) and all(
            key in answer and _same(value, answer[key]) for key, value in result.items()
        )
    if isinstance(result, tuple):
        return (
            isinstance(answer, tuple)
            and len(result) == len(answer)
            and all(map(_same, result, answer))
        )
    try:
        got = np.asarray(answer, dtype=float)
    except (TypeError, ValueError):
        return False
    want = np.asarray(result, dtype=float)
    if got.shape != want.shape:
        return False
    with np.errstate(invalid="ignore"):
        return bool(np.all((got == want) | close(got, want) | (np.isnan(got) & np.isnan(want))))
