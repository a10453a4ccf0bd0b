"""From a platform's ZIP file into submitted/: matched, written once, nothing replaced unsaid."""

import datetime
import functools
import json
import zipfile

import pytest

from autograders import Refused
from autograders.collecting import times
from autograders.collecting.collect import collect
from autograders.collecting.matching import match
from autograders.collecting.placing import (
    FORMER,
    NEW,
    NOTE,
    OLDER,
    OTHER,
    REPLACED,
    SAME,
)
from autograders.collecting.roster import OUT, Student
from autograders.collecting.uploads import moodle
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES

NAME = "dropout"
DUE = datetime.datetime(2026, 3, 1, 22, 59)
CLASS = [
    Student("ada", name="Lovelace, Ada", canvas_id="17", groups=("Team 1",)),
    Student("grace", "Grace", "Hopper", canvas_id="18", groups=("Team 1",)),
    Student("li", name="李 明", canvas_id="19", groups=("Team 2",)),
    Student("jml", "Jürgen", "Müller-Lüdenscheidt", canvas_id="20"),
    Student("left", name="Gone, Eve", canvas_id="21", status=OUT),
]
ROSTER = {each.id: each for each in CLASS}
ROWS = {
    "ada": {"participant": "Participant 101", "submitted": "Sunday, 1 March 2026, 11:58 PM"},
    "grace": {"participant": "Participant 102", "submitted": "Monday, 2 March 2026, 1:05 AM"},
    "li": {"participant": "Participant 103", "submitted": "-", "status": "No submission"},
    "jml": {"participant": "Participant 104", "status": "Submitted - 2 hours late"},
}


@functools.cache
def notebook(of=NAME):
    return json.dumps(lesson.original(of)).encode()


@pytest.fixture
def zipped(tmp_path):
    """Write a ZIP file of these files: ``zipped(places or {place: bytes})``."""

    def make(files, name="submissions.zip"):
        file = tmp_path / name
        files = files if isinstance(files, dict) else dict.fromkeys(files, notebook())
        with zipfile.ZipFile(file, "w") as made:
            for place, data in files.items():
                made.writestr(place, data)
        return file

    return make


@pytest.fixture
def take(tmp_path, zipped):
    """Collect files: ``take(files, ...)``, of this class and assignment unless told otherwise."""

    def make(files, roster=ROSTER, assignment=NAME, **how):
        return collect(tmp_path / "submitted", zipped(files), roster, assignment=assignment, **how)

    return make


def there(tmp_path):
    """Return what lies in submitted/, but for our own note."""
    folder = tmp_path / "submitted"
    found = (each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    return sorted(each for each in found if not each.endswith(NOTE))


def test_canvas_s_files_go_to_their_students_by_canvas_s_own_number(take, tmp_path):
    report = take(
        ["lovelaceada_17_901_dropout.ipynb", "hoppergrace_LATE_18_902_dropout-1.ipynb"],
        due=lambda *_: DUE,
    )
    assert report.became == {"ada": NEW, "grace": NEW}
    assert report.missing == ["jml", "li"]
    assert there(tmp_path) == [
        "ada/dropout/dropout.ipynb",
        "grace/dropout/dropout-1.ipynb",
        "grace/dropout/timestamp.txt",
    ]
    time = (tmp_path / "submitted/grace/dropout/timestamp.txt").read_text()
    assert time == "2026-03-01 22:59:01 UTC\n"
    assert not report.times["grace"].sure


def test_moodle_s_files_go_by_the_worksheet_with_their_time(take, tmp_path):
    report = take(
        [
            "Ada Lovelace_101_assignsubmission_file/dropout.ipynb",
            "Grace Hopper_102_assignsubmission_file/week 1/dropout.ipynb",
            "Participant_104_assignsubmission_file_/dropout.ipynb",
        ],
        rows=ROWS,
        zone="Europe/Berlin",
        due=lambda *_: DUE,
    )
    assert report.became == {"ada": NEW, "grace": NEW, "jml": NEW}
    assert [report.times[each].at for each in ("ada", "grace", "jml")] == [
        "2026-03-01 22:58:00 UTC",
        "2026-03-02 00:05:00 UTC",
        "2026-03-01 22:59:01 UTC",
    ]
    assert [each for each, time in report.times.items() if time.late] == ["grace", "jml"]
    assert "grace/dropout/week 1/dropout.ipynb" in there(tmp_path)


def test_times_without_a_zone_are_not_guessed(take):
    report = take(["Ada Lovelace_101_assignsubmission_file_d.ipynb"], rows=ROWS, due=lambda *_: DUE)
    assert report.times["ada"].at == ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Sunday, 1 March 2026, 11:58 PM", "2026-03-01 23:58"),
        ("Sunday, 1 March 2026, 12:05 AM", "2026-03-01 00:05"),
        ("Sunday, 1 March 2026, 12:05 PM", "2026-03-01 12:05"),
        ("Sunday, 1 March 2026, 23:58", "2026-03-01 23:58"),
        ("Sonntag, 1. März 2026, 23:58", "Sonntag, 1. März 2026, 23:58"),
    ],
)
def test_moodle_s_times(text, read):
    assert times.moodle_s(text) == read


@pytest.mark.parametrize(
    ("place", "student"),
    [
        ("lovelaceada_1_2_d.ipynb", "ada"),
        ("李明_1_2_d.ipynb", "li"),
        ("müllerlüdenscheidtjürgen_1_2_d.ipynb", "jml"),
        ("mu\u0308llerlu\u0308denscheidtju\u0308rgen_1_2_d.ipynb", "jml"),
        ("Grace Hopper_7_assignsubmission_file/d.ipynb", "grace"),
        ("Hopper Grace_7_assignsubmission_file/d.ipynb", "grace"),
        ("jml_7_assignsubmission_file/d.ipynb", "jml"),
    ],
)
def test_without_numbers_the_name_tells(take, place, student):
    roster = {
        each.id: Student(each.id, each.first_name, each.last_name, each.name) for each in CLASS
    }
    assert take([place], roster).became == {student: NEW}


def test_a_number_is_of_one_student_even_where_a_name_is_not(take):
    namesake = {"ada2": Student("ada2", name="Lovelace, Ada", canvas_id="77")}
    report = take(["lovelaceada_77_1_d.ipynb", "lovelaceada_17_2_d.ipynb"], ROSTER | namesake)
    assert report.became == {"ada2": NEW, "ada": NEW}
    assert take(["lovelaceada_78_1_d.ipynb"], ROSTER | namesake).matched.unmatched == [
        "lovelaceada (78)"
    ]


@pytest.mark.parametrize(
    ("places", "says"),
    [
        (["lovelaceada_1_1_d.ipynb"], "'lovelaceada (1)' may be any of a, b. Give a roster with"),
        (
            ["Grace Hopper_1_assignsubmission_file/d", "Grace Hopper_2_assignsubmission_file/d"],
            "Grace Hopper (1) and Grace Hopper (2) both fit g. Give a roster with the",
        ),
    ],
)
def test_while_it_is_not_certain_whose_something_is_nothing_is_written(
    take, tmp_path, places, says
):
    two = {each: Student(each, name="Lovelace, Ada") for each in "ab"}
    more = {"g": Student("g", name="Hopper, Grace"), "z": Student("z", name="Turing, Alan")}
    other = (
        "turingalan_9_9_d.ipynb" if "1_1" in places[0] else "Alan Turing_9_assignsubmission_file/d"
    )
    report = take([*places, other], {**two, **more})
    assert [each.startswith(says) for each in report.matched.ambiguous] == [True]
    assert there(tmp_path) == []


def test_the_worksheet_of_another_assignment_is_seen(take, tmp_path):
    """A participant's number is another one in each assignment."""
    report = take(["Grace Hopper_101_assignsubmission_file/dropout.ipynb"], rows=ROWS)
    (line,) = report.matched.ambiguous
    assert line.endswith("Is it the worksheet of another assignment?")
    assert there(tmp_path) == []


@pytest.mark.parametrize(
    "place",
    ["team1_17_901_d.ipynb", "Team 1_5_assignsubmission_file/d.ipynb"],
)
def test_a_group_s_hand_in_is_each_member_s(take, place):
    assert take([place]).became == {"ada": NEW, "grace": NEW}


def test_a_canvas_group_that_the_roster_does_not_know_is_said(take):
    report = take(["team9_17_901_d.ipynb"])
    assert report.became == {"ada": NEW}
    assert report.lines == [
        "'team9' has the number of ada, and another name. Taken for ada; if it is a group's, give "
        "a roster with the groups."
    ]


def test_who_is_not_in_the_roster_who_has_left_and_who_typed_is_said(take):
    report = take(
        [
            "newell_98_3_d",
            "studenttest_99_1_d.ipynb",
            "goneeve_21_2_d.ipynb",
            "lovelaceada_17_text.html",
            "x.csv",
        ]
    )
    assert report.matched.unmatched == ["newell (98)"]
    assert report.matched.out == ["left"]
    assert report.missing == ["ada", "grace", "jml", "li"]
    assert report.lines == [
        "The platform's own test student was left out.",
        "1 files are not named as Canvas does it and were left out: x.csv.",
        "ada typed a text on the platform and uploaded no file.",
    ]


def test_anonymous_grading_tells_nobody(take):
    report = take(["anon_aB1_2_d.ipynb"])
    assert report.matched.unmatched == ["anon_aB1 (anonymous)"]


def test_a_second_call_changes_nothing_and_a_person_s_own_choice_stays(take, tmp_path):
    files = {"lovelaceada_17_901_d.ipynb": b"1", "lovelaceada_17_902_e.ipynb": b"2"}
    assert take(files).became == {"ada": NEW}
    (tmp_path / "submitted/ada/dropout/e.ipynb").unlink()  # as the guide says of two that differ
    for update in (False, True):
        assert take(files, update=update).became == {"ada": SAME}
    assert there(tmp_path) == ["ada/dropout/d.ipynb"]


def test_another_attempt_replaces_one_only_when_told_and_that_is_kept(take, tmp_path):
    take({"lovelaceada_17_901_d.ipynb": b"1"})
    newer = {"lovelaceada_17_950_d-1.ipynb": b"2"}
    assert take(newer).became == {"ada": OTHER}
    assert there(tmp_path) == ["ada/dropout/d.ipynb"]
    assert take(newer, update=True).became == {"ada": REPLACED}
    assert there(tmp_path) == [f"{FORMER}/ada/dropout-1/d.ipynb", "ada/dropout/d-1.ipynb"]
    for update in (False, True):  # Canvas's number tells which was first
        assert take({"lovelaceada_17_901_d.ipynb": b"1"}, update=update).became == {"ada": OLDER}


def test_a_hand_in_that_came_another_way_is_not_replaced_unsaid(take, tmp_path):
    own = tmp_path / "submitted/ada/dropout"
    own.mkdir(parents=True)
    (own / "dropout.ipynb").write_text("own")
    assert take(["lovelaceada_17_901_d.ipynb"]).became == {"ada": OTHER}
    assert there(tmp_path) == ["ada/dropout/dropout.ipynb"]


def test_a_time_that_is_known_later_is_put_beside(take, tmp_path):
    files = ["Grace Hopper_102_assignsubmission_file/d.ipynb"]
    assert take(files, rows=ROWS).became == {"grace": NEW}
    assert take(files, rows=ROWS, zone="Europe/Berlin").became == {"grace": SAME}
    file = tmp_path / "submitted/grace/dropout/timestamp.txt"
    assert file.read_text() == "2026-03-02 00:05:00 UTC\n"
    late = {"grace": {**ROWS["grace"], "status": "2 hours late"}}
    for how in ({}, {"rows": late, "due": lambda *_: DUE}):  # neither knows it better
        assert take(files, **how).became == {"grace": SAME}
        assert file.read_text() == "2026-03-02 00:05:00 UTC\n"


@pytest.mark.parametrize("forged", ["timestamp.txt", "submission_secret.txt", ".collected.json"])
def test_what_the_course_writes_no_student_brings(take, tmp_path, forged):
    who = "Ada Lovelace_101_assignsubmission_file"
    report = take({f"{who}/d.ipynb": b"1", f"{who}_{forged}": b"2", f"{who}/x/{forged}": b"3"})
    assert there(tmp_path) == ["ada/dropout/d.ipynb"]
    assert len(report.lines) == (1 if forged.startswith(".") else 2)


def test_a_name_that_no_file_can_have_is_cut_and_costs_nobody_anything(take, tmp_path):
    """Canvas takes 180 characters, which are more bytes in Chinese than a file's name may have."""
    assert take([f"lovelaceada_17_901_{'作' * 170}.ipynb", "hoppergrace_18_2_d.ipynb"]).became == {
        "ada": NEW,
        "grace": NEW,
    }
    (name,) = [each for each in there(tmp_path) if each.startswith("ada")]
    assert name.endswith("作.ipynb")


def test_a_class_of_a_thousand_is_matched():
    """Each file is looked up, not compared with each student."""
    roster = {f"s{n}": Student(f"s{n}", name=f"Last{n}, First {n}") for n in range(1000)}
    places = [f"First {n} Last{n}_7{n}_assignsubmission_file/d" for n in range(1000)]
    assert len(match(map(moodle, places), roster, {}).of) == 1000


def test_two_files_of_one_name_are_both_kept(take, tmp_path):
    take({"lovelaceada_17_901_d.ipynb": b"1", "lovelaceada_17_902_d.ipynb": b"2"})
    assert there(tmp_path) == ["ada/dropout/d-902.ipynb", "ada/dropout/d.ipynb"]


@pytest.mark.parametrize("of", EXERCISES)
def test_most_of_the_notebooks_tell_the_assignment(take, of):
    """One student has uploaded another one's notebook: that stays this student's hand-in."""
    other = next(each for each in EXERCISES if each != of)
    files = {"lovelaceada_17_1_d.ipynb": notebook(of), "hoppergrace_18_2_d.ipynb": notebook(of)}
    report = take({**files, "李明_19_3_d.ipynb": notebook(other)}, assignment=None)
    assert report.assignment == of
    assert report.became == {"ada": NEW, "grace": NEW, "li": NEW}


def test_where_they_do_not_it_is_asked_for(take, tmp_path):
    with pytest.raises(Refused, match=r"\(no notebook in it\). Say it with --assignment"):
        take({"lovelaceada_17_1_d.pdf": b"%PDF"}, assignment=None)
    files = {
        "lovelaceada_17_1_d.ipynb": notebook(),
        "hoppergrace_18_2_d.ipynb": notebook("overfitting"),
    }
    with pytest.raises(Refused, match=r"dropout: 1, overfitting: 1\)"):
        take(files, assignment=None)
    assert there(tmp_path) == []


def test_a_slip_in_the_assignment_does_not_misplace_a_class(take, tmp_path):
    files = {
        "lovelaceada_17_1_d.ipynb": notebook(),
        "hoppergrace_18_2_d.ipynb": notebook(),
        "李明_19_3_d.ipynb": notebook("overfitting"),
    }
    told = (
        r"says overfitting, and the notebooks .* are of another one \(dropout: 2, overfitting: 1\)"
    )
    with pytest.raises(Refused, match=told) as refused:
        take(files, assignment="overfitting")
    assert "--insist" in str(refused.value) and "\n" not in str(refused.value)
    assert there(tmp_path) == []
    report = take(files, assignment="overfitting", insist=True)
    assert (report.assignment, len(report.became)) == ("overfitting", 3)


@pytest.mark.parametrize(
    "files",
    [
        {"lovelaceada_17_1_d.pdf": b"%PDF"},
        {
            "lovelaceada_17_1_d.ipynb": notebook(),
            "hoppergrace_18_2_o.ipynb": notebook("overfitting"),
        },
        {
            "lovelaceada_17_1_d.ipynb": notebook(),
            "lovelaceada_17_2_o.ipynb": notebook("overfitting"),
        },
    ],
)
def test_where_the_notebooks_do_not_tell_the_word_counts(take, files):
    assert take(files, assignment="overfitting").assignment == "overfitting"


def test_what_no_platform_made_is_refused(take):
    with pytest.raises(Refused, match=r"it holds dropout\.ipynb, notes\.txt"):
        take(["dropout.ipynb", "notes.txt"])
    with pytest.raises(Refused, match="Say --from moodle"):
        take(["Ada Lovelace_101_assignsubmission_file/d.ipynb"], platform="canvas")


def test_the_folder_may_be_around_the_students_folders_and_not_one_of_them(tmp_path):
    folder = tmp_path / "downloads" / "Ada L_101_assignsubmission_file"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(notebook())
    roster = {"ada": Student("ada", name="Ada L")}
    for given in (tmp_path, tmp_path / "downloads"):
        assert set(collect(tmp_path / "submitted", given, roster).times) == {"ada"}
    with pytest.raises(Refused, match=r"one student's folder of what Moodle gives out\. Name the"):
        collect(tmp_path / "submitted", folder, roster)


def test_nothing_half_written_is_left(take, tmp_path):
    take(["lovelaceada_17_901_dropout.ipynb"])
    assert sorted(each.name for each in (tmp_path / "submitted").iterdir()) == ["ada"]
