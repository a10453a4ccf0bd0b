"""Grades for other systems: plugins for ``nbgrader export``.

``nbgrader export --exporter=autograders.exports.CanvasExportPlugin`` writes a
file for Canvas, ``autograders.exports.MoodleExportPlugin`` one for Moodle.
nbgrader's own exporter, without the option, writes plain CSV.
"""

from autograders.exports.canvas import CanvasExportPlugin
from autograders.exports.moodle import MoodleExportPlugin

__all__ = ["CanvasExportPlugin", "MoodleExportPlugin"]
