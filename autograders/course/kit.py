"""The kit `lab`: how it travels with a release, and how the true one comes back for grading."""

import pathlib
import shutil

from autograders import ROOT, Refused
from autograders.course.catalogue import EXERCISES
from autograders.course.languages import IN_THE_KIT, compiled
from lab.language import ENGLISH

KIT = ROOT / "lab"

NO_KIT = "{path} is missing, so nothing can be released or graded. Restore it from version control."


def files(language: str = ENGLISH) -> dict[str, bytes]:
    """Return the kit's files as a dict from their path below the assignment to their bytes.

    Parameters
    ----------
    language : str
        The one in which it speaks.

    Raises
    ------
    Refused
        If the kit is not there.
    """
    if not (KIT / "check.py").is_file():
        raise Refused(NO_KIT.format(path="lab/check.py"))
    spoken = {} if language == ENGLISH else {IN_THE_KIT: compiled(language, _sayings())}
    found = sorted(file for file in KIT.rglob("*") if file.is_file())
    return spoken | {
        str(pathlib.Path("lab") / file.relative_to(KIT)): file.read_bytes()
        for file in found
        if "__pycache__" not in file.parts and file.suffix in (".py", ".json", ".yml")
    }


def _sayings() -> tuple[str, ...]:
    """Return what the worked examples are called."""
    return tuple(
        question.says
        for exercises in EXERCISES.values()
        for exercise in exercises
        for question in exercise.questions
    )


def travel(folder: pathlib.Path | str, language: str = ENGLISH) -> None:
    """Put the kit into a folder, in place of what stands there as lab."""
    folder = pathlib.Path(folder)
    content = files(language)
    _remove(folder / "lab")
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _remove(path: pathlib.Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
