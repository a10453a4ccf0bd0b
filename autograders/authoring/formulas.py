"""Formulas as MathML, which browsers set by themselves: without a script, without a network."""

import itertools
from xml.etree import ElementTree

from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

MATHML = "http://www.w3.org/1998/Math/MathML"
BLOCK = '<span class="formula">{formula}</span>'
"""Around a formula of its own line, so that one wider than the page can be scrolled."""

SUM, PARENTHESIS = "\u2211", "("
FUNCTIONS = ("ln", "log")
THIN = "0.167em"
LIMITS = {"msub": "munder", "msubsup": "munderover"}
SCRIPTS = ("msub", "msup", "msubsup")


def mathml(latex: str, *, block: bool = False) -> str:
    """Return a formula as MathML.

    Parameters
    ----------
    latex : str
        Without the signs around it.
    block : bool
        Whether it has a line of its own.
    """
    converted = convert(latex.strip(), display="block" if block else "inline")
    formula = ElementTree.fromstring(converted)  # noqa: S314
    for parent in list(formula.iter()):
        _set_apart(parent)
        _put_limits(parent, block)
        _free_parenthesis(parent)
    ElementTree.register_namespace("", MATHML)
    return ElementTree.tostring(formula, encoding="unicode")


def _set_apart(parent: ElementTree.Element) -> None:
    """Put a thin space between a function's name and what follows, if that is no parenthesis."""
    children = list(parent)
    for each, following in itertools.pairwise(children):
        if each.text in FUNCTIONS and following.text != PARENTHESIS:
            space = ElementTree.Element(_named("mspace"), width=THIN)
            parent.insert(list(parent).index(following), space)


def _put_limits(element: ElementTree.Element, block: bool) -> None:
    """Put the limits of a sum above and below it, where it has a line of its own."""
    name = element.tag.removeprefix(_named(""))
    if block and name in LIMITS and element[0].text == SUM:
        element.tag = _named(LIMITS[name])


def _free_parenthesis(element: ElementTree.Element) -> None:
    """Let a large parenthesis with a power stand by itself: as its base it would not be large."""
    name = element.tag.removeprefix(_named(""))
    if name in SCRIPTS and element[0].get("minsize"):
        base, *scripts = list(element)
        raised = ElementTree.Element(_named(name))
        raised.extend([ElementTree.Element(_named("mrow")), *scripts])
        element.tag = _named("mrow")
        element[:] = [base, raised]


def _named(name: str) -> str:
    return f"{{{MATHML}}}{name}"


class Renderer(IPythonRenderer):
    """Turns Markdown into HTML, and its formulas into MathML."""

    def block_math(self, body: str) -> str:
        """Return a formula of its own line."""
        return BLOCK.format(formula=mathml(body, block=True))

    def inline_math(self, body: str) -> str:
        """Return a formula within a line."""
        return mathml(body)


class Exporter(HTMLExporter):
    """Turns notebooks into HTML whose formulas are MathML."""

    @pass_context
    def markdown2html(self, context, source):
        """Return the text of a cell as HTML."""
        renderer = Renderer(escape=False, exclude_anchor_links=self.exclude_anchor_links)
        return MarkdownWithMath(renderer=renderer).render(source)
