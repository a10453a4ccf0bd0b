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


SHORT = "Zero weights stay equal, so no unit learns anything"
CHINESE = (
    "权重全为零，各单元永远相同。",
    "权重相同,梯度相同,学不到东西",  # half-width marks make Python's names of it
    "权重为零.单元永远相同",
    "因为W=0时各单元相同，所以学不会",
    "零权重不打破对称性",
)
ENGLISH = (
    SHORT,
    "sqrt(2/n) keeps the spread of the activations",
    "The variance 2/n holds layers' sizes",
)


def behind_the_function(text):
    return lambda source: f"{source}\n# {text}"


def above_the_function(text):
    return lambda source: f"# {text}\n{source}"


def behind_the_return(text):
    return lambda source: f"{source}\n    # {text}\n"


def in_the_function(text):
    return lambda source: source.replace("    share", f"    # {text}\n    share", 1)


def behind_a_line(text):
    return lambda source: source.replace("share = x", f"share = x  # {text}")


def above_a_line_of_another_cell(text):
    return lambda source: f"# {text}\nx = 1 + 1"


def in_broken_code(text):
    return lambda source: f"# {text}\nx = (1 + 1"


def as_a_text_beside_code(text):
    return lambda source: f"answer = {text!r}\nx = 1 + 1"


def printed_beside_code(text):
    return lambda source: f"x = 1 + 1\nprint({text!r})"


APART = (behind_the_function, above_the_function, behind_the_return, in_broken_code)
APART += (above_a_line_of_another_cell, as_a_text_beside_code, printed_beside_code)


def says(source):
    """Return the words of a student's in a notebook with one cell more, of code."""
    notebook = v4.new_notebook(cells=[*COURSES.cells, v4.new_code_cell(source)])
    return "\n".join(text for text, _ in words.own(plain(notebook), COURSES))


FUNCTION = "def f(x):\n    share = x\n    return share"


@pytest.mark.parametrize("way", APART, ids=lambda way: way.__name__)
@pytest.mark.parametrize("text", [*ENGLISH, *CHINESE])
def test_a_short_answer_beside_code_is_shown(way, text):
    assert text in says(way(text)(FUNCTION))


@pytest.mark.parametrize("way", [in_the_function, behind_a_line], ids=lambda way: way.__name__)
@pytest.mark.parametrize("text", CHINESE)
def test_a_short_answer_in_chinese_is_shown_among_lines_of_code_too(way, text):
    assert text in says(way(text)(FUNCTION))


@pytest.mark.parametrize("text", [CHINESE[1], CHINESE[2], "权重,梯度,相同"])
def test_chinese_that_python_could_read_is_an_answer(text):
    """Names and half-width marks alone: a cell of it runs into a NameError."""
    assert text in says(text)
    assert text in says(f"# {text}")


@pytest.mark.parametrize(
    "source",
    [
        "# 测试\nx = 1",
        "学习率 = 0.1\nprint(学习率)",
        "# 学习率 = 0.1\nx = 1",
        "x = 1  # the shape of A",
        "def f(x):\n    # the mean over examples\n    return x",
        "# compute_cost(A3[:, :10], Y[:, :10]) == np.log(2)?\nx = 1",
        "# A = np.clip(A3, 1e-12, 1 - 1e-12) -> log(A)\nx = 1",
        "!pip install numpy scipy matplotlib pandas seaborn torch\nx = (",
        "%timeit compute_cost(A3, Y)\nx = 1",
        "pip install numpy scipy",
        "plt.title('Train and test cost of the network by step')\nplt.show()",
        "assert x > 0, 'the cost is a number that is above zero'",
    ],
)
def test_notes_on_code_are_no_answer(source):
    assert says(source) == ""


@pytest.mark.parametrize("make", [v4.new_markdown_cell, v4.new_raw_cell, v4.new_code_cell])
@pytest.mark.parametrize("text", ["Symmetry stays unbroken", "对称性未打破"])
def test_three_words_in_a_cell_of_their_own_are_an_answer(handed_in, make, text):
    placed(handed_in, make(text))
    assert text in shown(handed_in)


@pytest.mark.parametrize("text", ["Symmetry", "对称"])
def test_one_word_of_markdown_is_an_answer(handed_in, text):
    placed(handed_in, v4.new_markdown_cell(text))
    assert text in shown(handed_in)


def test_a_flood_of_words_is_cut(handed_in):
    for _ in range(100):
        placed(handed_in, v4.new_markdown_cell("word " * 1000))
    assert len(shown(handed_in)) < 2 * words.LONGEST
