"""The student's day in a real browser: an assignment, done wrong and then right."""

import pytest

from autograders.browser import server, tab
from autograders.browser.classroom import Classroom
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from lab.check import NOT_DONE, RIGHT
from tests import endure
from tests.class_day.student import mistake, spend

# nbgrader 0.9.6 misspells an argument and leaves a file open when it releases feedback:
# harmless, upstream's
pytestmark = [
    pytest.mark.filterwarnings("ignore:Passing unrecognized arguments:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file.*timestamp.txt:ResourceWarning"),
]
GROUP_BY = "day"
DAYS = ("overfitting", "dropout", "initialization", "l2_regularization")
"""The first is lived in each run of all tests, all of them at night."""
STUDENT = "ada"
TRACES = ("Traceback", "NameError", "TypeError", "Error:", ".py")
NOT_DONE_YET = NOT_DONE.split("{name}")[1].split("{phrase}")[0]
PASSED = "Success! Your notebook passes all the tests."
FAILED, EMPTY = "The following cell failed:", "You did not provide a response."


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """A class to which the assignments are released as their days come."""
    return Classroom(tmp_path_factory.mktemp("class"))


@pytest.fixture(scope="module")
def opened(classroom, chromium):
    """The student's JupyterLab in a tab."""
    home, environment = classroom.student(STUDENT)
    with server.serve(home, environment=environment) as running:
        yield tab.Tab(chromium.new_page(viewport=tab.SIZE), running)


@pytest.fixture(scope="module", params=endure.first(DAYS, 1))
def day(request, classroom, opened, pictures):
    """What was seen while one assignment was done."""
    classroom.release(request.param)
    return spend(opened, classroom, request.param, pictures)


def test_there_is_a_day_for_each_assignment():
    assert sorted(DAYS) == sorted(EXERCISES)


def test_each_check_of_an_untouched_stub_is_one_sentence_of_what_to_do(day):
    for function, said in day.untouched.items():
        assert " ".join(said.split()).startswith(function + NOT_DONE_YET)


def test_an_untouched_notebook_shows_no_stack_trace(day):
    assert [trace for trace in TRACES if trace in day.shown] == []


def test_a_known_mistake_is_called_by_its_name(day):
    exercise, wrong = mistake(day.assignment)
    said = " ".join(day.mistaken.split())
    assert said.startswith(f"{exercise.name} is not right yet. ")
    assert wrong.says in said and wrong.hint in said


def test_a_right_answer_turns_the_message(day):
    for exercise in EXERCISES[day.assignment]:
        said = day.right[exercise.name].strip()
        assert said == RIGHT.format(name=exercise.name, points=exercise.points)


def test_each_slider_moves_its_sentence_and_its_picture(day):
    assert len(day.moves) == sum(
        cell.source.count("explore.") for cell in lesson.read(lesson.path(day.assignment)).cells
    )
    for before, after in day.moves:
        for what, old, new in zip(("sentence", "picture", "alt"), before, after, strict=True):
            assert old and new and old != new, what


@pytest.mark.parametrize("view", [server.LIGHT, server.DARK, "zoomed"])
def test_no_figure_and_no_widget_is_cut_or_covered(day, view):
    """Zoomed is the window at 200 %: half as wide, half as high."""
    assert day.layout[view] == []


@pytest.mark.parametrize("theme", [server.LIGHT, server.DARK])
def test_what_cells_show_can_be_read_in_either_theme(day, theme):
    assert day.unreadable[theme] == []


def test_validate_names_each_check_that_does_not_pass_and_the_empty_answer(day):
    said = " ".join(day.validated_wrong.split())
    exercise, wrong = mistake(day.assignment)
    assert said.count(FAILED) == len(EXERCISES[day.assignment]) + 1
    assert f"{exercise.name} is not right yet. " in said and wrong.hint in said
    for other in EXERCISES[day.assignment][1:]:
        assert other.name + NOT_DONE_YET in said
    assert said.count(EMPTY) == 1
    assert not [trace for trace in TRACES if trace in said]


def test_validate_says_that_a_right_notebook_passes(day):
    assert PASSED in day.validated_right
    assert FAILED not in day.validated_right


def test_what_was_submitted_is_in_the_exchange_and_in_the_list(day, classroom):
    inbound = classroom.exchange / "week_one" / "inbound"
    assert len(list(inbound.glob(f"{STUDENT}+{day.assignment}+*"))) == day.submissions == 1


def test_the_feedback_shows_full_marks_and_the_answer_that_a_person_reads(day):
    automatic = sum(exercise.points for exercise in EXERCISES[day.assignment])
    assert f"(Score: {automatic}.0 / 20.0)" in day.feedback
    for exercise in EXERCISES[day.assignment]:
        assert lesson.CHECK + exercise.name in day.feedback
