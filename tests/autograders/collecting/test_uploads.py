"""The names that Canvas and Moodle give to the files of a class."""

import pytest

from autograders.collecting.uploads import FILE, TEXT, canvas, moodle


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("lovelaceada_17_901_dropout.ipynb", ("lovelaceada", "17", False, FILE, "dropout.ipynb")),
        ("lovelaceada_LATE_17_901_d.ipynb", ("lovelaceada", "17", True, FILE, "d.ipynb")),
        ("lovelaceada_late_17_901_d.ipynb", ("lovelaceada", "17", True, FILE, "d.ipynb")),
        ("hopper_grace_17_901_d-1.ipynb", ("hopper_grace", "17", False, FILE, "d-1.ipynb")),
        ("x/y/ada_17_901_d (1).ipynb", ("ada", "17", False, FILE, "d (1).ipynb")),
        ("ada_17_901_my_12_34_work.ipynb", ("ada", "17", False, FILE, "my_12_34_work.ipynb")),
        ("李明_17_901_作业.ipynb", ("李明", "17", False, FILE, "作业.ipynb")),
        ("anon_aB12c_901_d.ipynb", ("anon_aB12c", "", False, FILE, "d.ipynb")),
        ("LATE_anon_aB12c_901_d.ipynb", ("anon_aB12c", "", True, FILE, "d.ipynb")),
        ("ada_LATE_17_text.html", ("ada", "17", True, TEXT, "text.html")),
        ("ada_17_link.html", ("ada", "17", False, TEXT, "link.html")),
        ("groupa_17_901_d.ipynb", ("groupa", "17", False, FILE, "d.ipynb")),
    ],
)
def test_canvas(place, says):
    found = canvas(place)
    assert (found.who, found.number, found.late, found.kind, found.path) == says
    assert found.turn == (901 if found.kind == FILE else 0)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("Ada L_12_assignsubmission_file/dropout.ipynb", ("Ada L", "12", FILE, "dropout.ipynb")),
        ("Ada L_12_assignsubmission_file_/d.ipynb", ("Ada L", "12", FILE, "d.ipynb")),
        ("top/Ada L_12_assignsubmission_file/a/b/d.ipynb", ("Ada L", "12", FILE, "a/b/d.ipynb")),
        ("Ada L_12_assignsubmission_file_my_d.ipynb", ("Ada L", "12", FILE, "my_d.ipynb")),
        ("Ada_12_assignsubmission_onlinetext/onlinetext.html", ("Ada", "12", TEXT, None)),
        ("Ada_12_assignsubmission_onlinetext_onlinetext.html", ("Ada", "12", TEXT, None)),
        ("Participant_12_assignsubmission_file/d.ipynb", ("Participant", "12", FILE, "d.ipynb")),
        ("Group A_3_assignsubmission_file/d.ipynb", ("Group A", "3", FILE, "d.ipynb")),
        ("Default group_assignsubmission_file/d.ipynb", ("Default group", "", FILE, "d.ipynb")),
        (
            "O’Neil-Łuk 2nd_9_assignsubmission_file/d.ipynb",
            ("O’Neil-Łuk 2nd", "9", FILE, "d.ipynb"),
        ),
    ],
)
def test_moodle(place, says):
    found = moodle(place)
    *same, path = says
    assert [found.who, found.number, found.kind] == same
    assert found.path == (path or "onlinetext.html")


@pytest.mark.parametrize(
    "place", ["dropout.ipynb", "ada/dropout.ipynb", "grades.csv", "a_1_b", "1"]
)
def test_what_is_named_as_neither_does_it(place):
    assert canvas(place) is moodle(place) is None
