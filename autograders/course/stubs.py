"""From a reference function to the stub that students see, by the syntax tree."""

import ast
import difflib
import itertools
import re
import textwrap

from autograders import Refused

START, END = "### START CODE HERE ###", "### END CODE HERE ###"

NO_END = "{name}: line {line} starts a region that no '{end}' line ends."
WRONG_COUNT = "{name}: the marker says {said} lines, the reference has {have}. Correct the marker."
NO_RULE = (
    "{name}: no rule turns `{code}` into a stub. "
    "Write the stub's text into STUBS beside the reference."
)
DOES_NOT_COMPILE = (
    "{name}: the stub does not compile (line {line}: {error}). Correct the reference."
)


def regions(source: str) -> list[tuple[int, int]]:
    """Return the lines between the markers: a list of (first, last) positions.

    Parameters
    ----------
    source : str
        The source of one function.

    Returns
    -------
    list of (int, int)
        Positions in ``source.splitlines()``, the markers left out, `last` excluded.
    """
    lines = source.splitlines()
    found, start = [], None
    for position, line in enumerate(lines):
        if line.strip().startswith(START):
            start = position + 1
        elif line.strip().startswith(END) and start is not None:
            found.append((start, position))
            start = None
    if start is not None:
        raise Refused(NO_END.format(name=lines[0].strip(), line=start, end=END))
    return found


def without_markers(source: str) -> str:
    """Return a function's source without its marker lines, for cells that give it."""
    lines = source.splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith((START, END)))


def stub(source: str, text: str | None = None) -> str:
    """Return the function with its regions emptied.

    Step comments stay, the target of every assignment becomes ``TARGET = None`` and
    ``for`` heads stay; everything outside the markers stays letter for letter.

    Parameters
    ----------
    source : str
        The source of one reference function, markers included.
    text : str, optional
        What stands in the only region instead of what would be derived.

    Raises
    ------
    Refused
        Where a marker counts wrongly, a statement has no rule, or the stub does not
        compile.
    """
    tree = _function(source)
    lines = source.splitlines()
    name = tree.name
    for first, last in reversed(regions(source)):
        _check_count(name, lines[first - 1], lines[first:last])
        if text is not None:
            lines[first:last] = text.rstrip("\n").splitlines()
        else:
            lines[first:last] = _emptied(name, tree, lines, first, last)
    result = "\n".join(lines)
    try:
        compile(result, name, "exec")
    except SyntaxError as error:
        problem = DOES_NOT_COMPILE.format(name=name, line=error.lineno, error=error.msg)
        raise Refused(problem) from None
    return result


def _emptied(
    name: str, tree: ast.FunctionDef, lines: list[str], first: int, last: int
) -> list[str]:
    """Return the region's lines with only comments, ``for`` heads and emptied targets."""
    source = "\n".join(lines)
    kept = {}
    for position in range(first, last):
        if lines[position].strip().startswith("#"):
            kept[position] = lines[position]
    inside = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and first < node.lineno <= last and node is not tree
    ]
    for node in inside:
        position = node.lineno - 1
        indent = " " * node.col_offset
        if isinstance(node, ast.Assign):
            targets = [_segment(source, target) for target in node.targets]
            kept[position] = indent + " = ".join([*targets, "None"])
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            kept[position] = f"{indent}{_segment(source, node.target)} = None"
        elif isinstance(node, ast.For) and not node.orelse:
            for head in range(position, node.body[0].lineno - 1):
                kept[head] = lines[head]
        else:
            code = lines[position].strip()
            raise Refused(NO_RULE.format(name=name, code=code))
    return [kept[position] for position in sorted(kept)]


def _function(source: str) -> ast.FunctionDef:
    """Return the only function of a source."""
    return next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))


def _segment(source: str, node: ast.expr) -> str:
    return ast.get_source_segment(source, node) or ""


def _check_count(name: str, marker: str, region: list[str]) -> None:
    said = re.search(r"(\d+) lines?", marker)
    have = sum(1 for line in region if line.strip() and not line.strip().startswith("#"))
    if said and int(said[1]) != have:
        raise Refused(WRONG_COUNT.format(name=name, said=said[1], have=have))


def changed(source: str, change: dict[str, str] | str) -> str:
    """Return the function with other code between its markers.

    Parameters
    ----------
    source : str
        The source of one reference function, markers included.
    change : dict of str to str, or str
        What is replaced inside the regions, wherever it stands there; or the source
        of a whole other function (with the imports it needs above it).

    Raises
    ------
    ValueError
        If a text to be replaced does not occur inside a region.
    """
    if isinstance(change, str):
        return textwrap.dedent(change).strip("\n")
    lines = source.splitlines()
    spans = regions(source)
    for old, new in change.items():
        if not any(old in "\n".join(lines[first:last]) for first, last in spans):
            raise ValueError(f"{old!r} does not stand between the markers")
        for first, last in spans:
            text = "\n".join(lines[first:last]).replace(old, new)
            # the number of lines stays, so that the later spans stay where they are
            lines[first:last] = _same_length(text.split("\n"), last - first)
    return "\n".join(lines)


def _same_length(lines: list[str], count: int) -> list[str]:
    """Keep lines at their positions: what is more goes into the last one, joined by newlines."""
    if len(lines) > count:
        return [*lines[: count - 1], "\n".join(lines[count - 1 :])]
    return lines + [""] * (count - len(lines))


def composed(source: str, one: dict[str, str] | str, other: dict[str, str] | str) -> str | None:
    """Return the function with two changes that leave each other alone, or None.

    Changes of parts leave each other alone where it does not matter which is made first, or
    only one can be; a whole function and parts, where it has these parts as well; whole
    functions, where they touch different lines, comments and layout aside.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        both = [_after(source, *pair) for pair in ((one, other), (other, one))]
        made = {code for code in both if code is not None}
        if len(made) == 1:
            return made.pop()
    for whole, parts in ((one, other), (other, one)):
        if isinstance(whole, str) and isinstance(parts, dict):
            code = _with_parts(changed(source, whole), parts)
            if code is not None:
                return code
    base, left, right = (
        _plain(each) for each in (source, changed(source, one), changed(source, other))
    )
    lines = _merged(base, left, right)
    return None if lines is None else "\n".join(lines)


def _with_parts(whole: str, parts: dict[str, str]) -> str | None:
    """Return another whole function with parts changed, or None where it has not all of them."""
    made = whole
    for old, new in parts.items():
        if old not in made:
            return None
        made = made.replace(old, new)
    try:
        ast.parse(made)
    except SyntaxError:
        return None
    return None if made == whole else made


def _after(source: str, first: dict[str, str], then: dict[str, str]) -> str | None:
    """Return the function with two changes in this order, or None where one spoils the other."""
    alone = changed(source, first)
    try:
        both = changed(alone, then)
        ast.parse(both)
    except (ValueError, SyntaxError):
        return None
    return None if both in (alone, changed(source, then)) else both


def _plain(source: str) -> list[str]:
    """Return the lines of a function without its comments, docstring and layout."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            del node.body[0]
    return ast.unparse(tree).splitlines()


def _merged(base: list[str], left: list[str], right: list[str]) -> list[str] | None:
    """Return lines with the changes of both sides, or None where these touch each other."""
    edits = []
    for lines in (left, right):
        matcher = difflib.SequenceMatcher(a=base, b=lines, autojunk=False)
        edits += [
            (first, last, lines[start:end])
            for tag, first, last, start, end in matcher.get_opcodes()
            if tag != "equal"
        ]
    edits.sort(key=lambda edit: edit[:2])
    for one, other in itertools.pairwise(edits):
        if other[0] < one[1] or other[0] == one[0]:
            return None
    merged = list(base)
    for first, last, lines in reversed(edits):
        merged[first:last] = lines
    return merged
