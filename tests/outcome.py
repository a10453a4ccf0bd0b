"""What grading leaves behind, without the ids that are drawn at random: to compare two courses."""

import json
import os
import pathlib

from nbgrader.api import Gradebook, SubmittedAssignment


def outcome(root, db_url=None):
    """Return all that a course's gradebook says of hand-ins, and the graded notebooks.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder.
    db_url : str, optional
        Where the gradebook is, if not in that folder.

    Returns
    -------
    dict
    """
    root, found = pathlib.Path(root), {"submissions": [], "grades": [], "comments": []}
    with Gradebook(db_url or f"sqlite:///{root}/gradebook.db", "week_one") as gradebook:
        for submission in gradebook.db.query(SubmittedAssignment).all():
            key = (submission.student.id, submission.assignment.name)
            row = (*key, submission.timestamp, submission.extension)
            for notebook in submission.notebooks:
                flags = (notebook.name, notebook.flagged, notebook.late_submission_penalty)
                found["submissions"].append((*row, *flags))
                found["grades"] += [(*key, *_grade(grade)) for grade in notebook.grades]
                found["comments"] += [
                    (*key, each.name, each.auto_comment, each.manual_comment)
                    for each in notebook.comments
                ]
    for rows in found.values():
        rows.sort(key=repr)
    folder = root / "autograded"
    found["notebooks"] = {
        str(file.relative_to(folder)): json.loads(file.read_text(encoding="utf-8"))
        for file in folder.rglob("*.ipynb")
    }
    found["times"] = {
        str(file.relative_to(folder)): file.read_text(encoding="utf-8").strip()
        for file in folder.rglob("timestamp.txt")
    }
    return found


def everything(root):
    """Return the paths of all that lies in a course's folder but Python's own bytecode."""
    return {
        str(pathlib.Path(folder, name).relative_to(root))
        for folder, folders, files in os.walk(root)
        for name in (*folders, *files)
        if "__pycache__" not in (*pathlib.Path(folder).parts, name)
    }


def _grade(grade):
    scores = (grade.auto_score, grade.manual_score, grade.extra_credit)
    return (grade.name, *scores, grade.needs_manual_grade)
