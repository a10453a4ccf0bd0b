"""The instructor's evening: a class submits at once, and all of it is graded and given back.

At night the class has 30 students. The commands are those of the guide; formgrader is driven
in a real browser.
"""

import csv
import hashlib
import itertools
import shutil
import sys

import nbformat
import pytest

from autograders.browser import server, tab
from autograders.browser.classroom import exchange, home, setting
from autograders.browser.formgrader import Formgrader
from autograders.course import lesson, reference
from autograders.course.catalogue import EXERCISES
from tests import endure
from tests.class_day import crowd
from tests.course import Course

pytestmark = pytest.mark.endure
NAME = "overfitting"
POINTS = {exercise.name: exercise.points for exercise in EXERCISES[NAME]}
STUDENTS = [f"student-{number:02d}" for number in endure.seeds(12, 30)]
LATE = "late"  # submits after the class has been collected
GIVEN, COMMENT = 3, "Name the step, too."
WRITTEN = next(
    lesson.grade_id(cell)
    for cell in lesson.read(lesson.path(NAME)).cells
    if lesson.grade_id(cell).startswith("written_")
)
SUBSETS = list(
    itertools.chain.from_iterable(
        itertools.combinations(POINTS, size) for size in range(len(POINTS) + 1)
    )
)


def done_by(student):
    """Return the exercises that a student has done: no two neighbours did the same."""
    if student == LATE:
        return tuple(POINTS)
    return SUBSETS[STUDENTS.index(student) % len(SUBSETS)]


def points_of(student):
    return sum(POINTS[function] for function in done_by(student))


def has_written(student):
    return student == LATE or STUDENTS.index(student) % 3 != 0


def answer(student):
    return f"It turns where {student} says."


def fetched(root, student, where):
    """Make a student's home with the assignment in it, answered in the student's way."""
    folder, _ = home(root / "homes" / student, student, where)
    shutil.copytree(where / "week_one" / "outbound" / NAME, folder / NAME)
    file = folder / NAME / f"{NAME}.ipynb"
    notebook = lesson.read(file)
    for cell in notebook.cells:
        if lesson.grade_id(cell) in done_by(student):
            cell.source = reference.source(NAME, lesson.grade_id(cell)) + f"\n# {student}"
        elif lesson.grade_id(cell) == WRITTEN and has_written(student):
            cell.source = answer(student)
    nbformat.write(notebook, file)
    return folder


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Evening:
    """A course, what its instructor types, and the class around it."""

    def __init__(self, root):
        self.course, self.exchange = Course(root / "course"), exchange(root)
        with open(self.course.root / "nbgrader_config.py", "a") as file:
            file.write(setting(self.exchange))
        self.typed("autograders", "release", NAME)
        self.typed("nbgrader", "release_assignment", NAME)
        self.homes = {each: fetched(root, each, self.exchange) for each in (*STUDENTS, LATE)}

    def typed(self, program, *arguments):
        """Type a command in the course's folder; return what it printed."""
        process = getattr(self.course, program)(*arguments)
        assert process.returncode == 0, process.stdout + process.stderr
        return process.stdout

    def submit(self, *students):
        """Let students submit in the same moment, from a process each."""
        homes = [str(self.homes[student]) for student in students]
        process = self.course.run(sys.executable, crowd.__file__, NAME, *homes)
        assert process.returncode == 0, process.stderr

    def handed_in(self, student):
        """Return the notebook that was collected from a student."""
        return self.course.root / "submitted" / student / NAME / f"{NAME}.ipynb"


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """A class that has submitted at once, and was collected and graded by commands."""
    evening = Evening(tmp_path_factory.mktemp("evening"))
    evening.submit(*STUDENTS)
    evening.typed("nbgrader", "collect", NAME)
    evening.table = evening.typed("autograders", "grade", NAME)
    return evening


def test_no_submission_is_lost_or_mixed_up(evening):
    collected = evening.course.root / "submitted"
    assert sorted(folder.name for folder in collected.iterdir() if folder.name != LATE) == STUDENTS
    for student in STUDENTS:
        own = evening.homes[student] / NAME / f"{NAME}.ipynb"
        assert digest(evening.handed_in(student)) == digest(own)
    assert len({digest(evening.handed_in(student)) for student in STUDENTS}) >= len(STUDENTS) - 1


def test_each_has_the_points_of_what_this_student_did(evening):
    for student in STUDENTS:
        expected = {each: POINTS[each] * (each in done_by(student)) for each in POINTS}
        assert evening.course.scores(student, NAME) == expected
        assert evening.course.written(student, NAME)["needs_manual_grade"] == has_written(student)


def test_the_table_has_the_line_for_each_student(evening):
    for student in STUDENTS:
        (line,) = [each for each in evening.table.splitlines() if student in each]
        of = "16 + written open" if has_written(student) else "20"
        assert f" {points_of(student)}/{of} " in line


@pytest.fixture(scope="module")
def formgrader(evening, chromium):
    """Formgrader in JupyterLab on the course's folder."""
    with server.serve(evening.course.root, environment=evening.course.environment()) as running:
        opened = tab.Tab(chromium.new_page(viewport={"width": 1280, "height": 900}), running)
        formgrader = Formgrader(opened)
        formgrader.open()
        yield formgrader


@pytest.fixture(scope="module")
def autograded(evening, formgrader, pictures):
    """What formgrader says when a late hand-in is collected and graded by its buttons."""
    evening.submit(LATE)
    said = formgrader.press(formgrader.row(NAME), "collect")
    formgrader.page.screenshot(path=pictures / "instructor-1-assignments.png")
    formgrader.row(NAME).locator(".num-submissions a").click()
    formgrader.row(LATE).get_by_text("needs autograding").wait_for()
    said += formgrader.press(formgrader.row(LATE), "autograde")
    formgrader.row(LATE).get_by_text("needs manual grading").wait_for()
    formgrader.page.screenshot(path=pictures / "instructor-2-submissions.png")
    return said


def test_formgrader_s_buttons_collect_and_grade_as_the_commands_do(evening, autograded):
    assert autograded == [
        "Success",
        f"Successfully collected submissions of '{NAME}'.",
        "Success",
        f"Successfully autograded '{NAME}' for student '{LATE}'.",
    ]
    assert evening.course.scores(LATE, NAME) == POINTS
    assert evening.course.written(LATE, NAME)["needs_manual_grade"]


def test_formgrader_shows_the_points_that_the_gradebook_holds(evening, formgrader, autograded):
    for student in (*STUDENTS[:9], LATE):
        row = formgrader.row(student)
        assert row.locator(".score").inner_text() == f"{points_of(student)} / 20"
        waits = "needs manual grading" if has_written(student) else "graded"
        assert row.locator(".status").inner_text() == waits


@pytest.fixture(scope="module")
def marked(evening, formgrader, autograded, pictures):
    """The late student's written answer, marked by hand; then feedback for all, by commands."""
    formgrader.go("Manual Grading", NAME, NAME)
    place = formgrader.rows().first
    place.wait_for()
    formgrader.frame.get_by_role("button", name="Show All Names").click()
    formgrader.rows().filter(has_text=LATE).get_by_role("link").first.click()
    formgrader.frame.get_by_text(answer(LATE)).wait_for()
    formgrader.mark(WRITTEN, GIVEN, COMMENT)
    formgrader.frame.locator(f"#{WRITTEN}").scroll_into_view_if_needed()
    formgrader.page.screenshot(path=pictures / "instructor-3-written-answer.png")
    evening.typed("autograders", "feedback", NAME)
    evening.typed("nbgrader", "release_feedback", NAME)
    evening.typed("nbgrader", "export")
    return evening


def test_points_given_by_hand_are_in_the_gradebook(marked):
    written = marked.course.written(LATE, NAME)
    assert written["manual_score"] == GIVEN
    assert not written["needs_manual_grade"]


def test_points_given_by_hand_are_on_the_screen(marked, formgrader):
    formgrader.open()
    formgrader.row(NAME).locator(".num-submissions a").click()
    row = formgrader.row(LATE)
    row.get_by_text("graded", exact=True).wait_for()
    assert row.locator(".score").inner_text() == f"{16 + GIVEN} / 20"


def test_the_feedback_holds_points_and_comment_of_its_own_student_alone(marked):
    def page(student):
        file = marked.course.root / "feedback" / student / NAME / f"{NAME}.html"
        return file.read_text(encoding="utf-8")

    assert f"(Score: {16 + GIVEN}.0 / 20.0)" in page(LATE)
    assert COMMENT in page(LATE)
    for student in STUDENTS:
        others = set(STUDENTS) - {student}
        assert not [other for other in others if other in page(student)]
        assert COMMENT not in page(student)


def test_each_student_s_feedback_is_in_the_exchange(marked):
    released = marked.exchange / "week_one" / "feedback"
    assert len(list(released.glob("*.html"))) == len(STUDENTS) + 1


def test_the_export_has_the_grade_of_each(marked):
    with open(marked.course.root / "grades.csv", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert sorted(rows) == sorted([*STUDENTS, LATE])
    for student in STUDENTS:
        assert float(rows[student]["score"]) == points_of(student)
    assert float(rows[LATE]["score"]) == 16 + GIVEN
