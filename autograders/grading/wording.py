"""What nbgrader's own template says on a feedback page, in the language of the notebook.

A word is changed only between the marks that the template puts around it, which no student can
write: what was handed in holds no HTML.
"""

import gettext
import html
import re

from lab.language import Message, speaking

SCORE = Message("Score: ")
PLACES = {
    Message("No response."): "<b>Comments:</b> <p>{}</p>",
    Message("Comments:"): "<b>{}</b>",
    Message("Comment"): '">{}</a></li>',
    Message("Student's answer"): '<span class="nbgrader-label">{}</span>',
    Message("Grade cell:"): '<span class="nbgrader-label">{} <code>',
    Message("Test cell"): '">{}</a> (Score: ',
    Message("Written response"): '">{}</a> (Score: ',
    Message("Coding free-response"): '">{}</a> (Score: ',
    Message("Late submission penalty"): '<li class="late-penalty">{} (Score: ',
    Message("(Top)"): '<a href="#top">{}</a>',
}
"""Each with what stands around it."""

_SCORE = re.compile(r"(?<=\()Score: (?=-?[\d.]+(?: / [\d.]+)?\)</?(?:h4|li)>)|(?<=\n      )Score: ")
_HTML = "<html>"


def told(page: str, language: str, spoken: gettext.NullTranslations) -> str:
    """Return a page with the template's words in a language.

    Parameters
    ----------
    page : str
    language : str
        Its name, for programs that read the page aloud.
    spoken : gettext.NullTranslations
    """
    with speaking(spoken):
        for message, place in PLACES.items():
            english = str.__str__(message)
            page = page.replace(
                place.format(english), place.format(html.escape(str(message), quote=False))
            )
        score = str(SCORE)
    page = _SCORE.sub(score, page)
    return page.replace(_HTML, f'<html lang="{language.replace("_", "-")}">', 1)
