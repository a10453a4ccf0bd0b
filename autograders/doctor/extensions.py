"""nbgrader's extensions: which are on and which are off, on the server and in the page."""

import json
import pathlib
from collections.abc import Iterable, Sequence

from autograders.doctor.trouble import Kind, Trouble, Troubles

SERVER = {
    "formgrader": "nbgrader.server_extensions.formgrader",
    "course-list": "nbgrader.server_extensions.course_list",
    "assignment-list": "nbgrader.server_extensions.assignment_list",
    "validate-assignment": "nbgrader.server_extensions.validate_assignment",
}
PAGE = "@jupyter/nbgrader:{name}"
ONLY_IN_THE_PAGE = ("create-assignment",)
FOR_STUDENTS = ("assignment-list", "validate-assignment")
FOR_GRADERS = ("formgrader",)


def on(paths: Sequence[pathlib.Path]) -> set[str]:
    """Return the extensions that work for whoever has these folders of settings, the first first.

    One works where both of its halves are on: the server's, and the one in the page.
    """
    return {
        name
        for name in (*SERVER, *ONLY_IN_THE_PAGE)
        if _server(name, paths) and not _disabled(PAGE.format(name=name), paths)
    }


def students(environment: pathlib.Path, paths: Sequence[pathlib.Path]) -> Troubles:
    """Yield what students do not have and need, or have and should not.

    Parameters
    ----------
    environment : pathlib.Path
        In which their servers run.
    paths : sequence of pathlib.Path
        The folders of settings that count for them.
    """
    there = on(paths)
    whose = {"environment": environment}
    for name in (*SERVER, *ONLY_IN_THE_PAGE):
        wanted = name in FOR_STUDENTS
        if wanted != (name in there):
            kind = Kind.NOT_ON if wanted else Kind.NOT_OFF
            yield Trouble(kind, {"name": name, "server": SERVER.get(name), **whose})


def graders(environment: pathlib.Path, paths: Sequence[pathlib.Path]) -> Troubles:
    """Yield what the course's own JupyterLab does not have and needs."""
    there = on(paths)
    for name in FOR_GRADERS:
        if name not in there:
            fields = {"name": name, "server": SERVER[name], "environment": environment}
            yield Trouble(Kind.NOT_ON, fields)


def _server(name: str, paths: Iterable[pathlib.Path]) -> bool:
    if name in ONLY_IN_THE_PAGE:
        return True
    for path in paths:
        files = [*sorted(path.glob("jupyter_server_config.d/*.json"))[::-1]]
        for file in [path / "jupyter_server_config.json", *files]:
            switches = _json(file).get("ServerApp", {}).get("jpserver_extensions", {})
            if SERVER[name] in switches:
                return bool(switches[SERVER[name]])
    return False


def _disabled(name: str, paths: Iterable[pathlib.Path]) -> bool:
    """Tell whether a page's extension is switched off, or the package with all of them."""
    for path in paths:
        switches = _json(path / "labconfig" / "page_config.json").get("disabledExtensions", {})
        if isinstance(switches, list):
            switches = dict.fromkeys(switches, True)
        for each in (name, name.partition(":")[0]):
            if each in switches:
                return bool(switches[each])
    return False


def _json(file: pathlib.Path) -> dict:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
