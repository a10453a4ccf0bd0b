"""Looking at a student's processes while they work: their time and their memory, all together."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator

import psutil

from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Lost
from lab.judge.problems import Kind

LOOK_EVERY = 0.05  # seconds between two looks at processes that have not answered
READ_AFTER = 0.5  # seconds of quick answers, one after the other


CHILDREN = os.path.exists(f"/proc/self/task/{os.getpid()}/children")
"""Whether the kernel tells which children a process has; else all processes are looked at."""


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
        self._known: dict[int, psutil.Process] = {}
        self._before = max(map(self._memory, self.processes()), default=0) if shared else 0

    def processes(self) -> list[psutil.Process]:
        """Return those that there are."""
        try:
            found = self._below()
        except psutil.Error:
            return []
        return [self._root, *found] if self._counted else found

    def _below(self) -> list[psutil.Process]:
        if not CHILDREN:
            return self._root.children(recursive=True)
        known, self._known = self._known, {}
        for pid in _children(self._root.pid):
            with contextlib.suppress(psutil.Error):
                self._known[pid] = known.get(pid) or psutil.Process(pid)
        return [*self._known.values()]

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


def _children(pid: int) -> Iterator[int]:
    """Yield the numbers of the processes below one."""
    with contextlib.suppress(OSError):  # it has ended meanwhile
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children") as file:
                children = [int(child) for child in file.read().split()]
            for child in children:
                yield child
                yield from _children(child)


class Watch:
    """Looks at processes while one of them is working, request by request.

    Only time on the processor counts, which does not depend on what else the machine does.

    Parameters
    ----------
    used : callable
        See `Tree.used`.
    limits : Limits

    Attributes
    ----------
    spent : float
        The seconds that they have used since the first look.
    """

    def __init__(self, used: Callable[[], tuple[float, float]], limits: Limits) -> None:
        self._read, self._limits = used, limits
        self.spent = 0.0
        self._first: float | None = None
        self._unread = 0.0  # seconds of work since the last look
        self.begin(0.0)

    def begin(self, seconds: float) -> None:
        """Begin a request that may take so many seconds, as `Limits` counts time."""
        self._seconds = seconds
        self._start = self._looked = time.monotonic()
        self._before: float | None = None

    def end(self) -> None:
        """End a request; quick ones are read together, since a look takes longer than they."""
        self._unread += time.monotonic() - self._looked
        if self._unread > READ_AFTER:
            self.read()

    def look(self) -> None:
        """Raise `Lost` where the processes are over their limits."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY / 2:
            return
        memory = self.read()
        if self._before is None:
            self._before = self.spent
        if self.spent - self._before > self._seconds:
            raise Lost(Kind.NOT_IN_TIME, seconds=self._seconds)
        if now - self._start > self._limits.patience * self._seconds:
            raise Lost(Kind.NOT_IN_TIME, seconds=self._limits.patience * self._seconds)
        if memory > self._limits.memory:
            raise Lost(Kind.TOO_MUCH_MEMORY, megabytes=self._limits.memory / 1e6)

    def read(self) -> float:
        """Read what has been used; return the bytes of memory."""
        self._looked, self._unread = time.monotonic(), 0.0
        seconds, memory = self._read()
        if self._first is None:
            self._first = seconds
        # what a process has used that has just ended may be missing for a moment
        self.spent = max(self.spent, seconds - self._first)
        return memory
