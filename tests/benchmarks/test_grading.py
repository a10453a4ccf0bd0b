"""The benchmark of grading grades a class with both, and counts all that works for it."""

import os
import shutil
import sys

import nbformat
import pytest

from autograders import sample, settings
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.grading import release
from autograders.sandbox import launcher
from benchmarks import grading as bench
from benchmarks import sample_class, usage
from tests import endure, machine

pytestmark = pytest.mark.usefixtures("box")

CI = os.environ.get("CI") == "true"
NAME = "initialization"
BURN = "import time\nwhile time.process_time() - BEGUN < {seconds}:\n    pass"

ORPHAN = """
import os, time
if os.fork() == 0:
    while time.process_time() < 1:
        pass
"""


@pytest.fixture(scope="module")
def counted():
    """Skip where no control group can be made: a container without the right, mostly."""
    problem = machine.wall_problem()
    launcher.close()
    try:
        with usage.new_group():
            pass
    except SystemExit as refusal:
        problem = str(refusal)
    if problem and not CI:
        pytest.skip(problem)
    assert problem is None


def burning(seconds):
    """Return a change that hands in a cell which works for so many processor seconds."""

    def change(notebook, _):
        for source in ("import time\nBEGUN = time.process_time()", BURN.format(seconds=seconds)):
            notebook.cells.append(nbformat.v4.new_code_cell(source))

    return change


def test_what_works_behind_the_wall_is_counted(counted, tmp_path):
    """The kernel adds the time of processes that a wall's end kills to nobody's."""
    course = sample_class.course(tmp_path / "course")
    release.release(settings.api(course), NAME)
    sample.hand_in(course, "burns", NAME, burning(3))
    command = [sys.executable, "-m", "autograders", "grade", "--force"]
    burnt = usage.run(command, course, bench.environment(course), watch=True)
    shutil.rmtree(course / "submitted")
    sample.hand_in(course, "burns", NAME, burning(0))
    idle = usage.run(command, course, bench.environment(course))
    assert burnt.cpu - idle.cpu > 2, burnt.output
    assert burnt.memory > 10_000_000
    assert idle.memory == 0


def test_a_command_and_its_orphans_are_counted_to_the_end(counted, tmp_path):
    used = usage.run([sys.executable, "-c", ORPHAN], tmp_path, dict(os.environ))
    assert used.cpu >= 1


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course with a class of ten in each assignment, and what it is."""
    course = sample_class.course(tmp_path_factory.mktemp("class") / "course")
    api = settings.api(course)
    for assignment in EXERCISES:
        release.release(api, assignment)
    return course, sample_class.hand_in(course, 40)


def test_the_class_has_every_sort_in_every_assignment(handed_in):
    course, made = handed_in
    assert len(set(made)) == 40
    for assignment in EXERCISES:
        sorts = [each.sort for each in made if each.name == assignment]
        assert {sort: sorts.count(sort) for sort in set(sorts)} == {
            sample_class.RIGHT: 5,
            sample_class.WRONG: 4,
            sample_class.BROKEN: 1,
        }
    for each in made:
        assert (course / "submitted" / each.student / each.name / f"{each.name}.ipynb").is_file()


def test_the_class_is_the_same_each_time(handed_in, tmp_path):
    course, made = handed_in
    again = shutil.copytree(course, tmp_path / "again")
    shutil.rmtree(again / "submitted")
    assert sample_class.hand_in(again, 40) == made
    for each in made:
        file = f"submitted/{each.student}/{each.name}/{each.name}.ipynb"
        if each.sort == sample_class.BROKEN:
            continue
        sources = [
            [cell.source for cell in nbformat.read(folder / file, 4).cells]
            for folder in (course, again)
        ]
        assert sources[0] == sources[1]


def test_hand_ins_show_what_a_run_of_all_cells_shows(handed_in):
    course, made = handed_in
    right = next(each for each in made if each.says == "all right")
    notebook = lesson.read(course / f"submitted/{right.student}/{right.name}/{right.name}.ipynb")
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)


def test_the_explore_cells_can_be_taken_out(handed_in, tmp_path):
    course, made = handed_in
    bare = sample_class.without_explore(course, tmp_path / "bare")
    for each in made:
        file = f"submitted/{each.student}/{each.name}/{each.name}.ipynb"
        if each.sort == sample_class.BROKEN:
            continue
        before, after = (nbformat.read(folder / file, 4).cells for folder in (course, bare))
        assert [c.id for c in before if not lesson.is_explore(c)] == [c.id for c in after]
        assert len(after) < len(before)


def test_a_sample_has_its_share_of_each_assignment_and_sort(handed_in):
    _, made = handed_in
    sample = bench.sampled(made, 20, seed=3)
    assert len(set(sample)) == 20 and set(sample) < set(made)
    for assignment in EXERCISES:
        assert sum(each.name == assignment for each in sample) == 5
    right = sum(each.sort == sample_class.RIGHT for each in sample)
    assert 8 <= right <= 12
    assert sample == bench.sampled(made, 20, seed=3) != bench.sampled(made, 20, seed=4)


@pytest.mark.parametrize(
    ("stock", "ours", "word"),
    [
        (8.0, 8.0, bench.SAME),
        (None, None, bench.SAME),
        (0.0, 4.0, bench.PARTLY),
        (8.0, 4.0, bench.STRICTER),
        (8.0, 0.0, bench.STRICTER),
        (None, 8.0, bench.NO_STOCK),
        (8.0, None, bench.NO_OURS),
        (0.0, 8.0, bench.OTHER),
        (4.0, 0.0, bench.OTHER),
    ],
)
def test_scores_that_differ_are_told_apart(stock, ours, word):
    assert bench.compared(stock, ours, 8) == word


def test_stock_is_scaled_by_assignment_with_one_start_each():
    run = object.__new__(bench.Bench)
    hand_in = lambda name, number: sample_class.HandIn(str(number), name, "right", "")  # noqa: E731
    run._handed_in = [hand_in("a", n) for n in range(10)] + [hand_in("b", n) for n in range(4)]
    run._sample = [hand_in("a", 0), hand_in("a", 1), hand_in("b", 0)]
    used = lambda cpu: usage.Usage(0.0, cpu, 0.0, "")  # noqa: E731
    run._used = {
        "stock": {"a": used(9.0), "b": used(4.0)},
        "start": {"a": used(3.0), "b": used(2.0)},
    }
    assert run._scaled("stock", "cpu") == (3 + 6 * 10 / 2) + (2 + 2 * 4)


@pytest.mark.endure
@pytest.mark.skipif(not endure.WHOLE, reason="it grades with stock nbgrader: at night")
def test_every_part_is_printed(counted, capsys):
    bench.main(["--submissions", "2", "--sample", "1", "--many", "3"])
    printed = capsys.readouterr().out
    for words in (
        "Stock nbgrader grades a sample of 1 of them",
        "its figures are scaled to 2",
        "stock without explore cells",
        "times ours",
        "of our CPU time",
        "Where ours goes",
        "box: run the cells",
        "judge: compare",
        "save the scores in the gradebook",
        "together",
        "Scores of",
        "From 2 to 3 hand-ins",
    ):
        assert words in printed, printed
    assert bench.WHY[bench.OTHER] not in printed
