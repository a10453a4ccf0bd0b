"""What a problem is called: the one place where words for students are made of what a check found.

A phrase follows "For 4 examples: " and has no full stop.
"""

from typing import Any

from lab.judge.described import Described, What
from lab.judge.problems import Kind, Place, Problem

AT_THE_ENDS = (
    "those from 1e-6 to 1 - 1e-6 should count as they are, and 0 and 1 as if they were cut off at "
    "1e-15 to 1e-7"
)

PHRASES = {
    Kind.NOT_DEFINED: "it is not defined",
    Kind.NOT_A_FUNCTION: "it is {got}, not a function",
    Kind.RAISED: "it stops with {error} in line {line}, `{code}`: {said}",
    Kind.RAISED_ELSEWHERE: "it stops with {error}: {said}",
    Kind.NONE_IN_LINE: "line {line} still reads `{code}`",
    Kind.NONE_NAMED: "`{name}` is still None",
    Kind.RETURNS_NOTHING: (
        "it returns nothing; print only shows a value, so end it with `return` and the result"
    ),
    Kind.GIVES_NONE: (
        "it returns None, as print does, and methods that change a list or an array in its place"
    ),
    Kind.NOT_IN_TIME: "it did not end within {seconds:g} seconds",
    Kind.NOT_IN_TIME_IN_LINE: (
        "it did not end within {seconds:g} seconds, and was in line {line}, `{code}`, by then"
    ),
    Kind.INTERRUPTED: "it was interrupted in line {line}, `{code}`",
    Kind.NO_TIME_LEFT: "the time for the whole notebook, {seconds:g} seconds, is used up",
    Kind.DIED: "it ended the notebook's kernel",
    Kind.TOO_MUCH_MEMORY: "it used more than {megabytes:,.0f} MB of memory",
    Kind.TOO_MUCH_BACK: "what came back has more than {megabytes:g} MB",
    Kind.UNREADABLE: "what it returns cannot be read",
    Kind.TOO_LARGE_TO_READ: "what it returns cannot be read (more than {limit:,} bytes)",
    Kind.NONE: "{place} is still None",
    Kind.NOT_A_NUMBER: "{place} is {got}; expected one number",
    Kind.ONE_NUMBER_IN_AN_ARRAY: (
        "{place} is an array of shape {got}; expected a plain number, as np.sum and np.mean give "
        "without axis"
    ),
    Kind.NOT_AN_INDEX: "{place} is {got}; expected an int that counts from 0",
    Kind.NOT_AN_ARRAY: "{place} is {got}; expected a NumPy array of shape {want}",
    Kind.NOT_A_DICT: "{place} is {got}; expected a dict with the keys {keys}",
    Kind.NOT_A_TUPLE: "{place} is {got}; expected a tuple ({names})",
    Kind.WRONG_LENGTH: "{place} has {got} entries; expected {want}: ({names})",
    Kind.MISSING_KEY: "{place} has no key {key!r}; expected the keys {keys}",
    Kind.WRONG_SHAPE: "{place} has shape {got}; expected {want}",
    Kind.WRONG_DTYPE: "{place} has dtype {got}; expected {want}",
    Kind.NOT_REAL: "{place} has dtype {got}; expected bool, int or float",
    Kind.READ_ONLY: (
        "{place} cannot be written to; return an array of its own (np.copy makes one)"
    ),
    Kind.NOT_FINITE: "{place}{index} is {got}; expected a finite number",
    Kind.LARGER_THAN_ANY_FLOAT: "{place} is larger than any float; expected a finite number",
    Kind.WRONG_NUMBER: "{place} is {got}; expected {want}",
    Kind.OUT_OF_RANGE: "{place} is {got}; expected a number from {low} to {high}{because}",
    Kind.ADDED: f"{{size}} is added inside the logarithms; {AT_THE_ENDS}",
    Kind.CUT_OFF: f"probabilities are cut off at {{size}}; {AT_THE_ENDS}",
    Kind.WRONG_ENTRIES: (
        "{place}{index} is {got}; expected {want} ({count} of {size} entries differ)"
    ),
    Kind.NOT_ZEROS_AND_ONES: "{place} holds other numbers than zeros and ones",
    Kind.NOT_ZERO_OR_ONE: "{place}{index} is {got}; expected only zeros and ones",
    Kind.READS_NOTEBOOK: (
        "it reads the notebook's variable `{name}`, which is none of its arguments, so the result "
        "is not that of what it is given"
    ),
    Kind.NEVER_READ: (
        "it reads the notebook's variable `{name}`, and never its argument `{argument}`, so the "
        "result is not that of what it is given"
    ),
    Kind.CHANGED: "it changes its argument {argument}; work on a copy",
    Kind.SHARED: "the result is part of the argument {argument}; return an array of its own",
    Kind.OTHERWISE_AT_SECOND_CALL: "a second call with the same arguments answers otherwise",
    Kind.UNSTEADY: "the result is wrong, and wrong in another way at every call",
    Kind.KEPT: "the result{path} is the same array at every call; make a new one each time",
    Kind.SAME_TWICE: (
        "{place} is the same at two calls, as with a seed inside or a draw made only once"
    ),
    Kind.RESEEDED: (
        "it seeds the random generator that all share, so that every draw after it is fixed; "
        "leave that to whoever calls it"
    ),
    Kind.ONLY_ZEROS: "{place} holds only zeros",
    Kind.MEAN_ABOVE: "the mean of {place} is too far above 0",
    Kind.MEAN_BELOW: "the mean of {place} is too far below 0",
    Kind.SPREAD_TOO_LARGE: "the standard deviation of {place} is too large; expected {want}",
    Kind.SPREAD_TOO_SMALL: "the standard deviation of {place} is too small; expected {want}",
    Kind.NOT_NORMAL: "the weights have the right spread, but their draws are not normal",
    Kind.EXACT: (
        "the weights have exactly the mean or spread that is asked for; draws have it only on "
        "average, so leave them as they were drawn"
    ),
    Kind.ALIKE: (
        "the rows or columns of {place} all have the same mean or spread, which independent draws "
        "do not"
    ),
    Kind.NOT_INDEPENDENT: "the draws in {place} are not independent of each other",
    Kind.SAME_DRAWS: "{place} and {other} hold related draws; each layer needs its own",
    Kind.KEEPS_TOO_MANY: "{place} keeps too many units; expected about {want}",
    Kind.KEEPS_TOO_FEW: "{place} keeps too few units; expected about {want}",
    Kind.UNEVEN: "{place} does not keep each unit with the same probability",
    Kind.DEPENDENT_MASK: "the entries of {place} are not independent of each other",
    Kind.COUNTED: (
        "every mask keeps exactly the same number of units; each entry needs a draw of its own"
    ),
    Kind.NOT_DROPPED: "{place} is not 0 where {mask} is 0",
    Kind.NOT_SCALED: "{place} is {factor} times what it should be where {mask} is 1",
    Kind.NOT_KEPT: "{place} is not what it should be where {mask} is 1",
    Kind.NOT_FROM: "{place} is not what follows from {sources}",
    Kind.IN_PLACE: (
        "{place} in the cache has lost its negative numbers: something after it works in its "
        "place, such as a ReLU of your own or *=; work on a copy"
    ),
    Kind.OTHER_IN_CACHE: "{name} in the cache is not what follows from parameters[{name!r}]",
    Kind.OTHER_ORDER: "the cache holds {order}; expected {names}",
    Kind.TWO_IN_CACHE: "{name} in the cache is not what follows from the {name} beside it",
}

DESCRIPTIONS = {
    What.NONE: "None",
    What.ARRAY: "an array of shape {detail}",
    What.FUNCTION: "a function (perhaps its parentheses are missing)",
    What.OBJECT: "{article} {detail}",
    What.HUGE_INT: "an int of {detail:,} bits",
    What.LONG_TEXT: "a text of {detail:,} characters",
}

PLACES = {Place.RESULT: "the result"}
AND = "{others} and {last}"
NO_MESSAGE = "no message"
BECAUSE = ", {because}"


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
        return PLACES[value]
    if name == "said":
        return NO_MESSAGE if value is None else value
    if name == "because":
        return BECAUSE.format(because=value) if value else ""
    if name in ("keys", "names", "order"):
        return ", ".join(value)
    if name == "sources":
        *others, last = value
        return AND.format(others=", ".join(others), last=last) if others else last
    return value
