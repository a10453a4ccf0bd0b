"""Whether the lessons say the same under another arithmetic: other kernels, processors, versions.

Equal code gives other last digits where another BLAS kernel adds up in another order, and where
NumPy computes `exp` or `log` with other instructions. So each way to compute that this machine has
runs the lessons and measures the first draws of the tables, and what is shown is compared with what
is stored. Other versions are tried by calling this with their Python.
"""

import functools
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
from importlib import metadata

import numpy as np

from autograders.authoring import outputs, results
from autograders.course import lesson
from lab.results import load

KERNELS = {"Haswell": {"avx2", "fma"}, "SkylakeX": {"avx512f", "avx512bw"}, "Prescott": {"sse3"}}
"""BLAS kernels, each with the instructions that it needs; OPENBLAS_CORETYPE chooses one."""

LEVELS = {
    "NumPy without AVX-512": re.compile("AVX512|X86_V4"),
    "NumPy without AVX2 and AVX-512": re.compile(""),
}
"""Which of NumPy's code for newer processors is not used; NPY_DISABLE_CPU_FEATURES names it."""

WAYS = (*KERNELS, *LEVELS)
"""The ways to compute that are compared."""

DRAWS = 4
KINDS = ("texts", "values", "cells")
HEADER = ("computed by", "texts that differ", "values that differ", "table cells that differ")


def lacks(way):
    """Return what a way to compute needs and this processor lacks."""
    if way in LEVELS:
        return set() if variables(way)["NPY_DISABLE_CPU_FEATURES"] else {"what it leaves out"}
    cpu = pathlib.Path("/proc/cpuinfo")
    if not cpu.exists():
        return KERNELS[way]
    flags = re.search(r"^flags\s*:(.*)$", cpu.read_text(), re.MULTILINE)
    have = set(flags[1].replace("pni", "sse3").split()) if flags else set()
    return KERNELS[way] - have


def variables(way):
    """Return the environment variables that choose a way to compute."""
    if way in KERNELS:
        return {"OPENBLAS_CORETYPE": way}
    left_out = [feature for feature in _features() if LEVELS[way].search(feature)]
    return {"NPY_DISABLE_CPU_FEATURES": " ".join(left_out)}


def in_turn(names):
    """Return every name with every way: first each name once, the ways in turn."""
    return [
        (name, WAYS[(position + turn) % len(WAYS)])
        for turn in range(len(WAYS))
        for position, name in enumerate(names)
    ]


@functools.cache
def _features():
    """Return what NumPy has code for beyond its least, and this processor, too."""
    code = "import json, numpy; print(json.dumps(numpy.show_config(mode='dicts')))"
    bare = {k: v for k, v in os.environ.items() if k != "NPY_DISABLE_CPU_FEATURES"}
    said = subprocess.run(
        [sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=True
    )
    return json.loads(said.stdout).get("SIMD Extensions", {}).get("found", [])


def run(assignments, draws=DRAWS):
    """Print what differs from what is stored, way by way; return 1 if a text or a cell does.

    Parameters
    ----------
    assignments : list of str
    draws : int
        How many of the stored draws are measured again; the cells of the tables are compared
        where it is all of them.
    """
    print(f"| {' | '.join(HEADER)} |\n|{'---|' * len(HEADER)}", flush=True)
    here = {way: variables(way) for way in WAYS if not lacks(way)} or {"as it comes": {}}
    differ = {}
    for way, chosen in here.items():
        made = [_elsewhere(assignment, draws, chosen) for assignment in assignments]
        texts, values, cells = ([line for each in made for line in each[kind]] for kind in KINDS)
        count = sum(each["count"] for each in made)
        whole = draws >= len(results.DRAWS)
        cells = cells if whole else []
        told = [f"{versions()}, {way}", f"{len(texts)}", f"{len(values)} of {count:,}"]
        print(f"| {' | '.join([*told, str(len(cells)) if whole else '–'])} |", flush=True)
        differ[way] = texts + cells
        for line in (*texts, *values, *cells):
            print(f"{way}: {line}", file=sys.stderr, flush=True)
    return int(any(differ.values()))


def versions():
    """Return in words what computes here."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "scikit-learn"))
    return f"{platform.machine()}, Python {platform.python_version()}, {packages}"


def _elsewhere(assignment, draws, variables):
    """Compare in a process of its own, whose libraries are loaded with other variables."""
    code = f"from {__name__} import compare; compare({assignment!r}, {draws!r})"
    made = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(made.stdout.splitlines()[-1])


def compare(assignment, draws):
    """Print, as JSON, which texts, values and cells of tables differ from what is stored."""
    with tempfile.TemporaryDirectory() as folder:
        finished = outputs.run(outputs.fill(assignment, pathlib.Path(folder)))
    stored = lesson.read(lesson.path(assignment))
    columns = list(_columns(load(assignment), results.measure(assignment, results.DRAWS[:draws])))
    print(
        json.dumps(
            {
                "texts": changed(assignment, stored, finished),
                "values": [line for column in columns for line in moved(*column)],
                "cells": [line for column in columns for line in moved_cell(*column)],
                "count": sum(len(again) for _, _, again, _ in columns),
            }
        )
    )


def changed(assignment, stored, finished):
    """Return in words where a run notebook shows another text than is stored."""
    before, after = outputs.shown(stored), outputs.shown(finished)
    return [
        f"{assignment}, {cell}: {_first(str(before[cell]), str(after[cell]))}"
        for cell in before
        if before[cell] != after[cell]
    ]


def _first(one, other):
    """Return the lines in which two texts first differ."""
    lines = zip(one.split("\\n"), other.split("\\n"), strict=False)
    return next((f"{a!r} became {b!r}" for a, b in lines if a != b), "in its length")


def _columns(tables, again):
    """Yield where each column of each row stands, its values before and again, its decimals."""
    for name, table in tables.items():
        for row, columns in again[name].items():
            for column, decimals in table.decimals.items():
                stored = table.values[row][column]
                yield f"{name}, {row}, {column}", stored, columns[column], decimals


def moved(where, stored, again, decimals):
    """Return in words which values are others when they are rounded as their table shows them."""
    shown = [
        (f"{there:.{decimals}f}", f"{here:.{decimals}f}")
        for there, here in zip(stored, again, strict=False)
    ]
    return [
        f"{where}, draw {results.DRAWS[position]}: {there} became {here}"
        for position, (there, here) in enumerate(shown)
        if there != here
    ]


def moved_cell(where, stored, again, decimals):
    """Return in words whether mean or standard deviation over all draws are others as shown."""
    if len(again) < len(stored):
        return []
    there, here = (
        f"{np.mean(values):.{decimals}f} ± {np.std(values, ddof=1):.{decimals}f}"
        for values in (stored, again)
    )
    return [f"{where}: {there} became {here}"] if there != here else []
