"""What each part of grading costs: ``python -m benchmarks.shares <course>`` prints it as JSON.

It grades the course's hand-ins in one process, and asks two clocks whenever another part
begins: this process's, and that of its control group, which counts the box as well.
"""

import collections
import contextlib
import functools
import json
import pathlib
import sys
import time

from autograders import startup

startup.prepare()  # as our command does before it imports anything else

from autograders import settings  # noqa: E402
from autograders.course import cases  # noqa: E402
from autograders.course.catalogue import EXERCISES  # noqa: E402
from autograders.grading import rounds  # noqa: E402
from autograders.judge import grader, hearing, intake  # noqa: E402
from autograders.sandbox import forkserver, sanitize  # noqa: E402
from benchmarks import usage  # noqa: E402

START, BOX = "start: Python and nbgrader's modules", "start: the warm parent in its box"
REST = "all else"
PARTS = (
    # in whose attribute the function is, under what name, the part it belongs to
    (forkserver.WarmParent, "__init__", BOX),
    (forkserver.WarmParent, "wait", BOX),
    (intake, "read", "read the hand-in"),
    (intake, "notebook", "repair its notebook"),
    (forkserver.ForkProcess, "__init__", "box: fork and build the wall"),
    (forkserver.ForkProcess, "close", "box: end all processes"),
    (forkserver.ForkProcess, "run", "box: run the cells"),
    (forkserver.ForkProcess, "ask", "box: call the functions"),
    (sanitize, "outputs", "make what cells show inert"),
    (hearing.Hearing, "verdict", "judge: draw the questions"),
    (cases, "answered", "judge: right answers"),
    (hearing, "judge", "judge: compare"),
    (cases, "recorded", "judge: known mistakes' answers"),
    (hearing.feedback, "lines", "judge: the words for the student"),
    (grader, "compute_checksum", "nbgrader's checksums"),
    (grader, "_text", "write the graded notebook"),
    (rounds._Round, "_write", "write the graded notebook"),
    (rounds.OpenGradebook, "save", "save the scores in the gradebook"),
)


class Clocks:
    """Charges the time of this process, and of the box, to the part that goes on."""

    def __init__(self, group):
        self.spent: dict = {}
        self.begun: dict = collections.Counter()
        self._group, self._open = group, [REST]
        # until now this process was alone in its group
        self._read = (0.0, group.seconds() - time.process_time())
        self.charge(START)

    @contextlib.contextmanager
    def part(self, name):
        """Let time go to a part for the length of a ``with`` block."""
        self.charge(self._open[-1])
        self._open.append(name)
        self.begun[name] += 1
        try:
            yield
        finally:
            self.charge(self._open.pop())

    def charge(self, name):
        """Give what has passed since the last time to a part."""
        own, all_ = time.process_time(), self._group.seconds()
        before, self._read = self._read, (own, all_)
        spent = self.spent.setdefault(name, [0.0, 0.0])
        spent[0] += own - before[0]
        spent[1] += (all_ - before[1]) - (own - before[0])


def watch(clocks):
    """Put the clocks around the functions of all parts."""
    for owner, name, part in PARTS:
        function = getattr(owner, name)

        def timed(*arguments, _function=function, _part=part, **named):
            with clocks.part(_part):
                return _function(*arguments, **named)

        setattr(owner, name, functools.wraps(function)(timed))


def main(course):
    """Grade a course and print what each part took: seconds here, in the box, and how often."""
    clocks = Clocks(usage.own_group())
    watch(clocks)
    api = settings.api(pathlib.Path(course))
    for _ in rounds.grade(api, list(EXERCISES), force=True, count=0):
        pass
    clocks.charge(REST)
    print(json.dumps({part: [*both, clocks.begun[part]] for part, both in clocks.spent.items()}))


if __name__ == "__main__":
    main(sys.argv[1])
