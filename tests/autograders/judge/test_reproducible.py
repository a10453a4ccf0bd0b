"""The same hand-in meets the same questions and gets the same score and the same words."""

import ast
import copy

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from autograders.course import lesson, reference, stubs
from autograders.course.assignment import load
from autograders.course.catalogue import EXERCISES
from autograders.judge import hearing, intake
from autograders.judge.grader import SourceCell, Task, grade
from autograders.sandbox.launcher import FORK, KERNEL, launcher
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Session
from tests import endure

pytestmark = pytest.mark.usefixtures("box", "kernel")

SECRET = bytes(range(32))
VERSION = "this one"
UNSTEADY = "the result is wrong, and wrong in another way at every call"
DRAWS = "np.random.default_rng()"

UNSEEDED = {
    "initialization": {
        # right, and wrong in its biases and in its spread, with draws that nobody can repeat
        "initialize_parameters_random": {
            "np.random.randn(layers_dim[l], layers_dim[l - 1])": (
                f"{DRAWS}.standard_normal((layers_dim[l], layers_dim[l - 1]))"
            )
        },
        "initialize_parameters_zeros": {
            "np.zeros((layers_dim[l], 1))": f"{DRAWS}.normal(size=(layers_dim[l], 1))"
        },
        "initialize_parameters_he": {
            "np.random.randn(": f"3 * {DRAWS}.standard_normal((",
            ") * sigma": ")) * sigma",
        },
    },
    "dropout": {
        "forward_propagation_with_dropout": {
            "np.random.rand(A1.shape[0], A1.shape[1])": f"{DRAWS}.random(A1.shape)",
            "/ keep_prob": "",
        },
        "backward_propagation_with_dropout": {
            "* D2": f"* ({DRAWS}.random(dA2.shape) < keep_prob)",
        },
        "predict_without_dropout": {
            "forward_propagation(X, parameters)": (
                "forward_propagation_with_dropout(X, parameters, 0.5)"
            )
        },
    },
}
"""Answers with draws of `default_rng`, which no seed from outside reaches."""
SEEDED = {
    "initialization": {
        "initialize_parameters_zeros": {
            "np.zeros((layers_dim[l], 1))": "np.random.randn(layers_dim[l], 1)"
        },
        "initialize_parameters_random": {" * scale": " * scale + 0.01"},
        "initialize_parameters_he": {"np.random.randn": "np.random.rand"},
    },
    "dropout": {
        "forward_propagation_with_dropout": {"np.random.rand(": "np.random.randn("},
        "backward_propagation_with_dropout": {"* D1": "* (np.random.rand(*dA1.shape) < keep_prob)"},
        "predict_without_dropout": {"A3 > 0.5": "A3 > np.random.rand(*A3.shape)"},
    },
}
"""Answers with draws of `np.random`."""
RIGHT = {
    name: {exercise.name: exercise.right[0] for exercise in EXERCISES[name]} for name in SEEDED
}


def hand_in(assignment, changes, student="ada"):
    notebook = lesson.read(lesson.path(assignment))
    codes = {
        function: stubs.changed(reference.source(assignment, function), change)
        for function, change in changes.items()
    }
    for cell in notebook.cells:
        cell.source = codes.get(lesson.grade_id(cell), cell.source)
    data = nbformat.writes(notebook).encode()
    return intake.HandIn(student, assignment, f"{assignment}.ipynb", data, "")


def cells(assignment):
    """Return what a release of the course's notebook would hold."""
    return {
        lesson.grade_id(cell): SourceCell(
            cell.cell_type,
            cell.source,
            cell.metadata.nbgrader.locked,
            compute_checksum(cell),
            cell.metadata.nbgrader.get("points"),
        )
        for cell in lesson.read(lesson.path(assignment)).cells
        if lesson.grade_id(cell)
    }


def judged(assignment, changes, engine, student="ada"):
    """Return the scores and the judge's words, by exercise, and the whole notebook."""
    task = Task(hand_in(assignment, changes, student), cells(assignment), SECRET, VERSION, engine)
    done = grade(task, load(assignment))
    assert done.problem is None
    notebook = nbformat.reads(done.notebook, as_version=4)
    words = {
        lesson.grade_id(cell): cell.outputs[0].data["text/plain"]
        for cell in notebook.cells
        if lesson.is_check(cell)
    }
    return done.scores, words, done.notebook


KINDS = [(name, kind) for kind in (2, 1, 0) for name in SEEDED]


@pytest.fixture(scope="module", params=endure.first([(each,) for each in KINDS], 3))
def graded(request):
    """A notebook that was graded twice by each engine."""
    assignment, kind = request.param
    changes = (RIGHT, SEEDED, UNSEEDED)[kind][assignment]
    return kind, {
        engine: [judged(assignment, changes, engine) for _ in range(2)] for engine in (FORK, KERNEL)
    }


@pytest.mark.parametrize("engine", [FORK, KERNEL])
def test_grading_twice_gives_the_same_scores_words_and_notebook(graded, engine):
    first, second = graded[1][engine]
    assert first == second


def test_both_engines_give_the_same(graded):
    assert graded[1][FORK][0] == graded[1][KERNEL][0]


def test_the_answers_are_right_and_wrong_as_they_were_meant(graded):
    kind, outcome = graded
    scores, words, _ = outcome[FORK][0]
    checks = {name: scores[name] for name in words}
    assert all(score is not None for score in checks.values())
    full = [name for name, text in words.items() if text.endswith("Every part is right.")]
    assert (len(full) == len(checks)) == (kind == 0)
    # np.random is seeded from outside only where a question says so
    if kind != 1:
        assert (UNSTEADY in "".join(words.values())) == (kind == 2)


@pytest.fixture
def asked(monkeypatch):
    """The questions of each verdict, as they are asked."""
    found = []
    original = hearing.judge

    def judge(examples, ask, known):
        found.append([copy.deepcopy(case.arguments) for case in examples.cases])
        return original(examples, ask, known)

    monkeypatch.setattr(hearing, "judge", judge)
    return found


def test_another_student_or_attempt_meets_other_questions(asked):
    assignment = "l2_regularization"
    answers = {exercise.name: {} for exercise in EXERCISES[assignment]}
    fewer = dict(list(answers.items())[:2])
    for changes, student in ((answers, "ada"), (answers, "ada"), (answers, "bob"), (fewer, "ada")):
        judged(assignment, changes, FORK, student)
    asked = [repr(questions) for questions in asked]
    count = len(EXERCISES[assignment])
    first, again, bobs, other = (asked[i : i + count] for i in range(0, 4 * count, count))
    assert first == again
    assert not set(first) & set(bobs)
    assert not set(first) & set(other)


DRAWN = """
import random, numpy as np
print([
    random.random(), random.random(), np.random.rand(), np.random.rand(),
    np.random.default_rng().random(), np.random.default_rng().random(),
    np.random.RandomState().rand(), np.random.Generator(np.random.PCG64()).random(),
])
"""


def shown(engine, source):
    """Return what a cell shows in a fresh process."""
    limits = Limits()
    with Session(launcher(engine, limits), limits) as session:
        return "".join(output.text for output in session.run(source))


def test_generators_without_a_seed_draw_alike_in_every_process():
    first, again, kernel = (shown(engine, DRAWN) for engine in (FORK, FORK, KERNEL))
    draws = ast.literal_eval(first)
    assert len(set(draws)) == len(draws)
    assert first == again == kernel


@pytest.mark.parametrize("engine", [FORK, KERNEL])
def test_a_fresh_process_has_no_name_that_the_notebook_did_not_give_it(engine):
    """Or what a student forgot to import would be there when grading."""
    names = ["os", "sys", "random", "resource", "np", "numpy", "lab", "draw_alike", "set_up"]
    assert shown(engine, f"print([name for name in {names} if name in globals()])") == "[]\n"
