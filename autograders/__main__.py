"""The command line: ``python -m autograders <command>``, from the course's folder."""

import re
import sys

from autograders import HOME, Refused, is_course, startup

STOPPED = "Stopped."
ROOM_MISSING = (
    "{name} is missing from the course's folder ({error}). Restore it from version control."
)
NOT_INSTALLED = (
    "{name} is no part of the installed package: this command is for a checkout of a course whose "
    "exercises are data."
)
PACKAGE_MISSING = (
    "This Python lacks the package {name}. Run `make test` once, which sets up .venv, "
    "then use .venv/bin/python."
)
NO_ACCESS = "{path}: {reason}. Put that right, then run the command again."

ROOMS = ("lab", "source_ref", "autograders")


def main(arguments=None):
    """Run one command; return its exit status.

    Parameters
    ----------
    arguments : list of str, optional
        The command line's unless told otherwise.
    """
    try:
        from autograders.arguments import parser  # which says what is missing where that fails

        options = parser().parse_args(arguments)
        return options.run(options) or 0
    except Refused as refused:
        problem = str(refused)
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return 130
    except ImportError as error:
        problem = _not_there(error)
    except OSError as error:
        if error.filename is None:
            raise
        problem = NO_ACCESS.format(path=error.filename, reason=error.strerror)
    print(problem, file=sys.stderr)
    return 1


def _not_there(error):
    """Say which of our own files, or which package, cannot be imported."""
    name = error.name or str(error)
    # of `from package import module` Python tells the module in words alone
    if found := re.match(r"cannot import name '(\w+)' from '([\w.]+)'", str(error)):
        name = f"{found[2]}.{found[1]}"
    if name.split(".")[0] in ROOMS and not is_course(HOME):
        return NOT_INSTALLED.format(name=name)
    if name.split(".")[0] in ROOMS:
        return ROOM_MISSING.format(name=name.replace(".", "/"), error=error)
    return PACKAGE_MISSING.format(name=name)


def command():
    """Run the command line's command in a process of its own."""
    startup.prepare()
    sys.exit(main())


if __name__ == "__main__":
    command()
