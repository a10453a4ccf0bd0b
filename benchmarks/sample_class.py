"""A class of any size for the benchmarks: right, wrong and broken hand-ins, as after Run All.

Right are the reference's answers and those in other words; wrong are the listed mistakes,
what was left out and what was left untouched; broken are files and cells that stop a grader.
"""

import itertools
import os
import pathlib
import random
import shutil
from dataclasses import dataclass

from nbformat import v4

from autograders import ROOT, Refused, sample
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES

ROOMS = ("notebooks", "lab", "source_ref", "autograders", "nbgrader_config.py")
RIGHT, WRONG, BROKEN = "right", "wrong", "broken"
MADE = (
    *("all right", "known mistake", "all right", "other words", "known mistake"),
    *("all right", "known mistake", "left out", "scratch cell stops", BROKEN),
)
"""What ten hand-ins of an assignment are, in turn."""
SORTS = {"known mistake": WRONG, "left out": WRONG, BROKEN: BROKEN}


@dataclass(frozen=True)
class HandIn:
    """One hand-in: whose, of which assignment, its sort (right, wrong, broken), what it is."""

    student: str
    name: str
    sort: str
    says: str


def course(folder, source=ROOT):
    """Copy the course's rooms into a new folder, in which its commands can run."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    for room in (*ROOMS, "build/fonts"):
        if (source / room).is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source / room, folder / room, ignore=ignore)
        elif (source / room).exists():
            shutil.copy(source / room, folder)
    return folder


def hand_in(folder, count, seed=1):
    """Hand in `count` notebooks, spread over the assignments; return what was handed in.

    Parameters
    ----------
    folder : pathlib.Path
        A course in which all assignments have been released.
    count : int
    seed : int
        Of which mistakes and which other words there are.

    Returns
    -------
    list of HandIn
    """
    chosen = random.Random(seed)
    ways = {name: _Ways(name, chosen) for name in EXERCISES}
    broken = itertools.cycle(BREAKS.items())
    made = []
    for number in range(count):
        position, name = number // len(EXERCISES), [*EXERCISES][number % len(EXERCISES)]
        # each assignment begins elsewhere, so that a small class has all sorts, too
        says = MADE[(position + 3 * (number % len(EXERCISES))) % len(MADE)]
        student = f"student-{position + 1:04}"
        if says == BROKEN:
            says, spoil = next(broken)
            sample.hand_in(folder, student, name, ways[name].change("all right")[1])
            spoil(folder / "submitted" / student / name / f"{name}.ipynb")
            made.append(HandIn(student, name, BROKEN, says))
            continue
        what, change = ways[name].change(says)
        sample.hand_in(folder, student, name, change)
        made.append(HandIn(student, name, SORTS.get(says, RIGHT), what))
    return made


def without_explore(folder, target):
    """Copy a course with its hand-ins, and take the explore cells out of these."""
    shutil.copytree(folder, target)
    for file in sorted((target / "submitted").glob("*/*/*.ipynb")):
        try:
            notebook = lesson.read(file)
        except Refused:  # a broken one stays as it is
            continue
        notebook.cells = [cell for cell in notebook.cells if not lesson.is_explore(cell)]
        file.write_text(lesson.text(notebook), encoding="utf-8")
    return target


class _Ways:
    """The answers that there are to an assignment, in a shuffled order."""

    def __init__(self, name, chosen):
        self._name = name
        self._right = {each: reference.source(name, each) for each in catalogue.functions(name)}
        self._seen = {cell.id: cell.get("outputs") for cell in lesson.original(name).cells}
        mistakes = [(e.name, m) for e in EXERCISES[name] for m in e.mistakes]
        others = [(e.name, other) for e in EXERCISES[name] for other in e.right]
        chosen.shuffle(mistakes)
        chosen.shuffle(others)
        self._mistakes, self._others = itertools.cycle(mistakes), itertools.cycle(others)
        self._omitted = itertools.cycle([1, len(self._right)])

    def change(self, says):
        """Return what the next hand-in of a kind is, and a change of the release into it."""
        answers, first = dict(self._right), None
        if says == "known mistake":
            function, mistake = next(self._mistakes)
            answers[function] = stubs.changed(answers[function], mistake.change)
            says = f"{function}: {mistake.name}"
        elif says == "other words":
            function, other = next(self._others)
            answers[function] = stubs.changed(answers[function], other)
        elif says == "left out":
            for _ in range(next(self._omitted)):
                answers.popitem()
            says = says if answers else "untouched"
        elif says == "scratch cell stops":
            first = v4.new_code_cell("1 / 0  # a scratch cell that was forgotten")
        return says, self._answering(answers, first)

    def _answering(self, answers, first):
        def change(notebook, name):
            notebook.cells = lesson.filled(notebook, name, answers).cells
            for cell in notebook.cells:
                if answers and lesson.grade_id(cell).startswith("written_"):
                    cell.source = catalogue.content("sample").WRITTEN_ANSWER
                if answers and lesson.is_explore(cell):
                    cell.outputs = self._seen.get(cell.id) or []
            if first:
                notebook.cells.insert(2, first)

        return change


def _cut_off(file):
    """An upload that stopped half way."""
    os.truncate(file, file.stat().st_size // 2)


def _another_kind(file):
    """A picture under the notebook's name."""
    file.write_bytes(b"\x89PNG\r\n\x1a\n" * 1000)


def _with_last_cell(source):
    def spoil(file):
        notebook = lesson.read(file)
        notebook.cells.append(v4.new_code_cell(source))
        file.write_text(lesson.text(notebook), encoding="utf-8")

    return spoil


def _syntax_error(file):
    notebook = lesson.read(file)
    first = next(
        cell for cell in notebook.cells if lesson.grade_id(cell) in catalogue.functions(file.stem)
    )
    first.source = first.source.replace("):", ")", 1)
    file.write_text(lesson.text(notebook), encoding="utf-8")


BREAKS = {
    "cut off half way": _cut_off,
    "kernel ends in the last cell": _with_last_cell("import os\n\nos._exit(1)"),
    "a function with a syntax error": _syntax_error,
    "a picture, no notebook": _another_kind,
    "a flood of output": _with_last_cell('print("x" * 100_000)'),
}
