"""What the exchange noted of a hand-in goes along with it; what a student planted does not."""

import copy
import functools
import io
import json
import zipfile

import nbformat
import pytest

from autograders import Refused
from autograders.course import assignment, dates, lesson
from autograders.judge import intake

NAME = "dropout"
RECEIPT = "0123456789abcdef" * 8
TIME = "2024-05-02 18:00:00.000000 UTC"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "ada" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text("{}")
    return folder


def notes(folder):
    return intake.read(folder, "ada", NAME).notes


def test_time_and_receipt_of_the_exchange_go_along(folder):
    (folder / intake.TIMESTAMP).write_text(TIME)
    (folder / intake.RECEIPT).write_text(RECEIPT)
    assert notes(folder) == {intake.TIMESTAMP: TIME, intake.RECEIPT: RECEIPT}


def test_without_the_exchange_nothing_does(folder):
    assert notes(folder) == {}


@pytest.mark.parametrize(
    "planted",
    ["", "../../etc", RECEIPT[1:], RECEIPT + "0", RECEIPT.upper(), "<script>", "\0" * 128],
)
def test_what_the_exchange_would_not_write_does_not(folder, planted):
    (folder / intake.TIMESTAMP).write_text(planted)
    (folder / intake.RECEIPT).write_text(planted)
    assert notes(folder) == {}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2024-05-02 18:00", "2024-05-02 18:00"),
        ("2024-05-02 18:00:00 +0200", "2024-05-02 16:00:00 UTC"),
        ("2024-05-02 18:00:00 +02:00", "2024-05-02 16:00:00 UTC"),
        ("2024-05-02 18:00:00.25 Europe/Berlin", "2024-05-02 16:00:00.250000 UTC"),
    ],
)
def test_the_time_goes_along_so_that_nbgrader_reads_it_rightly(folder, text, kept):
    (folder / intake.TIMESTAMP).write_text(text)
    assert notes(folder) == {intake.TIMESTAMP: kept}


@pytest.mark.parametrize("text", ["2024-05-02 18:00:00 CEST", "2024-05-42 18:00 UTC"])
def test_a_time_that_is_not_certain_is_refused(folder, text):
    """As where the exchange is told a time zone, and writes its short name."""
    (folder / intake.TIMESTAMP).write_text(text)
    with pytest.raises(Refused) as refusal:
        notes(folder)
    said = str(refusal.value)
    assert said.startswith(f"ada, {NAME}: timestamp.txt says when it was handed in, but not")
    assert text in said
    assert said.endswith(dates.HOW)


def test_a_link_is_not_followed(folder, tmp_path):
    (tmp_path / "other").write_text(RECEIPT)
    (folder / intake.RECEIPT).symlink_to(tmp_path / "other")
    assert notes(folder) == {}


# --- which of several files is the notebook ---

COURSES = lesson.original(NAME)
BOMB = 60_000_000
WORK = "def predict_without_dropout(X, parameters):\n    return X"
OTHER = "def predict_without_dropout(X, parameters):\n    return 2 * X"


@functools.cache
def notebook(work="", of=NAME):
    """Return a notebook with work in its last exercise, or as it was given out."""
    made = copy.deepcopy(lesson.original(of))
    if work:
        name = lesson.grade_id(next(c for c in reversed(made.cells) if lesson.is_check(c)))
        cell = next(c for c in made.cells if lesson.grade_id(c) == name.removeprefix("check_"))
        cell.source = work
    return json.dumps(made)


def played():
    """Return a notebook in which only a cell to play with was changed."""
    made = copy.deepcopy(COURSES)
    next(cell for cell in made.cells if lesson.is_explore(cell)).source = "1 + 1"
    return json.dumps(made)


def put(folder, files):
    """Write files: texts or bytes, by their names below a folder."""
    (folder / f"{NAME}.ipynb").unlink(missing_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


def taken(folder):
    """Return the work in the notebook that is taken, and what is said of it."""
    hand_in = intake.read(folder, "ada", NAME)
    found = intake.notebook(hand_in, assignment.load(NAME))
    said = [work for work in (WORK, OTHER) if any(c.source == work for c in found.cells)]
    return said[0] if said else "", hand_in.line


DONE, DONE_TOO, FRESH = notebook(WORK), notebook(OTHER), notebook()
NOT_DONE = f"ada, {NAME}: graded was {{}}, because {NAME}.ipynb is as it was given out."


@pytest.mark.parametrize(
    "name",
    [
        *(f"{NAME} (1).ipynb", f"{NAME}-Copy1.ipynb", f"Copy of {NAME}.ipynb", "final.ipynb"),
        *(f"{NAME}.IPYNB", f"{NAME}.ipynb.txt", f"{NAME}.ipynb.json", f"{NAME}.json"),
        *(f"{NAME}/{NAME}.ipynb", f"a/b/{NAME}.ipynb", "done", f"{NAME}.ipynb (1)"),
    ],
)
@pytest.mark.parametrize("untouched", [FRESH, played()], ids=["fresh", "played with"])
def test_the_only_file_with_work_is_taken_and_said(folder, name, untouched):
    put(folder, {f"{NAME}.ipynb": untouched, name: DONE})
    assert taken(folder) == (WORK, NOT_DONE.format(name))


@pytest.mark.parametrize(
    "name",
    [
        *(f"{NAME} (1).ipynb", f"{NAME}.IPYNB", f"{NAME.title()}.ipynb", f"{NAME}.ipynb.txt"),
        *(f"{NAME}.json", f"{NAME}.txt", "notebook", f"{NAME}/{NAME}.ipynb", f"{NAME} .ipynb"),
    ],
)
def test_alone_it_is_taken_without_a_word(folder, name):
    put(folder, {name: DONE, "data.csv": "a,b", "notes.txt": "none"})
    assert taken(folder) == (WORK, "")


def test_of_two_with_work_the_one_of_the_right_name_counts(folder):
    put(folder, {f"{NAME}.ipynb": DONE, f"{NAME} (1).ipynb": DONE_TOO})
    line = f"ada, {NAME}: graded was {NAME}.ipynb; other work stands in {NAME} (1).ipynb, "
    assert taken(folder) == (WORK, line + "which was not.")


def test_the_same_work_twice_is_no_question(folder):
    put(folder, {f"{NAME}.ipynb": DONE, f"{NAME} (1).ipynb": DONE, "fresh.ipynb": FRESH})
    assert taken(folder) == (WORK, "")
    put(folder, {"b.ipynb": DONE, "a.ipynb": DONE})
    (folder / f"{NAME} (1).ipynb").unlink()
    assert taken(folder)[0] == WORK


@pytest.mark.parametrize("wanted", [None, FRESH, "{", notebook(WORK, "overfitting")])
def test_between_two_others_with_work_a_person_chooses(folder, wanted):
    files = {f"{NAME} (1).ipynb": DONE, f"{NAME} (2).ipynb": DONE_TOO}
    put(folder, files | ({f"{NAME}.ipynb": wanted} if wanted else {}))
    with pytest.raises(Refused, match="hold different work") as refused:
        taken(folder)
    assert all(name in str(refused.value) for name in files)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("wanted", ["", "{", "<html>", notebook(WORK, "overfitting")])
def test_a_broken_file_of_the_right_name_gives_way(folder, wanted):
    put(folder, {f"{NAME}.ipynb": wanted, "other.ipynb": DONE})
    line = f"graded was other.ipynb, because {NAME}.ipynb is no notebook of this assignment."
    assert taken(folder) == (WORK, f"ada, {NAME}: {line}")


def test_a_notebook_of_another_assignment_beside_it_is_none(folder):
    put(folder, {"a.ipynb": notebook(WORK, "overfitting"), "b.ipynb": DONE, "c.ipynb": "{"})
    assert taken(folder)[0] == WORK
    put(folder, {f"{NAME}.ipynb": FRESH})
    (folder / "b.ipynb").unlink()
    assert taken(folder) == ("", "")


@pytest.mark.parametrize(
    "name",
    [f"._{NAME}.ipynb", f".~{NAME}.ipynb", f".ipynb_checkpoints/{NAME}-checkpoint.ipynb"],
)
@pytest.mark.parametrize("content", [DONE_TOO, b"\0\5\x16\7"])
def test_what_begins_with_a_dot_does_not_count(folder, name, content):
    put(folder, {f"{NAME}.ipynb": DONE, name: content})
    assert taken(folder) == (WORK, "")
    put(folder, {"a.ipynb": DONE})
    assert taken(folder) == (WORK, "")
    (folder / "a.ipynb").unlink()
    with pytest.raises(Refused, match=f"no {NAME}.ipynb was handed in"):
        taken(folder)


def test_the_notice_stands_above_the_graded_notebook(folder):
    put(folder, {f"{NAME}.ipynb": FRESH, f"{NAME} (1).ipynb": DONE})
    found = intake.notebook(intake.read(folder, "ada", NAME), assignment.load(NAME))
    nbformat.validate(found)
    assert found.cells[0].source.startswith(f"Graded was {NAME} (1).ipynb, because")


@pytest.mark.parametrize("name", [f"{NAME}.html", f"{NAME}.py", f"{NAME}.pdf", f"{NAME}.rar"])
def test_what_is_there_instead_is_named(folder, name):
    put(folder, {name: "x", "lab/check.py": ""})
    with pytest.raises(Refused) as refused:
        taken(folder)
    line = f"ada, {NAME}: no {NAME}.ipynb was handed in (but {name}). Ask the student for it."
    assert str(refused.value) == line


# --- texts in other encodings, and ZIP files ---


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_notebook_in_another_unicode_encoding_is_read(folder, encoding):
    put(folder, {f"{NAME}.ipynb": DONE.encode(encoding)})
    assert taken(folder) == (WORK, "")


@pytest.mark.parametrize("name", ["x.zip", "X.ZIP", f"{NAME}.ipynb.zip"])
@pytest.mark.parametrize(
    "beside",
    [
        *({}, {f"__MACOSX/._{NAME}.ipynb": b"\0\5"}, {f"x/._{NAME}.ipynb": b"\0\5"}),
        *({"lab/check.py": ""}, {".ipynb_checkpoints/a.ipynb": DONE_TOO}),
    ],
    ids=str,
)
def test_a_zip_with_one_notebook_is_opened(folder, name, beside):
    put(folder, {name: packed({f"x/{NAME}.ipynb": DONE, **beside})})
    assert taken(folder) == (WORK, "")


def test_two_notebooks_in_a_zip_are_as_two_in_a_folder(folder):
    put(folder, {"x.zip": packed({"a.ipynb": FRESH, "b.ipynb": DONE})})
    assert taken(folder)[0] == WORK
    put(folder, {"x.zip": packed({"a.ipynb": DONE_TOO, "b.ipynb": DONE})})
    with pytest.raises(Refused, match="hold different work"):
        taken(folder)


def odd_zip(change):
    data = bytearray(packed({f"{NAME}.ipynb": DONE}))
    change(data)
    return bytes(data)


def encrypted(data):
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1


def another_method(data):
    data[8] = 99
    data[data.index(b"PK\1\2") + 10] = 99


def broken_inside(data):
    data[200:400] = bytes(200)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"PK", b"PK\3\4" * 100, packed({"a.txt": "none"}), packed({"../../x.py": "x"})),
        *(odd_zip(encrypted), odd_zip(another_method), odd_zip(broken_inside)),
        packed({f"{NAME}.ipynb": bytes(BOMB)}),
        packed({f"{NAME}.zip": packed({f"{NAME}.ipynb": DONE})}),
    ],
    ids=[
        *("empty", "its head", "many heads", "no notebook", "a path"),
        *("encrypted", "another method", "broken inside", "a bomb", "a zip in a zip"),
    ],
)
def test_a_zip_that_cannot_be_used_is_named_in_one_line(folder, content):
    put(folder, {"work.zip": content})
    with pytest.raises(Refused) as refused:
        taken(folder)
    assert "work.zip" in str(refused.value)
    assert str(refused.value).isprintable()


def test_a_path_in_a_zip_is_never_written(folder):
    put(folder, {"x.zip": packed({f"../../../{NAME}.ipynb": DONE})})
    before = sorted(folder.parent.parent.rglob("*"))
    with pytest.raises(Refused, match="but x"):
        taken(folder)
    assert sorted(folder.parent.parent.rglob("*")) == before


def test_a_folder_in_place_of_the_notebook(folder):
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").mkdir()
    with pytest.raises(Refused, match=f"{NAME}.ipynb is no plain file"):
        taken(folder)
    (folder / f"{NAME}.ipynb" / f"{NAME}.ipynb").write_text(DONE)
    assert taken(folder) == (WORK, "")


def test_a_link_in_its_place_is_refused_whatever_lies_beside_it(folder, tmp_path):
    put(folder, {"other.ipynb": DONE})
    (tmp_path / "private.ipynb").write_text(DONE_TOO)
    (folder / f"{NAME}.ipynb").symlink_to(tmp_path / "private.ipynb")
    with pytest.raises(Refused, match=f"{NAME}.ipynb is no plain file"):
        taken(folder)


def test_links_beside_it_are_not_followed(folder, tmp_path):
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / f"{NAME}.ipynb").write_text(DONE_TOO)
    put(folder, {f"{NAME}.ipynb": FRESH})
    (folder / "work").symlink_to(tmp_path / "else")
    (folder / "work.ipynb").symlink_to(tmp_path / "else" / f"{NAME}.ipynb")
    assert taken(folder) == ("", "")
