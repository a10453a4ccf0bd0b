"""What being late costs, computed from what stands in the gradebook now.

nbgrader computes it when a hand-in is graded and keeps it, so that a mark which a person gives
afterwards, a due date that moves or another setting would escape it.
"""

import logging
import math

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import or_
from sqlalchemy.orm import undefer
from traitlets import Float, Integer
from traitlets.config import LoggingConfigurable

from autograders import Refused
from autograders.course import dates
from lab.judge.excerpt import named

NO_PLUGIN = (
    "The course's late penalty cannot be used ({reason}). Mend AssignLatePenalties in "
    "nbgrader_config.py, then run the command again."
)
STOPPED = (
    "{student}, {assignment}: the course's late penalty {plugin} stopped ({reason}). "
    "Mend it, then run the command again."
)
MISREAD = (
    "{assignment}: the due date in the gradebook is {due}, which nbgrader may have made of "
    "{told!r}. Give it again: `python -m autograders deadline {assignment} --due '{told}'`."
)
LONGEST_REASON = 250  # characters
DAY = 24 * 60 * 60  # seconds


class PerDay(BasePlugin):
    """A rule for what being late costs: a share of the score for each day that has begun."""

    percent = Float(10.0, min=0, max=100, help="Of the score, for each day.").tag(config=True)
    grace_minutes = Float(0.0, min=0, help="How late costs nothing yet.").tag(config=True)
    most_days = Integer(0, min=0, help="After so many days all is lost; 0: never.").tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float:
        """Return the points that a hand-in loses, as nbgrader asks for it."""
        counted = total_seconds_late - 60 * self.grace_minutes
        days = max(0, math.ceil(counted / DAY))
        if self.most_days and days > self.most_days:
            return score
        return score * min(1.0, days * self.percent / 100)


class Penalties:
    """The late penalty that the course's settings name: nbgrader's own, or a course's plugin.

    Parameters
    ----------
    parent : traitlets.config.LoggingConfigurable
        Whose configuration counts.
    """

    def __init__(self, parent: LoggingConfigurable) -> None:
        try:
            settings = AssignLatePenalties(parent=parent)
            settings.init_plugin()
        except Exception as error:  # it names a course's own code, which may raise anything
            reason = named(error, LONGEST_REASON)
            raise Refused(NO_PLUGIN.format(reason=reason)) from None
        self._plugin = settings.plugin_inst
        # nbgrader's says for each late hand-in which method it uses
        self._plugin.log = logging.getLogger(__name__)

    def of(self, submission: SubmittedAssignment, notebook: SubmittedNotebook) -> float | None:
        """Return what a hand-in loses of the score that it has now; None where it is not late.

        Raises
        ------
        Refused
            If the course's plugin raises, or gives no number.
        """
        late = submission.total_seconds_late
        if late <= 0:
            return None
        student = submission.student_id
        try:
            penalty = self._plugin.late_submission_penalty(student, notebook.score, late)
            return None if penalty is None else min(max(penalty, 0), notebook.score)
        except Exception as error:  # it is a course's own code, and may raise anything
            says = {"student": student, "assignment": submission.assignment.name}
            plugin = type(self._plugin).__name__
            reason = named(error, LONGEST_REASON)
            raise Refused(STOPPED.format(**says, plugin=plugin, reason=reason)) from None

    def renew(self, gradebook: Gradebook, *, only: tuple[str, str] | None = None) -> None:
        """Write into the gradebook what each hand-in loses now.

        Without a time of its own a hand-in is never late for nbgrader: a penalty that it has
        there was put in by a person, and stays.

        Parameters
        ----------
        gradebook : nbgrader.api.Gradebook
        only : tuple of (str, str), optional
            The assignment and the student of the one hand-in that matters.

        Raises
        ------
        Refused
            If a due date is one that nbgrader has misread, or a penalty cannot be computed.
        """
        session = gradebook.db
        for name, due in session.query(Assignment.name, Assignment.duedate).all():
            if due and (told := dates.misread(due)):
                says = {"due": dates.written(due), "told": told}
                raise Refused(MISREAD.format(assignment=name, **says))
        found = (
            session.query(SubmittedNotebook, SubmittedAssignment)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(SubmittedAssignment.timestamp.is_not(None))
            .filter(
                or_(
                    Assignment.duedate.is_not(None),
                    SubmittedNotebook.late_submission_penalty.is_not(None),
                )
            )
            .options(undefer(SubmittedNotebook.score))
            .populate_existing()
        )
        if only:
            submission = gradebook.find_submission(*only)
            found = found.filter(SubmittedAssignment.id == submission.id)
        for notebook, submission in found.all():
            penalty = self.of(submission, notebook)
            if notebook.late_submission_penalty != penalty:
                notebook.late_submission_penalty = penalty
        session.commit()
