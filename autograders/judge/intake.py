"""Taking a hand-in: one plain file is read, with care, and a notebook of our own is made of it.

Nothing else of what was handed in is ever looked at by nbgrader.
"""

import hashlib
import os
import pathlib
import re
import shutil
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from nbformat import NotebookNode

from autograders import Refused
from autograders.course import dates, languages, lesson
from autograders.course.assignment import Assignment
from autograders.judge import candidates, language, repair
from autograders.judge.candidates import Candidate, Known, Unusable
from lab.judge.excerpt import first_line, printable
from lab.language import ENGLISH, Message, Said, capitalised, speaking, translated

LARGEST_NOTE = 200  # bytes
MOST_NAMED = 5  # files in a message
TIMESTAMP, RECEIPT = "timestamp.txt", "submission_secret.txt"
DIGEST = "hand_in"
"""The key of the hand-in's digest in a graded notebook's metadata."""

NO_NOTEBOOK = (
    "{student}, {assignment}: no {assignment}.ipynb was handed in{found}. Ask the student for it."
)
OTHER_FILES = " (but {files})"
NOT_A_FOLDER = (
    "{student}, {assignment}: the hand-in is no plain folder. "
    "Ask the student for the notebook itself."
)
UNUSABLE = "{student}, {assignment}: {problem}. {what_to_do}"
WHAT_TO_DO = {
    candidates.NOT_A_FILE: "Ask the student for the notebook itself.",
    candidates.TOO_LARGE: "Ask for it with its outputs cleared.",
    candidates.NOT_READABLE: "Mend its permissions, or ask for it again.",
}
FOLDER_NOT_READABLE = (
    "{student}, {assignment}: the folder cannot be read ({reason}). "
    "Mend its permissions, or ask for it again."
)
NOT_A_NOTEBOOK = (
    "{student}, {assignment}: {file} is no notebook ({reason}). Ask the student for it again."
)
OTHER_NOTEBOOK = (
    "{student}, {assignment}: {file} holds no exercise of this assignment. "
    "Ask the student for the right notebook."
)
SEVERAL = (
    "{student}, {assignment}: {files} hold different work, and {wanted}. Ask the student which one "
    "counts, and remove the others."
)
NO_CERTAIN_TIME = (
    "{student}, {assignment}: timestamp.txt says when it was handed in, but not for certain. "
    "{problem}"
)
NOT_THERE, UNTOUCHED, BROKEN = (
    Message("none is called {file}"),
    Message("{file} is as it was given out"),
    Message("{file} is no notebook of this assignment"),
)
TAKEN = Message("graded was {taken}, because {wanted}")
ONE_OF = Message(
    "graded was {taken}; {files} is no notebook of this assignment, or is as it was given out"
)
OTHER_WORK = Message("graded was {taken}; other work stands in {files}, which was not")
SAID_ABOVE = Message("{notice}.")
NOTICE = "{student}, {assignment}: {notice}."
_IN_UTC = re.compile(r"[\d .:T-]+(UTC|Z)?")
"""A time of which nbgrader reads the zone rightly."""


@dataclass(frozen=True)
class HandIn:
    """What was read of a hand-in.

    Attributes
    ----------
    student, assignment : str
        Whose it is, and of which assignment.
    file : str
        What the notebook's file was called, for messages.
    data : bytes
        The file as it was handed in.
    timestamp : str
        When, as nbgrader's exchange noted it, or in UTC where nbgrader would misread that;
        empty where it did not.
    receipt : str
        What the exchange gives the feedback out for, to this student alone; empty likewise.
    notice : str
        Which of several files was taken, and why, as the end of a sentence; empty where there
        was no choice.
    """

    student: str
    assignment: str
    file: str
    data: bytes
    timestamp: str
    receipt: str = ""
    notice: str = ""

    @property
    def line(self) -> str:
        """The notice as a line for a person, empty where there is none."""
        says = {"student": self.student, "assignment": self.assignment, "notice": self.notice}
        return NOTICE.format(**says) if self.notice else ""

    @property
    def notes(self) -> dict[str, str]:
        """What goes along with the graded notebook: the texts of files, by their names."""
        notes = {TIMESTAMP: self.timestamp, RECEIPT: self.receipt}
        return {file: text for file, text in notes.items() if text}

    @property
    def digest(self) -> str:
        """A digest of all of it, by which a hand-in that has been graded is known."""
        hashed = hashlib.sha256(self.timestamp.encode() + b"\0" + self.data)
        return hashed.hexdigest()


def read(
    folder: pathlib.Path, student: str, assignment: str, loose: Sequence[Candidate] = ()
) -> HandIn:
    """Read a hand-in, with care: one plain file and what the exchange noted of it.

    Parameters
    ----------
    folder : pathlib.Path
        submitted/<student>/<assignment>
    student, assignment : str
        Whose it is, and of which assignment.
    loose : sequence of Candidate
        Notebooks of this assignment that lie elsewhere in the student's folder.

    Returns
    -------
    HandIn

    Raises
    ------
    Refused
        Where nothing can be graded, with the reason in one line.
    """
    folder = pathlib.Path(folder)
    says = {"student": student, "assignment": assignment}
    found: list[Candidate] = []
    names: list[str] = []
    try:
        if not loose or os.path.lexists(folder):
            for each in (folder.parent, folder):
                if not stat.S_ISDIR(each.lstat().st_mode):
                    raise Refused(NOT_A_FOLDER.format(**says))
            found, names = candidates.inside(folder), _names(folder)
    except OSError as error:
        raise Refused(FOLDER_NOT_READABLE.format(**says, reason=error.strerror)) from None
    taken, data, notice = _choice([*found, *loose], names, says)
    beside = folder if folder.is_dir() else taken.path.parent
    notes = _timestamp(beside, says), _receipt(beside)
    return HandIn(student, assignment, _shown(taken.shown), data, *notes, notice)


def notebook(hand_in: HandIn, assignment: Assignment, otherwise: str = ENGLISH) -> NotebookNode:
    """Return the notebook that can be graded of a hand-in; see `autograders.judge.repair`.

    Parameters
    ----------
    hand_in : HandIn
    assignment : Assignment
        The one that it is of.
    otherwise : str
        The language of the class's release; see `autograders.judge.language`.

    Raises
    ------
    Refused
        Where it is no notebook of this assignment.
    """
    says = {"student": hand_in.student, "assignment": assignment.name, "file": hand_in.file}
    try:
        handed_in = candidates.notebook(hand_in.data)
        told = language.of(handed_in, assignment.name, otherwise)
        with speaking(languages.spoken(told)):
            notice = SAID_ABOVE.format(notice=translated(hand_in.notice)) if hand_in.notice else ""
            original = lesson.original(assignment.name, told)
            made = repair.repaired(handed_in, original, capitalised(notice))
    except repair.OtherNotebook:
        raise Refused(OTHER_NOTEBOOK.format(**says)) from None
    except Refused:
        raise
    except Exception as error:  # whatever a broken file may do to a parser
        raise Refused(NOT_A_NOTEBOOK.format(**says, reason=_shown(first_line(error)))) from None
    made.metadata[DIGEST] = hand_in.digest
    return made


def write(
    hand_in: HandIn, assignment: Assignment, target: pathlib.Path, otherwise: str = ENGLISH
) -> None:
    """Write the notebook that can be graded, and the exchange's notes, into a new folder."""
    made = notebook(hand_in, assignment, otherwise)
    shutil.rmtree(target, ignore_errors=True)
    lesson.write(made, target / f"{hand_in.assignment}.ipynb")
    for file, text in hand_in.notes.items():
        (target / file).write_text(text, encoding="utf-8")


def _names(folder: pathlib.Path) -> list[str]:
    """Return what lies in a folder and is the student's, for messages."""
    notes = (TIMESTAMP, RECEIPT, *candidates.NOT_OURS)
    return sorted(e.name for e in folder.iterdir() if e.name not in notes and e.name[0] != ".")


def _choice(
    found: list[Candidate], names: list[str], says: dict[str, str]
) -> tuple[Candidate, bytes, str]:
    """Return the notebook's file, its bytes, and what is to be said of the choice.

    The file of the right name counts if the student has worked in it. If it is as it was given
    out, or no such notebook, the only other one with work counts. Several that differ are for a
    person to choose from.
    """
    file = f"{says['assignment']}.ipynb"
    wanted = next((each for each in found if each.shown == file), None)
    others = [each for each in found if each is not wanted]
    if wanted and not others:
        return wanted, _read(wanted, says), ""
    if wanted is None and (only := _only(others)):
        return only, _read(only, says), ""
    if wanted:
        _read(wanted, says)  # a link or a pipe in its place is refused, whatever lies beside it
    looked = candidates.look(found, says["assignment"])
    first = next((each for each in looked if each.candidate is wanted), None)
    worked = [each for each in looked if each.work]
    different = {each.work for each in worked}
    if first and first.work:
        rest = [each for each in worked if each.work != first.work]
        return first.candidate, first.data, _said(OTHER_WORK, first, rest)
    if not worked:
        return _of_none_with_work(looked, wanted, names, says)
    kind = NOT_THERE if first is None else BROKEN if first.work is None else UNTOUCHED
    why = Said(kind, file=file)
    if len(different) > 1:
        files = _listed(worked)
        raise Refused(SEVERAL.format(**says, files=files, wanted=why))
    (taken, *_), rest = worked, [each for each in looked if not each.work]
    notice = Said(TAKEN, taken=_shown(taken.candidate.shown), wanted=why) if first else ""
    return taken.candidate, taken.data, notice or _said(ONE_OF, taken, rest)


def _only(others: list[Candidate]) -> Candidate | None:
    """Return the only candidate whose name is a notebook's, where nothing else may be one."""
    sure = [each for each in others if each.sure]
    return sure[0] if len(sure) == len(others) == 1 else None


def _of_none_with_work(
    looked: list[Known], wanted: Candidate | None, names: list[str], says: dict[str, str]
) -> tuple[Candidate, bytes, str]:
    """Return what stands for a hand-in in which nothing was done."""
    ours = [each for each in looked if each.work is not None]
    first = [each for each in looked if each.candidate is wanted]
    sure = looked if len(looked) == 1 else []
    if stands := [*first, *ours, *sure]:
        return stands[0].candidate, stands[0].data, ""
    if f"{says['assignment']}.ipynb" in names:  # a folder, in which there is nothing
        _refuse(Unusable(candidates.NOT_A_FILE, f"{says['assignment']}.ipynb"), says)
    files = ", ".join(_shown(name) for name in names[:MOST_NAMED])
    found = OTHER_FILES.format(files=files) if files else ""
    raise Refused(NO_NOTEBOOK.format(**says, found=found))


def _said(sentence: Message, taken: Known, others: list[Known]) -> str:
    """Return a sentence on the choice, nothing where there was none."""
    shown = _shown(taken.candidate.shown)
    return Said(sentence, taken=shown, files=_listed(others)) if others else ""


def _listed(found: list[Known]) -> str:
    return ", ".join(_shown(each.candidate.shown) for each in found[:MOST_NAMED])


def _read(candidate: Candidate, says: dict[str, str]) -> bytes:
    try:
        return candidates.read(candidate)
    except Unusable as problem:
        _refuse(problem, says)


def _refuse(problem: Unusable, says: dict[str, str]) -> NoReturn:
    what = WHAT_TO_DO[problem.kind]
    raise Refused(UNUSABLE.format(**says, problem=problem, what_to_do=what)) from None


def _timestamp(folder: pathlib.Path, says: dict[str, str]) -> str:
    """Return the time of the hand-in as nbgrader's exchange noted it, if it did.

    Raises
    ------
    Refused
        If it is a date that may mean another moment, too: being late has its price.
    """
    text = _note(folder, TIMESTAMP)
    if not re.match(r"\d{4}-\d", text):
        return ""
    try:
        moment = dates.read(text)
    except dates.BadDate as problem:
        raise Refused(NO_CERTAIN_TIME.format(**says, problem=problem)) from None
    return text if _IN_UTC.fullmatch(text) else dates.written(moment)


def _receipt(folder: pathlib.Path) -> str:
    """Return what nbgrader's exchange made up at random for the hand-in, if it did."""
    text = _note(folder, RECEIPT)
    return text if re.fullmatch("[0-9a-f]{128}", text) else ""


def _note(folder: pathlib.Path, file: str) -> str:
    """Return what one of the exchange's small files says, nothing where it is missing."""
    try:
        return candidates.plain_file(folder / file, file, LARGEST_NOTE).decode("utf-8").strip()
    except (Unusable, UnicodeDecodeError):
        return ""


def _shown(text: str) -> str:
    return printable(text, candidates.LONGEST_SHOWN)
