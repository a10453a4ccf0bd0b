"""The files of the repository: what version control would hold, found without it."""

import fnmatch
import os
import pathlib

from autograders import ROOT


def files(*endings):
    """Return the files that .gitignore does not leave out, with these endings or all.

    Parameters
    ----------
    *endings : str
        Such as ".md".

    Returns
    -------
    list of pathlib.Path
        Sorted.
    """
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    left_out = [".git", *(line.rstrip("/") for line in lines)]

    def is_left_out(name):
        return any(fnmatch.fnmatch(name, pattern) for pattern in left_out)

    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not is_left_out(name)]
        found += [pathlib.Path(folder, name) for name in names if not is_left_out(name)]
    return sorted(file for file in found if not endings or file.name.endswith(endings))
