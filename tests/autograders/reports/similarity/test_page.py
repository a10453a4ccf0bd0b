"""The page on overlaps: what it says, and what a bad hand-in cannot do to it."""

import html
import json
import os
import re
import shutil

import markupsafe
import pytest
from axe_playwright_python.sync_playwright import Axe

from autograders import ROOT, Refused, __main__
from autograders.reports import similarity
from tests.autograders.reports.similarity.answers import (
    IN_OTHER_WORDS,
    NAME,
    REFERENCE,
    hand_in,
    shares,
)


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
    for exercise in similarity.EXERCISES[NAME]:
        monkeypatch.setitem(vars(exercise), "right", [IN_OTHER_WORDS[exercise.name]])
    (overlap,) = similarity.independent(NAME)
    assert overlap == shares(submitted)[frozenset(("anna", "independent"))]
    path, _ = similarity.report(submitted, NAME, tmp_path)
    assert f"own right answers: 1 {overlap:.0%}".replace("%", " %") in text_of(path.read_text())
    for exercise in similarity.EXERCISES[NAME]:
        monkeypatch.setitem(vars(exercise), "right", [])
    path, _ = similarity.report(submitted, NAME, tmp_path)
    assert "lists no second way" in text_of(path.read_text())


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
    reasons["too-much"] = "the answers have 122,054 characters"
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


ATTACK = '</pre><script>document.title = "run"</script><img src=x onerror=alert(1)>'


def test_the_page_is_readable_by_everyone_and_runs_nothing(submitted, tmp_path, chromium):
    attack = f'{REFERENCE["compute_cost"]}\n    x = "{ATTACK} \ud800"\n'
    for student in ("<b>eve", "mal\u202elory"):
        file = hand_in(submitted, student, {"compute_cost": "ATTACK"})
        file.write_text(file.read_text().replace('"ATTACK"', json.dumps(attack)))
    path, _ = similarity.report(submitted, NAME, tmp_path)
    with chromium.new_page() as page:
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


def test_fewer_than_two_answers_are_refused(tmp_path):
    with pytest.raises(Refused, match="overfitting: fewer than two answers to compare"):
        similarity.report(tmp_path / "submitted", NAME)
    hand_in(tmp_path, "one", REFERENCE)
    hand_in(tmp_path, "two", {})
    with pytest.raises(Refused, match=r"\ntwo, overfitting: too little is written"):
        similarity.report(tmp_path, NAME)


def test_the_command(submitted, tmp_path, monkeypatch, capsys):
    hand_in(submitted, "untouched", {})
    monkeypatch.setattr("autograders.grading.rounds.submitted", lambda api: submitted)
    assert __main__.main(["similarity", NAME]) == 0
    out, err = capsys.readouterr()
    assert out == f"{NAME}: build/similarity/{NAME}.html\n"
    assert err.startswith("untouched, overfitting: too little")
    (ROOT / "build" / "similarity" / f"{NAME}.html").unlink()
    assert __main__.main(["similarity", "dropout", NAME]) == 1
    out, err = capsys.readouterr()
    assert err.startswith("dropout: fewer than two answers")
    assert out == f"{NAME}: build/similarity/{NAME}.html\n"
    (ROOT / "build" / "similarity" / f"{NAME}.html").unlink()
