"""A graded class without anybody's code: verdicts drawn at random, in a gradebook and in files."""

import json
import pathlib
from random import Random
from typing import Any

import nbformat
from nbgrader.api import (
    Base,
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.utils import is_grade
from sqlalchemy import create_engine

from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.course.exercise import Exercise
from autograders.judge import feedback
from lab.judge.ask import Case
from lab.judge.examples import RecordedMistake
from lab.judge.expected import Number
from lab.judge.problems import Kind, Place, found
from lab.judge.verdict import PartVerdict, Verdict

ANSWERS = (
    "All units start equal, get equal gradients and stay equal.",
    "Because the test cost rises while the training cost falls.",
    "I do not know.",
)
RIGHT, NAMED, UNNAMED = 0.7, 0.9, 0.97
"""Up to where a draw makes an exercise right, wrong with a name, wrong without one."""


def make(
    course: pathlib.Path,
    students: dict[str, tuple[str, str]],
    seed: int = 0,
    answers: tuple[str, ...] = ANSWERS,
) -> None:
    """Write a gradebook, and a graded notebook for each hand-in, into a course's folder.

    Parameters
    ----------
    course : pathlib.Path
    students : dict of str to (str, str)
        First and last name by id.
    seed : int
    answers : tuple of str
        What they write, one after the other.
    """
    rng = Random(seed)
    address = f"sqlite:///{course / 'gradebook.db'}"
    engine = create_engine(address)
    Base.metadata.create_all(engine)  # nbgrader would start alembic, a process, for it
    engine.dispose()
    with Gradebook(address) as book:
        for assignment in EXERCISES:
            _release(book, assignment)
        for number, (name, (first, last)) in enumerate(students.items()):
            student = Student(id=name, first_name=first, last_name=last)
            book.db.add(student)
            for assignment in EXERCISES:
                notebook, scores = hand_in(assignment, rng, answers[number % len(answers)])
                _save(book, student, assignment, scores)
                folder = course / "autograded" / name / assignment
                folder.mkdir(parents=True)
                (folder / f"{assignment}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        book.db.commit()


def hand_in(assignment: str, rng: Random, answer: str) -> tuple[Any, dict[str, float | None]]:
    """Return a graded notebook, and its scores by cell."""
    notebook = nbformat.from_dict(lesson.original(assignment))
    notebook = json.loads(json.dumps(notebook))
    exercises = {exercise.name: exercise for exercise in EXERCISES[assignment]}
    scores: dict[str, float | None] = {}
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name.startswith(lesson.CHECK):
            exercise = exercises[name.removeprefix(lesson.CHECK)]
            drawn = verdict(exercise, rng)
            scores[name] = float(drawn.points)
            metadata = feedback.kept(drawn, exercise.parts)
            text = "\n".join(feedback.lines(drawn, exercise.points))
            shown = {"data": {"text/plain": text}, "metadata": metadata}
            cell["outputs"] = [{"output_type": "display_data", **shown}]
        elif cell["cell_type"] == "markdown" and name:
            cell["source"], scores[name] = answer, None
        elif cell["cell_type"] == "code":
            cell["outputs"] = []
    return notebook, scores


def verdict(exercise: Exercise, rng: Random) -> Verdict:
    """Return a verdict that is drawn: right, wrong from some part on, or not written."""
    drawn, parts = rng.random(), list(exercise.parts.values())
    if drawn < RIGHT:
        return Verdict(exercise.name, [PartVerdict(part) for part in parts])
    if drawn >= UNNAMED:
        unfinished = found(Kind.NONE_NAMED, name="W")
        return Verdict(exercise.name, [PartVerdict(parts[0], problem=unfinished)], unfinished)
    problem = found(Kind.WRONG_NUMBER, place=Place.RESULT, got="2", want="1.5")
    case = Case("", "values", exercise.questions[0].says, {}, Number(1.5))
    first = rng.randrange(len(parts))
    came = [PartVerdict(part, judged=part.alone) for part in parts]
    came[:first] = [PartVerdict(part) for part in parts[:first]]
    came[first] = PartVerdict(parts[first], case=case, problem=problem)
    mistake = rng.choice(exercise.mistakes)
    recorded = RecordedMistake(mistake.name, mistake.says, mistake.hint, {})
    return Verdict(exercise.name, came, mistakes=[recorded] if drawn < NAMED else [])


def _release(book: Gradebook, assignment: str) -> None:
    book.add_assignment(assignment)
    book.add_notebook(assignment, assignment)
    for cell in lesson.original(assignment).cells:
        name = lesson.grade_id(cell)
        if is_grade(cell):
            about = {"max_score": cell.metadata.nbgrader.points, "cell_type": cell.cell_type}
            book.add_grade_cell(name, assignment, assignment, **about)
        if cell.metadata.get("nbgrader", {}).get("solution"):
            book.add_solution_cell(name, assignment, assignment)


def _save(book: Gradebook, student: Student, assignment: str, scores: dict[str, Any]) -> None:
    released = book.find_assignment(assignment)
    (notebook,) = released.notebooks
    submission = SubmittedAssignment(assignment=released, student=student)
    submitted = SubmittedNotebook(notebook=notebook, assignment=submission)
    book.db.add_all([submission, submitted])
    for cell in notebook.grade_cells:
        score = scores[cell.name]
        grade = Grade(cell=cell, notebook=submitted)
        grade.auto_score, grade.needs_manual_grade = score, score is None
        book.db.add(grade)
    for cell in notebook.solution_cells:
        book.db.add(Comment(cell=cell, notebook=submitted))
