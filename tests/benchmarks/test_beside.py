"""The lessons beside another state's: the same cells and moves, in turn, each state's own way."""

import json
import sys

import pytest

from benchmarks import beside

pytestmark = pytest.mark.usefixtures("slow")

SLIDER = """
options = [("first", "a"), ("second", "b"), ("third", "c")]
slider = ipywidgets.SelectionSlider(options=options, value="a")
slider.observe(lambda change: seen.append(change["new"]), "value")
"""


@pytest.fixture
def made(tmp_path):
    """Return a function that writes a notebook for each of two states."""

    def write(here, there):
        made = {}
        for name, cells in (("here", here), ("there", there)):
            file = tmp_path / name / "lesson" / "lesson.ipynb"
            file.parent.mkdir(parents=True)
            code = [{"id": i, "cell_type": "code", "source": s} for i, s in cells.items()]
            file.write_text(json.dumps({"cells": code}))
            made[name] = sys.executable, tmp_path / name
        return made

    return write


def test_shared_cells_and_every_move_are_timed_in_both_states(made):
    last = "assert seen == ['a', 'b', 'c'], seen"
    here = {"one": "import ipywidgets; seen = []", "slide": SLIDER, "last": last}
    there = {
        "old": "more = 1",
        "one": "import ipywidgets; seen = [][:more]",
        "slide": SLIDER,
        "last": last,
    }
    taken = list(beside.compare("lesson", made(here, there)))
    move = beside.SLIDER.format(cell="slide")
    assert [name for name, _ in taken] == ["one", "slide", move, move, move, "last"]
    assert all(len(pair) == 2 and min(pair) > 0 for _, pair in taken)


def test_a_cell_that_fails_ends_it(made):
    with pytest.raises(SystemExit, match=r"there: .*ZeroDivisionError"):
        list(beside.compare("lesson", made({"one": "1"}, {"one": "1 / 0"})))


def test_the_ratio_is_that_of_neighbours_in_time(capsys):
    beside.show("lesson", {"slow": [[1.0, 2.0], [30.0, 40.0], [2.0, 4.0]], "quick": [[0.01, 0.01]]})
    lines = capsys.readouterr().out.splitlines()
    (row,) = [line for line in lines if line.startswith("slow")]
    assert row.split() == ["slow", "3", "2.00", "4.00", "0.50"]
    assert not any(line.startswith("quick") for line in lines)
