"""What an instructor types to have a class come in, and what is printed."""

import json
import zipfile

import pytest

from autograders.__main__ import main
from autograders.collecting import roster
from autograders.course import lesson
from autograders.grading import regrade, rounds
from tests import small_gradebook
from tests.course import commands_at
from tests.small_gradebook import hand_in, late

NAME = "dropout"
LIST = """\
Student,ID,SIS Login ID,Section,Motto
"Lovelace, Ada",17,ada,A,
"Hopper, Grace",18,grace,A,
"Turing, Alan",19,alan,A,
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The folder of a course, in which ada's hand-in has been graded, and was late."""
    folder = tmp_path / "course"
    folder.mkdir()
    with small_gradebook.made(folder / "gradebook.db") as book:
        hand_in(book, "ada", NAME, 16)
        late(book, "ada", NAME)
    (folder / "students.csv").write_text(LIST)
    commands_at(monkeypatch, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def typed(capsys):
    """Type a command: ``typed("roster", status=0)``; what it printed, and what it warned of."""

    def run(*arguments, status=0):
        assert main([*arguments]) == status
        out, error = capsys.readouterr()
        return out.splitlines(), error.splitlines()

    return run


def test_a_roster_first(course, typed):
    assert typed("roster", status=1)[1][0].startswith("The course has no roster yet.")
    out, error = typed("roster", "students.csv")
    assert out == [
        "3 in the course (roster.csv).",
        "dropout: 1 graded, 0 not graded, 0 refused, 1 late.",
        "dropout: nothing handed in by 2: alan, grace.",
    ]
    assert error == [
        "1 columns of students.csv are not known and were not used: Motto. "
        "Say what one is with --column 'TITLE=FIELD', or leave it."
    ]
    with small_gradebook.Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        found = [(each.id, each.first_name, each.lms_user_id) for each in book.students]
    assert sorted(found) == [("ada", "Ada", "17"), ("alan", "Alan", "19"), ("grace", "Grace", "18")]


def test_who_has_left_stays_out_and_is_put_back(course, typed):
    typed("roster", "students.csv")
    assert typed("roster", "--out", "alan")[0][:2] == [
        "2 in the course (roster.csv).",
        "1 have left: alan.",
    ]
    assert (
        "1 in students.csv stay out: alan. --back ID puts one back."
        in typed("roster", "students.csv")[1]
    )
    assert typed("roster", "--back", "alan")[0][0] == "3 in the course (roster.csv)."
    assert typed("roster", "--out", "nobody", status=1)[1][0].startswith("Nobody in the roster is")


@pytest.mark.parametrize("told", ["Motto", "=x", "Motto="])
def test_what_is_no_column_is_one_line(course, told, capsys):
    with pytest.raises(SystemExit):
        main(["roster", "students.csv", "--column", told])
    assert "is not of the form TITLE=FIELD" in capsys.readouterr().err


def zipped(course, *places):
    with zipfile.ZipFile(course / "submissions.zip", "w") as made:
        for place in places:
            made.writestr(place, json.dumps(lesson.original(NAME)))


def test_a_zip_comes_in_and_nothing_changes_at_the_second_call(course, typed):
    zipped(course, "hoppergrace_LATE_18_2_d.ipynb", "newellallen_99_3_d.ipynb")
    said = [
        "dropout: 1 late: grace (how much is not known, so 1 second).",
        "dropout: 2 in the course without a hand-in: ada, alan.",
    ]
    more = ("collect", "submissions.zip", "--from", "canvas")
    assert typed(*more, status=1)[1][0].startswith("The course has no roster yet.")
    out, error = typed(*more, "--roster", "students.csv", status=1)
    assert out == ["dropout: 1 collected, 0 as before, 0 replaced, 1 left.", *said]
    assert error[1:] == ["dropout: 1 not in the roster, left where they are: newellallen (99)."]
    before = {each: each.read_bytes() for each in course.rglob("submitted/**/*") if each.is_file()}
    assert typed(*more, status=1)[0] == [
        "dropout: 0 collected, 1 as before, 0 replaced, 1 left.",
        *said,
    ]
    after = {each: each.read_bytes() for each in course.rglob("submitted/**/*") if each.is_file()}
    assert before == after


def test_late_on_canvas_and_with_more_time_here_is_said(course, typed):
    """Canvas says only that it is late, by its own date: an extension may stand here alone."""
    typed("roster", "students.csv")
    typed("deadline", NAME, "--due", "2026-03-01 23:59Z")
    typed("deadline", NAME, "--student", "grace", "--due", "2026-03-03 23:59Z")
    zipped(course, "hoppergrace_LATE_18_2_d.ipynb", "turingalan_LATE_19_3_d.ipynb")
    (line,) = typed("collect", "submissions.zip")[1]
    assert line.startswith("dropout: 1 late by the platform, and with more time here, so counted")
    assert ": grace. If the platform does not know of the extension, write the time" in line


def test_what_is_not_certain_writes_nothing_at_all(course, typed):
    (course / "students.csv").write_text("id,name\na,Ada Lovelace\nb,Ada Lovelace\n")
    zipped(course, "lovelaceada_18_2_d.ipynb")
    out, error = typed("collect", "submissions.zip", "--roster", "students.csv", status=1)
    assert out == []
    assert error[-1] == (
        "submissions.zip: nothing was collected, for it is not certain whose 1 hand-ins are."
    )
    assert not (course / roster.FILE).exists()
    assert not (course / "submitted").exists()


@pytest.mark.parametrize("zone", ["CEST", "nowhere", "../x"])
def test_a_zone_that_is_not_certain_is_refused(course, typed, zone):
    error = typed("collect", "submissions.zip", "--zone", zone, status=1)[1]
    assert "is not certain" in error[0]


def test_a_deadline_for_all_and_for_one(course, typed):
    berlin = "2026-03-01 23:59 Europe/Berlin"
    assert typed("deadline", NAME, "--due", berlin)[0] == [
        "dropout: due at 2026-03-01 22:59:00 UTC."
    ]
    more = ("deadline", NAME, "--student", "ada", "--due")
    assert typed(*more, "2026-03-03 23:59 +01:00")[0] == [
        "dropout: due at 2026-03-01 22:59:00 UTC.",
        "dropout: due at 2026-03-03 22:59:00 UTC for ada.",
    ]
    assert typed("deadline", NAME, "--due", "2026-03-02 23:59", "--zone", "+01:00")[0] == [
        "1 extensions of dropout moved along with it: ada.",
        "dropout: due at 2026-03-02 22:59:00 UTC.",
        "dropout: due at 2026-03-04 22:59:00 UTC for ada.",
    ]
    assert len(typed("deadline", NAME, "--student", "ada", "--none")[0]) == 1
    assert typed("deadline")[0] == [
        "dropout: due at 2026-03-02 22:59:00 UTC.",
        "overfitting: no due date.",
    ]


def test_before_any_release_it_is_said_that_nothing_is_due(course, typed):
    with small_gradebook.Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for each in book.assignments:
            book.remove_assignment(each.name)
    assert typed("deadline") == (
        ["No assignment has been released yet, so none has a due date."],
        [],
    )
    line = "dropout has not been released. Run `python -m autograders release dropout` first."
    assert typed("deadline", "dropout", status=1) == ([], [line])


def test_without_hand_ins_nothing_is_graded_again(course, typed):
    for more in ([], ["--dry-run"]):
        out, (line,) = typed("regrade", *more, status=1)
        assert (out, line.startswith("Nobody has handed in.")) == ([], True)
    (line,) = typed("regrade", "dropuot", status=1)[1]
    assert line.startswith("There is no assignment 'dropuot'.")
    (course / "submitted" / "ada").mkdir(parents=True)
    (course / "submitted" / "ada" / "notes.ipynb").write_text("{}")
    assert typed("regrade", status=1) == ([], typed("grade", status=1)[1])


def test_who_is_in_the_course_and_has_handed_in_nothing_is_no_slip_of_the_pen(course, typed):
    typed("roster", "students.csv")
    for each in ("grade", "ada"), ("grade", "alan", NAME):
        command, student, *rest = each
        line = f"{student} is in the course, and has handed in nothing."
        assert typed(command, *rest, "--student", student, status=1) == ([], [line])


def test_overlap_is_looked_for_where_somebody_has_handed_in(course, typed):
    assert typed("similarity", status=1)[1][0].startswith("Nobody has handed in.")
    (course / "submitted" / "ada" / NAME).mkdir(parents=True)
    (course / "submitted" / "ada" / NAME / f"{NAME}.ipynb").write_text("{}")
    said = " ".join(typed("similarity", status=1)[1])
    assert f"{NAME}: fewer than two answers to compare" in said and "overfitting" not in said


def test_whose_marks_wait_again_after_a_regrade_is_said(course, typed, monkeypatch):
    """Their grades are not exported meanwhile."""
    monkeypatch.setattr(regrade, "regrade", lambda *names, **how: ([], []))
    monkeypatch.setattr(rounds, "waiting", lambda api, names: [(NAME, "ada")])
    with small_gradebook.Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        small_gradebook.mark(book, "ada", NAME, 3)
    said = [f"{NAME}: no score changed."]
    assert typed("regrade", NAME) == (said, [])
    with small_gradebook.Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        book.find_grade("written_b", NAME, NAME, "ada").needs_manual_grade = True
        book.db.commit()
    said += [
        f"{NAME}: the marks of 1 students for written answers wait to be looked at again: "
        f"`python -m autograders answers {NAME}`. A digit confirms each."
    ]
    assert typed("regrade", NAME) == (said, [])


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_of_an_assignment_that_nobody_has_handed_in_no_score_is_said_to_stay(course, typed, more):
    line = "overfitting: nobody has handed in. Put hand-ins into submitted/<student>/overfitting/."
    assert typed("regrade", "overfitting", *more, status=1) == ([], [line])


def test_a_note_beside_a_dry_run_is_refused(course, typed):
    """It would be dropped: a dry run writes nothing."""
    line = "Say one of --dry-run and --note, not both."
    assert typed("regrade", NAME, "--dry-run", "--note", "x", status=1) == ([], [line])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([NAME, "--due", "2026-03-01 23:59 CEST"], "the time zone 'CEST' is not certain"),
        ([NAME, "--due", "2026-03-01 23:59"], "names no time zone"),
        ([NAME, "--due", ""], "'' is no date and time"),
        ([NAME, "--due", "2026-03-01 23:59Z", "--none"], "Say one of --due and --none"),
        (["--none"], "Say which assignment, one of: "),
        (["nothing"], "There is no assignment 'nothing'"),
        (["initialization", "--none"], "initialization has not been released"),
        (["overfitting", "--student", "ada", "--none"], "has no due date that could be extended"),
        ([NAME, "--student", "eve", "--due", "2036-03-01 23:59Z"], "no student 'eve'"),
        ([NAME, "--student", "ada", "--due", "2000-03-01 23:59Z"], "ada would have less time"),
    ],
)
def test_a_deadline_that_cannot_be_is_one_line(course, typed, arguments, says):
    out, (line,) = typed("deadline", *arguments, status=1)
    assert (out, says in line) == ([], True)


def test_an_extension_before_there_is_a_hand_in_is_no_hand_in(course, typed):
    typed("roster", "students.csv")
    typed("deadline", NAME, "--student", "alan", "--due", "2036-03-01 23:59Z")
    assert typed("roster")[0][1:] == [
        "dropout: 1 graded, 0 not graded, 0 refused, 1 late.",
        "dropout: nothing handed in by 2: alan, grace.",
    ]
