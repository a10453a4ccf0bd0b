"""The reference functions: their source as text, and the functions themselves."""

import ast
import functools
import importlib
import linecache
import zlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

from autograders import ROOT, Refused
from autograders.course import stubs

NO_FUNCTION = (
    "source_ref/{assignment}.py has no function {function}. Write the reference answer there."
)
IN_MODULE = "source_ref/{assignment}.py: {problem}"
NO_MODULE = (
    "source_ref/{assignment}.py is missing. Restore it from version control. "
    "For a new assignment: write the reference answers there."
)
NOT_PYTHON = "source_ref/{assignment}.py, line {line}: {error}. Correct the reference."


def source(assignment: str, function: str) -> str:
    """Return the source of one reference function, markers included.

    Raises
    ------
    Refused
        If the module has no such function or is no Python.
    """
    functions = sources(assignment)
    if function not in functions:
        raise Refused(NO_FUNCTION.format(assignment=assignment, function=function))
    return functions[function]


@functools.cache
def sources(assignment: str) -> dict[str, str]:
    """Return the source of every function of a reference module, by name, in order."""
    file = ROOT / "source_ref" / f"{assignment}.py"
    if not file.is_file():
        raise Refused(NO_MODULE.format(assignment=assignment))
    text = file.read_text(encoding="utf-8")
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        problem = NOT_PYTHON.format(assignment=assignment, line=error.lineno, error=error.msg)
        raise Refused(problem) from None
    return {
        node.name: ast.get_source_segment(text, node) or ""
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def module(assignment: str) -> ModuleType:
    """Return the imported reference module."""
    return importlib.import_module(f"source_ref.{assignment}")


def stub(assignment: str, function: str) -> str:
    """Return the stub of a function as students see it."""
    code = source(assignment, function)
    try:
        return stubs.stub(code, getattr(module(assignment), "STUBS", {}).get(function))
    except Refused as refused:
        raise Refused(IN_MODULE.format(assignment=assignment, problem=refused)) from None


def run(assignment: str, code: str, function: str) -> Callable[..., Any]:
    """Return a function of `code`, run with what the reference module has around it."""
    namespace = dict(vars(module(assignment)))
    filename = f"<{function} {zlib.crc32(code.encode()):x}>"
    # messages quote the line that stopped, as they do in a notebook
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    exec(compile(code, filename, "exec"), namespace)  # noqa: S102 - the course's own code
    return namespace[function]
