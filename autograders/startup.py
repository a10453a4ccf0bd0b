"""What a process of ours sets for itself when it begins; whoever only imports us is left alone."""

import os
import sys
import sysconfig


def prepare() -> None:
    """Let nbgrader find its tools where no environment is active, and start in half of the time."""
    # nbgrader calls alembic by its name
    path = [sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]
    os.environ["PATH"] = os.pathsep.join(path)
    # jsonschema, under nbformat, builds a grammar of web addresses from it at each start: half of
    # the time until our commands begin, for a check that no notebook needs
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
