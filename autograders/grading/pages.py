"""The feedback pages. Each ends with a digest of what it was made from, which tells an old one.

nbgrader looks at the time at which a hand-in was given, so that it leaves a page as it is when a
mark, a comment or the score has changed since.
"""

import functools
import glob
import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter, html
from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.apps import NbGraderAPI
from sqlalchemy.orm import selectinload

from autograders import digest
from autograders.course import languages
from autograders.grading import gradebook, notes, wording
from autograders.grading.penalties import Penalties
from autograders.grading.release import reason
from lab.language import ENGLISH, speaking

MARK = "<!-- made from {digest} -->"
BODY = re.compile(r"<body[^>]*>")
NEW, RENEWED, FRESH = "new", "renewed", "fresh"
NO_GRADES = (
    "{student}, {assignment}: no page, for the gradebook holds nothing of this hand-in. "
    "Grade it again with --force."
)
FAILED = "{student}, {assignment}: nbgrader could not make the page ({reason})."
TO_MEND = re.compile(r"<img\b(?![^>]*\balt=)|jp-Notebook", re.IGNORECASE)
"""What nbconvert mends in a finished page: pictures without words, and cells of its own pages."""

Page = tuple[str, str, str | None]
"""A student, what became of the page, and the problem, if there was one."""


class _Compiled(jinja2.BytecodeCache):
    """The templates that this process has compiled: each page has an environment of its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give back what was compiled, if it was; jinja2 looks whether it is of this source."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


class _AsItIs:
    """A page in which nothing is to be mended, for `nbconvert.exporters.html`."""

    def __init__(self, page: str) -> None:
        self._page = page

    def select(self, pattern: str) -> list[Any]:
        """Find nothing."""
        return []

    def __str__(self) -> str:
        return self._page


def read_only_what_needs_it() -> None:
    """Make nbconvert parse a finished page only where something in it is to be mended.

    Parsing a page takes more time than making it, and feedback pages have seldom anything of the
    kind. nbconvert has no setting for it; so its parser is wrapped, once in a process.
    """
    parse = html.BeautifulSoup
    if hasattr(parse, "__wrapped__"):
        return

    @functools.wraps(parse, updated=())
    def parsed(page: str, *arguments: Any, **options: Any) -> Any:
        needed = TO_MEND.search(page)
        return parse(page, *arguments, **options) if needed else _AsItIs(page)

    html.BeautifulSoup = parsed  # type: ignore[assignment, misc]


class MarkedPage(HTMLExporter):
    """nbconvert's page of a graded notebook, with the digest of what it was made from."""

    _language = ENGLISH

    def _create_environment(self) -> jinja2.Environment:
        environment: jinja2.Environment = super()._create_environment()
        environment.bytecode_cache = _compiled
        return environment

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a graded notebook, in its own language."""
        page, resources = super().from_notebook_node(nb, resources, **options)
        self._language = languages.of(nb)
        if self._language != ENGLISH:
            page = wording.told(page, self._language, languages.spoken(self._language))
        return page, resources

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a graded notebook; the late penalty that it shows is that of now."""
        names = (resources or {})["nbgrader"]
        assignment, student = names["assignment"], names["student"]
        with Gradebook(names["db_url"]) as book:
            Penalties(self).renew(book, only=(assignment, student))
            # before nbgrader reads: what changes meanwhile makes the page an old one
            rows = shown(book, assignment, student)[student]
            note = notes.read(pathlib.Path.cwd(), assignment)  # nbgrader works in the course
            mark = made_from(pathlib.Path(filename).parent, rows, note)
        page, resources = super().from_filename(filename, resources=resources, **options)
        with speaking(languages.spoken(self._language)):
            head = notes.shown(note)
        # what comes first is the template's own, before anything of the student's
        page = BODY.sub(lambda body: body[0] + head, page, count=1)
        return f"{page}\n{mark}\n", resources


def renew(api: NbGraderAPI, assignment: str) -> Iterator[Page]:
    """Make the pages of an assignment that are missing or older than the grades.

    Parameters
    ----------
    api : NbGraderAPI
    assignment : str

    Yields
    ------
    student : str
    became : str
        `NEW`, `RENEWED` or `FRESH`, which is left as it was.
    problem : str or None
        Why a page could not be made.
    """
    with gradebook.opened(api) as book:
        rows = shown(book, assignment)
    note = notes.read(pathlib.Path(api.coursedir.root), assignment)
    for graded in waiting(api, assignment):
        student = graded.parent.name
        says = {"student": student, "assignment": assignment}
        page = _folder(api, api.coursedir.feedback_directory, student, assignment)
        page /= f"{assignment}.html"
        became = RENEWED if page.exists() else NEW
        if student not in rows:
            yield student, became, NO_GRADES.format(**says)
        elif _mark(page) == made_from(graded, rows[student], note):
            yield student, FRESH, None
        else:
            result = api.generate_feedback(assignment, glob.escape(student), force=True)
            problem = None if result["success"] else FAILED.format(**says, reason=reason(result))
            yield student, became, problem


def waiting(api: NbGraderAPI, assignment: str) -> list[pathlib.Path]:
    """Return the folders of the graded hand-ins of an assignment, in order."""
    everybody = _folder(api, api.coursedir.autograded_directory, ".", ".")
    found = everybody.glob(f"*/{assignment}/{assignment}.ipynb")
    return sorted(file.parent for file in found if not file.parent.parent.name.startswith("."))


def shown(book: Gradebook, assignment: str, student: str | None = None) -> dict[str, list[Any]]:
    """Return what the gradebook gives to the pages of an assignment, by student; or to one's."""
    found = (
        book.db.query(SubmittedNotebook, SubmittedAssignment.student_id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == assignment)
        .options(
            selectinload(SubmittedNotebook.grades).joinedload(Grade.cell),
            selectinload(SubmittedNotebook.comments).joinedload(Comment.cell),
        )
    )
    if student is not None:
        found = found.filter(SubmittedAssignment.student_id == student)
    return {
        each: [
            notebook.late_submission_penalty,
            sorted([grade.name, grade.score, grade.max_score] for grade in notebook.grades),
            sorted([comment.name, comment.comment] for comment in notebook.comments),
        ]
        for notebook, each in found.all()
    }


def made_from(graded: pathlib.Path, rows: list[Any], note: str = "") -> str:
    """Return the mark of a page: a digest of the graded hand-in's files, its rows, the note."""
    files = sorted(file for file in graded.rglob("*") if file.is_file())
    return MARK.format(digest=digest(files, graded, (json.dumps(rows) + note).encode()))


def _folder(api: NbGraderAPI, step: str, student: str, assignment: str) -> pathlib.Path:
    return pathlib.Path(api.coursedir.format_path(step, student, assignment))


def _mark(page: pathlib.Path) -> str | None:
    """Return a page's last line, which no student can write."""
    if not page.is_file():
        return None
    return page.read_text(encoding="utf-8", errors="replace").rstrip("\n").rpartition("\n")[2]
