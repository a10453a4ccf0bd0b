"""Grading hand-ins with nbgrader, one student at a time: one bad hand-in stops no other."""

import pathlib

from autograders import lesson

NO_HAND_INS = "{name}: nobody has handed in. Put hand-ins into {path}."
NOT_RELEASED = "{name} has not been released. Run `python -m autograders release {name}` first."
FAILED = "{student}, {name}: nbgrader could not grade it ({reason})."


def grade(api, name, student="*", force=False):
    """Grade the hand-ins of one assignment; yield (student, problem) as each is done.

    Parameters
    ----------
    api : NbGraderAPI
    name : str
        The assignment.
    student : str
        One student's id; all of them unless told otherwise.
    force : bool
        Grade again what is graded already and has not changed.

    Yields
    ------
    student : str
    problem : str or None
        Why the hand-in could not be graded. What was graded before stays as it is.
    """
    lesson.check_name(name)
    folder = submitted(api)
    if name not in api.get_released_assignments() and not _in_gradebook(api, name):
        yield student, NOT_RELEASED.format(name=name)
        return
    students = sorted(s.name for s in folder.glob(student) if (s / name).exists())
    if not students:
        yield student, NO_HAND_INS.format(name=name, path=f"submitted/<student>/{name}/")
    for each in students:
        result = api.autograde(name, each, force=force)
        yield each, None if result["success"] else _problem(result, each, name)


def submitted(api):
    """Return the folder of the hand-ins, one folder a student below it."""
    return pathlib.Path(api.coursedir.root) / api.coursedir.submitted_directory


def _in_gradebook(api, name):
    with api.gradebook as gradebook:
        return any(assignment.name == name for assignment in gradebook.assignments)


def _problem(result, student, name):
    """Return nbgrader's complaint as one line; the intake's own lines are as they should be."""
    lines = [line for line in result["error"].strip().splitlines() if line.strip()]
    ours = f"{student}, {name}: "
    for line in lines:
        if ours in line:
            return line[line.index(ours) :]
    logged = [line for line in result.get("log", "").splitlines() if "Error:" in line]
    return FAILED.format(student=student, name=name, reason=(logged or lines)[-1].strip())
