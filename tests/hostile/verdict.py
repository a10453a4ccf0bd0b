"""What did not hold: a hand-in's promises against what a trial reports of it."""

import re

from tests.hostile.trial import NEIGHBOURS

NOT_GRADED = "it was not graded: {problem}"
WRONG_LINE = "the instructor reads {problem!r}, which does not say {refused!r}"
NOT_ONE_LINE = "the instructor reads {problem!r}, which is not one plain line"
GRADED = "it was graded, with {points} points"
POINTS = "it has {points} points; {wanted:g} remain by right"
TOTAL = "its whole score is {total}; the checks gave {points}"
LEAK = {
    "worked": "the attack reported success",
    "planted": "a file that was handed in or left stands in what is written",
}
LEAKED = "what is written tells the secret of: {kind}"
NEIGHBOUR = "{name} beside it: {what}"
NO_LINE = "nothing was said of it"


def unkept(each, got, strict=True):
    """Return, as lines, what of a hand-in's promises was not kept.

    Parameters
    ----------
    each : HandIn
    got : dict or None
        What the trial reports of it.
    strict : bool
        Whether the line to the instructor is judged as well.
    """
    if got is None:
        return [NO_LINE]
    return [*_grading(each, got, strict), *_leaks(got)]


def neighbours(students):
    """Return, as lines, what happened to the right hand-ins beside the others."""
    lines = []
    for name in NEIGHBOURS:
        got = students.get(name)
        what = [NO_LINE] if got is None else [*_points(16, got), *_leaks(got)]
        lines += [NEIGHBOUR.format(name=name, what=line) for line in what]
    return lines


def _grading(each, got, strict):
    problem = got["problem"]
    if not problem:
        wanted = None if each.points is None else _points(each.points, got)
        return [GRADED.format(points=got["points"])] if wanted is None else wanted
    if each.refused is None:
        return [NOT_GRADED.format(problem=problem)]
    if strict and not problem.isprintable():
        return [NOT_ONE_LINE.format(problem=problem)]
    if strict and not re.search(each.refused, problem):
        return [WRONG_LINE.format(problem=problem, refused=each.refused)]
    return []


def _points(wanted, got):
    if got["problem"]:
        return [NOT_GRADED.format(problem=got["problem"])]
    if got["points"] != wanted:
        return [POINTS.format(points=got["points"], wanted=wanted)]
    if got["total"] != wanted:
        return [TOTAL.format(total=got["total"], points=wanted)]
    return []


def _leaks(got):
    return [LEAK.get(kind, LEAKED).format(kind=kind) for kind in got["leaks"]]
