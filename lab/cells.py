"""Cells as a notebook ran them: which functions were last written in a cell that failed.

Only what ran is known: a cell that was edited and not run again is as it was. Without IPython
nothing is known, and nothing is missing.
"""

import ast
import contextlib
import re
import sys
from dataclasses import dataclass

from lab.judge import own
from lab.judge.excerpt import one_line
from lab.judge.problems import Kind, Problem, found

_DEFINES = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_UNDEFINED = object()


@dataclass(frozen=True)
class _Failed:
    """The last run of a cell that writes a function, which failed."""

    problem: Problem
    left: object  # what the name meant then


_failed: dict[str, _Failed] = {}


def watch(aside):
    """Look from now on at each cell that IPython has run, where there is IPython.

    Parameters
    ----------
    aside : type
        A kind of exception with which no cell fails.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if shell:
        shell.events.register("post_run_cell", lambda result: _look(shell, result, aside))


def failure(name):
    """Return why the cell that last wrote a function failed; None if it did not, or is unknown."""
    failed = _failed.get(name)
    if failed and vars(sys.modules["__main__"]).get(name, _UNDEFINED) is failed.left:
        return failed.problem
    return None


def _look(shell, result, aside):
    """Remember how a cell ended. Nothing that goes wrong here is shown below a student's cell."""
    with contextlib.suppress(Exception):
        source = result.info.raw_cell
        error = result.error_before_exec or result.error_in_exec
        for name in defined(source):
            _failed.pop(name, None)
            if error is not None and not isinstance(error, aside):
                left = shell.user_ns.get(name, _UNDEFINED)
                _failed[name] = _Failed(_problem(source, result, shell.user_ns), left)


def defined(source):
    """Return the names of the functions and classes that a cell's code writes or fetches."""
    try:
        return set(_written(ast.parse(source).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # all that a parser raises
        return set(_DEFINES.findall(source))


def _written(statements):
    """Yield what statements define where a cell's variables are."""
    for node in statements:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            continue
        if isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        for block in ("body", "orelse", "finalbody", "handlers"):
            yield from _written(getattr(node, block, []))


def _problem(source, result, namespace):
    """Return where a cell failed: for what was called in other cells, where it was called."""
    error = result.error_before_exec or result.error_in_exec
    kind = type(error).__name__
    if error is result.error_before_exec:
        line = getattr(error, "lineno", None) or 0
        code = "".join(source.splitlines()[line - 1 : line]).strip()
    else:
        line, code = stopped(error, namespace)
    said = error.msg if isinstance(error, SyntaxError) else one_line(error)
    if not code:
        return found(Kind.RAISED_ELSEWHERE, error=kind, said=said)
    if isinstance(error, KeyboardInterrupt):
        return found(Kind.INTERRUPTED, line=line, code=code)
    return found(Kind.RAISED, error=kind, line=line, code=code, said=said)


def stopped(error, namespace):
    """Return the number and the text of a cell's own line where it stopped."""
    places = own.places(error.__traceback__, namespace)
    cell = [each for each in places if _file(each) == _file(places[0])]
    return (cell[-1][1], own.code(cell[-1])) if cell else (0, "")


def _file(place):
    return place[0].f_code.co_filename
