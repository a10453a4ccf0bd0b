"""Who is in the course: platforms' own lists as they come, and one id a student."""

import stat

import pytest

from autograders import Refused
from autograders.collecting import columns, roster
from autograders.collecting.roster import Student

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Dropout (4711),Current Score,Final Score,Motto
,,,,,Manual Posting,,,
    Points Possible,,,,,20,(read only),(read only),
"Lovelace, Ada",17,S1,ada,A,16,80,80,x
"Müller-Lüdenscheidt, Jürgen",18,S2,juergen,A,,,,
"Student, Test",99,,4f2a,A,,,,
"""
GROUPS = """\
name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id
"Lovelace, Ada",17,S1,ada,A,Team 1,5,
"Lovelace, Ada",17,S1,ada,A,Team 2,6,
"Müller-Lüdenscheidt, Jürgen",18,S2,juergen,A,Team 1,5,
"""
MOODLE = """\
First name,Last name,ID number,Email address,Username,Last access to course
Ada,Lovelace,S1,ada@example.org,ada,never
Jürgen,Müller-Lüdenscheidt,S2,jml@example.org,juergen,never
"""
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (submission)
Participant 12,Ada Lovelace,ada@example.org,No submission,,20.00,-
Participant 13,Jürgen Müller-Lüdenscheidt,jml@example.org,No submission,,20.00,-
"""
OURS = "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@example.org,17\n"


@pytest.fixture
def sheet(tmp_path):
    """Read a list that stands in a file: ``sheet(text, columns that a person has named)``."""

    def read(text, told=None):
        file = tmp_path / "students.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return columns.read(file, told)

    return read


def made(sheet, before=()):
    return roster.change({each.id: each for each in before}, sheet).roster


@pytest.mark.parametrize("text", [CANVAS, GROUPS, MOODLE])
def test_a_platform_s_own_list_is_read_as_it_comes(text, sheet):
    found = made(sheet(text))
    assert sorted(found) == ["ada", "juergen"]
    assert "lovelaceada" in found["ada"].words
    assert "müllerlüdenscheidtjürgen" in found["juergen"].words


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_spreadsheet_program_s_form_is_read(code, between, sheet):
    text = MOODLE.replace(",", between).replace("\n", "\r\n")
    assert made(sheet(text.encode(code)))["juergen"].last_name == "Müller-Lüdenscheidt"


def test_what_platforms_know_a_student_by_is_kept(sheet):
    ada = made(sheet(GROUPS))["ada"]
    assert (ada.canvas_id, ada.sis_id, ada.groups) == ("17", "S1", ("Team 1", "Team 2"))
    assert made(sheet(CANVAS))["ada"].canvas_id == made(sheet(OURS))["ada"].canvas_id == "17"


def test_a_column_that_is_not_known_is_named_and_grades_are_not(sheet):
    assert sheet(CANVAS).unknown == ["Motto"]
    assert sheet(MOODLE).unknown == sheet(GROUPS).unknown == sheet(WORKSHEET).unknown == []
    text = OURS.replace("email", "Matrikelnummer")
    assert sheet(text).unknown == ["Matrikelnummer"]
    assert sheet(text, {"Matrikelnummer": "id_number"}).unknown == []


@pytest.mark.parametrize("first", [CANVAS, GROUPS, MOODLE])
@pytest.mark.parametrize("then", [CANVAS, GROUPS, MOODLE, OURS])
def test_a_student_keeps_the_id_whichever_list_comes_next(first, then, sheet):
    before = made(sheet(first))
    change = roster.change(before, sheet(then))
    assert sorted(change.roster) == sorted(before)
    assert change.added == []


def test_a_student_is_known_again_by_what_a_list_has(sheet):
    """The worksheet names nobody's login; the next one's address has changed, its name has not."""
    before = made(sheet(MOODLE))
    rows = roster.change(before, sheet(WORKSHEET)).rows
    assert {each: row["participant"] for each, row in rows.items()} == {
        "ada": "Participant 12",
        "juergen": "Participant 13",
    }
    hidden = "Identifier,Full name,Status\nParticipant 12,Ada Lovelace,-\n"
    assert list(roster.change(before, sheet(hidden)).rows) == ["ada"]
    with pytest.raises(Refused, match="no column that can be a student's id"):
        roster.change({}, sheet(hidden))


def test_another_student_of_the_same_name_is_another_student(sheet):
    before = made(sheet(CANVAS))
    more = roster.change(before, sheet(CANVAS.replace("17,S1,ada", "77,S7,ada2")))
    assert [each.id for each in more.added] == ["ada2"]
    assert [each.id for each in more.missing] == ["ada"]


def test_who_has_left_stays_out_until_put_back(sheet):
    out = roster.mark(made(sheet(CANVAS)), ["ada"], out=True)
    change = roster.change(out, sheet(MOODLE))
    assert change.roster["ada"].out
    assert [each.id for each in change.still_out] == ["ada"]
    assert not roster.mark(change.roster, ["ada"], out=False)["ada"].out
    with pytest.raises(
        Refused, match=r"Nobody in the roster is called 'adda'\. Did you mean 'ada'\?"
    ):
        roster.mark(out, ["adda"], out=True)


def test_nobody_is_taken_out_by_a_list_of_one_section(sheet):
    change = roster.change(made(sheet(CANVAS)), sheet(OURS))
    assert [each.id for each in change.missing] == ["juergen"]
    assert not change.roster["juergen"].out


def test_it_is_kept_for_its_owner_alone(tmp_path, sheet):
    found = roster.mark(made(sheet(GROUPS)), ["ada"], out=True)
    roster.save(tmp_path, found)
    assert roster.load(tmp_path) == found
    assert stat.S_IMODE((tmp_path / roster.FILE).stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["roster.csv", "students.csv"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no CSV file"),
        ("\0\0", "is no CSV file"),
        ('id,name\nada,"Ada\ngrace,Grace\nalan,Alan\n', "a quotation mark is not closed"),
        (b"PK\x03\x04", "a spreadsheet program's own file"),
        (
            "Motto,Colour\na,b\n",
            "has no column that names a student. Its columns are: Motto, Colou",
        ),
        ("id,name\n", "lists nobody"),
        ("id,name\na,b,c\n", "line 2: 3 cells below 2 columns"),
        ("login,Username,name\na,b,c\n", "two columns for login: 'login' and 'Username'"),
        ("id,name\n../x,Ada\n", "cannot be a student's id"),
        ("id,name\na b,Ada\n", "cannot be a student's id"),
        ("id,name\nada,Ada\nada,Grace\n", "'Ada' and 'Grace' have the same id 'ada'"),
    ],
)
def test_what_cannot_be_read_is_one_line(text, says, sheet):
    with pytest.raises(Refused, match=r"students\.csv") as refusal:
        made(sheet(text))
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_line_that_fits_two_students_is_refused(sheet):
    before = [Student("ada", login="ada"), Student("grace", email="ada@example.org")]
    with pytest.raises(
        Refused, match=r"is 'ada' in roster\.csv by the login and 'grace' by the email"
    ):
        made(sheet(MOODLE), before)


@pytest.mark.parametrize(
    ("cell", "groups"),
    [("No groups", ()), ("Team 1", ("Team 1",)), ("A, B", ("A, B", "A", "B")), ("", ())],
)
def test_groups_as_moodle_lists_them(cell, groups, sheet):
    text = f'Username,Full name,Groups\nada,Ada Lovelace,"{cell}"\n'
    assert made(sheet(text))["ada"].groups == groups


def test_a_name_that_several_have_is_not_taken_for_a_new_student(sheet):
    before = [Student(each, name="Lovelace, Ada", login=each) for each in ("ada1", "ada2")]
    with pytest.raises(Refused, match="'Ada Lovelace' may be any of ada1, ada2, and nothing else"):
        made(sheet(WORKSHEET), before)


def test_who_has_no_login_is_named(sheet):
    change = roster.change({}, sheet(MOODLE.replace(",juergen", ",")))
    assert list(change.roster) == ["ada"]
    assert change.lines == [
        "students.csv: 1 without a login, so not in the roster: Jürgen Müller-Lüdenscheidt."
    ]


@pytest.mark.parametrize("text", ["id\n../x\n", "name\nAda\n", "id,name\n,Ada\n"])
def test_a_roster_that_was_broken_by_hand_is_refused(tmp_path, text):
    (tmp_path / roster.FILE).write_text(text)
    with pytest.raises(Refused, match=r"roster\.csv cannot be used"):
        roster.load(tmp_path)


def test_quotation_marks_within_a_cell_are_taken_as_they_stand(sheet):
    found = made(sheet('id,name\nada,Ada "A" Lovelace\ngrace,"Grace" Hopper\n'))
    assert [each.name for each in found.values()] == ['Ada "A" Lovelace', "Grace Hopper"]
