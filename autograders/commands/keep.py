"""What an instructor keeps: gradebook, secret and roster, in one file."""

import os
import pathlib

from autograders import ROOT
from autograders.commands.told import of_course

KEPT = "{path} holds: {parts}. Keep it elsewhere, and to yourself."
RESTORED = "Put back from {path}: {parts}."
FORMER = "What was there before is in {path}."


def backup(options):
    """Keep the gradebook, the secret and the roster in one dated file, also while in use."""
    from autograders.grading import backup

    folder = pathlib.Path(options.to or ROOT / backup.FOLDER)
    made = backup.backup(of_course(), folder)
    print(KEPT.format(path=os.path.relpath(made), parts=", ".join(backup.held(made))))


def restore(options):
    """Put a backup's gradebook, secret and roster back, and keep what was there."""
    from autograders.grading import backup

    file = pathlib.Path(options.file)
    former = backup.restore(of_course(), file, ROOT / backup.FOLDER)
    print(RESTORED.format(path=file, parts=", ".join(backup.held(file))))
    if former:
        print(FORMER.format(path=os.path.relpath(former)))
