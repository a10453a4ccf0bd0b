"""The kit `lab`: how it travels with a release, and how the true one comes back for grading."""

import pathlib
import shutil

from autograders import ROOT, Refused

KIT = ROOT / "lab"

NO_KIT = "{path} is missing, so nothing can be released or graded. Restore it from version control."


def files() -> dict[str, bytes]:
    """Return the kit's files as a dict from their path below the assignment to their bytes.

    Raises
    ------
    Refused
        If the kit is not there.
    """
    if not (KIT / "check.py").is_file():
        raise Refused(NO_KIT.format(path="lab/check.py"))
    found = sorted(file for file in KIT.rglob("*") if file.is_file())
    return {
        str(pathlib.Path("lab") / file.relative_to(KIT)): file.read_bytes()
        for file in found
        if "__pycache__" not in file.parts and file.suffix in (".py", ".json", ".yml")
    }


def travel(folder: pathlib.Path | str) -> None:
    """Put the kit into a folder, in place of what stands there as lab."""
    folder = pathlib.Path(folder)
    content = files()
    _remove(folder / "lab")
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _remove(path: pathlib.Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
