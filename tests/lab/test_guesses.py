"""Guesses: kept, told beside the truth, and silent where nobody guesses."""

import fractions

import numpy as np
import pytest

from lab import guesses
from lab.guesses import guess, truth

CHOICES = ["shrinks", "stays", "grows"]


@pytest.fixture(autouse=True)
def nothing_guessed(monkeypatch):
    monkeypatch.setattr(guesses, "_guessed", {})
    monkeypatch.setattr(guesses, "_true", {})


@pytest.mark.parametrize("value", [(), (...,), (None,)])
def test_without_a_guess_nothing_is_said(value, capsys):
    guess("share, %", *value)
    truth("share, %", 50)
    assert capsys.readouterr().out == ""
    assert guesses.rows() == []


@pytest.mark.parametrize(
    ("yours", "true", "said", "close"),
    [
        (50, 69, "share, %: your guess was 50. It is 69.", "19 too low"),
        (
            97.5,
            np.float64(97.50000001),
            "share, %: your guess was 97.5, and that is right.",
            "right",
        ),
        (100, 97.5, "share, %: your guess was 100. It is 97.5.", "2.5 too high"),
        (np.int64(3), 3.0, "share, %: your guess was 3, and that is right.", "right"),
        (300, 2**28, "share, %: your guess was 300. It is 268,435,456.", "894,785 times too low"),
        (1, 1e-23, "share, %: your guess was 1. It is 1e-23.", "1e+23 times too high"),
        (-1, 1, "share, %: your guess was -1. It is 1.", "2 too low"),
        (3, 97.5, "share, %: your guess was 3. It is 97.5.", "94 too low"),
        (3, 0.001, "share, %: your guess was 3. It is 0.001.", "3,000 times too high"),
        (0, 0.4, "share, %: your guess was 0. It is 0.4.", "0.4 too low"),
        (
            fractions.Fraction(1, 2),
            0.5,
            "share, %: your guess was 0.5, and that is right.",
            "right",
        ),
        (2, True, "share, %: your guess was 2. It is 1.", "1 too high"),
    ],
    ids=str,
)
def test_a_number_is_told_beside_the_truth(yours, true, said, close, capsys):
    guess("share, %", yours)
    assert guesses.rows()[0][2:] == ("–", "not told yet")
    assert capsys.readouterr().out == f"share, %: your guess {guesses.shown(yours)} is kept.\n"
    truth("share, %", true)
    assert capsys.readouterr().out == said + "\n"
    assert guesses.rows()[0][3] == close


@pytest.mark.parametrize(
    ("yours", "said", "close"),
    [
        ("grows", "weight: your guess was grows, and that is right.", "right"),
        (" GROWS", "weight: your guess was grows, and that is right.", "right"),
        ("stays", "weight: your guess was stays. It is grows.", "another one"),
    ],
)
def test_a_word_is_told_beside_the_truth(yours, said, close, capsys):
    guess("weight", yours, among=CHOICES)
    kept = f"weight: your guess {yours.strip().lower()} is kept.\n"
    assert capsys.readouterr().out == kept
    truth("weight", "grows")
    assert capsys.readouterr().out == said + "\n"
    assert guesses.rows()[0][3] == close


@pytest.mark.parametrize(
    "value",
    ["50 %", "fifty", [50], True, 1j, float("nan"), float("inf"), 10**400, np.zeros(1), print],
)
def test_what_is_no_number_is_told_in_one_line_and_not_kept(value, capsys):
    guess("share, %", value)
    assert capsys.readouterr().out == (
        "share, %: guess a number, such as 12.5, in the place of the dots.\n"
    )
    assert guesses.rows() == []


@pytest.mark.parametrize("value", ["grow", 3, ["grows"], np.zeros(2)])
def test_what_is_no_choice_is_told_in_one_line_and_not_kept(value, capsys):
    guess("weight", value, among=CHOICES)
    assert capsys.readouterr().out == (
        'weight: guess one of "shrinks", "stays", "grows", with its quotes, in the place of the '
        "dots.\n"
    )
    assert guesses.rows() == []


def test_the_last_guess_counts_and_dots_take_it_back(capsys):
    guess("share, %", 3)
    guess("share, %", 4)
    truth("share, %", 4)
    assert "your guess was 4, and that is right" in capsys.readouterr().out
    guess("share, %", ...)
    truth("share, %", 4)
    assert capsys.readouterr().out == ""


def test_a_number_is_written_as_it_is_read():
    assert [guesses.shown(x) for x in (0.6931, 2376, 1e6, 12345.678, 7e16, -0.0)] == [
        "0.6931",
        "2,376",
        "1,000,000",
        "12,346",
        "7e+16",
        "0",
    ]
