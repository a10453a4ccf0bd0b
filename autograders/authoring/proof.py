"""The proof of the grader: listed mistakes lose points, other right answers lose none.

Each is asked what the judge would ask, on many seeds. A mistake must lose points on every
one, and should be called by its name; a right answer must get full marks on every one. Pairs
of mistakes made at once are asked the worked examples: both should be called by their names.
"""

import decimal
import random
import sys
from dataclasses import dataclass, field

import numpy as np

from autograders.authoring import false_alarms, single_precision
from autograders.course import cases, reference, stubs
from autograders.course.catalogue import EXERCISES
from lab.judge.ask import asker
from lab.judge.examples import load
from lab.judge.verdict import judge
from lab.phrases import phrase

SEEDS = 50
NAMED_AT_LEAST = 0.95
"""The share of listed mistakes, over all seeds, that must be called by their names."""
FALSE_ALARMS_AT_MOST = 1e-9
"""For one student, over all random exercises together."""
ALARM_SEEDS = 5
"""How many sets of fresh questions the false alarms are computed for; the worst one counts."""
PAIRS_NAMED_AT_LEAST = 0.6
"""The share of an exercise's pairs of listed mistakes of which both must be called by their names;
pairs of which one hides the other do not count."""
WRONGLY_AT_MOST = 0.01
"""The share of pairs that may be called something else."""
MOST_PAIRS = 400
"""Of an exercise with more, so many are tried, evenly spread over the list."""
SINGLE_EACH = 10
"""Of so many seeds one is tried with answers that are returned as float32, too."""
SAID = 2
"""A mistake counts as named if it is among as many that a student is told."""

HEADS = ("exercise", "mistakes", "right answers", "seeds", "caught", "full marks", "named")
PAIR_HEADS = (
    "pairs of mistakes at once",
    "pairs",
    "tried",
    "both named",
    "hidden",
    "one",
    "none",
    "another",
    "wrongly",
)
SURVIVES = "{name}: the mistake {mistake} keeps all points (seed {seed})."
LOSES = "{name}: right answer {number} loses points (seed {seed}): {says}, {problem}."
IN_SINGLE = "{failure} It is in float32."
UNNAMED = "{name}: the mistake {mistake} is named {count} of {seeds} times."
TOO_FEW_NAMED = "Too few mistakes are called by their names: {share:.1%}, below {least:.0%}."
TOO_FEW_PAIRS = "Too few pairs are called by both names: {share:.1%}, below {least:.0%} ({name})."
TOO_MANY_WRONGLY = "Too many pairs are called something else: {share:.1%}, above {most:.0%}."
PAIR_WRONGLY = "{name}: {one} with {other} is called {called}."
TOO_ALARMING = "Right random answers are accused too often: {probability:.1e}, above {most:.0e}."
ALARMS = (
    "One student's random answers meet {count} statistics. "
    "Right ones are accused with a probability below {probability}."
)
PROVED, NOT_PROVED = "The grader is proved on these.", "The grader is NOT proved: {count} failures."


@dataclass
class Row:
    """What came of one exercise.

    Attributes
    ----------
    name : str
    mistakes, right, seeds : int
        How many were tried.
    caught, full, named : int
        How often a mistake lost points, a right answer got all, a mistake was named.
    failures, unnamed : list of str
        As lines for a person.
    """

    name: str
    mistakes: int
    right: int
    seeds: int
    caught: int = 0
    full: int = 0
    named: int = 0
    failures: list = field(default_factory=list)
    unnamed: list = field(default_factory=list)


@dataclass
class Pairs:
    """What came of an exercise's pairs of mistakes made at once.

    Attributes
    ----------
    name : str
    pairs, tried : int
        How many touch different places, and how many of them were tried.
    both, one, none, another : int
        Of how many both, one or none was called by its name, and how many answer just as
        another listed mistake does.
    hidden : int
        How many answer just as one of the two alone does, so that nobody can tell the other.
    unnamed : list of str
        As lines for a person: those that were called something else.
    """

    name: str
    pairs: int
    tried: int
    both: int = 0
    hidden: int = 0
    one: int = 0
    none: int = 0
    another: int = 0
    unnamed: list = field(default_factory=list)


def prove(assignment, exercise, seeds):
    """Try all mistakes and right answers of an exercise.

    Parameters
    ----------
    assignment : str
    exercise : Exercise
    seeds : iterable of int

    Returns
    -------
    Row
    """
    seeds = list(seeds)
    row = Row(exercise.name, len(exercise.ways), len(exercise.right), len(seeds))
    mistaken = [
        (mistake, _function(assignment, exercise, change)) for mistake, change in exercise.ways
    ]
    right = [_function(assignment, exercise, change) for change in exercise.right]
    named = dict.fromkeys((each.name for each in exercise.mistakes), 0)
    for seed in seeds:
        ask = _Asking(assignment, exercise, seed)
        for mistake, function in mistaken:
            verdict = ask(function)
            if verdict.points < exercise.points:
                row.caught += 1
            else:
                row.failures.append(_survives(exercise.name, mistake, seed))
            named[mistake.name] += mistake.name in [m.name for m in verdict.mistakes[:SAID]]
        for number, function in enumerate(right, start=1):
            verdict = ask(function)
            if verdict.points == exercise.points:
                row.full += 1
            else:
                row.failures.append(_lost(exercise.name, number, seed, verdict))
        if seed % SINGLE_EACH == 0 and not row.failures:
            failures = _in_single(ask, exercise, seed, mistaken, right)
            row.failures += [IN_SINGLE.format(failure=failure) for failure in failures]
    row.named = sum(named.values())
    row.unnamed = [
        UNNAMED.format(name=exercise.name, mistake=mistake, count=count, seeds=tried)
        for mistake, count in named.items()
        if count < (tried := len(seeds) * sum(each.name == mistake for each, _ in mistaken))
    ]
    return row


def prove_pairs(assignment, exercise):
    """Try the pairs of mistakes that can be made at once, by the worked examples.

    Parameters
    ----------
    assignment : str
    exercise : Exercise

    Returns
    -------
    Pairs
    """
    worked = load(assignment)[exercise.name]
    together = list(cases.composed(assignment, exercise.name).items())
    step = -(-len(together) // MOST_PAIRS) or 1
    tried = together[::step]
    pairs = Pairs(exercise.name, len(together), len(tried))
    for ways, function in tried:
        np.random.seed(0)
        random.seed(0)
        made = {exercise.ways[way][0].name for way in ways}
        verdict = judge(worked, asker(function))
        called = {mistake.name for mistake in verdict.mistakes[:SAID]}
        if called - made and not verdict.together:
            pairs.another += 1
        elif called - made:
            says = {"one": min(made), "other": max(made), "called": ", ".join(sorted(called))}
            pairs.unnamed.append(PAIR_WRONGLY.format(name=exercise.name, **says))
        elif called == made:
            pairs.both += 1
        elif called and not verdict.together:
            pairs.hidden += 1
        elif called:
            pairs.one += 1
        else:
            pairs.none += 1
    return pairs


def _in_single(ask, exercise, seed, mistaken, right):
    """Yield what fails where the same answers are in float32."""
    for mistake, function in mistaken:
        if ask(single_precision.returned(function)).points == exercise.points:
            yield _survives(exercise.name, mistake, seed)
    for number, function in enumerate(right, start=1):
        verdict = ask(single_precision.returned(function))
        if verdict.points < exercise.points:
            yield _lost(exercise.name, number, seed, verdict)


def run(assignments, seeds=SEEDS, out=None):
    """Prove the grader on the exercises of these notebooks and print what came of it.

    Parameters
    ----------
    assignments : list of str
    seeds : int
        How many.
    out : file, optional
        Standard output unless told otherwise.

    Returns
    -------
    int
        0, or 1 where anything failed.
    """
    rows, out = [], out or sys.stdout
    print(_line(HEADS), file=out, flush=True)
    for assignment in assignments:
        for exercise in EXERCISES[assignment]:
            row = prove(assignment, exercise, range(seeds))
            print(_line(_cells(row)), file=out, flush=True)
            rows.append(row)
    pairs = _run_pairs(assignments, out)
    failures = [failure for row in rows for failure in row.failures]
    failures += _too_few_named(rows) + _too_few_pairs(pairs)
    bounds = [false_alarms.bound(np.random.RandomState(seed)) for seed in range(ALARM_SEEDS)]
    probability, count = max((probability, count) for count, probability in bounds)
    if probability >= FALSE_ALARMS_AT_MOST:
        says = {"probability": probability, "most": FALSE_ALARMS_AT_MOST}
        failures.append(TOO_ALARMING.format(**says))
    unnamed = [line for each in (*rows, *pairs) for line in each.unnamed]
    for line in ["", *unnamed, *failures]:
        print(line, file=out)
    print(ALARMS.format(count=count, probability=_at_most(probability)), file=out)
    print(NOT_PROVED.format(count=len(failures)) if failures else PROVED, file=out)
    return int(bool(failures))


def _run_pairs(assignments, out):
    """Try the pairs of all exercises and print what came of them."""
    print(file=out)
    print(_line(PAIR_HEADS, PAIR_HEADS), file=out, flush=True)
    found = []
    for assignment in assignments:
        for exercise in EXERCISES[assignment]:
            pairs = prove_pairs(assignment, exercise)
            counts = pairs.both, pairs.hidden, pairs.one, pairs.none, pairs.another
            cells = (pairs.name, pairs.pairs, pairs.tried, *counts, len(pairs.unnamed))
            print(_line(cells, PAIR_HEADS), file=out, flush=True)
            found.append(pairs)
    return found


def _too_few_pairs(pairs):
    least = PAIRS_NAMED_AT_LEAST
    shares = {each.name: each.both / max(each.tried - each.hidden, 1) for each in pairs}
    failures = [
        TOO_FEW_PAIRS.format(name=name, share=share, least=least)
        for name, share in shares.items()
        if share < least
    ]
    tried = sum(each.tried for each in pairs)
    wrongly = sum(len(each.unnamed) for each in pairs) / tried if tried else 0.0
    if wrongly > WRONGLY_AT_MOST:
        failures.append(TOO_MANY_WRONGLY.format(share=wrongly, most=WRONGLY_AT_MOST))
    return failures


def named_share(rows):
    """Return the share of mistakes, over all seeds, that were called by their names."""
    tried = sum(row.mistakes * row.seeds for row in rows)
    return sum(row.named for row in rows) / tried if tried else 1.0


class _Asking:
    """Judges functions by the questions of one seed, as `autograders.judge.hearing` does."""

    def __init__(self, assignment, exercise, seed):
        answered = cases.answered(assignment, exercise, exercise.fresh(np.random.RandomState(seed)))
        self._asked = cases.asked(assignment, exercise, answered)
        self._worked = load(assignment)[exercise.name]
        self._seed = seed

    def __call__(self, function):
        np.random.seed(self._seed)
        random.seed(self._seed)
        return judge(self._asked, asker(function), self._worked)


def _function(assignment, exercise, change):
    code = stubs.changed(reference.source(assignment, exercise.name), change)
    return reference.run(assignment, code, exercise.name)


def _survives(name, mistake, seed):
    return SURVIVES.format(name=name, mistake=mistake.name, seed=seed)


def _lost(name, number, seed, verdict):
    part = verdict.wrong[0]
    says = {"name": name, "number": number, "seed": seed}
    return LOSES.format(**says, says=part.case.says, problem=phrase(part.problem))


def _at_most(probability):
    """Write a probability with two digits, rounded up."""
    up = decimal.Context(prec=2, rounding=decimal.ROUND_CEILING)
    return f"{up.create_decimal_from_float(probability):.1e}"


def _too_few_named(rows):
    share = named_share(rows)
    if share >= NAMED_AT_LEAST:
        return []
    return [TOO_FEW_NAMED.format(share=share, least=NAMED_AT_LEAST)]


def _cells(row):
    tried, right = row.mistakes * row.seeds, row.right * row.seeds
    counts = (f"{row.caught}/{tried}", f"{row.full}/{right}", f"{row.named}/{tried}")
    return (row.name, row.mistakes, row.right, row.seeds, *counts)


def _line(cells, heads=HEADS):
    first, *others = map(str, cells)
    columns = zip(heads[1:], others, strict=True)
    numbers = "  ".join(text.rjust(max(len(head), 10)) for head, text in columns)
    return f"{first:42}{numbers}"
