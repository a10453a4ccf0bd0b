"""What a problem is called: the one place where words for students are made of what a check found.

A phrase follows "For 4 examples: " and has no full stop.
"""

from typing import Any

from lab.judge.described import Described, What
from lab.judge.problems import Kind, Place, Problem
from lab.language import COMMA, Message, listed, translated

PHRASES = {
    Kind.NOT_DEFINED: Message("it is not defined"),
    Kind.NOT_A_FUNCTION: Message("it is {got}, not a function"),
    Kind.RAISED: Message("it stops with {error} in line {line}, `{code}`: {said}"),
    Kind.RAISED_ELSEWHERE: Message("it stops with {error}: {said}"),
    Kind.NONE_IN_LINE: Message("line {line} still reads `{code}`"),
    Kind.NONE_NAMED: Message("`{name}` is still None"),
    Kind.RETURNS_NOTHING: Message(
        "it returns nothing; print only shows a value, so end it with `return` and the result"
    ),
    Kind.GIVES_NONE: Message(
        "it returns None, as print does, and methods that change a list or an array in its place"
    ),
    Kind.NOT_IN_TIME: Message("it did not end within {seconds:g} seconds"),
    Kind.NOT_IN_TIME_IN_LINE: Message(
        "it did not end within {seconds:g} seconds, and was in line {line}, `{code}`, by then"
    ),
    Kind.INTERRUPTED: Message("it was interrupted in line {line}, `{code}`"),
    Kind.NO_TIME_LEFT: Message("the time for the whole notebook, {seconds:g} seconds, is used up"),
    Kind.DIED: Message("it ended the notebook's kernel"),
    Kind.TOO_MUCH_MEMORY: Message("it used more than {megabytes:,.0f} MB of memory"),
    Kind.TOO_MUCH_BACK: Message("what came back has more than {megabytes:g} MB"),
    Kind.UNREADABLE: Message("what it returns cannot be read"),
    Kind.TOO_LARGE_TO_READ: Message("what it returns cannot be read (more than {limit:,} bytes)"),
    Kind.NONE: Message("{place} is still None"),
    Kind.NOT_A_NUMBER: Message("{place} is {got}; expected one number"),
    Kind.ONE_NUMBER_IN_AN_ARRAY: Message(
        "{place} is an array of shape {got}; expected a plain number, as np.sum and np.mean give "
        "without axis"
    ),
    Kind.NOT_AN_INDEX: Message("{place} is {got}; expected an int that counts from 0"),
    Kind.NOT_AN_ARRAY: Message("{place} is {got}; expected a NumPy array of shape {want}"),
    Kind.NOT_A_DICT: Message("{place} is {got}; expected a dict with the keys {keys}"),
    Kind.NOT_A_TUPLE: Message("{place} is {got}; expected a tuple ({names})"),
    Kind.WRONG_LENGTH: Message("{place} has {got} entries; expected {want}: ({names})"),
    Kind.MISSING_KEY: Message("{place} has no key {key!r}; expected the keys {keys}"),
    Kind.WRONG_SHAPE: Message("{place} has shape {got}; expected {want}"),
    Kind.WRONG_DTYPE: Message("{place} has dtype {got}; expected float64 or float32"),
    Kind.NOT_REAL: Message("{place} has dtype {got}; expected bool, int or float"),
    Kind.READ_ONLY: Message(
        "{place} cannot be written to; return an array of its own (np.copy makes one)"
    ),
    Kind.NOT_FINITE: Message("{place}{index} is {got}; expected a finite number"),
    Kind.LARGER_THAN_ANY_FLOAT: Message(
        "{place} is larger than any float; expected a finite number"
    ),
    Kind.WRONG_NUMBER: Message("{place} is {got}; expected {want}"),
    Kind.OUT_OF_RANGE: Message("{place} is {got}; expected a number from {low} to {high}{because}"),
    Kind.ADDED: Message(
        "{size} is added inside the logarithms; those from 1e-6 to 1 - 1e-6 should count as they "
        "are, and 0 and 1 as if they were cut off at 1e-15 to 1e-7"
    ),
    Kind.CUT_OFF: Message(
        "probabilities are cut off at {size}; those from 1e-6 to 1 - 1e-6 should count as they "
        "are, and 0 and 1 as if they were cut off at 1e-15 to 1e-7"
    ),
    Kind.WRONG_ENTRIES: Message(
        "{place}{index} is {got}; expected {want} ({count} of {size} entries differ)"
    ),
    Kind.NOT_ZEROS_AND_ONES: Message("{place} holds other numbers than zeros and ones"),
    Kind.NOT_ZERO_OR_ONE: Message("{place}{index} is {got}; expected only zeros and ones"),
    Kind.READS_NOTEBOOK: Message(
        "it reads the notebook's variable `{name}`, which is none of its arguments, so the result "
        "is not that of what it is given"
    ),
    Kind.NEVER_READ: Message(
        "it reads the notebook's variable `{name}`, and never its argument `{argument}`, so the "
        "result is not that of what it is given"
    ),
    Kind.CHANGED: Message("it changes its argument {argument}; work on a copy"),
    Kind.SHARED: Message(
        "the result is part of the argument {argument}; return an array of its own"
    ),
    Kind.OTHERWISE_AT_SECOND_CALL: Message(
        "a second call with the same arguments answers otherwise"
    ),
    Kind.UNSTEADY: Message("the result is wrong, and wrong in another way at every call"),
    Kind.KEPT: Message(
        "the result{path} is the same array at every call; make a new one each time"
    ),
    Kind.SAME_TWICE: Message(
        "{place} is the same at two calls, as with a seed inside or a draw made only once"
    ),
    Kind.RESEEDED: Message(
        "it seeds the random generator that all share, so that every draw after it is fixed; "
        "leave that to whoever calls it"
    ),
    Kind.ONLY_ZEROS: Message("{place} holds only zeros"),
    Kind.MEAN_ABOVE: Message("the mean of {place} is too far above 0"),
    Kind.MEAN_BELOW: Message("the mean of {place} is too far below 0"),
    Kind.SPREAD_TOO_LARGE: Message(
        "the standard deviation of {place} is too large; expected {want}"
    ),
    Kind.SPREAD_TOO_SMALL: Message(
        "the standard deviation of {place} is too small; expected {want}"
    ),
    Kind.NOT_NORMAL: Message("the weights have the right spread, but their draws are not normal"),
    Kind.EXACT: Message(
        "the weights have exactly the mean or spread that is asked for; draws have it only on "
        "average, so leave them as they were drawn"
    ),
    Kind.ALIKE: Message(
        "the rows or columns of {place} all have the same mean or spread, which independent draws "
        "do not"
    ),
    Kind.NOT_INDEPENDENT: Message("the draws in {place} are not independent of each other"),
    Kind.SAME_DRAWS: Message("{place} and {other} hold related draws; each layer needs its own"),
    Kind.KEEPS_TOO_MANY: Message("{place} keeps too many units; expected about {want}"),
    Kind.KEEPS_TOO_FEW: Message("{place} keeps too few units; expected about {want}"),
    Kind.UNEVEN: Message("{place} does not keep each unit with the same probability"),
    Kind.DEPENDENT_MASK: Message("the entries of {place} are not independent of each other"),
    Kind.COUNTED: Message(
        "every mask keeps exactly the same number of units; each entry needs a draw of its own"
    ),
    Kind.NOT_DROPPED: Message("{place} is not 0 where {mask} is 0"),
    Kind.NOT_SCALED: Message("{place} is {factor} times what it should be where {mask} is 1"),
    Kind.NOT_KEPT: Message("{place} is not what it should be where {mask} is 1"),
    Kind.NOT_FROM: Message("{place} is not what follows from {sources}"),
    Kind.IN_PLACE: Message(
        "{place} in the cache has lost its negative numbers: something after it works in its "
        "place, such as a ReLU of your own or *=; work on a copy"
    ),
    Kind.OTHER_IN_CACHE: Message(
        "{name} in the cache is not what follows from parameters[{name!r}]"
    ),
    Kind.OTHER_ORDER: Message("the cache holds {order}; expected {names}"),
    Kind.TWO_IN_CACHE: Message("{name} in the cache is not what follows from the {name} beside it"),
}

DESCRIPTIONS = {
    What.NONE: Message("None"),
    What.ARRAY: Message("an array of shape {detail}"),
    What.FUNCTION: Message("a function (perhaps its parentheses are missing)"),
    What.OBJECT: Message("{article} {detail}"),
    What.HUGE_INT: Message("an int of {detail:,} bits"),
    What.LONG_TEXT: Message("a text of {detail:,} characters"),
}

PLACES = {Place.RESULT: Message("the result")}
NO_MESSAGE = Message("no message")
BECAUSE = Message(", {because}")


def phrase(problem: Problem) -> str:
    """Return what a problem is called, as one phrase."""
    fields = {name: _shown(name, value) for name, value in problem.fields.items()}
    return PHRASES[problem.kind].format(**fields)


def description(described: Described) -> str:
    """Return what a value is called."""
    detail = described.detail
    article = "an" if str(detail)[:1] in tuple("aeiou") else "a"
    return DESCRIPTIONS[described.what].format(detail=detail, article=article)


def _shown(name: str, value: Any) -> Any:
    """Return a field as it stands in a phrase."""
    if isinstance(value, Described):
        return description(value)
    if isinstance(value, Place):
        return str(PLACES[value])
    if name == "said":
        return str(NO_MESSAGE) if value is None else value
    if name == "because":
        return BECAUSE.format(because=translated(value)) if value else ""
    if name in ("keys", "names", "order"):
        return str(COMMA).join(value)
    if name == "sources":
        return listed(value)
    return value
