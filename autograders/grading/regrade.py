"""Grading a class again after an exercise has changed, and saying whose score changed."""

from dataclasses import dataclass
from typing import Any

from nbgrader.api import SubmittedAssignment
from nbgrader.apps import NbGraderAPI

from autograders.grading import rounds
from autograders.grading.gradebook import opened

CHANGED = "{student}, {assignment}, {cell}: {before} -> {after}"
NOTHING_CHANGED = "{assignment}: no score changed."
NO_SCORE = "no score"


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
    after = scores(api, assignments)
    changes = [
        Change(*place, before.get(place), after[place])
        for place in sorted(after)
        if before.get(place) != after[place]
    ]
    return changes, problems


def scores(api: NbGraderAPI, assignments: list[str]) -> dict[tuple[str, str, str], float | None]:
    """Return the judge's scores: a dict from (assignment, student, cell) to float or None."""
    with opened(api) as gradebook:
        return {
            (submission.assignment.name, submission.student.id, grade.name): grade.auto_score
            for submission in gradebook.db.query(SubmittedAssignment).all()
            if submission.assignment.name in assignments
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
