"""Bad input: one line that says what, where and what to do, and nothing graded is lost."""

import os
import re
import shlex
import shutil
import subprocess
import sys

import nbformat
import pytest

from autograders import ROOT, settings
from autograders.__main__ import main
from autograders.arguments import GROUPS
from autograders.authoring import learn
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from tests import endure
from tests.course import Course, one_line

pytestmark = pytest.mark.usefixtures("slow")

NAME = "initialization"
DONE = ["initialize_parameters_zeros", "initialize_parameters_random"]


@pytest.fixture(scope="module")
def graded(released, tmp_path_factory):
    """The folder of a course in which ada's hand-in has been graded; to be copied."""
    course = Course(tmp_path_factory.mktemp("graded") / "course", released)
    course.hand_in("ada", NAME, DONE)
    process = course.here("grade", NAME)
    assert process.returncode == 0, process.stderr
    return course.root


@pytest.fixture
def graded_course(graded, tmp_path):
    """A course in which ada's hand-in has been graded: 8 of 16 points."""
    course = Course(tmp_path / "course", graded)
    assert sum(course.scores("ada", NAME).values()) == 8
    return course


def refused(arguments, capsys):
    """Return the one line with which a command refuses, called in this process."""
    assert main(arguments) == 1
    said, error = capsys.readouterr()
    assert said == ""
    (line,) = error.splitlines()
    return line


@pytest.mark.parametrize("command", ["derive", "fill", "store", "examples", "release", "grade"])
def test_a_wrong_assignment_is_named_with_those_there_are(command, capsys):
    said = refused([command, "dropuot"], capsys)
    assert said.startswith("There is no assignment 'dropuot'. Choose one of: initialization, ")


@pytest.mark.parametrize("arguments", [["nonsense"], [], ["demo", "x"], ["grade", "--nonsense"]])
def test_a_wrong_command_is_one_line(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("`python -m autograders --help` lists what there is.")
    for argument in arguments[-1:]:
        assert argument in line


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert "Write filled notebooks into build/filled/." in said
    assert re.findall(r"^(\w+):$", said, re.MULTILINE)[-3:] == ["teach", "author", "maintain"]


@pytest.mark.parametrize("run", [run for runs in GROUPS.values() for run in runs])
def test_each_command_is_listed_once_and_says_what_it_does(run, capsys):
    for arguments in (["--help"], [run.__name__, "--help"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 0
        said = capsys.readouterr().out
        assert " ".join(said.split()).count(run.__doc__.splitlines()[0]) == 1
        assert "``" not in said


@pytest.mark.parametrize("student", ["nobody-of-that-name", "*", "../notebooks/dropout"])
def test_a_student_that_is_no_folder_of_submitted(student, capsys):
    said = refused(["grade", "--student", student], capsys)
    assert said == f"There is no submitted/{student}/. Name one of the folders in submitted/."


def test_an_unknown_student_and_an_unknown_assignment_lose_nothing(graded_course):
    before = graded_course.gradebook()
    said = one_line(graded_course.here("grade", "--student", "adda", "--force"))
    assert said == "There is no submitted/adda/. Did you mean 'ada'?"
    one_line(graded_course.here("grade", "initialisation", "--force"))
    assert graded_course.gradebook() == before


def test_an_environment_that_is_not_active_is_enough(course):
    """As with ``.venv/bin/python -m autograders``."""
    command = [sys.executable, "-m", "autograders", "release", "dropout"]
    done = course.run("/usr/bin/env", "PATH=/usr/bin:/bin", *command)
    assert done.returncode == 0, done.stderr
    assert (course.root / "release" / "dropout" / "dropout.ipynb").exists()


def test_nobody_handed_in(released_course):
    said = one_line(released_course.here("grade", "dropout"))
    assert said.startswith("dropout: nobody has handed in. Put hand-ins into submitted/")
    said = one_line(released_course.here("grade"))
    assert said.startswith("Nobody has handed in. Put hand-ins into submitted/")


def test_not_released(course):
    folder = course.root / "submitted" / "ada" / "dropout"
    folder.mkdir(parents=True)
    shutil.copy(course.notebook("dropout"), folder)
    said = one_line(course.here("grade", "dropout"))
    assert said == (
        "dropout has not been released. Run `python -m autograders release dropout` first."
    )


def test_what_nobody_has_handed_in_yet_is_no_error(graded_course):
    """In the first week one assignment is handed in, and `grade` takes that one."""
    process = graded_course.here("grade")
    assert process.returncode == 0, process.stderr
    assert process.stderr == ""
    assert process.stdout.startswith("initialization: 0 graded, 1 as before, 0 not graded\n")
    assert "overfitting:" not in process.stdout


def test_no_assignment_of_a_course_that_is_not_there(course, tmp_path):
    said = one_line(course.here("course", str(tmp_path)))
    assert said.startswith(f"{tmp_path} is not the folder of a course")


@pytest.mark.parametrize("words", [["report"], ["answers", "dropout"]])
def test_a_folder_that_is_no_course_is_refused_and_stays_empty(words, tmp_path, capsys):
    said = refused([*words, "--course", str(tmp_path)], capsys)
    assert said.startswith(f"{tmp_path} is not the folder of a course")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("port", ["99999", "-1", "80x"])
def test_a_port_that_there_is_not_is_one_line(port, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["answers", "dropout", f"--port={port}"])
    assert stopped.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"{port!r} is no port" in line


class Lab:
    """Stands for JupyterLab: keeps how it was called."""

    def __init__(self, monkeypatch, user):
        self.called = []
        monkeypatch.setattr(os, "geteuid", lambda: user)
        monkeypatch.setattr(subprocess, "call", self)
        monkeypatch.setattr(learn, "copy", lambda **how: [])

    def __call__(self, command, cwd):
        self.called.append((command, cwd))
        return 0


OPENS = [(["course", str(ROOT)], ROOT), (["learn", "--open"], learn.FOLDER)]


@pytest.mark.parametrize(("words", "folder"), OPENS)
def test_jupyterlab_is_opened_on_the_folder(words, folder, monkeypatch):
    lab = Lab(monkeypatch, user=1000)
    assert main(words) == 0
    assert lab.called == [(["jupyter", "lab", f"--ServerApp.root_dir={folder}"], folder)]


@pytest.mark.parametrize(("words", "folder"), OPENS)
def test_root_is_refused_in_one_line_unless_it_is_meant(words, folder, monkeypatch, capsys):
    command = " ".join(words).removesuffix(f" {ROOT}")
    lab = Lab(monkeypatch, user=0)
    assert main(words) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(f"python -m autograders {command} --allow-root")
    assert lab.called == []
    assert main([*words, "--allow-root"]) == 0
    (((*_, last), cwd),) = lab.called
    assert last == "--allow-root" and cwd == folder


def elsewhere(tmp_path):
    """Make a course in a folder of its own, as the guide says it; return the folder."""
    folder = tmp_path / "the spring's"
    shutil.copytree(lesson.FOLDER, folder / "notebooks")
    guide = (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")
    part = guide.partition("\n### A course in a folder of its own\n")[2]
    (text,) = re.findall(r"```python\n(.*?)```", part.partition("\n## ")[0], re.S)
    for told, there in (("/opt/week_one", ROOT), ("/srv/spring", folder)):
        assert text.count(f'"{told}"') == 1
        text = text.replace(f'"{told}"', repr(str(there)))
    (folder / settings.FILE).write_text(text)
    return folder


def test_a_course_elsewhere_is_made_as_the_guide_says_and_opened(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "path", sys.path[:])  # the course's settings add to it
    folder, opened = elsewhere(tmp_path), Lab(monkeypatch, user=1000)
    assert main(["course", str(folder)]) == 0
    assert opened.called == [(["jupyter", "lab", f"--ServerApp.root_dir={folder}"], folder)]
    api = settings.api(folder)
    assert api.coursedir.root == str(folder)
    assert [assignment["name"] for assignment in api.get_assignments()] == sorted(EXERCISES)
    Lab(monkeypatch, user=0)
    assert main(["course", str(folder)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(f"python -m autograders course {shlex.quote(str(folder))} --allow-root")


@pytest.mark.parametrize(
    ("words", "typed"),
    [([], "course"), (["FOLDER=/a b"], 'course "/a b"'), (["FOLDER="], "course")],
)
def test_make_hands_the_folder_on(words, typed):
    # what a make that runs the tests hands on is not what is asked here
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    make = ["make", "-n", "course", *words]
    process = subprocess.run(make, cwd=ROOT, env=bare, capture_output=True, text=True, check=True)
    assert process.stdout.rstrip().endswith(f"python -m autograders {typed}")


# What a student may hand in --------------------------------------------------------------


def no_notebook(folder):
    (folder / f"{NAME}.ipynb").unlink()


def two_others(folder):
    notebook = nbformat.read(folder / f"{NAME}.ipynb", 4)
    (folder / f"{NAME}.ipynb").unlink()
    for name in ("mine", "yours"):
        notebook.cells.append(nbformat.v4.new_code_cell(f"{name} = 1"))
        nbformat.write(notebook, folder / f"{name}.ipynb")


def empty_file(folder):
    (folder / f"{NAME}.ipynb").write_bytes(b"")


def half_a_file(folder):
    file = folder / f"{NAME}.ipynb"
    file.write_bytes(file.read_bytes()[:2000])


def picture(folder):
    (folder / f"{NAME}.ipynb").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def other_json(folder):
    (folder / f"{NAME}.ipynb").write_text('{"cells": "none"}')


def other_assignment(folder):
    shutil.copy(ROOT / "notebooks" / "dropout" / "dropout.ipynb", folder / f"{NAME}.ipynb")


def link(folder):
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").symlink_to(ROOT / "notebooks" / NAME / f"{NAME}.ipynb")


def pipe(folder):
    (folder / f"{NAME}.ipynb").unlink()
    os.mkfifo(folder / f"{NAME}.ipynb")


def folder_of_that_name(folder):
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").mkdir()


BROKEN = {
    no_notebook: "no initialization.ipynb was handed in",
    two_others: "mine.ipynb, yours.ipynb hold different work, and none is called initialization",
    empty_file: "initialization.ipynb is no notebook (it is empty). Ask",
    half_a_file: "initialization.ipynb is no notebook",
    picture: "initialization.ipynb is no notebook",
    other_json: "initialization.ipynb is no notebook",
    other_assignment: "initialization.ipynb holds no exercise of this assignment",
    link: "initialization.ipynb is no plain file",
    pipe: "initialization.ipynb is no plain file",
    folder_of_that_name: "initialization.ipynb is no plain file",
}


def test_broken_hand_ins_are_named_and_stop_no_other(graded_course):
    """A student for each way to break it, and one in order who comes last."""
    course = graded_course
    for damage in BROKEN:
        damage(course.hand_in(damage.__name__, NAME))
    course.hand_in("zoe", NAME, DONE)
    process = course.here("grade", NAME)
    assert process.returncode == 1
    said = {line.split(",")[0]: line for line in process.stderr.splitlines()}
    assert len(said) == len(process.stderr.splitlines()) == len(BROKEN)
    for damage, wanted in BROKEN.items():
        line = said[damage.__name__]
        assert line.startswith(f"{damage.__name__}, {NAME}: {wanted}")
        assert "Ask" in line
        assert course.scores(damage.__name__, NAME) is None
    assert "Traceback" not in process.stdout
    assert f"{NAME}: 1 graded, 1 as before, {len(BROKEN)} not graded" in process.stdout
    last = process.stdout.splitlines()[-1]  # below the table, which may be longer than the screen
    assert last.startswith(f"{NAME}: {len(BROKEN)} not graded: ")
    assert last.endswith("Why stands above the table.")
    assert course.scores("zoe", NAME) == course.scores("ada", NAME)


@pytest.mark.parametrize("damage", [no_notebook, half_a_file], ids=lambda damage: damage.__name__)
def test_what_was_graded_stays_when_a_broken_notebook_follows(damage, graded_course):
    course = graded_course
    before = course.gradebook()
    damage(course.root / "submitted" / "ada" / NAME)
    said = one_line(course.here("grade", NAME, "--force", "--student", "ada"))
    assert said.startswith(f"ada, {NAME}: {BROKEN[damage]}")
    assert course.gradebook() == before
    assert (course.root / "autograded" / "ada" / NAME / f"{NAME}.ipynb").is_file()


def test_foreign_files_beside_the_notebook_do_no_harm(graded_course):
    folder = graded_course.hand_in("bea", NAME, DONE)
    (folder / "homework.pdf").write_bytes(b"%PDF-1.7")
    (folder / "old copy.ipynb").write_text("no notebook")
    process = graded_course.here("grade", NAME, "--student", "bea")
    assert process.returncode == 0, process.stderr
    assert sum(graded_course.scores("bea", NAME).values()) == 8
    autograded = graded_course.root / "autograded" / "bea" / NAME
    assert not (autograded / "homework.pdf").exists()


def test_a_hand_in_whose_stub_does_not_compile_loses_that_exercise_only(graded_course):
    folder = graded_course.hand_in("bea", NAME, DONE)
    file = folder / f"{NAME}.ipynb"
    notebook = lesson.read(file)
    cell = next(c for c in notebook.cells if lesson.grade_id(c) == "initialize_parameters_he")
    cell.source += "\n    return ("
    nbformat.write(notebook, file)
    process = graded_course.here("grade", NAME, "--student", "bea")
    assert process.returncode == 0, process.stderr
    assert graded_course.scores("bea", NAME) == {
        "initialize_parameters_zeros": 4,
        "initialize_parameters_random": 4,
        "initialize_parameters_he": 0,
    }


# What an instructor may break -------------------------------------------------------------


def test_a_missing_notebook(graded_course):
    before = graded_course.gradebook()
    graded_course.notebook(NAME).unlink()
    for arguments in (["release"], ["grade", "--force"]):
        said = one_line(graded_course.autograders(*arguments, NAME))
        assert said == (
            "notebooks/initialization/initialization.ipynb is missing. "
            "Restore it from version control."
        )
    assert graded_course.gradebook() == before


def test_a_notebook_that_is_none(graded_course):
    before = graded_course.gradebook()
    graded_course.notebook(NAME).write_text("{")
    for arguments in (["derive"], ["grade", "--force"]):
        said = one_line(graded_course.autograders(*arguments, NAME))
        assert said.startswith("notebooks/initialization/initialization.ipynb is no notebook (")
    assert graded_course.gradebook() == before


def test_a_notebook_whose_stub_differs_from_its_reference(graded_course):
    course, release = graded_course, graded_course.root / "release" / NAME / f"{NAME}.ipynb"
    before, grades = release.read_bytes(), course.gradebook()
    notebook = lesson.read(course.notebook(NAME))
    cell = next(c for c in notebook.cells if lesson.grade_id(c) == "initialize_parameters_he")
    cell.source = cell.source.replace("None", "0", 1)
    lesson.write(notebook, course.notebook(NAME))
    said = one_line(course.autograders("release", NAME))
    assert said == (
        "notebooks/initialization/initialization.ipynb: the cell 'initialize_parameters_he' "
        "differs from what source_ref/initialization.py gives. "
        "Run `python -m autograders derive`."
    )
    # stock nbgrader is stopped as well
    process = course.nbgrader("generate_assignment", NAME, "--force")
    assert process.returncode != 0
    assert said in process.stderr
    assert release.read_bytes() == before
    assert course.gradebook() == grades
    # and doing what the line says mends it
    assert course.autograders("derive").returncode == 0
    assert course.autograders("release", NAME).returncode == 0
    assert release.read_bytes() == before


STUB_TEXT = 'STUBS = {"initialize_parameters_he": "        sigma = (\\n"}\n'


@pytest.mark.parametrize(
    ("broken", "wanted"),
    [
        (
            lambda text: text + STUB_TEXT,
            "source_ref/initialization.py: initialize_parameters_he: the stub does not compile",
        ),
        (
            lambda text: text.replace("def ", "de f ", 1),
            "source_ref/initialization.py, line 6: invalid syntax. Correct the reference.",
        ),
        (
            lambda text: text.replace("initialize_parameters_he", "initialise_parameters_he"),
            "source_ref/initialization.py has no function initialize_parameters_he.",
        ),
        (
            lambda text: text.replace("(approx. 3 lines)", "(approx. 4 lines)"),
            "source_ref/initialization.py: initialize_parameters_he: the marker says 4 lines",
        ),
    ],
    ids=["stub-does-not-compile", "no-python", "function-missing", "wrong-count"],
)
def test_a_reference_that_is_broken(broken, wanted, graded_course):
    course = graded_course
    file, before = course.root / "source_ref" / f"{NAME}.py", course.gradebook()
    file.write_text(broken(file.read_text()))
    notebook = course.notebook(NAME).read_bytes()
    assert one_line(course.autograders("derive")).startswith(wanted)
    assert course.notebook(NAME).read_bytes() == notebook
    assert course.gradebook() == before


MISSING = ["source_ref", "lab/check.py", "lab", "lab/judge/expected.py"]


@pytest.mark.parametrize("file", endure.first(MISSING, 2))
def test_a_missing_room(file, graded_course):
    course, before = graded_course, graded_course.gradebook()
    released = (course.root / "release" / NAME / "lab" / "check.py").read_bytes()
    path = course.root / file
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    for arguments in (["release"], ["grade", "--force"]):
        said = one_line(course.autograders(*arguments, NAME))
        assert file.removesuffix(".py") in said
        assert "Restore it from version control." in said
    assert course.gradebook() == before
    assert (course.root / "release" / NAME / "lab" / "check.py").read_bytes() == released


def test_stock_nbgrader_does_not_grade_without_the_courses_settings(graded_course):
    """Where they cannot be loaded it would grade with the lab/ that a student brings."""
    course, before = graded_course, graded_course.gradebook()
    course.hand_in("bea", NAME)
    shutil.rmtree(course.root / "lab")
    for command in ("autograde", "generate_assignment"):
        process = course.nbgrader(command, NAME, "--force")
        assert process.returncode != 0
        assert "Restore" in process.stderr.splitlines()[-1]
    assert course.gradebook() == before


def test_a_notebook_that_nbgrader_refuses(graded_course):
    course, release = graded_course, graded_course.root / "release" / NAME / f"{NAME}.ipynb"
    before = release.read_bytes()
    notebook = lesson.read(course.notebook(NAME))
    checks = [cell for cell in notebook.cells if lesson.is_check(cell)]
    checks[0].metadata.nbgrader.grade_id = checks[1].metadata.nbgrader.grade_id
    lesson.write(notebook, course.notebook(NAME))
    said = one_line(course.autograders("release", NAME))
    assert said.startswith("initialization: nbgrader could not make the release (")
    assert "check_initialize_parameters_random" in said
    assert said.endswith("The release is unchanged.")
    assert release.read_bytes() == before


def test_a_python_without_the_packages(tmp_path):
    """Whoever calls the wrong Python learns which one to call."""
    process = subprocess.run(
        [sys.executable, "-S", "-m", "autograders", "grade", "dropout"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = one_line(process)
    assert said.startswith("This Python lacks the package ")
    assert ".venv/bin/python" in said


def shorten(file):
    """Leave of a notebook its exercises, and one cell whose output is not stored yet."""
    notebook = lesson.read(file)
    notebook.cells = [cell for cell in notebook.cells if lesson.grade_id(cell)]
    notebook.cells.append(nbformat.v4.new_code_cell("print(6 * 7)"))
    lesson.write(notebook, file)


def test_store_leaves_the_notebooks_alone_when_a_check_fails(course):
    """A reference that its own questions prove wrong: nothing is stored, in no notebook."""
    file = course.root / "source_ref" / "overfitting.py"
    file.write_text(file.read_text().replace("cost = 1 / m * np.sum", "cost = 2 / m * np.sum"))
    for name in ("initialization", "overfitting"):
        shorten(course.notebook(name))
    before = {path: path.read_bytes() for path in (course.root / "notebooks").rglob("*.ipynb")}
    # the first one runs and has new outputs to be stored, the second one fails
    said = one_line(course.autograders("store", "initialization", "overfitting"))
    assert said.startswith("overfitting: the check compute_cost of the filled notebook does not")
    assert {path: path.read_bytes() for path in before} == before


def test_store_names_the_cell_that_stops(course):
    notebook = lesson.read(course.notebook("dropout"))
    explore = next(cell for cell in notebook.cells if lesson.is_explore(cell))
    explore.source = "1 / 0"
    lesson.write(notebook, course.notebook("dropout"))
    before = course.notebook("dropout").read_bytes()
    said = one_line(course.autograders("store", "dropout"))
    assert said.startswith("dropout: the filled notebook stops in the cell ")
    assert explore.id in said
    assert "ZeroDivisionError: division by zero" in said
    assert course.notebook("dropout").read_bytes() == before
