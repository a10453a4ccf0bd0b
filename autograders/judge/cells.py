"""The cells of a notebook that was handed in: what matters of each, whatever the file held."""

from typing import Any

from nbformat import NotebookNode

from autograders.course import lesson
from lab.language import Message

SHORTENED = Message("\n# [... cut here: the cell has more than {limit:,} characters]")
LONGEST_CELL = 200_000  # characters
MOST_CELLS = 2_000

Plain = dict[str, Any]
"""What matters of a cell that was handed in: type, id, source, grade_id, outputs, and `tagged`:
whether it has the tag of cells to play with."""


def plain(handed_in: NotebookNode) -> list[Plain]:
    """Return what matters of the cells of a notebook, of which nothing is taken for granted."""
    return [_plain(cell) for cell in list(handed_in.cells)[:MOST_CELLS]]


def _plain(cell: NotebookNode) -> Plain:
    source = cell.get("source", "")
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    source = source.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    if len(source) > LONGEST_CELL:
        source = source[:LONGEST_CELL] + SHORTENED.format(limit=LONGEST_CELL)
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    outputs = cell.get("outputs")
    return {
        "type": cell.get("cell_type"),
        "id": cell.get("id") if isinstance(cell.get("id"), str) else "",
        "source": source,
        "grade_id": grade_id if isinstance(grade_id, str) else "",
        "tagged": isinstance(tags, list) and lesson.EXPLORE_TAG in tags,
        "outputs": outputs if isinstance(outputs, list) else [],
    }
