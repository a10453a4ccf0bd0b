"""The time that a lesson promises is what it takes somebody to whom all of it is new.

It is reckoned, not measured: nobody's reading has been timed. The author's guide has the rates.
"""

import re

import pytest

from autograders import ROOT
from autograders.authoring import site
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from tests.notebooks import reading

WORDS, LINES = 120, 20  # a minute: of prose with formulas in it, of code that is given
FORMULA, GUESS, SHOWN, SLIDER, POINT, WRITTEN = 1, 1, 1, 3, 1.5, 8  # minutes for each
WITHIN = 10  # minutes

DISPLAYED, INLINE = re.compile(r"\$\$.*?\$\$", re.DOTALL), re.compile(r"\$[^$]+\$")


def minutes(name):
    """Return how long a lesson takes."""
    cells = lesson.read(lesson.path(name)).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    formulas = len(DISPLAYED.findall(text))
    words = len(re.findall(r"[\w'-]+", INLINE.sub("x", DISPLAYED.sub("", text))))
    lines = sum(len(cell.source.splitlines()) for cell in cells if lesson.is_explore(cell))
    shown = sum(len(cell.get("outputs", [])) for cell in cells)
    points = sum(part.points for each in EXERCISES[name] for part in each.parts.values())
    return (
        words / WORDS
        + lines / LINES
        + FORMULA * formulas
        + GUESS * text.count("**Guess.**")
        + SHOWN * shown
        + SLIDER * sum(map(site.is_slider, cells))
        + POINT * points
        + WRITTEN
    )


@pytest.mark.parametrize("name", EXERCISES)
def test_the_time_is_what_it_takes(name):
    stated = reading.number(r"\*\*Time\*\*: about (\d+) minutes", reading.prose(name, "title"))
    assert abs(stated - minutes(name)) <= WITHIN


def test_the_guides_say_the_same():
    stated = [
        reading.number(r"about (\d+) minutes", reading.prose(name, "title")) for name in EXERCISES
    ]
    student, author = (
        (ROOT / "docs" / f"{guide}.md").read_text(encoding="utf-8")
        for guide in ("student", "author")
    )
    assert f"takes {min(stated):.0f} to {max(stated):.0f} minutes" in student
    for rate in (f"{WORDS} words", f"{LINES} lines", f"{POINT} minutes", f"{WRITTEN} minutes"):
        assert rate in author
