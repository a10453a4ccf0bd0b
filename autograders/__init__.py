"""What only the instructor's machine runs: exercises, release, grading, the command line."""

import pathlib
import sys

# jsonschema, under nbformat, builds a grammar of web addresses from it at each start: half of
# the time until our commands begin, for a check that no notebook needs
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

ROOT = pathlib.Path(__file__).resolve().parent.parent
"""The folder of the course: the one with notebooks/, lab/ and source_ref/."""


class Refused(Exception):
    """Bad input. The message is one line: what is wrong, where, and what to do."""
