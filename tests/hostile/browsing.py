"""What the pages about a hand-in do in a real browser: feedback, and formgrader's own page."""

import functools
import pathlib
import tempfile

from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from playwright.sync_api import Error
from traitlets.config import Config

from autograders import settings
from autograders.browser.tab import PATIENCE, browser
from tests.hostile.displays import ELSEWHERE
from tests.hostile.handins import AIMED, of_module

RAN, ASKED = "{page}: a script of the student's ran", "{page}: it asked for {url}"
LINKS = "{page}: it has a link or form that runs or sends: {what}"
SPOKE = "{page}: it opened a dialog"
LEFT = "{page}: it could not be looked at ({reason})"

SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
FORBIDDEN = """() => [...document.querySelectorAll("[href], [src], [action], [formaction]")]
    .flatMap(each => ["href", "src", "action", "formaction"].map(name =>
        (each.getAttribute(name) instanceof Object ? "" : each.getAttribute(name) || "").trim()))
    .filter(url => /^\\s*(javascript|vbscript|data:text|data:image.svg)/i.test(
        url.replace(/[\\u0000-\\u0020]/g, "")))
    .concat([...document.querySelectorAll(`form[action*="HOST"], base[href*="HOST"]`)]
        .map(each => each.outerHTML.slice(0, 80)))""".replace("HOST", ELSEWHERE)


def did(written, names, ours):
    """Return, as lines for each name, what its pages did that no page should.

    Parameters
    ----------
    written : pathlib.Path
        The folder with feedback/ and autograded/.
    names : list of str
        Of hand-ins; those of other modules than `handins.AIMED` are passed over.
    ours : bool
        Whether formgrader has this course's settings.
    """
    aimed = {each.name: each for module in AIMED for each in of_module(module)}
    found = {name: [] for name in names if name in aimed}
    if not found:
        return found
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        looked = Tab(chromium)
        for name in found:
            assignment = aimed[name].assignment
            pages = sorted((written / "feedback" / name / assignment).glob("*.html"))
            notebook = written / "autograded" / name / assignment / f"{assignment}.ipynb"
            if notebook.exists():
                pages.append(_formgraded(notebook, pathlib.Path(folder) / f"{name}.html", ours))
            for page in pages:
                kind = "formgrader" if page.parent == pathlib.Path(folder) else "feedback"
                found[name] += looked.at(page, kind)
    return found


class Tab:
    """A tab of a browser without a network: a new one would cost more than what it shows."""

    def __init__(self, chromium):
        self._chromium, self._page = chromium, None

    def at(self, file, kind):
        """Open a page; return, as lines, what it did."""
        if self._page is None:
            self._page = self._chromium.new_page()
            self._page.set_default_timeout(PATIENCE)
        lines = _opened(self._page, file, kind)
        if lines:  # whatever it has done stays with it
            self._page.close()
            self._page = None
        return lines


@functools.cache
def _exporter(ours):
    """Return what makes formgrader's page of a notebook."""
    config = settings.apply(Config()) if ours else Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    return HTMLExporter(config=config)


def _formgraded(notebook, target, ours):
    """Write the page that formgrader shows of a graded notebook."""
    names = ("assignment_id", "notebook_id", "student", "first_name", "last_name")
    resources = {
        **dict.fromkeys((*names, "notebook_path"), "x"),
        "submission_id": "1",
        "index": 0,
        "total": 1,
        "base_url": "",
    }
    page, _ = _exporter(ours).from_filename(str(notebook), resources=resources)
    target.write_text(page, encoding="utf-8", errors="replace")
    return target


def _opened(page, file, kind):
    """Open a file; return what it did."""
    lines = []

    def spoke(dialog):
        lines.append(SPOKE.format(page=kind))
        dialog.dismiss()

    def answer(route):
        if ELSEWHERE in route.request.url:
            lines.append(ASKED.format(page=kind, url=route.request.url[:80]))
        return route.continue_() if route.request.url.startswith("file:") else route.abort()

    page.on("dialog", spoke)
    page.route("**/*", answer)
    try:
        page.goto(file.as_uri(), wait_until="load")
        page.evaluate(SETTLED)
        for frame in page.frames:
            if frame.evaluate("window.ran") is not None:
                lines.append(RAN.format(page=kind))
        links = page.evaluate(FORBIDDEN)
        lines += [LINKS.format(page=kind, what=what[:80]) for what in links]
    except Error as error:  # such as a page that goes elsewhere while it is looked at
        lines.append(LEFT.format(page=kind, reason=str(error).splitlines()[0][:80]))
    page.remove_listener("dialog", spoke)
    page.unroute("**/*", answer)
    return sorted(set(lines))
