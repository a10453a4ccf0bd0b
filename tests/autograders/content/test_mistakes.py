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

EACH = [(name, exercise) for name, exercises in EXERCISES.items() for exercise in exercises]
MISTAKES = [(name, exercise, each) for name, exercise in EACH for each in exercise.mistakes]
RIGHT = [
    (name, exercise, position) for name, exercise in EACH for position in range(len(exercise.right))
]
every_exercise = pytest.mark.parametrize(
    ("name", "exercise"), EACH, ids=[exercise.name for _, exercise in EACH]
)


def code(name, exercise, change):
    return stubs.changed(reference.source(name, exercise.name), change)


def function(name, exercise, change):
    return reference.run(name, code(name, exercise, change), exercise.name)


@pytest.mark.parametrize(
    ("name", "exercise", "mistake"), MISTAKES, ids=[mistake.name for *_, mistake in MISTAKES]
)
def test_a_mistake_is_found_and_called_by_its_name(name, exercise, mistake):
    answer = function(name, exercise, mistake.change)
    message = problem(exercise.name, {exercise.name: answer})
    assert message is not None
    verdict = judge(all_exercises()[exercise.name], asker(answer))
    assert verdict.points < exercise.points
    assert [each.name for each in verdict.mistakes] == [mistake.name]
    assert message.endswith(f"It looks as if {mistake.says}. Hint: {mistake.hint}")


@pytest.mark.parametrize(
    ("name", "exercise", "position"),
    RIGHT,
    ids=[f"{exercise.name}-{position}" for _, exercise, position in RIGHT],
)
def test_another_right_answer_passes(name, exercise, position):
    answer = function(name, exercise, exercise.right[position])
    assert problem(exercise.name, {exercise.name: answer}) is None


@every_exercise
def test_there_are_enough_of_each(name, exercise):
    assert len(exercise.mistakes) >= 10
    assert len(exercise.right) >= 6
    assert 1 <= len(exercise.hints) <= 3


def test_no_name_is_used_twice():
    names = [mistake.name for *_, mistake in MISTAKES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-zA-Z0-9.]+(-[a-zA-Z0-9.]+)*", each) for each in names)


@every_exercise
def test_all_differ_in_what_they_do(name, exercise):
    """Compared without comments, docstrings and layout, the reference among them."""
    changes = [each.change for each in exercise.mistakes] + list(exercise.right) + [{}]
    trees = []
    for change in changes:
        tree = ast.parse(stubs.without_markers(code(name, exercise, change)))
        body = next(node for node in tree.body if isinstance(node, ast.FunctionDef)).body
        if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            del body[0]
        trees.append(ast.dump(tree))
    assert len(trees) == len(set(trees))


def squeezed(text):
    return "".join(text.split())


@every_exercise
def test_no_hint_gives_the_line_away(name, exercise):
    """Neither a whole line between the markers, nor what one assigns, stands in a hint."""
    source = reference.source(name, exercise.name)
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
def test_what_people_read_fits_its_place(name, exercise):
    """`says` stands inside a sentence, a hint is one or more of its own."""
    for mistake in exercise.mistakes:
        assert mistake.says[-1] not in ".?!"
    for hint in [*(mistake.hint for mistake in exercise.mistakes), *exercise.hints]:
        assert hint[-1] in ".?"
