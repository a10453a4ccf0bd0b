"""How much the students' answers to one assignment overlap, as a page for the instructor."""

import io
import itertools
import json
import pathlib
import stat
import statistics
import sys
from dataclasses import dataclass

import jinja2
import numpy as np
from copydetect import CodeFingerprint, compare_files
from copydetect.utils import get_token_coverage
from tqdm.auto import tqdm

from autograders import ROOT, Refused, lesson, reference, stubs
from autograders.exercises import NOTEBOOKS

FOLDER = ROOT / "build" / "similarity"
TEMPLATE = pathlib.Path(__file__).with_name("similarity.html")

STRETCH = 25
"""How many characters in a row count as shared, a name being one; copydetect's default."""
LEAST_CODE = 2 * STRETCH
LARGEST_NOTEBOOK, LARGEST_CODE = 50_000_000, 100_000  # bytes, characters
SHOWN = 20

NOT_A_FOLDER = "{student}: left out, because {path} is a link or no folder."
NO_NOTEBOOK = "{student}: left out, because there is no plain file {path}."
TOO_LARGE = "{student}: left out, because {path} has {size:,} bytes."
NOT_A_NOTEBOOK = "{student}: left out, because {path} is no notebook."
TOO_MUCH_CODE = "{student}: left out, because the answers have {size:,} characters."
TOO_LITTLE_CODE = "{student}: left out, because too little is written between the markers."
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
    stubs_text, answers, skipped = released(name), [], []
    for entry in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        try:
            (entry / name).lstat()
        except OSError:
            continue  # has not handed in, or is no student's folder
        student = printable(entry.name)
        try:
            code = _code(entry, name, student)
            answer = Answers(student, code, fingerprint(code, stubs_text))
            if answer.fingerprint.token_coverage < LEAST_CODE:
                raise Refused(TOO_LITTLE_CODE.format(student=student))
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


def printable(text, also=""):
    """Return text in which what cannot be shown is a question mark, but for what `also` names."""
    return "".join(letter if letter.isprintable() or letter in also else "?" for letter in text)


def _code(folder, name, student):
    """Return the code of the solution cells; follow no link and read no more than a limit."""
    shown = f"{student}/{name}/{name}.ipynb"
    for place in (folder, folder / name):
        if not stat.S_ISDIR(place.lstat().st_mode):
            path = printable(str(place.relative_to(folder.parent)))
            raise Refused(NOT_A_FOLDER.format(student=student, path=path))
    file = folder / name / f"{name}.ipynb"
    try:
        status = file.lstat()
    except OSError:
        raise Refused(NO_NOTEBOOK.format(student=student, path=shown)) from None
    if not stat.S_ISREG(status.st_mode):
        raise Refused(NO_NOTEBOOK.format(student=student, path=shown))
    if status.st_size > LARGEST_NOTEBOOK:
        raise Refused(TOO_LARGE.format(student=student, path=shown, size=status.st_size))
    try:
        code = _solutions(json.loads(file.read_bytes()), name)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Refused(NOT_A_NOTEBOOK.format(student=student, path=shown)) from None
    if len(code) > LARGEST_CODE:
        raise Refused(TOO_MUCH_CODE.format(student=student, size=len(code)))
    return code


def _solutions(notebook, name):
    """Return the sources of the solution cells in the order of the exercises."""
    sources = dict.fromkeys(lesson.names(name), "")
    for cell in notebook["cells"]:
        function = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if cell["cell_type"] == "code" and function in sources:
            sources[function] += "".join(cell["source"]) + "\n\n"
    # what pygments drops at the ends would shift every mark
    code = "".join(sources.values()).replace("\r\n", "\n").replace("\r", "\n")
    return printable(code.strip("\n\ufeff"), also="\n\t")


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
