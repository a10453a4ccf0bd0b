"""What a function's text tells of it, where it can be read: no more than an explanation."""

import ast
import functools
import inspect
import linecache
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from lab.judge.problems import Kind, Problem, found

DATA = bool | int | float | complex | str | list | tuple | dict | set | np.ndarray | np.generic


class Source:
    """The text of a function, as a tree.

    Parameters
    ----------
    function : callable
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._globals = getattr(function, "__globals__", {})
        self._tree = _tree(function)

    def returned_none(self) -> Problem | None:
        """Return why the function gives None, unless one of the stub's None may be to blame."""
        if self._tree is None:
            return None
        values = [node.value for node in _own(self._tree) if isinstance(node, ast.Return)]
        if all(value is None or _is_none(value) for value in values):
            return found(Kind.RETURNS_NOTHING)
        assigned = [node for node in _own(self._tree) if isinstance(node, ast.Assign)]
        if any(_is_none(node.value) for node in assigned):
            return None
        return found(Kind.GIVES_NONE)

    @functools.cached_property
    def _names(self) -> tuple[set[str], list[str]]:
        """What is read and not its own, and the arguments that are never read."""
        if self._tree is None:
            return set(), []
        nodes = list(ast.walk(self._tree))
        names = [node for node in nodes if isinstance(node, ast.Name)]
        read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        arguments = [node.arg for node in nodes if isinstance(node, ast.arg)]
        own = {node.id for node in names if not isinstance(node.ctx, ast.Load)} | set(arguments)
        given = self._tree.args
        unread = [each.arg for each in (*given.posonlyargs, *given.args) if each.arg not in read]
        return read - own, unread

    def foreign(self, asked: Iterable[str]) -> tuple[str, str | None] | None:
        """Return a variable of the notebook that is read in an argument's place.

        Parameters
        ----------
        asked : iterable of str
            What the exercise calls its arguments.

        Returns
        -------
        (str, str or None) or None
            The variable, and an argument that is never read.
        """
        read, unread = self._names
        foreign = sorted(n for n in read if isinstance(self._globals.get(n), DATA))
        # one that is called like an argument of the exercise is meant for it
        foreign.sort(key=lambda name: name not in asked)
        if foreign and (unread or foreign[0] in asked):
            return foreign[0], unread[0] if unread else None
        return None


def _tree(function: Callable[..., Any]) -> ast.FunctionDef | None:
    try:
        code = function.__code__
        lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
        (tree,) = ast.parse(textwrap.dedent("".join(inspect.getblock(lines)))).body
    except Exception:  # what a student's callable may be has no end
        return None
    return tree if isinstance(tree, ast.FunctionDef) else None


def _own(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in a function, but not in others inside it."""
    for node in ast.iter_child_nodes(tree):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            yield from _own(node)


def _is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
