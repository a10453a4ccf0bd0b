"""The exchange with real users, at a shell: ``class_at_a_shell.py <released course>``.

The guide's accounts and folders are made as it says; then a course, two students and nbgrader.
What was seen is one JSON object.
"""

import contextlib
import io
import json
import os
import pathlib
import pwd
import shutil
import subprocess
import sys

from nbgrader.apps import CollectApp, ReleaseAssignmentApp, SubmitApp

from autograders import ROOT
from tests.hub import guide, room

COURSE = pathlib.Path("/srv/week_one")
EXCHANGE = pathlib.Path("/srv/nbgrader/exchange")
INBOUND = EXCHANGE / "week_one" / "inbound"
NAME = "overfitting"
STUDENT, OTHER, ACCOUNT = "emmy", "alan", "grader-week_one"
PERSONS = ("ada", "grace", OTHER, STUDENT)
LATE = f"{STUDENT}+{NAME}+2099-01-01 00:00:00.000000 UTC+xxxxxxxxxxxx"


def follow(*parts):
    """Follow parts of the section as they stand there."""
    for step in (step for part in parts for step in guide.steps(part)):
        if step.file:
            pathlib.Path(step.file).parent.mkdir(parents=True, exist_ok=True)
            pathlib.Path(step.file).write_text(step.text, encoding="utf-8")
        else:
            subprocess.run(["bash", "-e"], input=step.text, text=True, check=True)


def as_user(name, act, *arguments, folder=None):
    """Do something as a user, in a process of its own; return what it gave, or what it raised."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read)
        try:
            _become(pwd.getpwnam(name), folder)
            said = {"gave": act(*arguments)}
        except BaseException as error:
            said = {"raised": type(error).__name__, "why": str(error)}
        with os.fdopen(write, "w") as out:
            out.write(json.dumps(said))
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        said = json.load(answer)
    os.waitpid(process, 0)
    return said


def _become(user, folder):
    os.initgroups(user.pw_name, user.pw_gid)
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    for name in [name for name in os.environ if name.startswith("JUPYTER")]:
        del os.environ[name]
    os.environ.update(HOME=user.pw_dir, USER=user.pw_name, LOGNAME=user.pw_name)
    os.chdir(folder or user.pw_dir)


def nbgrader(app, *arguments):
    """Call one of nbgrader's commands; return what it logged."""
    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        app.launch_instance([NAME, *arguments])
    return out.getvalue()


def doctor():
    """Call the doctor in the course's folder; return its status and its lines."""
    done = subprocess.run(
        [sys.executable, "-m", "autograders", "doctor"],
        cwd=COURSE,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout.splitlines() + done.stderr.splitlines()


def attempt(number):
    """Hand in an attempt that says its number."""
    target = pathlib.Path(NAME)
    if not target.exists():
        shutil.copytree(EXCHANGE / "week_one" / "outbound" / NAME, target)
    file = target / f"{NAME}.ipynb"
    notebook = json.loads(file.read_text())
    notebook["metadata"]["attempt"] = number
    file.write_text(json.dumps(notebook))
    return nbgrader(SubmitApp)


def collected():
    """Return which attempt stands in submitted/."""
    file = COURSE / "submitted" / STUDENT / NAME / f"{NAME}.ipynb"
    return json.loads(file.read_text())["metadata"].get("attempt")


def forge():
    """Hand in under another one's name."""
    shutil.copytree(EXCHANGE / "week_one" / "outbound" / NAME, INBOUND / LATE)
    (INBOUND / LATE / "timestamp.txt").write_text(LATE.split("+")[2])


def tricks(theirs):
    """Yield what another student tries, by name: none may work."""
    yield "list", os.listdir, (str(INBOUND),)
    yield "look into a home", os.listdir, (f"/home/{STUDENT}",)
    yield "look into the course", os.listdir, (str(COURSE),)
    yield "move the course away", os.rename, (str(EXCHANGE / "week_one"), str(EXCHANGE / "old"))
    yield "remove the course", shutil.rmtree, (str(EXCHANGE / "week_one"),)
    yield "put a course of one's own", os.mkdir, (str(EXCHANGE / "week_one" / "outbound" / "x"),)
    # even one who knew the name
    yield "rename a hand-in", os.rename, (str(INBOUND / theirs), str(INBOUND / "gone"))


def main(released):
    """Follow the guide, hand in, try tricks, collect; say what was seen."""
    for each in (sys.executable, sys.prefix + "/x", str(ROOT / "x")):
        room.open_way(each)
    for person in PERSONS:
        subprocess.run(["useradd", "--create-home", person], check=True)
    follow("Accounts", "The exchange folder")
    shutil.copytree(released, COURSE)
    shutil.copy(ROOT / "pyproject.toml", COURSE)
    subprocess.run(["chown", "-R", f"{ACCOUNT}:", str(COURSE)], check=True)
    COURSE.chmod(0o700)
    seen = {"doctor": as_user(ACCOUNT, doctor)}

    def as_grader(app, *arguments):
        return as_user(ACCOUNT, nbgrader, app, *arguments, folder=COURSE)

    EXCHANGE.chmod(0o777)
    seen["doctor_of_a_wrong_one"] = as_user(ACCOUNT, doctor)
    seen["released_into_a_wrong_one"] = as_grader(ReleaseAssignmentApp)
    seen["there"] = sorted(os.listdir(EXCHANGE / "week_one"))
    EXCHANGE.chmod(0o1777)
    seen["released"] = as_grader(ReleaseAssignmentApp)
    seen["submitted"] = as_user(STUDENT, attempt, 1)
    update = [each.split()[3:] for each in guide.commands() if each.startswith("nbgrader collect")]
    seen["collect"] = as_grader(CollectApp, *update[0])
    seen["first"] = collected()
    (theirs,) = os.listdir(INBOUND)
    seen["tricks"] = {what: as_user(OTHER, act, *told) for what, act, told in tricks(theirs)}
    as_user(STUDENT, attempt, 2)
    seen["forged"] = as_user(OTHER, forge)
    seen["collect_again"] = as_grader(CollectApp, *update[0])
    seen["second"] = collected()
    print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1])
