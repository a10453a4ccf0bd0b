"""What is told to a command counts, or is refused in one line: nothing is silently ignored."""

import pytest

from autograders.__main__ import main
from tests.course import commands_at


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    """Type a command where nothing is there; what it refused with, and its status."""
    commands_at(monkeypatch, tmp_path)
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        try:
            status = main([*arguments])
        except SystemExit as stopped:
            status = stopped.code
        said, error = capsys.readouterr()
        assert said == ""
        (line,) = error.splitlines()
        assert list(tmp_path.iterdir()) == []
        return line, status

    return run


@pytest.mark.parametrize(
    ("arguments", "option", "others"),
    [
        (["answers", "dropout", "--replace"], "--replace", "--bring"),
        (["feedback", "dropout", "--zip", "x.zip"], "--zip", "--to canvas or --to moodle"),
        (["feedback", "--to", "mail", "--zip", "x"], "--zip", "--to canvas or --to moodle"),
        (
            ["feedback", "--to", "moodle", "--zip", "x", "--template", "m"],
            "--template",
            "--to mail",
        ),
        (["collect", "x.zip", "--insist"], "--insist", "--assignment"),
        (["collect", "x.zip", "--column", "A=login"], "--column", "--roster"),
        (["roster", "--column", "A=login"], "--column", "a list of students"),
        (["deadline", "dropout", "--student", "ada"], "--student", "--due or --none"),
        (["deadline", "dropout", "--none", "--zone", "+01:00"], "--zone", "--due"),
    ],
)
def test_an_option_that_would_count_for_nothing_is_refused(arguments, option, others, typed):
    line, status = typed(*arguments)
    assert status == 1
    assert line == f"{option} counts only with {others}. Add that, or leave {option} out."


def test_marks_are_brought_or_written_out_not_both(typed):
    line, status = typed("answers", "dropout", "--bring", "x", "--to", "y")
    assert (line, status) == ("Say one of --bring and --to, not both.", 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ["grade", "--student"],
        ["deadline", "dropout", "--due", "2026-03-01 23:59Z", "--student"],
        ["collect", "x.zip", "--assignment"],
        ["collect", "x.zip", "--roster"],
        ["feedback", "dropout", "--to", "moodle", "--zip"],
        ["feedback", "dropout", "--to", "mail", "--template"],
        ["answers", "dropout", "--to"],
        ["answers", "dropout", "--bring"],
        ["report", "--course"],
        ["backup", "--to"],
    ],
)
@pytest.mark.parametrize("text", ["", " "])
def test_an_option_that_is_empty_is_refused(arguments, text, typed):
    """A shell puts that in where a variable is not set."""
    line, status = typed(*arguments, text)
    assert status == 2
    assert f"Argument {arguments[-1]}: {text!r} says nothing; fill it in, or leave the" in line
