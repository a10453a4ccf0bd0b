"""What the gradebook knows of an assignment, read once for a class, and asked as a gradebook is."""

import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Self

from nbgrader.api import Gradebook, MissingEntry

PYTHON = "python"


@dataclass(frozen=True)
class KnownCell:
    """A cell of the release, with the attributes that nbgrader's own has."""

    name: str
    cell_type: str
    source: str
    locked: bool
    checksum: str


@dataclass(frozen=True)
class KnownNotebook:
    """A notebook of the release, with the attributes that nbgrader's own has."""

    name: str
    kernelspec: str | None
    source_cells: tuple[KnownCell, ...]
    points: dict[str, float]
    solutions: frozenset[str]
    tasks: dict[str, float]

    @property
    def grade_cells(self) -> list[SimpleNamespace]:
        """The cells with points that nbgrader tests, or a person marks."""
        return [SimpleNamespace(name=name, max_score=most) for name, most in self.points.items()]

    @property
    def task_cells(self) -> list[SimpleNamespace]:
        """The cells that set a task."""
        return [SimpleNamespace(name=name, max_score=most) for name, most in self.tasks.items()]

    @property
    def solution_cells(self) -> list[SimpleNamespace]:
        """The cells that students write in."""
        return [SimpleNamespace(name=name) for name in sorted(self.solutions)]

    @property
    def language(self) -> str:
        """The language of the kernel that it asks for, as far as it says one."""
        try:
            asked = json.loads(self.kernelspec or "{}") or {}
        except ValueError:
            return PYTHON
        name = str(asked.get("name", PYTHON)).lower()
        known = str(asked.get("language", "")).lower()
        return known or (PYTHON if name.startswith(PYTHON) else name)


def read(gradebook: Gradebook, assignment: str) -> dict[str, KnownNotebook]:
    """Return what a gradebook knows of an assignment's notebooks, by their names.

    Raises
    ------
    MissingEntry
        If it knows no such assignment.
    """
    return {each.name: _notebook(each) for each in gradebook.find_assignment(assignment).notebooks}


def _notebook(notebook: Any) -> KnownNotebook:
    cells = tuple(
        KnownCell(each.name, each.cell_type, each.source, each.locked, each.checksum)
        for each in notebook.source_cells
    )
    return KnownNotebook(
        notebook.name,
        notebook.kernelspec,
        cells,
        {each.name: each.max_score for each in notebook.grade_cells},
        frozenset(each.name for each in notebook.solution_cells),
        {each.name: each.max_score for each in notebook.task_cells},
    )


@dataclass
class Scores:
    """What came of one notebook.

    Attributes
    ----------
    scores : dict of str to (float or None)
        For each cell with points; None waits for a person.
    comments : dict of str to (str or None)
        For each cell that a student writes in, nbgrader's own remark.
    """

    scores: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)


class Book:
    """Answers nbgrader's own steps in a gradebook's place, for one notebook of one hand-in.

    Parameters
    ----------
    notebook : KnownNotebook
    """

    def __init__(self, notebook: KnownNotebook) -> None:
        self._notebook = notebook
        self._cells = {each.name: each for each in notebook.source_cells}
        self._grades: dict[str, SimpleNamespace] = {}
        self._comments: dict[str, SimpleNamespace] = {}
        self.db = SimpleNamespace(commit=lambda: None)

    def __deepcopy__(self, _: object) -> Self:
        """Return the same one: an exporter copies what its steps are given."""
        return self

    def find_notebook(self, *_: str) -> KnownNotebook:
        """Return the notebook."""
        return self._notebook

    def find_source_cell(self, name: str, *_: str) -> KnownCell:
        """Return a cell of the release; raise MissingEntry where there is none."""
        return _found(self._cells, name)

    def find_graded_cell(self, name: str, *_: str) -> SimpleNamespace:
        """Return a cell with points."""
        most = _found({**self._notebook.points, **self._notebook.tasks}, name)
        return SimpleNamespace(name=name, max_score=most)

    def find_grade(self, name: str, *_: str) -> SimpleNamespace:
        """Return what takes the score of a cell."""
        _found({**self._notebook.points, **self._notebook.tasks}, name)
        made = SimpleNamespace(auto_score=None, manual_score=None, needs_manual_grade=False)
        return self._grades.setdefault(name, made)

    def find_comment(self, name: str, *_: str) -> SimpleNamespace:
        """Return what takes the remark on a cell."""
        if name not in self._notebook.solutions and name not in self._notebook.tasks:
            raise MissingEntry(name)
        return self._comments.setdefault(name, SimpleNamespace(auto_comment=None))

    @property
    def scores(self) -> Scores:
        """What nbgrader's steps have put in."""
        return Scores(
            {name: each.auto_score for name, each in self._grades.items()},
            {name: each.auto_comment for name, each in self._comments.items()},
        )


def _found(entries: dict[str, Any], name: str) -> Any:
    if name not in entries:
        raise MissingEntry(name)
    return entries[name]
