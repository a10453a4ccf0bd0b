"""The exercises of the course, one module per notebook."""

import importlib
import pkgutil

from autograders import ROOT, Refused
from lab.examples import ORDER, in_order

BROKEN = "autograders/exercises/{name}.py cannot be used ({error}). Mend it, then try again."
NO_LIST = "no list EXERCISES with an Exercise for each function"


def load(name):
    """Return the list of `Exercise` in a notebook's module.

    Parameters
    ----------
    name : str
        The assignment.

    Raises
    ------
    Refused
        If the module cannot be imported or has no such list.
    """
    try:
        exercises = getattr(importlib.import_module(f"{__name__}.{name}"), "EXERCISES", None)
    except Exception as error:
        raise Refused(BROKEN.format(name=name, error=f"{type(error).__name__}: {error}")) from error
    if not exercises:
        raise Refused(BROKEN.format(name=name, error=NO_LIST))
    return exercises


def _is_there(name):
    """Tell whether an assignment that is being added has its reference and its notebook."""
    reference, notebook = f"source_ref/{name}.py", f"notebooks/{name}/{name}.ipynb"
    return name in ORDER or ((ROOT / reference).is_file() and (ROOT / notebook).is_file())


NOTEBOOKS = {
    name: load(name)
    for name in in_order({*ORDER, *(module.name for module in pkgutil.iter_modules(__path__))})
    if _is_there(name)
}
"""For each notebook its list of `Exercise`, in the course's order."""


def find(name, function):
    """Return the `Exercise` of a function in a notebook.

    Parameters
    ----------
    name, function : str

    Raises
    ------
    KeyError
        If there is none.
    """
    return {exercise.name: exercise for exercise in NOTEBOOKS[name]}[function]
