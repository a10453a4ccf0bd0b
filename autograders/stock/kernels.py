"""Which kernels can be replaced by a box: Python's, of the Python that grades."""

import json
import pathlib
import sys

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

from autograders.stock.known import PYTHON, KnownNotebook

OTHER_LANGUAGE = "{notebook} asks for a kernel of {language}"
OTHER_PYTHON = "{notebook} asks for the kernel {name!r}, which is another Python ({python})"
NAMES = ("python", "python3", f"python{sys.version_info.major}.{sys.version_info.minor}")


def foreign(notebook: KnownNotebook) -> str | None:
    """Return why a notebook's kernel cannot be replaced by a box, or None where it can."""
    if notebook.language != PYTHON:
        return OTHER_LANGUAGE.format(notebook=notebook.name, language=notebook.language)
    name = (json.loads(notebook.kernelspec or "null") or {}).get("name", "")
    if not name:
        return None
    try:
        program = KernelSpecManager().get_kernel_spec(name).argv[0]
    except (NoSuchKernel, IndexError):
        return None  # of another machine: nbgrader would stop here
    if program in NAMES or _same(program):
        return None
    return OTHER_PYTHON.format(notebook=notebook.name, name=name, python=program)


def _same(program: str) -> bool:
    """Tell whether a program is this Python, in this environment."""
    path = pathlib.Path(program)
    return path.parent.resolve() == pathlib.Path(sys.executable).parent.resolve()
