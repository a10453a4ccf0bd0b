"""nbgrader's gradebook, kept open: what a release holds, and the scores of a hand-in at once."""

import sqlalchemy
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from sqlalchemy import event
from sqlalchemy.engine import Engine

from autograders.marking import SourceCell

WAITS = 120_000  # milliseconds that a writer waits for another one


def wait_for_others():
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

    def __init__(self, api):
        wait_for_others()
        self._gradebook = Gradebook(api.coursedir.db_url, api.coursedir.course_id)
        self._penalties = AssignLatePenalties(parent=api)
        self._penalties.init_plugin()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._gradebook.close()

    def knows(self, name):
        """Tell whether an assignment has been released."""
        try:
            self._gradebook.find_notebook(name, name)
        except MissingEntry:
            return False
        return True

    def cells(self, name):
        """Return what the release of an assignment holds, by the cells' names."""
        notebook = self._gradebook.find_notebook(name, name)
        points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
        return {
            cell.name: SourceCell(
                cell.cell_type, cell.source, cell.locked, cell.checksum, points.get(cell.name)
            )
            for cell in notebook.source_cells
        }

    def save(self, marked):
        """Write a hand-in's scores, all or none of them.

        Parameters
        ----------
        marked : Marked
        """
        book, session = self._gradebook, self._gradebook.db
        try:
            self._save(book, marked)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.expunge_all()  # or a class of thousands would be kept in memory

    def _save(self, book, marked):
        book.update_or_create_student(marked.student)
        # an empty time leaves an earlier one as it is, as nbgrader does
        time = {"timestamp": parse_utc(marked.timestamp)} if marked.timestamp else {}
        submission = book.update_or_create_submission(marked.name, marked.student, **time)
        (notebook,) = (n for n in submission.notebooks if n.name == marked.name)
        for grade in notebook.grades:
            if grade.name in marked.scores:
                grade.auto_score = marked.scores[grade.name]
                # what a person has marked before is to be looked at again
                by_hand = grade.manual_score is not None or grade.auto_score is None
                grade.needs_manual_grade = by_hand
        for comment in notebook.comments:
            if comment.name in marked.comments:
                comment.auto_comment = marked.comments[comment.name]
        book.db.flush()
        self._penalise(submission, notebook, marked.student)

    def _penalise(self, submission, notebook, student):
        """Ask the course's plugin what being late costs, as nbgrader does."""
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            plugin = self._penalties.plugin_inst
            penalty = plugin.late_submission_penalty(student, notebook.score, late)
            if penalty is not None:
                check = self._penalties._check_late_penalty
                notebook.late_submission_penalty = check(notebook, penalty)


def _prepare(connection, _):
    """Tell a new connection to SQLite how to get along with others."""
    if type(connection).__module__.startswith("sqlite3"):
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {WAITS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()


DATABASE_ERRORS = (sqlalchemy.exc.SQLAlchemyError,)
