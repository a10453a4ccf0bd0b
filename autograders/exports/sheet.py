"""A sheet of grades, one row a student: what the files for all systems share."""

import csv
import logging
import pathlib
import sys

from nbgrader.api import Student
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Dict, Enum

from autograders import Refused, handful
from autograders.grading import standing
from autograders.grading.gradebook import handed_in
from autograders.grading.penalties import Penalties
from lab.judge.excerpt import printable

OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is a formula for a spreadsheet program."""

DECIMALS = 2

UNKNOWN_ASSIGNMENT = "The gradebook has no assignment {name!r}. It has: {names}."
UNKNOWN_STUDENT = "The gradebook has no student {name!r}. Look at `nbgrader db student list`."
NO_ASSIGNMENTS = "The gradebook has no assignment yet. Release and grade one first."
NO_POINTS = "{name} is worth no points, so there is nothing to export. Name others."
SAME_TITLE = "Two columns would be called {title!r}. Give each assignment a title of its own."
SAME_ID = "{first} and {second} have the same {field} {value!r}. Correct one of them."
NOT_WRITTEN = "{path} cannot be written ({error}). Name another file with --to."
WRITTEN = "{path}: {count} students, {assignments}"
NOT_FINAL = (
    "{name}: {count} not final, so left out ({students}). Read the written answers with "
    "`python -m autograders answers {name}`, or add --{plugin}.include_open=True to count them as "
    "0."
)
REFUSED_ = (
    "{name}: {count} refused, so left out, and no 0 ({students}). `python -m autograders roster` "
    "says why. Ask the students for another hand-in, or enter a grade by hand."
)
NEWER_REFUSED = (
    "{name}: {count} with a newer hand-in that was refused, so the one before was exported "
    "({students})."
)
WAITING = "{name}: {count} handed in, not graded yet, so left out ({students}). Grade them first."
LATE = "{name}: {count} late ({students})."
NOTHING = "{name}: nothing handed in by {count} ({students})."
NOBODY = (
    "{count} that nobody has handed in, so without a column: {names}. An empty column would take "
    "grades away; --assignment exports it all the same."
)
GONE = "{count} have left, so left out ({students})."
ABOVE = (
    "{name}: {count} above its maximum of {maximum} ({students}). {system} refuses the whole "
    "file then. Raise the maximum there, or add --{plugin}.cap_at_maximum=True to export {maximum}."
)
BAD_ID = (
    "{student}: left out, because the {field} {value!r} {reason}. "
    "Correct nbgrader's list of students, or enter this grade by hand."
)
EMPTY, FORMULA = "is empty", "would be a formula in a spreadsheet program"


class GradeSheetExportPlugin(ExportPlugin):
    """Write one row a student and one column an assignment.

    A grade is what nbgrader counts: the score less the penalty for a late hand-in, as
    the course's settings give it now, never below 0. Where nbgrader says that something
    still waits for a person, the grade is not final, and its cell stays empty.
    """

    file_name = "grades.csv"
    no_grade = ""
    refused_above_maximum = ""
    """The system that takes no file with a grade above the maximum, if it is one."""

    student_field = Enum(
        ("id", "email", "lms_user_id"),
        "id",
        help="nbgrader's field that holds what the other system knows a student by.",
    ).tag(config=True)
    column_titles = Dict(
        help="The column's title for an assignment, where it is not the assignment's name: "
        "{'homework': 'Homework (4711)'}.",
    ).tag(config=True)
    include_open = Bool(
        False,
        help="Export grades that are not final too; an answer that nobody has read counts 0.",
    ).tag(config=True)
    missing_as_zero = Bool(
        False,
        help="Export 0 where nothing was handed in, instead of an empty cell.",
    ).tag(config=True)

    cap_at_maximum = Bool(
        False,
        help="Export an assignment's maximum where a grade is above it, by extra credit.",
    ).tag(config=True)

    def export(self, gradebook):
        """Write the file; on bad input say why in one line and exit with status 1.

        Parameters
        ----------
        gradebook : nbgrader.api.Gradebook
        """
        path = self.to or self.file_name
        try:
            assignments = self.assignments(gradebook)
            Penalties(self).renew(gradebook)
            grades = self.grades(gradebook, assignments)
            rows = self.rows(self.students(gradebook, grades), assignments, grades)
            _write(rows, path)
        except Refused as refused:
            self.log.error(refused)
            sys.exit(1)
        names = ", ".join(assignment.name for assignment in assignments)
        count = len(rows) - self.head_rows()
        self.log.info(WRITTEN.format(path=path, count=count, assignments=names))

    def rows(self, students, assignments, grades):
        """Return the file's rows, head and all.

        Parameters
        ----------
        students : list of (nbgrader.api.Student, str)
            Each with what the other system knows the student by.
        assignments : list of nbgrader.api.Assignment
        grades : dict of (str, str) to float
            By student's id and assignment's name; without those that stay empty.
        """
        raise NotImplementedError

    def head_rows(self):
        """Return how many of the rows are no student's."""
        return 1

    def assignments(self, gradebook):
        """Return the assignments to export, in the gradebook's order.

        Raises
        ------
        Refused
            If there is none, or none of a name that was asked for, or two would have
            the same title.
        """
        found = {assignment.name: assignment for assignment in gradebook.assignments}
        if not found:
            raise Refused(NO_ASSIGNMENTS)
        wanted = [str(name) for name in self.assignment] or self._begun(gradebook, list(found))
        for name in wanted:
            if name not in found:
                raise Refused(UNKNOWN_ASSIGNMENT.format(name=name, names=", ".join(found)))
        chosen = [assignment for name, assignment in found.items() if name in wanted]
        titles = set()
        for assignment in chosen:
            if not assignment.max_score:
                raise Refused(NO_POINTS.format(name=assignment.name))
            if self.title(assignment) in titles:
                raise Refused(SAME_TITLE.format(title=self.title(assignment)))
            titles.add(self.title(assignment))
        return chosen

    def _begun(self, gradebook, names):
        """Return those that somebody has handed in, and say which nobody has; all if nobody any."""
        stands = self._standing()
        arrived = {name for name, _ in (*stands.arrived, *stands.refused)}
        begun = [name for name in names if name in arrived or handed_in(gradebook, name)[0]]
        if not begun:
            return names
        if rest := [name for name in names if name not in begun]:
            self.log.info(NOBODY.format(count=len(rest), names=handful(rest)))
        return begun

    def _standing(self):
        coursedir = getattr(self.parent, "coursedir", None)
        return standing.of_course(coursedir) if coursedir else standing.Standing()

    def grades(self, gradebook, assignments):
        """Return the grades to export, and say which are left out and why.

        Returns
        -------
        dict of (str, str) to float
            By student's id and assignment's name.
        """
        stands = self._standing()
        if gone := sorted(filter(self._wanted, stands.out)):
            self.log.info(GONE.format(count=len(gone), students=handful(map(printable, gone))))
        grades: dict[tuple[str, str], float] = {}
        for assignment in assignments:
            grades |= self._of_one(gradebook, assignment, stands)
            self._hold_to_maximum(grades, assignment)
        return grades

    def _of_one(self, gradebook, assignment, stands):
        """Return the grades of one assignment, and name those without one by what they lack."""
        grades: dict[tuple[str, str], float] = {}
        there: set[str] = set()
        waiting, late, newer = [], [], []
        graded, _ = handed_in(gradebook, assignment.name)
        for submission in gradebook.assignment_submissions(assignment.name):
            student = submission.student_id
            # an extension makes a submission, too, before anything is handed in
            if student not in graded and submission.extension is not None:
                continue
            there.add(student)
            if not self._wanted(student) or student in stands.out:
                continue
            if (assignment.name, student) in stands.refused:
                newer.append(student)
            if submission.total_seconds_late > 0:
                late.append(student)
            if submission.needs_manual_grade and not self.include_open:
                waiting.append(student)
                continue
            penalty = submission.late_submission_penalty or 0
            grades[student, assignment.name] = max(0.0, submission.score - penalty)
        everybody = {student.id for student in gradebook.students} | {*stands.roster}
        without = sorted(filter(self._wanted, everybody - there - stands.out))
        refused = [each for each in without if (assignment.name, each) in stands.refused]
        ungraded = [each for each in without if stands.waits(assignment.name, each)]
        nothing = [each for each in without if each not in {*refused, *ungraded}]
        if self.missing_as_zero:
            grades |= {(each, assignment.name): 0.0 for each in nothing}
        self._say(NOT_FINAL, assignment, waiting)
        self._say(REFUSED_, assignment, refused)
        self._say(NEWER_REFUSED, assignment, newer)
        self._say(WAITING, assignment, ungraded)
        for what, students in ((LATE, late), (NOTHING, nothing)):
            self._say(what, assignment, students, level=logging.INFO)
        return grades

    def _hold_to_maximum(self, grades, assignment):
        """Cap what is above an assignment's maximum, or name it where the file would be refused."""
        maximum = assignment.max_score
        above = [
            student
            for (student, name), grade in grades.items()
            if name == assignment.name and round(grade, DECIMALS) > maximum
        ]
        if self.cap_at_maximum:
            grades |= {(student, assignment.name): maximum for student in above}
        elif above and self.refused_above_maximum:
            says = {"maximum": number(maximum), "system": self.refused_above_maximum}
            self._say(ABOVE, assignment, above, **says)

    def _say(self, what, assignment, students, level=logging.WARNING, **says):
        """Say how many it is about, and name a handful."""
        if students:
            says |= {"name": assignment.name, "plugin": type(self).__name__}
            named = handful(map(printable, sorted(students)))
            self.log.log(level, what.format(count=len(students), students=named, **says))

    def students(self, gradebook, grades):
        """Return the students who have a grade to export, each with the other system's id.

        Raises
        ------
        Refused
            If a student who was asked for does not exist, or two have one id.
        """
        known = {student.id: student for student in gradebook.students}
        for name in self.student:
            if str(name) not in known:
                raise Refused(UNKNOWN_STUDENT.format(name=str(name)))
        graded = {student for student, _ in grades}
        found: list[tuple[Student, str]] = []
        owners: dict[str, str] = {}
        for student in sorted(known.values(), key=lambda each: each.id):
            if student.id not in graded:
                continue
            value = str(getattr(student, self.student_field) or "")
            reason = self.id_problem(value)
            says = {"field": self.student_field, "value": value}
            if reason:
                self.log.warning(BAD_ID.format(student=student.id, reason=reason, **says))
            elif value in owners:
                raise Refused(SAME_ID.format(first=owners[value], second=student.id, **says))
            else:
                owners[value] = student.id
                found.append((student, value))
        return found

    def id_problem(self, value):
        """Return why a student cannot be named by `value`, or None."""
        if not value.strip():
            return EMPTY
        return FORMULA if value.startswith(OPENS_A_FORMULA) else None

    def title(self, assignment):
        """Return the title of an assignment's column."""
        return harmless(self.column_titles.get(assignment.name, assignment.name))

    def _wanted(self, student):
        return not self.student or student in map(str, self.student)


def _write(rows, path):
    try:
        with pathlib.Path(path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    except OSError as error:
        raise Refused(NOT_WRITTEN.format(path=path, error=error.strerror)) from None


def harmless(text):
    """Return text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(OPENS_A_FORMULA) else text


def number(value):
    """Return a grade as text, with at most two decimals and a point."""
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
