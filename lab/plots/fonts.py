"""The words in figures: in the language that is spoken where a font has its letters.

Matplotlib's own font has no Chinese ones. Where no installed font has them the words stay English.
"""

import contextlib
import functools
import sys

from matplotlib import font_manager

from lab.language import Message, translated

FAMILIES = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
    *("Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "SimHei", "DengXian"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Sans CJK TC"),
    *("Droid Sans Fallback", "Arial Unicode MS", "AR PL UMing CN", "AR PL UKai CN"),
)
"""Fonts for other letters, the better ones first."""
OWN = "DejaVu Sans"
NO_FONT = Message(
    "No font for this language is installed, so the words in figures are English. The text below "
    "each figure is not."
)

_told: set[str] = set()


class Word(Message):
    """A word or a sentence in a figure."""

    def format(self, *args, **fields):
        """Return it with its fields, in a language for which there is a font."""
        return worded(str.__str__(self)).format(*args, **fields)

    def __str__(self):
        return worded(str.__str__(self))


def worded(text):
    """Return what a figure says for an English text."""
    told = translated(text)
    return told if told.isascii() or family(told) else text


@functools.lru_cache(maxsize=512)
def family(text):
    """Return the first font that has all letters of a text; None where there is none."""
    for name in (OWN, *(() if text.isascii() else installed())):
        font = font_manager.get_font(font_manager.findfont(name))
        if all(font.get_char_index(ord(letter)) for letter in text if not letter.isspace()):
            return name
    return None


def style():
    """Return which fonts Matplotlib is to look for letters in, one after the other."""
    spoken = translated("step")
    return {"font.family": [OWN, *(() if spoken.isascii() else installed())]}


def lacking(sample):
    """Tell, once for each text, that figures cannot say it in the language that is spoken."""
    told = translated(sample)
    if told in _told or told.isascii() or family(told):
        return False
    _told.add(told)
    return True


@functools.cache
def installed():
    """Return the fonts for other letters that this machine has, the better ones first."""
    if not _known():
        _look_again()
    return _known()


def _known():
    names = {font.name for font in font_manager.fontManager.ttflist}
    return tuple(each for each in FAMILIES if each in names)


def _look_again():
    """Let Matplotlib know fonts that were installed after it made its list of them.

    It asks another program where fonts lie, unless it is told; none may be started where hand-ins
    are graded.
    """
    told = sys.platform in ("win32", "darwin")
    folders = None if told else font_manager.X11FontDirectories
    known = {font.fname for font in font_manager.fontManager.ttflist}
    for file in font_manager.findSystemFonts(folders):
        if file not in known:
            with contextlib.suppress(Exception):  # whatever a broken font does
                font_manager.fontManager.addfont(file)
