"""Cells to play with: they are known by id, tag or text, and are not run when grading.

Several tools drop or renew what nbgrader and Jupyter know a cell by, so each of the three will do.
"""

import ast
import functools
import re
import symtable
import warnings
from collections.abc import Callable, Iterable, Iterator, Set
from typing import TypeVar

from nbformat import NotebookNode

from autograders.course import lesson

LIKE = 0.6
"""The share of a cell's lines that another one holds which was made of it."""

LARGEST_PARSED = 20_000  # characters

_DEFINES = re.compile(r"^\s*(?:async\s+)?(?:def|class)\s+(\w+)", re.MULTILINE)
_GUESS = re.compile(r"^(guess\(\s*(['\"]).*?\2\s*,).*", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")

Found = TypeVar("Found")


class Play:
    """The cells to play with of the course's notebook.

    Parameters
    ----------
    original : NotebookNode
        The course's own.
    """

    def __init__(self, original: NotebookNode) -> None:
        cells = [cell for cell in original.cells if lesson.is_explore(cell)]
        self._by_id = {cell.id: cell.source for cell in cells}
        self._by_text = {_without_guesses(cell.source): cell.source for cell in cells}

    def given(self, source: str, id: str, tagged: bool) -> str | None:
        """Return what a cell to play with was like in the release, or None where it is none.

        Parameters
        ----------
        source, id : str
            Of a code cell without a name of nbgrader's.
        tagged : bool
            Whether it has the tag of such cells.
        """
        if same := self._by_text.get(_without_guesses(source)):
            return same
        if id in self._by_id:
            return self._by_id[id]
        lines = set(_without_guesses(source).split("\n"))
        for text, given in self._by_text.items():
            wanted = text.split("\n")
            if len(wanted) > 1 and sum(line in lines for line in wanted) >= LIKE * len(wanted):
                return given
        return "" if tagged else None


def is_left_alone(source: str, given: str, needed: Set[str]) -> bool:
    """Tell whether a cell to play with need not be run: it makes nothing new that others need.

    Parameters
    ----------
    source : str
    given : str
        The same cell in the release.
    needed : set of str
        The names that cells with the student's own code read; see `reads`.
    """
    if normal(source) == normal(given):
        return True
    if not defines(source) <= defines(given):
        return False
    return not (_makes(source) - _makes(given)) & needed


def remembered(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """Let a function remember what it gave for short texts: most cells are the course's own."""
    kept = functools.lru_cache(maxsize=300)(function)

    @functools.wraps(function)
    def found(source: str) -> Found:
        return (kept if len(source) <= LARGEST_PARSED else function)(source)

    return found


@remembered
def normal(source: str) -> str:
    """Return code without what an editor changes by itself: blank lines, blanks at lines' ends."""
    return "\n".join(line.rstrip() for line in source.expandtabs(4).splitlines() if line.strip())


def _without_guesses(source: str) -> str:
    """Return code as `normal` does, without what was guessed in it: each student fills that in."""
    return _GUESS.sub(r"\1", normal(source))


def defines(source: str) -> set[str]:
    """Return the names of the functions and classes that a cell defines."""
    return set(_DEFINES.findall(source))


@remembered
def reads(source: str) -> frozenset[str]:
    """Return the names that code looks for outside of its functions; of no Python, all words."""
    return _names(source, lambda: _globals(symtable.symtable(source, "cell", "exec")))


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _globals(inner)


@remembered
def _makes(source: str) -> frozenset[str]:
    """Return the names that code gives to something; of no Python, all words."""
    return _names(source, lambda: _stored(ast.walk(ast.parse(source))))


def _names(source: str, found: Callable[[], Iterator[str]]) -> frozenset[str]:
    try:
        if len(source) > LARGEST_PARSED:
            raise ValueError
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes in the student's code
            return frozenset(found())
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # all that a parser raises
        return frozenset(_WORD.findall(source))


def _stored(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[0]
