"""Grades for Moodle: the CSV file that its gradebook imports."""

from traitlets import Enum, default

from autograders.exports.sheet import EMPTY, GradeSheetExportPlugin, number

USERNAME, ID_NUMBER, EMAIL = "Username", "ID number", "Email address"
POINTS, PERCENT = "points", "percent"


class MoodleExportPlugin(GradeSheetExportPlugin):
    """Write what Moodle imports under Grades, Import, CSV file.

    There "Map from" is the first column and "Map to" the same in Moodle's words
    (username, useridnumber, useremail); each further column is mapped to a grade item,
    or to a new one, which Moodle makes with a maximum of 100: use percent for those.
    A user whom Moodle does not know stops its whole import, and so does a grade
    above the item's maximum. A "-" takes away a grade that Moodle has.
    """

    file_name = "moodle.csv"
    no_grade = "-"
    refused_above_maximum = "Moodle"

    id_column = Enum(
        (USERNAME, ID_NUMBER, EMAIL),
        USERNAME,
        help="The first column: what Moodle knows a student by.",
    ).tag(config=True)
    scale = Enum(
        (POINTS, PERCENT),
        POINTS,
        help="points, for items of the assignments' own maximum; percent, for items of 100.",
    ).tag(config=True)

    @default("student_field")
    def _student_field_default(self):
        return "email" if self.id_column == EMAIL else "id"

    def rows(self, students, assignments, grades):
        """Return the rows: titles, then one a student."""
        rows = [[self.id_column, *map(self.title, assignments)]]
        for student, value in students:
            marks = (self._mark(grades, student, assignment) for assignment in assignments)
            rows.append([value, *marks])
        return rows

    def id_problem(self, value):
        """Return why Moodle could not know a student by `value`, or None.

        Moodle takes "0" for empty, and an empty one for the student of the row above.
        """
        return EMPTY if value.strip() == "0" else super().id_problem(value)

    def _mark(self, grades, student, assignment):
        grade = grades.get((student.id, assignment.name))
        if grade is None:
            return self.no_grade
        return number(100 * grade / assignment.max_score if self.scale == PERCENT else grade)
