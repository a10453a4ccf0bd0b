"""A class in which every file is wrong in another way: graded, or named, on both roads alike."""

import copy
import io
import json
import shutil
import zipfile

import nbformat
import pytest

from autograders import settings
from autograders.course import lesson
from autograders.grading import release, rounds
from tests.hostile.handins import filled
from tests.outcome import outcome

pytestmark = pytest.mark.usefixtures("box")

NAME = "overfitting"
ALL, OPEN = 16.0, None
WRITTEN = "written_two_curves"
PROSE = "The validation cost turns while the training cost goes on falling."


def right(written=True):
    """Return a notebook with all exercises answered, and the written answer, or not."""
    made = copy.deepcopy(lesson.original(NAME))
    filled(made, NAME)
    if not written:
        cell = next(c for c in made.cells if lesson.grade_id(c) == WRITTEN)
        cell.source = "*Write your answer here.*"
    return made


def elsewhere():
    made = right(written=False)
    made.cells.append(nbformat.v4.new_markdown_cell(PROSE))
    return made


def without_ids():
    made = right()
    next(cell for cell in made.cells if cell.id == "train").source = "while True:\n    pass"
    for number, cell in enumerate(made.cells):
        cell.id = f"another-{number}"
        cell.metadata.pop("tags", None)
    return made


def packed(text):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(f"work/{NAME}.ipynb", text)
    return target.getvalue()


def files():
    """Return, by student, what was handed in, and what is expected: points, written points."""
    text, fresh = json.dumps(right()), json.dumps(lesson.original(NAME))
    home = f"{NAME}/{NAME}.ipynb"
    return {
        "copy": ({home: fresh, f"{NAME}/{NAME} (1).ipynb": text}, ALL, OPEN),
        "loose": ({f"{NAME}.ipynb": text}, ALL, OPEN),
        "capital": ({f"{NAME.title()}/work.IPYNB": text}, ALL, OPEN),
        "zip": ({f"{NAME}/work.zip": packed(text)}, ALL, OPEN),
        "utf-16": ({home: text.encode("utf-16")}, ALL, OPEN),
        "elsewhere": ({home: json.dumps(elsewhere())}, ALL, OPEN),
        "unwritten": ({home: json.dumps(right(written=False))}, ALL, 0.0),
        "without-ids": ({home: json.dumps(without_ids())}, ALL, OPEN),
    }


REFUSED = {
    "two": {
        f"{NAME}/a.ipynb": json.dumps(right()),
        f"{NAME}/b.ipynb": json.dumps(lesson.filled(right(), NAME, {"predict": "predict = 3"})),
    },
    "a_1_assignsubmission_file_": {f"{NAME}.ipynb": json.dumps(right())},
}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course with a release and the class; to be copied."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(lesson.FOLDER, course / "notebooks")
    (course / ".course_secret").write_text("5e" * 32 + "\n")
    release.release(settings.api(course), NAME)
    class_ = {student: there for student, (there, *_) in files().items()} | REFUSED
    for student, there in class_.items():
        for name, content in there.items():
            path = course / "submitted" / student / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return course


@pytest.fixture(scope="module")
def ours(handed_in, tmp_path_factory):
    """The course after our own command, what it yielded, and what it said of what it graded."""
    course = tmp_path_factory.mktemp("ours") / "course"
    shutil.copytree(handed_in, course)
    said = []
    done = list(rounds.grade(settings.api(course), NAME, count=0, say=said.append))
    return course, done, said


def test_each_is_graded_or_named(ours):
    course, done, _ = ours
    problems = {student: problem for _, student, problem in done}
    assert {s for s, problem in problems.items() if problem is None} == set(files())
    assert {s for s, problem in problems.items() if problem} == set(REFUSED)
    points = {}
    for student, _, name, auto, *_ in outcome(course)["grades"]:
        checks, written = points.get(student, (0.0, None))
        points[student] = (checks, auto) if name == WRITTEN else (checks + auto, written)
    assert points == {student: tuple(want) for student, (_, *want) in files().items()}


def test_what_was_chosen_is_said(ours):
    _, _, said = ours
    assert said == [
        f"copy, {NAME}: graded was {NAME} (1).ipynb, because {NAME}.ipynb is as it was given out."
    ]


def test_nbgraders_own_command_does_the_same(ours, handed_in, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(handed_in, course)
    result = settings.api(course).autograde(NAME, "*")
    assert "hold different work" in result["error"]
    assert outcome(course) == outcome(ours[0])
