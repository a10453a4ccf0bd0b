"""How much the students' answers to one assignment overlap, as a page for the instructor."""

import io
import itertools
import json
import pathlib
import statistics
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from copydetect import CodeFingerprint, compare_files
from copydetect.utils import get_token_coverage
from nbformat import NotebookNode
from tqdm.auto import tqdm

from autograders import ROOT, Refused
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.assignment import load
from autograders.course.catalogue import EXERCISES
from autograders.judge import arrivals, intake
from autograders.reports.rendered import rendered
from lab.judge.excerpt import printable

FOLDER = ROOT / "build" / "similarity"
TEMPLATE = "similarity.html"
SUMMARY = "{assignment}.json"
"""What the report on the class reads of a page."""

STRETCH = 25
"""How many characters in a row count as shared, a name being one; copydetect's default."""
LEAST_CODE = 2 * STRETCH
LARGEST_CODE = 100_000  # characters
SHOWN = 20

TOO_MUCH_CODE = "{student}, {assignment}: the answers have {size:,} characters. Read them yourself."
TOO_LITTLE_CODE = "{student}, {assignment}: too little is written to compare."
NOTHING_TO_COMPARE = "{assignment}: fewer than two answers to compare in {path}/.{skipped}"


@dataclass(frozen=True)
class Answers:
    """What stands in one student's solution cells, and the fingerprint of what was added."""

    student: str
    code: str
    fingerprint: CodeFingerprint


@dataclass(frozen=True)
class Pair:
    """Two students' answers and which share of each stands in the other.

    `first` is the one of which more stands in the other.
    """

    first: Answers
    second: Answers
    share: float
    share_of_second: float


def report(
    submitted: pathlib.Path,
    assignment: str,
    folder: pathlib.Path = FOLDER,
    shown: int = SHOWN,
) -> tuple[pathlib.Path, list[str]]:
    """Compare the hand-ins of an assignment and write the page.

    Parameters
    ----------
    submitted : pathlib.Path
        The folder with one folder a student.
    assignment : str
    folder : pathlib.Path
        Where ``<assignment>.html`` is written.
    shown : int
        How many pairs the page shows, those with the largest overlap.

    Returns
    -------
    path : pathlib.Path
    skipped : list of str
        A line for each student whose answers could not be compared.

    Raises
    ------
    Refused
        If there are fewer than two answers to compare.
    """
    answers, skipped = collect(submitted, catalogue.check_name(assignment))
    if len(answers) < 2:
        lines = "".join(f"\n{line}" for line in skipped)
        raise Refused(
            NOTHING_TO_COMPARE.format(assignment=assignment, path=submitted.name, skipped=lines)
        )
    found = pairs(answers, bar=sys.stderr.isatty())
    path = pathlib.Path(folder) / f"{assignment}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    summary = summed_up(assignment, len(answers), found)
    path.write_text(page(assignment, summary, found, skipped, shown), encoding="utf-8")
    beside = path.with_name(SUMMARY.format(assignment=assignment))
    beside.write_text(json.dumps(summary), encoding="utf-8")
    return path, skipped


def summed_up(assignment: str, count: int, found: list[Pair]) -> dict[str, Any]:
    """Return what is usual in a class, and between the course's own right answers.

    Parameters
    ----------
    assignment : str
    count : int
        How many answers were compared.
    found : list of Pair
    """
    shares, own = [pair.share for pair in found], independent(assignment)
    return {
        "count": count,
        "total": len(found),
        "median": statistics.median(shares),
        "most": max(shares),
        "own_count": len(own),
        "own_median": statistics.median(own) if own else None,
        "own_most": max(own, default=None),
    }


def collect(submitted: pathlib.Path, assignment: str) -> tuple[list[Answers], list[str]]:
    """Return each student's `Answers` and a line for each student left out.

    Parameters
    ----------
    submitted : pathlib.Path
    assignment : str

    Returns
    -------
    answers : list of Answers
    skipped : list of str
    """
    given = released(assignment)
    answers: list[Answers] = []
    skipped: list[str] = []
    wanted = load(assignment)
    found, _ = arrivals.find(submitted, catalogue.EXERCISES)
    for arrival in (each for each in found if each.assignment == assignment):
        student = printable(arrival.student)
        says = {"student": student, "assignment": assignment}
        try:
            handed_in = arrival.read()
            code = _code(intake.notebook(handed_in, wanted), assignment)
            if len(code) > LARGEST_CODE:
                raise Refused(TOO_MUCH_CODE.format(**says, size=len(code)))
            answer = Answers(student, code, fingerprint(code, given))
            if answer.fingerprint.token_coverage < LEAST_CODE:
                raise Refused(TOO_LITTLE_CODE.format(**says))
        except Refused as problem:
            skipped.append(str(problem))
        else:
            answers.append(answer)
    return answers, skipped


def released(assignment: str) -> str:
    """Return all stubs of an assignment, one below the other, as a hand-in's code is read."""
    return "\n\n".join(reference.stub(assignment, each) for each in catalogue.functions(assignment))


def fingerprint(code: str, given: str = "") -> CodeFingerprint:
    """Return the fingerprint of code, without the stretches that stand in a given text too.

    copydetect's own argument for given text also drops what the code repeats
    (0.5.0), so those stretches are taken out here.

    Parameters
    ----------
    code : str
    given : str
    """
    result = CodeFingerprint("answer.py", STRETCH, 1, language="python", fp=io.StringIO(code))
    if given:
        result.hashes -= fingerprint(given).hashes
        result.hash_idx = {key: result.hash_idx[key] for key in result.hashes}
        length = len(result.filtered_code)
        result.token_coverage = get_token_coverage(result.hash_idx, STRETCH, length)
    return result


def pairs(answers: list[Answers], bar: bool = False) -> list[Pair]:
    """Return all pairs, the one with the largest overlap first.

    Parameters
    ----------
    answers : list of Answers
    bar : bool
        Show one on stderr.

    Returns
    -------
    list of Pair
    """
    every = list(itertools.combinations(answers, 2))
    found = []
    for a, b in tqdm(every, unit="pair", disable=not bar):
        _, shares, _ = compare_files(a.fingerprint, b.fingerprint)
        ordered = sorted(zip(shares, (a, b), strict=True), key=lambda each: -each[0])
        (share, first), (other, second) = ordered
        found.append(Pair(first, second, min(float(share), 1.0), min(float(other), 1.0)))
    return sorted(found, key=lambda pair: (-pair.share, -pair.share_of_second))


def independent(assignment: str) -> list[float]:
    """Return the overlaps between the course's own right answers, written to differ.

    Returns
    -------
    list of float
        One for each pair; empty where there are fewer than two ways.
    """
    ways = [
        [source, *(stubs.changed(source, change) for change in exercise.right)]
        for exercise in EXERCISES[assignment]
        for source in [reference.source(assignment, exercise.name)]
    ]
    codes = ["\n\n".join(way) for way in zip(*ways, strict=False)]
    answers = [Answers("", code, fingerprint(code, released(assignment))) for code in codes]
    return [pair.share for pair in pairs(answers)]


def page(
    assignment: str,
    summary: dict[str, Any],
    found: list[Pair],
    skipped: list[str],
    shown: int = SHOWN,
) -> str:
    """Return the page as HTML: no script, nothing loaded, all text escaped.

    Parameters
    ----------
    assignment : str
    summary : dict
        See `summed_up`.
    found : list of Pair
        Sorted.
    skipped : list of str
    shown : int
    """
    return rendered(
        TEMPLATE,
        name=assignment,
        stretch=STRETCH,
        **summary,
        pairs=[
            (pair, *_marked(pair, released(assignment))) for pair in found[:shown] if pair.share
        ],
        skipped=skipped,
    )


def _code(notebook: NotebookNode, assignment: str) -> str:
    """Return the code of the cells that hold an exercise's function, in the notebook's order."""
    names = catalogue.functions(assignment)
    cells = [
        cell.source
        for cell in notebook.cells
        if lesson.grade_id(cell) in names
        or (cell.cell_type == "code" and any(f"def {each}(" in cell.source for each in names))
    ]
    # what pygments drops at the ends would shift every mark
    code = "\n\n".join(cells).strip("\n\ufeff")
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in code)


def _marked(pair: Pair, given: str) -> list[list[tuple[str, str]]]:
    """Return both codes as lists of (text, "given", "own" or "shared")."""
    _, _, places = compare_files(pair.first.fingerprint, pair.second.fingerprint)
    codes = pair.first.code, pair.second.code
    return [_pieces(code, spans, given) for code, spans in zip(codes, places, strict=True)]


def _pieces(code: str, spans: np.ndarray, given: str) -> list[tuple[str, str]]:
    """Cut code where its kind changes; a line that the stubs hold is given."""
    shared = np.zeros(len(code), dtype=bool)
    for start, end in np.asarray(spans).reshape(2, -1).T.astype(int).tolist():
        shared[max(start, 0) : max(end, 0)] = True
    kinds, given_lines = [], {line.strip() for line in given.splitlines()}
    for line in code.splitlines(keepends=True):
        if line.strip() in given_lines:
            kinds += ["given"] * len(line)
        else:
            here = shared[len(kinds) : len(kinds) + len(line)]
            kinds += ["shared" if each else "own" for each in here]
    groups = itertools.groupby(zip(code, kinds, strict=True), key=lambda each: each[1])
    return [("".join(letter for letter, _ in group), kind) for kind, group in groups]
