"""One notebook before the judge: its cells are run, and its functions are asked.

The student's process computes. What is right, what is worth how much, the gradebook and
the other hand-ins stay on this side.
"""

import functools
import hashlib
from typing import Any

import numpy as np
import threadpoolctl
from nbformat import NotebookNode, from_dict

from autograders.course import cases, languages, lesson
from autograders.course.assignment import Assignment
from autograders.judge import feedback, play, seed
from autograders.sandbox.remote import asker
from autograders.sandbox.session import Session
from lab.judge.examples import load
from lab.judge.problems import Kind
from lab.judge.verdict import Verdict, judge
from lab.language import ENGLISH, packed, speaking

TAKE = "__import__('lab.language', fromlist=['take']).take({text!r})"


class Hearing:
    """One notebook before the judge.

    Parameters
    ----------
    session : Session
    assignment : Assignment
    student : str
    attempt : str
        What was handed in; see `attempt`.
    secret : bytes
        The course's.
    """

    def __init__(
        self, session: Session, assignment: Assignment, student: str, attempt: str, secret: bytes
    ) -> None:
        _one_thread()
        self._session, self._assignment, self._student = session, assignment, student
        self._attempt, self._secret = attempt, secret
        self._spoken = languages.spoken(languages.ENGLISH)

    def hear(self, notebook: NotebookNode) -> None:
        """Run the notebook's cells in order and write outputs and scores into it."""
        language = languages.of(notebook)
        self._spoken = languages.spoken(language)
        if language != ENGLISH:
            # the kit that lies in the box speaks English
            self._session.run(_take(language), aside=True)
        later = []
        for cell in notebook.cells:
            # the repair gives the tag to those cells to play with that nothing needs
            if cell.cell_type != "code" or lesson.is_explore(cell):
                continue
            if not lesson.is_check(cell):
                with speaking(self._spoken):
                    aside = not self._is_exercise(cell)
                    cell.outputs = self._session.run(cell.source, aside=aside)
            elif not self._judge(cell):
                later.append(cell)  # perhaps the function is written further down
        for cell in later:
            self._judge(cell)

    def _is_exercise(self, cell: NotebookNode) -> bool:
        """Tell whether a cell is one of the course's, or defines a function that is asked for."""
        named = bool(lesson.grade_id(cell))
        return named or not play.defines(cell.source).isdisjoint(self._assignment.exercises)

    def _judge(self, cell: NotebookNode) -> bool:
        """Write the verdict on a check's exercise into it; tell whether the function was there."""
        function = lesson.grade_id(cell).removeprefix(lesson.CHECK)
        verdict = self.verdict(function)
        exercise = self._assignment.exercises[function]
        points = exercise.points
        score = float(min(max(verdict.points, 0), points))
        with speaking(self._spoken):
            text = "\n".join(feedback.lines(verdict, points))
        cell.outputs = [
            _output("display_data", text, metadata=feedback.kept(verdict, exercise.parts)),
            # nbgrader takes the first result of a graded cell for its score
            _output("execute_result", repr(score), execution_count=None),
        ]
        problems = [part.problem for part in verdict.parts if part.problem]
        return not any(problem.kind is Kind.NOT_DEFINED for problem in problems)

    def verdict(self, function: str) -> Verdict:
        """Return the verdict on one exercise, asked fresh questions."""
        name, exercise = self._assignment.name, self._assignment.exercises[function]
        rng = seed.rng(self._secret, self._student, function, self._attempt)
        fresh = cases.answered(name, exercise, exercise.fresh(rng))
        self._session.begin()
        ask = asker(self._session, function, int(rng.randint(2**31 - 1)))
        state = np.random.get_state()
        try:
            with np.errstate(all="ignore"):  # numbers from outside may be anything
                return judge(
                    cases.asked(name, exercise, fresh),
                    ask,
                    load(name).get(function),
                )
        finally:
            np.random.set_state(state)


def attempt(notebook: NotebookNode) -> str:
    """Return what tells one attempt from another: a digest of the cells' kinds and texts."""
    hashed = hashlib.sha256()
    for cell in notebook.cells:
        for text in (cell.cell_type, cell.source):
            data = text.encode()
            hashed.update(len(data).to_bytes(8, "big") + data)
    return hashed.hexdigest()


@functools.cache
def _take(language: str) -> str:
    """Return code that lets the kit in the student's process speak a language."""
    return TAKE.format(text=packed(languages.compiled(language)))


def _output(kind: str, text: str, **more: Any) -> NotebookNode:
    output = {"output_type": kind, "data": {"text/plain": text}, "metadata": {}}
    return from_dict({**output, **more})


@functools.cache
def _one_thread() -> None:
    """Let the linear algebra of this process use one thread: the arrays are small."""
    threadpoolctl.threadpool_limits(1)
