"""The sliders of the filled notebooks answer: a mistake in one does not fail the run."""

import pytest

from autograders.authoring import outputs
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from lab.explore import STOPPED

pytestmark = pytest.mark.apart
STOPS = STOPPED.split("{value}")[1].split("{kind}")[0]


@pytest.mark.parametrize("assignment", EXERCISES)
def test_every_slider_shows_a_picture_and_none_has_stopped(assignment, finished):
    notebook = finished(assignment)
    written = sum(cell.source.count("explore.") for cell in notebook.cells)
    widgets = notebook.metadata.get("widgets", {}).get(
        "application/vnd.jupyter.widget-state+json", {"state": {}}
    )
    texts = [
        widget["state"].get("value", "")
        for widget in widgets["state"].values()
        if widget["model_name"] == "HTMLModel"
    ]
    assert sum(text.startswith("<img ") for text in texts) == written
    assert not [text for text in texts if STOPS in text]


@pytest.mark.parametrize("assignment", EXERCISES)
def test_a_figure_stands_before_each_slider(assignment):
    """For the web and for print, where nothing can be moved, and nothing is stored of it."""
    figure = False
    for cell in lesson.read(lesson.path(assignment)).cells:
        if "explore." in cell.source and cell.cell_type == "code":
            assert figure
            assert cell.outputs == []
            assert outputs.UNSTORED_TAG in cell.metadata.tags
        elif cell.cell_type == "code":
            figure = any("image/png" in o.get("data", {}) for o in cell.outputs)
