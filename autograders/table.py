"""The class's points as a table that a teacher understands."""

from nbgrader.api import MissingEntry

from autograders.exercises import NOTEBOOKS

WRITTEN_OPEN = " + written open"
NOTHING = "-"
NOT_GRADED = "not graded"


def points(gradebook, name, student):
    """Return a student's points in one assignment as text.

    An answered written question stays open until a person has read it, and is left
    out of both numbers until then.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    name : str
        The assignment.
    student : str

    Returns
    -------
    str
        Such as "16/16 + written open", "-" where nothing was handed in, "not graded"
        where grading was tried and failed.
    """
    try:
        submission = gradebook.find_submission(name, student)
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
    return f"{score:g}/{best:g}" + (WRITTEN_OPEN if len(done) < len(grades) else "")


def table(gradebook):
    """Return the table student by assignment as lines of text."""
    students = sorted(student.id for student in gradebook.students)
    rows = [["student", *NOTEBOOKS]]
    rows += [[s, *(points(gradebook, name, s) for name in NOTEBOOKS)] for s in students]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines
