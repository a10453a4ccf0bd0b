"""The command that grades a class: what it takes, what it shows, what it says."""

import os
import pty
import shutil
import subprocess
import sys
import termios

import pytest

from autograders import settings
from autograders.__main__ import main
from autograders.grading import rounds, workers
from tests import once
from tests.course import Course
from tests.outcome import outcome
from tests.small_class import BROKEN, NAME, hand_ins

pytestmark = [pytest.mark.apart, pytest.mark.usefixtures("box")]

STUDENTS = sorted(hand_ins())


@pytest.fixture(scope="session")
def graded_class(class_, tmp_path_factory):
    """The course after one run, and what that printed in `said`; to be copied."""

    def grade(folder):
        course = Course(folder, class_.root)
        shutil.rmtree(course.root / "submitted" / BROKEN)
        process = course.autograders("grade", NAME, "--workers", "1")
        assert (process.returncode, process.stderr) == (0, "")
        (folder / "said").write_text(process.stdout)

    return Course.there(once.folder(tmp_path_factory, "graded-class", grade))


@pytest.fixture
def course(graded_class, tmp_path):
    return Course(tmp_path / "course", graded_class.root)


def test_a_single_new_hand_in_needs_no_process_of_its_own(course, monkeypatch):
    """Two have one each, and what is as before counts for none."""
    given = []

    def submit(processes, task):
        given.append(task.hand_in.student)
        return processes.alone.submit(task)

    monkeypatch.setattr(workers._Processes, "submit", submit)
    for students in (["student-1"], ["later", "student-2"]):
        for student in students:
            shutil.rmtree(course.root / "autograded" / student)
        found = rounds.grade(settings.api(course.root), NAME, count=2)
        assert sorted(who for _, who, problem in found if problem is None) == students
        assert sorted(given) == (students if len(students) > 1 else [])


def taken(course, *arguments):
    """Run the command; return the students whose graded notebook is another file than before.

    The first line that it prints counts the same.
    """

    def files():
        found = course.root.glob(f"autograded/*/{NAME}/{NAME}.ipynb")
        return {file.parts[-3]: (file.stat().st_ino, file.stat().st_mtime_ns) for file in found}

    before = files()
    process = course.here("grade", NAME, *arguments)
    assert (process.returncode, process.stderr) == (0, "")
    found = sorted(student for student, file in files().items() if before.get(student) != file)
    there = 1 if "--student" in arguments else len([*course.root.glob(f"submitted/*/{NAME}")])
    counts = f"{NAME}: {len(found)} graded, {there - len(found)} as before, 0 not graded"
    assert process.stdout.splitlines()[0] == counts
    return found


def test_the_table_stands_at_the_end(graded_class):
    head, *table = (graded_class.root / "said").read_text().splitlines()
    assert head == f"{NAME}: {len(STUDENTS)} graded, 0 as before, 0 not graded"
    assert table[0].split() == [
        *("student", "initialization", "overfitting", "l2_regularization", "dropout"),
    ]
    assert [line.split()[0] for line in table[2:]] == STUDENTS
    points = {line.split()[0]: line.split()[1] for line in table[2:]}
    assert points["student-0"] == "0/20"
    assert points["student-3"] == "16/20"


def test_a_second_run_takes_what_is_new_or_changed(course):
    before = outcome(course.root)
    assert taken(course) == []
    file = course.root / "submitted" / "student-1" / NAME / f"{NAME}.ipynb"
    text = file.read_text()
    file.write_text(text + "\n")
    shutil.copytree(course.root / "submitted" / "student-2", course.root / "submitted" / "new")
    assert taken(course) == ["new", "student-1"]
    file.write_text(text)
    assert taken(course) == ["student-1"]
    shutil.rmtree(course.root / "autograded" / "new")
    after = outcome(course.root)
    assert after["notebooks"] == before["notebooks"]
    assert [row for row in after["grades"] if row[0] != "new"] == before["grades"]


def test_a_student_alone_and_everything_by_force(course):
    before = outcome(course.root)
    assert taken(course, "--student", "student-2") == []
    assert taken(course, "--student", "student-2", "--force") == ["student-2"]
    assert taken(course, "--force", "--workers", "3") == STUDENTS
    assert outcome(course.root) == before


def test_a_time_that_is_noted_later_counts(course):
    (course.root / "submitted" / "student-1" / NAME / "timestamp.txt").write_text(
        "2024-05-02 09:00:00 UTC"
    )
    assert taken(course) == ["student-1"]
    rows = {row[0]: row[2] for row in outcome(course.root)["submissions"]}
    assert str(rows["student-1"]) == "2024-05-02 09:00:00"


def test_a_bar_shows_how_far_it_is(course):
    """On a terminal, where it stands on the error stream."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "-m", "autograders", "grade", NAME]
    with subprocess.Popen(
        command, cwd=course.root, env=course.environment(), stdout=subprocess.DEVNULL, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # how a terminal ends
            pass
        finally:
            os.close(ours)
    assert process.returncode == 0
    count = len(STUDENTS)
    assert b"100%|" in shown
    assert f"{count}/{count}".encode() in shown
    assert b"hand-in/s" in shown


@pytest.mark.parametrize("workers", ["0", "-1", "two"])
def test_workers_are_counted_in_whole_numbers(workers, capsys):
    with pytest.raises(SystemExit):
        main(["grade", NAME, "--workers", workers])
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Argument --workers: {workers!r} is no whole number above 0")
