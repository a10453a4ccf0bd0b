"""Asking a student's function across the wall: bytes there, bytes back, nothing trusted."""

from collections.abc import Callable
from typing import Any, Protocol

from lab.judge.ask import Answer, Ask, Case, Stopped
from lab.judge.described import Described
from lab.judge.excerpt import printable
from lab.judge.problems import Kind, Problem, found
from lab.judge.wire import Malformed, pack, unpack

LONGEST_TEXT = 400  # characters of a line of code, of an error, of a place
LARGEST_NUMBER = 10**9  # of a line, of bytes


class Asked(Protocol):
    """What takes a packed question to the student's function and brings the packed answer."""

    def ask(self, question: bytes) -> bytes | bytearray:
        """Return the answer.

        Raises
        ------
        Stopped
            Where there is none.
        """


def asker(session: Asked, name: str, seed: int) -> Ask:
    """Return ``ask(case, seeded=True)`` as `lab.judge.ask.asker` does, for a function elsewhere.

    Parameters
    ----------
    session : Asked
        Where the student's functions are.
    name : str
        The function's name.
    seed : int
        Seeds the first call, where its question has no seed, so that a function that
        draws at random without being asked to does the same at each grading.
    """
    first = [seed]
    last: list[Any] = [None, None, b""]  # most questions are asked twice in a row

    def ask(case: Case, seeded: bool = True) -> Answer:
        number = case.seed if seeded else None
        if number is None and first:
            number = first.pop()
        first.clear()
        question = {
            "name": name,
            "arguments": case.arguments,
            "by_name": case.by_name,
            "seed": number,
        }
        if last[0] is not case or last[1] != number:
            last[:] = case, number, pack(question)
        try:
            return _answer(unpack(session.ask(last[2])), case.arguments)
        except Malformed:
            raise Stopped(found(Kind.UNREADABLE)) from None

    return ask


def _answer(reply: Any, asked: dict[str, Any]) -> Answer:
    """Return the answer in a reply, whose every field may be anything."""
    if not isinstance(reply, dict):
        raise Malformed("reply")
    if "stopped" in reply:
        raise Stopped(_problem(reply["stopped"], reply.get("fields")))
    if not {"value", "changed", "shared", "kept", "foreign", "reseeds"} <= reply.keys():
        raise Malformed("reply")
    changed, kept, reseeds = reply["changed"], reply["kept"], reply["reseeds"]
    if not isinstance(changed, dict) or not isinstance(reseeds, bool):
        raise Malformed("reply")
    if not changed.keys() <= asked.keys():
        raise Malformed("argument")
    return Answer(
        reply["value"],
        {**asked, **changed},
        _places(reply["shared"]),
        None if kept is None else _text(kept),
        _foreign(reply["foreign"]),
        reseeds,
    )


def _foreign(pair: Any) -> tuple[str, str | None] | None:
    if pair is None:
        return None
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise Malformed("foreign")
    return _text(pair[0]), _said(pair[1])


def _places(pairs: Any) -> list[tuple[str, str]]:
    if not isinstance(pairs, list):
        raise Malformed("places")
    if any(not isinstance(pair, tuple) or len(pair) != 2 for pair in pairs):
        raise Malformed("places")
    return [(_text(own), _text(place)) for own, place in pairs]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed("text")
    return printable(value, LONGEST_TEXT)


def _said(value: Any) -> str | None:
    return None if value is None else _text(value)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
        raise Malformed("number")
    return value


def _described(value: Any) -> Described:
    if not isinstance(value, Described):
        raise Malformed("description")
    return value


FIELDS: dict[str, dict[str, Callable[[Any], Any]]] = {
    Kind.NOT_DEFINED: {},
    Kind.NOT_A_FUNCTION: {"got": _described},
    Kind.RAISED: {"error": _text, "line": _number, "code": _text, "said": _said},
    Kind.RAISED_ELSEWHERE: {"error": _text, "said": _said},
    Kind.NONE_IN_LINE: {"line": _number, "code": _text},
    Kind.NONE_NAMED: {"name": _text},
    Kind.RETURNS_NOTHING: {},
    Kind.GIVES_NONE: {},
    Kind.TOO_LARGE_TO_READ: {"limit": _number},
}
"""What the student's side may say of itself, and what reads each field of it."""


def _problem(kind: Any, fields: Any) -> Problem:
    """Return the problem that the student's side tells, if it is one that it may tell."""
    read = FIELDS.get(kind) if isinstance(kind, str) else None
    if read is None or not isinstance(fields, dict) or fields.keys() != read.keys():
        raise Malformed("problem")
    return Problem(Kind(kind), {name: each(fields[name]) for name, each in read.items()})
