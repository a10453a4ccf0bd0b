"""What a check finds, as data: a kind and its fields.

Whoever decides anything looks at these. The sentence for a person is made last, by
`lab.phrases`.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Kind(enum.StrEnum):
    """The kinds of problems; `lab.phrases` has a sentence for each."""

    # the function cannot be asked
    NOT_DEFINED = enum.auto()
    NOT_A_FUNCTION = enum.auto()
    # it stops
    RAISED = enum.auto()
    RAISED_ELSEWHERE = enum.auto()
    NONE_IN_LINE = enum.auto()
    NONE_NAMED = enum.auto()
    RETURNS_NOTHING = enum.auto()
    GIVES_NONE = enum.auto()
    # its process
    NOT_IN_TIME = enum.auto()
    NOT_IN_TIME_IN_LINE = enum.auto()
    INTERRUPTED = enum.auto()
    NO_TIME_LEFT = enum.auto()
    DIED = enum.auto()
    TOO_MUCH_MEMORY = enum.auto()
    TOO_MUCH_BACK = enum.auto()
    UNREADABLE = enum.auto()
    TOO_LARGE_TO_READ = enum.auto()
    # what comes back: None, type, keys, shape, dtype
    NONE = enum.auto()
    NOT_A_NUMBER = enum.auto()
    ONE_NUMBER_IN_AN_ARRAY = enum.auto()
    NOT_AN_INDEX = enum.auto()
    NOT_AN_ARRAY = enum.auto()
    NOT_A_DICT = enum.auto()
    NOT_A_TUPLE = enum.auto()
    WRONG_LENGTH = enum.auto()
    MISSING_KEY = enum.auto()
    WRONG_SHAPE = enum.auto()
    WRONG_DTYPE = enum.auto()
    NOT_REAL = enum.auto()
    READ_ONLY = enum.auto()
    # its values
    NOT_FINITE = enum.auto()
    LARGER_THAN_ANY_FLOAT = enum.auto()
    WRONG_NUMBER = enum.auto()
    OUT_OF_RANGE = enum.auto()
    ADDED = enum.auto()
    CUT_OFF = enum.auto()
    WRONG_ENTRIES = enum.auto()
    NOT_ZEROS_AND_ONES = enum.auto()
    NOT_ZERO_OR_ONE = enum.auto()
    # what it does besides, and at the next call
    READS_NOTEBOOK = enum.auto()
    NEVER_READ = enum.auto()
    CHANGED = enum.auto()
    SHARED = enum.auto()
    OTHERWISE_AT_SECOND_CALL = enum.auto()
    UNSTEADY = enum.auto()
    KEPT = enum.auto()
    SAME_TWICE = enum.auto()
    RESEEDED = enum.auto()
    # the distribution of weights
    ONLY_ZEROS = enum.auto()
    MEAN_ABOVE = enum.auto()
    MEAN_BELOW = enum.auto()
    SPREAD_TOO_LARGE = enum.auto()
    SPREAD_TOO_SMALL = enum.auto()
    NOT_NORMAL = enum.auto()
    EXACT = enum.auto()
    ALIKE = enum.auto()
    NOT_INDEPENDENT = enum.auto()
    SAME_DRAWS = enum.auto()
    # the masks
    KEEPS_TOO_MANY = enum.auto()
    KEEPS_TOO_FEW = enum.auto()
    UNEVEN = enum.auto()
    DEPENDENT_MASK = enum.auto()
    COUNTED = enum.auto()
    NOT_DROPPED = enum.auto()
    NOT_SCALED = enum.auto()
    NOT_KEPT = enum.auto()
    # what follows from something else
    NOT_FROM = enum.auto()
    IN_PLACE = enum.auto()
    OTHER_IN_CACHE = enum.auto()
    TWO_IN_CACHE = enum.auto()
    OTHER_ORDER = enum.auto()


class Place(enum.StrEnum):
    """A place that has no name in the code."""

    RESULT = "<result>"


@dataclass(frozen=True)
class Problem:
    """The first thing that is wrong with an answer.

    Attributes
    ----------
    kind : Kind
    fields : dict
        What the kind is told with: names of the code, numbers as texts, shapes as
        tuples, a `Described` for a value that is of the wrong type.
    """

    kind: Kind
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_unfinished(self) -> bool:
        """Whether one of the stub's None is still there."""
        return self.kind in (Kind.NONE, Kind.NONE_IN_LINE, Kind.NONE_NAMED)


def found(kind: Kind, **fields: Any) -> Problem:
    """Return a problem of a kind with these fields."""
    return Problem(kind, fields)
