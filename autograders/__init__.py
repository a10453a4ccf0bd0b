"""What only the instructor's machine runs: exercises, release, grading, the command line."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
"""The folder of the course: the one with notebooks/, lab/ and source_ref/."""


class Refused(Exception):
    """Bad input. The message is one line: what is wrong, where, and what to do."""
