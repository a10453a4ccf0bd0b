"""Guesses: kept until the answer comes, and told beside it.

They are worth no points. Nobody else hears of them, and where nobody guesses nothing is said.
"""

import numbers

from lab.language import Message, translated

A_NUMBER = Message("{name}: guess a number, such as 12.5, in the place of the dots.")
ONE_OF = Message("{name}: guess one of {choices}, with its quotes, in the place of the dots.")
KEPT = Message("{name}: your guess {yours} is kept.")
RIGHT = Message("{name}: your guess was {yours}, and that is right.")
OTHER = Message("{name}: your guess was {yours}. It is {truth}.")
IS_RIGHT, IS_OTHER, NOT_TOLD = Message("right"), Message("another one"), Message("not told yet")
TOO_LOW, TOO_HIGH = Message("{by} too low"), Message("{by} too high")
TIMES_TOO_LOW, TIMES_TOO_HIGH = Message("{by} times too low"), Message("{by} times too high")
LARGE = 1e15  # from here on as a power of ten
TIMES, FEW, MANY = 10, 0.01, 1000
"""So many times another number, and one of them this small or large: then a factor says more than
a difference."""

_guessed: dict = {}
_true: dict = {}


def guess(name, value=..., among=None):
    """Keep a guess until the answer comes, and say so.

    Parameters
    ----------
    name : str
        What is guessed.
    value : number or str, optional
        Three dots keep nothing.
    among : list of str, optional
        The words to choose from; a number is wanted where there are none.
    """
    _guessed.pop(name, None)
    if value is ... or value is None:
        return
    if among is None:
        if not _is_number(value):
            print(A_NUMBER.format(name=translated(name)))
            return
    else:
        found = [each for each in among if _plain(each) == _plain(value)]
        if not found:
            print(
                ONE_OF.format(
                    name=translated(name), choices=", ".join(f'"{each}"' for each in among)
                )
            )
            return
        value = found[0]
    _guessed[name] = value
    print(KEPT.format(name=translated(name), yours=shown(value)))


def truth(name, value):
    """Say a guess beside what is true; without a guess nothing is said.

    Parameters
    ----------
    name : str
        As in `guess`.
    value : number or str
    """
    _true[name] = value
    if name in _guessed:
        yours, true = shown(_guessed[name]), shown(value)
        print(
            (RIGHT if yours == true else OTHER).format(
                name=translated(name), yours=yours, truth=true
            )
        )


def rows():
    """Return what was guessed: a row (name, guess, truth, how close) for each guess."""
    return [
        (
            translated(name),
            shown(yours),
            shown(_true[name]) if name in _true else "–",
            _close(name, yours),
        )
        for name, yours in _guessed.items()
    ]


def shown(value):
    """Return a guess or a truth as text."""
    if isinstance(value, str):
        return translated(value)
    if abs(value) < LARGE and (abs(value) >= 1000 or float(value).is_integer()):
        return f"{round(value):,}"
    return f"{float(value):.4g}"


def _close(name, yours):
    if name not in _true:
        return str(NOT_TOLD)
    true = _true[name]
    if shown(yours) == shown(true):
        return str(IS_RIGHT)
    if isinstance(true, str) or isinstance(yours, str):
        return str(IS_OTHER)
    low = yours < true
    small, large = sorted((float(yours), float(true)))
    if small > 0 and large / small >= TIMES and (small < FEW or large > MANY):
        return (TIMES_TOO_LOW if low else TIMES_TOO_HIGH).format(by=_rounded(large / small))
    return (TOO_LOW if low else TOO_HIGH).format(by=_rounded(large - small))


def _rounded(number):
    """Return a number with two digits, or more where they stand before the point."""
    return shown(round(number) if 10 <= number < LARGE else float(f"{number:.2g}"))


def _is_number(value):
    """Tell whether something is a number that has a size."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return False
    try:
        return abs(float(value)) < float("inf")
    except OverflowError:
        return False


def _plain(value):
    """Return a word without what makes no difference: case, and blanks around it."""
    return str(value).strip().casefold()
