"""The class at a glance: everybody's points, assignment by assignment, as lines of text."""

import pathlib

from nbgrader.api import Grade, Gradebook, MissingEntry, SubmittedAssignment

from autograders import handful
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.grading.standing import Standing
from autograders.judge.feedback import MISTAKES
from lab.judge.excerpt import printable

LATE = " late"
COSTS = " late -{penalty:g} = {counts:g}"
WRITTEN_OPEN = " + written open"
NEWER_REFUSED = ", newer refused"
NOTHING = "-"
NOT_GRADED = "not graded"
REFUSED = "refused"
LEFT = "{count} have left and are not shown: {names}."
NAMED = "mistakes named"
BETWEEN, OR = ", ", " or "
NO_STANDING = Standing()


def points(
    gradebook: Gradebook, assignment: str, student: str, standing: Standing = NO_STANDING
) -> str:
    """Return a student's points in one assignment as text.

    An answered written question stays open until a person has read it, and is left
    out of both numbers until then. What being late costs stands behind, and what counts.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    assignment, student : str
    standing : Standing, optional
        How far the hand-ins have come.

    Returns
    -------
    str
        Such as "16/16 + written open", "13/20 late -3 = 10", "-" where nothing was handed in,
        "refused" where that cannot be graded, and "not graded" where it has not been.
    """
    refused = (assignment, student) in standing.refused
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        submission = None
    notebooks = submission.notebooks if submission else []
    grades = [grade for notebook in notebooks for grade in notebook.grades]
    if not any(grade.auto_score is not None for grade in grades):
        if refused:
            return REFUSED
        # an extension makes a submission, too, before there is one
        there = standing.waits(assignment, student)
        tried = submission is not None and submission.extension is None
        return NOT_GRADED if there or tried else NOTHING
    return _graded(submission, grades) + (NEWER_REFUSED if refused else "")


def _graded(submission: SubmittedAssignment, grades: list[Grade]) -> str:
    # an answer that is not read yet has no score at all
    done = [
        grade for grade in grades if not (grade.needs_manual_grade and grade.manual_score is None)
    ]
    score, best = sum(g.score for g in done), sum(g.max_score for g in done)
    penalty = min(submission.late_submission_penalty, score)
    late = LATE if submission.total_seconds_late > 0 else ""
    return (
        f"{score:g}/{best:g}"
        + (COSTS.format(penalty=penalty, counts=score - penalty) if penalty else late)
        + (WRITTEN_OPEN if len(done) < len(grades) else "")
    )


def mistakes(folder: pathlib.Path, assignment: str, student: str) -> list[str]:
    """Return what the judge calls a student's mistakes in one assignment, as text.

    Parameters
    ----------
    folder : pathlib.Path
        Where the graded notebooks lie.
    assignment, student : str

    Returns
    -------
    list of str
        One for each exercise with a known mistake; "this or that" where two fit.
    """
    file = folder / student / assignment / f"{assignment}.ipynb"
    if not file.is_file():
        return []
    checks = filter(lesson.is_check, lesson.read(file).cells)
    outputs = [output for check in checks for output in check.outputs]
    named = [output.get("metadata", {}).get(MISTAKES) for output in outputs]
    return [OR.join(names) for names in named if names]


def lines(
    gradebook: Gradebook,
    folder: pathlib.Path | None = None,
    standing: Standing = NO_STANDING,
) -> list[str]:
    """Return the points, student by assignment, as lines of text.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    folder : pathlib.Path, optional
        Where the graded notebooks lie. With it a last column names the mistakes, which
        takes some milliseconds a notebook.
    standing : Standing, optional
        Who is in the course, and how far their hand-ins have come. Who has left is not shown.
    """
    handed_in = {student for _, student in (*standing.arrived, *standing.refused)}
    everybody = {student.id for student in gradebook.students} | {*standing.roster} | handed_in
    students = sorted(everybody - standing.out)
    rows = [["student", *EXERCISES]]
    rows += [
        [printable(s), *(points(gradebook, each, s, standing) for each in EXERCISES)]
        for s in students
    ]
    if folder is not None:
        rows[0].append(NAMED)
        for student, row in zip(students, rows[1:], strict=True):
            found = [each for name in EXERCISES for each in mistakes(folder, name, student)]
            row.append(BETWEEN.join(found))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    text.insert(1, "  ".join("-" * width for width in widths))
    if standing.out:
        text.append(
            LEFT.format(
                count=len(standing.out), names=handful(map(printable, sorted(standing.out)))
            )
        )
    return text
