"""The student's day in Chinese, at night: the same road, read in both themes."""

import re

import pytest

from autograders.browser import server, tab
from autograders.browser.classroom import Classroom
from autograders.course import languages
from autograders.course.catalogue import EXERCISES
from lab.check import RIGHT
from lab.language import speaking, translated
from tests import endure
from tests.class_day.student import mistake, spend

pytestmark = [
    pytest.mark.endure,
    pytest.mark.skipif(not endure.WHOLE, reason="lived at night"),
    pytest.mark.filterwarnings("ignore:Passing unrecognized arguments:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file.*timestamp.txt:ResourceWarning"),
]
NAME, LANGUAGE, STUDENT = "l2_regularization", "zh", "ada"
SENTENCE = re.compile(r"(?:[A-Za-z']{2,}[ ,.:;]+){3,}")
"""Four words of English, one after the other."""


@pytest.fixture(scope="module")
def day(tmp_path_factory, chromium, pictures):
    """What was seen while one assignment was done."""
    classroom = Classroom(tmp_path_factory.mktemp("class"), LANGUAGE)
    classroom.release(NAME)
    home, environment = classroom.student(STUDENT)
    with server.serve(home, environment=environment) as running:
        opened = tab.Tab(chromium.new_page(viewport=tab.SIZE), running)
        yield spend(opened, classroom, NAME, pictures / LANGUAGE, score="得分")


@pytest.fixture(autouse=True)
def chinese():
    with speaking(languages.spoken(LANGUAGE)):
        yield


def test_each_check_says_what_to_do(day):
    for function, said in day.untouched.items():
        assert said.startswith(f"{function} 还没有完成：")


def test_no_english_sentence_is_shown(day):
    ours = day.shown.replace("START CODE HERE", "").replace("END CODE HERE", "")
    assert SENTENCE.findall(ours) == []


def test_a_known_mistake_is_called_by_its_name(day):
    exercise, wrong = mistake(NAME)
    said = without_blanks(day.mistaken)
    assert said.startswith(f"{exercise.name}还不正确。")
    assert without_blanks(translated(wrong.says)) in said
    assert without_blanks(translated(wrong.hint)) in said


def without_blanks(text):
    """Return a text without what folds its lines."""
    return "".join(text.split())


def test_a_right_answer_turns_the_message(day):
    for exercise in EXERCISES[NAME]:
        said = day.right[exercise.name].strip()
        assert said == RIGHT.format(name=exercise.name, points=exercise.points)


def test_each_slider_moves_its_sentence_and_its_picture(day):
    for before, after in day.moves:
        assert all(old and new and old != new for old, new in zip(before, after, strict=True))
        assert re.search(r"[\u4e00-\u9fff]", after[0])


@pytest.mark.parametrize("view", [server.LIGHT, server.DARK, "zoomed"])
def test_nothing_is_cut_or_covered(day, view):
    assert day.layout[view] == []


@pytest.mark.parametrize("theme", [server.LIGHT, server.DARK])
def test_what_cells_show_can_be_read_in_either_theme(day, theme):
    assert day.unreadable[theme] == []


def test_the_feedback_is_chinese_and_has_full_marks(day):
    automatic = sum(exercise.points for exercise in EXERCISES[NAME])
    assert f"得分：{automatic}.0 / 20.0" in " ".join(day.feedback.split())
