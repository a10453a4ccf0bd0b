"""What each lesson promises about its guesses holds: the answer comes next."""

import pytest

from autograders.course import lesson
from autograders.course.catalogue import EXERCISES

PROMISE = (
    "The answer comes with the next cell; where an exercise stands between, it comes after its "
    "check."
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
                    if each.cell_type == "code" and "nbgrader" not in each.metadata
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
        graded = [cell.id for cell in between if cell.cell_type == "code"]
        assert len(graded) in (0, 2), f"{guess.id}: {graded} stand before its answer"
        assert answer.outputs, f"{guess.id}: {answer.id} shows nothing"
