"""The guides in other languages: paragraph by paragraph, with links that lead where they did.

Each language has a catalogue a guide, and the page that is made of it. A paragraph that is missing
or out of date is in English there.
"""

import os
import pathlib
import re

from autograders import ROOT
from autograders.course import languages, paragraphs
from lab.language import Message, speaking

GUIDES = {
    "README": ROOT / "README.md",
    "student": ROOT / "docs" / "student.md",
    "instructor": ROOT / "docs" / "instructor.md",
}
ENDS = {"README": "### As a maintainer"}
"""Where the part of a guide ends that is for everybody; the rest is English alone."""
HEAD = (
    "<!-- `make translate` makes this of {original} and languages/{language}/guides/{name}.po. -->"
)
UNFINISHED = Message("Paragraphs of this page that are still in English: {count}.")

_SWITCH = re.compile(r"^\[\w+\]\((?:\.\./)?languages/[^)]*\)\n\n", re.MULTILINE)
"""The link from an English guide to another language."""
_FENCE = re.compile(r"^```.*?^```[ \t]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_LINK = re.compile(r"(\]\()([^)\s]+)(?=\))")


def names() -> list[str]:
    """Return the guides that lie beside the course: a copy of it may have none."""
    return [name for name, file in GUIDES.items() if file.is_file()]


def text(name: str) -> str:
    """Return the part of a guide that can be translated."""
    whole = _SWITCH.sub("", GUIDES[name].read_text(encoding="utf-8"))
    end = ENDS.get(name)
    return whole.partition(end)[0].rstrip() + "\n" if end else whole


def texts(name: str) -> list[str]:
    """Return the paragraphs of a guide, in order."""
    found: list[str] = []

    def keep(paragraph: str) -> str:
        found.append(paragraph)
        return paragraph

    paragraphs.put("markdown", text(name), keep)
    return found


def catalogue_file(name: str, language: str) -> pathlib.Path:
    """Return where the catalogue of a guide stands in a language."""
    return languages.FOLDER / language / "guides" / f"{name}.po"


def page_file(name: str, language: str) -> pathlib.Path:
    """Return where the page of a guide stands in a language."""
    return languages.FOLDER / language / f"{name}.md"


def page(name: str, language: str) -> str:
    """Return a guide in a language."""
    head = HEAD.format(original=GUIDES[name].relative_to(ROOT), language=language, name=name)
    told, left = _translated(name, language)
    with speaking(languages.spoken(language)):
        note = [f"*{UNFINISHED.format(count=left)}*"] if left else []
    return "\n\n".join([head, *note, _moved(told, name, language)])


def write(language: str) -> None:
    """Write the pages of a language; none of a guide of which nothing is translated."""
    for name in names():
        if _is_begun(name, language):
            page_file(name, language).write_text(page(name, language), encoding="utf-8")


def _is_begun(name: str, language: str) -> bool:
    return _translated(name, language)[1] < len(texts(name))


def _translated(name: str, language: str) -> tuple[str, int]:
    """Return a guide in a language, and how many paragraphs are in English."""
    catalogue = languages.read(catalogue_file(name, language))
    left = 0

    def put(paragraph: str) -> str:
        nonlocal left
        entry = catalogue.get(paragraph)
        if entry and entry.string and not entry.fuzzy:
            return str(entry.string)
        left += 1
        return paragraph

    return paragraphs.put("markdown", text(name), put), left


def _moved(told: str, name: str, language: str) -> str:
    """Return a translated guide whose links lead from its own folder to its own headings."""
    folder = languages.FOLDER / language
    pages = {file: each for each, file in GUIDES.items()}

    def lead(link: re.Match[str]) -> str:
        path, mark, anchor = link[2].partition("#")
        if "://" in path:
            return link[0]
        target = (GUIDES[name].parent / path).resolve() if path else GUIDES[name]
        other = pages.get(target)
        if other and _is_begun(other, language):
            anchor = _anchors(other, language).get(anchor, anchor)
            path = path and page_file(other, language).name
        elif path:
            path = pathlib.Path(os.path.relpath(target, folder)).as_posix()
        return f"{link[1]}{path}{mark}{anchor}"

    return _LINK.sub(lead, told)


def _anchors(name: str, language: str) -> dict[str, str]:
    """Return the anchor of each of a guide's headings in a language, by that in English.

    None where the translation has not as many: then nobody knows which is which.
    """
    english, told = _of_headings(text(name)), _of_headings(_translated(name, language)[0])
    return dict(zip(english, told, strict=True)) if len(english) == len(told) else {}


def _of_headings(markdown: str) -> list[str]:
    found = _HEADING.findall(_FENCE.sub("", markdown))
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found]
