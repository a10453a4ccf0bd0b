"""Feedback pages for a platform's upload, and as mails for a mail program; nothing is sent.

What the platforms know a file by was looked up in their own code, as of 2026.

Moodle, moodle/moodle mod/assign/feedback/file/importziplib.php (is_valid_filename_for_import): a
folder, or the beginning of a file's name, of at least four pieces between underlines: the name,
the participant's number in this assignment, the kind of the plugin, the plugin. The rest is what
the file is called. The folders that its own ZIP file of submissions has are such names.

Canvas, instructure/canvas-lms app/models/abstract_assignment.rb
(infer_comment_context_from_filename): the name's pieces between underlines, without LATE; anon and
two that follow it, or else the first two that are numbers: the student's, and that of a file which
the student has handed in. Any other file is ignored without a word. Canvas shows a page under the
name of the file that was handed in.

Both numbers stand in the ZIP file of submissions that the platform gives out, and nowhere here.
"""

import hashlib
import pathlib
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from string import Template
from typing import NamedTuple, Self

from nbgrader.api import Student as NbgradersStudent

from autograders import Refused, handful
from autograders.collecting import packed as given_out
from lab.judge.excerpt import printable

CANVAS, MOODLE, MAIL = "canvas", "moodle", "mail"
FORMS = (CANVAS, MOODLE, MAIL)
NONE_NAMED = "{file} holds no file that is named as {platform} does it. Name the right one."
NOT_IN_IT = (
    "{assignment}: {count} left out, for nothing in {file} is what they handed in: {names}. "
    "Download the submissions again, or give their pages back by hand."
)
SEVERAL = (
    "{assignment}: {count} left out, for others handed in the same file: {names}. "
    "Give their pages back by hand."
)
UNDER_SEVERAL = (
    "{assignment}: {count} left out, for what they handed in stands under several names in "
    "{file}: {names}. Give their pages back by hand."
)
NOT_READ = (
    "{assignment}: {count} files in {file} cannot be read: {names}. Download the submissions again."
)
NO_ADDRESS = (
    "{assignment}: {count} left out, for no e-mail address of theirs can be used: {names}. Take in "
    "a list that has them: `python -m autograders roster students.csv`."
)
BAD_TEMPLATE = (
    "{file} cannot be used ({reason}). It is a text whose first line begins with 'Subject: ', "
    "and may name $student, $first_name, $last_name and $assignment."
)
LARGEST = 50_000_000  # bytes of a file that is compared
DEFAULT = """\
Subject: Your feedback: $assignment

Hello $first_name,

the page with the feedback to your notebook is attached. It opens in any browser.
"""
SUBJECT = "Subject: "

_CANVAS = re.compile(
    r"(?P<begin>(?:.*?_)??(?:LATE_)?(?:\d+|anon_[^\W_]+)_\d+_).+", re.IGNORECASE | re.DOTALL
)
_MOODLE = re.compile(r"(?P<begin>[^/_]+_\d+_assignsubmission_file)(?:_[^/]*)?(?:/.*)?", re.DOTALL)
_BEGINS = {CANVAS: _CANVAS, MOODLE: _MOODLE}


class Student(NamedTuple):
    """Whom a page goes to."""

    id: str
    first_name: str
    last_name: str
    email: str
    number: str
    """The platform's own, as nbgrader's lms_user_id; it may be empty."""

    @classmethod
    def of(cls, known: NbgradersStudent) -> Self:
        """Return what nbgrader knows of a student."""
        about = (known.first_name, known.last_name, known.email, known.lms_user_id)
        return cls(known.id, *(each or "" for each in about))


@dataclass
class HandedBack:
    """What came of it: how many pages are in it, and why others are not."""

    path: pathlib.Path
    count: int = 0
    problems: list[str] = field(default_factory=list)

    def tell(self, left: Mapping[str, list[str]], **says: str) -> None:
        """Say of each reason how many it is about, and name a handful."""
        for what, names in left.items():
            shown = handful(map(printable, names))
            self.problems.append(what.format(count=len(names), names=shown, **says))


def for_platform(
    platform: str,
    assignment: str,
    pages: Mapping[str, pathlib.Path],
    submitted: pathlib.Path,
    given: pathlib.Path,
    target: pathlib.Path,
    students: Mapping[str, Student],
) -> HandedBack:
    """Write the ZIP file that a platform's upload of feedback takes.

    Parameters
    ----------
    platform : str
        `CANVAS` or `MOODLE`.
    assignment : str
    pages : mapping of str to pathlib.Path
        By student.
    submitted : pathlib.Path
        Whose hand-in is what tells whose a file in the platform's ZIP file is.
    given : pathlib.Path
        The ZIP file of submissions that the platform gave out, or the folder made of it.
    target : pathlib.Path
    students : mapping of str to Student

    Raises
    ------
    Refused
        If that is no such file.
    """
    begins, unread = _begins(given, platform)
    left = defaultdict(list, {NOT_READ: unread} if unread else {})
    done = HandedBack(target)
    owners = _owners(submitted, assignment, pages)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}")
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as packed:
        for student, page in pages.items():
            begin, problem = _whose(student, begins, owners, students.get(student))
            if begin is None:
                left[problem].append(student)
                continue
            packed.write(page, _name(platform, begin, assignment))
            done.count += 1
    aside.replace(target)
    done.tell(left, assignment=assignment, file=printable(given.name))
    return done


def _name(platform: str, begin: str, assignment: str) -> str:
    if platform == MOODLE:
        return f"{begin}/{assignment}.html"
    return f"{begin}{assignment}.html"


def _whose(
    student: str,
    begins: Mapping[str, set[str]],
    owners: Mapping[str, set[str]],
    known: Student | None,
) -> tuple[str | None, str]:
    """Return what the platform calls a student's files, or None and why that is not certain."""
    mine = [digest for digest, whose in owners.items() if student in whose]
    alone = {b for digest in mine if owners[digest] == {student} for b in begins.get(digest, ())}
    shared = {b for digest in mine for b in begins.get(digest, ())}
    number = known.number if known else ""
    numbered = {b for b in shared if number and f"_{_of(b)}".endswith(f"_{number}_")}
    for found in (numbered, alone):
        if len({_of(begin) for begin in found}) == 1:
            return max(found, key=_number), ""
    if not shared:
        return None, NOT_IN_IT
    return None, SEVERAL if len(_sharing(student, owners)) > 1 else UNDER_SEVERAL


def _of(begin: str) -> str:
    """Return what all files of a student have in common: not LATE, nor Canvas's file's number."""
    return re.sub(r"(?<![^_])late_(?=\w+_)", "", re.sub(r"(?<=_)\d+_$", "", begin), flags=re.I)


def _number(begin: str) -> int:
    """Return Canvas's number of the file, which grows with each upload."""
    return int("0" + "".join(re.findall(r"_(\d+)_$", begin)))


def _sharing(student: str, owners: Mapping[str, set[str]]) -> set[str]:
    return set().union(*(whose for whose in owners.values() if student in whose))


def _owners(
    submitted: pathlib.Path, assignment: str, students: Iterable[str]
) -> dict[str, set[str]]:
    """Return whose the files in submitted/ are, by the files' digests."""
    owners: dict[str, set[str]] = {}
    for student in students:
        folder = submitted / student / assignment
        for file in folder.rglob("*"):
            if file.is_file() and not file.is_symlink() and file.stat().st_size <= LARGEST:
                digest = hashlib.sha256(file.read_bytes()).hexdigest()
                owners.setdefault(digest, set()).add(student)
    return owners


def _begins(given: pathlib.Path, platform: str) -> tuple[dict[str, set[str]], list[str]]:
    """Return how the names of a platform's files begin, by digest; and which cannot be read."""
    there, named = given_out.look(given), {}
    for place in there.places:
        name = place if platform == MOODLE else pathlib.PurePosixPath(place).name
        if match := _BEGINS[platform].fullmatch(name):
            named[place] = match["begin"]
    if not named:
        raise Refused(NONE_NAMED.format(file=given, platform=platform.title()))
    found: dict[str, set[str]] = {}
    unread = []
    for place, data in there.contents(set(named)):
        if isinstance(data, given_out.Unusable):
            unread.append(place)
        else:
            found.setdefault(hashlib.sha256(data).hexdigest(), set()).add(named[place])
    return found, unread


def mails(
    assignment: str,
    pages: Mapping[str, pathlib.Path],
    students: Mapping[str, Student],
    folder: pathlib.Path,
    template: pathlib.Path | None = None,
) -> HandedBack:
    """Write a mail for each page, for a mail program to open and to send.

    Parameters
    ----------
    assignment : str
    pages : mapping of str to pathlib.Path
        By student.
    students : mapping of str to Student
    folder : pathlib.Path
    template : pathlib.Path, optional
        The mail's text; `DEFAULT` unless told otherwise.

    Raises
    ------
    Refused
        If the template cannot be used.
    """
    subject, text = _template(template)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.eml"):
        old.unlink()  # whose page is gone, or whose address has changed
    done, without = HandedBack(folder), []
    for student, page in pages.items():
        known = students.get(student)
        if known is None or not _is_address(known.email):
            without.append(student)
            continue
        mail = _mail(known, assignment, subject, text, page)
        (folder / f"{student}.eml").write_bytes(mail.as_bytes(policy=SMTP))
        done.count += 1
    if without:
        done.tell({NO_ADDRESS: without}, assignment=assignment)
    return done


def _mail(
    student: Student, assignment: str, subject: Template, text: Template, page: pathlib.Path
) -> EmailMessage:
    says = {
        "student": printable(student.id),
        "first_name": printable(student.first_name or student.id),
        "last_name": printable(student.last_name),
        "assignment": assignment,
    }
    mail = EmailMessage(policy=SMTP)
    mail["To"] = student.email
    mail["Subject"] = subject.substitute(says)
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft then
    mail.set_content(text.substitute(says))
    data = page.read_bytes()
    name = f"{assignment}.html"
    mail.add_attachment(data, maintype="text", subtype="html", filename=name)
    return mail


def _template(file: pathlib.Path | None) -> tuple[Template, Template]:
    """Return the subject and the text of a template, held to the names that there are."""
    try:
        whole = DEFAULT if file is None else file.read_text(encoding="utf-8")
        first, _, rest = whole.partition("\n")
        if not first.startswith(SUBJECT):
            raise ValueError(first[:40])
        subject, text = Template(first.removeprefix(SUBJECT).strip()), Template(rest.lstrip("\n"))
        for each in (subject, text):
            each.substitute(student="", first_name="", last_name="", assignment="")
    except (OSError, ValueError, KeyError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise Refused(BAD_TEMPLATE.format(file=file, reason=reason)) from None
    return subject, text


def _is_address(text: str) -> bool:
    """Tell whether a text may stand in a mail's To: one address, and nothing else."""
    return bool(re.fullmatch(r"[^\s@,;<>\"()\[\]\\]+@[^\s@,;<>\"()\[\]\\]+", text or ""))


def pages_of(folder: pathlib.Path, assignment: str) -> Iterator[tuple[str, pathlib.Path]]:
    """Yield each student's feedback page of an assignment, in order."""
    for page in sorted(folder.glob(f"*/{assignment}/{assignment}.html")):
        yield page.parent.parent.name, page
