"""Every link leads somewhere: to a file or heading that is there, or to a well-formed address.

Addresses on the web are not called: the tests need no network.
"""

import re
import urllib.parse

import mistune
import pytest

from autograders import ROOT
from autograders.course import lesson
from tests.repository import files

read = mistune.create_markdown(renderer=None, plugins=["table", "math", "url"])
GUIDES, NOTEBOOKS = files(".md"), files(".ipynb")


def tokens(found):
    """Yield tokens of Markdown, those inside others too."""
    for token in found:
        yield token
        yield from tokens(token.get("children", []))


def links(text):
    """Yield the addresses of a text's links and pictures, in HTML too."""
    for token in tokens(read(text)):
        if token["type"] in ("link", "image"):
            yield token["attrs"]["url"]
        elif token["type"] in ("inline_html", "block_html"):
            yield from re.findall(r"""(?:href|src)=["']([^"']*)""", token["raw"])


def headings(text):
    """Yield the headings of a text as bare words."""
    for token in read(text):
        if token["type"] == "heading":
            yield "".join(part.get("raw", "") for part in tokens(token["children"]))


def github_anchors(text):
    """Return the anchors that GitHub gives a text's headings."""
    anchors = []
    for heading in headings(text):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        again = anchors.count(anchor)
        anchors.append(f"{anchor}-{again}" if again else anchor)
    return anchors


def jupyter_anchors(text):
    """Return the anchors that Jupyter gives a text's headings."""
    return [heading.replace(" ", "-") for heading in headings(text)]


def text_and_anchors(file):
    """Return a guide's or a notebook's Markdown and the anchors in it."""
    if file.suffix == ".md":
        text = file.read_text(encoding="utf-8")
        return text, github_anchors(text)
    cells = [cell.source for cell in lesson.read(file).cells if cell.cell_type == "markdown"]
    text = "\n\n".join(cells)
    return text, jupyter_anchors(text)


def problems(file):
    """Yield what is wrong with the links of a guide or a notebook, a line each."""
    text, anchors = text_and_anchors(file)
    for link in links(text):
        address = urllib.parse.urlsplit(link)
        if address.scheme or address.netloc:
            if not re.fullmatch(r"https://[\w-]+(\.[\w-]+)+(/[^\s<>\"]*[^\s<>\".,;])?/?", link):
                yield f"{link}: no well-formed https address"
            continue
        path, anchor = urllib.parse.unquote(address.path), urllib.parse.unquote(address.fragment)
        target = (file.parent / path).resolve() if path else file
        if path.startswith("/") or not target.is_relative_to(ROOT) or not target.exists():
            yield f"{link}: there is no such file"
        elif path and file.suffix == ".ipynb":
            yield f"{link}: a notebook travels alone, so it cannot link to a file"
        elif anchor:
            there = anchors
            if target != file:
                there = text_and_anchors(target)[1] if target.suffix in (".md", ".ipynb") else []
            if anchor not in there:
                yield f"{link}: there is no such heading"


@pytest.mark.parametrize(
    "file", [*GUIDES, *NOTEBOOKS], ids=lambda file: str(file.relative_to(ROOT))
)
def test_every_link_leads_somewhere(file):
    assert list(problems(file)) == []


def test_links_are_found():
    assert sum(len(list(links(text_and_anchors(file)[0]))) for file in GUIDES + NOTEBOOKS) > 5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Ten *minutes*, `a_b`!\n\n[x](#ten-minutes-a_b)", None),
        ("# Ten minutes\n\n[x](#Ten-minutes)", "there is no such heading"),
        ("# A\n\n# A\n\n[x](#a-1)", None),
        ("# A\n\n[x](#a-1)", "there is no such heading"),
        ("[x](other.md#here)", None),
        ("[x](other.md#there)", "there is no such heading"),
        ("[x](pyproject.toml#here)", "there is no such heading"),
        ("[x](nothing.md)", "there is no such file"),
        ("![x](nothing.png)", "there is no such file"),
        ('<img src="nothing.png">', "there is no such file"),
        ("[x][1]\n\n[1]: nothing.md", "there is no such file"),
        ("[x](/pyproject.toml)", "there is no such file"),
        ("[x](../../../../etc/passwd)", "there is no such file"),
        ("<https://example.org/a_(b)?c=d#e>", None),
        ("[x](http://example.org)", "no well-formed https address"),
        ("[x](https://example)", "no well-formed https address"),
        ("[x](https://example.org/a.)", "no well-formed https address"),
        ("$[x](nothing.md)$", None),
    ],
)
def test_bad_links_are_found(text, found, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_links.ROOT", tmp_path)
    (tmp_path / "other.md").write_text("# Here")
    (tmp_path / "pyproject.toml").write_text("[here]")
    (tmp_path / "guide.md").write_text(text)
    said = list(problems(tmp_path / "guide.md"))
    assert len(said) == (found is not None)
    assert all(line.endswith(found) for line in said)


def test_a_notebook_links_to_its_own_headings_only(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_links.ROOT", tmp_path)
    notebook = lesson.read(lesson.path("dropout"))
    (tmp_path / "beside.md").write_text("# Here")
    notebook.cells[0].source = "# The data\n\n[x](#The-data) [y](#the-data) [z](beside.md)"
    lesson.write(notebook, tmp_path / "a.ipynb")
    assert list(problems(tmp_path / "a.ipynb"))[:2] == [
        "#the-data: there is no such heading",
        "beside.md: a notebook travels alone, so it cannot link to a file",
    ]
