"""A browser's tab with a notebook open in JupyterLab, and what a person does there."""

import contextlib
import shutil

from playwright.sync_api import sync_playwright

from autograders import Refused

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # Chromium refuses to run as root with one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZE = {"width": 1280, "height": 1500}
PATIENCE = 60_000  # milliseconds for one thing to happen
RUN_PATIENCE = 300_000  # for a whole notebook to run

CELL, CODE_CELL = ".jp-Notebook .jp-Cell", ".jp-Notebook .jp-CodeCell"
PROMPT = f"{CODE_CELL} .jp-InputPrompt"
SCROLLED = ".jp-WindowedPanel-outer"
IDLE = "| Idle"
EDIT_MENU, CLEAR_ALL = "Edit", "Clear Outputs of All Cells"
RUN_MENU, RUN_ALL = "Run", "Run All Cells"
ALL_RUN = """prompts => [...document.querySelectorAll(prompts)].every(
    prompt => /\\[\\d+\\]/.test(prompt.textContent))"""
CONTENT_HEIGHT = """(panel, cells) => {
    const last = [...panel.querySelectorAll(cells)].at(-1).getBoundingClientRect();
    return Math.ceil(panel.scrollTop + last.bottom - panel.getBoundingClientRect().top);
}"""
EDITOR = ".cm-content"
RENDERED = ".jp-MarkdownOutput"
EDITED = """cell => cell.contains(document.activeElement)
    && document.activeElement.matches(".cm-content")"""
RUN_AGAIN = """([cell, before]) => {
    const prompt = cell.querySelector(".jp-InputPrompt").textContent;
    return prompt !== before && /\\[\\d+\\]/.test(prompt);
}"""
HANDLE, SENTENCE = ".noUi-handle", ".jupyter-widgets .widget-html-content"
MOVED = "([sentence, before]) => sentence.textContent !== before"
VALIDATE, VALIDATED = ".jp-NotebookPanel-toolbar .validate-button", "#validation-message"
DIALOG, ACCEPT = ".jp-Dialog", ".jp-Dialog .jp-mod-accept"
ALL_SHOWN = """() => !document.body.textContent.includes("Loading widget")
    && [...document.images].every(image => image.complete)"""

NO_CHROMIUM = "No Chromium was found. On Debian and Ubuntu: apt install chromium"


def chromium():
    """Return where the machine has Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def browser():
    """Run headless Chromium while the block runs.

    Yields
    ------
    playwright.sync_api.Browser

    Raises
    ------
    Refused
        If the machine has none.
    """
    executable = chromium()
    if executable is None:
        raise Refused(NO_CHROMIUM)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        try:
            yield running
        finally:
            running.close()


class Tab:
    """JupyterLab in one tab.

    Parameters
    ----------
    page : playwright.sync_api.Page
    server : autograders.browser.server.Server
    """

    def __init__(self, page, server):
        self.page, self.server = page, server
        page.set_default_timeout(PATIENCE)

    def open(self, path):
        """Open a notebook and wait until its kernel is ready."""
        self.page.goto(self.server.address(path))
        self.wait_until_open()

    def wait_until_open(self):
        """Wait until a notebook is shown and its kernel is ready."""
        self.page.locator(CELL).first.wait_for()
        self.wait_until_idle()

    def wait_until_idle(self):
        """Wait until the status bar says that the kernel has nothing to do."""
        self.page.locator(".jp-StatusBar-Item", has_text=IDLE).wait_for()

    def menu(self, name, *entries):
        """Choose an entry of the menu bar, or one of a menu in it."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=name).first.click()
        for entry in entries:
            self.page.locator(".lm-Menu-itemLabel", has_text=entry).first.click()

    def open_nbgrader(self, entry):
        """Open JupyterLab anew, and in it what nbgrader's menu has under this entry."""
        self.page.goto(self.server.address())
        self.page.locator(".jp-Launcher").wait_for()
        self.menu("Nbgrader", entry)

    def use_theme(self, theme):
        """Choose a theme, and wait until the page has it."""
        self.menu("Settings", "Theme", theme)
        self.page.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")

    def run_all(self):
        """Run all cells and wait until each has run and the kernel is idle again."""
        self.menu(EDIT_MENU, CLEAR_ALL)  # so that no number of an earlier run is left
        self.menu(RUN_MENU, RUN_ALL)
        self.page.wait_for_function(ALL_RUN, arg=PROMPT, timeout=RUN_PATIENCE)
        self.wait_until_idle()
        self.page.wait_for_function(ALL_SHOWN)

    def write(self, position, text):
        """Replace what stands in a cell, through its editor."""
        cell = self.cell(position)
        editor, rendered = cell.locator(EDITOR), cell.locator(RENDERED)
        cell.scroll_into_view_if_needed()
        if rendered.count() and rendered.is_visible():
            rendered.click()
            self.page.keyboard.press("Enter")
        else:
            editor.click()
        self.page.wait_for_function(EDITED, arg=cell.element_handle())
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def run_cell(self, position):
        """Run one code cell, as Ctrl and Enter do, and wait until it has run."""
        cell = self.cell(position)
        before = cell.locator(".jp-InputPrompt").inner_text()
        cell.locator(EDITOR).click()
        self.page.keyboard.press("ControlOrMeta+Enter")
        self.page.wait_for_function(RUN_AGAIN, arg=[cell.element_handle(), before])
        self.wait_until_idle()

    def move_slider(self, position, steps=1):
        """Move the slider of a cell by its arrow key and wait until its sentence changes."""
        cell = self.cell(position)
        sentence = cell.locator(SENTENCE).first
        before = sentence.text_content()
        cell.locator(HANDLE).first.focus()
        for _ in range(steps):
            self.page.keyboard.press("ArrowRight")
        self.page.wait_for_function(MOVED, arg=[sentence.element_handle(), before])

    def validate(self):
        """Press Validate and return what its dialog says; the dialog stays open."""
        self.page.locator(VALIDATE).click()
        self.page.locator(VALIDATED).wait_for(timeout=RUN_PATIENCE)
        return self.page.locator(DIALOG).inner_text()

    def accept(self):
        """Close a dialog with its button."""
        self.page.locator(ACCEPT).click()
        self.page.locator(DIALOG).wait_for(state="detached")

    def shut_down(self):
        """Shut down the kernels of all open notebooks, without saving."""
        kernels = f"{self.server.url}api/kernels"
        headers = {"Authorization": f"token {self.server.token}"}
        for kernel in self.page.request.get(kernels, headers=headers).json():
            self.page.request.delete(f"{kernels}/{kernel['id']}", headers=headers)

    def cell(self, position):
        """Return the cell at a position, counted from 0."""
        return self.page.locator(CELL).nth(position)

    def pieces(self):
        """Yield the notebook from top to bottom in pictures (PNG), one a screen."""
        panel = self.page.locator(SCROLLED).first
        height = panel.evaluate("e => e.clientHeight")
        whole = panel.evaluate(CONTENT_HEIGHT, CELL)
        for top in range(0, whole, height):
            panel.evaluate("(e, top) => e.scrollTo(0, top)", top)
            yield panel.screenshot()

    def picture(self, first, last):
        """Return a picture (PNG) of the cells from one position to another."""
        self.cell(first).scroll_into_view_if_needed()
        top, bottom = self.cell(first).bounding_box(), self.cell(last).bounding_box()
        clip = {**top, "height": bottom["y"] + bottom["height"] - top["y"]}
        return self.page.screenshot(clip=clip)
