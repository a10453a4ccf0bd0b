"""What a student does with one assignment in JupyterLab, and what is seen meanwhile."""

import dataclasses

from autograders.browser.assignments import Assignments
from autograders.browser.server import DARK, LIGHT
from autograders.browser.tab import SIZE
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES
from tests.class_day import layout

ANSWER = "The gradients stay alive, because their spread is kept."
OUTPUTS = ".jp-OutputArea-output"
ZOOMED = {side: pixels // 2 for side, pixels in SIZE.items()}
"""What is left of the window in CSS pixels at a zoom of 200 %."""

LAID_OUT = """width => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
    done(document.querySelector(".jp-NotebookPanel").getBoundingClientRect().right <= width))))"""
PICTURE = ".jupyter-widgets img"


@dataclasses.dataclass
class Day:
    """What was on the screen, in the order of the day."""

    assignment: str
    untouched: dict = dataclasses.field(default_factory=dict)  # what each check says
    shown: str = ""  # by the whole untouched notebook
    mistaken: str = ""  # what the first check says of a known mistake
    validated_wrong: str = ""
    right: dict = dataclasses.field(default_factory=dict)
    moves: list = dataclasses.field(default_factory=list)  # pairs of (sentence, picture, alt)
    layout: dict = dataclasses.field(default_factory=dict)  # what is cut or covered
    unreadable: dict = dataclasses.field(default_factory=dict)
    validated_right: str = ""
    submissions: int = 0
    feedback: str = ""


def mistake(assignment):
    """Return the first exercise of an assignment, and its first known mistake."""
    exercise = EXERCISES[assignment][0]
    return exercise, exercise.mistakes[0]


def spend(tab, classroom, assignment, pictures, score="Score"):
    """Fetch, do wrong, do right, play, validate, submit and read the feedback.

    `score` is a word of the feedback's page in the class's language.
    """
    day, listed = Day(assignment), Assignments(tab)
    cells = lesson.read(lesson.path(assignment)).cells
    ids = [lesson.grade_id(cell) for cell in cells]

    def picture(moment):
        tab.page.screenshot(path=pictures / f"student-{assignment}-{moment}.png")

    def checked(function, code):
        tab.write(ids.index(function), code)
        tab.run_cell(ids.index(function))
        tab.run_cell(ids.index(lesson.CHECK + function))
        return said(function)

    def said(function):
        return tab.cell(ids.index(lesson.CHECK + function)).locator(OUTPUTS).inner_text()

    listed.open()
    listed.fetch(assignment)
    picture("1-fetched")
    listed.open_notebook(assignment)
    tab.run_all()
    day.untouched = {function: said(function) for function in catalogue.functions(assignment)}
    day.shown = "\n".join(tab.page.locator(OUTPUTS).all_inner_texts())
    picture("2-untouched")

    exercise, wrong = mistake(assignment)
    source = reference.source(assignment, exercise.name)
    day.mistaken = checked(exercise.name, stubs.changed(source, wrong.change))
    picture("3-mistaken")
    day.validated_wrong = tab.validate()
    picture("4-validated-wrong")
    tab.accept()

    for function in catalogue.functions(assignment):
        day.right[function] = checked(function, reference.source(assignment, function))
    tab.run_all()
    for position, cell in enumerate(cells):
        if lesson.is_explore(cell) and "explore." in cell.source:
            before = _slider(tab.cell(position))
            tab.move_slider(position)
            day.moves.append((before, _slider(tab.cell(position))))
            picture(f"5-slider-{position}")

    for theme in (DARK, LIGHT):
        tab.use_theme(theme)
        day.unreadable[theme] = layout.unreadable(tab.page)
        day.layout[theme] = layout.problems(tab.page)
        picture(f"5-{theme.split()[-1].lower()}")
    tab.page.set_viewport_size(ZOOMED)
    tab.page.wait_for_function(LAID_OUT, arg=ZOOMED["width"])
    day.layout["zoomed"] = layout.problems(tab.page)
    picture("5-zoomed")
    tab.page.set_viewport_size(SIZE)

    (written,) = [each for each in ids if each.startswith("written_")]
    tab.write(ids.index(written), ANSWER)
    day.validated_right = tab.validate()
    picture("6-validated-right")
    tab.accept()

    listed.back()
    listed.submit(assignment)
    day.submissions = listed.submissions(assignment).count()
    picture("7-submitted")
    classroom.grade(assignment)
    listed.fetch_feedback(assignment)
    # a frame may be empty for a moment
    day.feedback = listed.open_feedback(assignment).locator("body", has_text=score).inner_text()
    picture("8-feedback")
    tab.shut_down()
    return day


def _slider(cell):
    """Return the sentence of a slider, its picture and the picture's alternative text."""
    shown = cell.locator(PICTURE)
    sentence = cell.locator(".jupyter-widgets .widget-html-content").first
    return sentence.inner_text(), shown.get_attribute("src"), shown.get_attribute("alt")
