"""Mutants of the reference: each small change must lose points, or be listed as no change.

`cosmic_ray` says what can be changed in a line; each mutant is then a student's answer,
judged by what the unchanged reference says. Its own runner would start a process for
each of some hundred mutants.
"""

import difflib
import pathlib
import sys
import tomllib
import warnings
from dataclasses import dataclass, field

import numpy as np

from autograders.course import cases, reference
from autograders.course.catalogue import EXERCISES
from lab.judge.ask import asker
from lab.judge.verdict import judge

EQUIVALENT = pathlib.Path(__file__).with_name("equivalent_mutants.toml")
SEEDS = 5
"""A mutant must lose points on the questions of each."""

HEADS = ("function", "mutants", "killed", "equivalent", "survive")
SURVIVES = "{name}: `{before}` as `{after}` keeps all points (seed {seed})."
NOT_FOUND = "{name}: `{before}` as `{after}` is listed as equivalent, but loses points or is gone."
SHARE = (
    "{killed} of {count} mutants lose points ({share:.1%}). "
    "{equivalent} change nothing that counts, for reasons that are listed."
)
MEND = (
    "Ask a question that tells the survivors from the reference, or list them in {file} "
    "with the reason why they change nothing that is asked of a right answer."
)


@dataclass(frozen=True)
class Mutant:
    """A function of the reference with one small change.

    Attributes
    ----------
    name : str
        The function's.
    before, after : str
        The line that changes.
    code : str
        The whole function.
    """

    name: str
    before: str
    after: str
    code: str

    @property
    def change(self):
        """What the list of equivalent mutants knows it by."""
        return self.name, self.before, self.after


@dataclass
class Tally:
    """What came of one function's mutants.

    Attributes
    ----------
    name : str
    count, killed, equivalent : int
    failures : list of str
        As lines for a person: survivors that are not listed, and listed ones that are none.
    """

    name: str
    count: int = 0
    killed: int = 0
    equivalent: int = 0
    failures: list = field(default_factory=list)


def mutants(assignment, name):
    """Return all mutants of a reference function, no two of them alike.

    Parameters
    ----------
    assignment, name : str
    """
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    source = reference.source(assignment, name)
    found: dict[str, Mutant] = {}
    for operator in map(get_operator, operator_names()):
        if operator.arguments():
            continue  # these put variables of the caller's choice into each other's place
        occurrence = 0
        while (code := mutate_code(source, operator(), occurrence)) is not None:
            occurrence += 1
            if code.strip() != source.strip():
                before, after = _changed_line(source, code)
                found.setdefault(code, Mutant(name, before, after, code))
    return list(found.values())


def survives(assignment, exercise, mutant, asked):
    """Return the first seed on which a mutant keeps all points, or None.

    Parameters
    ----------
    assignment : str
    exercise : Exercise
    mutant : Mutant
    asked : dict of int to Examples
        The questions of each seed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as: "is" with a literal
            function = reference.run(assignment, mutant.code, mutant.name)
    except SyntaxError:
        return None
    for seed, questions in asked.items():
        np.random.seed(seed)
        if judge(questions, asker(function)).points == exercise.points:
            return seed
    return None


def questions(assignment, exercise, seeds):
    """Return what the judge would ask for each seed."""
    asked = {}
    for seed in range(seeds):
        answered = cases.answered(assignment, exercise, exercise.fresh(np.random.RandomState(seed)))
        asked[seed] = cases.asked(assignment, exercise, answered)
    return asked


def listed(file=EQUIVALENT):
    """Return the reasons why mutants change nothing that counts, by their changes.

    Parameters
    ----------
    file : pathlib.Path
        TOML; a table `mutant` for each, with `function`, `before`, `after` and `reason`.
    """
    entries = tomllib.loads(file.read_text(encoding="utf-8")).get("mutant", [])
    return {(e["function"], e["before"], e["after"]): e["reason"] for e in entries}


def judged(assignment, exercise, equivalent, seeds=SEEDS):
    """Judge all mutants of an exercise's reference.

    Parameters
    ----------
    assignment : str
    exercise : Exercise
    equivalent : collection
        The changes that are listed.
    seeds : int

    Returns
    -------
    Tally
    """
    tally, asked = Tally(exercise.name), questions(assignment, exercise, seeds)
    kept = set()
    for mutant in mutants(assignment, exercise.name):
        tally.count += 1
        seed = survives(assignment, exercise, mutant, asked)
        says = {"name": mutant.name, "before": mutant.before, "after": mutant.after}
        if seed is None:
            tally.killed += 1
        elif mutant.change in equivalent:
            tally.equivalent += 1
            kept.add(mutant.change)
        else:
            tally.failures.append(SURVIVES.format(**says, seed=seed))
    for name, before, after in equivalent:
        if name == exercise.name and (name, before, after) not in kept:
            tally.failures.append(NOT_FOUND.format(name=name, before=before, after=after))
    return tally


def run(assignments, out=None):
    """Judge the mutants of these notebooks' references and print what came of it.

    Parameters
    ----------
    assignments : list of str
    out : file, optional
        Standard output unless told otherwise.

    Returns
    -------
    int
        0, or 1 where a mutant survives that is not listed, or a listed one does not.
    """
    out, equivalent, tallies = out or sys.stdout, listed(), []
    print(_line(HEADS), file=out, flush=True)
    for assignment in assignments:
        for exercise in EXERCISES[assignment]:
            tally = judged(assignment, exercise, equivalent)
            rest = tally.count - tally.killed - tally.equivalent
            cells = (tally.name, tally.count, tally.killed, tally.equivalent, rest)
            print(_line(cells), file=out, flush=True)
            tallies.append(tally)
    failures = [failure for tally in tallies for failure in tally.failures]
    for line in ["", *failures]:
        print(line, file=out)
    count, killed = sum(t.count for t in tallies), sum(t.killed for t in tallies)
    same = sum(t.equivalent for t in tallies)
    print(SHARE.format(killed=killed, count=count, share=killed / count, equivalent=same), file=out)
    if failures:
        print(MEND.format(file=EQUIVALENT.name), file=out)
    return int(bool(failures))


def _changed_line(source, code):
    """Return the line that changes, as it was and as it is."""
    matcher = difflib.SequenceMatcher(None, old := source.splitlines(), new := code.splitlines())
    for kind, i, j, k, l in matcher.get_opcodes():
        if kind != "equal":
            return " ".join(old[i:j]).strip(), " ".join(new[k:l]).strip()
    return "", ""


def _line(cells):
    first, *others = map(str, cells)
    return f"{first:42}" + "".join(text.rjust(12) for text in others)
