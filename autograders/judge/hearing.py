"""The judge: nbgrader's preprocessor that runs a hand-in and asks it, in place of Execute.

The student's process computes. What is right, what is worth how much, the gradebook and
the other hand-ins stay on this side.
"""

import functools
import hashlib
import pathlib

import numpy as np
import threadpoolctl
from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum

from autograders import examples, lesson, repair, report, secret
from autograders.asking import asker
from autograders.engine import AUTO, ENGINES, launcher
from autograders.exercises import find
from autograders.limits import Limits
from autograders.session import Session
from lab.answer import NOT_DEFINED
from lab.verdict import judge


class Judge(NbGraderPreprocessor):
    """Run the student's cells, and answer each graded cell with a verdict and its points."""

    engine = Enum(
        ENGINES,
        AUTO,
        help="How students' code runs: 'fork' behind the wall, 'kernel' without one.",
    ).tag(config=True)
    limits = Limits()

    def preprocess(self, nb, resources):
        """Grade one notebook that `autograders.repair` has made."""
        names = resources["nbgrader"]
        course = secret.read(pathlib.Path.cwd())  # nbgrader works in the course's folder
        with Session(launcher(self.engine, self.limits), self.limits) as session:
            hearing = Hearing(session, names["assignment"], names["student"], digest(nb), course)
            hearing.hear(nb)
        return nb, resources


class Hearing:
    """One notebook before the judge.

    Parameters
    ----------
    session : Session
    assignment, student : str
    digest : str
        Of what was handed in.
    course_secret : bytes
    """

    def __init__(self, session, assignment, student, digest, course_secret):
        _one_thread()
        self._session, self._assignment, self._student = session, assignment, student
        self._digest, self._secret = digest, course_secret
        original = lesson.original(assignment)
        self._explore = {c.id: c.source for c in original.cells if lesson.is_explore(c)}

    def hear(self, nb):
        """Run the notebook's cells in order and write outputs and scores into it."""
        later = []
        for cell in nb.cells:
            if cell.cell_type != "code" or repair.is_left_alone(cell, self._explore):
                continue
            if not lesson.is_check(cell):
                cell.outputs = self._session.run(cell.source)
            elif not self._judge(cell):
                later.append(cell)  # perhaps the function is written further down
        for cell in later:
            self._judge(cell)

    def _judge(self, cell):
        """Write the verdict on a check's exercise into it; tell whether the function was there."""
        name = lesson.grade_id(cell).removeprefix(lesson.CHECK)
        verdict = self.verdict(name)
        points = find(self._assignment, name).points
        score = float(min(max(verdict.points, 0), points))
        text = "\n".join(report.lines(verdict, points))
        cell.outputs = [
            _output("display_data", text, metadata=report.named(verdict)),
            # nbgrader takes the first result of a graded cell for its score
            _output("execute_result", repr(score), execution_count=None),
        ]
        return not any(part.problem == NOT_DEFINED for part in verdict.parts)

    def verdict(self, name):
        """Return the verdict on one exercise, asked fresh questions."""
        exercise = find(self._assignment, name)
        draw = secret.draw(self._secret, self._student, name, self._digest)
        cases = examples.answered(self._assignment, exercise, exercise.fresh(draw))
        asked = examples.asked(self._assignment, exercise, cases)
        self._session.begin()
        ask = asker(self._session, name, int(draw.randint(2**31 - 1)))
        state = np.random.get_state()
        try:
            with np.errstate(all="ignore"):  # numbers from outside may be anything
                return judge(
                    asked, ask, lambda: examples.recorded(self._assignment, exercise, cases)
                )
        finally:
            np.random.set_state(state)


def _output(kind, text, **more):
    output = {"output_type": kind, "data": {"text/plain": text}, "metadata": {}}
    return from_dict({**output, **more})


@functools.cache
def _one_thread():
    """Let the linear algebra of this process use one thread: the arrays are small."""
    threadpoolctl.threadpool_limits(1)


def digest(nb):
    """Return a digest of a notebook's cells: of their kinds and texts, not of their outputs."""
    hashed = hashlib.sha256()
    for cell in nb.cells:
        for text in (cell.cell_type, cell.source):
            data = text.encode()
            hashed.update(len(data).to_bytes(8, "big") + data)
    return hashed.hexdigest()
