"""The language in which the kit speaks: English, or that of the catalogue in a release.

A sentence is written once, in English, as a `Message`. It becomes text when it is told, so one
process can tell the same thing in two languages. What a catalogue lacks is told in English.
"""

import base64
import contextlib
import contextvars
import functools
import gettext
import io
import pathlib
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

ENGLISH = "en"
FILE = pathlib.Path(__file__).with_name("messages.mo")
"""A release in another language has its catalogue here, compiled."""

LABEL = "label"
"""The context of labels that cells fill in; their fields are numbers in braces."""
FIELD = re.compile(r"\{\d\}")

_HAN = r"\u4e00-\u9fff"
_TOUCHING = re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{_HAN}])")
_APART = re.compile(rf"(?<=[，。；：、）]) (?=\S)|(?<=[{_HAN}]) (?=[{_HAN}（])")

_taken: gettext.NullTranslations | None = None
_spoken: contextvars.ContextVar[gettext.NullTranslations | None] = contextvars.ContextVar(
    "spoken", default=None
)


class Message(str):
    """A sentence with named fields, which is translated when it is told.

    Its value is the English text. `format` and `str` give what people read.
    """

    def format(self, *args: Any, **fields: Any) -> str:
        """Return the sentence with its fields, in the language that is spoken."""
        return spaced(translated(str.__str__(self)).format(*args, **fields))

    def __str__(self) -> str:
        return translated(str.__str__(self))


class Plural(Message):
    """A sentence that differs where the field ``count`` is one."""

    many: str

    def __new__(cls, one: str, many: str) -> "Plural":
        made = super().__new__(cls, one)
        made.many = many
        return made

    def format(self, *args: Any, **fields: Any) -> str:
        """Return the form for ``count``, in the language that is spoken."""
        form = _catalogue().ngettext(str.__str__(self), self.many, fields["count"])
        return spaced(form.format(*args, **fields))


class Said(str):
    """An English text made of a message and fields, which can still be told in another language.

    Examples
    --------
    >>> said = Said("for {m} examples", m=4)
    >>> said, said.message
    ('for 4 examples', 'for {m} examples')
    """

    message: str
    fields: dict[str, Any]

    def __new__(cls, message: str, **fields: Any) -> "Said":
        made = super().__new__(cls, message.format(**fields))
        made.message, made.fields = message, fields
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.message,), self.fields


COMMA, AND = Message(", "), Message("{others} and {last}")


def listed(texts: Iterable[str]) -> str:
    """Return some texts as they stand in a sentence.

    Examples
    --------
    >>> listed(["W3", "A2", "b3"])
    'W3, A2 and b3'
    """
    *others, last = texts
    return AND.format(others=str(COMMA).join(others), last=last) if others else last


def translated(text: str) -> str:
    """Return a text of the course in the language that is spoken; as it is where that lacks it."""
    if isinstance(text, Said):
        told = {k: translated(v) if isinstance(v, Said) else v for k, v in text.fields.items()}
        return spaced(translated(text.message).format(**told))
    if not text:
        return text
    spoken = _catalogue()
    found = spoken.gettext(text)
    return _filled(spoken, text) if found == text else found


def _filled(spoken: gettext.NullTranslations, text: str) -> str:
    """Return a label that a cell of a lesson has filled in, as in ``f"step {step}"``."""
    for pattern, told in _labels(spoken):
        if match := pattern.fullmatch(text):
            return spaced(told.format(*map(translated, match.groups())))
    return text


@functools.lru_cache(maxsize=8)
def _labels(spoken: gettext.NullTranslations) -> list[tuple[re.Pattern[str], str]]:
    """Return what labels look like in English, and what is told for them."""
    known: dict[Any, str] = getattr(spoken, "_catalog", {})
    entries = ((str(key).partition("\4"), told) for key, told in known.items())
    return [
        (re.compile("(.+?)".join(map(re.escape, FIELD.split(english)))), told)
        for (context, _, english), told in entries
        if context == LABEL and told
    ]


def spaced(text: str) -> str:
    """Return a text with a blank between Chinese and Latin, and none between Chinese and Chinese.

    Where fields are put in, the catalogue cannot know which of both they are.
    """
    return text if text.isascii() else _TOUCHING.sub(" ", _APART.sub("", text))


def capitalised(text: str) -> str:
    """Return a text as a sentence begins; a Chinese one that begins with a name keeps the name.

    Examples
    --------
    >>> capitalised("for lambd = 2"), capitalised("lambd = 2 时")
    ('For lambd = 2', 'lambd = 2 时')
    """
    return text if re.search(f"[{_HAN}]", text) else text[:1].upper() + text[1:]


def catalogue(compiled: bytes) -> gettext.NullTranslations:
    """Return a catalogue of its compiled form, with which `speaking` tells things."""
    return gettext.GNUTranslations(io.BytesIO(compiled))


@contextlib.contextmanager
def speaking(spoken: gettext.NullTranslations) -> Iterator[None]:
    """Tell everything in this block in the language of a catalogue.

    Parameters
    ----------
    spoken : gettext.NullTranslations
        The class itself, without a catalogue, speaks English.
    """
    token = _spoken.set(spoken)
    try:
        yield
    finally:
        _spoken.reset(token)


def packed(compiled: bytes) -> str:
    """Return a catalogue's compiled form as a short text; see `take`."""
    return base64.b85encode(zlib.compress(compiled)).decode()


def take(text: str) -> None:
    """Tell everything in this process in the language of a catalogue that was `packed`."""
    global _taken
    _taken = catalogue(zlib.decompress(base64.b85decode(text)))


def _catalogue() -> gettext.NullTranslations:
    return _spoken.get() or _taken or _of_the_kit()


@functools.cache
def _of_the_kit() -> gettext.NullTranslations:
    return catalogue(FILE.read_bytes()) if FILE.is_file() else gettext.NullTranslations()
