"""The guides in other languages: as they are made, with links that lead where they did."""

import re

import pytest

from autograders.authoring import guides, translate
from autograders.course import languages, paragraphs
from autograders.course.catalogue import EXERCISES
from tests import pseudo

CHINESE = "zh"
SAYS = "| it says |"
"""The table of what the check says, which is in the reader's language."""


@pytest.mark.parametrize("name", guides.GUIDES)
def test_the_page_is_what_is_made_of_the_guide_and_its_catalogue(name):
    """Else `make translate` has not been called since, or the guide has moved on."""
    page = guides.page_file(name, CHINESE).read_text(encoding="utf-8")
    assert page == guides.page(name, CHINESE)
    assert str(guides.UNFINISHED).split(":")[0] not in page


@pytest.mark.parametrize("name", guides.GUIDES)
def test_each_paragraph_is_translated_with_its_links_and_its_code(name):
    catalogue = languages.read(guides.catalogue_file(name, CHINESE))
    wanted = guides.texts(name)
    assert languages.lacks(catalogue, [(text, None) for text in wanted]) == (0, 0)
    for text in wanted:
        told = catalogue.get(text).string
        one, other = paragraphs.marks(text), paragraphs.marks(told)
        assert one["links"] == other["links"], text
        if not text.startswith(SAYS):
            assert [code for code in one["code"] if code.strip("`") not in told] == [], text
        assert text.count("\n|") == told.count("\n|"), text


@pytest.fixture
def begun(tmp_path, monkeypatch):
    """A language of which the guide for students is translated, but for its first paragraph."""
    monkeypatch.setattr(languages, "FOLDER", tmp_path / "languages")
    translate.merge(pseudo.LANGUAGE)
    file = guides.catalogue_file("student", pseudo.LANGUAGE)
    catalogue = languages.read(file)
    for entry in catalogue:
        if entry.id and not entry.id.startswith("# For students"):
            entry.string = (
                pseudo.said(entry.id) if entry.id[0] != "#" else f"{entry.id} {pseudo.OPEN}"
            )
    file.write_bytes(translate._written(catalogue))
    translate.merge(pseudo.LANGUAGE)
    return tmp_path / "languages" / pseudo.LANGUAGE


def test_what_is_missing_is_in_english_and_the_page_says_so(begun):
    page = (begun / "student.md").read_text(encoding="utf-8")
    assert "\n# For students\n" in page
    assert "*Paragraphs of this page that are still in English: 1.*" in page
    assert page.count(pseudo.OPEN) == len(guides.texts("student")) - 1


def test_a_guide_of_which_nothing_is_translated_is_not_made(begun):
    assert sorted(file.name for file in begun.glob("*.md")) == ["student.md"]


def test_links_lead_on_from_the_new_place():
    page = guides.page("instructor", CHINESE)
    assert re.search(r"\]\(\.\./\.\./docs/wall\.md\)", page)
    assert re.search(r"\]\(#要保存什么\)", page)
    assert "](student.md)" in guides.page("README", CHINESE)


def test_a_paragraph_that_moved_is_in_english_until_somebody_looks(begun, monkeypatch):
    former = guides.text("student")
    moved = former.replace("There is no limit.", "There is no limit at all.")
    monkeypatch.setattr(guides, "text", lambda name: moved if name == "student" else former)
    translate.merge(pseudo.LANGUAGE)
    page = (begun / "student.md").read_text(encoding="utf-8")
    assert "There is no limit at all." in page
    assert "still in English: 2." in page


def test_a_course_without_guides_has_the_rest_translated(tmp_path, monkeypatch):
    monkeypatch.setattr(languages, "FOLDER", tmp_path / "languages")
    monkeypatch.setattr(guides, "GUIDES", {"student": tmp_path / "docs" / "student.md"})
    assert len(translate.merge(pseudo.LANGUAGE)) == 1 + len(EXERCISES)
    assert list((tmp_path / "languages").rglob("*.md")) == []
