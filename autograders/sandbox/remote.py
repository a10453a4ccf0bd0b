"""Asking a student's function across the wall: bytes there, bytes back, nothing trusted."""

from lab.ask import Answer, Stopped
from lab.wire import Malformed, pack, unpack

UNREADABLE = "what it returns cannot be read"
LONGEST_PHRASE = 400


def asker(session, name, seed):
    """Return ``ask(case, seeded=True)`` as `lab.ask.asker` does, for a function elsewhere.

    Parameters
    ----------
    session : autograders.session.Session
        Where the student's functions are.
    name : str
        The function's name.
    seed : int
        Seeds the first call, where its question has no seed, so that a function that
        draws at random without being asked to does the same at each grading.
    """
    first = [seed]

    def ask(case, seeded=True):
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
        try:
            return _answer(unpack(session.ask(pack(question))))
        except Malformed:
            raise Stopped(UNREADABLE) from None

    return ask


def _answer(reply):
    """Return the answer in a reply, whose every field may be anything."""
    if not isinstance(reply, dict):
        raise Malformed("reply")
    if "stopped" in reply:
        raise Stopped(_phrase(reply["stopped"]), unfinished=reply.get("unfinished") is True)
    if not {"value", "arguments", "shared", "kept"} <= reply.keys():
        raise Malformed("reply")
    arguments, kept = reply["arguments"], reply["kept"]
    if not isinstance(arguments, dict):
        raise Malformed("reply")
    return Answer(
        reply["value"],
        arguments,
        _places(reply["shared"]),
        None if kept is None else _phrase(kept),
    )


def _places(pairs):
    if not isinstance(pairs, list):
        raise Malformed("places")
    if any(not isinstance(pair, tuple) or len(pair) != 2 for pair in pairs):
        raise Malformed("places")
    return [(_phrase(own), _phrase(place)) for own, place in pairs]


def _phrase(text):
    if not isinstance(text, str):
        raise Malformed("phrase")
    return "".join(c if c.isprintable() else "?" for c in text[:LONGEST_PHRASE])
