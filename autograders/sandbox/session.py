"""A student's notebook while it is graded: its process, its time, and what to do when it dies."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, Self

from nbformat import NotebookNode

from autograders.sandbox import sanitize
from autograders.sandbox.limits import Limits
from lab.judge.ask import Stopped
from lab.judge.problems import Kind, Problem, found
from lab.language import Message
from lab.phrases import phrase

LEFT_OUT = Message(
    "This cell was left out when grading: {reason}. "
    "The kernel was started again and the cells before it were run again."
)
LEAST = 1.0  # seconds; with fewer no cell aside is begun
QUICK = 0.1  # seconds; what defines something takes less
LEFT_OUT_UNRUN = Message("This cell was not run when grading: {reason}.")


class Lost(Exception):
    """The student's process is gone, or had to be ended; `problem` says why."""

    def __init__(self, kind: Kind, **fields: Any) -> None:
        self.problem = found(kind, **fields)
        super().__init__(phrase(self.problem))


class OwnFault(Exception):
    """Our own side failed, so nothing can be said of the hand-in; the message says how."""


class Process(Protocol):
    """A student's process: its notebook's cells run in it, and its functions answer."""

    @property
    def spent(self) -> float:
        """The time that it has used, in seconds as `Limits` counts them."""

    def run(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run a cell as Jupyter does; return its outputs as nbformat has them.

        Raises
        ------
        Lost
            If the process is gone, or is over its limits.
        OwnFault
            Where it is not the student's process that failed.
        """

    def ask(self, question: bytes, seconds: float) -> bytes | bytearray:
        """Return the answer to a packed question; see `lab.judge.answer`. It raises as `run`."""

    def close(self) -> None:
        """End the process and all that it started."""


class Budget:
    """What a part of a notebook may take, and has taken: on the processor, and on the clock.

    Parameters
    ----------
    seconds : float
        On the processor.
    patience : float
        How many times as long it may take on the clock.
    """

    def __init__(self, seconds: float, patience: float) -> None:
        self._seconds, self._patience = seconds, patience
        self.spent = self._waited = 0.0

    def take(self, spent: float, waited: float) -> None:
        """Count what a request has taken."""
        self.spent += spent
        self._waited += waited

    def left(self, least: float = 0.0) -> float:
        """Return how much processor time there is left.

        Raises
        ------
        Lost
            Where it is no more than `least`, or the clock has run down.
        """
        for most, used in (
            (self._seconds, self.spent),
            (self._seconds * self._patience, self._waited),
        ):
            if most - used <= least:
                raise Lost(Kind.NO_TIME_LEFT, seconds=most)
        return self._seconds - self.spent


@dataclass(frozen=True)
class _Ran:
    """A cell that ran to its end, and the seconds it took."""

    source: str
    aside: bool
    took: float


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
        self._ran: list[_Ran] = []
        self._exercises = Budget(limits.notebook, limits.patience)
        self._aside = Budget(limits.aside, limits.patience)
        self._lost: Problem | None = None

    @property
    def spent(self) -> float:
        """The time used so far for the exercises, in seconds."""
        return self._exercises.spent

    def run(self, source: str, aside: bool = False) -> list[NotebookNode]:
        """Run a cell; return its outputs, or one that says why it was left out.

        Parameters
        ----------
        source : str
        aside : bool
            Whether it holds no exercise: then it takes no time from them.
        """
        words = LEFT_OUT_UNRUN
        try:
            process, seconds = self._ready(), self._seconds(aside)
            words = LEFT_OUT
            found = self._run(process, source, seconds, aside)
        except Lost as lost:
            if words == LEFT_OUT:
                self._end()
            return sanitize.outputs([_note(words.format(reason=lost))])
        return sanitize.outputs(found)

    def begin(self) -> None:
        """Begin another exercise: one that cost the process costs no other one."""
        self._lost = None

    def ask(self, question: bytes) -> bytes | bytearray:
        """Return the answer to a packed question.

        Raises
        ------
        Stopped
            If the process did not answer, or did not at an earlier question of the exercise.
        """
        if self._lost is None:
            try:
                process = self._ready()
                seconds = min(self._limits.call, self._exercises.left())
                with self._counted(process, self._exercises):
                    return process.ask(question, seconds)
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

    def _run(
        self, process: Process, source: str, seconds: float, aside: bool
    ) -> list[dict[str, Any]]:
        before = process.spent
        with self._counted(process, self._aside if aside else self._exercises):
            found = process.run(source, seconds)
        self._ran.append(_Ran(source, aside, process.spent - before))
        return found

    def _seconds(self, aside: bool) -> float:
        """Return how long a cell may take.

        Of the time for cells aside one takes no more than half of what is left: after some that
        never end there is still enough for one that others need.
        """
        if aside:
            return min(self._limits.cell, self._aside.left(LEAST) / 2)
        return min(self._limits.cell, self._exercises.left())

    @contextlib.contextmanager
    def _counted(self, process: Process, budget: Budget) -> Iterator[None]:
        spent, start = process.spent, time.monotonic()
        try:
            yield
        finally:
            budget.take(process.spent - spent, time.monotonic() - start)

    def _ready(self) -> Process:
        """Return the process, started again with the cells that ran before where it is gone."""
        self._exercises.left()
        if self._process is None:
            start = time.monotonic()
            self._process = self._launch()
            self._aside.take(0.0, time.monotonic() - start)
            again, self._ran = self._ran, []
            for number, cell in enumerate(again):
                if cell.aside and cell.took > self._most_again():
                    continue
                try:
                    seconds = max(LEAST, 2 * cell.took) if cell.aside else self._seconds(False)
                    self._run(self._process, cell.source, seconds, cell.aside)
                except Lost:  # it ran before, so this is bad luck or bad will: leave it out
                    self._end()
                    self._ran += again[number + 1 :]
                    return self._ready()
        return self._process

    def _most_again(self) -> float:
        """Return the time that a cell aside may have taken to run again: others may need it."""
        return max(QUICK, (self._limits.aside - self._aside.spent) / 4)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()


def _note(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}
