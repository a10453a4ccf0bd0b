"""Pages of the reports: HTML of a template, in which all text is escaped."""

import functools
import pathlib
from typing import Any

import jinja2

from lab.judge.excerpt import printable

FOLDER = pathlib.Path(__file__).parent


def rendered(template: str, **says: Any) -> str:
    """Return the page that a template beside this module makes.

    Parameters
    ----------
    template : str
        The file's name.
    **says
        What it names.
    """
    return _environment().get_template(template).render(**says)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FileSystemLoader(FOLDER),
    )
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    environment.filters["number"] = lambda value: f"{value:.2f}".rstrip("0").rstrip(".")
    environment.filters["printable"] = lambda text: printable(str(text))
    return environment
