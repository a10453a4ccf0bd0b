"""The class at a glance: everybody's points, assignment by assignment, as lines of text."""

import pathlib

from nbgrader.api import Gradebook, MissingEntry

from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.judge.feedback import MISTAKES

LATE = " (late: -{penalty:g})"
WRITTEN_OPEN = " + written open"
NOTHING = "-"
NOT_GRADED = "not graded"
NAMED = "mistakes named"
BETWEEN, OR = ", ", " or "


def points(gradebook: Gradebook, assignment: str, student: str) -> str:
    """Return a student's points in one assignment as text.

    An answered written question stays open until a person has read it, and is left
    out of both numbers until then. What being late costs is taken off, and named.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    assignment, student : str

    Returns
    -------
    str
        Such as "16/16 + written open", "-" where nothing was handed in, "not graded"
        where grading was tried and failed.
    """
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return NOTHING
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    # an answer that is not read yet has no score at all
    done = [
        grade for grade in grades if not (grade.needs_manual_grade and grade.manual_score is None)
    ]
    if not any(grade.auto_score is not None for grade in grades):
        return NOT_GRADED
    score, best = sum(g.score for g in done), sum(g.max_score for g in done)
    penalty = min(submission.late_submission_penalty, score)
    return (
        f"{score - penalty:g}/{best:g}"
        + (LATE.format(penalty=penalty) if penalty else "")
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


def lines(gradebook: Gradebook, folder: pathlib.Path | None = None) -> list[str]:
    """Return the points, student by assignment, as lines of text.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    folder : pathlib.Path, optional
        Where the graded notebooks lie. With it a last column names the mistakes, which
        takes some milliseconds a notebook.
    """
    students = sorted(student.id for student in gradebook.students)
    rows = [["student", *EXERCISES]]
    rows += [[s, *(points(gradebook, each, s) for each in EXERCISES)] for s in students]
    if folder is not None:
        rows[0].append(NAMED)
        for row in rows[1:]:
            found = [each for name in EXERCISES for each in mistakes(folder, name, row[0])]
            row.append(BETWEEN.join(found))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    text.insert(1, "  ".join("-" * width for width in widths))
    return text
