"""A copy of the notebooks for whoever learns alone: never overwritten, and like a release.

Below each written answer it has a cell more, which shows by what that is marked.
"""

import dataclasses
import json

from nbconvert.preprocessors import ClearOutputPreprocessor
from nbformat import v4

from autograders import ROOT
from autograders.course import kit, lesson
from autograders.course.catalogue import EXERCISES, RUBRICS
from lab.written import FILE

FOLDER = ROOT / "learn"
SHOW = "from lab.written import criteria\n\ncriteria()"


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
        if assignment in RUBRICS:
            _add_criteria(notebook, assignment, target.parent)
        lesson.write(notebook, target)
        new.append(name)
    return new


def _add_criteria(notebook, assignment, folder):
    """Put criteria and samples into a file of the copy, and below the answers what shows them."""
    rubrics = RUBRICS[assignment]
    names = [lesson.grade_id(cell) for cell in notebook.cells]
    places = sorted(names.index(rubric.cell) for rubric in rubrics)
    held = {
        "notebook": f"{assignment}.ipynb",
        "rubrics": [
            dataclasses.asdict(rubric)
            | {"placeholder": notebook.cells[names.index(rubric.cell)].source}
            for rubric in rubrics
        ],
    }
    text = json.dumps(held, indent=1, ensure_ascii=False) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8")
    show = v4.new_code_cell(SHOW, id="criteria", metadata={"tags": [lesson.EXPLORE_TAG]})
    notebook.cells.insert(places[-1] + 1, show)


def numbered(assignment):
    """Return the name of an assignment's folder: its place in the course, and its own name."""
    return f"{list(EXERCISES).index(assignment) + 1}_{assignment}"
