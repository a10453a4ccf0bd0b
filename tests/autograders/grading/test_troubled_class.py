"""A class in which every file is wrong in another way: each is graded or named, none silently 0."""

import gzip
import io
import json
import re
import shutil
import zipfile

import nbformat
import pytest
from nbformat import v4

from autograders import ROOT
from autograders.course import catalogue, lesson
from tests.course import Course

NAME = "overfitting"
FILE = f"{NAME}.ipynb"
ANSWER = "The validation cost turns at step 400, where the network begins to learn noise."
FULL = 16.0
BY_RULE = "untouched-beside-a-checkpoint"
"""What begins with a dot does not count, so this one is an untouched notebook: 0."""
pytestmark = [pytest.mark.endure, pytest.mark.usefixtures("box")]

TROUBLES = {}
"""By the student's name: what goes wrong, and whether it costs nothing. The folder of the hand-in
holds the finished notebook."""


def trouble(costs_nothing=False, moved=False):
    """List what goes wrong with a hand-in; `moved` where it gets the student's folder."""

    def listed(change):
        TROUBLES[change.__name__.replace("_", "-")] = change, costs_nothing, moved
        return change

    return listed


def notebook_in(folder):
    return nbformat.read(folder / FILE, as_version=4)


def write(folder, notebook, name=FILE):
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")


def untouched(folder, name=FILE):
    shutil.copy(ROOT / "notebooks" / NAME / FILE, folder / name)


def renamed(name, **how):
    def change(folder):
        (folder / FILE).rename(folder / name)

    change.__name__ = "named_" + re.sub(r"\W+", "_", name).strip("_")
    trouble(**how)(change)


for name in ("Overfitting.ipynb", f"{NAME} (1).ipynb", f"{NAME}-Copy1.ipynb", f"{NAME}.IPYNB"):
    renamed(name, costs_nothing=True)
for name in (f"{NAME}.ipynb.txt", f"{NAME}.json", "week 2.ipynb", f"Kopie von {FILE}"):
    renamed(name)


@trouble()
def untouched_beside_a_numbered_copy(folder):
    (folder / FILE).rename(folder / f"{NAME} (1).ipynb")
    untouched(folder)


@trouble()
def untouched_beside_a_copy_of_jupyters(folder):
    (folder / FILE).rename(folder / f"{NAME}-Copy1.ipynb")
    untouched(folder)


@trouble()
def untouched_beside_a_checkpoint(folder):
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / FILE).rename(folder / ".ipynb_checkpoints" / f"{NAME}-checkpoint.ipynb")
    untouched(folder)


@trouble()
def two_that_differ(folder):
    notebook = notebook_in(folder)
    notebook.cells[3].source += "\n\nMy own words on it all."
    write(folder, notebook, "a.ipynb")
    (folder / FILE).rename(folder / "b.ipynb")


def packed(folder):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.write(folder / FILE, f"{NAME}/{FILE}")
    (folder / FILE).unlink()
    return data.getvalue()


@trouble()
def in_a_zip(folder):
    (folder / f"{NAME}.zip").write_bytes(packed(folder))


@trouble()
def a_zip_called_a_notebook(folder):
    (folder / FILE).write_bytes(packed(folder))


@trouble()
def in_a_rar(folder):
    (folder / FILE).unlink()
    (folder / f"{NAME}.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + b"\0" * 99)


@trouble()
def packed_by_gzip(folder):
    (folder / f"{FILE}.gz").write_bytes(gzip.compress((folder / FILE).read_bytes()))
    (folder / FILE).unlink()


@trouble()
def in_a_folder_of_its_own(folder):
    (folder / NAME).mkdir()
    (folder / FILE).rename(folder / NAME / FILE)


@trouble()
def in_another_folder(folder):
    (folder / "my work").mkdir()
    (folder / FILE).rename(folder / "my work" / FILE)


@trouble(moved=True)
def without_a_folder(folder):
    shutil.copytree(folder / NAME, folder, dirs_exist_ok=True)
    shutil.rmtree(folder / NAME)


@trouble(moved=True)
def in_a_folder_with_a_capital(folder):
    (folder / NAME).rename(folder / NAME.capitalize())


@trouble(moved=True)
def in_a_folder_with_a_blank(folder):
    (folder / NAME).rename(folder / f"{NAME} ")


@trouble(moved=True)
def in_a_folder_as_moodle_has_it(folder):
    (folder / NAME).rename(folder / "Ada Lovelace_123_assignsubmission_file_")


@trouble(costs_nothing=True)
def beside_a_twin_of_macos(folder):
    (folder / f"._{FILE}").write_bytes(b"\0\5\x16\7")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")


@trouble(costs_nothing=True)
def beside_a_twin_of_jupyter(folder):
    untouched(folder, f".~{FILE}")


def recoded(encoding):
    def change(folder):
        text = (folder / FILE).read_text(encoding="utf-8").replace("begins", "b\u00e9gins")
        (folder / FILE).write_bytes(text.encode(encoding, "replace"))

    change.__name__ = f"in_{encoding.replace('-', '_')}"
    return change


trouble(costs_nothing=True)(recoded("utf-8-sig"))
for encoding in ("utf-16", "utf-32", "latin-1"):
    trouble()(recoded(encoding))


@trouble(costs_nothing=True)
def with_ends_of_lines_from_windows(folder):
    (folder / FILE).write_bytes((folder / FILE).read_bytes().replace(b"\n", b"\r\n"))


def holds(content, called):
    def change(folder):
        (folder / FILE).write_bytes(content)

    change.__name__ = called
    trouble()(change)


holds(b"", "an_empty_file")
holds(b"[]", "a_list")
holds(b"%PDF-1.7 ...", "a_pdf_called_a_notebook")
holds(b"<html><body>overfitting</body></html>", "a_page_called_a_notebook")
holds(b"<<<<<<< HEAD\n{\n=======\n{}\n>>>>>>> main\n", "a_conflict_of_git")
holds(b"import numpy as np\n\ndef accuracy(): pass\n", "a_script_called_a_notebook")


@trouble()
def cut_in_its_middle(folder):
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(data[: len(data) // 2])


def only(name):
    def change(folder):
        (folder / FILE).rename(folder / name)
        (folder / name).write_bytes(b"text")

    change.__name__ = "only_" + re.sub(r"\W+", "_", name).strip("_")
    trouble()(change)


for name in (f"{NAME}.py", f"{NAME}.html", f"{NAME}.pdf", "answers.docx", ".DS_Store"):
    only(name)


@trouble()
def an_empty_folder(folder):
    (folder / FILE).unlink()


@trouble()
def a_link_to_nothing(folder):
    (folder / FILE).unlink()
    (folder / FILE).symlink_to("/home/ada/overfitting.ipynb")


@trouble()
def a_folder_called_a_notebook(folder):
    (folder / FILE).unlink()
    (folder / FILE).mkdir()


@trouble()
def another_assignment_under_this_name(folder):
    shutil.copy(ROOT / "notebooks" / "dropout" / "dropout.ipynb", folder / FILE)


@trouble()
def an_older_format(folder):
    (folder / FILE).write_text(nbformat.writes(nbformat.convert(notebook_in(folder), 3), version=3))


@trouble()
def a_newer_format(folder):
    write(folder, {**notebook_in(folder), "nbformat": 5, "nbformat_minor": 0})


def within(**how):
    """List what goes wrong inside of the notebook."""

    def listed(change):
        def in_folder(folder):
            notebook = notebook_in(folder)
            change(notebook)
            write(folder, notebook)

        in_folder.__name__ = change.__name__
        trouble(**how)(in_folder)
        return change

    return listed


@within(costs_nothing=True)
def without_metadata(notebook):
    for cell in notebook.cells:
        cell.metadata, cell["id"] = {}, ""


@within(costs_nothing=True)
def an_endless_play_cell_without_ids_and_tags(notebook):
    for cell in notebook.cells:
        if cell["id"] == "train":
            cell.source += "\nwhile True:\n    pass"
        cell.metadata.pop("tags", None)
        cell["id"] = ""


@within(costs_nothing=True)
def all_cells_twice(notebook):
    notebook.cells += [dict(cell) for cell in notebook.cells]


@within(costs_nothing=True)
def cells_in_reverse(notebook):
    notebook.cells.reverse()


@within(costs_nothing=True)
def an_endless_call_behind_a_function(notebook):
    cell = next(c for c in notebook.cells if lesson.grade_id(c) == "accuracy")
    cell.source += "\nwhile True:\n    accuracy(np.ones((1, 3)), np.ones((1, 3)))"


@within(costs_nothing=True)
def words_in_a_new_cell(notebook):
    _written(notebook).source = "*Write your answer here.*"
    notebook.cells.append(v4.new_markdown_cell(ANSWER))


@within(costs_nothing=True)
def words_in_a_comment(notebook):
    _written(notebook).source = "*Write your answer here.*"
    notebook.cells.append(v4.new_code_cell("# the validation cost turns first\nx = 1"))


@within(costs_nothing=True)
def words_in_a_raw_cell(notebook):
    cell = _written(notebook)
    cell.cell_type, cell.source = "raw", ANSWER


def _written(notebook):
    return next(c for c in notebook.cells if lesson.grade_id(c).startswith("written_"))


@pytest.fixture(scope="module")
def graded(released, tmp_path_factory):
    """The course, and what grading the class said."""
    course = Course(tmp_path_factory.mktemp("troubled") / "course", released)
    for student, (change, _, moved) in TROUBLES.items():
        folder = course.hand_in(student, NAME, catalogue.functions(NAME), written=ANSWER)
        change(folder.parent if moved else folder)
    done = course.autograders("grade", NAME)
    assert "Traceback" not in done.stdout + done.stderr
    return course, done.stdout + done.stderr


def test_there_are_more_than_forty():
    assert len(TROUBLES) > 40


@pytest.mark.parametrize("student", TROUBLES)
def test_it_is_graded_or_named(student, graded):
    course, said = graded
    scores = course.scores(student, NAME)
    row = re.compile(rf"{student} ")
    named = re.compile(rf"\b{student}(?![\w-])")
    lines = [line for line in said.splitlines() if named.search(line) and not row.match(line)]
    total = sum(scores.values()) if scores else None
    if student == BY_RULE:
        return
    assert lines or total == FULL, (total, lines)
    if TROUBLES[student][1]:
        assert total == FULL
        assert course.written(student, NAME)["needs_manual_grade"]
