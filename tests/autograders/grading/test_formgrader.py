"""Formgrader in a real browser: nothing that a student hands in runs or loads anything there."""

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograders import sample
from autograders.browser import server, tab
from autograders.course import lesson
from tests import machine
from tests.course import Course
from tests.hostile.displays import VIEW, widgets
from tests.small_class import FUNCTIONS, NAME, released

pytestmark = pytest.mark.usefixtures("box", "browser", "server")

ELSEWHERE = "http://elsewhere.invalid"
PLAIN = f"{ELSEWHERE}/plain.png"
"""An address that stands in the written answer as it is."""

UNLOCKED = 'c = get_config()\nc.CourseDirectory.source_directory = "notebooks"\n'
"""nbgrader's settings in a course that knows nothing of ours."""

SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
POINTING = """() => [...document.querySelectorAll("*")].flatMap(each => [...each.attributes]
    .filter(a => /^(href|src|srcset|data|action|formaction|poster|xlink:href|on.*)$/.test(a.name))
    .map(a => `${each.tagName} ${a.name} ${a.value}`))"""
"""Every element that leads somewhere or acts, with where or how."""


def run(place):
    """Return JavaScript that says where it ran."""
    return f"(window.ran = window.ran || []).push('{place}')"


def script(place):
    """Return HTML that runs, with and without a script element, and loads a picture."""
    return (
        f"<script>{run(place)}</script><img src='none.png' onerror=\"{run(place)}\">"
        f"<img src='{ELSEWHERE}/{place}.png'>"
    )


SVG = (
    f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{run('svg')}\"><script>{run('svg')}"
    f"</script><image href='{ELSEWHERE}/svg.png' width='9' height='9'/></svg>"
)
SCRATCH = (
    f"display({{'text/html': {script('output')!r}}}, raw=True)",
    f"display({{'image/svg+xml': {SVG!r}}}, raw=True)",
    f"import ipywidgets\nipywidgets.HTML({script('widget')!r})",
    f"raise ValueError({script('message')!r})",
)
ALL_RIGHT = sample.hand_ins()["all-right"][NAME]
RAISES = f"def {FUNCTIONS[0]}(*arguments):\n    raise ValueError({script('message')!r})"


def hostile(notebook, assignment):
    """Answer with script in each place; let outputs stand stored, and come when it is graded."""
    ALL_RIGHT(notebook, assignment)
    for cell in notebook.cells:
        if lesson.grade_id(cell) == FUNCTIONS[0]:
            cell.source = RAISES
        elif lesson.grade_id(cell).startswith("written_"):
            cell.source = (
                f"{script('written')}\n\n{SVG}\n\n![x]({ELSEWHERE}/x.png) {PLAIN} it turns."
            )
    bundles = ({"text/html": script("output")}, {"image/svg+xml": SVG}, VIEW)
    stored = [nbformat.v4.new_output("display_data", bundle) for bundle in bundles]
    message = script("message")
    stored.append(
        nbformat.v4.new_output("error", ename=message, evalue=message, traceback=[message])
    )
    playing = next(cell for cell in notebook.cells if lesson.is_explore(cell))
    playing.outputs = stored
    notebook.metadata["widgets"] = widgets(script("widget"))
    notebook.cells[2:2] = [nbformat.v4.new_code_cell(source) for source in SCRATCH]


CLASS = {"honest": ALL_RIGHT, "hostile": hostile}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course in which both have been graded and have their feedback."""
    machine.need_chromium()
    course = released(tmp_path_factory.mktemp("formgrader") / "course")
    for student, change in CLASS.items():
        sample.hand_in(course.root, student, NAME, change)
    for done in (course.autograders("grade", NAME), course.nbgrader("generate_feedback", NAME)):
        assert done.returncode == 0, done.stdout + done.stderr
    return course


class Seen:
    """What a page did, and what stands in it.

    Attributes
    ----------
    text : str
    ran : list of str
        The places whose script ran.
    asked : set of str
        The addresses it asked for.
    points : set of str
        See `POINTING`.
    """

    def __init__(self, chromium, address, own):
        self.asked, dialogs = set(), []
        page = chromium.new_page()
        page.set_default_timeout(tab.PATIENCE)

        def answer(route):
            self.asked.add(route.request.url)
            inside = route.request.url.startswith((own, "file:", "data:image/png"))
            return route.continue_() if inside else route.abort()

        page.route("**/*", answer)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(address, wait_until="networkidle")
        page.evaluate(SETTLED)
        self.text = page.locator("body").inner_text()
        self.ran = [place for frame in page.frames for place in frame.evaluate("window.ran") or ()]
        self.points = set(page.evaluate(POINTING))
        page.close()
        assert dialogs == []

    def without(self, word):
        """Leave a word that is another one for each student out of all addresses."""
        self.asked = {each.replace(word, "") for each in self.asked}
        self.points = {each.replace(word, "") for each in self.points}
        return self


def shown(course, chromium, served):
    """Return what formgrader's page about each student does."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as gradebook:
        ids = {each: gradebook.find_submission_notebook(NAME, NAME, each).id for each in CLASS}
    found = {}
    for student, id_ in ids.items():
        address = f"{served.url}formgrader/submissions/{id_}/?token={served.token}"
        found[student] = Seen(chromium, address, served.url).without(id_).without(f"/{student}/")
    return found


@pytest.fixture(scope="module")
def pages(graded):
    """What is seen of both students: by page, by student."""
    with server.serve(graded.root) as served, tab.browser() as chromium:
        feedback = {}
        for student in CLASS:
            file = graded.root / "feedback" / student / NAME / f"{NAME}.html"
            feedback[student] = Seen(chromium, file.as_uri(), "file:").without(f"/{student}/")
        return {"formgrader": shown(graded, chromium, served), "feedback": feedback}


@pytest.mark.parametrize("page", ["formgrader", "feedback"])
def test_nothing_runs_for_a_student(pages, page):
    assert pages[page]["hostile"].ran == []


@pytest.mark.parametrize("page", ["formgrader", "feedback"])
def test_nothing_is_loaded_for_a_student(pages, page):
    """It asks for what the page of an honest hand-in asks for: nbgrader's own."""
    assert pages[page]["hostile"].asked == pages[page]["honest"].asked


@pytest.mark.parametrize("page", ["formgrader", "feedback"])
def test_an_address_becomes_at_most_a_link_to_click(pages, page):
    more = pages[page]["hostile"].points - pages[page]["honest"].points
    assert f"A href {PLAIN}" in more
    assert {each for each in more if not each.startswith(("A href http://", "A href #"))} == set()


@pytest.mark.parametrize("page", ["formgrader", "feedback"])
def test_what_the_student_wrote_is_read_as_text(pages, page):
    text = pages[page]["hostile"].text
    assert script("written") in text
    assert PLAIN in text
    assert text.count("ValueError") >= 2  # in the scratch cell's output, in the check's message


def test_without_our_grading_the_same_page_does_run(graded, tmp_path):
    """The tests above can fail."""
    course = Course(tmp_path / "course", graded.root)
    (course.root / "nbgrader_config.py").write_text(UNLOCKED)
    parts = (NAME, f"{NAME}.ipynb")
    kept = course.root.joinpath("autograded", "hostile", *parts)
    kept.unlink()
    kept.write_bytes(course.root.joinpath("submitted", "hostile", *parts).read_bytes())
    with server.serve(course.root) as served, tab.browser() as chromium:
        seen = shown(course, chromium, served)
    assert set(seen["hostile"].ran) >= {"written", "output", "svg"}
    assert f"{ELSEWHERE}/written.png" in seen["hostile"].asked - seen["honest"].asked
