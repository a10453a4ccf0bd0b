"""The lessons as web pages: in order, with every figure's words, and a strip for each slider."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograders.authoring import outputs, site
from autograders.course import kit, lesson
from autograders.course.catalogue import EXERCISES

SLIDER = """\
import numpy as np

from lab import explore, plots


def random(layers_dim, scale):
    pairs = list(zip(layers_dim[1:], layers_dim))
    parameters = {f"W{l}": np.random.randn(n, m) * scale for l, (n, m) in enumerate(pairs, 1)}
    return {**parameters, **{f"b{l}": np.zeros((n, 1)) for l, (n, m) in enumerate(pairs, 1)}}


explore.constant(random, lambda layers_dim: random(layers_dim, 0.14))
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A lesson of one slider, in the place of a filled notebook."""

    def fill(assignment):
        kit.travel(tmp_path)
        notebook = new_notebook(cells=[new_code_cell(SLIDER, id="slide"), new_code_cell("1 + 1")])
        lesson.write(notebook, tmp_path / "small.ipynb")
        return tmp_path / "small.ipynb"

    monkeypatch.setattr(outputs, "fill", fill)


def test_a_slider_becomes_four_figures_with_words(small, kernel):
    (shown,) = site.strips("small").values()
    figures = [output for output in shown if "image/png" in output.data]
    sentences = [output.data["text/plain"] for output in shown if output not in figures]
    assert len(figures) == len(set(sentences)) == 4
    assert all(figure.metadata["image/png"]["alt"] for figure in figures)
    assert sentences[0].startswith("c = 0.01:") and sentences[-1].startswith("c = 1:")


def test_pages_are_in_the_course_s_order_and_show_no_answer(tmp_path, monkeypatch):
    picture = {"image/png": "iVBORw0KGgo=", "text/plain": "what is seen"}
    about = {"image/png": {"alt": "what is <seen>"}}
    strip = [new_output("display_data", data=picture, metadata=about)] * 4
    monkeypatch.setattr(
        site,
        "strips",
        lambda name: {
            cell.id: strip for cell in lesson.read(lesson.path(name)).cells if site.is_slider(cell)
        },
    )
    first, *pages = site.build(tmp_path / "site")
    assert [page.stem for page in pages] == list(EXERCISES)
    listed = first.read_text(encoding="utf-8")
    places = [listed.index(f'href="{page.name}"') for page in pages]
    assert places == sorted(places)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        cells = lesson.read(lesson.path(page.stem)).cells
        sliders = sum(site.is_slider(cell) for cell in cells)
        assert sliders and text.count('alt="what is &lt;seen&gt;"') == 4 * sliders
        assert text.count("START CODE HERE") > text.count("def ready") and "None" in text
        assert 'href="index.html"' in text


FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


@pytest.mark.parametrize("name", EXERCISES)
def test_formulas_need_no_network_and_none_is_left_as_it_is_typed(name):
    notebook = lesson.read(lesson.path(name))
    text = site.page(notebook)
    typed = [
        (block, inline)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for block, inline in FORMULA.findall(CODE.sub("", cell.source))
    ]
    assert text.count("<math ") == len(typed) > 5
    assert text.count('class="formula"') == sum(bool(block) for block, _ in typed)
    shown = "".join(re.findall(r"<math.*?</math>", text, re.DOTALL))
    assert "\\" not in shown and "$" not in shown
    assert "<script" not in text and 'src="http' not in text and "url(" not in text


@pytest.mark.parametrize("name", EXERCISES)
def test_every_slider_of_the_lessons_is_known(name):
    cells = lesson.read(lesson.path(name)).cells
    code = [cell for cell in cells if cell.cell_type == "code" and "explore." in cell.source]
    assert code and all(site.is_slider(cell) for cell in code)
