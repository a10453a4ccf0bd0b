"""A gradebook of two assignments and a few students, made without grading anything."""

import datetime
import sqlite3

from nbgrader.api import Base, Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine
from traitlets import Instance
from traitlets.config import Config, LoggingConfigurable

from autograders.grading.gradebook import wait_for_others

NAMES = ("dropout", "overfitting")
DUE = datetime.datetime(2024, 5, 2, 12)
HOUR = datetime.timedelta(hours=1)
NONE, ZERO = Config(), Config()
ZERO.LateSubmissionPlugin.penalty_method = "zero"


class Parent(LoggingConfigurable):
    """What has a course and its settings, as nbgrader's own interface has."""

    coursedir = Instance(CourseDirectory)


def parent(file, config=NONE):
    """Return the course whose gradebook is in a file, with these settings."""
    return Parent(config=config, coursedir=CourseDirectory(db_url=f"sqlite:///{file}"))


def made(file):
    """Return a new gradebook in a file: 16 points for a check, 4 for a written answer each.

    nbgrader asks alembic, a process, only where there are no tables yet.
    """
    wait_for_others()  # as in every process that loads the course's settings
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    engine.dispose()
    book = Gradebook(f"sqlite:///{file}")
    for assignment in NAMES:
        book.add_assignment(assignment)
        book.add_notebook(assignment, assignment)
        book.add_grade_cell("check_a", assignment, assignment, max_score=16, cell_type="code")
        book.add_grade_cell("written_b", assignment, assignment, max_score=4, cell_type="markdown")
        book.add_solution_cell("written_b", assignment, assignment)
    return book


def hand_in(book, student, assignment, automatic, written=None, **about):
    """Put a graded hand-in into a gradebook; `written` is None where nobody has read it."""
    book.update_or_create_student(student, **about)
    book.update_or_create_submission(assignment, student)
    check = book.find_grade("check_a", assignment, assignment, student)
    check.auto_score, check.needs_manual_grade = automatic, False
    mark(book, student, assignment, written)


def mark(book, student, assignment, points):
    """Let a person mark a written answer, or nobody with None."""
    answer = book.find_grade("written_b", assignment, assignment, student)
    answer.manual_score, answer.needs_manual_grade = points, points is None
    book.db.commit()


def late(book, student, assignment, by=HOUR):
    """Let a hand-in be late."""
    book.find_assignment(assignment).duedate = DUE
    book.find_submission(assignment, student).timestamp = DUE + by
    book.db.commit()


def penalty(book, student, assignment):
    """Return the penalty that the gradebook keeps."""
    book.db.expire_all()
    return book.find_submission_notebook(assignment, assignment, student).late_submission_penalty


OLD = """
CREATE TABLE old (
    id VARCHAR(32) NOT NULL, name VARCHAR(128) NOT NULL, duedate DATETIME,
    PRIMARY KEY (id), UNIQUE (name)
);
INSERT INTO old SELECT id, name, duedate FROM assignment;
DROP TABLE assignment;
ALTER TABLE old RENAME TO assignment;
DROP TABLE course;
ALTER TABLE student DROP COLUMN lms_user_id;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
INSERT INTO alembic_version VALUES ('167914646830');
"""
"""What takes a gradebook two of nbgrader's revisions back."""


def older(file):
    """Make a gradebook in a file as an older nbgrader made it, with ada's hand-in."""
    with made(file) as book:
        hand_in(book, "ada", "dropout", 16, 3)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA legacy_alter_table = ON")
    connection.executescript(OLD)
    connection.close()
