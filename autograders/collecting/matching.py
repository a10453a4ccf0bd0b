"""Whose is it: what a platform calls students and groups, and the roster."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograders import handful
from autograders.collecting.roster import NO_STUDENT, Student, plain
from autograders.collecting.uploads import CANVAS, MOODLE, Upload

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
    made, index = Matched(), _Index(roster, participants)
    hand_ins: dict[tuple[str, str], list[Upload]] = {}
    for upload in uploads:
        hand_ins.setdefault(upload.from_whom, []).append(upload)
    taken: dict[str, str] = {}
    for files in hand_ins.values():
        if plain(files[0].who) in NO_STUDENT:
            made.lines.append(TEST_STUDENT)
            continue
        shown = _shown(files[0])
        for student in _whose(files[0], index, made):
            if student.out:
                made.out.append(student.id)
            elif student.id in taken:
                says = {"first": taken[student.id], "second": shown, "student": student.id}
                made.ambiguous.append(TWO_OF_ONE.format(**says))
            else:
                taken[student.id] = shown
                made.of[student.id] = files
    return made


class _Index:
    """The students of a roster by what platforms call them."""

    def __init__(self, roster: Mapping[str, Student], participants: Mapping[str, str]) -> None:
        numbers = {(CANVAS, each.canvas_id): each for each in roster.values()}
        numbers |= {(MOODLE, number): roster[each] for number, each in participants.items()}
        self._numbered = {key: student for key, student in numbers.items() if key[1]}
        self._have_one = {(platform, each.id) for (platform, _), each in self._numbered.items()}
        self._named: dict[str, list[Student]] = {}
        self._logins: dict[str, list[Student]] = {}
        self._groups: dict[str, list[Student]] = {}
        for student in roster.values():
            _put(self._named, student.words, student)
            _put(self._logins, {plain(student.id), plain(student.login)}, student)
            _put(self._groups, set(map(plain, student.groups)), student)

    def has_number(self, student: Student, platform: str) -> bool:
        """Tell whether the roster says what a platform calls a student."""
        return (platform, student.id) in self._have_one

    def numbered(self, upload: Upload) -> Student | None:
        """Return the student of the platform's own number."""
        return self._numbered.get((upload.platform, upload.number))

    def named(self, upload: Upload) -> list[Student]:
        """Return the students whose name, or login, the platform has written."""
        who = "" if _is_anonymous(upload) else plain(upload.who)
        return self._named.get(who) or self._logins.get(who, [])

    def grouped(self, upload: Upload) -> list[Student]:
        """Return the members of the group that the platform has written."""
        return self._groups.get(plain(upload.who), [])


def _put(by: dict[str, list[Student]], words: set[str], student: Student) -> None:
    for word in words - {""}:
        by.setdefault(word, []).append(student)


def _whose(upload: Upload, index: _Index, made: Matched) -> list[Student]:
    """Return the students whose hand-in a file is of; say in `made` where that is not certain."""
    known, named, group = index.numbered(upload), index.named(upload), index.grouped(upload)
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
    free = [each for each in named if not index.has_number(each, upload.platform)]
    if len(free) > 1:
        students = handful(sorted(each.id for each in free))
        made.ambiguous.append(SEVERAL.format(who=_shown(upload), students=students))
    elif not free:
        made.unmatched.append(_shown(upload))
    return free if len(free) == 1 else []


def _is_anonymous(upload: Upload) -> bool:
    return upload.who.casefold().startswith(_ANONYMOUS)


def _shown(upload: Upload) -> str:
    who = upload.who
    if _is_anonymous(upload) and not upload.number:
        return ANONYMOUS.format(who=who)
    return SHOWN.format(who=who, number=upload.number) if upload.number else who
