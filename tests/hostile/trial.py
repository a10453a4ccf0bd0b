"""A trial: a whole course in a box, hand-ins in it, graded, and looked at afterwards.

`report` runs it; what stands below that runs inside the box, as
``python -m tests.hostile.trial <which> <seconds> <name> ...``.
"""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from autograders import ROOT
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.sandbox import bubblewrap
from tests.hostile import box
from tests.hostile.canaries import Canaries
from tests.hostile.files import NEIGHBOUR
from tests.hostile.graders import STOCK_CONFIG
from tests.hostile.handins import HandIn, all_hand_ins, hand_in

LAST = "z-neighbour"
"""A student whose right hand-in is graded after all others."""

NEIGHBOURS = (NEIGHBOUR, LAST)
ROOMS = ("lab", "source_ref", "autograders", "notebooks", "tests/hostile")

LARGEST_FILE = 4 * box.GIGABYTE
"""What the grading may write into one file, so that it cannot fill the disk."""

NO_REPORT = "the trial ended without a report: {reason}"
GRADER_DIED = "the grading ended with status {status}: {said}"
GRADER_HUNG = "the grading did not end in {seconds} seconds"
SECONDS_FOR_A_RELEASE = 300
BESIDE_THE_TIME = 240
"""Seconds for all else that a trial does."""


def report(which, names, seconds, keep=None, start=None):
    """Try hand-ins on a grader, as one class, and return what came of them.

    Parameters
    ----------
    which : str
        One of `tests.hostile.graders.GRADERS`.
    names : list of str
        Of the list of hand-ins; those that must be handed in beside come along.
    seconds : float
        For grading one assignment.
    keep : pathlib.Path, optional
        Where autograded/ and feedback/ are copied to.
    start : pathlib.Path, optional
        A folder from `released`, which saves making the release.

    Returns
    -------
    dict
        students: for each, points (of the checks), total, problem, leaks; class: what
        was damaged, and how the grading ended.
    """
    folder = box.new_folder()
    try:
        if start is None:
            _lay_out(folder, which)
        else:
            shutil.copytree(start, folder, dirs_exist_ok=True)
        done = _in_box(folder, which, names, seconds)
        found = folder / "report.json"
        if not found.exists():
            last = done.stderr.strip().splitlines()[-3:] if done else ["it did not end"]
            status = f"status {done.returncode}" if done else ""
            reason = " ".join([status, *last])
            return {"students": {}, "class": [NO_REPORT.format(reason=reason)]}
        if keep is not None:
            for room in ("autograded", "feedback"):
                if (folder / "course" / room).exists():
                    shutil.copytree(
                        folder / "course" / room, keep / room, symlinks=True, dirs_exist_ok=True
                    )
        # where the trial was is another place each time, and of no interest to who reads it
        return json.loads(found.read_text().replace(f"{folder}/", ""))
    finally:
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False)


def released(which):
    """Return a folder with a course whose release is made; whoever asks removes it."""
    folder = box.new_folder()
    _lay_out(folder, which)
    done = _in_box(folder, which, [], SECONDS_FOR_A_RELEASE)
    assert (folder / "course" / "release").exists(), done
    return folder


def _in_box(folder, which, names, seconds):
    """Run a trial's own part in the box, with a home of its own."""
    box.own(folder)
    command = [sys.executable, "-m", "tests.hostile.trial", which, str(seconds), *names]
    home = {"HOME": str(folder / "home"), "PYTHONPATH": str(folder / "course")}
    return box.run(folder, command, seconds * 4 + BESIDE_THE_TIME, home)


def _lay_out(folder, which):
    """Copy the project.

    In a course for nbgrader alone the kit lies beside each notebook, and the cells to play
    with do nothing: it would run them all.
    """
    course = folder / "course"
    (folder / "home").mkdir()
    for room in ROOMS:
        junk = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / room, course / room, ignore=junk)
    (course / "tests" / "__init__.py").touch()
    if which != "stock":
        shutil.copy(ROOT / "nbgrader_config.py", course)
        shutil.copytree(bubblewrap.fonts(), course / "build" / "fonts")
        return
    (course / "nbgrader_config.py").write_text(STOCK_CONFIG)
    for assignment in EXERCISES:
        shutil.copytree(course / "lab", course / "notebooks" / assignment / "lab")
        file = course / "notebooks" / assignment / f"{assignment}.ipynb"
        notebook = lesson.read(file)
        for cell in filter(lesson.is_explore, notebook.cells):
            cell.update(source="pass", outputs=[])
        lesson.write(notebook, file)


class Trial:
    """What happens inside the box."""

    def __init__(self, which, seconds, names):
        self.which, self.seconds = which, seconds
        self.course = pathlib.Path.cwd() / "course"
        self.canaries = Canaries(self.course, pathlib.Path.home())
        listed = all_hand_ins()
        names = [beside for name in names for beside in (*listed[name].beside, name)]
        self.hand_ins = [listed[name] for name in dict.fromkeys(names)]
        self.hand_ins += [HandIn(name, "honest", "a neighbour", _nothing) for name in NEIGHBOURS]
        self.assignments = list(dict.fromkeys(each.assignment for each in self.hand_ins))
        self.ends, self.problems = [], {}

    def release(self):
        """Put the secrets into place, and make the releases that are not made yet."""
        self.canaries.settle(pathlib.Path("canaries.json"))
        for assignment in self.assignments:
            if not (self.course / "release" / assignment).exists():
                self._call("release", assignment)
        self._set_up_gradebook()

    def run(self):
        """Do everything in turn; return the report."""
        self.release()
        for each in self.hand_ins:
            self._hand_in(each)
        self.canaries.watch()
        for assignment in self.assignments:
            for student, problem in self._call("grade", assignment):
                self.problems[student] = problem
        damage = self.canaries.damage()
        for assignment in self.assignments:
            self._call("feedback", assignment)
        students = {each.name: self._student(each) for each in self.hand_ins}
        return {"students": students, "class": [*self.ends, *damage]}

    def _call(self, action, assignment):
        """Let the grader do something in its own process; return its lines."""
        secrets = {kind: self.canaries.texts[kind] for kind in ("memory", "descriptor")}
        variables = {**os.environ, "COURSE_TOKEN": self.canaries.texts["environment"]}
        with open("grader.log", "a+b") as log:
            limited = ["prlimit", f"--fsize={LARGEST_FILE}", sys.executable, "-m"]
            process = subprocess.Popen(
                [*limited, "tests.hostile.graders", self.which, action, assignment],
                cwd=self.course,
                env=variables,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
            try:
                out, _ = process.communicate(json.dumps(secrets).encode(), timeout=self.seconds)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, 9)
                process.kill()
                out = process.stdout.read() if process.stdout else b""
                self.ends.append(GRADER_HUNG.format(seconds=self.seconds))
            log.seek(max(0, log.tell() - 500))
            said = log.read().decode("utf-8", "replace").strip().splitlines()[-1:]
        if process.wait() not in (0, -9):
            self.ends.append(GRADER_DIED.format(status=process.returncode, said="".join(said)))
        return [json.loads(line) for line in out.splitlines() if line.startswith(b"[")]

    def _set_up_gradebook(self):
        with self._gradebook() as gradebook:
            gradebook.update_or_create_student(
                NEIGHBOUR, first_name=self.canaries.texts["gradebook"]
            )

    def _gradebook(self):
        from nbgrader.api import Gradebook

        return Gradebook(f"sqlite:///{self.course}/gradebook.db")

    def _hand_in(self, each):
        folder = self.course / "submitted" / each.name / each.assignment
        shutil.copytree(self.course / "release" / each.assignment, folder)
        hand_in(folder, each)
        if each.name == NEIGHBOUR:
            file = folder / f"{each.assignment}.ipynb"
            text = file.read_text().replace("The validation cost", self.canaries.texts["neighbour"])
            file.write_text(text)

    def _student(self, each):
        """Return what a student got."""
        leaks = self.canaries.leaks(each.name, each.assignment)
        if each.name == NEIGHBOUR:
            leaks.remove("neighbour") if "neighbour" in leaks else None
        points, total = self._points(each)
        return {
            "points": points,
            "total": total,
            "problem": self.problems.get(each.name, "not graded"),
            "leaks": leaks,
        }

    def _points(self, each):
        """Return the points of the checks and the whole score, None where nothing is graded."""
        try:
            with self._gradebook() as gradebook:
                submission = gradebook.find_submission(each.assignment, each.name)
                grades = [g for notebook in submission.notebooks for g in notebook.grades]
                checks = [g.auto_score for g in grades if g.name.startswith(lesson.CHECK)]
                if self.problems.get(each.name) or None in checks:
                    return None, None
                return sum(checks), submission.score
        except Exception as error:
            return None, f"{type(error).__name__}"


def _nothing(folder, notebook):
    """Hand in right answers."""


def main():
    """Run a trial in the box and write its report."""
    which, seconds, *names = sys.argv[1:]
    start = time.time()
    trial = Trial(which, float(seconds), names)
    if not names:
        trial.release()
        return
    found = trial.run()
    found["seconds"] = round(time.time() - start)
    pathlib.Path("report.json").write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
    os._exit(0)
