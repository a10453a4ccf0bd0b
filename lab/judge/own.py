"""Which lines of a stack are a student's own."""

import linecache
from types import FrameType, TracebackType
from typing import Any

Place = tuple[FrameType, int]
"""A frame, and the number of the line at which it was."""


def places(traceback: TracebackType | None, namespace: dict[str, Any] | None) -> list[Place]:
    """Return where code of a namespace was, the outermost place first.

    Parameters
    ----------
    traceback : traceback or None
    namespace : dict or None
        The notebook's variables.
    """
    found = []
    while traceback is not None:
        if traceback.tb_frame.f_globals is namespace:
            found.append((traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found


def code(place: Place) -> str:
    """Return the text of the line at a place, or an empty one where it is not known."""
    frame, line = place
    return linecache.getline(frame.f_code.co_filename, line).strip()
