"""The languages of the course: English, and each folder in languages/.

A folder holds ``messages.po``, what the kit and the feedback say, and in ``lessons`` one catalogue
a notebook, whose entries stand under the ids of the cells. Only translations that are not marked
as out of date count; what is missing is told in English.
"""

import copy
import functools
import gettext
import io
import pathlib
from collections.abc import Iterable

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from nbformat import NotebookNode

from autograders import ROOT, Refused
from autograders.course import paragraphs
from lab import language as kit_language
from lab.language import ENGLISH, Said

FOLDER = ROOT / "languages"
MESSAGES, LESSONS = "messages.po", "lessons"
KEY = "dl_week_one_language"
"""Where the metadata of a released notebook tell its language."""
IN_THE_KIT = "lab/messages.mo"

UNKNOWN = (
    "There is no language {language!r}. Choose one of: {names}. docs/translate.md tells how to add "
    "one."
)
UNFINISHED = (
    "{language} is not finished for {assignment}: {missing} texts are missing and {outdated} are "
    "out of date. Translate them (`python -m autograders translate` says in which files), or "
    "release with --incomplete; what is missing is in English then."
)
UNREADABLE = "{path} is no catalogue ({error}). Mend it, or restore it from version control."


def names() -> list[str]:
    """Return the languages that there are, English first."""
    there = sorted(file.parent.name for file in FOLDER.glob(f"*/{MESSAGES}"))
    return [ENGLISH, *there]


def check_name(language: str) -> str:
    """Return a language's name if it is one.

    Raises
    ------
    Refused
    """
    if language not in names():
        raise Refused(UNKNOWN.format(language=language, names=", ".join(names())))
    return language


def told(notebook: NotebookNode) -> str | None:
    """Return which of the languages a notebook's metadata tell, if they tell one.

    Of a notebook that was handed in see `autograders.judge.language`: students may change this.
    """
    said = notebook.metadata.get(KEY)
    return said if isinstance(said, str) and said in names() else None


def of(notebook: NotebookNode) -> str:
    """Return the language of a notebook of the course's making; English where nothing tells."""
    return told(notebook) or ENGLISH


def messages_file(language: str) -> pathlib.Path:
    """Return where the messages of a language stand."""
    return FOLDER / language / MESSAGES


def lesson_file(language: str, assignment: str) -> pathlib.Path:
    """Return where the lesson of an assignment stands in a language."""
    return FOLDER / language / LESSONS / f"{assignment}.po"


def read(file: pathlib.Path) -> Catalog:
    """Return a catalogue; an empty one where the file is not there.

    Raises
    ------
    Refused
        If it is no catalogue.
    """
    if not file.is_file():
        return Catalog()
    try:
        with file.open("rb") as stream:
            return read_po(stream, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        shown = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
        raise Refused(UNREADABLE.format(path=shown, error=error)) from None


def is_translated(entry: Message) -> bool:
    """Tell whether an entry has a translation, also one that is out of date."""
    forms = entry.string or ""
    return bool(forms) and all(forms)


def lacks(catalogue: Catalog, wanted: Iterable[tuple[str, str | None]]) -> tuple[int, int]:
    """Return how many of some texts a catalogue lacks, and of how many it is out of date.

    Parameters
    ----------
    catalogue : Catalog
    wanted : iterable of (str, str or None)
        Each text with the id of its cell, if it stands in one.
    """
    entries = [catalogue.get(text, context) for text, context in wanted]
    there = [entry for entry in entries if entry and is_translated(entry)]
    return len(entries) - len(there), sum(entry.fuzzy for entry in there)


def check_finished(language: str, notebook: NotebookNode, assignment: str) -> None:
    """Hold a language to having its messages and a lesson translated.

    Raises
    ------
    Refused
    """
    if check_name(language) == ENGLISH:
        return
    messages = read(messages_file(language))
    own = [(one if isinstance(one := each.id, str) else one[0], each.context) for each in messages]
    texts = [(text, cell.id) for cell in notebook.cells for text in paragraphs.of(cell)]
    counts = [
        lacks(messages, [each for each in own if each[0]]),
        lacks(read(lesson_file(language, assignment)), texts),
    ]
    missing, outdated = map(sum, zip(*counts, strict=True))
    if missing or outdated:
        says = {"language": language, "assignment": assignment}
        raise Refused(UNFINISHED.format(**says, missing=missing, outdated=outdated))


def compiled(language: str, sayings: tuple[str, ...] = ()) -> bytes:
    """Return the messages of a language as the kit reads them.

    Parameters
    ----------
    language : str
    sayings : tuple of str
        Texts made of a message and fields, which the kit knows only as they are in English.
    """
    catalogue = read(messages_file(language))
    spoken = kit_language.catalogue(_written(catalogue))
    for said in sayings:
        if isinstance(said, Said) and said not in catalogue:
            with kit_language.speaking(spoken):
                told = kit_language.translated(said)
            if told != said:
                catalogue.add(str(said), told)
    return _written(catalogue)


def _written(catalogue: Catalog) -> bytes:
    data = io.BytesIO()
    write_mo(data, catalogue)
    return data.getvalue()


@functools.lru_cache(maxsize=8)
def _spoken(file: pathlib.Path, _: int) -> gettext.NullTranslations:
    return kit_language.catalogue(_written(read(file)))


def spoken(language: str) -> gettext.NullTranslations:
    """Return the messages of a language, to tell things with `lab.language.speaking`."""
    file = messages_file(language)
    if language == ENGLISH or not file.is_file():
        return gettext.NullTranslations()
    return _spoken(file, file.stat().st_mtime_ns)


def translated(notebook: NotebookNode, assignment: str, language: str) -> NotebookNode:
    """Return a copy of a notebook in a language, which it tells; paragraphs that lack stay.

    It has no outputs: the course's are in English.

    Parameters
    ----------
    notebook : NotebookNode
        The course's, in English.
    assignment : str
    language : str
    """
    if language == ENGLISH:
        return notebook
    notebook = copy.deepcopy(notebook)
    catalogue = read(lesson_file(language, assignment))
    for cell in notebook.cells:

        def put(text: str, context: str = cell.id) -> str:
            entry = catalogue.get(text, context)
            return str(entry.string) if entry and entry.string and not entry.fuzzy else text

        cell.source = paragraphs.put(cell.cell_type, cell.source, put)
        if cell.cell_type == "code":
            cell.outputs = []  # those of the English lesson
    notebook.metadata[KEY] = language
    return notebook
