"""The exchange folder: nobody can put something of their own in another's place."""

import re
import stat
import subprocess

import pytest

from autograders.browser import classroom
from tests.hub import guide

pytestmark = pytest.mark.usefixtures("slow")

PLACE = "/srv/nbgrader/exchange"
OWNER = "-o grader-week_one -g grader-week_one "


def as_the_guide_says(folder):
    """Make the exchange by the guide's own commands, in a folder and as whoever tests."""
    made = folder / "exchange"
    block = next(step for step in guide.steps("The exchange folder") if step.language == "sh")
    for line in block.text.splitlines():
        subprocess.run(line.replace(PLACE, str(made)).replace(OWNER, "").split(), check=True)
    return made


@pytest.mark.parametrize("make", [as_the_guide_says, classroom.exchange])
def test_everybody_writes_there_and_nobody_removes_another_s(make, tmp_path):
    mode = make(tmp_path).stat().st_mode
    assert mode & 0o777 == 0o777
    assert mode & stat.S_ISVTX


def test_the_course_s_folder_is_there_before_a_student_can_make_it(tmp_path):
    course = as_the_guide_says(tmp_path) / "week_one"
    assert stat.S_IMODE(course.stat().st_mode) == 0o755
    assert OWNER in guide.SECTION


def test_homes_are_closed(tmp_path):
    """The guide's line closes those that useradd will make, whether the setting is there or not."""
    (command,) = re.findall(r"^(sed -i .*) /etc/login.defs$", guide.SECTION, re.M)
    for before in ("#HOME_MODE\t0700\n", "HOME_MODE 0755\n"):
        file = tmp_path / "login.defs"
        file.write_text("# HOME_MODE is used by useradd(8)\n" + before)
        subprocess.run(f"{command} {file}", shell=True, check=True)
        assert file.read_text().splitlines() == [
            "# HOME_MODE is used by useradd(8)",
            "HOME_MODE 0700",
        ]
    assert "\nchmod 700 /home/*\n" in guide.SECTION
