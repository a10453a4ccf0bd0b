"""A notebook of the course: its cells by what they are, and the way to and from the reference."""

import copy
import functools
import pathlib
from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode

from autograders import ROOT, Refused
from autograders.course import languages, reference, stubs
from autograders.course.catalogue import EXERCISES, functions
from lab.judge.excerpt import first_line

FOLDER = ROOT / "notebooks"
GIVEN, CHECK = "given_", "check_"
EXPLORE_TAG = "explore"

MISSING = "{path} is missing. Restore it from version control."
UNREADABLE = "{path} is no notebook ({error}). Restore it from version control."
NO_STUB = "{path}: no cell holds the exercise {name}. Give its stub cell the grade_id {name!r}."
DIFFERS = (
    "{path}: the cell {name!r} differs from what source_ref/{assignment}.py gives. "
    "Run `python -m autograders derive`."
)


def path(assignment: str) -> pathlib.Path:
    """Return where the notebook of an assignment stands."""
    return FOLDER / assignment / f"{assignment}.ipynb"


def read(file: pathlib.Path | str) -> NotebookNode:
    """Return the notebook in `file`.

    Raises
    ------
    Refused
        If it is missing or no notebook.
    """
    file = pathlib.Path(file)
    shown = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    if not file.is_file():
        raise Refused(MISSING.format(path=shown))
    try:
        # nbformat's own function would hold it to the schema as well, and only log what is wrong
        notebook = nbformat.convert(nbformat.reader.reads(file.read_text(encoding="utf-8")), 4)
        nbformat.validate(notebook)
    except Exception as error:
        raise Refused(UNREADABLE.format(path=shown, error=first_line(error, 100))) from None
    return notebook


def check_complete(assignment: str) -> None:
    """Hold an assignment to having its notebook and its references.

    Raises
    ------
    Refused
        If one of them is missing or cannot be read.
    """
    read(path(assignment))
    for name in functions(assignment):
        reference.source(assignment, name)


def text(notebook: NotebookNode) -> str:
    """Return the notebook as the text of a file."""
    return nbformat.writes(notebook, indent=1, sort_keys=True) + "\n"


def original(assignment: str, language: str = languages.ENGLISH) -> NotebookNode:
    """Return the course's own notebook of an assignment, to look at and not to change.

    It is read once, as long as its file stays as it is.

    Parameters
    ----------
    assignment : str
    language : str

    Raises
    ------
    Refused
        If it is missing or no notebook.
    """
    files = path(assignment), languages.lesson_file(language, assignment)
    status = [(each.stat().st_mtime_ns, each.stat().st_size) for each in files if each.is_file()]
    return _original(files[0], assignment, language, tuple(status))


@functools.lru_cache(maxsize=16)
def _original(file: pathlib.Path, assignment: str, language: str, _: object) -> NotebookNode:
    return languages.translated(read(file), assignment, language)


def write(notebook: NotebookNode, file: pathlib.Path | str) -> bool:
    """Write the notebook; return whether the file changed."""
    file, new = pathlib.Path(file), text(notebook)
    if file.exists() and file.read_text(encoding="utf-8") == new:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(new, encoding="utf-8")
    return True


def grade_id(cell: NotebookNode) -> str:
    """Return the cell's name for nbgrader, or an empty string."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def is_check(cell: NotebookNode) -> bool:
    """Tell whether the cell runs a check."""
    return grade_id(cell).startswith(CHECK)


def is_explore(cell: NotebookNode) -> bool:
    """Tell whether the cell is there to play with; nothing outside such cells needs it."""
    return EXPLORE_TAG in cell.metadata.get("tags", [])


def derived(notebook: NotebookNode, assignment: str) -> NotebookNode:
    """Return a copy whose stub cells and given functions are those of source_ref."""
    texts = {name: reference.stub(assignment, name) for name in functions(assignment)}
    return _with_sources(notebook, assignment, texts)


def filled(
    notebook: NotebookNode, assignment: str, answers: dict[str, str] | None = None
) -> NotebookNode:
    """Return a copy whose stub cells hold answers.

    Parameters
    ----------
    notebook : NotebookNode
    assignment : str
    answers : dict of str to str, optional
        The code of each function; the reference's own unless told otherwise. A
        function that is left out keeps what its cell holds.
    """
    if answers is None:
        answers = {name: reference.source(assignment, name) for name in functions(assignment)}
    return _with_sources(notebook, assignment, answers)


def problems(assignment: str) -> Iterator[str]:
    """Yield, as lines for a person, where the stored notebook differs from the reference."""
    file = path(assignment)
    notebook = read(file)
    shown = file.relative_to(ROOT)
    found = {grade_id(cell) for cell in notebook.cells}
    for name in functions(assignment):
        if name not in found:
            yield NO_STUB.format(path=shown, name=name)
    for cell, wanted in zip(notebook.cells, derived(notebook, assignment).cells, strict=True):
        if cell.source != wanted.source:
            yield DIFFERS.format(path=shown, name=grade_id(cell), assignment=assignment)


def _given() -> dict[str, str]:
    """Return every reference function without its markers, by the name of its given cell."""
    return {
        GIVEN + name: stubs.without_markers(source)
        for assignment in EXERCISES
        for name, source in reference.sources(assignment).items()
    }


def _with_sources(notebook: NotebookNode, assignment: str, texts: dict[str, str]) -> NotebookNode:
    notebook = copy.deepcopy(notebook)
    texts = {**_given(), **texts}
    for cell in notebook.cells:
        cell.source = texts.get(grade_id(cell), cell.source)
    return notebook
