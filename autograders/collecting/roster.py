"""Who is in the course: one id a student, whichever platform names them.

Kept in roster.csv in the course's folder. A student who is taken out stays there, marked, until put
back.
"""

import csv
import difflib
import functools
import os
import pathlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace

from autograders import Refused, handful
from autograders.collecting.columns import Sheet

FILE = "roster.csv"
OUT = "out"
BETWEEN = "; "
"""What stands between a student's groups."""

KEYS = ("canvas_id", "login", "sis_id", "id_number", "email")
"""What a student is known by again, surest first."""

FULL = ("first_name", "last_name")
NAMED_BY = ("id", "name", *FULL, *KEYS)

IDS = ("id", "login", "id_number", "sis_id", "email")
"""What may become a student's id, best first."""

NO_ID = (
    "{file} has no column that can be a student's id: id, Username, SIS Login ID, ID number or "
    "Email address. Say which is one: --column 'TITLE=login'."
)
NOT_AN_ID = (
    "{file}: {id!r} cannot be a student's id, for it is to be a folder's name. Say which other "
    "column is the id: --column 'TITLE=id'."
)
LACKING = "{file}: {count} without a {field}, so not in the roster: {names}."
SAME_ID = "{file}: {first!r} and {second!r} have the same id {id!r}. Correct one of them."
TWO_IN_ONE = (
    "{file}: {name!r} is {first!r} in roster.csv by the {key} and {second!r} by the {other}. "
    "Correct one of them."
)
SEVERAL = (
    "{file}: {name!r} may be any of {ids}, and nothing else that it says is in roster.csv. "
    "Take in a list with logins, ID numbers or email addresses first."
)
BROKEN = "{file} cannot be used ({reason}). Restore it, or make it again from a platform's list."
NOT_KNOWN = "Nobody in the roster is called {id!r}. {others}"
DID_YOU_MEAN = "Did you mean {id!r}?"
LOOK = "`python -m autograders roster` lists who is in it."

_UNFIT = re.compile(r"[/\\:*?\"<>|+\[\]\s]|^\.|[^ -~\w]")
NO_STUDENT = {"pointspossible", "studenttest", "teststudent"}
"""Rows that Canvas writes beside the students'."""


@dataclass(frozen=True)
class Student:
    """One student of the course.

    Attributes
    ----------
    id : str
        The name of the folder in submitted/, the same for all assignments and ways in.
    first_name, last_name, name, email, login : str
        As far as they are known.
    canvas_id, sis_id, id_number : str
        What platforms know the student by.
    section : str
    groups : tuple of str
    status : str
        `OUT` where the student has left.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    name: str = ""
    email: str = ""
    login: str = ""
    canvas_id: str = ""
    sis_id: str = ""
    id_number: str = ""
    section: str = ""
    groups: tuple[str, ...] = ()
    status: str = ""

    @property
    def out(self) -> bool:
        """Whether the student has left."""
        return self.status == OUT

    @property
    def called(self) -> str:
        """The name for people."""
        return self.name or f"{self.first_name} {self.last_name}".strip() or self.id

    @functools.cached_property
    def words(self) -> set[str]:
        """The name in all the orders in which platforms write it, letters and digits alone."""
        parts = [f"{self.last_name} {self.first_name}", f"{self.first_name} {self.last_name}"]
        parts += [self.name, " ".join(reversed(self.name.split(",")))]
        found = set()
        for part in parts:
            tokens = [plain(token) for token in re.split(r"[\s,]+", part)]
            found |= {"".join(tokens[at:] + tokens[:at]) for at in range(len(tokens))}
        return found - {""}


FIELDS = tuple(each.name for each in fields(Student))


@dataclass
class Change:
    """What a platform's list makes of a roster.

    Attributes
    ----------
    roster : dict of str to Student
        By id, as it would be.
    rows : dict of str to dict
        What the list says of each student whom it names, by id.
    added, missing, still_out : list of Student
        Who is new; who is in the course, but not in the list; who is in the list, but was taken
        out.
    lines : list of str
        What a person has to know.
    """

    roster: dict[str, Student]
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    added: list[Student] = field(default_factory=list)
    missing: list[Student] = field(default_factory=list)
    still_out: list[Student] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Return the letters and digits of a text, for comparing what platforms make of it."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def load(root: pathlib.Path) -> dict[str, Student]:
    """Return the roster of the course in a folder, by id; an empty one where there is none.

    Raises
    ------
    Refused
        If roster.csv cannot be read.
    """
    file, roster = root / FILE, {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                groups = tuple(filter(None, (row.get("groups") or "").split(BETWEEN)))
                known = {name: (row.get(name) or "").strip() for name in FIELDS}
                roster[known["id"]] = Student(**{**known, "groups": groups})  # type: ignore[arg-type]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, csv.Error) as error:
        raise Refused(BROKEN.format(file=FILE, reason=error)) from None
    for each in roster:
        if not each or _UNFIT.search(each):
            raise Refused(BROKEN.format(file=FILE, reason=f"it has the id {each!r}"))
    return roster


def save(root: pathlib.Path, roster: Mapping[str, Student]) -> None:
    """Write the roster, whole or not at all, for its owner alone."""
    aside = root / f".{FILE}.{os.getpid()}"
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        made = csv.DictWriter(file, FIELDS)
        made.writeheader()
        for each in sorted(roster.values(), key=lambda student: student.id):
            made.writerow({**asdict(each), "groups": BETWEEN.join(each.groups)})
    aside.replace(root / FILE)


def change(roster: Mapping[str, Student], sheet: Sheet) -> Change:
    """Return what becomes of a roster when a platform's list comes in.

    Whoever is in both keeps the id that is there; nobody is taken out.

    Raises
    ------
    Refused
        If the list gives no ids, or two students the same.
    """
    made = Change(dict(roster))
    lacking = []
    index = {key: _by(roster, key) for key in ("id", *KEYS)}
    id_field = next((name for name in IDS if sheet.has(name)), None)
    for row in sheet.rows:
        called = row.get("name") or " ".join(row.get(each, "") for each in FULL).strip()
        if plain(called) in NO_STUDENT or not any(row.get(key) for key in NAMED_BY):
            continue
        known = _known(roster, index, row, called, sheet.file)
        given = known.id if known else row.get(id_field or "", "")
        if not given and id_field is None:
            raise Refused(NO_ID.format(file=sheet.file))
        if not given:
            lacking.append(called)
            continue
        if _UNFIT.search(given):
            raise Refused(NOT_AN_ID.format(file=sheet.file, id=given))
        _take(made, given, row, called, sheet.file)
    made.added = [each for name, each in made.roster.items() if name not in roster]
    made.missing = [each for name, each in roster.items() if name not in made.rows and not each.out]
    made.still_out = [made.roster[name] for name in made.rows if made.roster[name].out]
    if lacking:
        says = {"count": len(lacking), "field": id_field, "names": handful(lacking)}
        made.lines.append(LACKING.format(file=sheet.file, **says))
    return made


def _by(roster: Mapping[str, Student], key: str) -> dict[str, str]:
    """Return the ids by what students are known by, in small letters."""
    found = {getattr(each, key).casefold(): each.id for each in reversed([*roster.values()])}
    return {value: each for value, each in found.items() if value}


def _known(
    roster: Mapping[str, Student],
    index: Mapping[str, Mapping[str, str]],
    row: dict[str, str],
    called: str,
    file: str,
) -> Student | None:
    """Return who of the roster a line is about, None where it is somebody new."""
    given = {key: row[key].casefold() for key in index if row.get(key)}
    found = {key: index[key][value] for key, value in given.items() if value in index[key]}
    if len(set(found.values())) > 1:
        (key, first), *_, (other, second) = found.items()
        says = {"file": file, "name": called, "first": first, "second": second}
        raise Refused(TWO_IN_ONE.format(**says, key=key, other=other))
    if found:
        return roster[next(iter(found.values()))]
    if any(index[key] for key in given):
        return None  # both have such a key, and it is another one
    words = Student("", name=called).words
    same = [each for each in roster.values() if words & each.words]
    if len(same) > 1:
        says = {"name": called, "ids": handful(sorted(each.id for each in same))}
        raise Refused(SEVERAL.format(file=file, **says))
    return same[0] if same else None


def _take(made: Change, given: str, row: dict[str, str], called: str, file: str) -> None:
    """Put what a line says of a student into the roster that is being made."""
    before = made.roster.get(given) or Student(given)
    if given in made.rows and plain(called) != plain(made.rows[given]["called"]):
        says = {"first": made.rows[given]["called"], "second": called}
        raise Refused(SAME_ID.format(file=file, id=given, **says))
    says = {name: row[name] for name in FIELDS if row.get(name) and name not in ("id", "status")}
    groups = _groups(row.get("groups", ""))
    if given in made.rows:  # in several groups, with a line for each
        groups = [*before.groups, *(each for each in groups if each not in before.groups)]
    if row.get("groups"):
        says["groups"] = tuple(groups)  # type: ignore[assignment]
    made.roster[given] = replace(before, **says)  # type: ignore[arg-type]
    made.rows[given] = {**row, "called": called}


def _groups(cell: str) -> list[str]:
    """Return the groups in a cell; Moodle puts commas between them, and a name may have one."""
    if plain(cell) in ("", "nogroups"):
        return []
    return list(dict.fromkeys([cell, *re.split(r"\s*[,;]\s*", cell)]))


def mark(roster: Mapping[str, Student], ids: Iterable[str], out: bool) -> dict[str, Student]:
    """Return the roster with some students taken out, or put back.

    Raises
    ------
    Refused
        If one of them is not in the roster.
    """
    made = dict(roster)
    for each in ids:
        if each not in made:
            near = difflib.get_close_matches(each, made, n=1)
            others = DID_YOU_MEAN.format(id=near[0]) if near else LOOK
            raise Refused(NOT_KNOWN.format(id=each, others=others))
        made[each] = replace(made[each], status=OUT if out else "")
    return made
