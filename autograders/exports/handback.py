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

Whose a file in it is, is told by its bytes first: the page is about what lies in submitted/,
however that came there, and a name may have two owners. Where several handed in the same bytes, as
those who changed nothing do, what collecting goes by decides between them: the number, then the
name. A group's file has the group's number in Moodle, which may be that of some participant, and
in Canvas that of one member: no other page goes by it.
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

from autograders import Refused, handful
from autograders.collecting import collect, matching
from autograders.collecting import packed as given_out
from autograders.collecting.roster import Student, plain
from autograders.collecting.uploads import CANVAS, MOODLE, Upload
from lab.judge.excerpt import printable

MAIL = "mail"
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
OF_A_GROUP = (
    "{assignment}: {count} left out, for a group handed it in, and its file has another one's "
    "number: {names}. Give their pages back by hand."
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
    files, unread = _files(given, platform)
    left = defaultdict(list, {NOT_READ: unread} if unread else {})
    done = HandedBack(target)
    owners = _owners(submitted, assignment, pages)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}")
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as packed:
        for student, page in pages.items():
            upload, problem = _whose(student, files, owners, students)
            if upload is None:
                left[problem].append(student)
                continue
            packed.write(page, _name(upload, assignment))
            done.count += 1
    aside.replace(target)
    done.tell(left, assignment=assignment, file=printable(given.name))
    return done


def _name(upload: Upload, assignment: str) -> str:
    """Return under which name a platform takes the page of whoever has uploaded a file."""
    if upload.platform == MOODLE:
        return f"{upload.begin}/{assignment}.html"
    return f"{upload.begin}{assignment}.html"


def _whose(
    student: str,
    files: Mapping[str, list[Upload]],
    owners: Mapping[str, set[str]],
    students: Mapping[str, Student],
) -> tuple[Upload | None, str]:
    """Return the last file of a student's, or None and why it is not certain which that is."""
    mine = [digest for digest, whose in owners.items() if student in whose]
    there = [upload for digest in mine for upload in files.get(digest, ())]
    own = [upload for upload in there if not _is_a_group_s(upload, students.get(student))]
    alone = [u for digest in mine if owners[digest] == {student} for u in files.get(digest, ())]
    certain = [upload for upload in alone if upload in own]
    if len({upload.from_whom for upload in certain}) != 1:
        made = matching.match(own, students, {})
        certain = [] if made.ambiguous else made.of.get(student, [])
    if certain:
        return max(certain, key=lambda upload: upload.turn), ""
    if not there:
        return None, NOT_IN_IT
    if not own:
        return None, OF_A_GROUP
    sharing = set().union(*(owners[digest] for digest in mine))
    return None, SEVERAL if len(sharing) > 1 else UNDER_SEVERAL


def _is_a_group_s(upload: Upload, student: Student | None) -> bool:
    """Tell whether a file is named by a student's group, with a number of somebody else's."""
    if student is None or plain(upload.who) not in map(plain, student.groups):
        return False
    return upload.platform == MOODLE or upload.number != student.canvas_id


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


def _files(given: pathlib.Path, platform: str) -> tuple[dict[str, list[Upload]], list[str]]:
    """Return a platform's files by digest; and which cannot be read."""
    there = given_out.look(given)
    likely, named, _ = collect.named(there, None)
    if likely != platform:
        raise Refused(NONE_NAMED.format(file=given, platform=platform.title()))
    by_place = {upload.place: upload for upload in named if upload.begin}
    found: dict[str, list[Upload]] = {}
    unread = []
    for place, data in there.contents(set(by_place)):
        if isinstance(data, given_out.Unusable):
            unread.append(place)
        else:
            found.setdefault(hashlib.sha256(data).hexdigest(), []).append(by_place[place])
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
