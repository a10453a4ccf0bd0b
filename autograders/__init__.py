"""What only the instructor's machine runs: exercises, judge, release, grading, the command line.

Each room below says in its own first lines what it does, what it may touch and what it never
imports; docs/architecture.md shows them all.
"""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
"""The folder of the course: the one with notebooks/, lab/ and source_ref/."""


class Refused(Exception):
    """Bad input. The message is one line: what is wrong, where, and what to do."""
