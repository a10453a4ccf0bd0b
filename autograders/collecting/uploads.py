"""What a platform calls the files in its ZIP file of an assignment: whose each is.

Looked up in the platforms' own code, as of 2026.

Canvas, instructure/canvas-lms lib/content_zipper.rb: the student's name as it is sorted, in small
letters and without blanks, or the group's; LATE where it is (in small letters once); the student's
number, or anon and a sign where grading is anonymous; the file's number; the file's name. A text
or an address that was typed has no file's number. app/models/attachment.rb: a name that the
student has used before gets -1, -2, up to -7, then a random text. The times of the entries are
that of the download.

Moodle, moodle/moodle mod/assign/classes/downloader.php (locallib.php before 4.1): the student's
full name in which blanks stand for underlines, or the group's, or Participant where grading is
anonymous; the participant's number in this one assignment, which is none of the user's; then
assignsubmission_file or assignsubmission_onlinetext. All of it is either a folder (since 3.1, with
an underline at the end at first) or stands in front of the file's name. Whoever is in no group is
in the "Default group", which has no number. lib/classes/local/archive_writer/zip_writer.php: the
times of the entries are that of the download.
"""

import pathlib
import re
from dataclasses import dataclass

CANVAS, MOODLE = "canvas", "moodle"
PLATFORMS = (CANVAS, MOODLE)
FILE, TEXT = "file", "text"


@dataclass(frozen=True)
class Upload:
    """A file in a platform's ZIP file.

    Attributes
    ----------
    platform : str
    place : str
        Where it is in the ZIP file.
    who : str
        What the platform calls the student or the group; empty where it says nothing.
    number : str
        The platform's own: Canvas's of the student, Moodle's of the participant or the group.
    late : bool
        What Canvas says; Moodle says nothing here.
    kind : str
        `FILE`, or `TEXT` for what was typed on the platform.
    path : str
        What the student called the file, with the folders around it.
    turn : int
        Canvas's number of the file: a later upload has a higher one.
    """

    platform: str
    place: str
    who: str
    number: str
    late: bool
    kind: str
    path: str
    turn: int = 0

    @property
    def begin(self) -> str:
        """How the names begin by which the platform takes a page for whoever has uploaded this.

        Empty where there is no such name: of a typed text, or where Moodle, which counts the
        pieces between underlines, would find no number.
        """
        if self.kind != FILE:
            return ""
        if self.platform == MOODLE:
            known = self.number and "_" not in self.who
            return f"{self.who}_{self.number}_assignsubmission_{FILE}" if known else ""
        return pathlib.PurePosixPath(self.place).name.removesuffix(self.path)

    @property
    def from_whom(self) -> tuple[str, str]:
        """What all files of one hand-in have in common."""
        return self.who, self.number


_CANVAS = re.compile(
    r"(?:(?P<who>.*?)_)??(?:(?P<late>late)_)?(?:(?P<number>\d+)|anon_(?P<sign>[^\W_]+))_"
    r"(?:(?P<turn>\d+)_(?P<path>.+)|(?P<typed>text|link)(?: ?\(\d+\)|-\d+)?\.html)",
    re.IGNORECASE | re.DOTALL,
)
_MOODLE = re.compile(
    r"(?P<who>.+?)(?:_(?P<number>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<path>.*))?",
    re.DOTALL,
)


def canvas(place: str) -> Upload | None:
    """Return what Canvas says of a file by its name, None where it is not named as Canvas does."""
    found = _CANVAS.fullmatch(pathlib.PurePosixPath(place).name)
    if not found:
        return None
    number, kind = found["number"] or "", TEXT if found["typed"] else FILE
    who = found["who"] or (f"anon_{found['sign']}" if found["sign"] else "")
    path, turn = found["path"] or f"{found['typed']}.html", int(found["turn"] or 0)
    return Upload(CANVAS, place, who, number, bool(found["late"]), kind, path, turn)


def moodle(place: str) -> Upload | None:
    """Return what Moodle says of a file by its place, None where it is not named as Moodle does."""
    parts = pathlib.PurePosixPath(place).parts
    for at, part in enumerate(parts):
        if found := _MOODLE.fullmatch(part):
            below = [*filter(None, [found["path"]]), *parts[at + 1 :]]
            kind = FILE if found["kind"] == FILE else TEXT
            path = "/".join(below)
            return Upload(MOODLE, place, found["who"], found["number"] or "", False, kind, path)
    return None


READ = {CANVAS: canvas, MOODLE: moodle}
