"""What a student reads of the kit and of the judge while a hand-in is graded, in its language."""

import copy
import json
import pathlib
import re

import pytest
from bs4 import BeautifulSoup
from nbgrader.server_extensions import formgrader

from autograders.course import assignment, languages, lesson
from autograders.grading import notes, pages
from autograders.judge import hearing, intake
from autograders.judge.cells import LONGEST_CELL
from autograders.sandbox import sanitize
from autograders.sandbox.launcher import FORK, launcher
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Session
from lab.language import speaking

NAME, LANGUAGE = "dropout", "zh"
HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"(?:[A-Za-z']{2,}[ ,.:;]+){3,}")
"""Four words of English, one after the other."""
DRAWS = """\
import warnings
warnings.simplefilter("error")
from lab import plots
from lab.progress import progress
from lab.plots import fonts
progress("dropout")
print(plots.losses.picture([0.1, 0.5, 0.9], {"train": [2.3, 0.7, 0.1]}).alt)
"""


def handed_in():
    return copy.deepcopy(lesson.original(NAME, LANGUAGE))


def taken_in(notebook, **says):
    data = json.dumps(notebook).encode()
    hand_in = intake.HandIn("ada", NAME, f"{NAME}.ipynb", data, "", "", **says)
    return intake.notebook(hand_in, assignment.load(NAME))


@pytest.mark.usefixtures("box")
def test_the_kit_in_the_box_speaks_the_language_and_draws_without_boxes():
    with Session(launcher(FORK, Limits()), Limits()) as session:
        assert session.run(hearing._take(LANGUAGE), aside=True) == []
        found = session.run(DRAWS)
    said = "".join(each.get("text") or each["data"]["text/plain"] for each in found)
    assert "练习" in said and "训练集：" in said and "Error" not in said


def test_a_cell_that_is_left_out_says_so_in_the_language():
    class Gone:
        spent = 0.0

        def run(self, source, seconds):
            raise AssertionError

    session = Session(Gone, Limits(notebook=0.0))
    with speaking(languages.spoken(LANGUAGE)):
        (output,) = session.run("1")
        (cut,) = sanitize.outputs([{"output_type": "stream", "text": "x" * 30_000}])
        (other,) = sanitize.outputs([{"output_type": "display_data", "data": {"text/html": "x"}}])
    assert output["text"].startswith("评分时没有运行这个单元格：整个笔记本的时间")
    assert "在此截断" in cut["text"]
    assert other["data"]["text/plain"] == "[文本和 PNG 以外的输出不保留]"


def test_what_the_intake_adds_is_in_the_language():
    notebook = handed_in()
    play = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    play.source = (
        "Meine Antwort steht hier, in einer anderen Zelle, mit einem Satz aus vielen Wörtern."
    )
    code = next(cell for cell in notebook.cells if lesson.is_explore(cell))
    code.source = "#" * (LONGEST_CELL + 1)
    notice = intake.Said(
        intake.TAKEN, taken="a.ipynb", wanted=intake.Said(intake.UNTOUCHED, file="b.ipynb")
    )
    made = taken_in(notebook, notice=notice)
    assert made.cells[0].source == "评分的是 a.ipynb，因为 b.ipynb 还是发出时的样子。"
    (answer,) = [c for c in made.cells if lesson.grade_id(c).startswith("written_")]
    assert answer.source.startswith("*这个单元格里什么都没有写。")
    assert any("在此截断" in cell.source for cell in made.cells)
    assert str(notice) == "graded was a.ipynb, because b.ipynb is as it was given out"


def page(language):
    """Return the feedback page of a lesson as nbgrader's template has it."""
    made = copy.deepcopy(lesson.original(NAME, language))
    for cell in made.cells:
        about = cell.metadata.get("nbgrader")
        if about:
            about.update(score=1.0, points=2.0, comment="No response." if about.solution else "")
    resources = {"nbgrader": {"notebook": NAME, "score": 1, "max_score": 20, "late_penalty": 1}}
    folder = pathlib.Path(formgrader.__file__).parent
    made_by = pages.MarkedPage(
        template_name="feedback",
        extra_template_basedirs=[str(folder / "templates")],
        extra_template_paths=[str(folder / "static/node_modules/bootstrap/dist/css")],
    )
    return made_by.from_notebook_node(made, resources=resources)[0]


def test_no_english_sentence_is_left_on_a_page():
    text = BeautifulSoup(page(LANGUAGE), "html.parser")
    assert text.html["lang"] == LANGUAGE
    for each in text.select("pre, code, em, style, script, title, .highlight"):
        each.decompose()
    said = text.get_text(" ")
    assert HAN.search(said)
    assert ENGLISH.findall(said.replace("Python and NumPy", "")) == []
    for word in ("Score:", "Comments", "No response", "Student's answer", "Top", "Test cell"):
        assert word not in said
    assert said.count("得分：") > 8


def test_an_english_page_is_as_nbgrader_makes_it():
    said = page("en")
    assert "<html>" in said and "Student's answer" in said and "(Score: 1.0 / 20.0)" in said


def test_a_note_of_the_course_has_a_heading_in_the_language():
    with speaking(languages.spoken(LANGUAGE)):
        assert notes.shown("1 < 2").startswith('<section aria-label="课程的说明"')
    assert 'aria-label="A note from your course"' in notes.shown("1 < 2")
