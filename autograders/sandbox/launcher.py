"""Which way leads to the student's process: a fork behind the wall, or a standard kernel."""

import functools
import sys
from collections.abc import Callable

from autograders.sandbox.bubblewrap import no_wall
from autograders.sandbox.forkserver import ForkProcess, WarmParent
from autograders.sandbox.kernel import KernelProcess
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Process

AUTO, FORK, KERNEL = ENGINES = ("auto", "fork", "kernel")
NEEDS_LINUX = "it needs Linux"

_parents: dict[Limits, WarmParent] = {}


def launcher(engine: str, limits: Limits) -> Callable[[], Process]:
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
        return functools.partial(KernelProcess, limits)
    return functools.partial(ForkProcess, _parent(limits), limits)


def close() -> None:
    """End the warm parents of this process."""
    for parent in _parents.values():
        parent.close()
    _parents.clear()


def _parent(limits: Limits) -> WarmParent:
    """Return this process's warm parent, started at first use and again if it died."""
    if sys.platform != "linux":
        raise no_wall(NEEDS_LINUX)
    parent = _parents.get(limits)
    if parent is None or not parent.alive:
        parent = _parents[limits] = WarmParent(limits)
    return parent
