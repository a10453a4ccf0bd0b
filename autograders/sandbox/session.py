"""A student's notebook while it is graded: its process, its time, and what to do when it dies."""

from collections.abc import Callable
from typing import Any, Protocol, Self

from nbformat import NotebookNode

from autograders.sandbox import sanitize
from autograders.sandbox.limits import Limits
from lab.judge.ask import Stopped
from lab.judge.problems import Kind, Problem, found
from lab.phrases import phrase

LEFT_OUT = (
    "This cell was left out when grading: {reason}. "
    "The kernel was started again and the cells before it were run again."
)
LEFT_OUT_UNRUN = "This cell was not run when grading: {reason}."


class Lost(Exception):
    """The student's process is gone, or had to be ended; `problem` says why."""

    def __init__(self, kind: Kind, **fields: Any) -> None:
        self.problem = found(kind, **fields)
        super().__init__(phrase(self.problem))


class OwnFault(Exception):
    """Our own side failed, so nothing can be said of the hand-in; the message says how."""


class Process(Protocol):
    """A student's process: its notebook's cells run in it, and its functions answer.

    Attributes
    ----------
    spent : float
        The time that it has used, in seconds as `Limits` counts them.
    """

    spent: float

    def run(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run a cell as Jupyter does; return its outputs as nbformat has them.

        Raises
        ------
        Lost
            If the process is gone, or is over its limits.
        OwnFault
            Where it is not the student's process that failed.
        """

    def ask(self, question: bytes, seconds: float) -> bytes:
        """Return the answer to a packed question; see `lab.judge.answer`. It raises as `run`."""

    def close(self) -> None:
        """End the process and all that it started."""


class Session:
    """Runs cells and asks functions, in one process after the other if need be.

    Parameters
    ----------
    launch : callable
        ``launch()`` starts a student's `Process`.
    limits : Limits
    """

    def __init__(self, launch: Callable[[], Process], limits: Limits) -> None:
        self._launch, self._limits = launch, limits
        self._process: Process | None = None
        self._ran: list[str] = []
        self._spent_before = 0.0
        self._lost: Problem | None = None

    @property
    def spent(self) -> float:
        """The time used so far, in seconds."""
        return self._spent_before + (self._process.spent if self._process else 0.0)

    def run(self, source: str) -> list[NotebookNode]:
        """Run a cell; return its outputs, or one that says why it was left out."""
        words = LEFT_OUT_UNRUN
        try:
            process, seconds = self._ready(), self._seconds(self._limits.cell)
            words = LEFT_OUT
            found = process.run(source, seconds)
        except Lost as lost:
            self._end()
            return sanitize.outputs([_note(words.format(reason=lost))])
        self._ran.append(source)
        return sanitize.outputs(found)

    def begin(self) -> None:
        """Begin another exercise: one that cost the process costs no other one."""
        self._lost = None

    def ask(self, question: bytes) -> bytes:
        """Return the answer to a packed question.

        Raises
        ------
        Stopped
            If the process did not answer, or did not at an earlier question of the exercise.
        """
        if self._lost is None:
            try:
                return self._ready().ask(question, self._seconds(self._limits.call))
            except Lost as lost:
                self._end()
                self._lost = lost.problem
        raise Stopped(self._lost)

    def close(self) -> None:
        """End the process and all that it started."""
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _seconds(self, most: float) -> float:
        left = self._limits.notebook - self.spent
        if left <= 0:
            raise Lost(Kind.NO_TIME_LEFT, seconds=self._limits.notebook)
        return min(most, left)

    def _ready(self) -> Process:
        """Return the process, started again with the cells that ran before where it is gone."""
        self._seconds(1.0)
        if self._process is None:
            self._process = self._launch()
            again, self._ran = self._ran, []
            for source in again:
                try:
                    self._process.run(source, self._seconds(self._limits.cell))
                except Lost:  # it ran before, so this is bad luck or bad will: leave it out
                    self._end()
                    self._ran += again[len(self._ran) + 1 :]
                    return self._ready()
                self._ran.append(source)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            self._spent_before += process.spent
            process.close()


def _note(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}
