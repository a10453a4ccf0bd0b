"""The text of a cell, paragraph by paragraph: what a translator sees, and the way back.

In code that is comments, docstrings and what it prints. The rest of the code stays as it is.
"""

import ast
import io
import re
import textwrap
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from nbformat import NotebookNode

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_FENCE = re.compile(r"^```.*?^```[ \t]*$", re.MULTILINE | re.DOTALL)
_DISPLAY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_FORMULA = re.compile(r"\$\$.*?\$\$|(?<![\\$])\$[^$\n]+?\$", re.DOTALL)
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)|(?:src|href)=\"([^\"]+)\"|<(https?://[^>]+)>")
_FIELD = re.compile(r"\{[^{}\n]*\}")
_PRINTED = re.compile(r"f?\"([^\"\\\n]*)\"")
_WORD = re.compile(r"[^\W\d_]{2,}")

Translate = Callable[[str], str]


def of(cell: NotebookNode) -> list[str]:
    """Return the paragraphs of a cell that can be translated, in order."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    put(cell.cell_type, cell.source, keep)
    return found


def put(kind: str, source: str, translate: Translate) -> str:
    """Return a cell's source with each paragraph translated.

    Parameters
    ----------
    kind : str
        "markdown" or "code"; others stay as they are.
    source : str
    translate : callable
        ``translate(paragraph)`` gives what stands in its place.
    """
    if kind == "markdown":
        return "".join(_block(piece, translate) for piece in _blocks(source))
    return _put_in_code(source, translate) if kind == "code" else source


def marks(text: str) -> dict[str, Counter[str]]:
    """Return what a translation must have as the original has it: formulas, code, links."""
    code = Counter(_CODE.findall(text))
    without = _CODE.sub("", text)
    links = Counter(next(filter(None, found)) for found in _LINK.findall(text))
    return {
        "code": code,
        "formulas": Counter(_FORMULA.findall(without)),
        "links": links,
        "fields": Counter(_FIELD.findall(text)),
    }


def differs(original: str, translation: str) -> list[str]:
    """Return which marks of a translation are not those of the original, as texts."""
    found = []
    for (kind, one), other in zip(
        marks(original).items(), marks(translation).values(), strict=True
    ):
        apart = sorted(((one - other) + (other - one)).elements())
        found += [f"{kind}: {', '.join(apart)}"] if apart else []
    return found


def _blocks(source: str) -> Iterator[str]:
    """Yield the pieces of markdown: blocks, and what stands between them; together the source."""
    start, kept = (
        0,
        [match.span() for each in (_FENCE, _DISPLAY) for match in each.finditer(source)],
    )
    for match in _BLANK.finditer(source):
        if any(first < match.start() < last for first, last in kept):
            continue
        yield source[start : match.start()]
        yield match[0]
        start = match.end()
    yield source[start:]


def _block(text: str, translate: Translate) -> str:
    without = _LINK.sub("", _FORMULA.sub("", _FENCE.sub("", text)))
    return translate(text) if _WORD.search(without) else text


def _put_in_code(source: str, translate: Translate) -> str:
    """Return code with its comments and docstrings translated; as it is where it cannot be read."""
    try:
        tree = ast.parse(source)
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, ValueError, tokenize.TokenError):
        return source
    lines = source.split("\n")
    for start, end in sorted(_inside_lines(tree, tokens, lines), reverse=True):
        row, text = start[0] - 1, lines[start[0] - 1]
        lines[row] = text[: start[1]] + translate(text[start[1] : end]) + text[end:]
    changes: list[tuple[int, int, list[str]]] = []  # first line, line after the last, what comes
    for first, last in _comment_blocks(tokens, lines):
        changes.append((first, last, _comments(lines[first:last], translate)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            string = node.body[0]
            first, last = string.lineno - 1, string.end_lineno or string.lineno
            changes.append((first, last, _docstring(lines[first:last], translate)))
    for first, last, new in sorted(changes, reverse=True):
        lines[first:last] = new
    return "\n".join(lines)


def _inside_lines(
    tree: ast.Module, tokens: list[tokenize.TokenInfo], lines: list[str]
) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield where a comment behind code, or a text that is printed, begins and ends in its line."""
    for token in (each for each in tokens if each.type == tokenize.COMMENT):
        (row, column), line = token.start, lines[token.start[0] - 1]
        code = line[:column].strip()
        if code and _WORD.search(token.string):
            yield (row, column + len("# ")), len(line)
    for node in ast.walk(tree):
        for each in _printed(node):
            line = lines[each.lineno - 1]
            match = _PRINTED.match(line, len(line.encode()[: each.col_offset].decode()))
            if match and _WORD.search(_FIELD.sub("", match[1])):
                yield (each.lineno, match.start(1)), match.end(1)


def _printed(node: ast.AST) -> Sequence[ast.expr]:
    """Return the texts that a node prints, or puts together and gives a name for that."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
        return node.args
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr):
        return [node.value]
    return _looped(node) if isinstance(node, ast.For) else []


def _looped(loop: ast.For) -> Sequence[ast.expr]:
    """Return the texts over which a loop goes that prints them."""
    printed = {
        name.id
        for call in ast.walk(loop)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "print"
        for name in ast.walk(call)
        if isinstance(name, ast.Name)
    }
    targets, rows = getattr(loop.target, "elts", []), getattr(loop.iter, "elts", [])
    return [
        each
        for row in rows
        for target, each in zip(targets, getattr(row, "elts", []), strict=False)
        if getattr(target, "id", "") in printed and _is_word(each)
    ]


def _is_word(node: ast.expr) -> bool:
    """Tell whether a text is no name of the program's: letters alone, or with fields."""
    if isinstance(node, ast.JoinedStr):
        return True
    value = getattr(node, "value", None)
    return isinstance(value, str) and value.replace(" ", "").isalpha()


def _comment_blocks(
    tokens: list[tokenize.TokenInfo], lines: list[str]
) -> Iterator[tuple[int, int]]:
    """Yield from where to where lines hold nothing but comments of one indent."""
    rows = [
        token.start
        for token in tokens
        if token.type == tokenize.COMMENT
        and not lines[token.start[0] - 1][: token.start[1]].strip()
        and not token.string.startswith("###")
        and _WORD.search(token.string)
    ]
    start = 0
    for place in range(1, len(rows) + 1):
        follows = place < len(rows) and rows[place] == (rows[place - 1][0] + 1, rows[place - 1][1])
        if not follows:
            yield rows[start][0] - 1, rows[place - 1][0]
            start = place


def _comments(lines: list[str], translate: Translate) -> list[str]:
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    text = "\n".join(line.strip().lstrip("#").removeprefix(" ") for line in lines)
    new = translate(text)
    return lines if new == text else [f"{indent}# {line}".rstrip() for line in new.split("\n")]


def _docstring(lines: list[str], translate: Translate) -> list[str]:
    """Return the lines of a docstring, each of its paragraphs translated."""
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    text = textwrap.dedent("\n".join([lines[0].strip(), textwrap.dedent("\n".join(lines[1:]))]))
    match = re.match(r'(r?)("""|\'\'\')(.*?)\s*\2\s*$', text, re.DOTALL)
    if not match:
        return lines
    raw, quotes, inside = match.groups()
    new = "\n\n".join(_block(each, translate) for each in re.split(r"\n\s*\n", inside))
    if new == re.sub(r"\n\s*\n", "\n\n", inside):
        return lines
    closing = [quotes] if len(lines) > 1 else []
    body = f"{raw}{quotes}{new}" + ("" if closing else quotes)
    return [(indent + line).rstrip() for line in [*body.split("\n"), *closing]]
