"""A course in a folder of its own: a copy of the rooms, with commands that run in it."""

import contextlib
import io
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook, MissingEntry

from autograders import ROOT, sample
from autograders.__main__ import main
from autograders.commands import keep, teach, told
from autograders.course import lesson, reference

ROOMS = ("notebooks", "lab", "source_ref", "autograders", "languages", "nbgrader_config.py")
HALVES = {
    "initialization": ["initialize_parameters_he"],
    "overfitting": ["compute_cost", "predict"],
    "l2_regularization": ["backward_propagation_with_regularization"],
    "dropout": ["forward_propagation_with_dropout"],
}
"""For each notebook exercises that are worth 8 of the 16 automatic points."""


class Course:
    """A copy of the course, and what an instructor types there.

    Parameters
    ----------
    root : pathlib.Path
        Made by the copy.
    source : pathlib.Path
        A course's folder; what it holds besides the rooms is copied as well,
        unless it is the repository.
    """

    def __init__(self, root, source=ROOT):
        self.root = pathlib.Path(root)
        if source != ROOT:
            shutil.copytree(source, self.root)
            return
        self.root.mkdir(parents=True)
        for room in map(ROOT.joinpath, ROOMS):
            if room.is_dir():
                shutil.copytree(room, self.root / room.name)
            else:
                shutil.copy(room, self.root)

    @classmethod
    def there(cls, root):
        """Return the course that stands in a folder already."""
        course = cls.__new__(cls)
        course.root = pathlib.Path(root)
        return course

    def run(self, *command, cwd=None):
        """Run a command in the course's folder; return the finished process."""
        return subprocess.run(
            command,
            cwd=cwd or self.root,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def environment(self):
        """Return an environment that finds our tools and none of the user's own settings."""
        tools = os.path.dirname(sys.executable)
        return {
            **os.environ,
            "PATH": tools + os.pathsep + os.environ["PATH"],
            "JUPYTER_CONFIG_DIR": str(self.root / ".jupyter"),
            "IPYTHONDIR": str(self.root / ".ipython"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }

    def nbgrader(self, *arguments, cwd=None):
        """Run stock nbgrader."""
        return self.run("nbgrader", *arguments, cwd=cwd)

    def autograders(self, *arguments):
        """Run our own command line."""
        return self.run(sys.executable, "-m", "autograders", *arguments)

    def here(self, *arguments):
        """Do as `autograders` does, in this process: what is imported is imported already.

        The code is that of the repository, and not what stands in the course's folder.
        """
        out, error = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(error),
            pytest.MonkeyPatch.context() as monkeypatch,
        ):
            monkeypatch.setattr(sys, "path", sys.path[:])  # the course's settings add to it
            commands_at(monkeypatch, self.root)
            status = main(list(arguments))
        return subprocess.CompletedProcess(arguments, status, out.getvalue(), error.getvalue())

    def notebook(self, assignment):
        """Return where the notebook of an assignment stands."""
        return self.root / "notebooks" / assignment / f"{assignment}.ipynb"

    def hand_in(self, student, assignment, answers=(), written=None):
        """Hand in a released notebook with these functions answered as the reference does.

        Parameters
        ----------
        student, assignment : str
            Whose hand-in, of which assignment.
        answers : iterable of str, or dict of str to str
            The functions; or their code, where it is not the reference's.
        written : str, optional
            What stands in the written answer; nothing unless told otherwise.

        Returns
        -------
        pathlib.Path
            The folder of the hand-in.
        """
        if not isinstance(answers, dict):
            answers = {each: reference.source(assignment, each) for each in answers}

        def change(notebook, assignment):
            for cell in notebook.cells:
                cell.source = answers.get(lesson.grade_id(cell), cell.source)
                if written and lesson.grade_id(cell).startswith("written_"):
                    cell.source = written

        sample.hand_in(self.root, student, assignment, change)
        return self.root / "submitted" / student / assignment

    def scores(self, student, assignment):
        """Return what nbgrader's gradebook says of each check, by function; None if nothing."""
        grades = self._grades(student, assignment)
        if not grades:
            return None
        checks = [grade for grade in grades if grade["name"].startswith(lesson.CHECK)]
        return {each["name"].removeprefix(lesson.CHECK): each["auto_score"] for each in checks}

    def written(self, student, assignment):
        """Return what nbgrader's gradebook says of the written answer: a dict."""
        (grade,) = [
            g for g in self._grades(student, assignment) if g["name"].startswith("written_")
        ]
        return grade

    def _grades(self, student, assignment):
        with Gradebook(f"sqlite:///{self.root}/gradebook.db") as gradebook:
            try:
                submission = gradebook.find_submission(assignment, student)
            except MissingEntry:
                return []
            return [grade.to_dict() for each in submission.notebooks for grade in each.grades]

    def gradebook(self):
        """Return everything the gradebook holds, to compare it before and after."""
        file = self.root / "gradebook.db"
        if not file.exists():
            return []
        connection = sqlite3.connect(file)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()


def one_line(process):
    """Return the one line with which a command refused, and hold it to being one line."""
    assert process.returncode != 0, process.stdout
    lines = process.stderr.strip().splitlines()
    assert len(lines) == 1, process.stderr
    assert "Traceback" not in process.stdout + process.stderr
    return lines[0]


def commands_at(monkeypatch, root):
    """Let our commands, called in this process, work in a course's folder."""
    for module in (keep, teach, told):
        monkeypatch.setattr(module, "ROOT", root)
