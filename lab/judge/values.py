"""The check of a result that is known, and of what a function does besides."""

from collections.abc import Callable
from typing import Any

import numpy as np

from lab.judge.ask import Answer, Ask, Case, Check, arrays_in
from lab.judge.expected import Expected, Mapping
from lab.judge.problems import Kind, Place, Problem, found


def values(ask: Ask, case: Case) -> Problem | None:
    """The right result, a fresh one, and the arguments left as they were."""
    return fresh(ask, case, lambda value: case.expected.difference(value, Place.RESULT))


def fresh(ask: Ask, case: Case, difference: Callable[[Any], Problem | None]) -> Problem | None:
    """A result without a difference, twice, and the arguments left as they were."""
    answer = ask(case)
    problem = (
        difference(answer.value)
        or changed(case.arguments, answer.arguments)
        or shared(answer, case.expected)
    )
    if problem:
        return problem
    again = ask(case, seeded=False)
    if difference(again.value):
        return found(Kind.OTHERWISE_AT_SECOND_CALL)
    return None if again.kept is None else found(Kind.KEPT, path=again.kept)


def undisturbed(check: Check) -> Check:
    """Return a check that holds a function, too, to seeding no generator that everybody shares."""

    def checked(ask: Ask, case: Case) -> Problem | None:
        heard: list[Answer] = []

        def hearing(case: Case, seeded: bool = True) -> Answer:
            heard.append(ask(case, seeded))
            return heard[-1]

        problem = check(hearing, case)
        if problem is None and any(answer.reseeds for answer in heard):
            return found(Kind.RESEEDED)
        return problem

    return checked


def changed(before: dict[str, Any], after: dict[str, Any]) -> Problem | None:
    """Name the first argument that is no longer what it was."""
    for name, old in before.items():
        new = after[name]
        if new is old:  # another process tells only of those that it has changed
            continue
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
