"""Each folder below submitted/ that holds a notebook is graded, or named in one line."""

import copy
import functools
import io
import json
import zipfile

import nbformat
import pytest

from autograders.course import assignment, lesson
from autograders.course.catalogue import EXERCISES
from autograders.judge import arrivals, intake

NAME, OTHER = "dropout", "overfitting"
WORK = "def last(X):\n    return X"
MOODLE = "Ada Lovelace_1234_assignsubmission_file_"


@functools.cache
def notebook(of=NAME, work=WORK, metadata=True):
    """Return a notebook with work in it, as it was given out, or without all metadata."""
    made = copy.deepcopy(lesson.original(of))
    check = next(cell for cell in reversed(made.cells) if lesson.is_check(cell))
    exercise = lesson.grade_id(check).removeprefix(lesson.CHECK)
    cell = next(c for c in made.cells if lesson.grade_id(c) == exercise)
    cell.source = f"{work}\n\n{cell.source}" if work else cell.source
    for cell in [] if metadata else made.cells:
        cell.metadata, cell.id = {}, ""
    return json.dumps(made)


def packed(name, content):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(name, content)
    return target.getvalue()


DONE, FRESH, OTHER_IDS = notebook(), notebook(work=""), notebook(OTHER)


@pytest.fixture
def submitted(tmp_path):
    """Where hand-ins are put: ``submitted(files)`` writes texts or bytes by their paths."""

    def put(files):
        for name, content in files.items():
            path = tmp_path / "submitted" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / "submitted"

    return put


def graded(folder, student="*"):
    """Return what is graded, each as (student, assignment, whether it has work), and the lines."""
    found, strays = arrivals.find(folder, EXERCISES, student)
    done = []
    for arrival in found:
        made = intake.notebook(arrival.read(), assignment.load(arrival.assignment))
        work = any(cell.source.startswith(WORK) for cell in made.cells)
        done.append((arrival.student, arrival.assignment, work))
    lines = [line for _, line in strays]
    assert all(line.isprintable() for line in lines)
    return done, lines


@pytest.mark.parametrize(
    "path",
    [
        f"ada/{NAME}/{NAME}.ipynb",
        f"ada/{NAME}.ipynb",
        f"ada/{NAME} (2).ipynb",
        f"ada/{NAME}.IPYNB",
        f"ada/{NAME}.ipynb.txt",
        f"ada/{NAME.title()}/{NAME}.ipynb",
        f"ada/{NAME.upper()}/{NAME.upper()}.ipynb",
        f"ada/{NAME} /{NAME}.ipynb",
        f"ada/ {NAME}/work.ipynb",
        f"ada/week 1/{NAME}/{NAME}.ipynb",
        f"ada/{NAME}/{NAME}/{NAME}.ipynb",
        f"ada/a/b/c/{NAME}.ipynb",
        "ada/homework/final.ipynb",
        f"Ada Lovelace/{NAME.title()}/final.ipynb",
    ],
)
def test_what_lies_one_folder_off_is_graded(submitted, path):
    student = path.split("/")[0]
    folder = submitted({path: DONE})
    assert graded(folder) == ([(student, NAME, True)], [])


def test_a_zip_in_the_students_folder_is_opened(submitted):
    folder = submitted({"ada/work.zip": packed(f"x/{NAME}.ipynb", DONE)})
    assert graded(folder) == ([("ada", NAME, True)], [])


def test_each_notebook_goes_to_its_assignment(submitted):
    files = {f"ada/all/{each}.ipynb": notebook(each) for each in EXERCISES}
    assert graded(submitted(files)) == ([("ada", each, True) for each in EXERCISES], [])


@pytest.mark.parametrize("of", EXERCISES)
def test_without_metadata_it_is_the_assignments_of_which_it_holds_most(submitted, of):
    """A later notebook gives what an earlier one asks for."""
    folder = submitted({"ada/work.ipynb": notebook(of, metadata=False)})
    assert graded(folder) == ([("ada", of, True)], [])


def test_work_beside_an_untouched_hand_in_is_graded_and_said(submitted):
    folder = submitted({f"ada/{NAME}/{NAME}.ipynb": FRESH, f"ada/Done/{NAME}.ipynb": DONE})
    assert graded(folder) == ([("ada", NAME, True)], [])
    (arrival,) = arrivals.find(folder, EXERCISES)[0]
    assert arrival.read().line == (
        f"ada, {NAME}: graded was Done/{NAME}.ipynb, because {NAME}.ipynb is as it was given out."
    )


def test_other_work_beside_a_hand_in_is_said(submitted):
    other = notebook(work=WORK + "\n\nmore = 1")
    folder = submitted({f"ada/{NAME}/{NAME}.ipynb": DONE, f"ada/old/{NAME}.ipynb": other})
    (arrival,) = arrivals.find(folder, EXERCISES)[0]
    assert arrival.read().line.endswith(f"other work stands in old/{NAME}.ipynb, which was not.")


def test_the_time_of_what_lies_elsewhere_is_its_own(submitted):
    time = "2024-05-02 18:00:00 UTC"
    folder = submitted({f"ada/Dropout/{NAME}.ipynb": DONE, "ada/Dropout/timestamp.txt": time})
    (arrival,) = arrivals.find(folder, EXERCISES)[0]
    assert arrival.read().timestamp == time


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (f"{NAME}.ipynb", "it lies in no student's folder"),
        ("ada_12_34_work.ipynb", "it lies in no student's folder"),
        (f"{MOODLE}/{NAME}.ipynb", "named as Moodle does it"),
        (f"class/{MOODLE}/{NAME}.ipynb", "named as Moodle does it"),
        (f"ada/{MOODLE}/{NAME}.ipynb", "named as Moodle does it"),
        (f"{NAME}/ada/{NAME}.ipynb", f"as in submitted/<student>/{NAME}/"),
        (f"{NAME}/{NAME}.ipynb", f"as in submitted/<student>/{NAME}/"),
    ],
)
def test_where_it_is_in_doubt_whose_it_is_a_line_says_what_to_do(submitted, path, says):
    folder = submitted({path: DONE, "bob/dropout/dropout.ipynb": DONE})
    done, (line,) = graded(folder)
    assert done == [("bob", NAME, True)]
    assert line.startswith(f"submitted/{path} was not graded: ")
    assert says in line


def test_a_class_from_moodle_has_a_line_a_student(submitted):
    files = {f"{name}_1_assignsubmission_file_/{NAME}.ipynb": DONE for name in ("Ada", "Bob")}
    done, lines = graded(submitted(files))
    assert (done, len(lines)) == ([], 2)


def test_the_zip_of_a_class_is_named(submitted):
    folder = submitted({"class.zip": packed(f"{MOODLE}/{NAME}.ipynb", DONE)})
    done, (line,) = graded(folder)
    assert done == []
    assert line.startswith("submitted/class.zip was not graded: it lies in no student's folder")


@pytest.mark.parametrize("content", ["{", nbformat.writes(nbformat.v4.new_notebook())])
def test_a_notebook_of_nothing_of_the_courses_is_named(submitted, content):
    folder = submitted({f"ada/{NAME}/{NAME}.ipynb": DONE, "ada/play/a.ipynb": content})
    done, (line,) = graded(folder)
    assert done == [("ada", NAME, True)]
    assert line.startswith("submitted/ada/play/a.ipynb was not graded: it is no notebook of this")


@pytest.mark.parametrize(
    "path",
    [
        *(f"ada/.ipynb_checkpoints/{NAME}-checkpoint.ipynb", f"ada/._{NAME}.ipynb"),
        *(f".hidden/{NAME}/{NAME}.ipynb", f"._{NAME}.ipynb", f"ada/__MACOSX/{NAME}.ipynb"),
        *("ada/notes.txt", "grades.csv", "ada/lab/a.ipynb", "ada/data.json"),
    ],
)
def test_what_is_nobodys_work_is_not_mentioned(submitted, path):
    folder = submitted({path: DONE if "ipynb" in path else "{}", f"bob/{NAME}/a.ipynb": DONE})
    assert graded(folder) == ([("bob", NAME, True)], [])


def test_one_students_folder_is_looked_at_alone(submitted):
    files = {f"{name}/{NAME}.ipynb": DONE for name in ("ada", "bob", "b[1]")}
    folder = submitted({**files, "loose.ipynb": DONE})
    assert graded(folder, "bob") == ([("bob", NAME, True)], [])
    assert graded(folder, "b[1]")[0] == [("b[1]", NAME, True)]
    assert len(graded(folder)[0]) == 3


def test_links_are_not_followed(submitted, tmp_path):
    (tmp_path / "else" / NAME).mkdir(parents=True)
    (tmp_path / "else" / "work.ipynb").write_text(DONE)
    folder = submitted({f"bob/{NAME}/{NAME}.ipynb": DONE})
    (folder / "ada").symlink_to(tmp_path / "else")
    (folder / "bob" / "more").symlink_to(tmp_path / "else")
    (folder / "bob" / "more.ipynb").symlink_to(tmp_path / "else" / "work.ipynb")
    found, strays = arrivals.find(folder, EXERCISES)
    assert [(each.student, each.loose) for each in found] == [("ada", ()), ("bob", ())]
    assert strays == []


def test_nothing_has_arrived(tmp_path):
    assert arrivals.find(tmp_path / "submitted", EXERCISES) == ([], [])
