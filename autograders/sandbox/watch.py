"""Looking at a student's processes while they work: their time and their memory, all together."""

import time
from collections.abc import Callable

import psutil

from autograders.sandbox.session import Lost
from lab.judge.problems import Kind

LOOK_EVERY = 0.05  # seconds between two looks at processes that have not answered


class Tree:
    """The processes below one, and what they have used.

    Parameters
    ----------
    pid : int
        The process above all others.
    counted : bool
        Whether that one counts itself.
    shared : bool
        Whether the processes are forks: what they share, and what the largest of those
        that are there now has of its own, is none of theirs.
    """

    def __init__(self, pid: int, *, counted: bool, shared: bool) -> None:
        self._root, self._counted, self._shared = psutil.Process(pid), counted, shared
        self._before = max(map(self._memory, self.processes()), default=0) if shared else 0

    def processes(self) -> list[psutil.Process]:
        """Return those that there are."""
        try:
            found = self._root.children(recursive=True)
        except psutil.Error:
            return []
        return [self._root, *found] if self._counted else found

    def used(self) -> tuple[float, float]:
        """Return the processor seconds and the bytes of memory of all processes together."""
        seconds = memory = 0.0
        for process in self.processes():
            try:
                seconds += sum(process.cpu_times()[:4])  # with those of children that have ended
                memory += max(0, self._memory(process) - self._before)
            except psutil.Error:
                continue
        return seconds, memory

    def _memory(self, process: psutil.Process) -> int:
        try:
            found = process.memory_info()
        except psutil.Error:
            return 0
        return found.rss - found.shared if self._shared else found.rss


class Watch:
    """Looks at processes while one of them is working.

    Parameters
    ----------
    used : callable
        See `Tree.used`.
    memory : float
        How many bytes they may have together.
    seconds : float
        How long the work may take, as `autograders.sandbox.limits.Limits` counts time.
    """

    def __init__(
        self, used: Callable[[], tuple[float, float]], memory: float, seconds: float
    ) -> None:
        self._read, self._memory, self._seconds = used, memory, seconds
        self._start = self._looked = time.monotonic()
        self._used_before: float | None = None
        self._used = 0.0

    @property
    def spent(self) -> float:
        """The time used; a quick answer is not worth a look."""
        return max(self._used, (time.monotonic() - self._start) / 2)

    def look(self) -> None:
        """Raise `Lost` where the processes are over their limits."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY / 2:
            return
        self._looked = now
        seconds, memory = self._read()
        if self._used_before is None:
            self._used_before = seconds
        self._used = seconds - self._used_before
        if self.spent > self._seconds:
            raise Lost(Kind.NOT_IN_TIME, seconds=self._seconds)
        if memory > self._memory:
            raise Lost(Kind.TOO_MUCH_MEMORY, megabytes=self._memory / 1e6)
