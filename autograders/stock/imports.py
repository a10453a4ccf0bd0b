"""What an assignment's notebooks import, so that it is imported once and not for each hand-in."""

import importlib.util
import json
import pathlib
import re

SHARED = frozenset(
    (
        *("numpy", "scipy", "pandas", "matplotlib", "sklearn", "seaborn", "sympy"),
        *("statsmodels", "networkx", "PIL", "bs4", "requests"),
    )
)
"""What may be shared by forks: it starts no threads when it is imported."""
_IMPORT = re.compile(r"^\s*(?:import|from)\s+([A-Za-z_][\w.]*)", re.M)


def of_assignment(source: pathlib.Path) -> tuple[str, ...]:
    """Return the modules that the notebooks and helpers in an assignment's folder import.

    Parameters
    ----------
    source : pathlib.Path
        The folder, such as source/ps1.
    """
    own = {path.stem for path in source.glob("*")}
    found: set[str] = set()
    for path in [*sorted(source.glob("*.ipynb")), *sorted(source.rglob("*.py"))]:
        found |= set(_IMPORT.findall(_code(path)))
    wanted = {name for name in found if name.split(".")[0] in SHARED - own}
    return tuple(sorted(name for name in wanted if _there(name.split(".")[0])))


def _code(path: pathlib.Path) -> str:
    """Return the code of a notebook or module, nothing of one that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".ipynb":
            return text
        cells = json.loads(text)["cells"]
        return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _there(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
