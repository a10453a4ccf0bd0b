"""A written answer that stands elsewhere is shown to a person; the course's text is nobody's."""

import copy

import pytest
from nbformat import v4

from autograders.course import lesson, reference, stubs
from autograders.course.catalogue import EXERCISES
from autograders.judge import repair, words
from autograders.judge.cells import plain
from autograders.sandbox import sanitize

NAME = "overfitting"
COURSES = lesson.read(lesson.path(NAME))
STUB, CHECK, WRITTEN = "accuracy", "check_accuracy", "written_two_curves"
QUESTION = "two_curves-question"
ANSWER = "The validation cost turns at step 400.\nThere the network begins to learn noise."
TOLD = " ".join(ANSWER.split())


@pytest.fixture
def handed_in():
    """The notebook with all exercises answered, and no word written."""
    return lesson.filled(COURSES, NAME)


def find(notebook, name):
    return next(c for c in notebook.cells if name in (lesson.grade_id(c), c.get("id")))


def placed(notebook, cell, after=WRITTEN):
    notebook.cells.insert(notebook.cells.index(find(notebook, after)) + 1, cell)


def shown(notebook):
    """Return what stands in the cell of the written answer when it is graded, on one line."""
    made = repair.repaired(notebook, COURSES)
    return " ".join(find(made, WRITTEN).source.split())


def below(notebook):
    placed(notebook, v4.new_markdown_cell(ANSWER))


def before_all(notebook):
    notebook.cells.insert(0, v4.new_markdown_cell(ANSWER))


def raw(notebook):
    placed(notebook, v4.new_raw_cell(ANSWER))


def as_code(notebook):
    placed(notebook, v4.new_code_cell(ANSWER))


def comment_cell(notebook):
    placed(notebook, v4.new_code_cell("# " + ANSWER.replace("\n", "\n# ")))


def comment_in_an_exercise(notebook):
    find(notebook, STUB).source += "\n\n# " + ANSWER.replace("\n", "\n# ")


def comment_in_a_check(notebook):
    find(notebook, CHECK).source += "\n# " + ANSWER.replace("\n", "\n# ")


def comment_in_a_cell_to_play_with(notebook):
    find(notebook, "train").source += "\n# " + ANSWER.replace("\n", "\n# ")


def printed(notebook):
    placed(notebook, v4.new_code_cell(f"print({ANSWER!r})"))


def with_a_name(notebook):
    placed(notebook, v4.new_code_cell(f'answer = """{ANSWER}"""'))


def merged_into_the_question(notebook):
    written = find(notebook, WRITTEN)
    find(notebook, QUESTION).source += "\n\n" + ANSWER
    notebook.cells.remove(written)


def merged_with_the_placeholder(notebook):
    written = find(notebook, WRITTEN)
    find(notebook, QUESTION).source += "\n\n" + written.source + "\n\n" + ANSWER
    notebook.cells.remove(written)


def typed_behind_a_line_of_the_question(notebook):
    find(notebook, QUESTION).source += " " + ANSWER


def without_metadata(notebook):
    find(notebook, WRITTEN).source = ANSWER
    for cell in notebook.cells:
        cell.metadata, cell["id"] = {}, ""


def emptied(notebook):
    find(notebook, WRITTEN).source = " \n"
    below(notebook)


WAYS = (
    *(below, before_all, raw, as_code, comment_cell, comment_in_an_exercise, comment_in_a_check),
    *(comment_in_a_cell_to_play_with, printed, with_a_name, merged_into_the_question),
    *(merged_with_the_placeholder, typed_behind_a_line_of_the_question, without_metadata, emptied),
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_answer_that_stands_elsewhere_is_shown(handed_in, way):
    way(handed_in)
    told = shown(handed_in)
    assert told.startswith(" ".join(repair.ELSEWHERE.split()))
    assert TOLD in told
    assert lesson.original(NAME).metadata == COURSES.metadata


@pytest.mark.parametrize("assignment", EXERCISES)
@pytest.mark.parametrize("answered", [True, False])
def test_the_course_has_no_words_of_a_student(assignment, answered):
    original = lesson.original(assignment)
    notebook = lesson.filled(original, assignment) if answered else original
    assert words.own(plain(notebook), original) == []


@pytest.mark.parametrize("assignment", EXERCISES)
def test_no_listed_answer_is_taken_for_words(assignment):
    """Comments beside code, texts in it, and mistakes are none."""
    original = lesson.original(assignment)
    notebook = v4.new_notebook()
    for exercise in EXERCISES[assignment]:
        source = reference.source(assignment, exercise.name)
        for change in (*exercise.right, *(mistake.change for mistake in exercise.mistakes)):
            cell = v4.new_code_cell(_changed(assignment, exercise.name, source, change))
            notebook.cells.append(cell)
    assert words.own(plain(notebook), original) == []


def _changed(assignment, function, source, change):
    return stubs.changed(reference.sources(assignment)[function], change)


def play_noise(notebook):
    for cell in filter(lesson.is_explore, notebook.cells):
        cell.source = "# np.random.seed(3)\n" + cell.source.replace("(1)", "(2)") + "\nprint(1)"


def outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [v4.new_output("stream", text=ANSWER)]


def blanks(notebook):
    for cell in notebook.cells:
        cell.source = "\n" + cell.source.replace("\n", "  \n") + "\n\n"


def a_letter_in_the_courses_text(notebook):
    cell = find(notebook, "cost-idea")
    cell.source = cell.source.replace("network", "netwrk", 1)


def syntax_error(notebook):
    find(notebook, STUB).source = find(COURSES, STUB).source.replace("None", "np.mean(pred ==")


def scratch(notebook):
    placed(
        notebook, v4.new_code_cell("x = np.zeros((2, 3))  # the shape\nx.shape\nfor i in range(3")
    )
    placed(notebook, v4.new_code_cell("%timeit predict(X, parameters)\n!ls"))
    placed(notebook, v4.new_code_cell("assert accuracy(X, Y) == 1, 'no'"))


def empty_cells(notebook):
    placed(notebook, v4.new_markdown_cell("---"))
    placed(notebook, v4.new_code_cell(""))
    placed(notebook, v4.new_raw_cell(" \n"))


def course_cells_twice(notebook):
    notebook.cells += copy.deepcopy(notebook.cells)


NOISE = (
    *(play_noise, outputs, blanks, a_letter_in_the_courses_text, syntax_error, scratch),
    *(empty_cells, course_cells_twice),
)


@pytest.mark.parametrize("way", NOISE, ids=lambda way: way.__name__)
def test_what_is_no_answer_is_not(handed_in, way):
    way(handed_in)
    assert shown(handed_in) == find(COURSES, WRITTEN).source


def test_an_answer_in_the_courses_own_words_is_an_answer(handed_in):
    answer = "The validation cost turns while the training cost goes on falling."
    placed(handed_in, v4.new_markdown_cell(answer))
    assert answer in shown(handed_in)


def test_an_answer_in_its_own_place_stays_as_it_is(handed_in):
    find(handed_in, WRITTEN).source = "See the cell below."
    below(handed_in)
    assert shown(handed_in) == "See the cell below."


def test_what_is_shown_is_inert(handed_in):
    bad = "Because <img src=x onerror=alert(1)> [x](javascript:alert(1))"
    placed(handed_in, v4.new_markdown_cell(bad))
    told = shown(handed_in)
    assert sanitize.markdown(bad) in told
    assert bad not in told


@pytest.mark.parametrize(
    "text", ["随机初始化打破对称性", "Симметрия не нарушается никогда", "対称性が破れない"]
)
def test_words_of_other_scripts_count(handed_in, text):
    placed(handed_in, v4.new_code_cell("# " + text))
    assert text in shown(handed_in)


def test_a_flood_of_words_is_cut(handed_in):
    for _ in range(100):
        placed(handed_in, v4.new_markdown_cell("word " * 1000))
    assert len(shown(handed_in)) < 2 * words.LONGEST
