"""Criteria and a sample answer beside one's own, for whoever learns alone.

Their text comes with a copy to learn with, in a file beside the notebook. A release has no such
file, and there a person marks the answer.
"""

import json
import pathlib

import lab
from lab.plots.text import prose

FILE = "criteria.json"
NO_FILE = "There are no criteria beside this notebook. In a class a person reads your answer."
NO_NOTEBOOK = "{file} cannot be read, so your answer cannot be looked for. Save the notebook first."
WRITE_FIRST = (
    "Write your answer in the cell above, save the notebook (Ctrl+S), then run this cell again. "
    "It shows by which criteria an answer is marked, and a sample answer."
)
CRITERION = "{number}. {says} (points: {points})"
HEAD = "Your answer is marked by these criteria. Give yourself the points that you have earned."
SAMPLE = "A sample answer. Others may be as good."


def criteria():
    """Show by what a written answer is marked, once there is one in the saved notebook."""
    folders = pathlib.Path.cwd(), pathlib.Path(lab.__file__).parent.parent
    folder = next((each for each in folders if (each / FILE).is_file()), None)
    if folder is None:
        prose(NO_FILE)
        return
    held = json.loads((folder / FILE).read_text(encoding="utf-8"))
    try:
        cells = json.loads((folder / held["notebook"]).read_text(encoding="utf-8"))["cells"]
        written = {_name(cell): "".join(cell["source"]) for cell in cells}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        prose(NO_NOTEBOOK.format(file=held["notebook"]))
        return
    for rubric in held["rubrics"]:
        if _is_written(written.get(rubric["cell"], ""), rubric["placeholder"]):
            _show(rubric)
        else:
            prose(WRITE_FIRST)


def _show(rubric):
    prose(HEAD)
    for number, criterion in enumerate(rubric["criteria"], start=1):
        prose(CRITERION.format(number=number, **criterion))
    prose(SAMPLE)
    prose(rubric["sample"])


def _name(cell):
    return cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")


def _is_written(text, placeholder):
    """Tell whether there is a word besides the placeholder."""
    return any(letter.isalnum() for letter in text.replace(placeholder, ""))
