"""Which way leads to the student's process: a fork behind the wall, or a standard kernel."""

import functools
import sys

from autograders import Refused
from autograders.bubblewrap import NO_WALL
from autograders.kernel import KernelProcess
from autograders.warm import ForkProcess, WarmParent

AUTO, FORK, KERNEL = ENGINES = ("auto", "fork", "kernel")
NEEDS_LINUX = "it needs Linux"

_parents: dict = {}


def launcher(engine, limits):
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


def close():
    """End the warm parents of this process."""
    for parent in _parents.values():
        parent.close()
    _parents.clear()


def wall_problem(limits):
    """Return why the wall cannot be built here, as one line, or None."""
    try:
        launcher(AUTO, limits)().close()
    except Refused as refused:
        return str(refused)
    return None


def _parent(limits):
    """Return this process's warm parent, started at first use and again if it died."""
    if sys.platform != "linux":
        raise Refused(NO_WALL.format(missing=NEEDS_LINUX))
    parent = _parents.get(limits)
    if parent is None or not parent.alive:
        parent = _parents[limits] = WarmParent(limits)
    return parent
