"""The page on which answers are read: the same from a server and as a file."""

import json
import pathlib
from typing import Any

FOLDER = pathlib.Path(__file__).parent
HTML, STYLE, SCRIPT = "page.html", "page.css", "page.js"
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'\">"
)


def made(nonce: str, data: dict[str, Any] | None = None) -> str:
    """Return the page.

    Parameters
    ----------
    nonce : str
        What its own script and style are known by.
    data : dict, optional
        What it shows, for a file; a server is asked for it. It stands there as data, in which
        nothing can end the element, and reaches the page as text.
    """
    parts = {name: (FOLDER / name).read_text(encoding="utf-8") for name in (HTML, STYLE, SCRIPT)}
    inside = json.dumps(data).replace("<", "\\u003c").replace(">", "\\u003e") if data else ""
    policy = POLICY.format(nonce=nonce) if data else ""
    says = {"policy": policy, "nonce": nonce, "style": parts[STYLE], "script": parts[SCRIPT]}
    text = parts[HTML]
    for name, value in {**says, "data": inside}.items():
        text = text.replace(f"[[{name}]]", value)
    return text
