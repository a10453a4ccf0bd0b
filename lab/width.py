"""How wide text is where every character takes one column or two, and lines that fit.

A full-width character, such as a Chinese one, takes two.
"""

import re
import textwrap
import unicodedata
from typing import Any

WIDE = ("W", "F")
_PIECES = re.compile(r"\s+|[^\s\u2e80-\u9fff\uff00-\uffef]+|.")
"""Where a line may be broken: at blanks, and beside each full-width character."""
NOT_FIRST = "，。；：、！？）」』”’》】%％…"
"""What never begins a line."""


def width(text: str) -> int:
    """Return how many columns a text takes.

    Examples
    --------
    >>> width("loss"), width("损失")
    (4, 4)
    """
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in WIDE)
        for each in text
    )


def left(text: str, columns: int) -> str:
    """Return a text with blanks behind it, so many columns wide."""
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """Return a text with blanks before it, so many columns wide."""
    return " " * (columns - width(text)) + text


def has_wide(text: str) -> bool:
    """Tell whether a text has full-width characters, which `textwrap` does not know."""
    return any(unicodedata.east_asian_width(each) in WIDE for each in text)


def wrapped(text: str, columns: int, hanging: str = "") -> list[str]:
    """Return a text with full-width characters as lines that fit.

    Parameters
    ----------
    text : str
    columns : int
    hanging : str
        What stands before each line but the first.

    Examples
    --------
    >>> wrapped("权重 W1 全是零。", 8)
    ['权重 W1', '全是零。']
    """
    lines, line = [], ""
    for piece in _kept_together(text):
        if line.strip() and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = hanging + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _kept_together(text: str) -> list[str]:
    """Return the pieces between which a line may end, each with the marks that follow it."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if pieces and piece[0] in NOT_FIRST:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def folded(text: str, columns: int, hanging: str = "", **options: Any) -> list[str]:
    """Return a text as lines that fit, whatever its characters.

    Parameters
    ----------
    text : str
    columns : int
    hanging : str
        What stands before each line but the first.
    **options
        Those of `textwrap.wrap`, for text without full-width characters.
    """
    if has_wide(text):
        return wrapped(text, columns, hanging)
    return textwrap.wrap(text, columns, subsequent_indent=hanging, **options)


def unbroken(text: str, columns: int) -> list[str]:
    """Return a text as lines that fit and, joined by line feeds, keep their words apart.

    An error's lines are shown with line feeds between them, and a page breaks longer ones inside
    a word.
    """
    *lines, last = folded(text, columns - len(" "))
    return [*(line + " " for line in lines), last]
