"""Is a person watching? Widgets and progress bars are for people, not for stored notebooks."""

from IPython import get_ipython


def attached():
    """Tell whether this cell was started by a front end that a person sits at.

    JupyterLab lets a cell ask for input; nbclient, nbval and nbgrader, which run a
    notebook without anybody, do not. They say so with every cell they send.
    """
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return bool(parent.get("content", {}).get("allow_stdin", False))
