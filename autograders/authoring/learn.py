"""A copy of the notebooks for whoever learns alone: like a release, and never overwritten."""

from nbconvert.preprocessors import ClearOutputPreprocessor

from autograders import ROOT
from autograders.course import kit, lesson
from autograders.course.catalogue import EXERCISES

FOLDER = ROOT / "learn"


def copy(folder=FOLDER):
    """Put each notebook that is not there yet into `folder`; return the names of the new folders.

    Parameters
    ----------
    folder : pathlib.Path
        One folder an assignment is made in it, with the kit beside the notebook. Its name
        begins with a number, so that the lessons are listed in their order.
    """
    new = []
    for assignment in EXERCISES:
        name = numbered(assignment)
        target = folder / name / f"{assignment}.ipynb"
        without_number = folder / assignment / f"{assignment}.ipynb"
        if target.exists() or without_number.exists():
            continue
        notebook, _ = ClearOutputPreprocessor().preprocess(lesson.read(lesson.path(assignment)), {})
        kit.travel(target.parent)
        lesson.write(notebook, target)
        new.append(name)
    return new


def numbered(assignment):
    """Return the name of an assignment's folder: its place in the course, and its own name."""
    return f"{list(EXERCISES).index(assignment) + 1}_{assignment}"
