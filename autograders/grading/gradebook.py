"""nbgrader's gradebook: checked, opened to be read, and kept open for the scores of hand-ins."""

import contextlib
import pathlib
import sqlite3
from collections.abc import Iterator
from typing import Self

from nbgrader.api import (
    Assignment,
    Base,
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
from nbgrader.apps.exportapp import ExportApp
from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import joinedload
from tornado.log import app_log

from autograders import Refused
from autograders.course import dates
from autograders.grading.penalties import Penalties
from autograders.judge.grader import Graded, SourceCell
from lab.judge.excerpt import named

DATABASE_ERRORS = (SQLAlchemyError, InvalidEntry, MissingEntry, sqlite3.Error)
WAITS = 120_000  # milliseconds that a writer waits for another one
WAITS_BY_ITSELF = 5_000  # as Python has it, where the address names no timeout
TRIES = 3  # the student and the submission may both be made by another process meanwhile
LACKS = "the release lacks the cells {names}"
OLDER = (
    "The gradebook was made by an older nbgrader. Run `python -m autograders backup`, then "
    "`nbgrader db upgrade`, then this command again."
)
UNUSABLE = "The gradebook cannot be used ({reason}). Mend that, then run the command again."
LONGEST_REASON = 150  # characters


def wait_for_others() -> None:
    """Let SQLite have readers beside a writer, and let writers wait for each other.

    nbgrader has no setting for it, and opens its database anew all the time, so every
    connection that SQLAlchemy makes in this process is told.
    """
    if not event.contains(Engine, "connect", _prepare):
        event.listen(Engine, "connect", _prepare)


def check(url: str) -> None:
    """Look at a gradebook before anything is written to it; one that is not there is in order.

    nbgrader would add its new tables to an old gradebook, and stop at the first old one.

    Parameters
    ----------
    url : str
        The database's address.

    Raises
    ------
    Refused
        If an older nbgrader made it, or it cannot be read.
    """
    with said_in_one_line():
        address = make_url(url)
        if address.get_backend_name() == "sqlite" and not (
            address.database and pathlib.Path(address.database).exists()
        ):
            return
        engine = create_engine(address)
        try:
            looked_at = inspect(engine)
            there = set(looked_at.get_table_names()) & Base.metadata.tables.keys()
            for table in there:
                columns = {column["name"] for column in looked_at.get_columns(table)}
                if {column.name for column in Base.metadata.tables[table].columns} - columns:
                    raise Refused(OLDER)
        finally:
            engine.dispose()


@contextlib.contextmanager
def opened(parent: NbGraderAPI | ExportApp) -> Iterator[Gradebook]:
    """Open the gradebook of a course to read it, with late penalties as they are now.

    Parameters
    ----------
    parent : NbGraderAPI or ExportApp
        Whose course and configuration count.

    Raises
    ------
    Refused
        If an older nbgrader made it, or it cannot be used.
    """
    with as_it_stands(parent) as gradebook:
        Penalties(parent).renew(gradebook)
        yield gradebook


@contextlib.contextmanager
def as_it_stands(parent: NbGraderAPI | ExportApp) -> Iterator[Gradebook]:
    """Open the gradebook of a course, whatever late penalties and due dates are in it.

    Raises
    ------
    Refused
        If an older nbgrader made it, or it cannot be used.
    """
    directory = parent.coursedir
    check(directory.db_url)
    with said_in_one_line(), Gradebook(directory.db_url, directory.course_id) as gradebook:
        yield gradebook


def handed_in(book: Gradebook, assignment: str) -> tuple[set[str], set[str]]:
    """Return of whom something of an assignment has been graded, and who of them was late.

    An extension makes a submission, too, before anything is handed in.
    """
    found = (
        book.db.query(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .filter(Assignment.name == assignment, Grade.auto_score.is_not(None))
        .distinct()
        .all()
    )
    late = {each.student_id for each in found if each.total_seconds_late > 0}
    return {each.student_id for each in found}, late


@contextlib.contextmanager
def said_in_one_line() -> Iterator[None]:
    """Refuse in one line where the database fails."""
    try:
        yield
    except DATABASE_ERRORS as error:
        raise Refused(UNUSABLE.format(reason=named(error, LONGEST_REASON))) from None


class OpenGradebook:
    """A gradebook that stays open for many hand-ins, where nbgrader opens it for each step.

    Parameters
    ----------
    api : NbGraderAPI
    """

    def __init__(self, api: NbGraderAPI) -> None:
        wait_for_others()
        check(api.coursedir.db_url)
        self._gradebook = Gradebook(api.coursedir.db_url, api.coursedir.course_id)
        self._penalties = Penalties(api)

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
            submission = self.submission(graded.assignment, graded.student, graded.timestamp)
            self._save(submission, graded)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.expunge_all()  # or a class of thousands would be kept in memory

    def submission(self, assignment: str, student: str, timestamp: str) -> SubmittedAssignment:
        """Return the student's submission, made where there is none yet."""
        book = self._gradebook
        # an empty time leaves an earlier one as it is, as nbgrader does
        time = {"timestamp": dates.read(timestamp)} if timestamp else {}
        for left in reversed(range(TRIES)):
            try:
                with _said_once():
                    book.update_or_create_student(student)
                    return book.update_or_create_submission(assignment, student, **time)
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
        session.flush()
        session.refresh(notebook, ["score"])
        notebook.late_submission_penalty = self._penalties.of(submission, notebook)


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
