"""Columns and lines of text in which some characters take two columns."""

import pytest

from lab import width
from lab.language import Message
from lab.plots import text


def test_columns_line_up_with_full_width_characters():
    lines = text._aligned(["起点", "测试集（%）"], [["全零", "50.0"], ["He", "96.6"]]).split("\n")
    assert len({width.width(line) for line in lines}) == 1


@pytest.mark.parametrize("columns", [8, 20, 40])
def test_lines_fit_and_lose_nothing(columns):
    said = (
        "compute_cost 还不正确。对 4 个样本：结果是 0.5；应为 0.25。看起来对样本求的和没有除以 m。"
    )
    lines = width.folded(said, columns, "  ")
    assert "".join("".join(lines).split()) == "".join(said.split())
    longest = max(width.width(word) for word in said.split() if word.isascii())
    assert all(width.width(line) <= max(columns, longest) + 4 for line in lines)
    assert not any(line.lstrip()[0] in width.NOT_FIRST for line in lines)


def test_blanks_stand_between_chinese_and_latin_where_fields_are_put_in():
    said = Message("与{base}之差，{others} 和 {last}")
    assert said.format(base="He", others="训练集", last="测试集") == "与 He 之差，训练集和测试集"
    assert said.format(base="全零", others="W1", last="W2") == "与全零之差，W1 和 W2"


def test_no_blank_stands_behind_a_full_width_mark():
    said = Message("{first} {second}")
    assert (
        said.format(first="全零：到头。", second="He：到 1、2 步。")
        == "全零：到头。He：到 1、2 步。"
    )
    assert said.format(first="One.", second="Two.") == "One. Two."


def test_english_is_folded_as_ever():
    assert width.folded("one two three", 7) == ["one two", "three"]
