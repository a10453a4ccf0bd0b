"""Tables, notes and sentences: set like the text on a page, as aligned text everywhere else."""

from IPython import get_ipython
from IPython.display import display

from lab.language import translated
from lab.width import folded, left, right, width

WIDTH = 88  # of a line of plain text
NO_BREAK = "\u00a0"
MARK = "- "  # of a note


def prose(text):
    """Show a sentence or more.

    Parameters
    ----------
    text : str
    """
    _show(text, "\n".join(folded(text, WIDTH)))


def notes(sentences):
    """Show short notes one below the other.

    Parameters
    ----------
    sentences : sequence of str

    Examples
    --------
    >>> notes(["Mean over 40 draws.", "gap: train minus test."])
    - Mean over 40 draws.
    - gap: train minus test.
    """
    marked = [MARK + each for each in sentences]
    lines = [line for each in marked for line in folded(each, WIDTH, " " * len(MARK))]
    _show("\n".join(marked), "\n".join(lines))


def table(header, rows):
    """Show rows under a header: the first column to the left, the others to the right.

    Parameters
    ----------
    header : sequence of str
    rows : sequence of sequence of str

    Examples
    --------
    >>> table(["start", "test %"], [["zeros", "50.0 ± 0.0"], ["He", "96.6 ± 0.3"]])
    start      test %
    -----  ----------
    zeros  50.0 ± 0.0
    He     96.6 ± 0.3
    """
    header = [translated(str(title)) for title in header]
    rows = [[translated(str(cell)) for cell in row] for row in rows]
    _show(_markdown(header, rows), _aligned(header, rows))


def _show(markdown, text):
    if get_ipython() is None:
        print(text)
    else:
        display({"text/markdown": markdown, "text/plain": text}, raw=True)


def _aligned(header, rows):
    """Return the table as lines of text, which read the same on every page."""
    widths = [max(map(width, column)) for column in zip(header, *rows, strict=True)]
    lines = []
    for row in (header, ["-" * columns for columns in widths], *rows):
        first, *others = zip(row, widths, strict=True)
        cells = [left(*first), *(right(*other) for other in others)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _markdown(header, rows):
    """Return the table in the notation that pages turn into rows and columns.

    A number and its spread stay on one line where the page is narrow.
    """
    rule = [":--", *["--:"] * (len(header) - 1)]
    kept = [[first, *(text.replace(" ", NO_BREAK) for text in others)] for first, *others in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, rule, *kept))
