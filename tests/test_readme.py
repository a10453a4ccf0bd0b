"""The README is true: what it names is there, and its numbers are those of the results."""

import re

import numpy as np
import pytest

from autograders import ROOT
from autograders.arguments import parser
from lab.results import load

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = (
    ("initialization", "circles", ("random × 10", "random × 1", "He")),
    ("overfitting", "moons", ("last step", "early stopping")),
    ("l2_regularization", "moons", ("λ = 0", "λ chosen")),
    ("dropout", "moons", ("keep_prob = 1", "keep_prob chosen")),
    ("dropout", "digits", ("none", "L2, λ = 1", "keep_prob = 0.7")),
)


def table():
    """Return the README's table of results, made from the data."""
    lines = ["| notebook | | test, % | difference | higher in |", "|---|---|---|---|---|"]
    for assignment, name, rows in SHOWN:
        results = load(assignment)[name]
        base = np.array(results.values[results.baseline][results.compared])
        for row in rows:
            values = np.array(results.values[row][results.compared])
            cells = [f"{assignment}, {name}", row, spread(values)]
            if row != results.baseline:
                difference = values - base
                higher = f"{int(np.sum(difference > 0))} of {values.size}"
                cells += [f"{spread(difference, '+')} against {results.baseline}", higher]
            else:
                cells += ["–", "–"]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def spread(values, sign=""):
    return f"{np.mean(values):{sign}.1f} ± {np.std(values, ddof=1):.1f}"


def test_the_results_are_those_of_the_data():
    shown = re.search(r"<!-- results -->\n(.*)\n<!-- /results -->", TEXT, re.DOTALL)
    assert shown[1] == table()


def test_every_draw_is_counted_in_the_sentence_above_the_table():
    counts = {len(load(assignment)[name].draws) for assignment, name, _ in SHOWN}
    assert counts == {40}
    assert "over 40 draws" in TEXT


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z]+)", TEXT))))
def test_every_target_is_in_the_makefile(target):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_command_is_in_the_parser():
    choices = next(a.choices for a in parser()._actions if a.choices)
    for command in re.findall(r"python -m autograders ([a-z]+)", TEXT):
        assert command in choices


PATHS = sorted(set(re.findall(r"`([\w.]+(?:/[^`\s]*)|\.\w+|\w+\.\w+)`", TEXT)))


@pytest.mark.parametrize("path", PATHS)
def test_every_path_is_there_or_made_by_a_command(path):
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split()
    made = path.split("/")[0] in [name.removesuffix("*") for name in ignored]
    assert made or (ROOT / path).exists()
