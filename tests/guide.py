"""The author's guide as data: the files that it shows and the commands that it gives."""

import re

from autograders import ROOT

TEXT = (ROOT / "docs" / "author.md").read_text(encoding="utf-8")
NAME, FUNCTION, POINTS = "momentum", "average_gradient", 6
FILES = dict(re.findall(r"^`([\w/]+\.py)`:\n\n```python\n(.*?)^```", TEXT, re.M | re.S))
COMMANDS = [
    line.removeprefix("python -m autograders ").split()
    for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.M | re.S)
    for line in block.splitlines()
]


def write_files(course):
    """Write the files that the guide shows into a course's folder."""
    for file, content in FILES.items():
        (course.root / file).write_text(content, encoding="utf-8")
