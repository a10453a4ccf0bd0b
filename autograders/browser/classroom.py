"""A course, its exchange and its students' homes in one folder, as on one machine of a class."""

import pathlib
import shutil

from autograders import ROOT, Refused, demo, settings
from autograders.course import lesson
from autograders.grading import pages, release, rounds

FAILED = "{what} of {assignment} failed: {reason}"
OF_THE_COURSE = "c.Exchange.root = {exchange!r}\n"
OF_A_STUDENT = """\
c = get_config()
c.CourseDirectory.course_id = {course!r}
c.CourseDirectory.student_id = {student!r}
c.Exchange.root = {exchange!r}
"""


class Classroom:
    """A class in a folder of its own.

    Parameters
    ----------
    folder : pathlib.Path
    language : str, optional
        Of the releases; that of the course's settings unless told otherwise.

    Attributes
    ----------
    course : pathlib.Path
        The instructor's folder.
    exchange : pathlib.Path
        Where both sides put what the other takes.
    """

    def __init__(self, folder, language=None):
        self._folder = pathlib.Path(folder).resolve()
        self.course, self.exchange = self._folder / "course", exchange(self._folder)
        shutil.copytree(lesson.FOLDER, self.course / "notebooks")
        configuration = demo.CONFIGURATION.format(root=str(ROOT), folder=str(self.course))
        file = self.course / settings.FILE
        file.write_text(configuration + setting(self.exchange), encoding="utf-8")
        self.api = settings.api(self.course, language=language)

    def release(self, assignment):
        """Make the release of an assignment and put it into the exchange."""
        release.release(self.api, assignment)
        self._done("release", assignment, self.api.release_assignment(assignment))

    def grade(self, assignment):
        """Collect an assignment, grade it, and put the feedback into the exchange."""
        self._done("collection", assignment, self.api.collect(assignment))
        for _, _, problem in rounds.grade(self.api, assignment):
            if problem:
                raise Refused(problem)
        for *_, problem in pages.renew(self.api, assignment):
            if problem:
                raise Refused(problem)
        self._done("feedback", assignment, self.api.release_feedback(assignment))

    def student(self, name):
        """Make a student's home; return it, and the environment that makes it one."""
        return home(self._folder / name, name, self.exchange)

    @staticmethod
    def _done(what, assignment, result):
        if not result["success"]:
            reason = (result.get("error") or result.get("log") or "").strip().splitlines()
            raise Refused(FAILED.format(what=what, assignment=assignment, reason=reason[-1:]))


def exchange(folder):
    """Make an exchange, where everybody may write and nobody remove another's; return it."""
    made = pathlib.Path(folder) / "exchange"
    made.mkdir(parents=True)
    made.chmod(0o1777)
    return made


def setting(exchange):
    """Return the line that tells a course's configuration where its exchange is."""
    return OF_THE_COURSE.format(exchange=str(exchange))


def home(folder, student, exchange):
    """Make a student's home folder.

    Parameters
    ----------
    folder : pathlib.Path
    student : str
        The name under which nbgrader knows whoever works there.
    exchange : pathlib.Path

    Returns
    -------
    folder : pathlib.Path
    environment : dict of str to str
        What makes it the home of a process, and keeps it apart from all others.
    """
    folder = pathlib.Path(folder)
    own = folder / ".jupyter"
    own.mkdir(parents=True)
    text = OF_A_STUDENT.format(course=settings.course_id(), student=student, exchange=str(exchange))
    (own / settings.FILE).write_text(text, encoding="utf-8")
    environment = {
        "HOME": str(folder),
        "JUPYTER_CONFIG_DIR": str(own),
        "JUPYTER_DATA_DIR": str(folder / ".local" / "share" / "jupyter"),
    }
    return folder, environment
