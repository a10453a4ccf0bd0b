"""Feedback for a platform's upload: each page under a name by which the platform knows whose."""

import email
import email.policy
import re
import zipfile

import pytest

from autograders import Refused
from autograders.__main__ import main
from autograders.collecting.roster import Student
from autograders.exports import handback
from autograders.exports.handback import CANVAS, MOODLE
from tests import small_gradebook
from tests.course import commands_at

NAME = "l2_regularization"  # an underline and a digit in the page's own name
STUDENTS = ("ada", "ben", "eve")
GIVEN = {
    CANVAS: {
        "ada": "adlerada_LATE_11_901_l2_regularization-1.ipynb",
        "ben": "22_902_12_34_link.ipynb",
        "eve": "eve_33_903_x.ipynb",
    },
    MOODLE: {
        "ada": "Ada A. Adler_11_assignsubmission_file/l2_regularization.ipynb",
        "ben": "Ben 22_22_assignsubmission_file_/deep/l2.ipynb",
        "eve": "Eve_33_assignsubmission_file_l2_regularization.ipynb",
    },
}


def canvas_knows(name):
    """Return the student's and the file's number, as Canvas's own code reads a name."""
    numbers = [n for n in name.split("_") if n != "LATE" and re.fullmatch(r"\d+", n)]
    return None if name.split("_")[-1].startswith("link") else tuple(numbers[:2])


def moodle_knows(path):
    """Return the participant's number and what the file is called, as Moodle's own code does."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdecimal() and info[2:4] == ["assignsubmission", "file"]:
            rest = [info[4] if len(info) > 4 else "", *parts]
            return info[1], "/".join(rest).lstrip("/")
    return None


def work(student):
    return f"the work of {student}".encode()


@pytest.fixture
def there(tmp_path):
    """Return a course's folders, with hand-ins and pages."""
    for student in STUDENTS:
        folder = tmp_path / "submitted" / student / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_bytes(work(student))
        page = tmp_path / "feedback" / student / NAME / f"{NAME}.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"page of {student}")
    return tmp_path


def packed(folder, platform, works=work):
    file = folder / "submissions.zip"
    with zipfile.ZipFile(file, "w") as made:
        for student, name in GIVEN[platform].items():
            made.writestr(name, works(student))
        made.writestr("__MACOSX/._x", b"")
    return file


def handed_back(there, platform, file, known=(), **numbers):
    pages = dict(handback.pages_of(there / "feedback", NAME))
    students = {s: Student(s, canvas_id=numbers.get(s, "")) for s in STUDENTS}
    students |= {each.id: each for each in known}
    target = there / "build" / "back.zip"
    return handback.for_platform(platform, NAME, pages, there / "submitted", file, target, students)


def contents(path):
    with zipfile.ZipFile(path) as made:
        return {name: made.read(name).decode() for name in made.namelist()}


def test_canvas_knows_whose_each_page_is(there):
    done = handed_back(there, CANVAS, packed(there, CANVAS))
    assert (done.count, done.problems) == (3, [])
    known = {canvas_knows(name): text for name, text in contents(done.path).items()}
    assert known == {
        ("11", "901"): "page of ada",
        ("22", "902"): "page of ben",
        ("33", "903"): "page of eve",
    }
    assert all(name.endswith(f"_{NAME}.html") for name in contents(done.path))


def test_moodle_knows_whose_each_page_is(there):
    done = handed_back(there, MOODLE, packed(there, MOODLE))
    assert (done.count, done.problems) == (3, [])
    known = {moodle_knows(name): text for name, text in contents(done.path).items()}
    assert known == {
        (number, f"{NAME}.html"): f"page of {student}"
        for student, number in (("ada", "11"), ("ben", "22"), ("eve", "33"))
    }


@pytest.mark.parametrize("platform", [CANVAS, MOODLE])
def test_nobody_gets_another_one_s_page(platform, there):
    """Two who handed in the same file are told apart by the platform's number, or left out."""

    def same(student):
        return work("ada" if student == "ben" else student)

    (there / "submitted" / "ben" / NAME / f"{NAME}.ipynb").write_bytes(work("ada"))
    file = packed(there, platform, same)
    done = handed_back(there, platform, file)
    assert sorted(contents(done.path).values()) == ["page of eve"]
    assert done.problems == [
        f"{NAME}: 2 left out, for others handed in the same file: ada, ben. "
        "Give their pages back by hand."
    ]
    if platform == CANVAS:
        done = handed_back(there, platform, file, ada="11", ben="22")
        known = {canvas_knows(name)[0]: text for name, text in contents(done.path).items()}
        assert known == {"11": "page of ada", "22": "page of ben", "33": "page of eve"}


@pytest.mark.parametrize("platform", [CANVAS, MOODLE])
def test_who_handed_in_the_same_file_is_told_apart_by_the_name(platform, there):
    """Many hand in what they were given; namesakes get nothing that may be another one's."""
    for student in STUDENTS:
        (there / "submitted" / student / NAME / f"{NAME}.ipynb").write_bytes(work("ada"))
    names = {CANVAS: "adlerada", MOODLE: "Ada A. Adler"}
    ada = Student("ada", name=names[platform])
    file = packed(there, platform, lambda student: work("ada"))
    done = handed_back(there, platform, file, [ada])
    known = dict(zip(STUDENTS, GIVEN[platform].values(), strict=True))
    knows = canvas_knows if platform == CANVAS else moodle_knows
    (name,) = (name for name, page in contents(done.path).items() if page == "page of ada")
    assert knows(name)[0] == knows(known["ada"])[0]
    namesake = Student("ben", name=names[platform])
    assert (
        "page of ada"
        not in contents(handed_back(there, platform, file, [ada, namesake]).path).values()
    )


def test_a_namesake_whom_the_roster_lacks_gets_nothing_and_gives_nothing(there):
    file = packed(there, MOODLE)
    with zipfile.ZipFile(file, "a") as made:
        made.writestr("Ada A. Adler_44_assignsubmission_file/l2.ipynb", work("ada"))
    done = handed_back(there, MOODLE, file, [Student("ada", name="Ada A. Adler")])
    assert sorted(contents(done.path).values()) == ["page of ben", "page of eve"]


@pytest.mark.parametrize(
    ("platform", "place"),
    [(MOODLE, "Group A_22_assignsubmission_file/l2.ipynb"), (CANVAS, "groupa_33_905_l2.ipynb")],
)
def test_no_page_goes_by_the_number_of_a_group_s_file(platform, place, there):
    """In Moodle it may be that of any participant, in Canvas it is that of one member."""
    file = there / "submissions.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(place, work("ada"))
        made.writestr(GIVEN[platform]["ben"], work("ben"))
    known = [Student("ada", groups=("Group A",), canvas_id="11")]
    done = handed_back(there, platform, file, known)
    assert list(contents(done.path).values()) == ["page of ben"]
    assert done.problems[0] == (
        f"{NAME}: 1 left out, for a group handed it in, and its file has another one's number: "
        "ada. Give their pages back by hand."
    )


def test_of_canvas_s_group_the_one_whose_number_it_is_gets_a_page(there):
    (there / "submitted" / "ben" / NAME / f"{NAME}.ipynb").write_bytes(work("ada"))
    file = there / "submissions.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("groupa_11_905_l2.ipynb", work("ada"))
    group = ("Group A",)
    known = [Student(each, groups=group, canvas_id=n) for each, n in (("ada", "11"), ("ben", "22"))]
    done = handed_back(there, CANVAS, file, known)
    assert list(contents(done.path).values()) == ["page of ada"]
    assert done.problems[0].startswith(f"{NAME}: 1 left out, for a group handed it in")


def test_a_file_that_one_of_two_uploaded_is_given_to_neither(there):
    """The other one's came some other way."""
    (there / "submitted" / "ben" / NAME / f"{NAME}.ipynb").write_bytes(work("ada"))
    done = handed_back(there, CANVAS, packed(there, CANVAS))
    assert list(contents(done.path).values()) == ["page of eve"]


def test_who_is_not_in_the_platform_s_file_is_named(there):
    def other(student):
        return b"newer" if student == "eve" else work(student)

    done = handed_back(there, CANVAS, packed(there, CANVAS, other))
    assert done.count == 2
    assert done.problems == [
        f"{NAME}: 1 left out, for nothing in submissions.zip is what they handed in: eve. "
        "Download the submissions again, or give their pages back by hand."
    ]


def test_a_later_file_of_the_same_student_counts(there):
    """One that was late and one that was not are of the same student."""
    file = packed(there, CANVAS)
    with zipfile.ZipFile(file, "a") as made:
        made.writestr("adlerada_11_9990_again.ipynb", work("ada"))
    done = handed_back(there, CANVAS, file)
    assert (done.count, done.problems) == (3, [])
    assert ("11", "9990") in map(canvas_knows, contents(done.path))


def test_a_file_under_two_students_names_is_given_to_nobody(there):
    file = packed(there, CANVAS)
    with zipfile.ZipFile(file, "a") as made:
        made.writestr("other_77_990_again.ipynb", work("ada"))
    done = handed_back(there, CANVAS, file)
    assert done.count == 2
    assert done.problems == [
        f"{NAME}: 1 left out, for what they handed in stands under several names in "
        "submissions.zip: ada. Give their pages back by hand."
    ]


@pytest.mark.parametrize("content", [b"", b"no ZIP", b"PK\x03\x04broken"])
def test_what_is_no_zip_is_refused(content, there):
    file = there / "submissions.zip"
    file.write_bytes(content)
    with pytest.raises(Refused, match="is no ZIP file"):
        handed_back(there, CANVAS, file)
    with pytest.raises(Refused, match=r"no file nowhere\.zip"):
        handed_back(there, CANVAS, there / "nowhere.zip")


@pytest.mark.parametrize("platform", [CANVAS, MOODLE])
def test_a_folder_that_a_browser_made_of_it_does_as_well(platform, there):
    file = packed(there, platform)
    whole = contents(handed_back(there, platform, file).path)
    with zipfile.ZipFile(file) as given:
        given.extractall(there / "submissions")
    done = handed_back(there, platform, there / "submissions")
    assert (contents(done.path), done.problems) == (whole, [])


def test_an_entry_that_is_broken_is_named(there):
    file = packed(there, CANVAS)
    file.write_bytes(file.read_bytes().replace(work("eve"), work("EVE")))
    done = handed_back(there, CANVAS, file)
    assert done.count == 2
    assert done.problems[0].startswith(f"{NAME}: 1 files in submissions.zip cannot be read: ")


def test_the_other_platform_s_file_is_refused(there):
    with pytest.raises(Refused, match="no file that is named as Moodle does it"):
        handed_back(there, MOODLE, packed(there, CANVAS))
    assert not (there / "build" / "back.zip").exists()


# --- mails ---


def mailed(there, template=None, **addresses):
    pages = dict(handback.pages_of(there / "feedback", NAME))
    students = {s: Student(s, "Ada", "L.", email=addresses.get(s, "")) for s in STUDENTS}
    return handback.mails(NAME, pages, students, there / "mail", template)


def test_a_mail_program_can_open_each(there):
    done = mailed(there, ada="ada@example.org")
    assert done.count == 1
    assert done.problems == [
        f"{NAME}: 2 left out, for no e-mail address of theirs can be used: ben, eve. Take in a "
        "list that has them: `python -m autograders roster students.csv`."
    ]
    data = (there / "mail" / "ada.eml").read_bytes()
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert mail["To"] == "ada@example.org"
    assert mail["Subject"] == f"Your feedback: {NAME}"
    assert mail["X-Unsent"] == "1" and mail["From"] is None
    assert "Hello Ada," in mail.get_body().get_content()
    (page,) = mail.iter_attachments()
    assert page.get_filename() == f"{NAME}.html" and "page of ada" in page.get_content()


@pytest.mark.parametrize(
    "address",
    ["", "ada", "a@b, c@d", "a@b\nBcc: all@example.org", "Ada <a@b>", "a b@c", "a@b@c"],
)
def test_what_is_no_one_address_is_left_out(address, there):
    assert mailed(there, ada=address).count == 0
    assert list((there / "mail").iterdir()) == []


def test_a_template_of_one_s_own(there):
    template = there / "mail.txt"
    template.write_text("Subject: $assignment, $last_name\n\nDear $student\n")
    mailed(there, template, ada="ada@example.org")
    data = (there / "mail" / "ada.eml").read_bytes()
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert (mail["Subject"], mail.get_body().get_content()) == (f"{NAME}, L.", "Dear ada\r\n")


@pytest.mark.parametrize("text", ["", "Hello", "Subject: x\n$points", "Subject: $\n"])
def test_a_template_that_is_none_is_refused(text, there):
    template = there / "mail.txt"
    template.write_text(text)
    with pytest.raises(Refused, match="cannot be used"):
        mailed(there, template, ada="ada@example.org")


def test_the_command_needs_the_platform_s_file(tmp_path, monkeypatch, capsys):
    small_gradebook.made(tmp_path / "gradebook.db").close()
    commands_at(monkeypatch, tmp_path)
    assert main(["feedback", "dropout", "--to", CANVAS]) == 1
    assert "with --zip" in capsys.readouterr().err
