"""In which language a hand-in is: told by the course's texts that it holds.

Editors drop what the release wrote into a notebook's metadata, and students may change it. The
lesson around their answers they mostly leave as it is.
"""

from nbformat import NotebookNode

from autograders.course import languages, lesson
from autograders.judge import play
from autograders.judge.cells import plain
from lab.language import ENGLISH


def of(handed_in: NotebookNode, assignment: str, otherwise: str = ENGLISH) -> str:
    """Return the language in which most of the course's texts in a notebook are.

    Parameters
    ----------
    handed_in : NotebookNode
    assignment : str
    otherwise : str
        That of the class's release: it counts where neither texts nor metadata tell.
    """
    names = languages.names()
    if len(names) == 1:
        return names[0]
    texts = {name: _texts(lesson.original(assignment, name)) for name in names}
    common = set.intersection(*texts.values())
    held = {play.normal(cell["source"]) for cell in plain(handed_in)} - common
    counts = {name: len(held & own) for name, own in texts.items()}
    most = [name for name in names if counts[name] == max(counts.values())]
    asked = (languages.told(handed_in), otherwise, *most)
    return next(name for name in asked if name in most)


def _texts(original: NotebookNode) -> set[str]:
    return {play.normal(cell.source) for cell in original.cells}
