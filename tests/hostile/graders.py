"""The graders that the list is tried on: this course's, and nbgrader as it comes.

Run as ``python -m tests.hostile.graders <which> <action> <assignment>`` in the course's folder:
a process of its own, because an attack may kill it. It prints a line of JSON for each student.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

STOCK_CONFIG = """\
c = get_config()
c.CourseDirectory.source_directory = "notebooks"
"""
"""All that a course with these notebooks sets for nbgrader as it comes."""

KEPT = []
"""What the grading process holds in its memory while it grades: the secrets of the trial."""


class Ours:
    """This course's own commands."""

    limits = engine = None

    def __init__(self, course):
        from autograders import settings

        self.api = settings.api(course, self.engine)

    def release(self, assignment):
        """Make the release of an assignment."""
        from autograders.grading import release

        release.release(self.api, assignment)

    def grade(self, assignment):
        """Yield (student, problem) for the whole class."""
        from autograders.grading import rounds

        for _, student, problem in rounds.grade(self.api, assignment, limits=self.limits):
            yield student, problem

    def feedback(self, assignment):
        """Write the pages of the whole class."""
        done = self.api.generate_feedback(assignment)
        if not done["success"]:
            sys.exit(done.get("log") or done["error"])


class Quickly(Ours):
    """The same in less time: most of the list's is endless loops, and pages that are alike."""

    def __init__(self, course):
        super().__init__(course)
        from autograders.sandbox.limits import Limits

        self.limits = Limits(call=2.0, cell=4.0, notebook=15.0, aside=15.0, patience=4.0)

    def feedback(self, assignment):
        """Write the pages of those that aim at a reader, and of every fourth beside them."""
        from tests.hostile.handins import AIMED, of_module

        aimed = {each.name for module in AIMED for each in of_module(module)}
        graded = sorted(
            path.parent.name for path in pathlib.Path("autograded").glob(f"*/{assignment}")
        )
        others = [student for student in graded if student not in aimed]
        self.api.coursedir.student_id_exclude = ",".join(set(others) - set(others[::4]))
        super().feedback(assignment)


class Kernel(Quickly):
    """The other way to a hand-in's process, which has no wall."""

    engine = "kernel"


class Stock:
    """nbgrader's own commands, in their own process as an instructor calls them."""

    def __init__(self, course):
        self.course = course

    def release(self, assignment):
        """Make the release of an assignment."""
        self._run("generate_assignment", assignment, "--force")

    def grade(self, assignment):
        """Grade the whole class and yield (student, problem)."""
        log = self._run("autograde", assignment)
        problem = [line for line in log if re.search(r"ERROR|Error:", line)]
        for folder in sorted((self.course / "submitted").iterdir()):
            if os.path.lexists(folder / assignment):
                done = (
                    self.course / "autograded" / folder.name / assignment / f"{assignment}.ipynb"
                ).exists()
                yield folder.name, None if done else (problem or log or ["nothing"])[-1][:300]

    def feedback(self, assignment):
        """Write the pages of the whole class."""
        self._run("generate_feedback", assignment)

    def _run(self, *words):
        command = [sys.executable, "-m", "nbgrader", *words]
        with tempfile.TemporaryFile() as log:  # a pipe would stay open for what is left running
            subprocess.run(
                command, cwd=self.course, stdout=subprocess.DEVNULL, stderr=log, check=False
            )
            log.seek(0)
            return log.read().decode("utf-8", "replace").splitlines()


GRADERS = {"ours": Ours, "quickly": Quickly, "kernel": Kernel, "stock": Stock}


def main():
    """Do one action and print its lines."""
    which, action, assignment = sys.argv[1:]
    secrets = json.loads(sys.stdin.read())
    KEPT.append(secrets["memory"])
    open_file = tempfile.TemporaryFile()  # noqa: SIM115 - an open descriptor is what is tried
    open_file.write(secrets["descriptor"].encode())
    open_file.flush()
    os.set_inheritable(open_file.fileno(), True)
    grader = GRADERS[which](pathlib.Path.cwd())
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    for student, problem in getattr(grader, action)(assignment) or ():
        print(json.dumps([student, problem]), file=out)


if __name__ == "__main__":
    main()
