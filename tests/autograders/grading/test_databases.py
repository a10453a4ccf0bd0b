"""Real databases: several processes write to one gradebook at once, in SQLite and PostgreSQL."""

import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile

import pytest
from nbgrader.api import Base, Gradebook
from sqlalchemy import create_engine, text

from autograders.__main__ import main
from tests import once
from tests.course import Course, commands_at
from tests.outcome import outcome
from tests.small_class import BROKEN, NAME, hand_ins, handed_in, start, until

pytestmark = [pytest.mark.apart, pytest.mark.usefixtures("box", "server")]

OTHER = "overfitting"
STOCK = ("x-1", "x-2")
NO_SERVER = "PostgreSQL's initdb is not installed (Debian and Ubuntu: apt install postgresql)"
AS_NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


@pytest.fixture(scope="session")
def class_(tmp_path_factory):
    """A course with two assignments' hand-ins; to be copied."""

    def make(folder):
        course = handed_in(folder)
        shutil.rmtree(course.root / "submitted" / BROKEN)
        assert course.here("release", OTHER).returncode == 0
        for student in STOCK:
            course.hand_in(student, OTHER, ["compute_cost"])

    return Course.there(once.folder(tmp_path_factory, "class-of-two", make))


@pytest.fixture(scope="session")
def done(class_, tmp_path_factory):
    """What grading leaves behind where one process does it alone, in SQLite."""

    def grade():
        course = Course(tmp_path_factory.mktemp("done") / "course", class_.root)
        assert course.here("grade", "--workers", "1").returncode == 0
        return outcome(course.root)

    return once.value(tmp_path_factory, "done-of-two", grade)


@pytest.fixture(scope="session")
def postgres(server):
    """A PostgreSQL server of our own; gives its address."""
    found = [
        shutil.which("initdb"),
        *sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    ]
    programs = [pathlib.Path(each).parent for each in found if each]
    if not programs:
        if os.environ.get("CI"):
            pytest.fail(NO_SERVER)
        pytest.skip(NO_SERVER)
    # not below pytest's own folder, which nobody else may enter
    with tempfile.TemporaryDirectory() as folder:
        user = []
        if os.getuid() == 0:  # the server refuses to run as root
            user = AS_NOBODY
            os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
        data = f"{folder}/data"
        options = ["--auth=trust", "--username=course", "--encoding=UTF8", "--no-sync"]
        making = [*user, programs[-1] / "initdb", "--pgdata", data, *options]
        made = subprocess.run(making, cwd=folder, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        command = [*user, programs[-1] / "postgres", "-D", data, "-k", folder, "-h", "", "-F"]
        with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as process:
            asking = [programs[-1] / "pg_isready", "--quiet", "--host", folder]
            assert until(lambda: subprocess.run(asking, check=False).returncode == 0, process)
            try:
                yield f"postgresql://course@/postgres?host={folder}"
            finally:
                process.terminate()


@pytest.fixture
def sqlite(class_, tmp_path):
    """A course whose gradebook is the default, and the gradebook's address."""
    return Course(tmp_path / "course", class_.root), None


@pytest.fixture
def postgresql(class_, postgres, tmp_path):
    """A course whose gradebook is in PostgreSQL, and the gradebook's address."""
    course = Course(tmp_path / "course", class_.root)
    (course.root / "gradebook.db").unlink()
    shutil.rmtree(course.root / "release")
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(f"c.CourseDirectory.db_url = {postgres!r}\n")
    process = course.here("release", NAME, OTHER)
    assert process.returncode == 0, process.stderr
    yield course, postgres
    assert not (course.root / "gradebook.db").exists()
    _empty(postgres)


def _empty(url):
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    Base.metadata.drop_all(engine)
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_several_writers_at_once_lose_nothing(kind, done, request):
    """Our command with two workers, and nbgrader's own in two processes; then nothing is left."""
    course, url = request.getfixturevalue(kind)
    stock = [
        subprocess.Popen(
            [sys.executable, "-m", "nbgrader", "autograde", OTHER, "--student", student],
            cwd=course.root,
            env=course.environment(),
            stderr=subprocess.PIPE,
            text=True,
        )
        for student in STOCK
    ]
    with start(course, "--workers", "2") as ours:
        out, error = ours.communicate()
    for process in stock:
        _, said = process.communicate()
        assert process.returncode == 0, said
    assert (ours.returncode, error) == (0, "")
    assert f"{NAME}: {len(hand_ins())} graded, 0 as before, 0 not graded" in out
    assert outcome(course.root, url) == done
    again = course.here("grade")
    assert (again.returncode, again.stderr) == (0, "")
    for name, count in ((NAME, len(hand_ins())), (OTHER, len(STOCK))):
        assert f"{name}: 0 graded, {count} as before, 0 not graded" in again.stdout
    assert outcome(course.root, url) == done


def test_a_backup_of_postgresql_is_put_back_and_the_former_is_kept(
    postgres, tmp_path, monkeypatch, capsys
):
    """While somebody has it open; another's table in the same database is left alone."""
    setting = f"c = get_config()\nc.CourseDirectory.db_url = {postgres!r}\n"
    (tmp_path / "nbgrader_config.py").write_text(setting)
    commands_at(monkeypatch, tmp_path)
    with Gradebook(postgres) as book:
        book.db.execute(text("CREATE TABLE other (name TEXT)"))
        book.add_student("ada", last_name="before")
        assert main(["backup"]) == 0
        book.update_or_create_student("ada", last_name="after")
        book.db.execute(text("INSERT INTO other VALUES ('stays')"))
        book.db.commit()
        (file,) = (tmp_path / "backup").iterdir()
        assert main(["restore", str(file)]) == 0
        assert book.find_student("ada").last_name == "before"
        assert book.db.execute(text("SELECT name FROM other")).fetchall() == [("stays",)]
        (former,) = set((tmp_path / "backup").iterdir()) - {file}
        book.db.commit()
        assert main(["restore", str(former)]) == 0
        assert book.find_student("ada").last_name == "after"
        book.db.execute(text("DROP TABLE other"))
        book.db.commit()
    assert capsys.readouterr().err == ""
    _empty(postgres)


def test_a_database_that_does_not_answer_is_one_line(class_, tmp_path):
    course = Course(tmp_path / "course", class_.root)
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("c.CourseDirectory.db_url = 'postgresql://ada:secret@127.0.0.1:1/course'\n")
    process = course.here("grade", NAME)
    (line,) = process.stderr.splitlines()
    assert line.startswith("The gradebook cannot be used (OperationalError: ")
    assert "secret" not in line
    assert process.returncode == 1


def test_sqlite_lets_readers_in_beside_a_writer(sqlite):
    """The mode stays in the file; nbgrader has no setting for it."""
    course, _ = sqlite
    head = (course.root / "gradebook.db").read_bytes()[18:20]
    assert head == b"\x02\x02"  # version numbers of the write-ahead log
