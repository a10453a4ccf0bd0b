"""Feedback pages: the old ones are known, whatever has changed, and made again."""

import jinja2
import nbformat
import pytest
from nbconvert.exporters import HTMLExporter

from autograders import settings
from autograders.__main__ import main
from autograders.grading import gradebook, notes, pages
from tests import small_gradebook
from tests.course import commands_at
from tests.small_gradebook import hand_in, late, mark

NAME = "dropout"
NO_WORDS = "No description has been provided for this image"
ZERO = "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"


def notebook(student):
    """Return a graded notebook with a check and a written answer."""
    nbgrader = {"schema_version": 3, "grade": True, "locked": False, "task": False}
    check = nbformat.v4.new_code_cell(f"'{student}'", id="check")
    check.metadata.nbgrader = {**nbgrader, "grade_id": "check_a", "points": 16, "solution": False}
    answer = nbformat.v4.new_markdown_cell("Because.", id="answer")
    answer.metadata.nbgrader = {**nbgrader, "grade_id": "written_b", "points": 4, "solution": True}
    return nbformat.v4.new_notebook(cells=[check, answer])


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The folder of a course in which ada and ben have been graded."""
    (tmp_path / "nbgrader_config.py").write_text(ZERO)
    with small_gradebook.made(tmp_path / "gradebook.db") as book:
        for student in ("ada", "ben"):
            hand_in(book, student, NAME, 16)
            folder = tmp_path / "autograded" / student / NAME
            folder.mkdir(parents=True)
            nbformat.write(notebook(student), folder / f"{NAME}.ipynb")
    commands_at(monkeypatch, tmp_path)
    return tmp_path


@pytest.fixture
def book(course):
    with gradebook.opened(settings.api(course)) as book:
        yield book


def marked(book, course):
    mark(book, "ada", NAME, 3)


def commented(book, course):
    book.find_comment("written_b", NAME, NAME, "ada").manual_comment = "Name the step, too."


def graded_again(book, course):
    book.find_grade("check_a", NAME, NAME, "ada").auto_score = 8


def said_otherwise(book, course):
    book.find_comment("written_b", NAME, NAME, "ada").auto_comment = "Nothing here."


def late_now(book, course):
    late(book, "ada", NAME)


def a_second_attempt(book, course):
    """Without a time stamp, and with the same points."""
    other = notebook("ada")
    other.cells[0].source += "  # again"
    nbformat.write(other, course / "autograded" / "ada" / NAME / f"{NAME}.ipynb")


def a_new_secret(book, course):
    """The exchange gives a page to whoever knows it, so it goes with the page."""
    (course / "autograded" / "ada" / NAME / "submission_secret.txt").write_text("s")


@pytest.mark.parametrize(
    "change",
    [
        *(marked, commented, graded_again, said_otherwise),
        *(late_now, a_second_attempt, a_new_secret),
    ],
)
def test_whatever_a_page_shows_makes_it_an_old_one(change, book, course):
    """Nobody else's page is one."""

    def digests():
        with gradebook.opened(settings.api(course)) as now:
            rows = pages.shown(now, NAME)
        folders = {each: course / "autograded" / each / NAME for each in rows}
        return {each: pages.made_from(folders[each], rows[each]) for each in rows}

    before = digests()
    assert digests() == before
    change(book, course)
    book.db.commit()
    after = digests()
    assert {each for each in after if after[each] != before[each]} == {"ada"}


def run(capsys, *arguments, status=0):
    assert main(["feedback", *arguments]) == status
    said, error = capsys.readouterr()
    return said.splitlines(), error.splitlines()


def page(course, student):
    return (course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")


def test_what_is_missing_or_old_is_made_and_what_is_fresh_is_left(course, book, capsys):
    assert run(capsys) == (["dropout: 2 new, 0 renewed, 0 as before"], [])
    assert "(Score: 16.0 / 20.0)" in page(course, "ada")
    bens = page(course, "ben")
    assert run(capsys, NAME)[0] == ["dropout: 0 new, 0 renewed, 2 as before"]
    mark(book, "ada", NAME, 3)
    commented(book, course)
    book.db.commit()
    assert run(capsys)[0] == ["dropout: 0 new, 1 renewed, 1 as before"]
    assert "(Score: 19.0 / 20.0)" in page(course, "ada")
    assert "Name the step, too." in page(course, "ada")
    assert page(course, "ben") == bens


def test_a_page_of_nbgraders_own_command_is_known_and_counts_what_is_late_now(course, book, capsys):
    late(book, "ada", NAME)
    mark(book, "ada", NAME, 3)  # after nbgrader has noted a penalty
    assert settings.api(course).generate_feedback(NAME)["success"]
    assert "(Score: 0.0 / 20.0)" in page(course, "ada")
    assert run(capsys)[0] == ["dropout: 0 new, 0 renewed, 2 as before"]


def test_a_page_from_before_is_made_anew_and_no_student_can_fake_a_mark(course, capsys):
    with gradebook.opened(settings.api(course)) as now:
        rows = pages.shown(now, NAME)["ada"]
    fresh = pages.made_from(course / "autograded" / "ada" / NAME, rows)
    file = course / "feedback" / "ada" / NAME / f"{NAME}.html"
    file.parent.mkdir(parents=True)
    file.write_text(f"<html>\n{fresh}\n</html>\n")
    assert run(capsys)[0] == ["dropout: 1 new, 1 renewed, 0 as before"]


def test_what_cannot_be_made_is_named_and_stops_no_other(course, capsys):
    for student, text in (("cy", "{"), ("dee", "{}")):
        folder = course / "autograded" / student / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_text(text)
    with small_gradebook.Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        hand_in(book, "cy", NAME, 16)
    said, error = run(capsys, status=1)
    assert said == ["dropout: 2 new, 0 renewed, 0 as before, 2 not made"]
    assert error[0].startswith("cy, dropout: nbgrader could not make the page (")
    assert error[1] == (
        "dee, dropout: no page, for the gradebook holds nothing of this hand-in. "
        "Grade it again with --force."
    )
    assert len(error) == 2


def test_templates_are_compiled_once_for_all_pages(course, book, capsys, monkeypatch):
    monkeypatch.setattr(pages, "_compiled", pages._Compiled())
    compiled, original = [], jinja2.Environment.compile

    def compile_(environment, source, name=None, *others, **options):
        compiled.append(name)
        return original(environment, source, name, *others, **options)

    monkeypatch.setattr(jinja2.Environment, "compile", compile_)
    run(capsys)
    assert len(list(course.glob("feedback/*/*/*.html"))) == 2
    assert "index.html.j2" in compiled
    assert len(compiled) == len(set(compiled))


@pytest.mark.parametrize(
    ("shown", "mended"),
    [
        ("<p>words</p>", "<p>words</p>"),
        ('<img alt="a line" src="#">', '<img alt="a line" src="#">'),
        ('<img src="#">', f'<img alt="{NO_WORDS}" src="#"/>'),
        (
            '<p class="jp-Notebook"><div class="jp-OutputArea-output">1</div>',
            '<p class="jp-Notebook"><div class="jp-OutputArea-output" tabindex="0">1</div></p>',
        ),
    ],
)
def test_a_page_is_parsed_where_nbconvert_mends_something_in_it(shown, mended, course):
    settings.api(course)  # which wraps nbconvert's parser
    template = jinja2.DictLoader({"shown": shown})
    exporter = HTMLExporter(template_file="shown", extra_loaders=[template])
    page, _ = exporter.from_notebook_node(nbformat.v4.new_notebook())
    assert page == mended


@pytest.mark.parametrize("arguments", [[], ["overfitting"]])
def test_where_nothing_has_been_graded_it_says_so(arguments, course, capsys):
    if not arguments:
        (course / "autograded").rename(course / "elsewhere")
    said, (line,) = run(capsys, *arguments, status=1)
    assert not said
    assert "nothing has been graded, so there is no page to make. Grade first." in line
    assert "overfitting" in line


NOTE = "Exercise 1 asked for the wrong shape. <script>document.title = 'run'</script>"


def test_a_note_of_the_course_makes_the_pages_anew_and_is_no_html(course, capsys):
    assert run(capsys)[0] == ["dropout: 2 new, 0 renewed, 0 as before"]
    notes.write(course, NAME, NOTE)
    assert run(capsys)[0] == ["dropout: 0 new, 2 renewed, 0 as before"]
    assert "Exercise 1 asked for the wrong shape. &lt;script&gt;" in page(course, "ada")
    assert run(capsys)[0] == ["dropout: 0 new, 0 renewed, 2 as before"]
    notes.write(course, NAME, " ")
    assert run(capsys)[0] == ["dropout: 0 new, 2 renewed, 0 as before"]
    assert "A note from your course" not in page(course, "ada")
