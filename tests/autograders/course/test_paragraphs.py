"""A cell's paragraphs: found, translated, put back; and nothing else is touched."""

import ast

import pytest
from nbformat import v4

from autograders.course import lesson, paragraphs
from autograders.course.catalogue import EXERCISES


def marked(text):
    """Return a text between marks."""
    return f"«{text}»"


@pytest.mark.parametrize("name", EXERCISES)
def test_a_lesson_with_every_paragraph_as_it_is_is_that_lesson(name):
    for cell in lesson.original(name).cells:
        assert paragraphs.put(cell.cell_type, cell.source, str) == cell.source


@pytest.mark.parametrize("name", EXERCISES)
def test_code_is_the_same_whatever_its_words_are(name):
    seen = 0
    for cell in lesson.original(name).cells:
        if cell.cell_type == "code":
            new = paragraphs.put("code", cell.source, marked)
            seen += new != cell.source
            assert bare(new) == bare(cell.source)
    assert seen > 8


def bare(source):
    """Return code without docstrings, comments and the words that it prints."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            del node.body[0]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
            silence(node)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr):
            silence(node.value)
        if isinstance(node, ast.For) and "print" in ast.unparse(node):
            silence(node.iter)
    return ast.dump(tree)


def silence(node):
    """Take the words out of the texts below a node."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            each.value = ""
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            each.values = [v for v in each.values if not isinstance(v, ast.Constant)]


def of(source, kind="markdown"):
    new = v4.new_markdown_cell if kind == "markdown" else v4.new_code_cell
    return paragraphs.of(new(source))


def test_markdown_is_taken_paragraph_by_paragraph():
    source = (
        "# Title\n\nOne $a$\nline.\n\n$$\nx = 1\n\ny = 2\n$$\n\n```\nsome code\n\nmore\n```\n\nEnd"
    )
    assert of(source) == ["# Title", "One $a$\nline.", "End"]


def test_code_gives_comments_docstrings_and_what_it_prints():
    source = (
        'def f(x):\n    """Return x.\n\n    More of it\n    here.\n    """\n'
        "    # first\n    # second\n    ### START CODE HERE ### (approx. 1 line)\n"
        '    y = None  # behind\n    return "no text"\n\nprint(f"x is {x}")\n'
    )
    found = {"x is {x}", "behind", "first\nsecond", "Return x.", "More of it\nhere."}
    assert set(of(source, "code")) == found
    new = paragraphs.put("code", source, marked)
    assert '    """«Return x.»\n\n    «More of it\n    here.»\n    """\n' in new
    assert "    # «first\n    # second»\n    ### START CODE HERE ### (approx. 1 line)\n" in new
    assert '= None  # «behind»\n    return "no text"\n\nprint(f"«x is {x}»")\n' in new


def test_what_is_printed_later_is_taken_as_well():
    source = (
        'said = f"{a} % right"\nkey, name = f"{a}", "no text"\n'
        'for when, p in (("start", 1), ("keep_prob = 1", 2), (f"step {a}", 3)):\n'
        '    print(f"{when}: {said}", p)\n'
        'for part, p in (("train", 1),):\n    print(shares[p])\n'
    )
    assert sorted(of(source, "code")) == ["start", "step {a}", "{a} % right"]
    new = paragraphs.put("code", source, marked)
    assert (
        'said = f"«{a} % right»"\n' in new
        and '(("«start»", 1), ("keep_prob = 1", 2), (f"«step {a}»", 3))' in new
    )


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("The $W^{[1]}$ of `W1`", "`W1` 的 $W^{[1]}$", []),
        ("The $W$", "$V$", ["formulas: $V$, $W$"]),
        ("Use `np.dot`", "用 np.dot", ["code: `np.dot`"]),
        (
            "See [He](https://a.b/c)",
            "见 [He](https://a.b/d)",
            ["links: https://a.b/c, https://a.b/d"],
        ),
        ("{a} of {b}", "{b} 中的 {c}", ["fields: {a}, {c}"]),
        (r"$a \\ b$", r"$a \ b$", [r"formulas: $a \ b$, $a \\ b$"]),
    ],
)
def test_what_a_translation_must_keep_is_compared(one, other, found):
    assert paragraphs.differs(one, other) == found
