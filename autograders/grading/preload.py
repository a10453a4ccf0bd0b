"""What the processes that mark have in common: imported in the one that they are forked from."""

import sys

import autograders.marking  # noqa: F401 - so that no fork has to


def _say(kind, error, trace):
    """Say what ended a fork, but not that the pool was closed while the fork was starting."""
    if kind is not FileNotFoundError:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _say
