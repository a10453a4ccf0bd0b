"""Any nbgrader course: hand-ins run side by side, each in a box, and nbgrader's rules score them.

Two lines in nbgrader_config.py are enough: ``from autograders import stock`` and
``stock.apply(c)``. It touches submitted/, autograded/ and the gradebook. It knows of no exercise,
and never imports content or the judge.
"""

__all__ = ["course"]

from typing import Any


def apply(c: Any) -> None:
    """Let nbgrader's autograde, formgrader's button and our own command grade side by side.

    Parameters
    ----------
    c : traitlets.config.Config
        The course's, as ``get_config()`` gives it.
    """
    from autograders.stock import side_by_side

    side_by_side.take_over()
    c.Boxes.side_by_side = True
