"""A student's own words: what stands anywhere in a notebook and is none of the course's text.

A written answer that stands in another cell than its own is read by a person, too.
"""

import ast
import collections
import difflib
import functools
import re
import warnings
from collections.abc import Iterator

from nbformat import NotebookNode

from autograders.course import lesson
from autograders.judge import play
from autograders.judge.cells import Plain

FEW, APART, MANY = 3, 5, 13
"""How many words make an answer: in a cell of nothing else; beside code, but apart from it; among
the lines of code, where a note says what the next one does."""

SIGN = 2
"""How many words a sign of Chinese counts for beside code: no short answer may be missed."""

LIKE = 0.85
"""How like a line of the course's another one is that was made of it by a slip."""

SLIP = 2
"""How many words the two do not share then: one in place of another. An answer in the course's
own words is an answer."""

LONGEST_LINE = 2_000  # characters of a line that is compared
MOST_COMPARED = 300  # lines of a notebook
LONGEST = 20_000  # characters of all that is shown

_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(rf"{_SIGN.pattern}|[^\W\d_]+")
_PLAIN = re.compile(rf"{_SIGN.pattern}|[^\W\d_]{{2,}}")
_PLACE = re.compile(r"<img|!\[")
_ODD = re.compile(r"[^\w\s.,;:!?'\"()\-–—%/…‘’“”、。「」《》！（），．：；？]|\w\(|_")
_COMMAND = ("%", "!", "pip ", "conda ")
_UNREAD = ("#", *_COMMAND)


class Course:
    """The text of the course's own notebook.

    Parameters
    ----------
    original : NotebookNode
    """

    def __init__(self, original: NotebookNode) -> None:
        self._lines = _lines(tuple((cell.source, cell.cell_type) for cell in original.cells))
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


@functools.lru_cache(maxsize=64)
def _lines(cells: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Return the lines of cells of a course, bare, and those in the comments and texts of code."""
    lines: set[str] = set()
    for source, kind in cells:
        texts = [source]
        if kind == "code":
            texts += [text for text, _ in (*_comments(source), *_strings(source))]
        lines |= {_bare(line) for text in texts for line in text.splitlines()}
    return frozenset(lines - {""})


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
    found = [(course.rest(text), least) for text, least in (*_comments(source), *_strings(source))]
    code = _without_comments(source)
    if code and not _is_code(code):
        prose = [line for line in code.splitlines() if _is_prose(line)]
        found.append((course.rest("\n".join(prose)), APART))
        if len(prose) == len(code.splitlines()):
            code = ""
    if not code or _is_text(code):
        return "\n\n".join(text for text, _ in found if count(text) >= FEW)
    return "\n\n".join(text for text, least in found if _prose(text) >= least)


def _prose(text: str) -> int:
    """Return how many words there are beside formulas and names of one letter."""
    words = sum(len(_PLAIN.findall(each)) for each in text.split() if not _ODD.search(each))
    return max(words, SIGN * len(_SIGN.findall(text)))


def _is_text(code: str) -> bool:
    """Tell whether code is one text and nothing else: by itself, printed, or with a name."""
    tree = _parsed(code)
    return tree is not None and len(tree.body) == 1 and _text(tree.body[0]) is not None


def _text(statement: ast.stmt) -> ast.Constant | ast.JoinedStr | None:
    """Return the text that a statement holds and nothing else, in a call or by itself."""
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call) and len(value.args) == 1:
        (value,) = value.args
    if isinstance(value, ast.Constant):
        return value if isinstance(value.value, str) else None
    return value if isinstance(value, ast.JoinedStr) else None


def _is_prose(line: str) -> bool:
    """Tell whether a line is a sentence and no code."""
    few = count(line) >= FEW and not line.lstrip().startswith(_COMMAND)
    return few and not _ODD.search(line) and not _is_code(line.strip())


@play.remembered
def _is_code(text: str) -> bool:
    """Tell whether a text is Python. Chinese words between half-width marks are so by chance."""
    tree = _parsed(text)
    if tree is None:
        return False
    nodes = list(ast.walk(tree))
    names = (getattr(node, "id", getattr(node, "attr", "")) for node in nodes)
    does = any(isinstance(node, ast.Call | ast.Constant | ast.Import) for node in nodes)
    return does or not any(map(_SIGN.search, names))


def _comments(source: str) -> Iterator[tuple[str, int]]:
    """Yield the comments, those below one another as one, without what was code once.

    With each comes how many words make an answer of it: fewer at the margin and behind all code.
    """
    block: list[str] = []
    least = MANY
    lines = source.splitlines()
    end = max((i for i, line in enumerate(lines) if not _is_comment(line)), default=-1)
    for position, line in enumerate([*lines, ""]):
        code, mark, text = line.partition("#")
        if mark and (not code.strip() or _ends_there(code)):
            text = text.strip().strip("#").strip()
            if text.isidentifier() or not _is_code(text):
                if not block:
                    least = MANY if code and position <= end else APART
                block.append(text)
        if (code.strip() or not mark) and block:
            yield "\n".join(block), least
            block = []


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _ends_there(code: str) -> bool:
    """Tell whether a mark behind code begins a comment, as far as quotes tell."""
    return code.count('"') % 2 == 0 and code.count("'") % 2 == 0


def _without_comments(source: str) -> str:
    lines = (line for line in source.splitlines() if not line.lstrip().startswith(_UNREAD))
    return "\n".join(line for line in lines if line.strip())


def _strings(source: str) -> Iterator[tuple[str, int]]:
    """Yield the texts in code, each with how many words make an answer of it."""
    tree = _parsed(source)
    if tree is None:
        return
    apart = {id(_text(each)) for each in tree.body if not _calls_another(each)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, APART if id(node) in apart else MANY


def _calls_another(statement: ast.stmt) -> bool:
    """Tell whether a statement gives its text to another function than print."""
    value = getattr(statement, "value", None)
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") != "print"


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
