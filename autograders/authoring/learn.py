"""A copy of the notebooks for whoever learns alone: like a release, and never overwritten."""

from nbconvert.preprocessors import ClearOutputPreprocessor

from autograders import ROOT
from autograders.course import kit, lesson
from autograders.course.catalogue import EXERCISES

FOLDER = ROOT / "learn"


def copy(folder=FOLDER):
    """Put each notebook that is not there yet into `folder`; return the names of the new ones.

    Parameters
    ----------
    folder : pathlib.Path
        One folder an assignment is made in it, with the kit beside the notebook.
    """
    new = []
    for assignment in EXERCISES:
        target = folder / assignment / f"{assignment}.ipynb"
        if target.exists():
            continue
        notebook, _ = ClearOutputPreprocessor().preprocess(lesson.read(lesson.path(assignment)), {})
        kit.travel(target.parent)
        lesson.write(notebook, target)
        new.append(assignment)
    return new
