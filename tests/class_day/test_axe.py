"""The notebooks as web pages and the feedback, read by axe: barriers for readers of any kind."""

import collections
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbconvert.exporters import HTMLExporter

from autograders import sample
from autograders.browser.classroom import Classroom
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES
from autograders.grading import release, rounds
from tests import endure

NAMES = endure.first(EXERCISES, 2)
STUDENT = "ada"
THEIRS = {
    # colours of code, of prompts, of links in a heading and of the feedback's own links
    "color-contrast": r'<span class="\w+">|<div class="prompt|<a (class="anchor-link" )?href="#',
    # links are not underlined
    "link-in-text-block": r"<a ",
    # the feedback's page names no language
    "html-has-lang": r"<html>",
    # and it has no main part
    "region": r"<",
}
"""What belongs to the templates of nbconvert and nbgrader: axe's rules, and which elements."""

TEMPLATE = "classic"  # nbconvert's default one leaves the figures' alternatives out
PICTURES = "[...document.images].map(image => image.alt)"


@pytest.fixture(scope="module")
def feedback(tmp_path_factory):
    """The folder of feedback to a student who made one mistake in each assignment."""
    classroom = Classroom(tmp_path_factory.mktemp("class"))
    names = [each.values[0] for each in NAMES]
    for assignment in names:
        exercises = EXERCISES[assignment]
        release.release(classroom.api, assignment)
        source = reference.source(assignment, exercises[0].name)
        wrong = stubs.changed(source, exercises[0].mistakes[0].change)
        shown = lesson.read(lesson.path(assignment))  # with the outputs of a finished run

        def change(notebook, assignment, wrong=wrong, first=exercises[0].name, shown=shown):
            answers = {
                each: reference.source(assignment, each) for each in catalogue.functions(assignment)
            }
            answers[first] = wrong
            for cell, finished in zip(notebook.cells, shown.cells, strict=True):
                cell.source = answers.get(lesson.grade_id(cell), cell.source)
                if cell.cell_type == "code":
                    cell.outputs = finished.outputs

        sample.hand_in(classroom.course, STUDENT, assignment, change)
    for _, _, problem in rounds.grade(classroom.api, names):
        assert problem is None
    for assignment in names:
        assert classroom.api.generate_feedback(assignment)["success"]
    return classroom.course / "feedback" / STUDENT


def exported(assignment, folder):
    """Write a stored notebook as a web page."""
    text, _ = HTMLExporter(template_name=TEMPLATE).from_notebook_node(
        lesson.read(lesson.path(assignment))
    )
    file = folder / f"{assignment}.html"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module", params=NAMES)
def assignment(request):
    return request.param


@pytest.fixture(scope="module", params=["notebook", "feedback"])
def page(request, assignment, chromium, tmp_path_factory):
    """A page about an assignment, open in the browser, without a network."""
    if request.param == "feedback":
        file = request.getfixturevalue("feedback") / assignment / f"{assignment}.html"
    else:
        file = exported(assignment, tmp_path_factory.mktemp("pages"))
    page = chromium.new_page()
    page.route(
        "**/*",
        lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort(),
    )
    page.goto(file.as_uri())
    yield page
    page.close()


def test_axe_finds_no_barrier_of_ours(page):
    found = Axe().run(page).response["violations"]
    ours = [
        (violation["id"], node["html"][:200])
        for violation in found
        for node in violation["nodes"]
        if not re.match(THEIRS.get(violation["id"], "$^"), node["html"])
    ]
    assert ours == []


def test_every_figure_s_words_reach_the_page(page, assignment):
    words = collections.Counter(
        output.data["text/plain"]
        for cell in lesson.read(lesson.path(assignment)).cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    )
    shown = collections.Counter(page.evaluate(PICTURES))
    assert words and not words - shown
