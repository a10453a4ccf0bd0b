"""Pictures of every notebook in JupyterLab, so that a person looks at what readers see."""

import contextlib
import pathlib
import tempfile

from autograders import ROOT, learn, lesson, outputs, reference, stubs
from autograders.browser.server import DARK, LIGHT, THEME, serve
from autograders.browser.tab import SIZE, Tab, browser
from autograders.exercises import NOTEBOOKS, find
from autograders.guides import PICTURES, write

FOLDER = ROOT / "build" / "screenshots"

THEMES = {"light": LIGHT, "dark": DARK}
WRONG = "overfitting", "compute_cost"
"""Whose first known mistake the README's picture of a check shows."""

SLIDER = "dropout", "explore.keep_prob("
"""The notebook and the code of the slider that the README shows."""


def take(out=FOLDER, names=tuple(NOTEBOOKS)):
    """Run each notebook in JupyterLab, unfilled and filled, light and dark.

    Parameters
    ----------
    out : pathlib.Path
        Where the pictures go: <assignment>-<unfilled or filled>-<theme>-<piece>.png.
    names : sequence of str
        Which notebooks.

    Yields
    ------
    pathlib.Path
        Each picture that was written.
    """
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with _copies(names) as folder, _tab(folder) as tab:
        for theme, setting in THEMES.items():
            tab.server.set(THEME, theme=setting)
            for name in names:
                for state in ("unfilled", "filled"):
                    tab.open(f"{state}/{name}/{name}.ipynb")
                    tab.run_all()
                    stem = f"{name}-{state}-{theme}"
                    for old in out.glob(f"{stem}-*.png"):
                        old.unlink()
                    for number, picture in enumerate(tab.pieces(), start=1):
                        file = out / f"{stem}-{number:02d}.png"
                        file.write_bytes(picture)
                        yield file
                    tab.shut_down()


def pictures(out=PICTURES):
    """Make the README's two pictures: a check that found a mistake, and a slider.

    Yields
    ------
    pathlib.Path
        Each picture that was written.
    """
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    name, function = WRONG
    slider, code = SLIDER
    with _copies([slider], wrong=name) as folder, _tab(folder) as tab:
        cells = [lesson.grade_id(cell) for cell in lesson.read(lesson.path(name)).cells]
        tab.open(f"wrong/{name}/{name}.ipynb")
        tab.run_all()
        stub, check = cells.index(function), cells.index(lesson.CHECK + function)
        yield write(tab.picture(stub, check), out / "check.png")
        tab.shut_down()
        sources = [cell.source for cell in lesson.read(lesson.path(slider)).cells]
        position = next(i for i, source in enumerate(sources) if code in source)
        tab.open(f"filled/{slider}/{slider}.ipynb")
        tab.run_all()
        yield write(tab.picture(position, position), out / "slider.png")
        tab.shut_down()


@contextlib.contextmanager
def _copies(names, wrong=None):
    """Put copies of notebooks, as students have them, into folders that are taken away again."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        learn.copy(folder / "unfilled")
        for name in names:
            outputs.fill(name, folder / "filled")
        if wrong:
            function = WRONG[1]
            exercise = find(wrong, function)
            source = reference.source(wrong, function)
            answer = stubs.changed(source, exercise.mistakes[0].change)
            outputs.fill(wrong, folder / "wrong", {function: answer})
        yield folder


@contextlib.contextmanager
def _tab(folder):
    with serve(folder) as server, browser() as chromium:
        yield Tab(chromium.new_page(viewport=SIZE), server)
