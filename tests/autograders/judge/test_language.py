"""In which language a hand-in is: its texts tell, whatever stands in its metadata."""

import copy
import json

import pytest
from nbgrader.utils import is_locked

from autograders.course import assignment, languages, lesson
from autograders.course.catalogue import EXERCISES
from autograders.judge import candidates, intake, language, words
from autograders.judge.cells import plain
from autograders.judge.grader import know_untouched

NAME, CHINESE, ENGLISH = "dropout", "zh", "en"
BOTH = (ENGLISH, CHINESE)


def notebook(spoken, told=None, name=NAME):
    """Return a notebook in a language, whose metadata tell another one, or none."""
    made = copy.deepcopy(lesson.original(name, spoken))
    made.metadata = {} if told is None else {languages.KEY: told}
    return made


def taken_in(handed_in, otherwise=ENGLISH):
    """Return what the intake makes of a notebook."""
    data = json.dumps(handed_in).encode()
    hand_in = intake.HandIn("ada", NAME, f"{NAME}.ipynb", data, "", "", "")
    return intake.notebook(hand_in, assignment.load(NAME), otherwise)


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("spoken", BOTH)
@pytest.mark.parametrize("told", [None, *BOTH, "xx", 3])
def test_the_texts_tell_and_the_metadata_do_not(name, spoken, told):
    for otherwise in BOTH:
        assert language.of(notebook(spoken, told, name), name, otherwise) == spoken


@pytest.mark.parametrize("spoken", BOTH)
def test_one_text_that_is_left_tells(spoken):
    other = next(each for each in BOTH if each != spoken)
    made = notebook(spoken, told=other)
    made.cells = [made.cells[0], *(c for c in made.cells if lesson.is_check(c))]
    assert language.of(made, NAME, other) == spoken


def test_where_no_text_is_left_the_metadata_tell_and_then_the_release():
    made = notebook(CHINESE, told=CHINESE)
    made.cells = [c for c in made.cells if c.cell_type == "code"][:1]
    made.cells[0].source = "def predict_without_dropout(X, parameters):\n    return X"
    assert language.of(made, NAME, ENGLISH) == CHINESE
    made.metadata = {}
    assert language.of(made, NAME, CHINESE) == CHINESE
    assert language.of(made, NAME, ENGLISH) == ENGLISH
    assert language.of(made, NAME, "xx") == ENGLISH


def test_blanks_that_an_editor_leaves_change_nothing():
    made = notebook(CHINESE)
    for cell in made.cells:
        cell.source = cell.source.replace("\n", "  \n") + "\n"
    assert language.of(made, NAME) == CHINESE


@pytest.mark.parametrize("spoken", BOTH)
def test_an_untouched_notebook_is_nobodys_work_whatever_it_tells(spoken, tmp_path):
    """Else a person would be asked to mark the words of the lesson."""
    other = next(each for each in BOTH if each != spoken)
    handed_in = notebook(spoken, told=other)
    made = taken_in(handed_in, other)
    assert languages.of(made) == spoken
    assert [c.source for c in made.cells] == [c.source for c in lesson.original(NAME, spoken).cells]
    file = tmp_path / f"{NAME}.ipynb"
    lesson.write(handed_in, file)
    (known,) = candidates.look([candidates.Candidate(file, file.name)], NAME)
    assert known.work == ()
    assert words.own(plain(handed_in), lesson.original(NAME, spoken)) == []


@pytest.mark.parametrize("spoken", BOTH)
def test_locked_cells_keep_the_language_of_the_notebook(spoken):
    """The gradebook has those of the last release, and puts them in."""
    other = next(each for each in BOTH if each != spoken)
    made = taken_in(notebook(spoken))
    locked = {c.id: c.source for c in lesson.original(NAME, other).cells if is_locked(c)}
    changed = next(iter(locked))
    for cell in made.cells:
        cell.source = locked.get(cell.id, cell.source)
        if cell.id == changed:
            cell.source = "# the release before this one said something else"
    know_untouched(made, NAME)
    own = {c.id: c.source for c in lesson.original(NAME, spoken).cells}
    assert [c.id for c in made.cells if c.source != own[c.id]] == [changed]
