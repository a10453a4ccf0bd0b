"""Pictures of every notebook in JupyterLab, so that a person looks at what readers see."""

import contextlib
import pathlib
import tempfile

from autograders import ROOT
from autograders.authoring import learn, outputs
from autograders.browser.guides import PICTURES, write
from autograders.browser.server import DARK, LIGHT, THEME, serve
from autograders.browser.tab import SIZE, Tab, browser
from autograders.course import catalogue, lesson, reference, stubs
from autograders.course.catalogue import EXERCISES, find

FOLDER = ROOT / "build" / "screenshots"

THEMES = {"light": LIGHT, "dark": DARK}


def take(out=FOLDER, assignments=None):
    """Run each notebook in JupyterLab, unfilled and filled, light and dark.

    Parameters
    ----------
    out : pathlib.Path
        Where the pictures go: <assignment>-<unfilled or filled>-<theme>-<piece>.png.
    assignments : sequence of str, optional
        Which notebooks; all of them unless told otherwise.

    Yields
    ------
    pathlib.Path
        Each picture that was written.
    """
    out, assignments = pathlib.Path(out), assignments or list(EXERCISES)
    out.mkdir(parents=True, exist_ok=True)
    with _copies(assignments) as folder, _tab(folder) as tab:
        for theme, setting in THEMES.items():
            tab.server.set(THEME, theme=setting)
            for assignment in assignments:
                for state, name in (
                    ("unfilled", learn.numbered(assignment)),
                    ("filled", assignment),
                ):
                    tab.open(f"{state}/{name}/{assignment}.ipynb")
                    tab.run_all()
                    stem = f"{assignment}-{state}-{theme}"
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
    shown = catalogue.content("pictures")
    (assignment, function), (slider, code) = shown.WRONG, shown.SLIDER
    with _copies([slider], wrong=(assignment, function)) as folder, _tab(folder) as tab:
        cells = [lesson.grade_id(cell) for cell in lesson.read(lesson.path(assignment)).cells]
        tab.open(f"wrong/{assignment}/{assignment}.ipynb")
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
def _copies(assignments, wrong=None):
    """Put copies of notebooks, as students have them, into folders that are taken away again."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        learn.copy(folder / "unfilled")
        for assignment in assignments:
            outputs.fill(assignment, folder / "filled")
        if wrong:
            assignment, function = wrong
            source = reference.source(assignment, function)
            answer = stubs.changed(source, find(assignment, function).mistakes[0].change)
            outputs.fill(assignment, folder / "wrong", {function: answer})
        yield folder


@contextlib.contextmanager
def _tab(folder):
    with serve(folder) as server, browser() as chromium:
        yield Tab(chromium.new_page(viewport=SIZE), server)
