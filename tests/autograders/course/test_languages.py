"""Languages: catalogues are merged, sentences fall back one by one, feedback speaks each."""

import pytest
from babel.messages.catalog import Catalog

from autograders import Refused
from autograders.authoring import spoken, translate
from autograders.course import kit, languages, lesson, paragraphs
from autograders.judge import feedback
from lab import language
from lab.check import problem
from lab.judge.problems import Kind, found
from lab.phrases import PHRASES, phrase
from tests import pseudo

NAME = "initialization"
TITLE = "title"


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The folder of the languages, in which the pseudo-language is finished."""
    folder = tmp_path_factory.mktemp("languages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "FOLDER", folder)
        translate.merge(pseudo.LANGUAGE)
        pseudo.fill(folder)
        yield folder


def original():
    return lesson.original(NAME)


def test_a_new_language_has_all_texts_and_none_translated(tmp_path, monkeypatch):
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    counts = translate.merge(pseudo.LANGUAGE)
    assert [count.missing for count in counts] == [count.all for count in counts]
    assert min(count.all for count in counts) > 10 and max(c.all for c in counts) > 1000
    assert languages.names() == ["en", pseudo.LANGUAGE]
    with pytest.raises(Refused, match=r"eo is not finished for initialization: \d+ texts are miss"):
        languages.check_finished(pseudo.LANGUAGE, original(), NAME)


def test_a_finished_language_leaves_no_paragraph_in_english(finished):
    assert all(not count.missing + count.outdated for count in translate.counts(pseudo.LANGUAGE))
    languages.check_finished(pseudo.LANGUAGE, original(), NAME)
    made = lesson.original(NAME, pseudo.LANGUAGE)
    assert languages.of(made) == pseudo.LANGUAGE
    left = [text for cell in made.cells for text in paragraphs.of(cell) if pseudo.OPEN not in text]
    assert left == []
    for cell, english in zip(made.cells, original().cells, strict=True):
        assert (cell.id, cell.metadata) == (english.id, english.metadata)


def test_merging_again_changes_no_file(finished):
    before = {file: file.read_bytes() for file in finished.rglob("*.po")}
    translate.merge(pseudo.LANGUAGE)
    once = {file: file.read_bytes() for file in finished.rglob("*.po")}
    translate.merge(pseudo.LANGUAGE)
    assert {file: file.read_bytes() for file in finished.rglob("*.po")} == once
    assert before.keys() == once.keys()


def test_a_changed_sentence_marks_its_translation_alone():
    former, template = Catalog(locale="eo"), Catalog()
    for cell, text in (("a", "One sentence stands here."), ("b", "One sentence stands here.")):
        former.add(text, pseudo.said(text), context=cell)
    template.add("One sentence stands there.", context="a")
    template.add("One sentence stands here.", context="b")
    merged = translate.merged(former, template, "eo")
    changed, same = (
        merged.get("One sentence stands there.", "a"),
        merged.get("One sentence stands here.", "b"),
    )
    assert changed.fuzzy and changed.string == pseudo.said("One sentence stands here.")
    assert changed.previous_id == ["One sentence stands here."]
    assert not same.fuzzy and same.string


def test_what_is_out_of_date_is_told_in_english(finished, tmp_path, monkeypatch):
    file = languages.lesson_file(pseudo.LANGUAGE, NAME)
    text = paragraphs.of(original().cells[0])[0]
    catalogue = languages.read(file)
    catalogue.get(text, original().cells[0].id).flags.add("fuzzy")
    monkeypatch.setattr(languages, "read", lambda _: catalogue)
    made = languages.translated(original(), NAME, pseudo.LANGUAGE)
    assert paragraphs.of(made.cells[0])[0] == text
    assert languages.lacks(catalogue, [(text, original().cells[0].id)]) == (0, 1)


def test_every_kind_of_problem_is_told_in_the_language(finished):
    with language.speaking(languages.spoken(pseudo.LANGUAGE)):
        for kind, message in PHRASES.items():
            assert str(message) == pseudo.said(str.__str__(message)), kind
        assert phrase(found(Kind.NOT_DEFINED)) == "⟦it is not defined⟧"
        assert problem("compute_kost") == (
            "⟦There is no exercise called 'compute_kost'. ⟦Did you mean 'compute_cost'?⟧⟧"
        )
        assert str(feedback.NOTHING_WRONG) == "⟦Every part is right.⟧"
    assert phrase(found(Kind.NOT_DEFINED)) == "it is not defined"


def test_the_kit_of_a_release_has_one_file_more(finished):
    files = kit.files(pseudo.LANGUAGE)
    assert files.keys() - kit.files().keys() == {languages.IN_THE_KIT}
    spoken = language.catalogue(files[languages.IN_THE_KIT])
    with language.speaking(spoken):
        assert language.translated("for 5 examples and lambd = 0.7") == (
            "⟦for 5 examples and lambd = 0.7⟧"
        )
        assert (
            language.Plural("{value:g} in {count} draw", "{value:g} in {count} draws").format(
                value=1, count=2
            )
            == "⟦1 in 2 draws⟧"
        )


def test_a_label_that_a_cell_fills_in_is_told_in_the_language(finished):
    """Its fields, too; and a text that only looks a bit like it stays."""
    with language.speaking(languages.spoken(pseudo.LANGUAGE)):
        assert language.translated("cost at step 80") == "⟦cost at step 80⟧"
        assert language.translated("cost on test") == "⟦cost on ⟦test⟧⟧"
        assert language.translated("no cost at step 80") == "no cost at step 80"
    assert language.translated("cost at step 80") == "cost at step 80"


def test_what_cells_show_is_to_be_translated_and_what_they_compute_with_is_not():
    texts = {text for text, _ in spoken.texts()}
    labels = {text for text, _ in spoken.labels()}
    assert {"weights", "gap, points", "is odd,\nsaid even", "yes"} <= texts
    assert not {"initialize_parameters_zeros", "circles"} & texts
    assert {"cost at step {0}", "trained with keep_prob = {0}"} <= labels
    assert not [text for text in labels if text.startswith(("left with", "The cost is"))]


@pytest.mark.parametrize("told", [None, 3, "xx", ["eo"], "en"])
def test_a_notebook_that_tells_no_language_of_ours_is_english(told, finished):
    made = lesson.original(NAME, pseudo.LANGUAGE).copy()
    made.metadata = {languages.KEY: told}
    assert languages.of(made) == "en"


def test_an_unknown_language_is_refused_in_one_line(finished):
    with pytest.raises(Refused, match=r"There is no language 'xx'\. Choose one of: en, eo"):
        languages.check_name("xx")
    with pytest.raises(Refused, match=r"'\.\./x' is no name of a language"):
        translate.merge("../x")
    assert not list(finished.parent.glob("x"))
