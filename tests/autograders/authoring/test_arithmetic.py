"""What is said to differ under another arithmetic, and how another one is chosen."""

import os
import subprocess
import sys

import pytest

from autograders.authoring import arithmetic
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from lab.results import load


@pytest.mark.parametrize("kind", ["stream", "display_data"])
def test_a_change_in_what_is_stored_is_seen(kind):
    before, after = (lesson.read(lesson.path("l2_regularization")) for _ in range(2))
    cell, shows = next(
        (cell, output)
        for cell in after.cells
        for output in cell.get("outputs", [])
        if output.output_type == kind
    )
    text = shows if kind == "stream" else shows.data
    key = "text" if kind == "stream" else "text/plain"
    text[key] = text[key].replace("0.", "1.", 1)
    (line,) = arithmetic.changed("l2_regularization", before, after)
    assert line.startswith(f"l2_regularization, {cell.id}: ")
    assert " became " in line
    assert arithmetic.changed("l2_regularization", before, before) == []


def test_values_differ_only_where_their_table_would_show_it():
    moved = arithmetic.moved("moons", [84.51, 86.0, 90.0], [84.54, 86.2], 1)
    assert moved == ["moons, draw 101: 86.0 became 86.2"]


def test_a_cell_of_a_table_differs_when_all_draws_are_made_again():
    stored = [80.0, 82.0, 84.0]
    assert arithmetic.moved_cell("moons", stored, [80.0, 82.0, 84.6], 1) == [
        "moons: 82.0 ± 2.0 became 82.2 ± 2.3"
    ]
    assert arithmetic.moved_cell("moons", stored, [80.0, 82.0, 84.01], 1) == []
    assert arithmetic.moved_cell("moons", stored, [90.0], 1) == []


def test_every_value_of_a_table_is_compared():
    tables = load("overfitting")
    again = {name: table.values for name, table in tables.items()}
    columns = list(arithmetic._columns(tables, again))
    assert len(columns) == sum(len(t.values) * len(t.decimals) for t in tables.values())
    assert all(stored == values for _, stored, values, _ in columns)


def test_each_notebook_meets_each_way_and_first_another_one():
    pairs = arithmetic.in_turn(EXERCISES)
    assert len(set(pairs)) == len(EXERCISES) * len(arithmetic.WAYS)
    assert len({way for _, way in pairs[: len(EXERCISES)]}) == len(EXERCISES)


@pytest.mark.parametrize("way", arithmetic.WAYS)
def test_a_way_is_what_the_libraries_then_use(way, slow):
    if arithmetic.lacks(way):
        pytest.skip(f"this processor lacks {arithmetic.lacks(way)}")
    code = (
        "import numpy, threadpoolctl\n"
        "print([p.get('architecture') for p in threadpoolctl.threadpool_info()],\n"
        "    numpy.show_config(mode='dicts')['SIMD Extensions'].get('found', []))\n"
    )
    chosen = {**os.environ, **arithmetic.variables(way)}
    said = subprocess.run(
        [sys.executable, "-c", code], env=chosen, capture_output=True, text=True, check=True
    ).stdout
    if way in arithmetic.KERNELS:
        # OpenBLAS has one kernel for both
        assert f"'{way}'" in said or (way == "Prescott" and "'Katmai'" in said)
    else:
        assert "AVX512" not in said
        assert ("X86_V3" in said or "AVX2" in said) == (way == "NumPy without AVX-512")
