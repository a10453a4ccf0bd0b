"""The lessons' web pages and the feedback, read by axe: barriers for readers of any kind."""

import collections
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from autograders import sample
from autograders.authoring import site
from autograders.browser.classroom import Classroom
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES
from autograders.grading import release, rounds
from tests import endure
from tests.notebooks.test_outputs_in_chinese import stored

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
"""What belongs to nbgrader's template of the feedback: axe's rules, and which elements."""

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
    """Write a stored notebook as a web page; the figure above each slider is its strip, too."""
    notebook = lesson.read(lesson.path(assignment))
    strips, above = {}, []
    for cell in notebook.cells:
        if site.is_slider(cell):
            strips[cell.id] = 4 * above
        elif figures := [each for each in cell.get("outputs", []) if is_figure(each)]:
            above = figures[-1:]
    assert strips
    file = folder / f"{assignment}.html"
    file.write_text(site.page(site.with_strips(notebook, strips)), encoding="utf-8")
    return file


def is_figure(output):
    return "image/png" in output.get("data", {})


@pytest.fixture(scope="module", params=NAMES)
def assignment(request):
    return request.param


@pytest.fixture(scope="module", params=["lesson", "feedback"])
def file(request, assignment, tmp_path_factory):
    """A page about an assignment."""
    if request.param == "feedback":
        return request.getfixturevalue("feedback") / assignment / f"{assignment}.html"
    return exported(assignment, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def page(file, chromium):
    """The page, open in the browser, without a network."""
    page = chromium.new_page()
    page.route(
        "**/*",
        lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort(),
    )
    page.goto(file.as_uri())
    yield page
    page.close()


def barriers(page, theirs):
    """Return what axe finds on the page that is open, but for what belongs to others."""
    return [
        (violation["id"], node["html"][:200])
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
        if not re.match(theirs.get(violation["id"], "$^"), node["html"])
    ]


def test_axe_finds_no_barrier_of_ours(page):
    theirs = THEIRS if "/feedback/" in page.url else {}
    assert barriers(page, theirs) == []


def test_axe_finds_none_in_the_list_of_lessons(chromium):
    page = chromium.new_page()
    page.set_content(site.index({name: lesson.read(lesson.path(name)) for name in EXERCISES}))
    assert barriers(page, {}) == []
    page.close()


def test_every_figure_s_words_reach_the_page(page, assignment):
    words = collections.Counter(
        output.data["text/plain"]
        for cell in lesson.read(lesson.path(assignment)).cells
        for output in cell.get("outputs", [])
        if is_figure(output)
    )
    shown = collections.Counter(page.evaluate(PICTURES))
    assert words and not words - shown


NARROW = {"width": 800, "height": 1000}
LINES = """() => [...document.querySelectorAll("td")].map(td => {
    const text = document.createRange();
    text.selectNodeContents(td);
    return new Set([...text.getClientRects()].map(box => Math.round(box.top))).size;
})"""
CELLS = "[...document.querySelectorAll('td')].map(td => td.textContent)"


@pytest.mark.parametrize("file", ["lesson"], indirect=True)
def test_a_number_and_its_spread_stay_on_one_line_of_a_narrow_page(page):
    before = page.viewport_size
    page.set_viewport_size(NARROW)
    cells = zip(page.evaluate(CELLS), page.evaluate(LINES), strict=True)
    page.set_viewport_size(before)
    lines = [count for text, count in cells if "±" in text]
    assert len(lines) > 20 and set(lines) == {1}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_none_in_a_chinese_lesson(chromium, theme):
    notebook = stored("initialization")
    page = chromium.new_page(color_scheme=theme)
    page.set_content(site.page(notebook))
    assert page.locator("html").get_attribute("lang") == "zh"
    assert "权重初始化" in page.locator("h1").inner_text()
    assert barriers(page, {}) == []
    page.close()
