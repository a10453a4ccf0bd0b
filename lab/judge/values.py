"""The check of a result that is known, and of what a function does besides."""

from typing import Any

import numpy as np

from lab.judge.ask import Answer, Ask, Case, arrays_in
from lab.judge.expected import Expected, Mapping
from lab.judge.problems import Kind, Place, Problem, found


def values(ask: Ask, case: Case) -> Problem | None:
    """The right result, a fresh one, and the arguments left as they were."""
    answer = ask(case)
    problem = (
        case.expected.difference(answer.value, Place.RESULT)
        or changed(case.arguments, answer.arguments)
        or shared(answer, case.expected)
    )
    if problem:
        return problem
    again = ask(case, seeded=False)
    problem = case.expected.difference(again.value, Place.RESULT)
    if problem:
        return found(Kind.OTHERWISE_AT_SECOND_CALL)
    return None if again.kept is None else found(Kind.KEPT, path=again.kept)


def undisturbed(ask: Ask, case: Case) -> Problem | None:
    """As `values`; and the generators that everybody shares are not seeded anew."""
    heard: list[Answer] = []

    def hearing(case: Case, seeded: bool = True) -> Answer:
        heard.append(ask(case, seeded))
        return heard[-1]

    return values(hearing, case) or reseeded(*heard)


def reseeded(*answers: Answer) -> Problem | None:
    """Say that a call left a generator in a state that does not follow from the one before."""
    return found(Kind.RESEEDED) if any(answer.reseeds for answer in answers) else None


def changed(before: dict[str, Any], after: dict[str, Any]) -> Problem | None:
    """Name the first argument that is no longer what it was."""
    for name, old in before.items():
        new = after.get(name)  # what comes from another process may lack it
        olds, news = dict(arrays_in(old, name)), dict(arrays_in(new, name))
        for place in olds:
            if place not in news or not np.array_equal(olds[place], news[place]):
                return found(Kind.CHANGED, argument=place)
        same_keys = not isinstance(old, dict) or (
            isinstance(new, dict) and old.keys() == new.keys()
        )
        if len(olds) != len(news) or not same_keys or (not olds and old != new):
            return found(Kind.CHANGED, argument=name)
    return None


def shared(answer: Answer, expected: Expected) -> Problem | None:
    """Name the first argument that the result is part of.

    Parameters in a cache may be, and so may whatever nobody asked for.
    """
    keys = {f"[{key!r}]" for key in expected.entries} if isinstance(expected, Mapping) else None
    for own, place in answer.shared:
        in_cache = isinstance(answer.value, tuple) and place.startswith("parameters[")
        if not in_cache and (keys is None or own in keys):
            return found(Kind.SHARED, argument=place)
    return None
