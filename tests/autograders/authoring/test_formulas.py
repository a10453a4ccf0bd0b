"""Formulas as MathML: what a converter leaves for browsers to do, and they do not."""

import re

import pytest

from autograders.authoring.formulas import mathml


def bare(latex, **options):
    """Return a formula's elements without their attributes."""
    return re.sub(r" [\w:]+=\"[^\"]*\"", "", mathml(latex, **options)).replace(" />", "/>")


@pytest.mark.parametrize(
    ("latex", "between"),
    [(r"\ln a", "<mi>ln</mi><mspace/><mi>a</mi>"), (r"\ln(a)", "<mi>ln</mi><mo>(</mo>")],
)
def test_a_function_s_name_stands_apart(latex, between):
    assert between in bare(latex)


def test_a_sum_has_its_limits_above_and_below_on_a_line_of_its_own():
    latex = r"\underbrace{\sum_{i=1}^{m} \sum_{k} a}_{\text{cost}}"
    assert "<munderover><mo>∑</mo>" in bare(latex, block=True)
    assert "<munder><mo>∑</mo>" in bare(latex, block=True)
    assert "<munderover>" not in bare(r"\sum_{i=1}^{m} a_i")


def test_a_large_parenthesis_with_a_power_stays_large():
    shown = bare(r"\bigl(W_{k}\bigr)^2")
    assert "<mrow><mo>)</mo><msup><mrow/><mn>2</mn></msup></mrow>" in shown
    assert "<msup><mo>)</mo><mn>2</mn></msup>" in bare("(W)^2")


def test_what_is_no_formula_s_markup_is_escaped():
    assert "<mo>&lt;</mo>" in bare("a < b")
