"""The words in figures: translated where a font has their letters, else English."""

import itertools
import re
import types
import warnings

import matplotlib.text
import pytest
from matplotlib import font_manager

from autograders.course import languages
from lab import language, plots
from lab.data import moons
from lab.plots import fonts, style
from tests.lab.test_plots import FIGURES, trained

OF_THE_DATA = {"here", "there", "group", "said", "right", "dropout", "random", "rand", "randn"}
"""Words that the figures below are given, and no catalogue has."""
WORDS, HAN = re.compile(r"[A-Za-z]{3,}"), re.compile(r"[\u4e00-\u9fff]")
CACHED = fonts.family, fonts.installed


@pytest.fixture
def spoken(monkeypatch):
    """Chinese is spoken."""
    monkeypatch.setattr(fonts, "_told", set())
    forget()
    with language.speaking(languages.spoken("zh")):
        yield
    forget()


def forget():
    for function in CACHED:
        function.cache_clear()


@pytest.fixture
def chinese(spoken, monkeypatch):
    """Chinese is spoken, and no font is installed but Matplotlib's own."""
    monkeypatch.setattr(fonts, "FAMILIES", ())


@pytest.fixture
def seen(monkeypatch):
    """A list of the texts in each figure that is drawn."""
    texts, draw = [], style.Scene.draw

    def watched(scene):
        drawn = draw(scene)
        found = scene.canvas.figure.findobj(matplotlib.text.Text)
        texts.extend(text for text in found if text.get_text().strip())
        return drawn

    monkeypatch.setattr(style.Scene, "draw", watched)
    return texts


def words(monkeypatch):
    """Return the words in the figure of some losses, and its alternative."""
    seen = []

    class Watched(style.Scene):
        def __init__(self, figure, moving=()):
            seen.extend(t.get_text() for t in figure.findobj(matplotlib.text.Text))
            super().__init__(figure, moving)

    monkeypatch.setattr(style, "Scene", Watched)
    picture = plots.losses.picture([0.1, 0.5, 0.9], {"train": [2.3, 0.7, 0.1]})
    return seen, picture.alt


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_has_boxes_where_there_is_no_font(name, chinese, seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # as Matplotlib warns of a letter that its font lacks
        picture = FIGURES[name](1)
    assert [t.get_text() for t in seen if fonts.family(t.get_text()) is None] == []
    assert HAN.search(picture.alt)


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_has_an_english_word_where_there_is_one(name, spoken, seen, monkeypatch):
    monkeypatch.setattr(fonts, "family", lambda text: fonts.OWN)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # here it has none
        picture = FIGURES[name](1)
    for text in (*(t.get_text() for t in seen), picture.alt):
        left = set(WORDS.findall(re.sub(r"\$.*?\$", "", text)))
        assert left <= OF_THE_DATA, text


@pytest.mark.parametrize("name", FIGURES)
def test_no_word_of_a_figure_is_cut(name, spoken, seen):
    if not fonts.installed():
        pytest.skip("no Chinese font is installed")
    FIGURES[name](1)
    for text in (t for t in seen if HAN.search(t.get_text())):
        box, page = text.get_window_extent(), text.figure.bbox
        assert box.x0 >= -1 and box.y0 >= -1, text
        assert box.x1 <= page.width + 1 and box.y1 <= page.height + 1, text


def test_the_titles_of_four_panels_stand_apart(spoken, seen):
    if not fonts.installed():
        pytest.skip("no Chinese font is installed")
    networks = {f"λ = {lambd}": trained(1).parameters for lambd in (0, 0.7, 7, 30)}
    plots.gallery.picture(networks, moons(1).train)
    titles = [t.get_window_extent() for t in seen if t.get_text().startswith("λ")]
    assert len(titles) == 4
    assert all(one.x1 < other.x0 for one, other in itertools.pairwise(titles))


def test_a_font_that_came_after_matplotlib_listed_them_is_found(spoken, monkeypatch):
    there = [types.SimpleNamespace(name="DejaVu Sans", fname="/a.ttf")]
    manager = types.SimpleNamespace(
        ttflist=there,
        addfont=lambda file: there.append(types.SimpleNamespace(name="SimHei", fname=file)),
    )
    monkeypatch.setattr(font_manager, "fontManager", manager)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda _: ["/a.ttf", "/late.ttf"])
    assert fonts.installed() == ("SimHei",)
    assert [font.fname for font in there] == ["/a.ttf", "/late.ttf"]


def test_a_font_that_cannot_be_read_is_left_out(spoken, monkeypatch):
    def broken(file):
        raise RuntimeError(file)

    manager = types.SimpleNamespace(ttflist=[], addfont=broken)
    monkeypatch.setattr(font_manager, "fontManager", manager)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda _: ["/late.ttf"])
    assert fonts.installed() == ()


def test_without_a_font_the_words_stay_english_and_the_alternative_does_not(chinese, monkeypatch):
    seen, alt = words(monkeypatch)
    assert {"loss", "train", "the network's probability of class 1"} <= set(seen)
    assert alt.startswith("单个样本的损失") and "训练集：" in alt


def test_with_a_font_the_words_are_chinese(chinese, monkeypatch):
    monkeypatch.setattr(fonts, "family", lambda text: "Some Sans")
    assert (fonts.worded("loss"), fonts.worded("train")) == ("损失", "训练集")
    assert str(fonts.Word("step {step}")) == "第 {step} 步"
    assert fonts.Word("step {step}").format(step=3) == "第 3 步"


def test_that_there_is_no_font_is_said_once(chinese, capsys):
    for _ in range(2):
        plots.losses([0.1, 0.5, 0.9], {"train": [2.3, 0.7, 0.1]})
    assert capsys.readouterr().out.count("没有安装这种语言的字体") == 1


def test_in_english_nothing_is_looked_for(capsys, monkeypatch):
    monkeypatch.setattr(fonts, "_told", set())
    plots.losses([0.1, 0.5, 0.9], {"train": [2.3, 0.7, 0.1]})
    assert "font" not in capsys.readouterr().out


@pytest.mark.parametrize(("text", "has"), [("loss", True), ("λ × 3 − √2", True), ("权重", False)])
def test_matplotlibs_own_font_has_letters_but_no_chinese(chinese, text, has):
    assert (fonts.family(text) is not None) == has
