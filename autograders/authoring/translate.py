"""Texts to translate: taken out of code, content and lessons, and merged into each language."""

import difflib
import io
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from autograders import ROOT, Refused
from autograders.authoring import guides, spoken
from autograders.course import languages, lesson, paragraphs
from autograders.course.catalogue import EXERCISES
from lab.language import LABEL, Said

SPEAKING = ("lab", *(f"autograders/{room}" for room in ("judge", "sandbox", "grading", "reports")))
"""The folders whose modules make messages for students."""
KEYWORDS: dict[str, tuple[int, int] | None] = {
    "Message": None,
    "Word": None,
    "Plural": (1, 2),
}
PAGES, SAYING = ROOT / "autograders" / "reports", {"say": None}
"""Where the templates of pages stand, and what says their sentences."""
CHARSET = "utf-8"
WIDTH = 92
LIKE = 0.5  # from here on, a text is another one's newer form

HEADER = (
    'msgid ""\n'
    'msgstr ""\n'
    '"Language: {language}\\n"\n'
    '"Plural-Forms: {plurals}\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n\n'
)

_NAME, _WORD = re.compile(r"\w*[_\d]\w*"), re.compile(r"[^\W\d_]{2,}")
"""What stays in every language, and what tells that there is something else."""

NEW_NAME = "{language!r} is no name of a language. Take one of ISO 639, such as 'de' or 'pt_BR'."
TOLD = "{file}: {done} of {all} translated, {missing} missing, {outdated} out of date"


@dataclass(frozen=True)
class Count:
    """How far a catalogue is.

    Attributes
    ----------
    file : pathlib.Path
    all, missing, outdated : int
    """

    file: pathlib.Path
    all: int
    missing: int
    outdated: int

    def __str__(self) -> str:
        shown = self.file.relative_to(ROOT) if self.file.is_relative_to(ROOT) else self.file
        says = {"missing": self.missing, "outdated": self.outdated, "all": self.all}
        return TOLD.format(file=shown, done=self.all - self.missing - self.outdated, **says)


def messages() -> Catalog:
    """Return all that kit, feedback and content say, in English."""
    catalogue = Catalog(charset=CHARSET)
    for folder in SPEAKING:
        for file, _, text, _, _ in extract_from_dir(
            str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS
        ):
            catalogue.add(text, locations=[(f"{folder}/{file}", 0)])
    pages = extract_from_dir(str(PAGES), [("**.html", "jinja2.ext:babel_extract")], keywords=SAYING)
    for file, _, text, _, _ in pages:
        catalogue.add(text, locations=[(f"{PAGES.relative_to(ROOT)}/{file}", 0)])
    for text, place in spoken.texts():
        text = text.message if isinstance(text, Said) else text
        if _WORD.search(_NAME.sub("", text)) and text not in EXERCISES:
            catalogue.add(text, locations=[(place, 0)])
    for text, place in spoken.labels():
        if _WORD.search(_NAME.sub("", text)):
            catalogue.add(text, context=LABEL, locations=[(place, 0)])
    return catalogue


def texts_of_lesson(assignment: str) -> Catalog:
    """Return the paragraphs of a lesson under the ids of their cells, in English."""
    catalogue = Catalog(charset=CHARSET)
    for cell in lesson.original(assignment).cells:
        for text in paragraphs.of(cell):
            catalogue.add(text, context=cell.id)
    return catalogue


def texts_of_guide(name: str) -> Catalog:
    """Return the paragraphs of a guide, in English."""
    catalogue = Catalog(charset=CHARSET)
    for text in guides.texts(name):
        catalogue.add(text)
    return catalogue


def merge(language: str) -> list[Count]:
    """Bring the catalogues of a language up to what there is in English; a new one is begun.

    Translations stay. One whose English has changed is kept and marked as out of date.

    Raises
    ------
    Refused
        If that is no name of a language, or a catalogue cannot be read.
    """
    try:
        Catalog(locale=language)
    except ValueError:
        raise Refused(NEW_NAME.format(language=language)) from None
    if not language.replace("_", "").isalnum():
        raise Refused(NEW_NAME.format(language=language))
    for file, template in _templates(language):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_written(merged(languages.read(file), template, language)))
    guides.write(language)
    return counts(language)


def counts(language: str) -> list[Count]:
    """Return how far each catalogue of a language is, beside what there is in English now."""
    return [_count(file, template) for file, template in _templates(language)]


def _templates(language: str) -> Iterator[tuple[pathlib.Path, Catalog]]:
    yield languages.messages_file(language), messages()
    for assignment in EXERCISES:
        yield languages.lesson_file(language, assignment), texts_of_lesson(assignment)
    for name in guides.names():
        yield guides.catalogue_file(name, language), texts_of_guide(name)


def merged(former: Catalog, template: Catalog, language: str) -> Catalog:
    """Return the template with what was translated before."""
    result = Catalog(locale=language, charset=CHARSET)
    for each in _entries(former):
        result[each.id] = each
    # Babel's own search for what is like a text would take it from any cell
    result.update(template, no_fuzzy_matching=True)
    left = [each for each in result.obsolete.values() if languages.is_translated(each)]
    for each in _entries(result):
        if not languages.is_translated(each):
            _carry(each, [old for old in left if old.context == each.context])
    result.obsolete.clear()
    return result


def _carry(new: Message, olds: list[Message]) -> None:
    """Keep the translation of what a text was like before, marked as out of date."""
    by_text = {_text(old): old for old in olds if old.pluralizable == new.pluralizable}
    near = difflib.get_close_matches(_text(new), by_text, n=1, cutoff=LIKE)
    if near:
        old = by_text[near[0]]
        new.string, new.previous_id = old.string, [_text(old)]
        new.flags.add("fuzzy")


def _count(file: pathlib.Path, template: Catalog) -> Count:
    catalogue = languages.read(file)
    wanted = [(_text(each), each.context) for each in _entries(template)]
    missing, outdated = languages.lacks(catalogue, wanted)
    return Count(file, len(wanted), missing, outdated)


def _entries(catalogue: Catalog) -> list[Message]:
    return [each for each in catalogue if each.id]


def _text(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file that says neither when it was made nor by whom."""
    data = io.BytesIO()
    options = {"omit_header": True, "include_previous": True, "include_lineno": False}
    write_po(data, catalogue, width=WIDTH, **options)
    says = {"language": catalogue.locale_identifier, "plurals": catalogue.plural_forms}
    return HEADER.format(**says).encode() + data.getvalue()
