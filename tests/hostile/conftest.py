"""One class of all hand-ins of a kind, graded once in a box by this course's grader."""

import pytest

from tests import endure, machine
from tests.hostile import box, browsing, trial

SECONDS = 3000  # for the whole class, on a busy machine


class Graded:
    """What came of a class.

    Attributes
    ----------
    report : dict
        See `tests.hostile.trial.report`.
    written : pathlib.Path
        The folder with autograded/ and feedback/.
    """

    def __init__(self, names, written, which):
        self.names, self.written = names, written
        self.report = trial.report(which, names, SECONDS, keep=written)

    def browsed(self):
        """Return, by name, what the pages of each hand-in did in a browser."""
        machine.need_chromium()
        return browsing.did(self.written, self.names, ours=True)


@pytest.fixture(autouse=True)
def in_a_box(box):
    """Nothing of these runs elsewhere."""


@pytest.fixture(scope="module")
def graded(request, tmp_path_factory):
    """Hand in what the module lists as HAND_INS, and grade it with its GRADER.

    That is by day this course's with tight limits, at night as an instructor has it.
    """
    machine.need(box.missing())
    which = getattr(request.module, "GRADER", "ours" if endure.WHOLE else "quickly")
    return Graded(request.module.HAND_INS, tmp_path_factory.mktemp("graded"), which)
