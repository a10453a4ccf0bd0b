"""Hand-ins whose cells were deleted, copied, merged, split, moved or replaced."""

import copy

import nbformat

from autograders.course import catalogue, lesson
from tests.hostile.handins import (
    BROKEN,
    HandIn,
    cell,
    early,
    on,
    place,
    scratch,
    together,
    undone,
    whole,
    written,
)


def delete(*grade_ids):
    def change(notebook):
        notebook.cells = [c for c in notebook.cells if lesson.grade_id(c) not in grade_ids]

    return whole(change)


def copied(grade_id):
    """Copy a cell with all its metadata and paste it below."""

    def change(notebook):
        twin = copy.deepcopy(cell(notebook, grade_id))
        twin.id += "-2"
        notebook.cells.insert(place(notebook, grade_id) + 1, twin)

    return whole(change)


def first_try_above(notebook):
    """A wrong first try stays above the right answer, as a copy of the cell."""
    twin = copy.deepcopy(cell(notebook, "accuracy"))
    twin.update(id="first-try", source="def accuracy(predictions, Y):\n    return 0")
    notebook.cells.insert(place(notebook, "accuracy"), twin)


def merged(first, second):
    """Append the second cell to the first, whose metadata stay."""

    def change(notebook):
        below = notebook.cells.pop(place(notebook, second))
        above = cell(notebook, first)
        above.source += "\n\n" + below.source

    return whole(change)


def split(notebook):
    """A helper and the function, in two cells that both are the solution cell."""
    lower = cell(notebook, "accuracy")
    upper = copy.deepcopy(lower)
    upper.update(id="upper-half", source="def _share(values):\n    return np.mean(values)")
    lower.source = "def accuracy(predictions, Y):\n    return _share(predictions == Y)"
    notebook.cells.insert(place(notebook, "accuracy"), upper)


def move(grade_id, to):
    def change(notebook):
        moving = notebook.cells.pop(place(notebook, grade_id))
        notebook.cells.insert(place(notebook, to), moving)

    return whole(change)


def last_exercise_first(notebook):
    taken = [notebook.cells.pop(place(notebook, "early_stopping"))]
    taken.append(notebook.cells.pop(place(notebook, "check_early_stopping")))
    at = place(notebook, "compute_cost")
    notebook.cells[at:at] = taken


def answered_in_the_check(notebook):
    """The answer stands in the locked cell, the exercise is still the stub."""
    right = cell(notebook, "compute_cost").source
    undone("compute_cost")(None, notebook)
    cell(notebook, "check_compute_cost").source = right


def replaced(source):
    def change(notebook):
        for each in notebook.cells:
            if lesson.is_check(each):
                each.source = source

    return whole(change)


def extra_graded_cell(notebook):
    extra = nbformat.v4.new_code_cell("100.0")
    extra.metadata.nbgrader = {
        **cell(notebook, "check_predict").metadata.nbgrader,
        "grade_id": "bonus",
        "points": 100,
    }
    notebook.cells.append(extra)


def only_the_answers(notebook):
    """All prose, explore cells and checks thrown away."""
    wanted = [*catalogue.functions("overfitting"), "given_setup"]
    notebook.cells = [c for c in notebook.cells if lesson.grade_id(c) in wanted]


def same_id(notebook):
    for each in notebook.cells:
        each.id = "cell"


def many_cells(notebook):
    notebook.cells += [nbformat.v4.new_code_cell(f"x = {i}\nx") for i in range(500)]


def broken(name, says, prepare, points=16, **others):
    return HandIn(name, BROKEN, says, prepare, points, **others)


HAND_INS = [
    broken("check-is-deleted", "one check cell is gone", delete("check_compute_cost")),
    broken(
        "all-checks-are-deleted",
        "all check cells are gone",
        whole(lambda n: n.update(cells=[c for c in n.cells if not lesson.is_check(c)])),
    ),
    broken("answer-is-deleted", "one exercise is gone", delete("compute_cost"), 11),
    broken(
        "exercise-and-check-are-deleted",
        "an exercise is gone with its check",
        delete("compute_cost", "check_compute_cost"),
        11,
    ),
    broken("setup-is-deleted", "the given cell with the imports is gone", delete("given_setup")),
    broken("only-the-answers", "everything but the answers is gone", whole(only_the_answers)),
    broken(
        "written-answer-is-deleted",
        "the cell of the written answer is gone",
        delete("written_two_curves"),
    ),
    broken(
        "written-answer-is-untouched",
        "the written answer is as it was released",
        written("*Write your answer here.*"),
    ),
    broken(
        "no-cells-at-all",
        "all cells are gone",
        whole(lambda n: n.update(cells=[])),
        0,
        refused="no exercise",
    ),
    broken("check-is-copied", "a check cell was pasted twice", copied("check_compute_cost")),
    broken("exercise-is-copied", "an exercise was pasted twice", copied("compute_cost")),
    broken("first-try-above", "a wrong try is a copy above the answer", whole(first_try_above)),
    broken("written-answer-is-copied", "the written answer twice", copied("written_two_curves")),
    broken(
        "everything-is-copied",
        "the whole notebook was pasted below itself",
        whole(lambda n: n.cells.extend(copy.deepcopy(n.cells))),
    ),
    broken(
        "exercise-and-check-are-merged",
        "a check was merged into its exercise",
        merged("compute_cost", "check_compute_cost"),
    ),
    broken(
        "two-exercises-are-merged",
        "one exercise was merged into another",
        merged("compute_cost", "predict"),
    ),
    broken("exercise-is-split", "an exercise was split in two", whole(split)),
    broken(
        "check-above-its-exercise",
        "a check was moved above its exercise",
        move("check_compute_cost", "compute_cost"),
    ),
    broken("last-exercise-first", "exercises in another order", whole(last_exercise_first)),
    broken(
        "answered-in-the-check",
        "the answer is in the locked check cell",
        whole(answered_in_the_check),
        11,
    ),
    broken("checks-are-replaced", "every check says pass", replaced("pass")),
    broken("checks-are-emptied", "every check is empty", replaced("")),
    broken(
        "checks-are-replaced-and-nothing-done",
        "every check says pass, nothing is answered",
        together(undone(), replaced("print('compute_cost is right: 5 points.')")),
        0,
    ),
    broken(
        "checks-give-points-and-nothing-done",
        "every check is a number, nothing is answered",
        together(undone(), replaced("3.0")),
        0,
    ),
    broken("extra-graded-cell", "a graded cell worth 100 points", whole(extra_graded_cell)),
    broken("all-ids-are-one", "every cell has the same id", whole(same_id)),
    broken("five-hundred-scratch-cells", "500 more cells", whole(many_cells)),
    broken(
        "setup-is-changed",
        "the given cell imports nothing any more",
        on("given_setup", lambda each: each.update(source="layers_dim = [1]")),
    ),
    broken("syntax-error-in-a-scratch-cell", "a scratch cell is no Python", early("for i in")),
    broken(
        "syntax-error-in-an-exercise",
        "one exercise is no Python",
        on("predict", lambda each: each.update(source=each.source + "\n    return (")),
        13,
    ),
    broken("null-byte-in-a-cell", "a cell with a null byte", early("x = 1\x00")),
    broken("nothing-answered", "the release as it is", undone(), 0),
    broken(
        "scratch-cell-nests-deeply",
        "a scratch cell that no parser can read",
        scratch("(" * 5000 + ")" * 5000, "x = " + "-" * 200_000 + "1"),
    ),
]
