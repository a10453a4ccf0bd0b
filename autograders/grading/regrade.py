"""Grading a class again after an exercise has changed, and saying whose score changed."""

from dataclasses import dataclass
from typing import Any

from nbgrader.api import SubmittedAssignment
from nbgrader.apps import NbGraderAPI

from autograders.grading import marks, rounds
from autograders.grading.gradebook import opened
from autograders.judge.grader import Graded

CHANGED = "{student}, {assignment}, {cell}: {before} -> {after}"
NOTHING_CHANGED = "{assignment}: no score changed."
NO_SCORE = "no score"

Scores = dict[tuple[str, str, str], float | None]
"""The judge's scores by assignment, student and cell; None stands for no score."""


@dataclass(frozen=True)
class Change:
    """One score that is another one now; None stands for no score."""

    assignment: str
    student: str
    cell: str
    before: float | None
    after: float | None

    def __str__(self) -> str:
        before, after = (
            NO_SCORE if score is None else f"{score:g}" for score in (self.before, self.after)
        )
        says = {"student": self.student, "assignment": self.assignment, "cell": self.cell}
        return CHANGED.format(**says, before=before, after=after)


def regrade(
    api: NbGraderAPI, assignments: list[str], **options: Any
) -> tuple[list[Change], list[str]]:
    """Grade all hand-ins of assignments again.

    Parameters
    ----------
    api : NbGraderAPI
    assignments : list of str
    **options
        See `autograders.grading.rounds.grade`.

    Returns
    -------
    changes : list of Change
        Each score of the judge's that differs, in order.
    problems : list of str
        Why some hand-ins could not be graded; their scores are as they were.
    """
    before = scores(api, assignments)
    graded = rounds.grade(api, assignments, force=True, **options)
    problems = [problem for _, _, problem in graded if problem]
    return _changes(before, scores(api, assignments)), problems


def foresee(
    api: NbGraderAPI, assignments: list[str], **options: Any
) -> tuple[list[Change], list[str], list[str]]:
    """Grade all hand-ins of assignments again, and write nothing.

    Returns
    -------
    changes, problems
        See `regrade`: what that would give.
    again : list of str
        Whose marks by a person would wait to be looked at again, in order.
    """
    before = scores(api, assignments)
    after: Scores = {}

    def show(graded: Graded) -> None:
        for cell, score in graded.scores.items():
            after[graded.assignment, graded.student, cell] = score

    graded = rounds.grade(api, assignments, force=True, show=show, **options)
    problems = [problem for _, _, problem in graded if problem]
    with opened(api) as gradebook:
        again = {
            mark.student
            for assignment in assignments
            for mark in marks.read(gradebook, assignment)
            if mark.points is not None and (assignment, mark.student, mark.cell) in after
        }
    return _changes(before, after), problems, sorted(again)


def to_look_at(api: NbGraderAPI, assignment: str) -> list[str]:
    """Return whose marks by a person wait to be looked at again, because the rest was graded."""
    with opened(api) as gradebook:
        there = marks.read(gradebook, assignment)
    return sorted({mark.student for mark in there if mark.points is not None and mark.waits})


def _changes(before: Scores, after: Scores) -> list[Change]:
    return [
        Change(*place, before.get(place), after[place])
        for place in sorted(after)
        if before.get(place) != after[place]
    ]


def scores(api: NbGraderAPI, assignments: list[str]) -> Scores:
    """Return the judge's scores: a dict from (assignment, student, cell) to float or None."""
    with opened(api) as gradebook:
        return {
            (submission.assignment.name, submission.student.id, grade.name): grade.auto_score
            for submission in gradebook.db.query(SubmittedAssignment).all()
            if submission.assignment.name in assignments
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
