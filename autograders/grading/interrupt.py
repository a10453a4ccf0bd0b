"""Ctrl-C, taken only where it leaves nothing half done."""

import contextlib
import signal
import threading
from collections.abc import Iterator


class _Held:
    noted = open = False

    def take(self, *_: object) -> None:
        if self.open:
            self.open = False
            raise KeyboardInterrupt
        self.noted = True


_held: _Held | None = None


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Hold Ctrl-C back in the block, but for what stands in `let_through`.

    A library that is interrupted anywhere may not be usable afterwards, and what it was
    writing is half written. One that came is taken at the next `let_through`, or at the
    block's end. Outside the main thread, and where another than Python's own handler is
    at work, nothing changes.

    Raises
    ------
    KeyboardInterrupt
        At the end of the block, if it was pressed and not taken before.
    """
    global _held
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    held_here = _held = _Held()
    signal.signal(signal.SIGINT, held_here.take)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _held = None
        if held_here.noted:
            raise KeyboardInterrupt


@contextlib.contextmanager
def let_through() -> Iterator[None]:
    """Take Ctrl-C at once in the block, also one that `held` has held back.

    Raises
    ------
    KeyboardInterrupt
        Where it was pressed.
    """
    held_here = _held
    if held_here is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    held_here.open = True
    try:
        if held_here.noted:
            held_here.noted = False
            raise KeyboardInterrupt
        yield
    finally:
        held_here.open = False
