"""The cells and sliders of the lessons beside another state's: ``python -m benchmarks.beside``.

``python -m benchmarks.beside TREE`` takes another state of the project with a `.venv` of its
own. Both states run the same filled notebooks, each in a process of its own and with its own
kit, in turn: a cell here, the same cell there. Shown are CPU times, which a busy machine
changes little, and ratios of what ran one right after the other. TREE is not changed.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from tqdm.auto import tqdm

from autograders import ROOT
from autograders.course.catalogue import EXERCISES
from lab.plots.text import table

ROUNDS = 3
CELLS = pathlib.Path(__file__).with_name("cells.py")
LEFT = shutil.ignore_patterns(".venv", ".git", "build", "demo", ".*_cache", "__pycache__")
HERE, THERE = "here", "there"
TITLE = "\n{assignment}: median CPU seconds, and the median of the ratios of neighbours in time"
HEADER = ["", "times", "here", "there", "here / there"]
SLIDER = "{cell}: a move"
MOMENT = 0.05  # seconds: what takes less is not listed
FAILED = "{state}: {order} fails: {error}"


class State:
    """One state of the project that runs one filled notebook."""

    def __init__(self, name, python, notebook):
        self.name = name
        self.process = subprocess.Popen(
            [python, str(CELLS), notebook.name],
            cwd=notebook.parent,
            env={**os.environ, "PYTHONPATH": str(notebook.parent)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin and self.process.stdout
        self.orders, self.answers = self.process.stdin, self.process.stdout
        self.cells = self._answer()["cells"]
        self.done = 0

    def ask(self, **order):
        """Have one order carried out; return what it took."""
        self.orders.write(json.dumps(order) + "\n")
        self.orders.flush()
        answer = self._answer()
        if answer["failed"]:
            raise SystemExit(FAILED.format(state=self.name, order=order, error=answer["failed"]))
        return answer

    def reach(self, cell):
        """Run the cells before one that only this state has."""
        at = self.cells.index(cell)
        for own in self.cells[self.done : at]:
            self.ask(cell=own)
        self.done = at + 1

    def close(self):
        """End the process."""
        self.orders.close()
        self.process.wait()
        self.answers.close()

    def _answer(self):
        return json.loads(self.answers.readline())


def filled(tree, folder):
    """Copy a state without its .venv, fill the copy's notebooks, return its Python and them."""
    shutil.copytree(tree, folder, ignore=LEFT)
    python = pathlib.Path(tree) / ".venv" / "bin" / "python"
    subprocess.run([python, "-m", "autograders", "fill"], cwd=folder, check=True)
    return python, folder / "build" / "filled"


def compare(assignment, made):
    """Run one notebook in both states in turn; yield the name of each thing and its seconds."""
    with contextlib.ExitStack() as stack:
        states = []
        for name, (python, folder) in made.items():
            notebook = folder / assignment / f"{assignment}.ipynb"
            states.append(State(name, python, notebook))
            stack.callback(states[-1].close)
        shared = [cell for cell in states[0].cells if cell in states[1].cells]
        count = 0
        for turn, cell in enumerate(tqdm(shared, desc=assignment, disable=not sys.stderr.isatty())):
            for state in states:
                state.reach(cell)
            said = in_turn(states, turn, cell=cell)
            yield cell, [answer["cpu"] for answer in said]
            for slider, positions in enumerate(said[0]["sliders"], start=count):
                for position in range(positions):
                    moved = in_turn(states, position, slider=slider, position=position)
                    yield SLIDER.format(cell=cell), [answer["cpu"] for answer in moved]
            count += len(said[0]["sliders"])


def in_turn(states, turn, **order):
    """Give both states the same order, each of them first every other time."""
    said = {state.name: state.ask(**order) for state in states[:: -1 if turn % 2 else 1]}
    return [said[state.name] for state in states]


def show(assignment, taken):
    """Print the medians of what takes longer than a moment, the slowest first."""
    rows = []
    for name, pairs in taken.items():
        here, there = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(mine / theirs for mine, theirs in pairs)
        if there > MOMENT:
            rows.append([name, str(len(pairs)), f"{here:.2f}", f"{there:.2f}", f"{ratio:.2f}"])
    print(TITLE.format(assignment=assignment))
    table(HEADER, sorted(rows, key=lambda row: -float(row[3])))


def main(arguments=None):
    """Print what every cell and every move of a slider takes here and in another state."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside", description=main.__doc__)
    parser.add_argument("tree", type=pathlib.Path, help="another state, with its .venv")
    parser.add_argument("assignments", nargs="*", default=list(EXERCISES))
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each notebook runs")
    options = parser.parse_args(arguments)
    trees = {HERE: ROOT, THERE: options.tree.absolute()}
    with tempfile.TemporaryDirectory() as folder:
        made = {name: filled(tree, pathlib.Path(folder) / name) for name, tree in trees.items()}
        for assignment in options.assignments:
            taken: dict = {}
            for _ in range(options.rounds):
                for name, pair in compare(assignment, made):
                    taken.setdefault(name, []).append(pair)
            show(assignment, taken)


if __name__ == "__main__":
    main()
