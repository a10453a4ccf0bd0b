"""What a stored notebook says: its prose, and what its cells have printed and drawn."""

import re

from autograders.course import lesson


def cell(assignment, cell_id):
    """Return one cell of a stored notebook."""
    return next(c for c in lesson.read(lesson.path(assignment)).cells if c.id == cell_id)


def prose(assignment, cell_id):
    """Return the text of one cell on one line."""
    return " ".join(cell(assignment, cell_id).source.split())


def said(assignment, cell_id):
    """Return what a cell printed, and the words of its figures."""
    outputs = cell(assignment, cell_id).outputs
    texts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs]
    return "\n".join(texts)


def number(pattern, text):
    """Return the number at the group of a pattern.

    Raises
    ------
    AssertionError
        If the pattern does not occur.
    """
    found = re.search(pattern, text)
    assert found, f"{pattern!r} does not occur in {text!r}"
    return float(found[1].replace(",", ""))


def row(assignment, cell_id, label):
    """Return the numbers in the first row of a cell's tables that begins with a label.

    Raises
    ------
    AssertionError
        If there is none.
    """
    for line in said(assignment, cell_id).splitlines():
        if line.startswith(f"{label} "):
            numbers = re.findall(r"[-+]?\d[\d,]*(?:\.\d+)?", line[len(label) :])
            return [float(each.replace(",", "")) for each in numbers]
    raise AssertionError(f"no row {label!r} in what {cell_id} shows")
