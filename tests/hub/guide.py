"""The guide's section on JupyterHub as data: its steps in their order, as they stand there."""

import re
from typing import NamedTuple

from autograders import ROOT

TEXT = (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("\n## On JupyterHub\n")[2].partition("\n## ")[0]
PART = re.compile(r"^### (.+)$", re.M)
STEP = re.compile(
    r"(?:`(?P<file>/[\w./-]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```", re.M | re.S
)
COMMAND = re.compile(r"`((?:nbgrader|python -m autograders) [^`]+)`")


class Step(NamedTuple):
    """A block of code: lines to type, or a file to write."""

    part: str
    file: str | None
    language: str
    text: str


def steps(part=None):
    """Return the steps of the section, or of one of its parts."""
    titles = PART.split(SECTION)[1:]
    return [
        Step(title, *found.group("file", "language", "text"))
        for title, text in zip(titles[::2], titles[1::2], strict=True)
        for found in STEP.finditer(text)
        if part in (None, title)
    ]


def commands():
    """Return what the section's table of commands names, in its order."""
    (rows,) = re.findall(r"\| what you do \| command \|\n.*?\n(.*?)\n\n", SECTION, re.S)
    return COMMAND.findall(rows)


def unit():
    """Return the settings of the service's unit: a dict."""
    (step,) = [step for step in steps() if step.language == "ini"]
    return dict(line.split("=", 1) for line in step.text.splitlines() if "=" in line)
