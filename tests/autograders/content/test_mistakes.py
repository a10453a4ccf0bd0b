"""Listed mistakes lose points and are named, other right answers pass, hints keep the answer."""

import ast
import re

import pytest

from autograders.course import reference, stubs
from autograders.course.catalogue import EXERCISES
from lab.check import problem
from lab.judge.ask import asker
from lab.judge.examples import all_exercises
from lab.judge.verdict import judge

EACH = [
    (assignment, exercise) for assignment, exercises in EXERCISES.items() for exercise in exercises
]
MISTAKES = [
    (assignment, exercise, each) for assignment, exercise in EACH for each in exercise.mistakes
]
RIGHT = [
    (assignment, exercise, position)
    for assignment, exercise in EACH
    for position in range(len(exercise.right))
]
every_exercise = pytest.mark.parametrize(
    ("assignment", "exercise"), EACH, ids=[exercise.name for _, exercise in EACH]
)


def code(assignment, exercise, change):
    return stubs.changed(reference.source(assignment, exercise.name), change)


def function(assignment, exercise, change):
    return reference.run(assignment, code(assignment, exercise, change), exercise.name)


@pytest.mark.parametrize(
    ("assignment", "exercise", "mistake"), MISTAKES, ids=[mistake.name for *_, mistake in MISTAKES]
)
def test_a_mistake_is_found_and_called_by_its_name(assignment, exercise, mistake):
    answer = function(assignment, exercise, mistake.change)
    message = problem(exercise.name, {exercise.name: answer})
    assert message is not None
    verdict = judge(all_exercises()[exercise.name], asker(answer))
    assert verdict.points < exercise.points
    assert [each.name for each in verdict.mistakes] == [mistake.name]
    assert message.endswith(f"It looks as if {mistake.says}. Hint: {mistake.hint}")


@pytest.mark.parametrize(
    ("assignment", "exercise", "position"),
    RIGHT,
    ids=[f"{exercise.name}-{position}" for _, exercise, position in RIGHT],
)
def test_another_right_answer_passes(assignment, exercise, position):
    answer = function(assignment, exercise, exercise.right[position])
    assert problem(exercise.name, {exercise.name: answer}) is None


@every_exercise
def test_there_are_enough_of_each(assignment, exercise):
    assert len(exercise.mistakes) >= 10
    assert len(exercise.right) >= 6
    assert 1 <= len(exercise.hints) <= 3


def test_no_name_is_used_twice():
    names = [mistake.name for *_, mistake in MISTAKES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-zA-Z0-9.]+(-[a-zA-Z0-9.]+)*", each) for each in names)


@every_exercise
def test_all_differ_in_what_they_do(assignment, exercise):
    """Compared without comments, docstrings and layout, the reference among them."""
    changes = [each.change for each in exercise.mistakes] + list(exercise.right) + [{}]
    trees = []
    for change in changes:
        tree = ast.parse(stubs.without_markers(code(assignment, exercise, change)))
        body = next(node for node in tree.body if isinstance(node, ast.FunctionDef)).body
        if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            del body[0]
        trees.append(ast.dump(tree))
    assert len(trees) == len(set(trees))


def squeezed(text):
    return "".join(text.split())


@every_exercise
def test_no_hint_gives_the_line_away(assignment, exercise):
    """Neither a whole line between the markers, nor what one assigns, stands in a hint."""
    source = reference.source(assignment, exercise.name)
    lines = [
        line for first, last in stubs.regions(source) for line in source.splitlines()[first:last]
    ]
    answers = []
    for line in lines:
        if "=" in line and not line.strip().startswith("#"):
            answers += [squeezed(line), squeezed(line.split("=", 1)[1])]
    answers = [answer for answer in answers if len(answer) > 5]
    assert answers
    texts = [text for each in exercise.mistakes for text in (each.says, each.hint)]
    for text in [*texts, *exercise.hints]:
        assert not [answer for answer in answers if answer in squeezed(text)], text


@every_exercise
def test_what_people_read_fits_its_place(assignment, exercise):
    """`says` stands inside a sentence, a hint is one or more of its own."""
    for mistake in exercise.mistakes:
        assert mistake.says[-1] not in ".?!"
    for hint in [*(mistake.hint for mistake in exercise.mistakes), *exercise.hints]:
        assert hint[-1] in ".?"
