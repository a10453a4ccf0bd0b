"""Pages of the reports: HTML of a template, in which all text is escaped."""

import functools
import pathlib
from typing import Any

import jinja2
import markupsafe

from autograders.course import languages
from lab.judge.excerpt import printable
from lab.language import ENGLISH, spaced, speaking, translated

FOLDER = pathlib.Path(__file__).parent


def rendered(template: str, language: str = ENGLISH, **says: Any) -> str:
    """Return the page that a template beside this module makes.

    Parameters
    ----------
    template : str
        The file's name.
    language : str
        In which it says what stands in ``say(...)``.
    **says
        What it names.
    """
    with speaking(languages.spoken(language)):
        return _environment().get_template(template).render(language=language, **says)


def _say(text: str, *args: Any, **fields: Any) -> markupsafe.Markup:
    """Return a sentence of a template in the language that is spoken; its fields are escaped."""
    said = markupsafe.escape(translated(text)).format(*args, **fields)
    return markupsafe.Markup(spaced(said))  # noqa: S704 - all of it is escaped


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
    environment.filters["told"] = translated
    environment.globals |= {"say": _say, "told": translated}
    return environment
