"""The cells of one notebook, run in a box, in one process after the other if need be."""

from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode, from_dict

from autograders.sandbox.limits import Limits
from autograders.sandbox.plain import PlainProcess
from autograders.sandbox.session import Lost

NO_LIMIT = 24 * 60 * 60.0  # seconds, where the course sets none
LOST = "HandInLost"
SAYS = "{reason}. The cells before it were run again for those that follow."
UNRUN = "The cells before it took more than {seconds:.0f} seconds, so this one was not run."
SKIP = "skip-execution"
"""The tag of cells that a kernel leaves out."""


class Running:
    """Runs a notebook's cells as nbgrader does; what ends its process costs one cell.

    Parameters
    ----------
    launch : callable
        ``launch()`` starts a process with the notebook's files.
    limits : Limits
        `notebook` counts: the seconds of all cells together.
    """

    def __init__(self, launch: Callable[[], PlainProcess], limits: Limits) -> None:
        self._launch, self._limits = launch, limits
        self._process: PlainProcess | None = None
        self._ran: list[tuple[str, float]] = []
        self._before = 0.0  # seconds of the processes that are gone

    @property
    def spent(self) -> float:
        """The seconds that all cells have used so far."""
        return self._before + (self._process.spent if self._process else 0.0)

    def run(self, notebook: NotebookNode, timeout: float | None) -> None:
        """Run all code cells in order and write their outputs.

        Parameters
        ----------
        notebook : NotebookNode
        timeout : float or None
            The seconds that one cell may take.
        """
        try:
            number = 0
            for cell in notebook.cells:
                if cell.cell_type == "code" and cell.source.strip() and not _skipped(cell):
                    number += 1
                    cell.execution_count = number
                    cell.outputs = _numbered(self._cell(cell.source, timeout or NO_LIMIT), number)
        finally:
            self._end()

    def _cell(self, source: str, seconds: float) -> list[dict[str, Any]]:
        if self.spent > self._limits.notebook:
            return [_error(UNRUN.format(seconds=self._limits.notebook))]
        try:
            found = self._ready().cell(source, min(seconds, self._limits.notebook))
        except Lost as lost:
            self._end()
            return [_error(SAYS.format(reason=lost))]
        self._ran.append((source, seconds))
        return found

    def _ready(self) -> PlainProcess:
        """Return the process, started again with the cells that ran before where it is gone."""
        while self._process is None:
            self._process = self._launch()
            again, self._ran = self._ran, []
            for number, (source, seconds) in enumerate(again):
                try:
                    self._process.cell(source, seconds)
                except Lost:  # it ran before: bad luck or bad will
                    self._end()
                    self._ran += again[number + 1 :]
                    break
                self._ran.append((source, seconds))
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            self._before += process.spent
            process.close()


def _skipped(cell: NotebookNode) -> bool:
    """Tell whether a cell is left out; a student's tag on a cell of the release counts for nothing.

    A test that is not run gives all its points.
    """
    tagged = SKIP in cell.metadata.get("tags", [])
    return tagged and "nbgrader" not in cell.metadata


def _numbered(outputs: list[dict[str, Any]], number: int) -> list[NotebookNode]:
    """Return outputs as a kernel gives them, of whatever came out of the box."""
    made = []
    for each in outputs:
        output = _whole(each)
        if output is not None:
            if output["output_type"] == "execute_result":
                output["execution_count"] = number
            made.append(from_dict(output))
    return made


def _whole(output: Any) -> dict[str, Any] | None:
    """Return an output with the fields of its kind, or None for what is none."""
    kind = output.get("output_type") if isinstance(output, dict) else None
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        frames = output.get("traceback")
        lines = [_text(line) for line in frames] if isinstance(frames, list) else []
        told = {name: _text(output.get(name)) for name in ("ename", "evalue")}
        return {"output_type": kind, **told, "traceback": lines}
    if kind in ("display_data", "execute_result"):
        data = output.get("data")
        texts = {k: v for k, v in data.items() if _are_text(k, v)} if isinstance(data, dict) else {}
        about = output.get("metadata")
        metadata = about if isinstance(about, dict) else {}
        return {"output_type": kind, "data": texts, "metadata": metadata}
    return None


def _are_text(kind: Any, value: Any) -> bool:
    return isinstance(kind, str) and isinstance(value, str)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _error(says: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": LOST, "evalue": says, "traceback": [f"{LOST}: {says}"]}
