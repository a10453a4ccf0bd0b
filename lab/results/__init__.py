"""What many draws say: tables of mean ± standard deviation, compared draw by draw.

One JSON file per notebook holds every single value. ``python -m autograders
results`` makes them from the reference.
"""

import functools
import json
import pathlib
from collections import Counter
from dataclasses import dataclass

import numpy as np

from lab.language import COMMA, Message, Plural, translated
from lab.plots import text

FOLDER = pathlib.Path(__file__).parent

DIFFERENCE = Message("against {baseline}")
BETTER = Message("higher in")
OF = Message("{better} of {count}")
NO_DIFFERENCE = "–"
PLUS_MINUS = Message("{mean} ± {sd}")
MEANS = Message("Mean ± standard deviation over {count} draws.")
COLUMNS = Message(
    "The column '{difference}' is the difference in {compared}, taken draw by draw; 'higher in' "
    "counts the draws where it is above zero."
)
PAIR = Message(
    "{row} against {other}: {difference} ({compared}), higher in {better} of {count} draws, "
    "lower in {worse}."
)
CHOSEN = Message("{row}: {values}.")
CHOICE = Plural("{value:g} in {count} draw", "{value:g} in {count} draws")


@dataclass
class Results:
    """One table with every value that it is made of.

    Attributes
    ----------
    setting : str
        What the rows differ in.
    baseline : str
        The row with which the others are compared.
    compared : str
        The column that is compared.
    decimals : dict of str to int
        The columns and how many decimals of each are shown.
    about : tuple of str
        How the numbers came about.
    draws : list of int
        The seeds of the draws.
    values : dict
        From row to column to a list of float, one for each draw. Where the setting is
        chosen on each draw, the choices stand under the setting's name.
    """

    setting: str
    baseline: str
    compared: str
    decimals: dict
    about: tuple
    draws: list
    values: dict


@functools.cache
def load(assignment):
    """Return the results of a notebook: a dict from the table's name to `Results`."""
    stored = (FOLDER / f"{assignment}.json").read_text(encoding="utf-8")
    return {
        name: Results(**{**entry, "about": tuple(entry["about"])})
        for name, entry in json.loads(stored).items()
    }


def table(assignment, name="moons"):
    """Print one table and how it came about.

    Parameters
    ----------
    assignment : str
        The notebook: "initialization", "overfitting", "l2_regularization", "dropout".
    name : str
        Which of its tables: "circles" or "deep" for the first notebook, "moons" and so on.
    """
    results = load(assignment)[name]
    column = DIFFERENCE.format(baseline=translated(results.baseline))
    header = [*map(translated, (results.setting, *results.decimals)), column, str(BETTER)]
    text.table(header, [_row(results, row) for row in results.values])
    text.notes(
        [
            MEANS.format(count=len(results.draws)),
            *map(translated, results.about),
            COLUMNS.format(difference=column, compared=translated(results.compared)),
            *(
                CHOSEN.format(row=translated(row), values=_choices(columns[results.setting]))
                for row, columns in results.values.items()
                if results.setting in columns
            ),
        ]
    )


def compared(assignment, name="moons", rows=None):
    """Return the compared column of some rows, value by value, for `lab.plots.pairs`.

    Parameters
    ----------
    assignment, name : str
        See `table`.
    rows : sequence of str, optional
        The baseline comes first; all rows unless told otherwise.

    Returns
    -------
    dict of str to list of float
    """
    results = load(assignment)[name]
    return {row: results.values[row][results.compared] for row in rows or results.values}


def pair(assignment, name, row, other):
    """Print how two rows of a table differ, draw by draw.

    Parameters
    ----------
    assignment, name : str
        See `table`.
    row, other : str
        Two rows; the difference is the first minus the second.
    """
    results = load(assignment)[name]
    differences = _differences(results, row, other)
    said = PAIR.format(
        row=translated(row),
        other=translated(other),
        compared=translated(results.compared),
        difference=_mean_and_sd(differences, results.decimals[results.compared], sign="+"),
        better=int(np.sum(differences > 0)),
        worse=int(np.sum(differences < 0)),
        count=differences.size,
    )
    text.prose(said)


def _differences(results, row, other):
    """Return how two rows' compared columns differ on each draw."""
    here, there = (np.array(results.values[r][results.compared]) for r in (row, other))
    return here - there


def _row(results, row):
    cells = [translated(row)]
    for column, decimals in results.decimals.items():
        cells.append(_mean_and_sd(results.values[row][column], decimals))
    if row == results.baseline:
        return [*cells, NO_DIFFERENCE, NO_DIFFERENCE]
    differences = _differences(results, row, results.baseline)
    decimals = results.decimals[results.compared]
    better = OF.format(better=int(np.sum(differences > 0)), count=differences.size)
    return [*cells, _mean_and_sd(differences, decimals, sign="+"), better]


def _mean_and_sd(values, decimals, sign=""):
    mean, sd = np.mean(values), np.std(values, ddof=1)
    return PLUS_MINUS.format(mean=f"{mean:{sign}.{decimals}f}", sd=f"{sd:.{decimals}f}")


def _choices(values):
    return str(COMMA).join(
        CHOICE.format(value=value, count=count) for value, count in sorted(Counter(values).items())
    )
