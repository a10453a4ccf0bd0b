"""A bar on what takes more than a second, for a person who waits; stored notebooks have none."""

import time

from IPython import get_ipython
from IPython.display import display

BAR = "{what}  [{done}{left}]  {percent:3d} %"
LONG = 1.0  # seconds that something must be expected to take to get a bar
FIRST_LOOK = 0.2  # seconds after which that can be told
BAR_WIDTH = 30


def attached():
    """Tell whether this cell was started by a front end that a person sits at.

    JupyterLab lets a cell ask for input; nbclient, nbval and nbgrader, which run a
    notebook without anybody, do not. They say so with every cell they send.
    """
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return bool(parent.get("content", {}).get("allow_stdin", False))


class Meter:
    """A bar that appears once it is clear that more than a second will pass.

    It shows nothing, and leaves nothing, where no person watches.

    Parameters
    ----------
    total : int
        What `reach` will come to.
    what : str
        What goes on, such as "training".
    """

    def __init__(self, total, what):
        self.total, self.what = total, what
        self.shown = None
        self.start = time.perf_counter()
        self.watched = attached()

    def reach(self, done):
        """Say how much is done by now."""
        if not self.watched or not done:
            return
        if self.shown:
            self.shown.update(self._bundle(done), raw=True)
            return
        passed = time.perf_counter() - self.start
        if passed > FIRST_LOOK and passed / done * self.total > LONG:
            self.shown = display(self._bundle(done), raw=True, display_id=True)

    def close(self):
        """Take the bar away."""
        if self.shown:
            self.shown.update({"text/plain": ""}, raw=True)

    def _bundle(self, done):
        share = done / self.total
        filled = round(BAR_WIDTH * share)
        text = BAR.format(
            what=self.what,
            done="#" * filled,
            left="." * (BAR_WIDTH - filled),
            percent=round(100 * share),
        )
        return {"text/plain": text}
