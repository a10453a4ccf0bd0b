"""Opening JupyterLab: on a course, or on a copy of the notebooks for whoever learns alone."""

import os
import shlex
import subprocess

from autograders import ROOT, Refused
from autograders.commands.told import folder_of, of_course
from lab.language import ENGLISH

COPIED = "learn/{folder}/: new"
AS_ROOT = (
    "JupyterLab does not start as root: whoever reaches it could do everything on this machine. "
    "Call it as another user, or in a container of your own with --allow-root: "
    "python -m autograders {command} --allow-root"
)


def course(options):
    """Open JupyterLab with formgrader on the course."""
    from autograders.grading import gradebook

    folder = folder_of(options.folder, "course")
    gradebook.check(of_course(folder=folder).coursedir.db_url)
    command = "course" if folder == ROOT else f"course {shlex.quote(str(options.folder))}"
    return _jupyterlab(folder, options, command)


def learn(options):
    """Put a copy of the notebooks into learn/, for whoever learns alone."""
    from autograders.authoring import learn

    language = options.language or ENGLISH
    for folder in learn.copy(language=language, incomplete=options.incomplete):
        print(COPIED.format(folder=folder))
    return _jupyterlab(learn.FOLDER, options, "learn --open") if options.open else 0


def _jupyterlab(folder, options, command):
    """Open JupyterLab on a folder, as a command of ours; return its exit status."""
    root = os.name == "posix" and os.geteuid() == 0
    if root and not options.allow_root:
        raise Refused(AS_ROOT.format(command=command))
    words = ["jupyter", "lab", f"--ServerApp.root_dir={folder}"]
    return subprocess.call([*words, "--allow-root"] if root else words, cwd=folder)
