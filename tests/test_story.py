"""The guide's evening, run: what the section types is typed, and prints what stands there."""

import contextlib
import io
import re
import shlex
import sys

import pytest

from autograders import ROOT
from autograders.__main__ import main
from autograders.answers.server import Server
from autograders.browser import evening
from tests.course import commands_at

TEXT = (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("\n## One evening, from ZIP to grades\n")[2].partition("\n## ")[0]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
BLOCKS = BLOCK.findall(SECTION)
TYPED = [text.splitlines() for language, text in BLOCKS if language == "sh"]
PRINTED = [text.splitlines() for language, text in BLOCKS if language == "text"]
OTHERWISE = re.compile(r"127\.0\.0\.1:\d+/#\S+|\d{4}-\d\d-\d\d-\d{6}\.tar")
"""What is another one each time: an address of one's own, the time of a backup."""


@pytest.fixture
def course(released_course, box, monkeypatch):
    evening.files(released_course.root)
    commands_at(monkeypatch, released_course.root)
    monkeypatch.chdir(released_course.root)
    monkeypatch.setattr(sys, "path", sys.path[:])  # the course's settings add to it
    monkeypatch.setattr(Server, "serve_forever", lambda self: evening.marked(self.desk))
    return released_course


def said(course, line):
    """Type a line in the course's folder; return what it prints, as a terminal shows it."""
    program, *words = shlex.split(line)
    if program == "nbgrader":
        process = course.nbgrader(*words)
        return process.stderr.splitlines()
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        main(words[2:])
    return out.getvalue().splitlines()


def known(lines):
    return [OTHERWISE.sub("…", line) for line in lines]


def test_the_story_is_what_a_run_gives(course):
    assert len(TYPED) == len(PRINTED) > 5
    for lines, printed in zip(TYPED, PRINTED, strict=True):
        now = [each for line in lines for each in said(course, line)]
        assert known(now) == known(printed), lines
    (table,) = [text for language, text in BLOCKS if language == "csv"]
    assert (course.root / "moodle.csv").read_text().splitlines() == table.splitlines()
