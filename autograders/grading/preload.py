"""What the process imports from which one is forked that takes the place of one that has ended.

Nothing else may import it, for it sets how errors that end such a process are told.
"""

import sys
from types import TracebackType

from autograders import startup

startup.prepare()

import autograders.grading.workers  # noqa: E402, F401 - so that no fork has to


def _say(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say what ended a fork, but not that the pool was closed while the fork was starting."""
    if kind is not FileNotFoundError:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _say
