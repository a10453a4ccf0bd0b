"""The guides' pictures are small, and each is shown somewhere with words for who cannot see it."""

import re

from autograders import ROOT
from autograders.browser.guides import PICTURES

LARGEST = 120_000  # bytes
SHOWN = re.compile(r"!\[(.*?)\]\((?:docs/)?pictures/([\w-]+\.png)\)")


def test_each_picture_is_small_and_has_words():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    words = {
        file: alt for page in pages for alt, file in SHOWN.findall(page.read_text(encoding="utf-8"))
    }
    pictures = {file.name: file.stat().st_size for file in PICTURES.glob("*.png")}
    assert sorted(words) == sorted(pictures)
    assert {file: size for file, size in pictures.items() if size > LARGEST} == {}
    assert {file: alt for file, alt in words.items() if len(alt.split()) < 6} == {}
