"""Grading a class again after an exercise has changed, and saying whose score changed."""

from dataclasses import dataclass

from nbgrader.api import SubmittedAssignment

from autograders import grading

CHANGED = "{student}, {name}, {cell}: {before} -> {after}"
NOTHING_CHANGED = "{name}: no score changed."
NO_SCORE = "no score"


@dataclass(frozen=True)
class Change:
    """One score that is another one now; None stands for no score."""

    name: str
    student: str
    cell: str
    before: float | None
    after: float | None

    def __str__(self):
        before, after = (
            NO_SCORE if score is None else f"{score:g}" for score in (self.before, self.after)
        )
        says = {"student": self.student, "name": self.name, "cell": self.cell}
        return CHANGED.format(**says, before=before, after=after)


def regrade(api, names, **options):
    """Grade all hand-ins of assignments again.

    Parameters
    ----------
    api : NbGraderAPI
    names : list of str
        The assignments.
    **options
        See `autograders.grading.grade`.

    Returns
    -------
    changes : list of Change
        Each score of the judge's that differs, in order.
    problems : list of str
        Why some hand-ins could not be graded; their scores are as they were.
    """
    before = scores(api, names)
    graded = grading.grade(api, names, force=True, **options)
    problems = [problem for _, _, problem in graded if problem]
    after = scores(api, names)
    changes = [
        Change(*place, before.get(place), after[place])
        for place in sorted(after)
        if before.get(place) != after[place]
    ]
    return changes, problems


def scores(api, names):
    """Return the judge's scores: a dict from (assignment, student, cell) to float or None."""
    with api.gradebook as gradebook:
        return {
            (submission.assignment.name, submission.student.id, grade.name): grade.auto_score
            for submission in gradebook.db.query(SubmittedAssignment).all()
            if submission.assignment.name in names
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
