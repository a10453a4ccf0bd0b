"""The CSV files in which platforms and people list students: which column says what.

Looked up in the platforms' own code, as of 2026: Canvas's gradebook in instructure/canvas-lms
lib/gradebook_exporter.rb, its list of groups by its header; Moodle's grading worksheet in
moodle/moodle mod/assign/gradingtable.php, read back by
mod/assign/feedback/offline/importgradeslib.php.
"""

import codecs
import csv
import io
import pathlib
import re
from dataclasses import dataclass, field

from autograders import Refused
from lab.judge.excerpt import printable

LARGEST = 20_000_000  # bytes
LONGEST_SHOWN = 60  # characters

FIELDS = {
    "id": ("id", "student id"),
    "name": ("name", "full name", "student", "student name"),
    "first_name": ("first name", "firstname", "first name(s)", "given name"),
    "last_name": ("last name", "lastname", "last name(s)", "surname", "family name"),
    "email": ("email", "e-mail", "mail", "email address"),
    "login": ("login", "login id", "sis login id", "username", "user name"),
    "canvas_id": ("canvas id", "canvas user id", "lms user id"),
    "sis_id": ("sis id", "sis user id", "user id"),
    "id_number": ("id number", "student number"),
    "section": ("section", "sections"),
    "groups": ("groups", "group", "group name", "team"),
    "participant": ("identifier",),
    "submitted": ("submitted", "submitted at", "last modified (submission)"),
    "status": ("status",),
}
"""What is taken from a column, and what such a column is called."""

NOT_NEEDED = {
    *("integration id", "root account", "canvas group id", "group id", "institution"),
    *("department", "role", "roles", "last access to course", "last downloaded from this course"),
    *("grade", "maximum grade", "scale", "marking workflow state", "grade can be changed"),
    *("last modified (grade)", "feedback comments", "online text", "marker", "city/town"),
    *("country", "notes", "enrolment methods"),
}
"""What platforms add, and nobody needs here."""

_GRADES = re.compile(
    r".+ \(\d+\)|.*\b(current|final|override|unposted) (score|grade|points).*|.+ \(real\)"
)
"""A platform's columns of grades."""

_CANVAS = {"sis login id", "section"}
"""Columns beside which an ID is Canvas's own number."""

NOT_THERE = "There is no file {file}."
NOT_READABLE = "{file} cannot be read ({reason}). Mend that, then run the command again."
SPREADSHEET = "{file} is a spreadsheet program's own file. Save it there as CSV (UTF-8)."
NO_TEXT = "{file} is no CSV file. Export the list of students again, or save it as CSV (UTF-8)."
NOT_CLOSED = "{file}: a quotation mark is not closed, so lines below it run together. Mend that."
END = "end"
"""A line of its own below the last one, unless a quotation mark is open there."""
NO_ROWS = "{file} lists nobody below its first line. Export the list of students again."
NO_STUDENTS = (
    "{file} has no column that names a student. Its columns are: {columns}. "
    "Say which one does: --column '{first}=login' (or name, email, id)."
)
SAME_COLUMN = "{file} has two columns for {field}: {first!r} and {second!r}. Remove one of them."
NO_SUCH_COLUMN = "{file} has no column {column!r}. Its columns are: {columns}."
NO_SUCH_FIELD = "{field!r} is nothing that a roster knows. Choose one of: {fields}."
BAD_ROW = "{file}, line {line}: {count} cells below {wanted} columns. Mend that line."


@dataclass
class Sheet:
    """What a CSV file says of students.

    Attributes
    ----------
    file : str
        Its name, for messages.
    rows : list of dict of str to str
        For each line what its known columns say, by the names of `FIELDS`.
    unknown : list of str
        The titles of columns of which nothing is known.
    """

    file: str
    rows: list[dict[str, str]]
    unknown: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Tell whether any line says something of a field."""
        return any(row.get(name) for row in self.rows)


def read(file: pathlib.Path, told: dict[str, str] | None = None) -> Sheet:
    """Read a list of students as a platform or a person has made it.

    Parameters
    ----------
    file : pathlib.Path
    told : dict of str to str, optional
        Which field a column is, by the column's title, where that is not known.

    Raises
    ------
    Refused
        If it is no such list.
    """
    shown = printable(file.name, LONGEST_SHOWN)
    table = _table(_text(file, shown), shown)
    titles = [title.strip() for title in table[0]]
    known, unknown = _known(titles, shown, told or {})
    rows = [dict.fromkeys(known.values(), "") for _ in table[1:]]
    for row, cells in zip(rows, table[1:], strict=True):
        for place, name in known.items():
            row[name] = cells[place].strip() if place < len(cells) else ""
    rows = [row for row in rows if any(row.values())]
    if not rows:
        raise Refused(NO_ROWS.format(file=shown))
    return Sheet(shown, rows, unknown)


def _text(file: pathlib.Path, shown: str) -> str:
    """Return a file's text, in whatever form spreadsheet programs save it."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise Refused(NOT_THERE.format(file=shown)) from None
    except OSError as error:
        raise Refused(NOT_READABLE.format(file=shown, reason=error.strerror)) from None
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Refused(SPREADSHEET.format(file=shown))
    if len(data) > LARGEST:
        raise Refused(NO_TEXT.format(file=shown))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refused(NO_TEXT.format(file=shown))
    return text


def _table(text: str, shown: str) -> list[list[str]]:
    """Return the cells of all lines that have any."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    between = max(",;\t", key=first.count)
    ended = io.StringIO(f"{text}\n{END}", newline="")
    try:
        *lines, last = csv.reader(ended, delimiter=between)
    except csv.Error:
        raise Refused(NO_TEXT.format(file=shown)) from None
    if last != [END]:  # one cell has swallowed all that follow it
        raise Refused(NOT_CLOSED.format(file=shown))
    table = [cells for cells in lines if any(cell.strip() for cell in cells)]
    if not table:
        raise Refused(NO_TEXT.format(file=shown))
    for number, cells in enumerate(table[1:], 2):
        if len(cells) > len(table[0]) and any(cells[len(table[0]) :]):
            says = {"count": len(cells), "wanted": len(table[0])}
            raise Refused(BAD_ROW.format(file=shown, line=number, **says))
    return table


def _known(titles: list[str], shown: str, told: dict[str, str]) -> tuple[dict[int, str], list[str]]:
    """Return which column says what, by its place, and the titles that are not known."""
    says = {"file": shown, "columns": ", ".join(titles)}
    for column, name in told.items():
        if column not in titles:
            raise Refused(NO_SUCH_COLUMN.format(**says, column=column))
        if name not in FIELDS:
            raise Refused(NO_SUCH_FIELD.format(field=name, fields=", ".join(FIELDS)))
    plain = [re.sub(r"[\s_]+", " ", title.casefold()).strip() for title in titles]
    of_canvas = len(_CANVAS.intersection(plain)) == len(_CANVAS)
    names = {title: name for name, each in FIELDS.items() for title in each}
    known: dict[int, str] = {}
    unknown: list[str] = []
    for place, (title, word) in enumerate(zip(titles, plain, strict=True)):
        given = "canvas_id" if word == "id" and of_canvas else names.get(word)
        found = told.get(title) or given
        if found is None:
            unknown += [] if _not_needed(word) else [title]
        elif found in known.values():
            first = titles[next(other for other, each in known.items() if each == found)]
            raise Refused(SAME_COLUMN.format(file=shown, field=found, first=first, second=title))
        else:
            known[place] = found
    if not {"id", "name", "last_name", "email", "login"}.intersection(known.values()):
        raise Refused(NO_STUDENTS.format(**says, first=titles[0]))
    return known, unknown


def _not_needed(word: str) -> bool:
    return not word or word in NOT_NEEDED or bool(_GRADES.fullmatch(word))
