"""JupyterLab in a real browser, and the pictures that are taken of it."""

import io

import numpy as np
import pytest
from PIL import Image

from autograders import Refused
from autograders.authoring import learn
from autograders.browser import screenshots, server, tab
from autograders.browser.assignments import Assignments
from autograders.course import catalogue, lesson

NAME = "l2_regularization"
COMES_LATER = f"""<p class=jp-DirListing-item>{NAME}.html</p>
<div class=jp-HTMLViewer><iframe sandbox></iframe></div>
<script>
    const page = URL.createObjectURL(new Blob(["17 of 20"], {{type: "text/html"}}));
    document.querySelector("p").addEventListener("dblclick", () =>
        setTimeout(() => document.querySelector("iframe").src = page, 500));
</script>"""
"""A page that shows feedback as JupyterLab does: first an empty frame, then the content in it."""


def grey(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"))


@pytest.fixture(scope="module")
def opened(tmp_path_factory, chromium):
    """An unfilled notebook that has run, in the dark theme."""
    folder = tmp_path_factory.mktemp("learn")
    learn.copy(folder)
    with server.serve(folder) as running:
        running.set(server.THEME, theme=server.DARK)
        opened = tab.Tab(chromium.new_page(viewport=tab.SIZE), running)
        opened.open(f"{learn.numbered(NAME)}/{NAME}.ipynb")
        opened.run_all()
        yield opened
        opened.shut_down()


def test_each_check_says_in_words_that_it_is_not_done_and_breaks_no_word(opened):
    said = opened.page.locator(".jp-OutputArea [data-mime-type$=stderr]").all_inner_texts()
    assert len(said) == len(catalogue.functions(NAME))
    for name, text in zip(catalogue.functions(NAME), said, strict=True):
        assert text.startswith(f"{name} is not done yet: ")
        assert "Traceback" not in text
        # as wide as the page lets a line be
        assert max(map(len, text.splitlines())) <= 88
        assert "START CODE HERE" in " ".join(text.split())


def test_nothing_pops_up(opened):
    assert opened.page.locator(".Toastify__toast, .jp-Dialog").count() == 0


def test_the_pieces_are_the_whole_notebook_in_the_chosen_theme(opened):
    pieces = list(opened.pieces())
    assert len(pieces) > 5
    for piece in pieces:
        picture = grey(piece)
        assert picture.shape[0] > 1000
        assert np.median(picture) < 64  # dark
        assert picture.std() > 5  # not blank
    last = opened.page.locator(tab.CELL).last
    assert last.is_visible() and "progress()" in last.inner_text()


def test_a_picture_shows_the_cells_asked_for(opened):
    cells = [lesson.grade_id(cell) for cell in lesson.read(lesson.path(NAME)).cells]
    position = cells.index("check_weight_decay_factor")
    height, width = grey(opened.picture(position, position)).shape
    assert 40 < height < 200
    assert width > 700


def test_the_readme_s_pictures_are_small():
    found = sorted(file.name for file in screenshots.PICTURES.glob("*.png"))
    assert {"check.png", "slider.png"} <= set(found)
    for name in ("check.png", "slider.png"):
        assert (screenshots.PICTURES / name).stat().st_size < 150_000


@pytest.mark.usefixtures("server")
def test_a_server_that_does_not_start_says_why(tmp_path):
    with (
        pytest.raises(Refused, match="did not start") as refused,
        server.serve(tmp_path, "--ServerApp.port=no-number"),
    ):
        pass
    assert "no-number" in str(refused.value)


def test_without_chromium_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(tab.shutil, "which", lambda name: None)
    with pytest.raises(Refused, match="apt install chromium"), tab.browser():
        pass


@pytest.mark.usefixtures("server")
def test_what_students_have_of_settings_is_left_alone(tmp_path, monkeypatch):
    """The server's own settings lie elsewhere, and go when it stops."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folders = server._apart(tmp_path / "own")
    assert all(
        folders[key].startswith(str(tmp_path / "own"))
        for key in folders
        if key.startswith(("JUPYTER", "IPYTHON"))
    )


def test_feedback_is_open_once_its_page_is_there_not_while_its_frame_is_empty(chromium):
    page = chromium.new_page()
    page.set_content(COMES_LATER)
    frame = Assignments(tab.Tab(page, server=None)).open_feedback(NAME)
    assert frame.locator("body").inner_text() == "17 of 20"
