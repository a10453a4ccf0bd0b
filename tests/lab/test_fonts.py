"""The words in figures: translated where a font has their letters, else English."""

import matplotlib.text
import pytest

from autograders.course import languages
from lab import language, plots
from lab.plots import fonts, style


@pytest.fixture
def chinese(monkeypatch):
    """Chinese is spoken, and no font is installed but Matplotlib's own."""
    monkeypatch.setattr(fonts, "FAMILIES", ())
    monkeypatch.setattr(fonts, "_told", set())
    forget = fonts.family.cache_clear
    forget()
    with language.speaking(languages.spoken("zh")):
        yield
    forget()


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
