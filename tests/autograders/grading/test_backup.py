"""Backups: whole while others write, private, and nothing is overwritten that is not kept."""

import sqlite3
import stat
import tarfile

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from autograders import settings
from autograders.__main__ import main
from autograders.collecting import roster
from autograders.collecting.roster import OUT, Student
from autograders.grading import databases, secret
from tests import small_gradebook
from tests.course import commands_at
from tests.small_gradebook import hand_in, mark

NAME = "dropout"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The folder of a course with a gradebook, in which ada has 16 points, and a secret."""
    folder = tmp_path / "course"
    folder.mkdir()
    with small_gradebook.made(folder / "gradebook.db") as book:
        hand_in(book, "ada", NAME, 16)
    secret.read(folder)
    commands_at(monkeypatch, folder)
    monkeypatch.chdir(folder)
    return folder


def opened(course):
    return Gradebook(f"sqlite:///{course}/gradebook.db")


def score(course):
    with opened(course) as book:
        return book.find_submission(NAME, "ada").score


def said(capsys, *arguments, status=0):
    assert main([*arguments]) == status
    out, error = capsys.readouterr()
    assert (error if status == 0 else out) == ""
    return (out if status == 0 else error).splitlines()


def kept(course):
    return sorted((course / "backup").glob("*"))


def test_who_is_in_the_course_comes_back(course, capsys):
    """Above all who has left, which no platform's list tells."""
    people = {each.id: each for each in (Student("ada"), Student("eve", status=OUT))}
    roster.save(course, people)
    said(capsys, "backup")
    roster.save(course, {})
    said(capsys, "restore", str(kept(course)[0]))
    assert roster.load(course) == people


def test_only_what_is_in_it_is_named(course, capsys):
    assert said(capsys, "backup")[0].endswith(
        ".tar.gz holds: gradebook, secret. Keep it elsewhere, and to yourself."
    )
    (first,) = kept(course)
    (course / secret.NAME).unlink()
    roster.save(course, {"ada": Student("ada")})
    assert ".tar.gz holds: gradebook, roster. Keep" in said(capsys, "backup")[0]
    (file,) = (str(each) for each in kept(course) if each != first)
    assert said(capsys, "restore", file)[0] == f"Put back from {file}: gradebook, roster."


def test_a_mark_that_stands_in_the_log_alone_is_kept(course, capsys):
    """As formgrader leaves it: the gradebook open, the newest marks not in its main file."""
    with opened(course) as formgrader:
        formgrader.db.execute(text("PRAGMA wal_autocheckpoint = 0"))
        mark(formgrader, "ada", NAME, 4)
        main_file = (course / "gradebook.db").read_bytes()
        said(capsys, "backup")
        assert (course / "gradebook.db").read_bytes() == main_file
        (course / "alone.db").write_bytes(main_file)
        with Gradebook(f"sqlite:///{course}/alone.db") as copy:  # what cp gives
            assert copy.find_submission(NAME, "ada").score == 16
        (file,) = kept(course)
        mark(formgrader, "ada", NAME, 1)
        assert said(capsys, "restore", str(file))[0] == (
            f"Put back from {file}: gradebook, secret."
        )
        formgrader.db.expire_all()
        assert formgrader.find_submission(NAME, "ada").score == 20
        mark(formgrader, "ada", NAME, 2)  # and it goes on
    assert score(course) == 18


def test_the_former_gradebook_and_secret_are_kept_and_can_be_put_back(course, capsys):
    first = secret.read(course)
    said(capsys, "backup")
    (file,) = kept(course)
    with opened(course) as book:
        mark(book, "ada", NAME, 4)
    (course / secret.NAME).unlink()
    second = secret.read(course)
    assert first != second
    _, line = said(capsys, "restore", str(file))
    (former,) = [each for each in kept(course) if each != file]
    assert line == f"What was there before is in backup/{former.name}."
    assert (score(course), secret.read(course)) == (16, first)
    said(capsys, "restore", str(former))
    assert (score(course), secret.read(course)) == (20, second)


def test_a_backup_makes_a_course_that_has_lost_all(course, capsys):
    said(capsys, "backup", "--to", str(course.parent / "stick"))
    (file,) = (course.parent / "stick").iterdir()
    first = secret.read(course)
    for each in course.iterdir():
        each.unlink()
    assert said(capsys, "restore", str(file)) == [f"Put back from {file}: gradebook, secret."]
    assert (score(course), secret.read(course)) == (16, first)


def test_only_the_owner_can_read_it_and_its_name_has_the_date(course, capsys):
    said(capsys, "backup")
    said(capsys, "backup")
    first, second = kept(course)
    for file in (first, second):
        assert file.name.startswith(f"{settings.course_id()}-20")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((course / "backup").stat().st_mode) == 0o700
    with tarfile.open(first) as archive:
        assert {member.mode for member in archive} == {0o600}
        assert {"gradebook.db", secret.NAME} < set(archive.getnames())
    said(capsys, "restore", str(first))
    assert stat.S_IMODE((course / secret.NAME).stat().st_mode) == 0o600


def packed(file, **members):
    """Write an archive of files with these texts."""
    with tarfile.open(file, "w:gz") as archive:
        for name, data in members.items():
            part = file.with_name("part")
            part.write_bytes(data)
            archive.add(part, name)


ABOUT = b'{"course": "week_one", "gradebook": "sqlite"}'
MEMBERS = (
    ({"a": b"b"}, "is no backup of a course (it does not say of which course)"),
    ({"about.json": b"["}, "(it does not say of which course)"),
    ({"about.json": b"[]"}, "(it does not say of which course)"),
    (
        {"about.json": ABOUT.replace(b"one", b"two")},
        "is of the course 'week_two', and this is 'week_one'",
    ),
    (
        {"about.json": ABOUT.replace(b"sqlite", b"postgresql")},
        "holds a gradebook in postgresql, and this course's is in sqlite",
    ),
    (
        {"about.json": ABOUT, "gradebook.db": b"x" * 9999},
        "(its gradebook cannot be used: DatabaseError: file is not a database)",
    ),
    (
        {"about.json": ABOUT, "gradebook.db": b""},
        "(its gradebook cannot be used: it holds none of nbgrader's tables)",
    ),
    ({"about.json": ABOUT, secret.NAME: b"x"}, "(its secret cannot be used: it is not one)"),
)
BAD = (
    (lambda file: None, "is no backup of a course (there is no such file)"),
    (lambda file: file.mkdir(), "is no backup of a course (there is no such file)"),
    (lambda file: file.write_bytes(b""), "is no backup of a course ("),
    (lambda file: file.write_text("no archive"), "is no backup of a course ("),
    *((lambda file, each=each: packed(file, **each), reason) for each, reason in MEMBERS),
)


@pytest.mark.parametrize(("make", "reason"), BAD)
def test_bad_input_is_one_line_and_changes_nothing(make, reason, course, capsys):
    file = course / "given.tar.gz"
    make(file)
    before = (secret.read(course), score(course))
    (line,) = said(capsys, "restore", str(file), status=1)
    assert line.startswith(f"{file} ")
    assert reason in line
    assert "Nothing has changed." in line
    assert (secret.read(course), score(course)) == before
    assert kept(course) == []


def test_half_a_backup_is_refused(course, capsys):
    said(capsys, "backup")
    (file,) = kept(course)
    half = course / "half.tar.gz"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    (line,) = said(capsys, "restore", str(half), status=1)
    assert "is no backup of a course (" in line


def test_without_a_gradebook_there_is_nothing_to_keep(course, capsys):
    (course / "gradebook.db").unlink()
    assert said(capsys, "backup", status=1) == [
        "There is no gradebook yet, so there is nothing to keep."
    ]
    assert kept(course) == []


def test_an_older_gradebook_is_kept(course, capsys):
    for file in course.glob("gradebook.db*"):
        file.unlink()
    small_gradebook.older(course / "gradebook.db")
    said(capsys, "backup")
    assert len(kept(course)) == 1


def test_a_damaged_gradebook_is_no_backup_and_is_kept_by_its_name(course, capsys):
    said(capsys, "backup")
    (file,) = kept(course)
    (course / "gradebook.db").write_bytes(b"damaged" * 999)
    (line,) = said(capsys, "backup", status=1)
    assert line == (
        "The gradebook cannot be copied (DatabaseError: file is not a database). "
        "Nothing has changed."
    )
    assert kept(course) == [file]
    _, line = said(capsys, "restore", str(file))
    assert score(course) == 16
    former = course / line.removeprefix("What was there before is in ").removesuffix(".")
    assert former.read_bytes() == b"damaged" * 999


def test_where_somebody_goes_on_writing_nothing_changes(course, capsys, monkeypatch):
    monkeypatch.setattr(databases, "WAITS", 0)
    said(capsys, "backup")
    (file,) = kept(course)
    connection = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE student SET last_name = 'L.'")
    (line,) = said(capsys, "restore", str(file), status=1)
    connection.execute("COMMIT")
    assert line == (
        "The gradebook cannot be put back (OperationalError: somebody else has been writing for "
        "too long). Nothing has changed."
    )
    assert connection.execute("SELECT last_name FROM student").fetchall() == [("L.",)]
    connection.close()


def test_another_kind_of_database_is_one_line(course, capsys):
    setting = "c = get_config()\nc.CourseDirectory.db_url = 'mysql://127.0.0.1/x'\n"
    (course / "nbgrader_config.py").write_text(setting)
    (line,) = said(capsys, "backup", status=1)
    assert line.startswith("The gradebook is in mysql. This command knows SQLite and PostgreSQL")


def test_a_gradebook_that_cannot_be_kept_stays_in_its_place(course, capsys, monkeypatch):
    """As on a full disk: it is not damaged, so nothing is put over it and nothing renamed."""
    said(capsys, "backup")
    (file,) = kept(course)
    with opened(course) as book:
        mark(book, "ada", NAME, 4)

    def full(*connections):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(databases, "_copied", full)
    (line,) = said(capsys, "restore", str(file), status=1)
    assert line == (
        "The gradebook cannot be copied (OperationalError: database or disk is full). "
        "Nothing has changed."
    )
    assert score(course) == 20
    assert kept(course) == [file]
