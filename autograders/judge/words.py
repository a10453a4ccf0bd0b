"""A student's own words: what stands anywhere in a notebook and is none of the course's text.

A written answer that stands in another cell than its own is read by a person, too.
"""

import ast
import collections
import difflib
import re
import warnings
from collections.abc import Iterator

from nbformat import NotebookNode

from autograders.course import lesson
from autograders.judge import play
from autograders.judge.cells import Plain

FEW, MANY = 3, 13
"""How many words make an answer: in a cell of nothing else, and beside code."""

LIKE = 0.85
"""How like a line of the course's another one is that was made of it by a slip."""

SLIP = 2
"""How many words the two do not share then: one in place of another. An answer in the course's
own words is an answer."""

LONGEST_LINE = 2_000  # characters of a line that is compared
MOST_COMPARED = 300  # lines of a notebook
LONGEST = 20_000  # characters of all that is shown

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+")
_PLACE = re.compile(r"<img|!\[")
_ODD = re.compile(r"[^\w\s.,;:!?'\"()\-–—%/]|\w\(|_")


class Course:
    """The text of the course's own notebook.

    Parameters
    ----------
    original : NotebookNode
    """

    def __init__(self, original: NotebookNode) -> None:
        self._lines: set[str] = set()
        for cell in original.cells:
            self._lines |= {_bare(line) for line in cell.source.splitlines()}
            if cell.cell_type == "code":
                said = (*_comments(cell.source), *_strings(cell.source))
                self._lines |= {_bare(line) for text in said for line in text.splitlines()}
        self._lines.discard("")
        self._given = {play.normal(cell.source) for cell in original.cells}
        self._placeholders = [c.source.strip() for c in original.cells if is_answer(c)]
        self._compared = 0

    def gave(self, source: str) -> bool:
        """Tell whether a cell is as the course gave it."""
        return play.normal(source) in self._given or not source.strip()

    def rest(self, text: str) -> str:
        """Return a text without the course's lines; nothing where no word is left."""
        for placeholder in self._placeholders:
            text = text.replace(placeholder, "")
        kept = [line for line in text.splitlines() if not self._has(line)]
        rest = "\n".join(kept).strip()
        return rest if _WORD.search(rest) or _PLACE.search(rest) else ""

    def _has(self, line: str) -> bool:
        bare = _bare(line)
        if bare in self._lines:
            return True
        if not bare or len(bare) > LONGEST_LINE or self._compared > MOST_COMPARED:
            return False
        self._compared += 1
        near = difflib.get_close_matches(bare, self._lines, n=1, cutoff=LIKE)
        return bool(near) and _apart(bare, near[0]) <= SLIP


def _apart(one: str, other: str) -> int:
    """Return how many words stand in one of two lines alone."""
    counts = collections.Counter(_WORD.findall(one)), collections.Counter(_WORD.findall(other))
    return ((counts[0] - counts[1]) + (counts[1] - counts[0])).total()


def is_answer(cell: NotebookNode) -> bool:
    """Tell whether a cell of the course's is the place of a written answer."""
    return cell.cell_type == "markdown" and bool(lesson.grade_id(cell))


def count(text: str) -> int:
    """Return how many words there are."""
    return len(_WORD.findall(text))


def own(cells: list[Plain], original: NotebookNode) -> list[tuple[str, bool]]:
    """Return the student's own words that stand in other cells than those for them, in order.

    Parameters
    ----------
    cells : list of dict
        See `autograders.judge.cells`.
    original : NotebookNode
        The course's own notebook.

    Returns
    -------
    list of (str, bool)
        The words of a cell, and whether they are markdown.
    """
    course, found, room = Course(original), [], LONGEST
    places = {lesson.grade_id(cell) for cell in original.cells if is_answer(cell)}
    for cell in cells:
        source = cell["source"]
        if cell["grade_id"] in places or course.gave(source):
            continue
        code, markdown = cell["type"] == "code", cell["type"] == "markdown"
        text = (_said(source, course) if code else course.rest(source))[:room]
        if text:
            found.append((text, markdown))
            room -= len(text)
    return found


def work(cells: list[Plain], original: NotebookNode) -> tuple[str, ...]:
    """Return all that a student wrote in a notebook, outside of the cells to play with.

    Nothing where it is as it was given out; and two notebooks with the same work are alike.
    """
    course, cells_to_play = Course(original), play.Play(original)
    found = []
    for cell in cells:
        source = cell["source"]
        if course.gave(source):
            continue
        if cell["type"] != "code":
            found.append(course.rest(source))
        elif cell["grade_id"] or cells_to_play.given(source, cell["id"], cell["tagged"]) is None:
            found.append(play.normal(source))
        else:
            found.append(_said(source, course))
    return tuple(filter(None, found))


def _said(source: str, course: Course) -> str:
    """Return the words that stand in a cell of code: its comments, its texts, or all of it."""
    said = [course.rest(text) for text in (*_comments(source), *_strings(source))]
    said = [text for text in said if count(text) >= FEW]
    code = _without_comments(source)
    if not code or _is_text(code):
        return "\n\n".join(said)
    if _parsed(code) is None:
        prose = [line for line in source.splitlines() if _is_prose(line)]
        said.append(course.rest("\n".join(prose)))
    return "\n\n".join(filter(_is_answer_beside_code, said))


def _is_answer_beside_code(text: str) -> bool:
    """Tell whether a comment or a text says more than what the code does."""
    sentences = "\n".join(line for line in text.splitlines() if not _ODD.search(line))
    return count(sentences) >= MANY or count(text) >= 2 * MANY


def _is_text(code: str) -> bool:
    """Tell whether code is one text and nothing else: by itself, printed, or with a name."""
    tree = _parsed(code)
    if tree is None or len(tree.body) != 1:
        return False
    (only,) = tree.body
    value = getattr(only, "value", None)
    if isinstance(value, ast.Call) and len(value.args) == 1:
        (value,) = value.args
    return isinstance(value, ast.Constant | ast.JoinedStr)


def _is_prose(line: str) -> bool:
    """Tell whether a line is a sentence and no code."""
    return count(line) >= FEW and not _ODD.search(line) and _parsed(line.strip()) is None


def _comments(source: str) -> Iterator[str]:
    """Yield the comments, those below one another as one, without what was code once."""
    block: list[str] = []
    for line in [*source.splitlines(), ""]:
        code, mark, text = line.partition("#")
        if mark and (not code.strip() or _ends_there(code)):
            text = text.strip().strip("#").strip()
            if text.isidentifier() or _parsed(text) is None:
                block.append(text)
        if (code.strip() or not mark) and block:
            yield "\n".join(block)
            block = []


def _ends_there(code: str) -> bool:
    """Tell whether a mark behind code begins a comment, as far as quotes tell."""
    return code.count('"') % 2 == 0 and code.count("'") % 2 == 0


def _without_comments(source: str) -> str:
    lines = (line for line in source.splitlines() if not line.lstrip().startswith(("#", "%", "!")))
    return "\n".join(line for line in lines if line.strip())


def _strings(source: str) -> Iterator[str]:
    tree = _parsed(source)
    if tree is None:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _parsed(source: str) -> ast.Module | None:
    if len(source) > play.LARGEST_PARSED:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _bare(line: str) -> str:
    """Return a line without marks and blanks that carry no words."""
    return " ".join(line.strip().strip("#*_>-+ ").split())
