"""The stored results are those of the reference, within a stated tolerance.

The first of the forty draws is made again, value by value: by day for two notebooks, at night the
first three for all of them. A run may depend on the last bit, which another processor's BLAS rounds
otherwise: of twelve draws measured under three BLAS kernels, two runs without regularization and
nine from the start × 10 moved, by up to five points, and no other. So three quarters of a table's
values have to be equal in all stored digits, and in each row and column the mean over the draws
made again may be off by half the stored standard deviation.
"""

import json

import numpy as np
import pytest

from autograders.authoring import results
from autograders.content.studies import runs
from autograders.course.catalogue import STUDIES
from lab.results import load
from tests import endure

MADE_AGAIN = results.DRAWS[: 3 if endure.WHOLE else 1]
EQUAL_SHARE = 0.75
MEAN_WITHIN = 0.5  # standard deviations of the stored draws

QUICKEST = sorted(STUDIES, key=("overfitting", "l2_regularization", *STUDIES).index)
"""The notebooks, those first whose draws are made in a few seconds."""

TABLES = [(assignment, name) for assignment in STUDIES for name in STUDIES[assignment]]


def disagreements(stored, again):
    """Return in words where values made again are out of tolerance.

    Parameters
    ----------
    stored, again : dict
        From row to column to a list of values; `again` has the first few of `stored`.
    """
    found, equal = [], []
    for row, columns in stored.items():
        for column, values in columns.items():
            here, count = np.array(again[row][column]), len(again[row][column])
            there = np.array(values[:count])
            equal.append(np.isclose(here, there, rtol=1e-5, atol=1e-9))
            allowed = MEAN_WITHIN * np.std(values, ddof=1) + 1e-4
            if abs(here.mean() - there.mean()) > allowed:
                found.append(f"{row}, {column}: {there.tolist()} became {here.tolist()}")
    if np.mean(equal) < EQUAL_SHARE:
        found.append(f"only {np.mean(equal):.0%} of the values are equal")
    return found


@pytest.mark.apart
@pytest.mark.parametrize("assignment", endure.first(QUICKEST, 2))
def test_the_first_draws_made_again_agree(assignment, slow):
    again = results.measure(assignment, MADE_AGAIN)
    for name, stored in load(assignment).items():
        assert disagreements(stored.values, again[name]) == [], name


@pytest.mark.parametrize(("assignment", "name"), TABLES)
def test_what_stands_around_the_values_is_the_study(assignment, name):
    study, stored = STUDIES[assignment][name], load(assignment)[name]
    for field in ("setting", "baseline", "compared", "decimals", "about"):
        assert getattr(stored, field) == getattr(study, field)
    assert stored.draws == list(results.DRAWS)
    assert len(stored.draws) >= 20
    lengths = {len(values) for row in stored.values.values() for values in row.values()}
    assert lengths == {len(stored.draws)}


def test_a_wrong_gradient_is_found(monkeypatch, slow):
    """The comparison can fail: with a penalty of twice the size the values disagree."""
    monkeypatch.setattr(runs, "with_penalty", lambda lambd, once=runs.with_penalty: once(2 * lambd))
    stored = load("l2_regularization")["moons"].values
    row = STUDIES["l2_regularization"]["moons"].measure(MADE_AGAIN[0])
    again = {name: {column: [value] for column, value in row[name].items()} for name in row}
    found = disagreements(stored, again)
    assert any(line.startswith("λ = 2, Σ W²") for line in found)
    assert any("values are equal" in line for line in found)


def test_what_is_written_is_what_was_measured(monkeypatch, tmp_path):
    measured = {
        "moons": {"last step": {"test, %": [84.5, 85.0]}, "early stopping": {"test, %": [86.0, 87]}}
    }
    only = {"moons": STUDIES["overfitting"]["moons"]}
    monkeypatch.setitem(STUDIES.loaded, "overfitting", only)
    monkeypatch.setattr(results, "measure", lambda *args: measured)
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    assert results.write("overfitting") is True
    assert results.write("overfitting") is False
    written = json.loads((tmp_path / "overfitting.json").read_text(encoding="utf-8"))
    assert written["moons"]["values"] == measured["moons"]
    assert written["moons"]["about"] == list(STUDIES["overfitting"]["moons"].about)
