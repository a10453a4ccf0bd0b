"""The class's points as a table that a teacher understands."""

from nbgrader.api import MissingEntry

from autograders import lesson
from autograders.exercises import NOTEBOOKS
from autograders.report import MISTAKES

WRITTEN_OPEN = " + written open"
NOTHING = "-"
NOT_GRADED = "not graded"
NAMED = "mistakes named"
BETWEEN, OR = ", ", " or "


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


def mistakes(folder, name, student):
    """Return what the judge calls a student's mistakes in one assignment, as text.

    Parameters
    ----------
    folder : pathlib.Path
        Where the graded notebooks lie.
    name, student : str

    Returns
    -------
    list of str
        One for each exercise with a known mistake; "this or that" where two fit.
    """
    file = folder / student / name / f"{name}.ipynb"
    if not file.is_file():
        return []
    checks = filter(lesson.is_check, lesson.read(file).cells)
    outputs = [output for check in checks for output in check.outputs]
    named = [output.get("metadata", {}).get(MISTAKES) for output in outputs]
    return [OR.join(names) for names in named if names]


def table(gradebook, folder=None):
    """Return the table student by assignment as lines of text.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    folder : pathlib.Path, optional
        Where the graded notebooks lie. With it a last column names the mistakes, which
        takes some milliseconds a notebook.
    """
    students = sorted(student.id for student in gradebook.students)
    rows = [["student", *NOTEBOOKS]]
    rows += [[s, *(points(gradebook, name, s) for name in NOTEBOOKS)] for s in students]
    if folder is not None:
        rows[0].append(NAMED)
        for row in rows[1:]:
            found = [each for name in NOTEBOOKS for each in mistakes(folder, name, row[0])]
            row.append(BETWEEN.join(found))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines
