"""The sentence for each kind of trouble, and the command that mends it."""

import pathlib
import shlex
from typing import Any

from autograders.doctor.trouble import Kind, Trouble
from autograders.doctor.users import user

SENTENCES: dict[Kind, tuple[str, str]] = {
    Kind.NO_EXCHANGE: (
        "{path} is not there, and nbgrader would make it so that any student can put a course of "
        "their own in the place of this one.",
        "install -d -m 1777 {path}",
    ),
    Kind.EXCHANGE_MODE: (
        "{path} has the mode {mode:o}. It needs 1777: everybody writes there, and nobody removes "
        "what belongs to somebody else.",
        "chmod 1777 {path}",
    ),
    Kind.FOREIGN: (
        "{path} belongs to {has}, who can put something else there. It has to belong to {owner}.",
        "mv {path} {path}.of-{has}",
    ),
    Kind.FOREIGN_ABOVE: (
        "{path} belongs to {has}, who can put something else in the place of what lies there.",
        "chown root: {path}",
    ),
    Kind.REPLACEABLE: (
        "Others can write to {path}, and put something else in the place of what lies there.",
        "chmod go-w {path}",
    ),
    Kind.NO_FOLDER_IN_EXCHANGE: (
        "{path} is not there yet, so any student can make it first.",
        "install -d -o {owner} -m 755 {path}",
    ),
    Kind.INBOUND_OPEN: (
        "Students can list what others have handed in to {path}, or rename it.",
        "chmod 3733 {path}",
    ),
    Kind.HOME_OPEN: (
        "{path} has the mode {mode:o}: others can look into the home of {user}.",
        "chmod 700 {path}",
    ),
    Kind.FOLDER_OPEN: (
        "{path} has the mode {mode:o}: others can read the answers, the hand-ins and the grades.",
        "chmod 700 {path}",
    ),
    Kind.SECRET_OPEN: (
        "{path} has the mode {mode:o}: others can find out what they will be asked.",
        "chmod 600 {path}",
    ),
    Kind.NO_SECRET: (
        "{path} holds no secret of this course.",
        "python -m autograders restore BACKUP",
    ),
    Kind.OWNED_BY_ANOTHER: (
        "{path} belongs to {has}, and {owner} cannot write it.",
        "chown -R {owner}: {path}",
    ),
    Kind.NO_COURSE_ID: (
        "No settings tell students which course this is: {path} names no course id.",
        "echo 'c.CourseDirectory.course_id = \"{ours}\"' >> {path}",
    ),
    Kind.OTHER_COURSE_ID: (
        "{path} calls the course {theirs!r}, and the course calls itself {ours!r}: students look "
        "for another one.",
        "sed -i 's/^c.CourseDirectory.course_id = .*/c.CourseDirectory.course_id = \"{ours}\"/' "
        "{path}",
    ),
    Kind.OTHER_EXCHANGE: (
        "{path} has the exchange at {theirs}, and the course has it at {ours}.",
        "sed -i 's|^c.Exchange.root = .*|c.Exchange.root = \"{ours}\"|' {path}",
    ),
    Kind.NOT_ON: (
        "In {environment} nbgrader's {name} is off for those who need it.",
        "",
    ),
    Kind.NOT_OFF: (
        "In {environment} nbgrader's {name} is on for students.",
        "",
    ),
    Kind.REFUSES: ("{reason}", ""),
    Kind.ZONE_UNKNOWN: (
        "This machine knows no time zone {zone!r}.",
        'c.Exchange.timezone = "UTC" in nbgrader_config.py',
    ),
    Kind.ZONE_MISREAD: (
        "A time is written {written!r} in the zone {zone}, and nbgrader takes it for another one.",
        'c.Exchange.timezone = "UTC" in nbgrader_config.py',
    ),
    Kind.OTHER_PYTHON: (
        "This is Python {version}; the project needs {wanted}.",
        "rm -r .venv; make PYTHON=python3.13 release",
    ),
    Kind.PACKAGE_MISSING: (
        "The package {name} is missing from the environment of {python}.",
        "{python} -m pip install '{name}{wanted}'",
    ),
    Kind.PACKAGE_OLD: (
        "The package {name} is {version} in the environment of {python}.",
        "{python} -m pip install '{name}{wanted}'",
    ),
    Kind.ANSWERS_THERE: (
        "The project is installed where students work, and with it the answers.",
        "{python} -m pip uninstall {name}",
    ),
}
SWITCHES = {Kind.NOT_ON: "enable", Kind.NOT_OFF: "disable"}
SERVER = "{program} server extension {switch} --sys-prefix {server}"
PAGE = "{program} labextension {switch} --level=sys_prefix @jupyter/nbgrader:{name}"
MEND = "{says} Mend it: `{command}`"
USERS = ("has", "owner")


def sentence(trouble: Trouble) -> str:
    """Return what is wrong, as one line."""
    return SENTENCES[trouble.kind][0].format(**_named(trouble.fields))


def command(trouble: Trouble) -> str:
    """Return the command that mends it; empty where the sentence says what to do."""
    if trouble.kind in SWITCHES:
        return _switch(trouble)
    quoted = {
        name: shlex.quote(str(value)) if isinstance(value, pathlib.Path) else value
        for name, value in _named(trouble.fields).items()
    }
    return SENTENCES[trouble.kind][1].format(**quoted)


def line(trouble: Trouble) -> str:
    """Return what is wrong and what mends it, as one line."""
    says, mends = sentence(trouble), command(trouble)
    return MEND.format(says=says, command=mends) if mends else says


def _switch(trouble: Trouble) -> str:
    """Return the commands that switch an extension, on the server and in the page."""
    fields = trouble.fields
    program = shlex.quote(str(fields["environment"] / "bin" / "jupyter"))
    halves = [SERVER, PAGE] if fields["server"] else [PAGE]
    switch = SWITCHES[trouble.kind]
    return "; ".join(half.format(program=program, switch=switch, **fields) for half in halves)


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    """Call users by their names, where they have one."""
    return {name: user(value) if name in USERS else value for name, value in fields.items()}
