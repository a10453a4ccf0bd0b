"""Grading hand-ins with nbgrader, one student at a time: one bad hand-in stops no other."""

import pathlib
import stat

import nbformat

from autograders import lesson

LARGEST_NOTEBOOK = (
    50_000_000  # bytes; an honest notebook with its figures has less than one million
)

NO_HAND_INS = "{name}: nobody has handed in. Put hand-ins into {path}."
NOT_RELEASED = "{name} has not been released. Run `python -m autograders release {name}` first."
NO_NOTEBOOK = "{student}, {name}: no {name}.ipynb was handed in{found}. Ask the student for it."
OTHER_FILES = " (but {files})"
NOT_A_FILE = (
    "{student}, {name}: {name}.ipynb is no plain file. Ask the student for the notebook itself."
)
TOO_LARGE = (
    "{student}, {name}: {name}.ipynb has {size:,} bytes. Ask for it with its outputs cleared."
)
NOT_A_NOTEBOOK = (
    "{student}, {name}: {name}.ipynb is no notebook ({reason}). Ask the student for it again."
)
OTHER_NOTEBOOK = (
    "{student}, {name}: {name}.ipynb holds no exercise of this assignment. "
    "Ask the student for the right notebook."
)
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
        problem = hand_in_problem(folder / each / name, each, name)
        if problem is None:
            result = api.autograde(name, each, force=force)
            if not result["success"]:
                reason = _reason(result)
                problem = FAILED.format(student=each, name=name, reason=reason)
        yield each, problem


def submitted(api):
    """Return the folder of the hand-ins, one folder a student below it."""
    return pathlib.Path(api.coursedir.root) / api.coursedir.submitted_directory


def hand_in_problem(folder, student, name):
    """Return why a hand-in cannot be graded, as one line, or None.

    Parameters
    ----------
    folder : pathlib.Path
        submitted/<student>/<assignment>
    student, name : str
        Whose it is, and of which assignment.
    """
    says = {"student": student, "name": name}
    file = folder / f"{name}.ipynb"
    try:
        status = file.lstat()
    except OSError:
        others = ", ".join(sorted(entry.name for entry in folder.glob("*.ipynb")))
        return NO_NOTEBOOK.format(**says, found=OTHER_FILES.format(files=others) if others else "")
    if not stat.S_ISREG(status.st_mode):
        return NOT_A_FILE.format(**says)
    if status.st_size > LARGEST_NOTEBOOK:
        return TOO_LARGE.format(**says, size=status.st_size)
    try:
        notebook = nbformat.read(file, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:100]
        return NOT_A_NOTEBOOK.format(**says, reason=reason)
    wanted = set(lesson.names(name))
    if not any(
        lesson.grade_id(cell).removeprefix(lesson.CHECK) in wanted for cell in notebook.cells
    ):
        return OTHER_NOTEBOOK.format(**says)
    return None


def _in_gradebook(api, name):
    with api.gradebook as gradebook:
        return any(assignment.name == name for assignment in gradebook.assignments)


def _reason(result):
    lines = [line for line in result["error"].strip().splitlines() if line.strip()]
    logged = [line for line in result.get("log", "").splitlines() if "Error:" in line]
    return (logged or lines)[-1].strip()
