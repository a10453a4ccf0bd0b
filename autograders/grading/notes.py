"""A note of the course to everybody, at the top of the feedback pages of an assignment.

It is plain text in notes/<assignment>.txt of the course's folder, to be written by hand or by the
command. A page that does not show what it says now is an old one.
"""

import pathlib

import markupsafe

from lab.language import Message

FOLDER = "notes"
LONGEST = 5_000  # characters

HEAD = Message("A note from your course")
SHOWN = markupsafe.Markup(
    '<section aria-label="{head}" style="border: 1px solid #767676; '
    'color: #1a1a1a; background: #fff; margin: 1rem; padding: .5rem 1rem; white-space: pre-wrap">'
    "<strong>{head}</strong>\n{text}</section>"
)


def file(course: pathlib.Path, assignment: str) -> pathlib.Path:
    """Return where the note to an assignment stands."""
    return course / FOLDER / f"{assignment}.txt"


def read(course: pathlib.Path, assignment: str) -> str:
    """Return the note to an assignment; nothing where there is none."""
    try:
        text = file(course, assignment).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return text.strip()[:LONGEST]


def write(course: pathlib.Path, assignment: str, text: str) -> None:
    """Write the note to an assignment; an empty one takes it away."""
    path = file(course, assignment)
    if not text.strip():
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.strip() + "\n", encoding="utf-8")


def shown(text: str) -> str:
    """Return a note as HTML, or nothing."""
    return str(SHOWN.format(head=str(HEAD), text=text)) if text else ""
