"""What a process leaves behind when it is killed: folders that carry its number in their name."""

import pathlib
import shutil

import psutil


def clear(folder: pathlib.Path, prefix: str) -> None:
    """Remove the folders of processes that are gone.

    Parameters
    ----------
    folder : pathlib.Path
        Where to look; its last part may hold a ``*``.
    prefix : str
        What such a folder's name begins with; the rest of it is a process's number.
    """
    for left in folder.parent.glob(f"{folder.name}/{prefix}*"):
        number = left.name.removeprefix(prefix)
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(left, ignore_errors=True)
