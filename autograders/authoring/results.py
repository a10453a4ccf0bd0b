"""Making lab/results from the reference: every study on the same draws, value by value."""

import json
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from threadpoolctl import threadpool_limits
from tqdm.auto import tqdm

from autograders import ROOT
from autograders.course.catalogue import STUDIES

FOLDER = ROOT / "lab" / "results"
DRAWS = range(100, 140)
"""The seeds of the draws; the notebooks' own pictures use others."""

DIGITS = 6  # kept of each value: more than the tables show


def text(assignment, draws=DRAWS, silent=True):
    """Return the JSON text of a notebook's results.

    Parameters
    ----------
    assignment : str
        One of the notebooks.
    draws : sequence of int
        The seeds on which every row is measured.
    silent : bool
        Whether to leave out the progress bar.
    """
    measured = measure(assignment, draws, silent)
    entries = []
    for name, study in STUDIES[assignment].items():
        head = {
            "setting": study.setting,
            "baseline": study.baseline,
            "compared": study.compared,
            "decimals": study.decimals,
            "about": list(study.about),
            "draws": list(draws),
        }
        lines = [f'  "{key}": {_json(value)}' for key, value in head.items()]
        rows = [
            f'   "{row}": {{\n'
            + ",\n".join(f'    "{column}": {_json(v)}' for column, v in columns.items())
            + "\n   }"
            for row, columns in measured[name].items()
        ]
        lines.append('  "values": {\n' + ",\n".join(rows) + "\n  }")
        entries.append(f' "{name}": {{\n' + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(entries) + "\n}\n"


def measure(assignment, draws, silent=True):
    """Measure a notebook's studies on some draws, several at once.

    Returns
    -------
    dict
        From table to row to column to the list of values, in the order of the draws.
    """
    tasks = [(assignment, name, seed) for name in STUDIES[assignment] for seed in draws]
    done = {}
    with (
        ProcessPoolExecutor(mp_context=get_context("spawn")) as pool,
        tqdm(total=len(tasks), unit="draw", desc=assignment, disable=silent) as bar,
    ):
        futures = {pool.submit(measure_draw, *task): task for task in tasks}
        for future in as_completed(futures):
            done[futures[future]] = future.result()
            bar.update()
    return {
        name: _collect([done[assignment, name, seed] for seed in draws])
        for name in STUDIES[assignment]
    }


def measure_draw(assignment, name, seed):
    """Measure every row of one table on one draw, on one core."""
    with threadpool_limits(1):
        return STUDIES[assignment][name].measure(seed)


def write(assignment, silent=False):
    """Write lab/results/<assignment>.json; return whether it changed."""
    path = FOLDER / f"{assignment}.json"
    new = text(assignment, silent=silent)
    if path.exists() and path.read_text(encoding="utf-8") == new:
        return False
    path.write_text(new, encoding="utf-8")
    return True


def _collect(rows_by_draw):
    """Turn one dict of rows a draw into lists of values, one entry a draw."""
    return {
        row: {
            column: [float(f"{rows[row][column]:.{DIGITS}g}") for rows in rows_by_draw]
            for column in columns
        }
        for row, columns in rows_by_draw[0].items()
    }


def _json(value):
    return json.dumps(value, ensure_ascii=False)
