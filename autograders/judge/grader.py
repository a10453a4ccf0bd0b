"""Marking one hand-in: a pure function from bytes to a graded notebook and its scores.

It touches no gradebook and no file of the course, so it may run in another process or on
another machine.
"""

import functools
import hashlib
import socket
import threading
from dataclasses import dataclass, field

import nbformat
from nbgrader.preprocessors import LimitOutput
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution

from autograders import ROOT, Refused, intake
from autograders.engine import launcher
from autograders.judging import Hearing, digest
from autograders.limits import Limits
from autograders.session import Session

NO_RESPONSE = "No response."
OTHER_VERSION = (
    "The worker on {host} has another version of the course than this machine. "
    "Bring both to the same state, then start the worker again."
)
ROOMS = ("lab", "source_ref", "autograders", "notebooks")
CHECKPOINTS = ".ipynb_checkpoints"  # copies of JupyterLab's, which nothing reads
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class SourceCell:
    """What the gradebook knows of a cell of the release."""

    cell_type: str
    source: str
    locked: bool
    checksum: str
    points: float | None


@dataclass(frozen=True)
class Task:
    """One hand-in to mark.

    Attributes
    ----------
    hand_in : intake.HandIn
    cells : dict of str to SourceCell
    secret : bytes
        The course's.
    version : str
        Of the course's code, see `version`.
    engine : str
        See `autograders.engine.launcher`.
    limits : Limits
    """

    hand_in: intake.HandIn
    cells: dict
    secret: bytes
    version: str
    engine: str
    limits: Limits = field(default_factory=Limits)


@dataclass
class Marked:
    """What came of a task.

    Attributes
    ----------
    student, name : str
    timestamp : str
    notes : dict of str to str
        See `intake.HandIn.notes`.
    notebook : str
        The graded notebook as JSON; empty where there is a problem.
    scores : dict of str to (float or None)
        For each graded cell what the judge gave; None waits for a person.
    comments : dict of str to (str or None)
        For each cell that a student writes in, nbgrader's own remark.
    problem : str or None
        Why it could not be graded, as one line.
    """

    student: str
    name: str
    timestamp: str
    notes: dict = field(default_factory=dict)
    notebook: str = ""
    scores: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)
    problem: str | None = None


def mark(task):
    """Mark one hand-in.

    Parameters
    ----------
    task : Task

    Returns
    -------
    Marked

    Raises
    ------
    Refused
        If the wall cannot be built on this machine, or its code is another one than that
        of who gave the task.
    """
    if task.version != version():
        raise Refused(OTHER_VERSION.format(host=socket.gethostname()))
    with _one_at_a_time:  # a cluster's worker may have threads
        return _mark(task)


@functools.cache
def version():
    """Return a digest of all that decides on a score."""
    hashed = hashlib.sha256()
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*")):
            path = file.relative_to(ROOT)
            if file.suffix in (".py", ".json", ".ipynb") and CHECKPOINTS not in path.parts:
                data = file.read_bytes()
                hashed.update(f"{path} {len(data)} ".encode() + data)
    return hashed.hexdigest()


def _mark(task):
    hand_in = task.hand_in
    marked = Marked(hand_in.student, hand_in.name, hand_in.timestamp, hand_in.notes)
    launch = launcher(task.engine, task.limits)
    try:
        nb = intake.notebook(hand_in)
    except Refused as refused:
        marked.problem = str(refused)
        return marked
    _overwrite(nb, task.cells)
    with Session(launch, task.limits) as session:
        Hearing(session, hand_in.name, hand_in.student, digest(nb), task.secret).hear(nb)
    LimitOutput().preprocess(nb, {})
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if is_grade(cell):
            marked.scores[name] = determine_grade(cell)[0]
        if is_solution(cell):
            untouched = cell.metadata.nbgrader.checksum == compute_checksum(cell)
            marked.comments[name] = NO_RESPONSE if untouched else None
    marked.notebook = nbformat.v4.writes_json(nb)
    return marked


def _overwrite(nb, cells):
    """Give each cell what the release says of it, as nbgrader's OverwriteCells does."""
    for cell in nb.cells:
        known = cells.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if known is None:
            cell.metadata.pop("nbgrader", None)
            continue
        cell.metadata.nbgrader.update(checksum=known.checksum, locked=known.locked)
        if known.points is not None:
            cell.metadata.nbgrader.points = known.points
        if known.locked:
            cell.source = known.source
