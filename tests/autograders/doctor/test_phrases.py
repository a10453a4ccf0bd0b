"""Each kind of trouble has one sentence, and a command that names what it mends."""

import os
import pathlib
import shlex
import string

import pytest

from autograders.doctor import phrases
from autograders.doctor.trouble import Kind, Trouble

PATH = pathlib.Path("/srv/a folder/week_one")
FIELDS = {
    "path": PATH,
    "mode": 0o755,
    "has": os.geteuid(),
    "owner": 4711,
    "user": "emmy",
    "theirs": "week_two",
    "ours": "week_one",
    "name": "formgrader",
    "server": "nbgrader.server_extensions.formgrader",
    "environment": PATH,
    "python": PATH,
    "version": "1.2",
    "wanted": ">=2.1",
    "reason": "The gradebook was made by an older nbgrader.",
    "zone": "Zurich",
    "written": "2026-01-15 13:00:00 CET",
}


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_one_line_with_what_it_names(kind):
    line = phrases.line(Trouble(kind, FIELDS))
    assert line and "\n" not in line and "{" not in line
    assert line[0].isupper() or line.startswith("/")
    command = phrases.command(Trouble(kind, FIELDS))
    assert command or kind is Kind.REFUSES
    if "path" in names(phrases.SENTENCES[kind][1]):
        assert str(PATH) in shlex.split(command)[-1]


def names(text):
    return {name for _, name, *_ in string.Formatter().parse(text) if name}


def test_users_are_called_by_their_names():
    line = phrases.line(Trouble(Kind.OWNED_BY_ANOTHER, FIELDS))
    assert "chown -R 4711: '/srv/a folder/week_one'" in line


def test_an_extension_is_switched_in_both_of_its_halves():
    command = phrases.command(Trouble(Kind.NOT_OFF, FIELDS))
    assert command.count("disable") == 2
    assert "--sys-prefix nbgrader.server_extensions.formgrader" in command
    assert "--level=sys_prefix @jupyter/nbgrader:formgrader" in command
    only = phrases.command(Trouble(Kind.NOT_OFF, {**FIELDS, "server": None}))
    assert only.count("disable") == 1
