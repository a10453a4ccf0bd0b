"""Whose is it: what a platform calls students and groups, and the roster."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograders import handful
from autograders.collecting.roster import NO_STUDENT, Student, plain
from autograders.collecting.uploads import CANVAS, Upload

SEVERAL = (
    "{who!r} may be any of {students}. Give a roster with the platform's own numbers: Canvas's "
    "gradebook, or Moodle's grading worksheet of this assignment."
)
NUMBER_OF_ANOTHER = (
    "{who!r} has the number of {student} in the roster. Is it the worksheet of another assignment?"
)
TWO_OF_ONE = (
    "{first} and {second} both fit {student}. Give a roster with the platform's own numbers."
)
SHOWN = "{who} ({number})"
ANONYMOUS = "{who} (anonymous)"
OTHER_NAME = (
    "{who!r} has the number of {student}, and another name. Taken for {student}; if it is a "
    "group's, give a roster with the groups."
)

TEST_STUDENT = "The platform's own test student was left out."

_ANONYMOUS = ("anon_", "participant")


@dataclass
class Matched:
    """Whose the files of a ZIP file are.

    Attributes
    ----------
    of : dict of str to list of Upload
        The files of each student, by id.
    unmatched : list of str
        Whom the roster does not know, as the platform calls them.
    out : list of str
        Who has left, and handed in.
    ambiguous, lines : list of str
        What stops all of it, and what a person has to know.
    """

    of: dict[str, list[Upload]] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def match(
    uploads: Iterable[Upload], roster: Mapping[str, Student], participants: Mapping[str, str]
) -> Matched:
    """Return whose files are.

    Parameters
    ----------
    uploads : iterable of Upload
    roster : mapping of str to Student
        By id.
    participants : mapping of str to str
        The ids by Moodle's numbers in this one assignment, where its worksheet was given.
    """
    made = Matched()
    hand_ins: dict[tuple[str, str], list[Upload]] = {}
    for upload in uploads:
        hand_ins.setdefault(upload.from_whom, []).append(upload)
    taken: dict[str, str] = {}
    for files in hand_ins.values():
        if plain(files[0].who) in NO_STUDENT:
            made.lines.append(TEST_STUDENT)
            continue
        shown = _shown(files[0])
        for student in _whose(files[0], roster, participants, made):
            if student.out:
                made.out.append(student.id)
            elif student.id in taken:
                says = {"first": taken[student.id], "second": shown, "student": student.id}
                made.ambiguous.append(TWO_OF_ONE.format(**says))
            else:
                taken[student.id] = shown
                made.of[student.id] = files
    return made


def _whose(
    upload: Upload, roster: Mapping[str, Student], participants: Mapping[str, str], made: Matched
) -> list[Student]:
    """Return the students whose hand-in a file is of; say in `made` where that is not certain."""
    known = _by_number(upload, roster, participants)
    named = _by_name(upload, roster)
    group = [each for each in roster.values() if _is_in(upload.who, each)]
    if known and (not upload.who or known in named or _is_anonymous(upload)):
        return [known]
    if group and not named:
        return group
    if known and upload.platform == CANVAS:
        made.lines.append(OTHER_NAME.format(who=upload.who, student=known.id))
        return [known]
    if known:
        made.ambiguous.append(NUMBER_OF_ANOTHER.format(who=_shown(upload), student=known.id))
        return []
    # whoever has a number of the platform's has another one
    free = [each for each in named if not _number(each, upload, participants)]
    if len(free) > 1:
        students = handful(sorted(each.id for each in free))
        made.ambiguous.append(SEVERAL.format(who=upload.who, students=students))
    elif not free:
        made.unmatched.append(_shown(upload))
    return free if len(free) == 1 else []


def _by_number(
    upload: Upload, roster: Mapping[str, Student], participants: Mapping[str, str]
) -> Student | None:
    if not upload.number:
        return None
    number = upload.number
    same = (each for each in roster.values() if _number(each, upload, participants) == number)
    return next(same, None)


def _number(student: Student, upload: Upload, participants: Mapping[str, str]) -> str:
    """Return what the platform calls a student, nothing where the roster does not say."""
    if upload.platform == CANVAS:
        return student.canvas_id
    return next((number for number, each in participants.items() if each == student.id), "")


def _by_name(upload: Upload, roster: Mapping[str, Student]) -> list[Student]:
    """Return the students whose name, or login, the platform has written."""
    who = plain(upload.who)
    if not who or _is_anonymous(upload):
        return []
    found = [each for each in roster.values() if who in each.words]
    return found or [each for each in roster.values() if who in (plain(each.id), plain(each.login))]


def _is_in(who: str, student: Student) -> bool:
    return bool(plain(who)) and plain(who) in map(plain, student.groups)


def _is_anonymous(upload: Upload) -> bool:
    return upload.who.casefold().startswith(_ANONYMOUS)


def _shown(upload: Upload) -> str:
    who = upload.who
    if _is_anonymous(upload) and not upload.number:
        return ANONYMOUS.format(who=who)
    return SHOWN.format(who=who, number=upload.number) if upload.number else who
