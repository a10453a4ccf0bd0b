"""Grades for Canvas: the CSV file that its gradebook imports."""

from traitlets import Bool, Enum, Unicode

from autograders.exports.sheet import GradeSheetExportPlugin, harmless, number

STUDENT, ID, USER_ID, LOGIN_ID, SECTION = (
    "Student",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Section",
)
POINTS_POSSIBLE = "    Points Possible"
"""As Canvas writes it, with the four spaces."""
NOT_CANVAS = "is no number, and Canvas's own ID is one"


class CanvasExportPlugin(GradeSheetExportPlugin):
    """Write what Canvas imports under Grades, Import.

    Canvas knows a student by its own number (ID), else by SIS User ID, else by SIS
    Login ID, and an assignment by the column's title: ``Title (number)``, as Canvas
    exports it, or the title alone. A title that it does not know becomes a new
    assignment after it has asked, worth what the row "Points Possible" says; an
    assignment that is there keeps its own points, and grades are points of those.
    An empty cell takes away a grade that Canvas has: read its list of changes.
    """

    file_name = "canvas.csv"

    id_column = Enum(
        (LOGIN_ID, USER_ID, ID),
        LOGIN_ID,
        help="The column of Canvas's file that holds what student_field holds.",
    ).tag(config=True)
    section = Unicode("", help="What stands in the column Section.").tag(config=True)
    points_possible = Bool(
        True, help="Write the row with the points that each assignment is worth."
    ).tag(config=True)

    def rows(self, students, assignments, grades):
        """Return the rows: titles, points possible, then one a student."""
        head = [STUDENT, ID, USER_ID, LOGIN_ID, SECTION]
        rows = [[*head, *map(self.title, assignments)]]
        if self.points_possible:
            points = [number(assignment.max_score) for assignment in assignments]
            rows.append([POINTS_POSSIBLE, "", "", "", "", *points])
        for student, value in students:
            row = dict.fromkeys(head, "")
            row |= {STUDENT: harmless(_name(student)), SECTION: harmless(self.section)}
            row[self.id_column] = value
            marks = [grades.get((student.id, assignment.name)) for assignment in assignments]
            rows.append([*row.values(), *("" if mark is None else number(mark) for mark in marks)])
        return rows

    def head_rows(self):
        """Return 2 with the row of points, 1 without."""
        return 1 + self.points_possible

    def id_problem(self, value):
        """Return why Canvas could not know a student by `value`, or None.

        Canvas reads the digits that an ID begins with, so "12ab" would be student 12.
        """
        if self.id_column == ID and not (value.isascii() and value.isdecimal()):
            return NOT_CANVAS
        return super().id_problem(value)


def _name(student):
    """Return the name as Canvas sorts it; the id where there is none."""
    names = [name for name in (student.last_name, student.first_name) if name]
    return ", ".join(names) or student.id
