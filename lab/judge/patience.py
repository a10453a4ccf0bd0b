"""How long a call may take, where nobody outside the process ends it.

A thread watches the clock and raises `NotInTime` in the thread that calls. It needs no signal, so
it works on every system and in every thread, and a call that ends in time costs next to nothing.
It cannot end a single long call into C, such as a sleep.
"""

import sys
import threading
import time

AGAIN = 0.5
"""After so many seconds it is raised once more, where the student's code has caught it."""


class NotInTime(BaseException):
    """A call took too long. No ``except Exception`` catches it."""


class Patience:
    """Ends calls of the thread that makes it, if they take too long.

    ``with patience:`` goes around each call, and `close` ends the watch. Where there are no
    threads, or no way to raise something in one, calls may take as long as they like.

    Parameters
    ----------
    seconds : float
        What one call may take on the clock.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until: float | None = None  # when the call that runs has to have ended
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._caller = threading.get_ident()
        self._watch: threading.Thread | None = None

    def __enter__(self) -> None:
        if self._watch is None:
            self._watch = threading.Thread(target=self._look, daemon=True)
            try:
                self._watch.start()
            except RuntimeError:  # a Python without threads
                self._closed.set()
        self._until = time.monotonic() + self.seconds

    def __exit__(self, *exception: object) -> None:
        self.rest()

    def rest(self) -> None:
        """Say that no call runs. What was raised too late to be met is taken back."""
        while self._until is not None:
            try:
                with self._lock:
                    _raise_in(self._caller, None)
                    self._until = None
            except NotInTime:
                continue

    def close(self) -> None:
        """End the watch."""
        self._closed.set()

    def _look(self) -> None:
        wait = self.seconds
        while not self._closed.wait(wait):
            with self._lock:
                until = self._until
                wait = self.seconds if until is None else until - time.monotonic()
                if wait <= 0:
                    wait = AGAIN
                    if not _is_debugged(self._caller):
                        _raise_in(self._caller, NotInTime)


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Raise something in a thread as soon as Python code runs there; None takes it back."""
    try:
        import ctypes

        raised = None if kind is None else ctypes.py_object(kind)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
    except (ImportError, AttributeError):  # another Python than CPython
        pass


def _is_debugged(thread: int) -> bool:
    """Tell whether somebody walks through the code of a thread, which takes its time."""
    monitoring = getattr(sys, "monitoring", None)
    if monitoring is not None and monitoring.get_tool(monitoring.DEBUGGER_ID):
        return True
    frame = sys._current_frames().get(thread)
    while frame is not None:
        if frame.f_trace is not None:
            return True
        frame = frame.f_back
    return False
