"""nbgrader's gradebook, kept open: what a release holds, and the scores of a hand-in at once."""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Self

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    InvalidEntry,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.apps import NbGraderAPI
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import joinedload
from tornado.log import app_log

from autograders.judge.grader import Graded, SourceCell

DATABASE_ERRORS = (SQLAlchemyError, InvalidEntry, MissingEntry, sqlite3.Error)
WAITS = 120_000  # milliseconds that a writer waits for another one
WAITS_BY_ITSELF = 5_000  # as Python has it, where the address names no timeout
TRIES = 3  # the student and the submission may both be made by another process meanwhile
LACKS = "the release lacks the cells {names}"


def wait_for_others() -> None:
    """Let SQLite have readers beside a writer, and let writers wait for each other.

    nbgrader has no setting for it, and opens its database anew all the time, so every
    connection that SQLAlchemy makes in this process is told.
    """
    if not event.contains(Engine, "connect", _prepare):
        event.listen(Engine, "connect", _prepare)


class OpenGradebook:
    """A gradebook that stays open for many hand-ins, where nbgrader opens it for each step.

    Parameters
    ----------
    api : NbGraderAPI
    """

    def __init__(self, api: NbGraderAPI) -> None:
        wait_for_others()
        self._gradebook = Gradebook(api.coursedir.db_url, api.coursedir.course_id)
        self._penalties = AssignLatePenalties(parent=api)
        self._penalties.init_plugin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._gradebook.close()

    def knows(self, assignment: str) -> bool:
        """Tell whether an assignment has been released."""
        try:
            self._gradebook.find_notebook(assignment, assignment)
        except MissingEntry:
            return False
        return True

    def cells(self, assignment: str) -> dict[str, SourceCell]:
        """Return what the release of an assignment holds, by the cells' names."""
        notebook = self._gradebook.find_notebook(assignment, assignment)
        points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
        return {
            cell.name: SourceCell(
                cell.cell_type, cell.source, cell.locked, cell.checksum, points.get(cell.name)
            )
            for cell in notebook.source_cells
        }

    def students(self, assignment: str) -> set[str]:
        """Return the ids of those of whom something of an assignment has been graded."""
        found = self._gradebook.db.query(SubmittedAssignment.student_id)
        rows = found.join(Assignment).filter(Assignment.name == assignment).all()
        return {student for (student,) in rows}

    def save(self, graded: Graded) -> None:
        """Write a hand-in's scores, all or none of them.

        Parameters
        ----------
        graded : Graded
        """
        session = self._gradebook.db
        try:
            submission = self._submission(graded)
            self._save(submission, graded)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.expunge_all()  # or a class of thousands would be kept in memory

    def _submission(self, graded: Graded) -> SubmittedAssignment:
        """Return the student's submission, made where there is none yet."""
        book = self._gradebook
        # an empty time leaves an earlier one as it is, as nbgrader does
        time = {"timestamp": parse_utc(graded.timestamp)} if graded.timestamp else {}
        for left in reversed(range(TRIES)):
            try:
                with _said_once():
                    book.update_or_create_student(graded.student)
                    return book.update_or_create_submission(
                        graded.assignment, graded.student, **time
                    )
            except InvalidEntry as error:
                if not (left and isinstance(error.__context__, IntegrityError)):
                    raise
        raise AssertionError  # the last try returns or raises

    def _save(self, submission: SubmittedAssignment, graded: Graded) -> None:
        session = self._gradebook.db
        notebook = (
            session.query(SubmittedNotebook)
            .join(Notebook)
            .filter(SubmittedNotebook.assignment == submission, Notebook.name == graded.assignment)
            .options(
                joinedload(SubmittedNotebook.grades).joinedload(Grade.cell),
                joinedload(SubmittedNotebook.comments).joinedload(Comment.cell),
            )
            .one()
        )
        grades = {grade.name: grade for grade in notebook.grades}
        comments = {comment.name: comment for comment in notebook.comments}
        lacking = [*(graded.scores.keys() - grades), *(graded.comments.keys() - comments)]
        if lacking:
            raise MissingEntry(LACKS.format(names=", ".join(sorted(lacking))))
        for name, score in graded.scores.items():
            grades[name].auto_score = score
            # what a person has marked before is to be looked at again
            by_hand = grades[name].manual_score is not None or score is None
            grades[name].needs_manual_grade = by_hand
        for name, text in graded.comments.items():
            comments[name].auto_comment = text
        self._penalise(submission, notebook, graded.student)

    def _penalise(
        self, submission: SubmittedAssignment, notebook: SubmittedNotebook, student: str
    ) -> None:
        """Ask the course's plugin what being late costs, as nbgrader does."""
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            self._gradebook.db.flush()
            self._gradebook.db.refresh(notebook, ["score"])
            plugin = self._penalties.plugin_inst
            penalty = plugin.late_submission_penalty(student, notebook.score, late)
            if penalty is not None:
                check = self._penalties._check_late_penalty
                notebook.late_submission_penalty = check(notebook, penalty)


@contextlib.contextmanager
def _said_once() -> Iterator[None]:
    """Keep nbgrader from logging an error, with its stack, that it raises as well."""
    before, app_log.disabled = app_log.disabled, True
    try:
        yield
    finally:
        app_log.disabled = before


def _prepare(connection: object, _: object) -> None:
    """Tell a new connection to SQLite how to get along with others."""
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
        ((waits,),) = cursor.execute("PRAGMA busy_timeout").fetchall()
        if waits == WAITS_BY_ITSELF:
            cursor.execute(f"PRAGMA busy_timeout = {WAITS}")
        # impossible on a full disk or while another one writes, and then not needed either
        with contextlib.suppress(sqlite3.OperationalError):
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()
