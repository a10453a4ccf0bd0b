"""What nbgrader runs over a notebook in our name: one step of a release, one of grading."""

import pathlib
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Enum, Unicode

from autograders import Refused
from autograders.course import assignment, kit, languages, lesson
from autograders.grading import secret
from autograders.judge.grader import know_untouched
from autograders.judge.hearing import Hearing, attempt
from autograders.sandbox.launcher import AUTO, ENGINES, launcher
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Session

Made = tuple[NotebookNode, dict[str, Any]]


class AddKit(NbGraderPreprocessor):
    """Let the kit travel with a release, and refuse one whose stubs are not the reference's.

    The release is in one language.
    """

    language = Unicode(
        languages.ENGLISH,
        help="The language of the class's release: 'en', or a folder in languages/.",
    ).tag(config=True)
    incomplete = Bool(False, help="Whether a language may be released that is not finished.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Made:
        """Hold the notebook to source_ref and give nbconvert the kit's files to write."""
        for problem in lesson.problems(resources["nbgrader"]["assignment"]):
            raise Refused(problem)
        language, name = languages.check_name(self.language), resources["nbgrader"]["assignment"]
        if not self.incomplete:
            languages.check_finished(language, nb, name)
        resources.setdefault("outputs", {}).update(kit.files(language))
        return languages.translated(nb, name, language), resources


class Judge(NbGraderPreprocessor):
    """Run the student's cells, and answer each graded cell with a verdict and its points.

    It stands in place of nbgrader's Execute.
    """

    engine = Enum(
        ENGINES,
        AUTO,
        help="How students' code runs: 'fork' behind the wall, 'kernel' without one.",
    ).tag(config=True)
    limits = Limits()

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Made:
        """Grade one notebook that `autograders.judge.repair` has made."""
        names = resources["nbgrader"]
        course = secret.read(pathlib.Path.cwd())  # nbgrader works in the course's folder
        given = assignment.load(names["assignment"])
        know_untouched(nb, given.name)
        with Session(launcher(self.engine, self.limits), self.limits) as session:
            Hearing(session, given, names["student"], attempt(nb), course).hear(nb)
        return nb, resources
