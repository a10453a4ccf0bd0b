"""nbgrader's own steps over a notebook, with a box for its kernel and no gradebook behind them.

What they decide is theirs: which cells are restored, what an output is worth. Three of nbgrader's
faults, by which one cell of one student costs all scores, are mended.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    DeduplicateIds,
    Execute,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from traitlets.config import Config

Made = tuple[NotebookNode, dict[str, Any]]
BOOK, RUN = "book", "run"
"""Where in the resources of a notebook the gradebook's stand-in is, and what runs its cells."""


def _steps(cls: Any, step: Any, nb: NotebookNode, resources: dict[str, Any]) -> Made:
    """Do what a class of nbgrader's does with each cell, with the stand-in for its gradebook."""
    names = resources["nbgrader"]
    step.notebook_id, step.assignment_id = names["notebook"], names["assignment"]
    step.student_id, step.gradebook = names["student"], names[BOOK]
    made: Made = super(cls, step).preprocess(nb, resources)
    return made


class Kernelspec(OverwriteKernelspec):
    """Gives the notebook the kernel of the release."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Made:
        """Write the release's kernel into the notebook, where it names one."""
        kernelspec = json.loads(resources["nbgrader"][BOOK].find_notebook().kernelspec or "null")
        if kernelspec:
            nb.metadata["kernelspec"] = kernelspec
        return nb, resources


class Overwrite(OverwriteCells):
    """Restores what the release says of its cells."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Made:
        """Restore each cell, and add those that are missing where the course wants it."""
        nb, resources = _steps(OverwriteCells, self, nb, resources)
        if self.add_missing_cells:
            nb, resources = self.add_missing_grade_cells(nb, resources)
            nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


class Save(SaveAutoGrades):
    """Reads the scores out of the outputs."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Made:
        """Put scores and remarks into the stand-in."""
        return _steps(SaveAutoGrades, self, nb, resources)


class Check(CheckCellMetadata):
    """Holds the cells to nbgrader's form, and lets go of those that are no cells of the release.

    nbgrader leaves a copied cell, or one of another assignment, in a form that it refuses then:
    the copy with all hand-ins that follow it.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Made:
        """Check the notebook; see `CheckCellMetadata`."""
        for cell in nb.cells:
            if "grade_id" not in cell.metadata.get("nbgrader", {"grade_id": ""}):
                del cell.metadata["nbgrader"]
        return super().preprocess(nb, resources)


class Deduplicate(DeduplicateIds):
    """Lets each name stand once, the last; cells without one are let go of."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Made:
        """See `DeduplicateIds`."""
        for cell in nb.cells:
            if "grade_id" not in cell.metadata.get("nbgrader", {"grade_id": ""}):
                del cell.metadata["nbgrader"]
        nb, resources = super().preprocess(nb, resources)
        for cell in nb.cells:
            if cell.metadata.get("nbgrader") == {}:
                del cell.metadata["nbgrader"]
        return nb, resources


class Boxed(Execute):
    """Runs the cells in a box; the settings are those of `Execute`."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any], km: Any = None) -> Made:
        """Run all code cells in order and write their outputs."""
        run: Callable[[NotebookNode, float | None], None] = resources["nbgrader"][RUN]
        run(nb, self.timeout if self.timeout and self.timeout > 0 else None)
        return nb, resources


class Nothing(NbGraderPreprocessor):
    """Stands for what is done when the scores are saved."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Made:
        """Leave the notebook as it is."""
        return nb, resources


OURS: dict[type, type] = {
    OverwriteKernelspec: Kernelspec,
    OverwriteCells: Overwrite,
    SaveAutoGrades: Save,
    CheckCellMetadata: Check,
    DeduplicateIds: Deduplicate,
    Execute: Boxed,
    AssignLatePenalties: Nothing,
}
"""What stands for each of nbgrader's own; a course's own steps stay as they are."""


def done(
    nb: NotebookNode,
    steps: Sequence[type],
    config: Config,
    names: dict[str, Any],
    boxed: bool = True,
) -> str:
    """Return a notebook, as the text of a file, after some of nbgrader's steps.

    Parameters
    ----------
    nb : NotebookNode
    steps : sequence of type
        nbgrader's own, or a course's.
    config : traitlets.config.Config
        The course's settings.
    names : dict
        student, assignment, notebook and folder; db_url for a course's own steps; `BOOK`, `RUN`.
    boxed : bool
        Whether the cells run in a box; nbgrader's kernel runs them otherwise.
    """
    exporter = NotebookExporter(config=config)
    exporter._preprocessors = []
    for step in steps:
        ours = step if step is Execute and not boxed else OURS.get(step, step)
        exporter.register_preprocessor(ours)
    resources = {"nbgrader": names, "metadata": {"path": names["folder"]}}
    resources["unique_key"] = names["notebook"]
    text: str = exporter.from_notebook_node(nb, resources)[0]
    return text


def left_alone(steps: Sequence[type]) -> bool:
    """Tell whether a course runs cells by a step of its own making."""
    return any(issubclass(each, Execute) and each is not Execute for each in steps)
