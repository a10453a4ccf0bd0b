"""By what written answers are marked: it adds up, it is true, and no release holds it."""

import base64
import bz2
import codecs
import gzip
import lzma
import re
import zlib

import pytest

from autograders.commands import teach
from autograders.course import kit, lesson
from autograders.course.catalogue import EXERCISES, RUBRICS
from tests.notebooks import reading

FEW = 8
"""So many words in a row are nobody's but the rubric's."""

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
PACKED = re.compile(rb"[A-Za-z0-9+/=_-]{40,}")
READ = (
    base64.b64decode,
    base64.urlsafe_b64decode,
    base64.b85decode,
    lambda data: bytes.fromhex(data.decode()),
)
UNPACK = (zlib.decompress, gzip.decompress, bz2.decompress, lzma.decompress)


def texts(assignment):
    """Yield the criteria and the samples of an assignment."""
    for rubric in RUBRICS[assignment]:
        yield from (criterion.says for criterion in rubric.criteria)
        yield rubric.sample


def words(text):
    return re.findall(r"\w+", text.lower())


def runs(text):
    """Return all runs of a few words."""
    found = words(text)
    return {" ".join(found[i : i + FEW]) for i in range(len(found) - FEW + 1)}


def forms(text):
    """Yield a text as bytes, and as others may hide it."""
    data = text.encode()
    yield data
    yield data[::-1]
    yield codecs.encode(text, "rot13").encode()
    yield data.hex().encode()
    for skipped in range(3):  # where in a longer text it begins
        yield base64.b64encode(data[skipped:])[: 4 * ((len(data) - skipped) // 3)]
    yield "".join(f"\\u{ord(letter):04x}" for letter in text).encode()


def unpacked(data):
    """Yield what is packed somewhere in bytes."""
    for run in PACKED.findall(data):
        for read in READ:
            for size in (len(run), len(run) // 4 * 4):
                try:
                    packed = read(run[:size])
                except ValueError:
                    continue
                yield packed
                for unpack in UNPACK:
                    try:
                        yield unpack(packed)
                    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError):
                        continue


def held(data, assignment):
    """Return what of a rubric bytes hold, as it is, hidden or packed."""
    found = []
    for text in texts(assignment):
        sentences = [each for each in re.split(r"(?<=[.:;]) ", text) if len(words(each)) >= FEW]
        found += [each for each in sentences if any(form in data for form in forms(each))]
        everything = [data, *unpacked(data)]
        shown = set().union(*(runs(each.decode("utf-8", "ignore")) for each in everything))
        found += sorted(runs(text) & shown)
    return found


@pytest.mark.parametrize("assignment", EXERCISES)
def test_three_criteria_add_up_to_the_points_of_the_answer(assignment):
    cells = {lesson.grade_id(cell): cell for cell in lesson.read(lesson.path(assignment)).cells}
    answers = [name for name, cell in cells.items() if name and cell.cell_type == "markdown"]
    assert [rubric.cell for rubric in RUBRICS[assignment]] == answers
    for rubric in RUBRICS[assignment]:
        assert len(rubric.criteria) == 3
        points = sum(criterion.points for criterion in rubric.criteria)
        assert points == cells[rubric.cell].metadata.nbgrader.points


@pytest.mark.parametrize("assignment", EXERCISES)
def test_each_number_is_one_that_the_notebook_shows(assignment):
    cells = lesson.read(lesson.path(assignment)).cells
    shown = [cell.source for cell in cells]
    shown += [reading.said(assignment, cell.id) for cell in cells if cell.cell_type == "code"]
    known = set(NUMBER.findall("\n".join(shown)))
    for text in texts(assignment):
        assert set(NUMBER.findall(text)) <= known, text


def test_the_numbers_of_overfitting_are_those_of_the_steps():
    lowest, most = (reading.row("overfitting", "show-wrong", step) for step in ("650", "1,250"))
    sample = RUBRICS["overfitting"][0].sample
    assert f"{lowest[0]:.0f}" == "27" and "24 after 27" in sample and f"{most[0]:.0f}" == "24"
    said = reading.said("overfitting", "train")
    assert "its lowest is 0.39 at step 650" in said and "to 0.73" in said and "to 0.058" in said


def test_the_numbers_of_l2_are_those_of_the_bundles():
    none, large = (reading.row("l2_regularization", "show-bundles", f"λ = {x}") for x in (0, 7))
    sample = RUBRICS["l2_regularization"][0].sample
    assert "the 5 networks" in reading.said("l2_regularization", "show-bundles")
    assert f"the five networks of the notebook disagree on {none[0]:.0f} % of the test" in sample
    assert f"on {large[0]:.0f} % at λ = 7" in sample
    assert f"on {large[1]:.0f} %, and not on {none[1]:.0f} %" in sample


def test_the_numbers_of_dropout_are_those_of_the_pairs():
    sample = RUBRICS["dropout"][0].sample
    moons, few = (reading.said("dropout", cell) for cell in ("show-results", "show-few"))
    assert "keep_prob chosen: 36 above zero, 2 below; mean +2.7, standard deviation 2.3" in moons
    assert "2.7 ± 2.3 points over no dropout, on 36 of 40 draws" in sample
    assert "keep_prob = 0.6: 35 above zero, 5 below; mean +1.1, standard deviation 0.9" in few
    assert "ahead of L2 by 1.1 ± 0.9 points, on 35 of 40 splits" in sample


@pytest.mark.parametrize("assignment", EXERCISES)
def test_no_release_holds_any_of_it(assignment, released):
    folder = released / "release" / assignment
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert {folder / name for name in kit.files()} < set(files)
    for file in files:
        assert held(file.read_bytes(), assignment) == [], file


@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text.encode(),
        lambda text: text.upper().replace(" ", "\n").encode(),
        lambda text: text.encode()[::-1],
        lambda text: codecs.encode(text, "rot13").encode(),
        lambda text: b"x" + base64.b64encode(b"12" + text.encode()),
        lambda text: text.encode().hex().encode(),
        lambda text: base64.b64encode(zlib.compress(text.encode())),
        lambda text: gzip.compress(text.encode()).hex().encode(),
        lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text).encode(),
    ],
)
def test_what_is_hidden_is_found(hide):
    (rubric,) = RUBRICS["dropout"]
    assert held(b'{"a": "' + hide(rubric.sample) + b'"}', "dropout")


def test_whoever_marks_reads_all_of_it(capsys):
    class Options:
        assignment = ()

    teach.rubric(Options)
    shown = words(capsys.readouterr().out)
    for assignment in EXERCISES:
        assert assignment in shown
        for text in texts(assignment):
            assert " ".join(words(text)) in " ".join(shown)
