"""The Chinese outputs are those of a fresh run, their numbers those of the English ones."""

import collections
import json
import re

import pytest

from autograders.authoring import arithmetic, outputs
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from tests import endure
from tests.notebooks.test_stored_outputs import nbval

pytestmark = pytest.mark.apart
LANGUAGE = "zh"
DAYS = ("initialization", "l2_regularization", "overfitting", "dropout")
"""The first is run in each run of all tests, all of them at night."""
NUMBER = re.compile(r"(?<![\w.])[+−-]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?")

WORDS = re.compile(r"\b[A-Za-z_]{2,}\b")
NAMES = {"He", "Glorot", "ReLU", "True", "False", "rand", "randn", "keep_prob", "patience"}
NAMES |= {"train", "validation", "test"}
"""English words that a Chinese textbook keeps, those of Python, and the code's sets of points."""


def stored(assignment):
    """Return the Chinese lesson with its stored outputs."""
    notebook = lesson.original(assignment, LANGUAGE).copy()
    shows = outputs.told(assignment, LANGUAGE)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = shows.get(cell.id, [])
    return notebook


def texts(cell):
    """Return the texts that a cell shows."""
    return [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for output in cell.get("outputs", [])
    ]


def pairs(assignment):
    """Yield (cell, English texts, Chinese texts) for each cell of code."""
    for english, chinese in zip(
        lesson.original(assignment).cells, stored(assignment).cells, strict=True
    ):
        if english.cell_type == "code":
            yield english, texts(english), texts(chinese)


def numbers(shown):
    return collections.Counter(NUMBER.findall("\n".join(shown)))


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize(
    ("assignment", "way"), endure.first(arithmetic.in_turn(DAYS)[: len(DAYS)], 1)
)
def test_a_fresh_run_shows_what_is_stored(assignment, way, tmp_path):
    file = outputs.fill(assignment, tmp_path, language=LANGUAGE)
    outputs.leave_fonts_aside(file)
    run = nbval(file, **({} if arithmetic.lacks(way) else arithmetic.variables(way)))
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.parametrize("assignment", EXERCISES)
def test_the_numbers_are_those_of_the_english_outputs(assignment):
    """Which a fresh run is held to, of every notebook."""
    shown = 0
    for cell, english, chinese in pairs(assignment):
        assert len(english) == len(chinese), cell.id
        assert numbers(english) == numbers(chinese), cell.id
        shown += len(chinese)
    assert shown > 20


@pytest.mark.parametrize("assignment", EXERCISES)
def test_what_is_stored_is_clean(assignment):
    """No output of a check, no warning, no path, no picture."""
    text = outputs.told_file(assignment, LANGUAGE).read_text(encoding="utf-8")
    assert not re.search(r"/home|/root|/tmp|stderr|image/png|Warning", text)
    cells = {cell.id: cell for cell in lesson.original(assignment).cells}
    for name, shown in json.loads(text).items():
        assert shown and not lesson.is_check(cells[name])
        assert outputs.UNSTORED_TAG not in cells[name].metadata.get("tags", [])


@pytest.mark.parametrize("assignment", EXERCISES)
def test_no_english_is_left_in_what_cells_show(assignment):
    left = {
        (cell.id, word)
        for cell, _, chinese in pairs(assignment)
        for shown in chinese
        for word in WORDS.findall(shown)
        if word not in NAMES
    }
    assert left == set()
