"""Which way leads to the student's process: a fork behind the wall, or a standard kernel."""

import contextlib
import functools
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from autograders import Refused
from autograders.sandbox.bubblewrap import no_wall
from autograders.sandbox.limits import Limits

if TYPE_CHECKING:  # each way imports what it needs when it is gone
    from autograders.sandbox.forkserver import WarmParent
    from autograders.sandbox.session import Process

AUTO, FORK, KERNEL = ENGINES = ("auto", "fork", "kernel")
NEEDS_LINUX = "it needs Linux"

_parents: "dict[Limits, WarmParent]" = {}


def launcher(engine: str, limits: Limits) -> "Callable[[], Process]":
    """Return a function that starts a student's process.

    Parameters
    ----------
    engine : str
        "fork", behind the wall; "kernel", without one; "auto" is "fork", and refuses
        where that cannot be had: it never takes the wall away by itself.
    limits : Limits

    Raises
    ------
    Refused
        If the wall cannot be built here.
    """
    if engine == KERNEL:
        from autograders.sandbox.kernel import KernelProcess

        return functools.partial(KernelProcess, limits)
    from autograders.sandbox.forkserver import ForkProcess

    parent = _parent(limits)
    parent.wait()
    return functools.partial(ForkProcess, parent, limits)


def begin(limits: Limits) -> None:
    """Start this process's warm parent before it is needed, while other things are done.

    Where it cannot be had nothing is said: whoever needs it tries again.
    """
    with contextlib.suppress(Refused):
        _parent(limits)


def close() -> None:
    """End the warm parents of this process."""
    for parent in _parents.values():
        parent.close()
    _parents.clear()


def _parent(limits: Limits) -> "WarmParent":
    """Return this process's warm parent, started at first use and again if it died."""
    from autograders.sandbox.forkserver import WarmParent

    if sys.platform != "linux":
        raise no_wall(NEEDS_LINUX)
    parent = _parents.get(limits)
    if parent is None or not parent.alive:
        parent = _parents[limits] = WarmParent(limits)
    return parent
