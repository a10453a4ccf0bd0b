"""What goes into the wheel: the machinery, and of the kit what the machinery needs.

A course has a folder `lab` of its own, and others have packages of that name. So in the wheel the
kit's part lies inside the package, as `autograders.lab`, and what imports it says so.
"""

import ast
import pathlib
import re
import tempfile

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PACKAGE, KIT = "autograders", "lab"
NOT_OURS = ("content", "authoring", "browser", "demo.py", "sample.py")
"""What is one course's, or of use only with exercises that are data."""
DATA = (".py", ".html", ".js", ".css", ".json")
STATEMENT = re.compile(r"^(\s*)from lab(?=[.\s])", re.M)
NAMED = re.compile(r"(?<=__import__\(')lab(?=\.)")


class Machinery(BuildHookInterface):
    """Puts the files of the wheel into a folder of their own, and that into the wheel."""

    def initialize(self, version, build_data):
        """Say which file goes where."""
        if self.target_name != "wheel":
            return
        self._made = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self._made.name, PACKAGE)
        write(folder)
        build_data["force_include"][str(folder)] = PACKAGE

    def finalize(self, version, build_data, artifact_path):
        """Remove the folder."""
        if self.target_name == "wheel":
            self._made.cleanup()


def write(folder):
    """Write the package into a folder."""
    for path in [*machinery(), *kit()]:
        inside = path.relative_to(REPOSITORY)
        target = folder / (inside if inside.parts[0] == KIT else inside.relative_to(PACKAGE))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        target.write_text(rewritten(text) if path.suffix == ".py" else text, encoding="utf-8")


def rewritten(text):
    """Return a module's text with the kit's part where the wheel has it."""
    return NAMED.sub(f"{PACKAGE}.{KIT}", STATEMENT.sub(rf"\1from {PACKAGE}.{KIT}", text))


def machinery():
    """Return the files of the machinery."""
    found = (path for path in sorted((REPOSITORY / PACKAGE).rglob("*")) if path.suffix in DATA)
    return [p for p in found if p.relative_to(REPOSITORY / PACKAGE).parts[0] not in NOT_OURS]


def kit():
    """Return the modules of the kit that the machinery imports, and those that they import."""
    waiting = [path for path in machinery() if path.suffix == ".py"]
    found = {REPOSITORY / KIT / "__init__.py"}
    while waiting:
        for name in imported(waiting.pop()):
            for path in (REPOSITORY / name.replace(".", "/")).with_suffix(".py"), folder_of(name):
                if path.is_file() and path not in found:
                    found.add(path)
                    waiting.append(path)
    return sorted(found)


def folder_of(name):
    """Return where a package's own module lies."""
    return REPOSITORY / name.replace(".", "/") / "__init__.py"


def imported(path):
    """Yield the names of the kit that a module imports, with the packages above them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == KIT:
            parts = (node.module or "").split(".")
            yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
