"""The class at a glance: numbers of the gradebook, mistakes of the judge, and no student's text."""

import collections
import csv
import json
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from sqlalchemy import event

from autograders import settings
from autograders.__main__ import main
from autograders.collecting import roster
from autograders.course.catalogue import EXERCISES
from autograders.grading import gradebook, standing
from autograders.judge import feedback
from autograders.reports import change, overview, report, sums, works
from autograders.reports.works import Class_, Exercise, Part, Work
from benchmarks import graded_class
from tests.course import commands_at
from tests.small_gradebook import late

NAME = "overfitting"
ATTACK = "<script>document.title = 'run'</script><img src=x onerror=alert(1)>"
ZERO = "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
HOSTILE = {
    "=eve": (ATTACK, "\u202eL."),
    "mallory": ("'\"><b>Mal", "</li></ul>"),
}
PLAIN = {f"student-{number}": ("Ana", f"L{number}") for number in range(4)}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of a graded class; not to be changed."""
    folder = tmp_path_factory.mktemp("class")
    graded_class.make(folder, {**PLAIN, **HOSTILE}, seed=3)
    return folder


@pytest.fixture
def course(made, tmp_path):
    """A copy of it."""
    return shutil.copytree(made, tmp_path / "course")


def read(course, assignments=tuple(EXERCISES)):
    api = settings.api(course)
    with gradebook.opened(api) as book:
        there = standing.of_course(api.coursedir)
        return works.read(book, course / "autograded", there, assignments)


def table(course):
    with (course / report.FOLDER / report.TABLE).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def page(course):
    return (course / report.FOLDER / report.PAGE).read_text(encoding="utf-8")


def test_the_points_are_those_of_the_table_of_grading(made):
    class_ = read(made)
    with gradebook.opened(settings.api(made)) as book:
        for (student, name), work in class_.works.items():
            shown = f"{work.points:g}/{work.best:g} + written open"
            assert overview.points(book, name, student) == shown


def test_every_verdict_is_told(made):
    for work in read(made).works.values():
        assert not work.untold
        for exercise in work.exercises:
            assert sum(part.points for part in exercise.parts) == exercise.points
            assert sum(part.best for part in exercise.parts) == exercise.best


def test_a_student_s_rows_add_up_to_what_counts(course):
    (course / "nbgrader_config.py").write_text(ZERO)
    with gradebook.opened(settings.api(course)) as book:
        late(book, "student-2", NAME)
        book.find_grade("check_accuracy", NAME, NAME, "student-0").manual_score = 1.5
        answer = book.find_assignment(NAME).notebooks[0].grade_cells
        written = next(cell.name for cell in answer if cell.cell_type == "markdown")
        grade = book.find_grade(written, NAME, NAME, "student-1")
        grade.manual_score, grade.needs_manual_grade = 3, False
        book.db.commit()
    class_ = read(course)
    report.write(class_, course)
    totals = collections.Counter()
    for row in table(course):
        student = row["student"].removeprefix("'")
        totals[student, row["assignment"]] += float(row["points"] or 0)
    assert totals == {place: work.points for place, work in class_.works.items()}
    assert {row["part"] for row in table(course)} > {report.BY_HAND, report.LATE}
    assert class_.works["student-2", NAME].points == 0


def test_the_page_and_the_table_have_the_same_numbers(course):
    report.write(read(course), course)
    said = page(course)
    rows = table(course)
    for name, exercises in EXERCISES.items():
        for exercise in exercises:
            mine = [
                row for row in rows if (row["assignment"], row["exercise"]) == (name, exercise.name)
            ]
            for key, part in exercise.parts.items():
                states = collections.Counter(row["result"] for row in mine if row["part"] == key)
                counts = [states[state] for state in feedback.STATES]
                cells = "".join(f'<td class="number">{count}</td>' for count in counts)
                head = f'<td class="number">{part.points}</td>'
                assert f"{head}{cells}" in said
    named = sum(bool(row["mistakes"]) for row in rows)
    counted = re.findall(
        r'<tr><td class="number">(\d+)</td><td>\w+</td><td>(?!Wrong, and no)', said
    )
    assert sum(map(int, counted)) == named > 0


def test_nothing_refused_and_not_graded_are_told_apart(course):
    api = settings.api(course)
    for student in ("broken", "new", "student-0"):
        (course / "submitted" / student / NAME).mkdir(parents=True)
    for student in ("broken", "student-0"):
        standing.note(api.coursedir, NAME, student, f"{student}: it is no notebook")
    class_ = read(course)
    states = {s: class_.works[s, NAME].state for s in ("broken", "new", "student-0")}
    assert states == {"broken": works.REFUSED, "new": works.WAITING, "student-0": works.GRADED}
    assert class_.works["broken", "dropout"].state == works.NOTHING
    report.write(class_, course)
    said = page(course)
    assert f"{NAME}: refused" in said and "broken: it is no notebook" in said
    assert "student-0: it is no notebook" in said  # a newer one
    assert "dropout: no hand-in" in said and f"{NAME}: no hand-in" not in said


def test_who_is_in_the_course_is_what_the_roster_says(course):
    roster.save(course, {"left": roster.Student("left", status=roster.OUT)})
    api = settings.api(course)
    with gradebook.opened(api) as book:
        book.update_or_create_student("left")
    assert "left" not in read(course).students


def test_a_notebook_of_another_grading_is_not_believed(course):
    """As after a backup was put back: the gradebook's points count, and the page says so."""
    with gradebook.opened(settings.api(course)) as book:
        grade = book.find_grade("check_accuracy", NAME, NAME, "student-0")
        grade.auto_score = 3.0 - grade.auto_score
        book.db.commit()
    (course / "autograded" / "student-1" / NAME / f"{NAME}.ipynb").write_text("[")
    class_ = read(course)
    told = {s: class_.works[s, NAME].untold for s in PLAIN}
    assert told == {"student-0": True, "student-1": True, "student-2": False, "student-3": False}
    (accuracy,) = [e for e in class_.works["student-0", NAME].exercises if e.name == "accuracy"]
    assert accuracy.parts == () and accuracy.mistakes == ()
    report.write(class_, course)
    assert f"python -m autograders grade {NAME} --force" in page(course)


def test_marks_are_counted_by_what_became_of_the_answer(course):
    with gradebook.opened(settings.api(course)) as book:
        written = next(
            cell.name
            for cell in book.find_assignment(NAME).notebooks[0].grade_cells
            if cell.cell_type == "markdown"
        )
        for student, (score, auto, needs) in {
            "student-0": (3, None, False),
            "student-1": (3, None, True),
            "student-2": (None, 0, False),
        }.items():
            grade = book.find_grade(written, NAME, NAME, student)
            grade.manual_score, grade.auto_score, grade.needs_manual_grade = score, auto, needs
        book.db.commit()
    sum_ = sums.of_assignment(read(course), NAME)
    assert sum_.written[written] == {
        works.MARKED: ["student-0"],
        works.AGAIN: ["student-1"],
        works.EMPTY: ["student-2"],
        works.OPEN: ["=eve", "mallory", "student-3"],
    }
    assert sum_.unread == 4
    assert [(c.points, c.count) for c in sum_.marks[written] if c.count] == [(3, 1)]


def test_what_the_judge_says_reaches_the_report(sample_class):
    """Whoever is called after a mistake made it."""
    class_ = read(sample_class / "demo")
    graded = [each for each in class_.works.values() if each.state == works.GRADED]
    assert graded and not any(each.untold for each in graded)
    for name in EXERCISES:
        for found in sums.of_assignment(class_, name).mistakes:
            assert set(found.names) & {each.split("/")[0] for each in found.students}
            assert found.example and found.example.found


# --- sums ---


def exercise(name, points, best, state=feedback.WRONG_PART, mistakes=(), together=False):
    part = Part("p", "the part", state, points, best, "for 2 examples", "it is 2")
    return Exercise(name, points, best, points, (part,), tuple(mistakes), together)


def work(student, assignment, *exercises):
    return Work(student, assignment, works.GRADED, "", tuple(exercises))


def test_two_mistakes_are_both_counted_or_one_of_them():
    both = ("percent", "share-of-wrong-answers")
    made = [
        work("a", NAME, exercise("accuracy", 0, 3, mistakes=both, together=True)),
        work("b", NAME, exercise("accuracy", 0, 3, mistakes=both)),
        work("c", NAME, exercise("accuracy", 0, 3, mistakes=both[:1])),
        work("d", NAME, exercise("accuracy", 0, 3)),
    ]
    found = {each.names: each.students for each in sums.mistakes(NAME, made)}
    assert found == {both[:1]: ["a", "c"], both[1:]: ["a"], both: ["b"]}
    first = sums.mistakes(NAME, made)[0]
    assert first.says == ("the share is given in percent",)
    assert first.example == sums.Example("for 2 examples", "it is 2")
    (unnamed,) = sums.unnamed(made)
    assert unnamed.students == ["d"]


def test_far_below_is_measured_on_the_own_other_work():
    shares = {"low": (16, 16, 8), "steady": (6, 6, 6), "better": (2, 10, 16), "once": (0,)}
    class_ = Class_(dict.fromkeys(shares, ""), list(EXERCISES)[:3])
    for student, points in shares.items():
        for name, each in zip(class_.assignments, points, strict=False):
            class_.works[student, name] = work(student, name, exercise("f", each, 16))
        for name in class_.assignments[len(points) :]:
            class_.works[student, name] = Work(student, name, works.NOTHING)
    found = [(each.student, each.assignment) for each in sums.far_below(class_)]
    assert found == [("better", class_.assignments[0]), ("low", class_.assignments[2])]


def test_the_same_mistake_in_two_exercises_is_known_by_what_the_course_says():
    name = "initialization"
    exercises = (
        exercise("initialize_parameters_zeros", 0, 4, mistakes=["zeros-flat-bias"]),
        exercise("initialize_parameters_he", 0, 8, mistakes=["he-flat-bias"]),
    )
    other = exercise("initialize_parameters_he", 0, 8, mistakes=["no-square-root"])
    class_ = Class_({"a": "", "b": ""}, [name])
    class_.works = {
        ("a", name): work("a", name, *exercises),
        ("b", name): work("b", name, exercises[0], other),
    }
    (found,) = sums.twice(class_)
    assert (found.student, found.says) == ("a", "each b has one dimension only")
    assert len(found.exercises) == 2


def test_the_spread_keeps_each_number_of_points():
    counts = sums.spread([0, 2, 2, 3.5, 5], 4)
    assert [(each.points, each.count) for each in counts] == [
        (0, 1), (1, 0), (2, 2), (3, 1), (4, 0), (5, 1),
    ]  # fmt: skip
    assert len(sums.spread([1000], 1000)) <= sums.LARGEST_STEPS + 1


# --- since the last report ---


def test_the_change_is_that_since_the_last_other_report(course):
    report.write(read(course), course)
    assert "This is the first report" in page(course)
    report.write(read(course), course)
    assert "This is the first report" in page(course)  # nothing is other than in that one
    with gradebook.opened(settings.api(course)) as book:
        book.find_grade("check_accuracy", NAME, NAME, "student-0").manual_score = 1.5
        book.db.commit()
    for _ in range(2):  # the same question has the same answer
        report.write(read(course), course)
        assert "With other points: 1." in page(course)
    (course / report.FOLDER / report.LAST).write_text("nothing of ours")
    report.write(read(course), course)
    assert "This is the first report" in page(course)


def test_the_reports_on_two_assignments_are_not_compared(course):
    """The second one would call everything new that stood in the first report already."""
    for _ in range(2):
        for each in EXERCISES:
            report.write(read(course, [each]), course)
            assert "This is the first report" in page(course)


def test_what_changed_is_told_by_its_kind():
    def state(a, b, c, mistakes):
        return {"made": "", "works": {NAME: {"a": a, "b": b, "c": c}}, "mistakes": {NAME: mistakes}}

    before = state([works.WAITING, 0, 0], [works.NOTHING, 0, 0], [works.GRADED, 8, 1], {"x": 2})
    now = state(
        [works.GRADED, 9, 1], [works.REFUSED, 0, 0], [works.GRADED, 11, 0], {"x": 1, "y": 1}
    )
    (found,) = change.compared(now, before)
    assert (found.graded, found.refused, found.read) == (["a"], ["b"], ["c"])
    assert found.points == [change.Moved("c", 8, 11)]
    assert found.mistakes == [change.Moved("x", 2, 1), change.Moved("y", 0, 1)]
    assert change.compared(now, now) == []


# --- the page ---


def test_no_student_s_text_is_html(course):
    file = course / "autograded" / "mallory" / NAME / f"{NAME}.ipynb"
    notebook = json.loads(file.read_text())
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            for part in output["metadata"].get(feedback.PARTS, []):
                part["found"] = part["asked"] = ATTACK
    file.write_text(json.dumps(notebook))
    report.write(read(course), course)
    said = page(course)
    assert "<script" not in said and "<img" not in said and "<b>" not in said
    assert "&lt;script&gt;" in said and "\u202e" not in said
    assert all(not row["student"].startswith("=") for row in table(course))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_can_be_read_by_everyone(course, scheme, chromium):
    report.write(read(course), course)
    file = course / report.FOLDER / report.PAGE
    with chromium.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert asked == [file.as_uri()]
        assert page.title() == "The class at a glance"
        assert page.locator("script, img, b").count() == 0
        for fold in page.locator("summary").all()[:2]:
            fold.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        ground = "getComputedStyle(document.body).backgroundColor"
        assert (page.evaluate(ground) == "rgb(255, 255, 255)") == (scheme == "light")
        page.emulate_media(media="print")
        assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_the_gradebook_is_asked_as_often_for_a_large_class(made, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    graded_class.make(small, dict(list(PLAIN.items())[:1]))
    counts = []
    for folder in (small, made):
        with gradebook.opened(settings.api(folder)) as book:
            asked = []

            def note(*arguments, asked=asked):
                asked.append(arguments[2])

            event.listen(book.engine, "before_cursor_execute", note)
            works.read(book, folder / "autograded", standing.Standing(), EXERCISES)
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_command(course, monkeypatch, capsys):
    commands_at(monkeypatch, course)
    monkeypatch.chdir(course)
    assert main(["report", NAME]) == 0
    assert capsys.readouterr().out.startswith("build/report/report.html: the class at a glance")
    assert "dropout: points" not in page(course) and f"{NAME}: points" in page(course)


def test_the_page_speaks_the_language_and_leaves_no_sentence_in_english(course):
    assert report.write(read(course), course, "zh").name == report.PAGE
    page = (course / report.FOLDER / report.PAGE).read_text(encoding="utf-8")
    assert '<html lang="zh">' in page and "<h1>全班一览</h1>" in page
    assert ATTACK not in page
    shown = BeautifulSoup(page, "html.parser")
    for each in shown.select("code, style, details"):
        each.decompose()
    # what a question was called when it was asked stands in the graded notebook, in English
    said = re.sub(r"提问（[^）]*）：[^。]*。", "", shown.get_text(" "))
    assert re.findall(r"(?:[A-Za-z']{2,}[ ,.:;]+){3,}", said) == []
    for word in ("Students", "Points", "Who needs", "refused", "graded"):
        assert word not in said


def test_a_language_that_is_unknown_is_refused(course, monkeypatch, capsys):
    commands_at(monkeypatch, course)
    assert main(["report", "--language", "xx"]) != 0
    assert "There is no language 'xx'" in capsys.readouterr().err
