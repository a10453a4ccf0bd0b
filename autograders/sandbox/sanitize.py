"""Making what a student handed in inert: formgrader and feedback show it in somebody's browser.

Formgrader renders the graded notebook inside the instructor's Jupyter, where a script
could start a kernel or change a grade. So text and PNG pictures are all that is kept.
"""

import base64
import binascii
import re
from typing import Any

from nbformat import NotebookNode, from_dict

from lab.language import Message

LARGEST_TEXT = 20_000  # characters that a cell may show
LARGEST_PICTURE = 2_000_000  # bytes of a picture, as base64
WIDEST = 4_000  # pixels
MOST_OUTPUTS = 60  # in a cell
CUT = Message("\n[... cut here: the cell shows more than {limit:,} characters]\n")
LEFT_OUT = Message("[an output of another kind than text or PNG is not kept]")
PNG = b"\x89PNG\r\n\x1a\n"

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_BREAKING = ("\n", "\t", "\r")
_BREAKS = re.compile("([\n\t\r])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
# MathJax commands that make links, classes or styles, or load more of MathJax
_RISKY = "(href|url|class|cssId|style|require|unicode|includegraphics|mmlToken|csname)(?![A-Za-z])"
_MATHJAX = re.compile(rf"\\(?={_RISKY})")
_ESCAPED_TAG = re.compile(r"&lt;(?=[A-Za-z/!?])")
_ESCAPED_MATHJAX = re.compile(rf"\\backslash (?={_RISKY})")


def outputs(found: list[Any]) -> list[NotebookNode]:
    """Return outputs as nbformat has them, with their text and PNG pictures alone.

    Parameters
    ----------
    found : list of dict
        Outputs of any origin; what is none is left out.

    Returns
    -------
    list of NotebookNode
    """
    kept: list[NotebookNode] = []
    room = LARGEST_TEXT
    for output in found:
        if len(kept) >= MOST_OUTPUTS or not isinstance(output, dict):
            continue
        made = _output(output, room)
        if made is None:
            continue
        room -= _length(made)
        last = kept[-1] if kept else None
        if last and made.output_type == last.output_type == "stream" and made.name == last.name:
            last.text += made.text
        else:
            kept.append(made)
    return kept


def markdown(source: str) -> str:
    """Return markdown that holds no HTML, no picture and no link; the words stay.

    A plain address of the web may become a link to what it says when it is shown.

    Parameters
    ----------
    source : str
    """
    text = _TAG.sub("&lt;", _text(source))
    text = _MATHJAX.sub(r"\\backslash ", text)
    return text.replace("![", "!\\[").replace("](", "] (").replace("]:", "] :")


def as_written(source: str) -> str:
    """Return what a student wrote, of what `markdown` made of it: for plain text, never for HTML.

    Who wrote it in the form that `markdown` gives, such as ``] (`` for ``](``, is shown the other.

    Parameters
    ----------
    source : str
    """
    text = source.replace("] :", "]:").replace("] (", "](").replace("!\\[", "![")
    return _ESCAPED_TAG.sub("<", _ESCAPED_MATHJAX.sub(r"\\", text))


def preformatted(source: str) -> str:
    """Return text as an indented markdown block, which shows it letter for letter."""
    return "\n".join("    " + line for line in _text(source).splitlines())


def _output(output: dict[str, Any], room: int) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        text = _cut(_text(output.get("text")), room)
        return NotebookNode(output_type="stream", name=name, text=text) if text else None
    if kind == "error":
        frames = output.get("traceback")
        frames = [_text(frame) for frame in frames] if isinstance(frames, list) else []
        # frames of installed files name folders of this machine and say little to a student
        own = [frame for frame in frames if not frame.lstrip().startswith("File ")]
        text = "\n".join(own)
        return NotebookNode(
            output_type="error",
            ename=_one_line(output.get("ename")),
            evalue=_one_line(output.get("evalue")),
            traceback=_cut(text, room).split("\n"),
        )
    if kind in ("display_data", "execute_result"):
        return _display(output, room)
    return None


def _display(output: dict[str, Any], room: int) -> NotebookNode | None:
    bundle = output.get("data")
    data: dict[str, str] = {}
    metadata: dict[str, Any] = {}
    if isinstance(bundle, dict):
        picture = _picture(bundle.get("image/png"))
        if picture:
            data["image/png"] = picture
            metadata = _about(output.get("metadata"))
        data["text/plain"] = _cut(_text(bundle.get("text/plain")) or str(LEFT_OUT), room)
    # never an execute_result: the first of a graded cell is its score
    if not data:
        return None
    return from_dict({"output_type": "display_data", "data": data, "metadata": metadata})


def _picture(found: Any) -> str | None:
    """Return base64 text if it is a PNG picture of a bearable size, else None."""
    text = _joined(found)
    if not 0 < len(text) <= LARGEST_PICTURE:
        return None
    try:
        picture = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(picture).decode() if picture.startswith(PNG) else None


def _about(metadata: Any) -> dict[str, Any]:
    """Return a picture's size, and its alternative without what could end an attribute."""
    of_picture = metadata.get("image/png") if isinstance(metadata, dict) else None
    if not isinstance(of_picture, dict):
        return {}
    about: dict[str, Any] = {}
    alt = of_picture.get("alt")
    if alt:
        about["alt"] = re.sub(r"[<>\"'&`]", "", _one_line(alt, 1_000))
    for side in ("width", "height"):
        if type(of_picture.get(side)) is int and 0 < of_picture[side] <= WIDEST:
            about[side] = of_picture[side]
    return {"image/png": about} if about else {}


def _joined(value: Any) -> str:
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _text(value: Any) -> str:
    parts = _BREAKS.split(_ESCAPES.sub("", _joined(value)))
    return "".join(p if p.isprintable() or p in _BREAKING else _printable(p) for p in parts)


def _printable(text: str) -> str:
    return "".join(filter(str.isprintable, text))


def _one_line(value: Any, longest: int = 300) -> str:
    return " ".join(_text(value).split())[:longest]


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[: max(room, 0)] + CUT.format(limit=LARGEST_TEXT) if room > 0 else ""


def _length(output: NotebookNode) -> int:
    if output.output_type == "stream":
        return len(output.text)
    if output.output_type == "error":
        return sum(map(len, output.traceback))
    return len(output.data.get("text/plain", ""))
