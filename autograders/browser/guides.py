"""The pictures in the guides: what a student and an instructor see in JupyterLab."""

import contextlib
import io
import pathlib
import tempfile
import threading

from PIL import Image

from autograders import ROOT, sample
from autograders.answers import desk, server
from autograders.browser import evening
from autograders.browser.assignments import Assignments
from autograders.browser.classroom import Classroom
from autograders.browser.formgrader import Formgrader
from autograders.browser.server import serve
from autograders.browser.tab import DIALOG, Tab, browser
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES, find
from autograders.grading import gradebook, release, rounds, standing
from autograders.reports import report, works

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 64  # so that the pictures are small
STUDENT_S, INSTRUCTOR_S = {"width": 1100, "height": 620}, {"width": 1420, "height": 720}
EVENING_S, REPORT_S = {"width": 1000, "height": 620}, {"width": 1000, "height": 1150}
"""Windows: formgrader needs a wide one."""

_SHOWN = catalogue.content("pictures")
NAME, FUNCTION = _SHOWN.HANDED_IN
STUDENT, ANSWER, COMMENT = _SHOWN.STUDENT, _SHOWN.ANSWER, _SHOWN.COMMENT
FEEDBACK, FORMGRADER = ".jp-HTMLViewer", "#formgrader-iframe"


def take(out=PICTURES):
    """Live through a day of class, and take the guides' pictures of it.

    Yields
    ------
    pathlib.Path
        Each picture that was written.
    """
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        classroom = Classroom(folder)
        for assignment in EXERCISES:
            classroom.release(assignment)
        with _tab(chromium, STUDENT_S, *classroom.student(STUDENT)) as tab:
            listed = Assignments(tab)
            for moment, picture in _hands_in(tab, listed):
                yield write(picture, out / f"student-{moment}.png")
            classroom.grade(NAME)
            listed.fetch_feedback(NAME)
            frame = listed.open_feedback(NAME)
            frame.get_by_text(f"{FUNCTION}: 0 of").evaluate("e => e.scrollIntoView(false)")
            yield write(tab.page.locator(FEEDBACK).screenshot(), out / "student-feedback.png")
        for student, done in sample.hand_ins().items():
            if NAME in done:
                sample.hand_in(classroom.course, student, NAME, done[NAME])
        for _ in rounds.grade(classroom.api, NAME):
            pass
        own = {"JUPYTER_CONFIG_DIR": str(pathlib.Path(folder) / "instructor")}
        with _tab(chromium, INSTRUCTOR_S, classroom.course, own) as tab:
            for moment, picture in _marks(tab, Formgrader(tab)):
                yield write(picture, out / f"instructor-{moment}.png")
        for moment, picture in _spends_the_evening(chromium, pathlib.Path(folder) / "evening"):
            yield write(picture, out / f"evening-{moment}.png")


def write(png, file):
    """Write a picture with few colours; return its file."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        file, optimize=True
    )
    return file


def _hands_in(tab, listed):
    """Fetch an assignment, make one mistake, validate and submit; yield pictures of it."""
    ids = [lesson.grade_id(cell) for cell in lesson.read(lesson.path(NAME)).cells]
    mistake = find(NAME, FUNCTION).mistakes[0]
    listed.open()
    listed.fetch(NAME)
    yield "assignments", tab.page.screenshot()
    listed.open_notebook(NAME)
    for position, each in enumerate(ids):
        if each in catalogue.functions(NAME):
            source = reference.source(NAME, each)
            wrong = stubs.changed(source, mistake.change) if each == FUNCTION else source
            tab.write(position, wrong)
        elif each.startswith("written_"):
            tab.write(position, ANSWER)
    tab.validate()
    tab.page.locator(DIALOG).locator(".jp-Dialog-content").wait_for()
    yield "validate", tab.page.screenshot()
    tab.accept()
    listed.back()
    listed.submit(NAME)


def _marks(tab, formgrader):
    """Look at the lists and read one written answer; yield pictures of it."""
    shown = tab.page.locator(FORMGRADER)
    formgrader.open()
    yield "assignments", shown.screenshot()
    formgrader.row(NAME).locator(".num-submissions a").click()
    formgrader.row(STUDENT).wait_for()
    yield "submissions", shown.screenshot()
    formgrader.go("Manual Grading", NAME, NAME)
    formgrader.rows().first.wait_for()
    formgrader.frame.get_by_role("button", name="Show All Names").click()
    formgrader.rows().filter(has_text=STUDENT).get_by_role("link").first.click()
    cell = next(
        lesson.grade_id(cell)
        for cell in lesson.read(lesson.path(NAME)).cells
        if lesson.grade_id(cell).startswith("written_")
    )
    formgrader.mark(cell, 3, COMMENT)
    formgrader.frame.locator(f"textarea#{cell}-comment").scroll_into_view_if_needed()
    yield "marking", shown.screenshot()


def _spends_the_evening(chromium, folder):
    """Grade the class of the guide's story; yield pictures of its answers and of its report."""
    api = Classroom(folder).api
    release.release(api, evening.NAME)
    evening.taken_in(api)
    course = pathlib.Path(api.coursedir.root)
    table = desk.Desk(api, evening.NAME)
    page = chromium.new_page(viewport=EVENING_S)
    with server.Server(table) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        page.goto(running.address)
        page.locator("#points button").first.wait_for()
        page.keyboard.press("3")
        page.locator("#said", has_text="Saved").wait_for()
        yield "answers", page.screenshot()
        running.shutdown()
        thread.join()
    evening.marked(table)
    page.set_viewport_size(REPORT_S)
    with gradebook.opened(api) as book:
        stands = standing.of_course(api.coursedir)
        class_ = works.read(book, course / "autograded", stands, [evening.NAME])
    page.goto(report.write(class_, course).as_uri())
    yield "report", page.screenshot()
    page.close()


@contextlib.contextmanager
def _tab(chromium, window, folder, environment):
    with serve(folder, environment=environment) as server:
        page = chromium.new_page(viewport=window)
        yield Tab(page, server)
        page.close()
