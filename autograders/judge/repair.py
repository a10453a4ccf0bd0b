"""Making a notebook that can be graded out of one that was handed in.

The course's own notebook says which cells there are. What was handed in says what the
student wrote in them, and nothing else.
"""

import itertools
import re

from nbformat import NotebookNode, from_dict, v4

from autograders.course import lesson
from autograders.judge import pieces, play, words
from autograders.judge.cells import Plain, plain
from autograders.sandbox import sanitize
from lab.language import Message

ELSEWHERE = Message(
    "*Nothing was written in this cell. These words of the student's stand in other cells of the "
    "notebook:*"
)
_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")


class OtherNotebook(Exception):
    """The notebook holds no cell of the assignment."""


def repaired(handed_in: NotebookNode, original: NotebookNode, notice: str = "") -> NotebookNode:
    """Return a notebook with the student's code and answers in cells of the course's making.

    Parameters
    ----------
    handed_in : NotebookNode
    original : NotebookNode
        The course's own notebook.
    notice : str
        What is said above all cells to whoever reads the graded notebook.

    Returns
    -------
    NotebookNode
        With every graded cell once and unchanged, explore cells with the outputs that
        the student saw, and nothing that a browser or nbgrader would stumble over.

    Raises
    ------
    OtherNotebook
        If it holds no exercise and no function of this assignment.
    """
    wanted = {lesson.grade_id(cell): cell for cell in original.cells if lesson.grade_id(cell)}
    cells = plain(handed_in)
    if not belongs(cells, original):
        raise OtherNotebook
    cells = _in_pieces(_once(cells, wanted), exercises(original))
    ours = {cell.source for cell in original.cells if cell.cell_type == "markdown"}
    alone = _to_play_with(cells, original)
    made = [_made(cell, wanted, alone.get(place), ours) for place, cell in enumerate(cells)]
    made = _with_missing(made, original)
    _show_words(made, wanted, words.own(cells, original))
    if notice:
        made.insert(0, _cell("markdown", sanitize.markdown(notice)))
    _number(made)
    return NotebookNode(
        cells=made,
        metadata=from_dict(original.metadata),
        nbformat=v4.nbformat,
        nbformat_minor=v4.nbformat_minor,
    )


def belongs(cells: list[Plain], original: NotebookNode) -> bool:
    """Tell whether cells that were handed in hold an exercise of the course's notebook."""
    return share(cells, original) > 0


def share(cells: list[Plain], original: NotebookNode) -> float:
    """Return how much of the course's notebook cells that were handed in hold, from 0 to 1."""
    asked = exercises(original)
    checks = {lesson.CHECK + name for name in asked}
    if any(cell["grade_id"] in checks | asked for cell in cells):
        return 1.0
    if any(cell["grade_id"].startswith(lesson.CHECK) for cell in cells):
        return 0.0  # another assignment's, which may give what this one asks for
    # a later notebook gives what this one asks for
    written = [cell for cell in cells if not cell["grade_id"].startswith(lesson.GIVEN)]
    defined = set().union(*(play.defines(cell["source"]) for cell in written))
    return len(defined & asked) / max(len(asked), 1)


def exercises(original: NotebookNode) -> set[str]:
    """Return the names of the functions that the course's notebook asks for."""
    checks = filter(lesson.is_check, original.cells)
    return {lesson.grade_id(cell).removeprefix(lesson.CHECK) for cell in checks}


def _once(cells: list[Plain], wanted: dict[str, NotebookNode]) -> list[Plain]:
    """Let each of the course's cells keep its name once: the last that the student changed."""
    best: dict[str, tuple[bool, int]] = {}
    for position, cell in enumerate(cells):
        name = cell["grade_id"]
        if name in wanted:
            changed = cell["source"].strip() != wanted[name].source.strip()
            best[name] = max(best.get(name, (False, -1)), (changed, position))
    result = []
    for position, cell in enumerate(cells):
        name = cell["grade_id"]
        if name in wanted and best[name][1] != position:
            if cell["source"].strip() == wanted[name].source.strip():
                continue  # an untouched copy would undo what stands in the other one
            cell = {**cell, "grade_id": ""}
        result.append(cell)
    return result


def _in_pieces(cells: list[Plain], functions: set[str]) -> list[Plain]:
    """Put what is called behind a function into cells of its own; see `pieces`."""
    result = []
    for cell in cells:
        first, *others = (
            pieces.apart(cell["source"], functions) if cell["type"] == "code" else [cell["source"]]
        )
        result.append({**cell, "source": first})
        alone = {"grade_id": "", "id": "", "tagged": False, "outputs": []}
        result += [{**cell, **alone, "source": each} for each in others]
    return result


def _to_play_with(cells: list[Plain], original: NotebookNode) -> dict[int, bool]:
    """Return, by their places, which cells are to play with, and whether each is left alone."""
    known, given = play.Play(original), {}
    for place, cell in enumerate(cells):
        if cell["type"] == "code" and not cell["grade_id"]:
            was = known.given(cell["source"], cell["id"], cell["tagged"])
            if was is not None:
                given[place] = was
    code = {place: cell["source"] for place, cell in enumerate(cells) if cell["type"] == "code"}
    others = [source for place, source in code.items() if place not in given]
    needed = set().union(*map(play.reads, others))
    return {
        place: play.is_left_alone(cells[place]["source"], was, needed)
        for place, was in given.items()
    }


def _made(
    cell: Plain, wanted: dict[str, NotebookNode], alone: bool | None, ours: set[str]
) -> NotebookNode:
    """Return a cell of our own making with the student's text in it.

    `alone` tells of a cell to play with whether it is left alone when grading; None of others.
    """
    name, source, kind = cell["grade_id"], cell["source"], cell["type"]
    if name in wanted:
        original = wanted[name]
        kind = original.cell_type
        if original.metadata.nbgrader.locked:
            source = original.source
    if kind == "code":
        made = _cell("code", source)
        if alone is not None:
            made.outputs = sanitize.outputs(cell["outputs"])
        if alone:
            made.metadata.tags = [lesson.EXPLORE_TAG]
    elif kind == "markdown":
        # the course's own text keeps its links
        made = _cell("markdown", source if source in ours else sanitize.markdown(source))
    else:
        made = _cell("markdown", sanitize.preformatted(source))
    made.id = cell["id"]
    if name in wanted:
        made.metadata.nbgrader = NotebookNode(wanted[name].metadata.nbgrader)
    return made


def _cell(kind: str, source: str) -> NotebookNode:
    """Return a cell, which is not held to the schema: all that is in it is made here."""
    cell = NotebookNode(cell_type=kind, id="", metadata=NotebookNode(), source=source)
    return NotebookNode(**cell, outputs=[], execution_count=None) if kind == "code" else cell


def _with_missing(cells: list[NotebookNode], original: NotebookNode) -> list[NotebookNode]:
    """Put graded and locked cells that are gone back to where they were.

    A stub that is gone stays gone: put back, it would undo a function that the student
    has written in another cell.
    """
    have = {lesson.grade_id(cell) for cell in cells}
    before = -1  # the position of the last cell that stands before, in the course's order
    for cell in original.cells:
        name = lesson.grade_id(cell)
        if not name:
            continue
        if name in have:
            before = next(i for i, each in enumerate(cells) if lesson.grade_id(each) == name)
        elif cell.metadata.nbgrader.grade or cell.metadata.nbgrader.locked:
            before += 1
            back = _cell(cell.cell_type, cell.source)
            back.metadata.nbgrader = NotebookNode(cell.metadata.nbgrader)
            cells.insert(before, back)
    return cells


def _show_words(
    cells: list[NotebookNode], wanted: dict[str, NotebookNode], own: list[tuple[str, bool]]
) -> None:
    """Put words that stand elsewhere where a written answer was left empty, for who marks it."""
    shown = [
        sanitize.markdown(text) if markdown else sanitize.preformatted(text)
        for text, markdown in own
    ]
    for cell in cells if shown else []:
        original = wanted.get(lesson.grade_id(cell))
        if original is None or not words.is_answer(original):
            continue
        if not words.Course(NotebookNode(cells=[original])).rest(cell.source):
            cell.source = "\n\n".join([str(ELSEWHERE), *shown])


def _number(cells: list[NotebookNode]) -> None:
    """Give each cell an id that no other one has; those that are fine stay."""
    seen: set[str] = set()
    numbers = itertools.count()
    for cell in cells:
        while not _ID.fullmatch(cell.id) or cell.id in seen:
            cell.id = f"cell-{next(numbers)}"
        seen.add(cell.id)
