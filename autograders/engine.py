"""Which way leads to the student's process."""

import functools

from autograders.kernel import KernelProcess


def launcher(config, limits):
    """Return a function that starts a student's process.

    Parameters
    ----------
    config : traitlets.config.Config
    limits : Limits
    """
    return functools.partial(KernelProcess, limits)
