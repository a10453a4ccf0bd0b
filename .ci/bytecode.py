"""Writes the bytecode of what a run imports: what the commands do, and what a box has in it.

pip would compile all of a hundred packages, which takes longer than grading the sample class.
Python compiles the others when they are first imported, and keeps that where it may write; a
box may not.
"""

import importlib
import os
import pathlib
import pkgutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODULES = (
    *("autograders.__main__", "autograders.arguments", "autograders.demo"),
    *("autograders.sandbox.box.parent", "matplotlib.pyplot", "matplotlib_inline.backend_inline"),
    # what is not imported before it is needed
    *("sqlalchemy.dialects.sqlite", "pygments.lexers.python", "pygments.styles.default"),
    *("jinja2.ext", "mistune.plugins.def_list", "mistune.plugins.task_lists"),
    *("mistune.plugins.url", "matplotlib.backends.backend_agg"),
    *("IPython.core.application", "IPython.core.completer", "IPython.core.completerlib"),
    *("IPython.core.crashhandler", "IPython.core.logger", "IPython.core.magics"),
    *("IPython.core.oinspect", "IPython.utils.wildcard"),
    *("stack_data", "stack_data.serializing", "pygments.formatters.terminal256"),  # of an error
)


def load() -> None:
    """Import them."""
    sys.path.insert(0, str(ROOT))
    from autograders.sandbox import bubblewrap

    os.environ["MPLCONFIGDIR"] = str(bubblewrap.fonts())
    import lab

    kit = [module.name for module in pkgutil.walk_packages(lab.__path__, "lab.")]
    for name in (*MODULES, *kit):
        importlib.import_module(name)


if __name__ == "__main__":
    sys.dont_write_bytecode = False  # whatever the environment says
    load()
