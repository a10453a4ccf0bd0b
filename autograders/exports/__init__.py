"""Grades for other systems: plugins for ``nbgrader export``.

``nbgrader export --exporter=autograders.exports.CanvasExportPlugin`` writes a
file for Canvas, ``autograders.exports.MoodleExportPlugin`` one for Moodle.
nbgrader's own exporter, without the option, writes plain CSV.
"""

import importlib
from typing import Any

__all__ = ["CanvasExportPlugin", "MoodleExportPlugin"]


def __getattr__(name: str) -> Any:
    """Import a plugin when it is asked for: nbgrader comes with it, which takes a second."""
    if name not in __all__:
        raise AttributeError(name)
    module = name.removesuffix("ExportPlugin").lower()
    return getattr(importlib.import_module(f"autograders.exports.{module}"), name)
