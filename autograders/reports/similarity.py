"""How much the students' answers to one assignment overlap, as a page for the instructor."""

import io
import itertools
import os
import pathlib
import statistics
import sys
from dataclasses import dataclass

import jinja2
import numpy as np
from copydetect import CodeFingerprint, compare_files
from copydetect.utils import get_token_coverage
from tqdm.auto import tqdm

from autograders import ROOT, Refused, intake, lesson, reference, stubs
from autograders.exercises import NOTEBOOKS

FOLDER = ROOT / "build" / "similarity"
TEMPLATE = pathlib.Path(__file__).with_name("similarity.html")

STRETCH = 25
"""How many characters in a row count as shared, a name being one; copydetect's default."""
LEAST_CODE = 2 * STRETCH
LARGEST_CODE = 100_000  # characters
SHOWN = 20

TOO_MUCH_CODE = "{student}, {name}: the answers have {size:,} characters. Read them yourself."
TOO_LITTLE_CODE = "{student}, {name}: too little is written to compare."
NOTHING_TO_COMPARE = "{name}: fewer than two answers to compare in {path}/.{skipped}"


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


def report(submitted, name, folder=FOLDER, shown=SHOWN):
    """Compare the hand-ins of an assignment and write the page.

    Parameters
    ----------
    submitted : pathlib.Path
        The folder with one folder a student.
    name : str
        The assignment.
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
    answers, skipped = collect(submitted, lesson.check_name(name))
    if len(answers) < 2:
        lines = "".join(f"\n{line}" for line in skipped)
        raise Refused(NOTHING_TO_COMPARE.format(name=name, path=submitted.name, skipped=lines))
    found = pairs(answers, progress=sys.stderr.isatty())
    path = pathlib.Path(folder) / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(name, len(answers), found, skipped, shown), encoding="utf-8")
    return path, skipped


def collect(submitted, name):
    """Return each student's `Answers` and a line for each student left out.

    Parameters
    ----------
    submitted : pathlib.Path
    name : str
        The assignment.

    Returns
    -------
    answers : list of Answers
    skipped : list of str
    """
    given, answers, skipped = released(name), [], []
    for entry in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        if not os.path.lexists(entry / name):
            continue  # has not handed in, or is no student's folder
        student = "".join(c if c.isprintable() else "?" for c in entry.name)
        try:
            handed_in = intake.read(entry / name, student, name)
            code = _code(intake.notebook(handed_in), name)
            if len(code) > LARGEST_CODE:
                raise Refused(TOO_MUCH_CODE.format(student=student, name=name, size=len(code)))
            answer = Answers(student, code, fingerprint(code, given))
            if answer.fingerprint.token_coverage < LEAST_CODE:
                raise Refused(TOO_LITTLE_CODE.format(student=student, name=name))
        except Refused as problem:
            skipped.append(str(problem))
        else:
            answers.append(answer)
    return answers, skipped


def released(name):
    """Return all stubs of an assignment, one below the other, as a hand-in's code is read."""
    return "\n\n".join(reference.stub(name, function) for function in lesson.names(name))


def fingerprint(code, given=""):
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


def pairs(answers, progress=False):
    """Return all pairs, the one with the largest overlap first.

    Parameters
    ----------
    answers : list of Answers
    progress : bool
        Show a bar on stderr.

    Returns
    -------
    list of Pair
    """
    every = list(itertools.combinations(answers, 2))
    found = []
    for a, b in tqdm(every, unit="pair", disable=not progress):
        _, shares, _ = compare_files(a.fingerprint, b.fingerprint)
        ordered = sorted(zip(shares, (a, b), strict=True), key=lambda each: -each[0])
        (share, first), (other, second) = ordered
        found.append(Pair(first, second, min(float(share), 1.0), min(float(other), 1.0)))
    return sorted(found, key=lambda pair: (-pair.share, -pair.share_of_second))


def independent(name):
    """Return the overlaps between the course's own right answers, written to differ.

    Returns
    -------
    list of float
        One for each pair; empty where there are fewer than two ways.
    """
    ways = [
        [source, *(stubs.changed(source, change) for change in exercise.right)]
        for exercise in NOTEBOOKS[name]
        for source in [reference.source(name, exercise.name)]
    ]
    codes = ["\n\n".join(way) for way in zip(*ways, strict=False)]
    answers = [Answers("", code, fingerprint(code, released(name))) for code in codes]
    return [pair.share for pair in pairs(answers)]


def page(name, count, found, skipped, shown=SHOWN):
    """Return the page as HTML: no script, nothing loaded, all text escaped.

    Parameters
    ----------
    name : str
        The assignment.
    count : int
        How many answers were compared.
    found : list of Pair
        Sorted.
    skipped : list of str
    shown : int
    """
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    shares, own = [pair.share for pair in found], independent(name)
    return template.render(
        name=name,
        count=count,
        total=len(found),
        stretch=STRETCH,
        median=statistics.median(shares),
        most=max(shares),
        own_count=len(own),
        own_median=statistics.median(own) if own else None,
        own_most=max(own, default=None),
        pairs=[(pair, *_marked(pair, released(name))) for pair in found[:shown] if pair.share],
        skipped=skipped,
    )


def _code(notebook, name):
    """Return the code of the cells that hold an exercise's function, in the notebook's order."""
    names = lesson.names(name)
    cells = [
        cell.source
        for cell in notebook.cells
        if lesson.grade_id(cell) in names
        or (cell.cell_type == "code" and any(f"def {each}(" in cell.source for each in names))
    ]
    # what pygments drops at the ends would shift every mark
    code = "\n\n".join(cells).strip("\n\ufeff")
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in code)


def _marked(pair, given):
    """Return both codes as lists of (text, "given", "own" or "shared")."""
    _, _, places = compare_files(pair.first.fingerprint, pair.second.fingerprint)
    codes = pair.first.code, pair.second.code
    return [_pieces(code, spans, given) for code, spans in zip(codes, places, strict=True)]


def _pieces(code, spans, given):
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
