"""What is wrong on a machine, as data: a kind and its fields."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


class Area(enum.StrEnum):
    """What is looked at, in the order in which it is told."""

    EXCHANGE = "exchange"
    HOMES = "homes"
    COURSE = "course folder"
    SECRET = "secret"  # noqa: S105 - a name of an area
    DATABASE = "gradebook"
    COURSE_ID = "course id"
    EXTENSIONS = "extensions"
    WALL = "wall"
    CLOCK = "time zone"
    PACKAGES = "packages"


class Kind(enum.StrEnum):
    """The kinds of trouble; `autograders.doctor.phrases` has a sentence for each."""

    # the exchange
    NO_EXCHANGE = enum.auto()
    EXCHANGE_MODE = enum.auto()
    FOREIGN = enum.auto()
    FOREIGN_ABOVE = enum.auto()
    REPLACEABLE = enum.auto()
    NO_FOLDER_IN_EXCHANGE = enum.auto()
    INBOUND_OPEN = enum.auto()
    # homes, the course's folder, what lies there
    HOME_OPEN = enum.auto()
    FOLDER_OPEN = enum.auto()
    SECRET_OPEN = enum.auto()
    NO_SECRET = enum.auto()
    OWNED_BY_ANOTHER = enum.auto()
    # settings
    NO_COURSE_ID = enum.auto()
    OTHER_COURSE_ID = enum.auto()
    OTHER_EXCHANGE = enum.auto()
    NOT_ON = enum.auto()
    NOT_OFF = enum.auto()
    # the machine
    REFUSES = enum.auto()
    ZONE_UNKNOWN = enum.auto()
    ZONE_MISREAD = enum.auto()
    OTHER_PYTHON = enum.auto()
    PACKAGE_MISSING = enum.auto()
    PACKAGE_OLD = enum.auto()
    ANSWERS_THERE = enum.auto()


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong.

    Attributes
    ----------
    kind : Kind
    fields : dict of str to Any
        What its sentence names.
    """

    kind: Kind
    fields: dict[str, Any] = field(default_factory=dict)


Troubles = Iterator[Trouble]
