"""The gradebook of a stock course, kept open for the scores of many hand-ins."""

import datetime
from typing import Any

from nbgrader.api import Comment, Grade, MissingEntry, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.orm import joinedload

from autograders.grading.gradebook import OpenGradebook
from autograders.stock import known
from autograders.stock.grader import Graded
from autograders.stock.known import KnownNotebook, Scores

NO_STUDENT = "No student with ID '{student}' exists in the database"
"""nbgrader's own words."""


class ClassBook(OpenGradebook):
    """A gradebook that takes the scores of all notebooks of a hand-in at once.

    Parameters
    ----------
    converter : nbgrader.converters.Autograde
        Whose course and configuration count.
    """

    def __init__(self, converter: Any) -> None:
        super().__init__(converter)
        self._create = converter.create_student

    def known(self, assignment: str) -> dict[str, KnownNotebook]:
        """Return what is known of an assignment's notebooks; raise MissingEntry of no such one."""
        return known.read(self._gradebook, assignment)

    def save_all(
        self,
        assignment: str,
        student: str,
        timestamp: datetime.datetime | None,
        graded: Graded,
    ) -> None:
        """Write a hand-in's scores, all or none of them.

        Parameters
        ----------
        assignment, student : str
        timestamp : datetime.datetime or None
            When it was handed in, where that is known.
        graded : Graded
            A notebook of the assignment that it lacks was not handed in, and has no points.
        """
        session = self._gradebook.db
        try:
            if not self._create:
                self._gradebook.find_student(student)
            submission = self.submission(assignment, student, "")
            submission.timestamp = timestamp or submission.timestamp
            for notebook in _notebooks(session, submission):
                self._save_scores(session, submission, notebook, graded.scores.get(notebook.name))
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.expunge_all()

    def _save_scores(
        self,
        session: Any,
        submission: SubmittedAssignment,
        notebook: SubmittedNotebook,
        scores: Scores | None,
    ) -> None:
        grades = {grade.name: grade for grade in notebook.grades}
        if scores is None:
            for grade in grades.values():
                grade.auto_score, grade.needs_manual_grade = 0, False
            return
        comments = {comment.name: comment for comment in notebook.comments}
        lacking = [*(scores.scores.keys() - grades), *(scores.comments.keys() - comments)]
        if lacking:
            raise MissingEntry(", ".join(sorted(lacking)))
        for name, score in scores.scores.items():
            grades[name].auto_score = score
            by_hand = grades[name].manual_score is not None or score is None
            grades[name].needs_manual_grade = by_hand
        for name, text in scores.comments.items():
            comments[name].auto_comment = text
        session.flush()
        session.refresh(notebook, ["score"])
        notebook.late_submission_penalty = self._penalties.of(submission, notebook)


def _notebooks(session: Any, submission: SubmittedAssignment) -> list[SubmittedNotebook]:
    found: list[SubmittedNotebook] = (
        session.query(SubmittedNotebook)
        .filter(SubmittedNotebook.assignment == submission)
        .options(
            joinedload(SubmittedNotebook.grades).joinedload(Grade.cell),
            joinedload(SubmittedNotebook.comments).joinedload(Comment.cell),
        )
        .all()
    )
    return found
