"""The page on overlaps: what it finds, what it says, and what a bad hand-in cannot do to it."""

import html
import json
import os
import re
import shutil

import markupsafe
import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from autograders import ROOT, Refused, __main__, lesson, reference, similarity, stubs

NAME = "overfitting"
FUNCTIONS = lesson.names(NAME)
REFERENCE = {function: reference.source(NAME, function) for function in FUNCTIONS}

IN_OTHER_WORDS = {
    "compute_cost": """
def compute_cost(A3, Y):
    eps = 1e-12
    safe = np.minimum(np.maximum(A3, eps), 1 - eps)
    right_class = np.where(Y == 1, safe, 1 - safe)
    return float(-np.log(right_class).mean())
""",
    "predict": """
def predict(X, parameters):
    probability = forward_propagation(X, parameters)[0]
    return np.where(probability <= 0.5, 0, 1)
""",
    "accuracy": """
def accuracy(predictions, Y):
    wrong = 0
    for k in range(Y.shape[1]):
        wrong += int(predictions[0, k] != Y[0, k])
    return 1 - wrong / Y.shape[1]
""",
    "early_stopping": """
def early_stopping(validation_costs, patience):
    winner, waited = None, 0
    for place, cost in enumerate(validation_costs):
        if winner is None or cost < validation_costs[winner]:
            winner, waited = place, 0
            continue
        waited += 1
        if waited == patience:
            return winner
    return winner
""",
}
NAMES = ("losses", "predictions", "share", "best", "cost", "A3", "parameters", "patience")


def renamed(source):
    """Return the source with other names and without a comment, as a copy in a hurry."""
    for position, name in enumerate(NAMES):
        source = re.sub(rf"\b{name}\b", f"my_thing_{position}", source)
    return re.sub(r"^ *# .*\n", "", source, flags=re.MULTILINE)


def hand_in(submitted, student, answers, name=NAME):
    """Write a hand-in with these answers; return its file."""
    notebook = lesson.filled(lesson.read(lesson.path(name)), name, answers)
    lesson.write(notebook, submitted / student / name / f"{name}.ipynb")
    return submitted / student / name / f"{name}.ipynb"


@pytest.fixture
def submitted(tmp_path):
    """Return a folder with four students: a copy, a renamed copy, and one of their own."""
    folder = tmp_path / "submitted"
    hand_in(folder, "anna", REFERENCE)
    hand_in(folder, "copied", REFERENCE)
    hand_in(folder, "renamed", {name: renamed(source) for name, source in REFERENCE.items()})
    hand_in(folder, "independent", IN_OTHER_WORDS)
    return folder


def shares(submitted):
    """Return the larger share of each pair, by the set of its students."""
    answers, _ = similarity.collect(submitted, NAME)
    found = similarity.pairs(answers)
    return {frozenset((p.first.student, p.second.student)): p.share for p in found}


def test_copies_overlap_fully_and_independent_answers_do_not(submitted):
    found = shares(submitted)
    assert found[frozenset(("anna", "copied"))] == 1
    assert found[frozenset(("anna", "renamed"))] > 0.95
    for other in ("anna", "copied", "renamed"):
        assert found[frozenset(("independent", other))] < 0.4
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_what_the_stub_gave_does_not_count(submitted):
    """One solved exercise each, a different one, the rest as released."""
    for student, function in (("one", "compute_cost"), ("two", "early_stopping")):
        answers = {function: IN_OTHER_WORDS[function]}
        hand_in(submitted, student, answers)
    assert shares(submitted)[frozenset(("one", "two"))] < 0.1


def test_repeated_code_still_counts_beside_what_is_given():
    code = "total = total + values[0] * 2\n" * 4
    plain = similarity.fingerprint(code)
    beside = similarity.fingerprint(code, "x = 'other' if y else 9" * 3)
    assert beside.token_coverage == plain.token_coverage > 0
    assert similarity.fingerprint(code, code).token_coverage == 0


def test_untouched_stubs_are_left_out(submitted):
    hand_in(submitted, "untouched", {})
    answers, skipped = similarity.collect(submitted, NAME)
    assert "untouched" not in [answer.student for answer in answers]
    assert skipped == ["untouched, overfitting: too little is written to compare."]


def test_the_share_of_each_of_a_pair(submitted):
    """Half of the work in the other's answer: all of the one, a part of the other."""
    hand_in(submitted, "half", {"compute_cost": REFERENCE["compute_cost"]})
    answers, _ = similarity.collect(submitted, NAME)
    both = [answer for answer in answers if answer.student in ("anna", "half")]
    (pair,) = similarity.pairs(both)
    assert (pair.first.student, pair.second.student) == ("half", "anna")
    assert pair.share > 0.95
    assert 0.2 < pair.share_of_second < 0.8


def test_marks_stand_where_the_texts_are_alike(submitted):
    answers, _ = similarity.collect(submitted, NAME)
    found = {frozenset((p.first.student, p.second.student)): p for p in similarity.pairs(answers)}
    pair = found[frozenset(("anna", "renamed"))]
    for answer, pieces in zip(
        (pair.first, pair.second), similarity._marked(pair, similarity.released(NAME)), strict=True
    ):
        assert "".join(text for text, _ in pieces) == answer.code
        marked = "".join(text for text, kind in pieces if kind == "shared")
        assert "np.clip(" in marked
        assert "range(1, len(validation_costs))" in marked
        assert "return best" not in marked
        assert "m = Y.shape[1]" not in marked


def test_marks_stand_right_in_awkward_text(tmp_path):
    awkward = (
        "\n\n\r\nclass Thing:\r\n    pass\r\n\n" + REFERENCE["compute_cost"] + "\n# ü λ \x00\u202e"
    )
    for student in ("one", "two"):
        hand_in(tmp_path, student, {"compute_cost": awkward})
    answers, _ = similarity.collect(tmp_path, NAME)
    (pair,) = similarity.pairs(answers)
    first, second = similarity._marked(pair, similarity.released(NAME))
    assert first == second
    assert "".join(text for text, _ in first) == answers[0].code
    assert "\r" not in answers[0].code
    assert "# ü λ ??" in answers[0].code


def text_of(page):
    """Return the page's visible text."""
    return " ".join(
        html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.S)).split()
    )


def test_the_page(submitted, tmp_path):
    path, skipped = similarity.report(submitted, NAME, tmp_path / "out")
    assert path == tmp_path / "out" / "overfitting.html"
    assert skipped == []
    text = text_of(path.read_text(encoding="utf-8"))
    assert "4 answers were compared, 6 pairs." in text
    assert "Pair 1 anna 100 % copied 100 %" in text
    assert "this class: 6" in text
    assert "proves nothing about a person" in text
    for accusing in ("cheat", "plagiar", "suspic", "guilt", "copied from", "dishonest"):
        assert accusing not in text.lower().replace("copied", "", 1)


def test_the_page_shows_as_many_pairs_as_asked_for(submitted, tmp_path):
    path, _ = similarity.report(submitted, NAME, tmp_path, shown=2)
    page = path.read_text(encoding="utf-8")
    assert page.count("<h2 id=") == 2
    assert "2 of 6" in page
    for student in ("anna", "copied", "renamed"):
        shutil.rmtree(submitted / student)
    hand_in(submitted, "short", {"accuracy": REFERENCE["accuracy"]})
    page = similarity.report(submitted, NAME, tmp_path)[0].read_text(encoding="utf-8")
    assert page.count("<h2 id=") == 0
    assert "0 of 1" in page


def test_the_usual_overlap_comes_from_the_listed_right_answers(submitted, tmp_path, monkeypatch):
    for exercise in similarity.NOTEBOOKS[NAME]:
        monkeypatch.setitem(vars(exercise), "right", [IN_OTHER_WORDS[exercise.name]])
    (overlap,) = similarity.independent(NAME)
    assert overlap == shares(submitted)[frozenset(("anna", "independent"))]
    path, _ = similarity.report(submitted, NAME, tmp_path)
    assert f"own right answers: 1 {overlap:.0%}".replace("%", " %") in text_of(path.read_text())
    for exercise in similarity.NOTEBOOKS[NAME]:
        monkeypatch.setitem(vars(exercise), "right", [])
    path, _ = similarity.report(submitted, NAME, tmp_path)
    assert "lists no second way" in text_of(path.read_text())


def test_a_listed_right_answer_is_compared_as_a_student_would_write_it():
    for function in FUNCTIONS:
        assert stubs.changed(REFERENCE[function], IN_OTHER_WORDS[function]).startswith("def ")


def hostile(submitted):
    """Fill a folder with what must not be read; return each student's reason."""
    (submitted / "link-to-folder").symlink_to(submitted / "anna")
    (submitted / "link-inside").mkdir()
    (submitted / "link-inside" / NAME).symlink_to(submitted / "anna" / NAME)
    reasons = dict.fromkeys(("link-to-folder", "link-inside"), "is no plain folder")

    def place(student):
        folder = submitted / student / NAME
        folder.mkdir(parents=True)
        return folder / f"{NAME}.ipynb"

    place("link").symlink_to(submitted / "anna" / NAME / f"{NAME}.ipynb")
    os.mkfifo(place("pipe"))
    place("folder").mkdir()
    place("nothing")
    reasons |= dict.fromkeys(("link", "pipe", "folder"), "is no plain file")
    reasons["nothing"] = "no overfitting.ipynb was handed in"
    with open(place("sparse"), "wb") as file:
        file.truncate(10**12)
    reasons["sparse"] = "has 1,000,000,000,000 bytes"
    bad = {
        "not-json": "no notebook here",
        "not-utf8": b"\xff\xfe\x00",
        "deep": "[" * 200_000,
        "list": "[]",
        "number": "7",
        "cells-are-text": '{"cells": "abc"}',
        "cells-are-null": '{"cells": null}',
        "long-number": '{"cells": ' + "9" * 10_000 + "}",
    }
    for student, content in bad.items():
        place(student).write_bytes(content if isinstance(content, bytes) else content.encode())
        reasons[student] = "is no notebook"
    hand_in(submitted, "too-much", {"predict": "x = 1\n" * 20_000})
    reasons["too-much"] = "the answers have 122,062 characters"
    (submitted / "file").write_text("a file beside the students' folders")
    return reasons


def test_what_cannot_be_read_is_left_out_with_one_line(submitted, tmp_path):
    reasons = hostile(submitted)
    path, skipped = similarity.report(submitted, NAME, tmp_path)
    said = {line.partition(",")[0]: line for line in skipped}
    assert said.keys() == reasons.keys()
    for student, reason in reasons.items():
        assert reason in said[student]
        assert "\n" not in said[student]
        assert markupsafe.escape(said[student]) in path.read_text(encoding="utf-8")
    assert "4 answers were compared" in path.read_text(encoding="utf-8")


def test_a_function_in_another_cell_is_read_too(submitted):
    file = hand_in(submitted, "moved", REFERENCE)
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        if lesson.grade_id(cell) in FUNCTIONS:
            cell.metadata.pop("nbgrader")
    nbformat.write(notebook, file)
    assert shares(submitted)[frozenset(("anna", "moved"))] == 1


def test_broken_python_is_compared_as_text(tmp_path):
    broken = REFERENCE["compute_cost"].replace("return cost", "return ((cost\n'''")
    for student in ("one", "two"):
        hand_in(tmp_path, student, {"compute_cost": broken})
    answers, skipped = similarity.collect(tmp_path, NAME)
    assert (len(answers), skipped) == (2, [])
    assert similarity.pairs(answers)[0].share == 1


ATTACK = '</pre><script>document.title = "run"</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def browser():
    """Yield Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


def test_the_page_is_readable_by_everyone_and_runs_nothing(submitted, tmp_path, browser):
    attack = f'{REFERENCE["compute_cost"]}\n    x = "{ATTACK} \ud800"\n'
    for student in ("<b>eve", "mal\u202elory"):
        file = hand_in(submitted, student, {"compute_cost": "ATTACK"})
        file.write_text(file.read_text().replace('"ATTACK"', json.dumps(attack)))
    path, _ = similarity.report(submitted, NAME, tmp_path)
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert asked == [path.as_uri()]
    assert page.title() == "Overlap between answers: overfitting"
    assert ATTACK in page.locator("pre", has_text="onerror").first.inner_text()
    assert page.locator("script, img, b").count() == 0
    assert page.get_by_role("heading", name="<b>eve").count() > 0
    assert page.get_by_role("heading", name="mal?lory").count() > 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_fewer_than_two_answers_are_refused(tmp_path):
    with pytest.raises(Refused, match="overfitting: fewer than two answers to compare"):
        similarity.report(tmp_path / "submitted", NAME)
    hand_in(tmp_path, "one", REFERENCE)
    hand_in(tmp_path, "two", {})
    with pytest.raises(Refused, match=r"\ntwo, overfitting: too little is written"):
        similarity.report(tmp_path, NAME)


def test_the_command(submitted, tmp_path, monkeypatch, capsys):
    hand_in(submitted, "untouched", {})
    monkeypatch.setattr("autograders.grading.submitted", lambda api: submitted)
    assert __main__.main(["similarity", NAME]) == 0
    out, err = capsys.readouterr()
    assert out == f"{NAME}: build/similarity/{NAME}.html\n"
    assert err.startswith("untouched, overfitting: too little")
    (ROOT / "build" / "similarity" / f"{NAME}.html").unlink()
    assert __main__.main(["similarity", "dropout"]) == 1
    assert "dropout: fewer than two answers" in capsys.readouterr().err


def test_notebooks_of_an_older_form_are_read(tmp_path):
    """Cell ids came with format 4.5; nobody needs them here."""
    for student in ("one", "two"):
        file = hand_in(tmp_path, student, REFERENCE)
        notebook = nbformat.read(file, as_version=4)
        for cell in notebook.cells:
            del cell["id"]
        notebook.nbformat_minor = 2
        nbformat.write(notebook, file)
    answers, skipped = similarity.collect(tmp_path, NAME)
    assert (len(answers), skipped) == (2, [])
