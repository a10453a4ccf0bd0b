"""What each lesson promises about its guesses holds: the answer comes next, and is told."""

import ast
import re

import pytest

from autograders.course import lesson
from autograders.course.catalogue import EXERCISES

PROMISE = (
    "The answer comes with the next cell; where an exercise stands between, it comes after its "
    "check."
)


ON_PAPER = {
    "overfitting": {"curves-why"},
    "initialization": {"random-train-idea", "deep-train-why"},
    "l2_regularization": {"variance-idea"},
    "dropout": {"digits-sure-idea"},
}
"""Guesses that are no number and no choice: the question is wider than any of its answers."""


def is_guess(cell):
    return cell.cell_type == "code" and cell.source.startswith("guess(")


def calls(cells, function):
    """Yield (position, call, its name as a pattern) for each call of a function in cells of code.

    A name in which something is put in stands for each that it may become.
    """
    for place, cell in enumerate(cells):
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function:
                    name = node.args[0]
                    parts = name.values if isinstance(name, ast.JoinedStr) else [name]
                    yield (
                        place,
                        node,
                        "".join(
                            re.escape(getattr(each, "value", ""))
                            if isinstance(each, ast.Constant)
                            else ".+"
                            for each in parts
                        ),
                    )


def answers(cells):
    """Yield each guess's cell and the next cell of code that is no exercise and no check."""
    for place, cell in enumerate(cells):
        if cell.cell_type == "markdown" and "**Guess.**" in cell.source:
            yield (
                cell,
                next(
                    each
                    for each in cells[place + 1 :]
                    if each.cell_type == "code"
                    and "nbgrader" not in each.metadata
                    and not is_guess(each)
                ),
            )


@pytest.mark.parametrize("assignment", EXERCISES)
def test_the_cell_after_a_guess_shows_something(assignment):
    cells = lesson.read(lesson.path(assignment)).cells
    assert any(PROMISE in cell.source for cell in cells)
    found = list(answers(cells))
    assert len(found) >= 7
    for guess, answer in found:
        between = cells[cells.index(guess) + 1 : cells.index(answer)]
        graded = [cell.id for cell in between if cell.cell_type == "code" and not is_guess(cell)]
        assert len(graded) in (0, 2), f"{guess.id}: {graded} stand before its answer"
        assert answer.outputs, f"{guess.id}: {answer.id} shows nothing"


@pytest.mark.parametrize("name", EXERCISES)
def test_each_guess_has_its_cell_next_to_play_with_and_nothing_in_it(name):
    cells = lesson.read(lesson.path(name)).cells
    asked = [cell for cell in cells if "**Guess.**" in cell.source and cell.id != "how-to"]
    wired = [cell for cell in asked if is_guess(cells[cells.index(cell) + 1])]
    assert {cell.id for cell in asked} - {cell.id for cell in wired} == ON_PAPER.get(name, set())
    guesses = [cell for cell in cells if is_guess(cell)]
    assert len(guesses) == len(wired)
    for cell in guesses:
        assert cell.metadata == {"tags": [lesson.EXPLORE_TAG]} and not cell.outputs
        for line in cell.source.splitlines():
            assert re.fullmatch(r'guess\("[^"]+", \.\.\.(, among=\[("[^"]+"(, )?)+\])?\)', line)
    assert "in the place of the dots" in next(c.source for c in cells if c.id == "how-to")


@pytest.mark.parametrize("name", EXERCISES)
def test_each_guess_is_answered_once_in_the_cell_that_shows_the_answer(name):
    cells = lesson.read(lesson.path(name)).cells
    promised = {cells.index(guess) + 1: cells.index(answer) for guess, answer in answers(cells)}
    asked, told = list(calls(cells, "guess")), list(calls(cells, "truth"))
    names = [call.args[0].value for _, call, _ in asked]
    assert len(set(names)) == len(names)
    for place, call, _ in asked:
        found = [(where, truth) for where, truth, p in told if re.fullmatch(p, call.args[0].value)]
        assert [where for where, _ in found] == [promised[place]], call.args[0].value
        choices = [each.value for word in call.keywords for each in word.value.elts]
        words = [
            each.value
            for each in ast.walk(found[0][1].args[1])
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        if choices:
            assert set(words) <= set(choices), f"{call.args[0].value}: {words}"
    for _, truth, pattern in told:
        assert any(re.fullmatch(pattern, each) for each in names), ast.unparse(truth)
