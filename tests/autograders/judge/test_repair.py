"""What was handed in, put right: the course's cells, the student's words, and nothing else."""

import copy
import random

import nbformat
import pytest
from nbformat import v4

from autograders.course import catalogue, lesson, reference
from autograders.course.catalogue import EXERCISES
from autograders.judge import repair
from autograders.judge.cells import LONGEST_CELL, MOST_CELLS
from autograders.sandbox import sanitize

NAME = "overfitting"
COURSES = lesson.read(lesson.path(NAME))
FUNCTIONS = catalogue.functions(NAME)
STUB, CHECK = "accuracy", "check_accuracy"
(WRITTEN,) = (lesson.grade_id(c) for c in COURSES.cells if "written_" in lesson.grade_id(c))
ANSWER = reference.source(NAME, STUB)
EXPLORE = next(cell.id for cell in COURSES.cells if lesson.is_explore(cell))


@pytest.fixture
def handed_in():
    """The released notebook, which the tests change."""
    return copy.deepcopy(COURSES)


def repaired(notebook):
    """Return the repaired notebook, valid, with each of the course's graded cells once."""
    given, original = copy.deepcopy(notebook), copy.deepcopy(COURSES)
    made = repair.repaired(notebook, COURSES)
    assert notebook == given
    assert original == COURSES
    nbformat.validate(made)
    ids = [cell.id for cell in made.cells]
    assert len(set(ids)) == len(ids)
    graded = [lesson.grade_id(c) for c in made.cells if c.metadata.get("nbgrader", {}).get("grade")]
    wanted = {lesson.grade_id(c): c for c in COURSES.cells if lesson.grade_id(c)}
    assert sorted(graded) == sorted(n for n, c in wanted.items() if c.metadata.nbgrader.grade)
    for cell in made.cells:
        assert cell.metadata in ({}, {"tags": ["explore"]}) or [*cell.metadata] == ["nbgrader"]
        if name := lesson.grade_id(cell):
            assert cell.metadata.nbgrader == wanted[name].metadata.nbgrader
            assert cell.cell_type == wanted[name].cell_type
            if wanted[name].metadata.nbgrader.locked:
                assert cell.source == wanted[name].source
    return made


def find(notebook, name):
    """Return the cell of that name; there is one."""
    (cell,) = [cell for cell in notebook.cells if lesson.grade_id(cell) == name]
    return cell


def names(notebook):
    return [lesson.grade_id(cell) for cell in notebook.cells if lesson.grade_id(cell)]


def without(notebook, *gone):
    notebook.cells = [cell for cell in notebook.cells if lesson.grade_id(cell) not in gone]
    return notebook


def test_an_untouched_notebook_stays_as_it_was_but_for_outputs_and_tags(handed_in):
    made = repaired(handed_in)
    assert [cell.source for cell in made.cells] == [cell.source for cell in COURSES.cells]
    assert [cell.id for cell in made.cells] == [cell.id for cell in COURSES.cells]
    assert names(made) == names(COURSES)
    assert made.metadata == COURSES.metadata


def test_what_the_student_wrote_is_kept(handed_in):
    find(handed_in, STUB).source = ANSWER
    find(handed_in, WRITTEN).source = "Where the **test cost** turns."
    made = repaired(handed_in)
    assert find(made, STUB).source == ANSWER
    assert find(made, WRITTEN).source == "Where the **test cost** turns."


@pytest.mark.parametrize("gone", [[CHECK], [f"check_{name}" for name in FUNCTIONS], [WRITTEN]])
def test_graded_cells_that_are_gone_come_back_to_their_places(handed_in, gone):
    assert names(repaired(without(handed_in, *gone))) == names(COURSES)


def test_all_graded_cells_come_back_where_only_a_function_is_left():
    made = repaired(v4.new_notebook(cells=[v4.new_code_cell(ANSWER)]))
    graded = {f"check_{name}" for name in FUNCTIONS} | {WRITTEN}
    assert graded <= set(names(made))
    assert STUB not in names(made)
    assert sources(made).count(ANSWER) == 1


def test_a_stub_that_is_gone_stays_gone(handed_in):
    """It was written in another cell; put back, the stub would undo it."""
    without(handed_in, STUB).cells.insert(1, v4.new_code_cell(ANSWER))
    made = repaired(handed_in)
    assert STUB not in names(made)
    assert made.cells[1].source == ANSWER
    assert find(made, CHECK)


def copied(cell, source=None):
    cell = copy.deepcopy(cell)
    cell.source = cell.source if source is None else source
    return cell


def sources(notebook, cell_type="code"):
    return [cell.source for cell in notebook.cells if cell.cell_type == cell_type]


@pytest.mark.parametrize("first", [True, False])
def test_an_untouched_copy_of_a_stub_is_dropped(handed_in, first):
    stub = find(handed_in, STUB)
    place = handed_in.cells.index(stub) + (0 if first else 1)
    handed_in.cells.insert(place, copied(stub))
    stub.source = ANSWER
    made = repaired(handed_in)
    assert find(made, STUB).source == ANSWER
    assert find(COURSES, STUB).source not in sources(made)


def test_of_two_changed_copies_the_last_one_keeps_the_name_and_both_run(handed_in):
    stub = find(handed_in, STUB)
    stub.source = ANSWER
    handed_in.cells.append(copied(stub, "# later\n" + ANSWER))
    made = repaired(handed_in)
    assert find(made, STUB).source == "# later\n" + ANSWER
    assert ANSWER in sources(made)


def test_a_copied_check_counts_once(handed_in):
    check = find(handed_in, CHECK)
    handed_in.cells += [copied(check), copied(check, "print('all right')")]
    made = repaired(handed_in)
    assert find(made, CHECK).source == find(COURSES, CHECK).source


def test_the_whole_notebook_twice(handed_in):
    handed_in.cells += copy.deepcopy(handed_in.cells)
    repaired(handed_in)


@pytest.mark.parametrize("seed", range(3))
def test_cells_in_another_order_keep_it(handed_in, seed):
    random.Random(seed).shuffle(handed_in.cells)
    assert names(repaired(handed_in)) == names(handed_in)


def test_merged_cells(handed_in):
    """The check went into the stub's cell, and comes back on its own after it."""
    find(handed_in, STUB).source = ANSWER + "\n\n" + find(handed_in, CHECK).source
    made = repaired(without(handed_in, CHECK))
    assert ANSWER in find(made, STUB).source
    assert names(made).index(CHECK) == names(made).index(STUB) + 1


@pytest.mark.parametrize(
    "change",
    [
        {"points": 100},
        {"points": -5},
        {"grade": False},
        {"locked": False, "solution": True},
        {"schema_version": 1},
        {"task": True, "checksum": "0"},
        {"grade": "yes", "points": "many", "cell_type": 3},
    ],
    ids=str,
)
def test_changed_points_and_flags_are_put_right(handed_in, change):
    for name in (CHECK, STUB, WRITTEN):
        find(handed_in, name).metadata.nbgrader.update(change)
    repaired(handed_in)


@pytest.mark.parametrize("source", ["", "print('4 of 4')", "raise SystemExit", "%%script bash"])
def test_a_check_that_was_written_over_is_put_right(handed_in, source):
    find(handed_in, CHECK).source = source
    repaired(handed_in)


def test_an_extra_graded_cell_is_a_plain_one(handed_in):
    extra = copied(find(handed_in, CHECK), "1000.0")
    extra.metadata.nbgrader.update(grade_id="check_generosity", points=1000)
    handed_in.cells.append(extra)
    made = repaired(handed_in)
    assert made.cells[-1].source == "1000.0"
    assert made.cells[-1].metadata == {}


@pytest.mark.parametrize("grade_id", [3, None, [], {}, "", "check_", "../..", "x" * 10_000])
def test_a_name_that_is_none_of_the_courses(handed_in, grade_id):
    handed_in.cells[0].metadata["nbgrader"] = {"grade_id": grade_id}
    repaired(handed_in)


def test_tags_attachments_and_other_metadata_are_dropped(handed_in):
    for cell in handed_in.cells:
        cell.metadata["tags"] = ["skip-execution", "remove-cell", "explore"]
        cell.metadata["collapsed"] = True
        if cell.cell_type == "markdown":
            cell["attachments"] = {"x.svg": {"image/svg+xml": "PHN2Zz4="}}
    made = repaired(handed_in)
    assert not any("attachments" in cell for cell in made.cells)


@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_a_cell_of_another_kind_is_put_right(handed_in, kind):
    for name in (STUB, CHECK, WRITTEN):
        find(handed_in, name).cell_type = kind
    repaired(handed_in)


@pytest.mark.parametrize("kind", ["raw", "heading", "sql", None, 3])
def test_a_plain_cell_of_no_known_kind_is_shown_as_text(handed_in, kind):
    handed_in.cells[0].update(cell_type=kind, source="<script>")
    made = repaired(handed_in)
    assert made.cells[0].cell_type == "markdown"
    assert made.cells[0].source == "    <script>"


def test_the_kernel_and_the_format_are_the_courses(handed_in):
    handed_in.metadata = {"kernelspec": {"name": "bash"}, "language_info": {}, "signature": "x"}
    handed_in.nbformat_minor = 4
    made = repaired(handed_in)
    assert made.metadata == COURSES.metadata
    assert made.nbformat_minor == 5


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        (["a\n", "b"], "a\nb"),
        (["a", 3, None], "a3None"),
        ("half \ud800 pair", "half ? pair"),
        (3.5, "3.5"),
        (None, "None"),
    ],
)
def test_a_source_of_any_kind_becomes_text(handed_in, source, text):
    find(handed_in, STUB)["source"] = source
    assert find(repaired(handed_in), STUB).source == text


def test_a_giant_cell_is_cut(handed_in):
    find(handed_in, STUB).source = "x" * 10**6
    source = find(repaired(handed_in), STUB).source
    assert source.startswith("x" * LONGEST_CELL + "\n# [... cut here")
    assert len(source) < LONGEST_CELL + 100


def test_a_notebook_of_ten_thousand_cells_is_cut(handed_in):
    handed_in.cells += [v4.new_code_cell("1") for _ in range(10_000)]
    assert len(repaired(handed_in).cells) == MOST_CELLS


@pytest.mark.parametrize("bad", ["", "same", "no id!", "../../x", "x" * 65, "é", None, 3, ["x"]])
def test_every_cell_gets_an_id_of_its_own(handed_in, bad):
    for cell in handed_in.cells:
        cell["id"] = bad
    repaired(handed_in)


def test_a_new_id_is_no_other_cells(handed_in):
    """The ids that are given to cells may stand in the notebook already."""
    for position, cell in enumerate(handed_in.cells):
        cell["id"] = f"cell-{position // 2 + 1}"
    repaired(handed_in)


def test_the_outputs_of_explore_cells_are_kept_inert_and_no_others(handed_in):
    html = v4.new_output("display_data", {"text/html": "<script>", "text/plain": "seen"})
    for cell in handed_in.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [html], 7
    made = repaired(handed_in)
    explore = {cell.id for cell in COURSES.cells if lesson.is_explore(cell)}
    for cell in made.cells:
        if cell.cell_type == "code":
            assert cell.execution_count is None
            texts = [output.data for output in cell.outputs]
            assert texts == ([{"text/plain": "seen"}] if cell.id in explore else [])


@pytest.mark.parametrize("outputs", [None, 3, "text", {}, [None, 3, "x", {}], [{"output_type": 3}]])
def test_outputs_of_any_kind_do_no_harm(handed_in, outputs):
    for cell in handed_in.cells:
        if cell.cell_type == "code":
            cell["outputs"] = outputs
    repaired(handed_in)


def test_the_courses_own_text_keeps_its_links_and_a_changed_one_does_not(handed_in):
    linked = [c for c in handed_in.cells if c.cell_type == "markdown" and "](http" in c.source]
    assert linked
    shown = {cell.source for cell in repaired(handed_in).cells}
    assert {cell.source for cell in linked} <= shown
    linked[0].source += "\n[x](javascript:alert(1))"
    changed = linked[0].source
    shown = {cell.source for cell in repaired(handed_in).cells}
    assert sanitize.markdown(changed) in shown and changed not in shown


def test_a_written_answer_is_made_inert_and_an_untouched_one_is_not(handed_in):
    answer = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    find(handed_in, WRITTEN).source = answer
    made = repaired(handed_in)
    assert find(made, WRITTEN).source == sanitize.markdown(answer)
    assert find(repaired(copy.deepcopy(COURSES)), WRITTEN).source == find(COURSES, WRITTEN).source


# --- another notebook ---


@pytest.mark.parametrize(
    "assignment", [assignment for assignment in EXERCISES if assignment != NAME]
)
def test_another_assignments_notebook_is_known_for_one(assignment):
    with pytest.raises(repair.OtherNotebook):
        repair.repaired(lesson.read(lesson.path(assignment)), COURSES)


@pytest.mark.parametrize("cells", [[], [v4.new_code_cell("x = 1"), v4.new_markdown_cell(ANSWER)]])
def test_a_notebook_without_any_exercise_is_another_one(cells):
    notebook = v4.new_notebook(cells=cells)
    if cells:
        notebook.cells[1].source = "Nothing of it."
    with pytest.raises(repair.OtherNotebook):
        repair.repaired(notebook, COURSES)


def test_a_notebook_that_lost_all_its_metadata_is_still_this_one(handed_in):
    find(handed_in, STUB).source = ANSWER
    for cell in handed_in.cells:
        cell.metadata = {}
        cell["id"] = ""
    made = repaired(handed_in)
    assert ANSWER in sources(made)


# --- cells to play with ---

PLAY = [cell for cell in COURSES.cells if lesson.is_explore(cell)]
TRAIN = next(cell for cell in PLAY if cell.id == "train")
FOREVER = "while True:\n    pass"


def left_alone(notebook):
    """Return the sources of the cells that are not run when grading."""
    return [cell.source for cell in repaired(notebook).cells if lesson.is_explore(cell)]


def bare(notebook, *kept):
    """Take from each cell its id and all metadata but some, as several tools do."""
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"another-{number}"
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in kept}
    return notebook


def with_play(notebook, change):
    """Change the cell to play with that trains: by hand, or in its text."""
    cell = next(cell for cell in notebook.cells if cell.id == "train")
    cell.source = change if isinstance(change, str) else change(cell.source)
    return notebook


def test_the_cells_to_play_with_are_left_alone(handed_in):
    assert left_alone(handed_in) == [cell.source for cell in PLAY]


@pytest.mark.parametrize("kept", [("tags", "nbgrader"), ("nbgrader",), ()], ids=str)
def test_they_are_known_without_their_ids(handed_in, kept):
    assert left_alone(bare(handed_in, *kept)) == [cell.source for cell in PLAY]


@pytest.mark.parametrize(
    "change",
    [
        lambda source: source.replace("\n", "  \n\n") + "\n\n",
        lambda source: source + "\n" + FOREVER,
        lambda source: FOREVER + "\n" + source,
        lambda source: source.replace("np.random.seed(1)", "np.random.seed(2)"),
    ],
    ids=["blanks", "an endless end", "an endless start", "another seed"],
)
@pytest.mark.parametrize("kept", [("tags",), ()], ids=str)
def test_a_changed_one_is_known_by_most_of_its_text(handed_in, kept, change):
    changed = bare(with_play(handed_in, change), *kept)
    assert len(left_alone(changed)) == len(PLAY)


@pytest.mark.parametrize("kept", [("tags", "nbgrader"), ("nbgrader",), ()], ids=str)
@pytest.mark.parametrize("value", ["50", '"grows"', "2 ** 28,", "print(1 / 0)"])
def test_guesses_are_left_alone_whatever_is_guessed(handed_in, kept, value):
    """Each fills in what it guesses, so that a cell of one line has no line as it was."""
    filled = 0
    for cell in handed_in.cells:
        if cell.source.startswith("guess("):
            cell.source = cell.source.replace("...", value)
            filled += value in cell.source
    assert filled > 5
    alone = left_alone(bare(handed_in, *kept))
    assert len(alone) == len(PLAY)
    assert sum(value in source for source in alone if source.startswith("guess(")) == filled


def test_guesses_are_no_written_answer(handed_in):
    """Nobody is asked to mark them where a written answer is empty."""
    for cell in handed_in.cells:
        if cell.source.startswith("guess("):
            cell.source = cell.source.replace("...", '"more of them than anybody thinks"')
    assert find(repaired(handed_in), WRITTEN).source == find(COURSES, WRITTEN).source


@pytest.mark.parametrize("source", ["x = 1", "1 / 0", FOREVER, "%run other.py", "!sleep 60"])
@pytest.mark.parametrize("known_by", ["id", "tag"])
def test_one_is_left_alone_however_it_was_changed(handed_in, known_by, source):
    with_play(handed_in, source)
    if known_by == "tag":
        bare(handed_in, "tags")
    assert source in left_alone(handed_in)


@pytest.mark.parametrize(
    "source",
    [
        ANSWER,
        "  async def other():\n    pass",
        "class Other:\n    pass",
        "eps = 1e-8",
        "import math",
        "from math import log as ln",
        "for eps in [1e-8]:\n    pass",
        "%matplotlib inline\neps = 1e-8",
    ],
)
@pytest.mark.parametrize("known_by", ["id", "tag"])
def test_what_others_need_is_run(handed_in, known_by, source):
    find(
        handed_in, STUB
    ).source = (
        "def accuracy(predictions, Y):\n    return math.exp(ln(eps)) + np.mean(predictions == Y)"
    )
    with_play(handed_in, source)
    if known_by == "tag":
        bare(handed_in, "tags")
    assert source not in left_alone(handed_in)


def test_a_name_that_is_a_functions_own_is_nobodys_need(handed_in):
    find(handed_in, STUB).source = "def accuracy(predictions, Y):\n    eps = 1\n    return eps"
    assert "eps = 1e-8" in left_alone(with_play(handed_in, "eps = 1e-8"))


def test_an_exercise_written_over_a_cell_to_play_with_is_run(handed_in):
    find(handed_in, STUB).metadata["tags"] = ["explore"]
    find(handed_in, STUB)["id"] = TRAIN.id
    assert find(handed_in, STUB).source not in left_alone(handed_in)


@pytest.mark.parametrize("tags", [3, "explore", ["explore", 3], None, {"explore": 1}])
def test_tags_of_any_kind_do_no_harm(handed_in, tags):
    for cell in handed_in.cells:
        cell.metadata["tags"] = tags
    repaired(handed_in)


@pytest.mark.parametrize(
    "source",
    ["-" * 19_000 + "1", "[" * 9000, "a." * 9000 + "a", "\0", "\\d"],
    ids=["signs", "brackets", "names", "a zero", "an escape"],
)
def test_code_that_no_parser_takes_does_no_harm(handed_in, source):
    find(handed_in, STUB).source = source
    repaired(with_play(handed_in, source))


def test_what_is_called_behind_an_exercise_stands_in_a_cell_of_its_own(handed_in):
    find(handed_in, STUB).source = f"{ANSWER}\n\nwhile True:\n    accuracy(1, 1)"
    made = repaired(handed_in)
    place = made.cells.index(find(made, STUB))
    assert made.cells[place].source == ANSWER.strip("\n")
    assert made.cells[place + 1].source == "while True:\n    accuracy(1, 1)"
    assert len(made.cells) == len(COURSES.cells) + 1
