"""Chinese as a textbook has it: one term for one thing, marks and blanks in their places."""

import csv
import re
import string

import pytest

from autograders.authoring import translate
from autograders.course import languages, lesson, paragraphs
from autograders.course.catalogue import EXERCISES
from lab.phrases import PHRASES
from tests.languages import forms, guide_pairs, pairs

LANGUAGE = "zh"
HAN = r"[\u4e00-\u9fff]"
HAN_TEXT = re.compile(HAN)
WRONG_MARK = re.compile(rf"{HAN}[,;:?!]|{HAN}\.(?![\w.])|[,;:?!] ?{HAN}")
NO_BLANK = re.compile(rf"{HAN}[A-Za-z0-9$`]|[A-Za-z0-9$`]{HAN}")
ENGLISH_FIELDS = {"{article}", "{}"}
"""Of fields that only English needs."""

OTHER_MEANINGS = {
    *(
        "class",
        "column",
        "cost",
        "draw",
        "example",
        "mask",
        "mean",
        "parameter",
        "random",
        "root",
        "row",
    ),
    *("seed", "shape", "spread", "step", "unit", "function", "input", "output", "normal", "layer"),
    *("exercise", "hint", "independent", "identity", "cell", "argument", "label", "noise"),
}
"""Words that English also uses for something else, or where Chinese needs none."""

with (languages.FOLDER / LANGUAGE / "glossary.csv").open(encoding="utf-8") as stream:
    GLOSSARY = list(csv.DictReader(stream))


def bare(text):
    """Return a text without code, formulas, links, fields and types, which keep their own words."""
    text = re.sub(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$", " `x` ", text, flags=re.DOTALL)
    text = re.sub(r"^[\w, ]+ : .*$", "", text, flags=re.MULTILINE)  # a parameter and its type
    text = re.sub(r"\[\*.*?\*\]", "[]", text, flags=re.DOTALL)  # the title of a work
    return re.sub(r"\]\([^)]*\)|\{[^{}]*\}", "", text)


PAIRS = pairs(LANGUAGE)
ALL = PAIRS + guide_pairs(LANGUAGE)
BARE = [bare(english) for _, english, _ in PAIRS]
FORMULAS = re.compile(r"[|\s\w`$(),:-]+|keep_prob = .*")
"""A table of sizes, and a name with its value, in which there are no words."""


def test_the_glossary_has_one_term_for_one_thing():
    assert len(GLOSSARY) >= 60
    english = [row["english"] for row in GLOSSARY]
    assert len(set(english)) == len(english)
    assert all(row["chinese"] for row in GLOSSARY)
    used = {form for row in GLOSSARY for form in row["chinese"].split("|")}
    never = {form for row in GLOSSARY for form in row["never"].split("|") if form}
    assert used & never == set()


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row["english"])
def test_a_term_is_called_what_the_glossary_says(row):
    """Each translation of a text with the term has one of its words, and none has another."""
    never = [form for form in row["never"].split("|") if form]
    assert [(where, told) for where, _, told in ALL if any(form in told for form in never)] == []
    forms, term = row["chinese"].split("|"), re.compile(rf"\b{row['english']}s?\b", re.IGNORECASE)
    other = [
        (where, told)
        for (where, _, told), english in zip(PAIRS, BARE, strict=True)
        if row["english"] not in OTHER_MEANINGS and term.search(english)
        if not any(form in told.casefold() for form in map(str.casefold, forms))
    ]
    assert other == []


def test_all_messages_are_translated():
    catalogue = languages.read(languages.messages_file(LANGUAGE))
    wanted = [entry for entry in translate.messages() if entry.id]
    texts = [(e.id if isinstance(e.id, str) else e.id[0], e.context) for e in wanted]
    assert len(texts) > 1000
    assert languages.lacks(catalogue, texts) == (0, 0)


@pytest.mark.parametrize("name", EXERCISES)
def test_no_paragraph_of_a_lesson_is_in_english(name):
    assert translated(name) == (0, 0)
    made = lesson.original(name, LANGUAGE)
    texts = [text for cell in made.cells for text in paragraphs.of(cell)]
    assert len(texts) > 100
    assert [
        text for text in texts if not re.search(HAN, text) and not FORMULAS.fullmatch(text)
    ] == []


def translated(name):
    """Return how many paragraphs of a lesson are missing, and how many are out of date."""
    cells = lesson.original(name).cells
    texts = [(text, cell.id) for cell in cells for text in paragraphs.of(cell)]
    return languages.lacks(languages.read(languages.lesson_file(LANGUAGE, name)), texts)


def test_formulas_code_links_and_fields_are_those_of_the_original():
    apart = [
        (where, told, found)
        for where, english, told in PAIRS
        if (found := paragraphs.differs(without(english), without(told)))
    ]
    assert apart == []


def without(text):
    for field in ENGLISH_FIELDS:
        text = text.replace(field, "")
    return text


def test_marks_are_full_width():
    assert [(where, told) for where, _, told in ALL if WRONG_MARK.search(bare(told))] == []


def test_blanks_stand_between_chinese_and_latin():
    bad = [
        (where, found[0], told)
        for where, _, told in ALL
        if (found := NO_BLANK.search(told)) and not found[0].startswith("{")
    ]
    assert bad == []


NUMBERS, TEXT = {"f": 2.5, "g": 2.5, "d": 3, "e": 2.5, ",": 1234, "%": 0.5}, "W1"


def arguments(message):
    """Return a value for each field of a message: a number where its form wants one."""
    named, numbered = {}, []
    for _, name, spec, _ in string.Formatter().parse(message):
        if name is not None:
            value = NUMBERS.get(spec[-1:], TEXT)
            if name:
                named[name] = value
            else:
                numbered.append(value)
    return numbered, named


def messages():
    """Return (English, Chinese) for each form of each message that has fields for `format`."""
    return [(english, told) for english, told in told_forms() if "{" in english]


def told_forms():
    for entry in languages.read(languages.messages_file(LANGUAGE)):
        if entry.id and entry.context is None:
            yield from forms(entry)


def test_every_message_is_told_with_arguments_in_both_languages():
    """None lacks a field or has one more, and each argument is in the sentence."""
    walked = 0
    for english, told in messages():
        numbered, named = arguments(english)
        if "article" in named:
            named["article"] = ""
        one, other = english.format(*numbered, **named), told.format(*numbered, **named)
        assert "{" not in other.replace("{{", ""), english
        for value in map(str, [*numbered, *named.values()]):
            assert (value in one) == (value in other), english
        walked += 1
    assert walked > 200


def test_every_kind_of_problem_has_its_sentence_and_plurals_have_all_forms():
    catalogue = languages.read(languages.messages_file(LANGUAGE))
    for kind, message in PHRASES.items():
        assert HAN_TEXT.search(catalogue.get(str.__str__(message)).string), kind
    plural = [entry for entry in catalogue if entry.id and entry.pluralizable]
    assert plural
    assert all(len(entry.string) == catalogue.num_plurals for entry in plural)
