"""A cell of code in pieces: the functions that are asked for, and what is called behind them.

A call that never ends, or that ends the process, costs its own piece. In one cell with a function
it would cost the function as well, which was right before.
"""

import ast
import re
import warnings
from collections.abc import Iterator

from autograders.judge import play

_MAGIC = re.compile(r"^([ \t]*)[%!].*", re.MULTILINE)
_QUIET = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)
_PLAIN = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign)


def apart(source: str, functions: set[str]) -> list[str]:
    """Return a cell's code in pieces, to be run one after the other.

    The first one goes to the first of the functions, with all that stands before it. Of what
    stands behind, calls and loops are pieces, and what only defines or stores something is.

    Parameters
    ----------
    source : str
    functions : set of str
        The names of those that are asked for.
    """
    if play.defines(source).isdisjoint(functions):
        return [source]
    lines, begins = source.splitlines(keepends=True), list(_begins(source, functions))
    ends = [*begins[1:], len(lines)]
    if len(begins) == 1:
        return [source]
    return ["".join(lines[i:j]).strip("\n") for i, j in zip(begins, ends, strict=True)]


def _begins(source: str, functions: set[str]) -> Iterator[int]:
    """Yield the lines at which pieces begin, the first one among them."""
    yield 0
    statements = iter(_statements(source))
    last = 0
    for statement in statements:
        last = statement.end_lineno or 0
        if getattr(statement, "name", None) in functions:
            break
    quiet = True
    for statement in statements:
        first = min([statement.lineno, *(each.lineno for each in _decorators(statement))])
        if _is_quiet(statement) != quiet and first > last:
            quiet = not quiet
            yield first - 1
        last = statement.end_lineno or 0


def _statements(source: str) -> list[ast.stmt]:
    """Return a cell's statements; magic commands count as calls."""
    if len(source) > play.LARGEST_PARSED or source.lstrip().startswith("%%"):
        return []
    for text in (source, _MAGIC.sub(r"\1_()", source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of odd escapes in the student's code
                return ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return []


def _decorators(statement: ast.stmt) -> list[ast.expr]:
    return getattr(statement, "decorator_list", [])


def _is_quiet(statement: ast.stmt) -> bool:
    """Tell whether a statement only defines or stores something."""
    if isinstance(statement, _QUIET):
        return True
    calls = (ast.Call, ast.Await, ast.comprehension)
    plain = isinstance(statement, _PLAIN)
    return plain and not any(isinstance(node, calls) for node in ast.walk(statement))
