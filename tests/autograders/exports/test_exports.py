"""The files for Canvas and Moodle, from a real gradebook."""

import csv
import datetime
import logging
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import venv

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.exportapp import ExportApp
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from autograders import ROOT
from autograders.collecting.roster import OUT, Student
from autograders.exports import CanvasExportPlugin, MoodleExportPlugin
from autograders.exports.sheet import number
from autograders.grading import standing
from autograders.grading.nbgrader_patches import export_what_stands
from tests import small_gradebook
from tests.small_gradebook import HOUR, ZERO, Parent, hand_in, late, mark, penalty

pytestmark = pytest.mark.usefixtures("slow")

NBGRADER = pathlib.Path(sys.executable).parent / "nbgrader"
HEAD = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
LOG = logging.getLogger("exports")
PLUGINS = (CanvasExportPlugin, MoodleExportPlugin)


@pytest.fixture(scope="module")
def class_database(tmp_path_factory):
    """Return the file of a gradebook with students who did more and less."""
    file = tmp_path_factory.mktemp("class") / "gradebook.db"
    with small_gradebook.made(file) as book:
        named = {"first_name": "Ada", "last_name": "L.", "email": "ada@example.org"}
        hand_in(book, "ada", "dropout", 16, 3.5, lms_user_id="17", **named)
        hand_in(book, "ada", "overfitting", 12.125, 4)
        hand_in(book, "ben", "dropout", 10, None, email="ben@example.org", lms_user_id="12ab")
        hand_in(book, "ben", "overfitting", 8, 0)
        hand_in(book, "cy", "dropout", 2, None)
        book.add_student("never-there")
    return file


@pytest.fixture
def database(class_database, tmp_path):
    """Return the address of a copy of the class's gradebook."""
    return f"sqlite:///{shutil.copy(class_database, tmp_path)}"


@pytest.fixture
def gradebook(database):
    """Yield a copy of the class's gradebook."""
    with Gradebook(database) as book:
        yield book


def exported(plugin, gradebook, tmp_path, **settings):
    """Run a plugin with these settings; return the file's rows."""
    file = tmp_path / "grades.csv"
    plugin(log=LOG, to=str(file), **settings).export(gradebook)
    with open(file, encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def test_canvas_rows(gradebook, tmp_path, caplog):
    assert exported(CanvasExportPlugin, gradebook, tmp_path) == [
        [*HEAD, "dropout", "overfitting"],
        ["    Points Possible", "", "", "", "", "20", "20"],
        ["L., Ada", "", "", "ada", "", "19.5", "16.12"],
        ["ben", "", "", "ben", "", "", "8"],
    ]
    (said,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert "dropout: 2 not final, so left out (ben, cy)" in said
    assert "--CanvasExportPlugin.include_open=True" in said


def test_moodle_rows(gradebook, tmp_path):
    assert exported(MoodleExportPlugin, gradebook, tmp_path) == [
        ["Username", "dropout", "overfitting"],
        ["ada", "19.5", "16.12"],
        ["ben", "-", "8"],
    ]


def test_moodle_in_percent_by_email(gradebook, tmp_path, caplog):
    rows = exported(
        MoodleExportPlugin,
        gradebook,
        tmp_path,
        id_column="Email address",
        scale="percent",
        include_open=True,
    )
    assert rows == [
        ["Email address", "dropout", "overfitting"],
        ["ada@example.org", "97.5", "80.62"],
        ["ben@example.org", "50", "40"],
    ]
    assert "cy: left out, because the email '' is empty" in caplog.text


def test_open_answers_count_nothing_when_asked_for(gradebook, tmp_path):
    rows = exported(CanvasExportPlugin, gradebook, tmp_path, include_open=True)
    assert [row[3:] for row in rows[2:]] == [
        ["ada", "", "19.5", "16.12"],
        ["ben", "", "10", "8"],
        ["cy", "", "2", ""],
    ]


def test_an_answer_read_before_but_graded_again_is_open(gradebook, tmp_path):
    """nbgrader asks for a second look at what a person marked when it is graded again."""
    gradebook.find_grade("written_b", "dropout", "dropout", "ada").needs_manual_grade = True
    gradebook.db.commit()
    assert exported(MoodleExportPlugin, gradebook, tmp_path)[1] == ["ada", "-", "16.12"]


def test_missing_work_is_zero_when_asked_for(gradebook, tmp_path):
    rows = exported(MoodleExportPlugin, gradebook, tmp_path, missing_as_zero=True)
    assert rows[3:] == [["cy", "-", "0"], ["never-there", "0", "0"]]


@pytest.mark.parametrize("settings", [{}, {"missing_as_zero": True}])
@pytest.mark.parametrize("plugin", PLUGINS)
def test_what_nobody_has_handed_in_has_no_column_unless_it_is_named(
    plugin, settings, gradebook, tmp_path, caplog
):
    """It would take grades away there, or make a new assignment in Canvas."""
    caplog.set_level(logging.INFO)
    gradebook.add_assignment("later")
    gradebook.add_notebook("later", "later")
    gradebook.add_grade_cell("check_a", "later", "later", max_score=16, cell_type="code")
    assert exported(plugin, gradebook, tmp_path, **settings)[0][-2:] == ["dropout", "overfitting"]
    assert (
        "1 that nobody has handed in, so without a column: later. An empty column would take "
        "grades away; --assignment exports it all the same."
    ) in caplog.messages
    assert exported(plugin, gradebook, tmp_path, assignment=["later"])[0][-1] == "later"


@pytest.fixture
def stands(monkeypatch):
    """Let a course have hand-ins that are no grade: eve's was refused, fay's is not graded."""
    roster = {each: Student(each, status=OUT if each == "ada" else "") for each in ("ada", "eve")}
    made = standing.Standing(
        roster,
        frozenset({("dropout", "eve"), ("dropout", "fay")}),
        {("dropout", "eve"): "no notebook", ("overfitting", "ben"): "a newer one"},
    )
    monkeypatch.setattr(standing, "of_course", lambda coursedir: made)
    return CourseDirectory()


def test_a_refused_hand_in_is_named_and_never_a_zero(gradebook, tmp_path, caplog, stands):
    caplog.set_level(logging.INFO)
    for student in ("eve", "fay"):
        gradebook.add_student(student)
    parent = Parent(coursedir=stands)
    rows = exported(MoodleExportPlugin, gradebook, tmp_path, missing_as_zero=True, parent=parent)
    assert rows[1:] == [
        ["ben", "-", "8"],
        ["cy", "-", "0"],
        ["eve", "-", "0"],
        ["fay", "-", "0"],
        ["never-there", "0", "0"],
    ]
    said = [message.partition(". ")[0] for message in caplog.messages]
    assert said[:-1] == [
        "1 have left, so left out (ada).",
        "dropout: 2 not final, so left out (ben, cy)",
        "dropout: 1 refused, so left out, and no 0 (eve)",
        "dropout: 1 handed in, not graded yet, so left out (fay)",
        "dropout: nothing handed in by 1 (never-there).",
        "overfitting: 1 with a newer hand-in that was refused, so the one before was exported "
        "(ben).",
        "overfitting: nothing handed in by 4 (cy, eve, fay, never-there).",
    ]


def test_an_extension_alone_is_no_hand_in(gradebook, tmp_path):
    gradebook.update_or_create_submission("dropout", "never-there").extension = HOUR
    gradebook.db.commit()
    rows = exported(MoodleExportPlugin, gradebook, tmp_path, include_open=True)
    assert "never-there" not in [row[0] for row in rows]


def test_lines_count_first_and_name_a_handful(gradebook, tmp_path, caplog):
    for each in range(9):
        hand_in(gradebook, f"s{each}", "dropout", 1, None)
    exported(MoodleExportPlugin, gradebook, tmp_path)
    assert "dropout: 11 not final, so left out (ben, cy, s0, s1, s2 and 6 more)." in caplog.text


def test_a_late_hand_in_loses_its_penalty_and_no_more(gradebook, tmp_path):
    for name, costs in (("dropout", 2.5), ("overfitting", 100)):
        gradebook.find_submission_notebook(name, name, "ada").late_submission_penalty = costs
    gradebook.db.commit()
    assert exported(MoodleExportPlugin, gradebook, tmp_path)[1] == ["ada", "17", "0"]


@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_mark_given_later_does_not_escape_the_penalty(plugin, gradebook, tmp_path):
    """The penalty is that of the score which stands now, in the file and in the gradebook."""
    late(gradebook, "ben", "dropout")
    gradebook.find_submission_notebook("dropout", "dropout", "ben").late_submission_penalty = 10
    mark(gradebook, "ben", "dropout", 4)
    late(gradebook, "ben", "overfitting", -HOUR)
    assert exported(plugin, gradebook, tmp_path, config=ZERO)[-1][-2:] == ["0", "8"]
    assert penalty(gradebook, "ben", "dropout") == 14


def extra(gradebook, points):
    """Give ada extra credit in dropout, where 19.5 of 20 are reached."""
    gradebook.find_grade("written_b", "dropout", "dropout", "ada").extra_credit = points
    gradebook.db.commit()


def test_moodle_is_told_who_is_above_the_maximum(gradebook, tmp_path, caplog):
    """Moodle imports nothing where one grade is; an item may be worth more there."""
    extra(gradebook, 2)
    assert exported(MoodleExportPlugin, gradebook, tmp_path)[1] == ["ada", "21.5", "16.12"]
    (said,) = [said for said in caplog.messages if "above" in said]
    assert said == (
        "dropout: 1 above its maximum of 20 (ada). Moodle refuses the whole file then. Raise the "
        "maximum there, or add --MoodleExportPlugin.cap_at_maximum=True to export 20."
    )


@pytest.mark.parametrize(
    ("plugin", "settings", "grade"),
    [
        (MoodleExportPlugin, {"cap_at_maximum": True}, "20"),
        (MoodleExportPlugin, {"cap_at_maximum": True, "scale": "percent"}, "100"),
        (CanvasExportPlugin, {"cap_at_maximum": True}, "20"),
        (CanvasExportPlugin, {}, "21.5"),  # which Canvas takes
    ],
)
def test_a_grade_above_the_maximum_is_capped_when_asked_for(
    plugin, settings, grade, gradebook, tmp_path, caplog
):
    extra(gradebook, 2)
    rows = exported(plugin, gradebook, tmp_path, **settings)
    (ada,) = [row for row in rows if "ada" in row]
    assert ada[-2] == grade
    assert "above" not in caplog.text


@pytest.mark.parametrize(("points", "named"), [(0.5, False), (0.504, False), (0.51, True)])
def test_only_what_is_written_above_the_maximum_is_named(
    points, named, gradebook, tmp_path, caplog
):
    extra(gradebook, points)
    exported(MoodleExportPlugin, gradebook, tmp_path)
    assert ("above its maximum" in caplog.text) == named


def test_one_assignment_one_student_other_titles(gradebook, tmp_path):
    rows = exported(
        CanvasExportPlugin,
        gradebook,
        tmp_path,
        assignment=["overfitting"],
        student=["ben"],
        column_titles={"overfitting": "Overfitting (4711)"},
        points_possible=False,
        id_column="SIS User ID",
        section="Monday",
    )
    assert rows == [[*HEAD, "Overfitting (4711)"], ["ben", "", "ben", "", "Monday", "8"]]


def test_canvas_own_number_must_be_one(gradebook, tmp_path, caplog):
    settings = {"id_column": "ID", "student_field": "lms_user_id"}
    rows = exported(CanvasExportPlugin, gradebook, tmp_path, **settings)
    assert [row[:2] for row in rows[2:]] == [["L., Ada", "17"]]
    assert "ben: left out, because the lms_user_id '12ab' is no number" in caplog.text


@pytest.mark.parametrize("plugin", PLUGINS)
@pytest.mark.parametrize("student", ["=cmd|' /C calc'!A0", "@SUM(A1)", "-1+1", "+1", "\t=1"])
def test_no_cell_is_a_formula(plugin, student, gradebook, tmp_path, caplog):
    hand_in(gradebook, student, "overfitting", 1, 1)
    hand_in(gradebook, "dee", "overfitting", 1, 1, last_name="=HYPERLINK(1)", first_name="D")
    titles = {"dropout": "=1+1"}
    rows = exported(plugin, gradebook, tmp_path, column_titles=titles)
    cells = [cell for row in rows for cell in row if cell not in ("-", "")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert f"{student}: left out, because the id {student!r} would be a formula" in caplog.text
    assert any("dee" in row for row in rows)


def test_moodle_never_gets_an_id_that_it_takes_for_empty(gradebook, tmp_path, caplog):
    """Moodle would give the row's grades to the student of the row above."""
    hand_in(gradebook, "0", "overfitting", 1, 1)
    rows = exported(MoodleExportPlugin, gradebook, tmp_path)
    assert [row[0] for row in rows] == ["Username", "ada", "ben"]
    assert "0: left out" in caplog.text


def test_names_with_commas_quotes_and_letters_of_any_kind_survive(gradebook, tmp_path):
    hand_in(gradebook, "eve", "overfitting", 1, 1, last_name='O"Néill, Jr.', first_name="Zoë")
    rows = exported(CanvasExportPlugin, gradebook, tmp_path)
    assert rows[-1][0] == 'O"Néill, Jr., Zoë'


@pytest.mark.parametrize("plugin", PLUGINS)
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"assignment": ["dropuot"]}, "no assignment 'dropuot'. It has: dropout, overfitting."),
        ({"student": ["nobody"]}, "no student 'nobody'"),
        ({"column_titles": {"dropout": "A", "overfitting": "A"}}, "Two columns would be called"),
        ({"student_field": "email"}, "ada and ben have the same email 'a@b.c'"),
    ],
)
def test_bad_input_is_refused_in_one_line(plugin, settings, said, gradebook, tmp_path, caplog):
    for student in ("ada", "ben"):
        gradebook.update_or_create_student(student, email="a@b.c")
    file = tmp_path / "before.csv"
    file.write_text("before")
    with pytest.raises(SystemExit) as exit_:
        plugin(log=LOG, to=str(file), **settings).export(gradebook)
    assert exit_.value.code == 1
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(errors) == 1
    assert said in errors[0]
    assert file.read_text() == "before"


def test_an_empty_gradebook_and_a_bad_path_are_refused(gradebook, tmp_path, caplog):
    with Gradebook(f"sqlite:///{tmp_path / 'other.db'}") as empty, pytest.raises(SystemExit):
        CanvasExportPlugin(log=LOG).export(empty)
    assert "The gradebook has no assignment yet." in caplog.text
    with pytest.raises(SystemExit):
        CanvasExportPlugin(log=LOG, to=str(tmp_path / "no" / "folder.csv")).export(gradebook)
    assert "cannot be written (No such file or directory). Name another file" in caplog.text


def test_settings_come_from_the_configuration(gradebook, tmp_path):
    c = Config()
    c.ExportPlugin.to = str(tmp_path / "configured.csv")
    c.MoodleExportPlugin.scale = "percent"
    MoodleExportPlugin(config=c).export(gradebook)
    assert "ada,97.5,80.62" in (tmp_path / "configured.csv").read_text()


@pytest.mark.parametrize("plugin", PLUGINS)
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("id_column", "foo"),
        ("include_open", "maybe"),
        ("column_titles", "x"),
        ("student_field", "name"),
    ],
)
def test_an_option_that_cannot_be_is_one_line(plugin, option, value, caplog):
    export_what_stands()
    told = Config({plugin.__name__: {option: DeferredConfigString(value)}})
    app = ExportApp(config=told, log=LOG, plugin_class=plugin)
    with pytest.raises(SystemExit) as stopped:
        app.init_plugin()
    assert stopped.value.code == 1
    (line,) = caplog.text.splitlines()
    assert f"An option of {plugin.__name__} cannot be used (" in line
    assert value in line and line.endswith("Correct it in the command, or in nbgrader_config.py.")


def run(database, *arguments):
    """Run nbgrader's own command in the course's folder."""
    return subprocess.run(
        [NBGRADER, "export", f"--db={database}", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("plugin", PLUGINS)
def test_nbgraders_command_finds_the_plugin(plugin, gradebook, database, tmp_path):
    file = tmp_path / "out.csv"
    exporter = f"--exporter=autograders.exports.{plugin.__name__}"
    option = f"--{plugin.__name__}.include_open=True"
    done = run(database, exporter, f"--to={file}", option, "--assignment=['dropout']")
    assert done.returncode == 0, done.stderr
    assert "3 students, dropout" in done.stderr
    assert "not recognized" not in done.stderr
    assert len(file.read_text().splitlines()) == 4 + (plugin is CanvasExportPlugin)


ELSEWHERE = """\
import sys

sys.path.insert(0, {root!r})

from autograders import settings

c = get_config()
settings.apply(c)
"""


def test_nbgraders_command_finds_the_plugin_from_a_course_elsewhere(database, tmp_path):
    """In an environment that `make` has set up; its kernels do not get the answers."""
    python = tmp_path / "venv" / "bin" / "python"
    venv.create(tmp_path / "venv", symlinks=True)
    subprocess.run([python, ROOT / ".ci" / "exporters.py"], check=True)
    course, exporter = tmp_path / "other", "--exporter=autograders.exports.MoodleExportPlugin"
    course.mkdir()
    (course / "nbgrader_config.py").write_text(ELSEWHERE.format(root=str(ROOT)))
    done = subprocess.run(
        [python, "-m", "nbgrader", "export", f"--db={database}", exporter],
        cwd=course,
        env={**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (course / "moodle.csv").exists()
    answers = subprocess.run([python, "-c", "import source_ref"], cwd=course, check=False)
    assert answers.returncode != 0


def test_nbgraders_command_refuses_in_one_line(gradebook, database, tmp_path):
    exporter = "--exporter=autograders.exports.CanvasExportPlugin"
    done = run(database, exporter, f"--to={tmp_path / 'out.csv'}", "--assignment=['nothing']")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_stock_csv_still_works(gradebook, database, tmp_path):
    done = run(database, f"--to={tmp_path / 'out.csv'}")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text().splitlines()))
    assert [row["score"] for row in rows if row["student_id"] == "ada"] == ["19.5", "16.125"]


def test_nbgraders_own_format_takes_the_penalty_of_what_stands_now(gradebook, tmp_path):
    late(gradebook, "ada", "dropout")
    file, settings = tmp_path / "out.csv", "--LateSubmissionPlugin.penalty_method=zero"
    done = run(gradebook.engine.url, f"--to={file}", settings)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(file.read_text().splitlines()))
    assert [row["score"] for row in rows if row["student_id"] == "ada"] == ["16.125", "0.0"]


def test_numbers_have_two_decimals_at_most():
    assert [number(value) for value in (0, 0.0, 10, 7.5, 1 / 3, 1234.5)] == [
        *("0", "0", "10", "7.5", "0.33", "1234.5"),
    ]


def test_timestamps_do_not_matter(gradebook, tmp_path):
    gradebook.find_submission("overfitting", "ben").timestamp = datetime.datetime(2030, 1, 1)
    gradebook.db.commit()
    assert exported(MoodleExportPlugin, gradebook, tmp_path)[2] == ["ben", "-", "8"]
