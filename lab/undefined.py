"""A name that no cell has made yet, told in one sentence in the place of a stack.

So it is where cells run out of order. Without IPython all stays as it is.
"""

import contextlib
import sys

from lab import cells
from lab.language import Message
from lab.width import unbroken

UNDEFINED = Message(
    "{name} is not defined: line {line}, `{code}`. If a cell above makes it, run all cells above "
    "this one, in their order, then this one again. If none does, look at its spelling."
)


def watch(columns):
    """Tell such a name from now on in one sentence, where there is IPython.

    Parameters
    ----------
    columns : int
        How wide the lines may be.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if not shell:
        return

    def tell(shell, kind, error, traceback, tb_offset=None):
        # what goes wrong here leaves the usual stack
        with contextlib.suppress(Exception):
            said = sentence(error, shell.user_ns)
            if said:
                error._render_traceback_ = lambda: unbroken(said, columns)
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)

    shell.set_custom_exc((NameError,), tell)


def sentence(error, namespace):
    """Return what to say of an error in a cell, or None where it is of another kind.

    Parameters
    ----------
    error : NameError
    namespace : dict
        The notebook's variables.
    """
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    in_a_cell = traceback is not None and traceback.tb_frame.f_globals is namespace
    if type(error) is not NameError or not error.name or not in_a_cell:
        return None
    line, code = cells.stopped(error, namespace)
    return UNDEFINED.format(name=error.name, line=line, code=code) if code else None
