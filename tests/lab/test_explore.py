"""The sliders: every place answers, mistakes are said in a line, nothing leaks out of the cell."""

import gc
import re
import warnings

import ipywidgets
import numpy as np
import pytest

from lab import explore
from lab.data import moons
from lab.plots import style
from lab.training import fit
from source_ref import initialization

DATA = moons(seed=4)
SETS = {"train": DATA.train, "validation": DATA.validation}


def train_with(value):
    """Train for a moment; the setting only scales the start, so that it shows."""
    np.random.seed(1)
    parameters = initialization.initialize_parameters_he([2, 4, 3, 1])
    parameters["W1"] *= 1 + value
    watch = {"validation": DATA.validation}
    return fit(DATA.train, parameters, learning_rate=0.05, steps=40, every=10, watch=watch)


def constant():
    explore.constant(
        initialization.initialize_parameters_random, initialization.initialize_parameters_he
    )


def trained():
    runs = {m: train_with(m / 10) for m in (30, 120, 2000)}
    explore.trained("training points", runs, lambda m: SETS, 120)


OPEN = {
    "constant": constant,
    "step": lambda: explore.step(train_with(0), SETS),
    "lambd": lambda: explore.lambd(train_with, SETS),
    "keep_prob": lambda: explore.keep_prob(train_with, SETS),
    "trained": trained,
}


class Shown:
    """A slider as it is displayed: its parts by what they are."""

    def __init__(self, box, bundle):
        self.bundle = bundle
        row, self.sentence, self.picture = box.children
        self.parts = row.children
        self.slider = self.find(ipywidgets.SelectionSlider)
        self.field = self.find(ipywidgets.Dropdown)

    def find(self, kind):
        return next((part for part in self.parts if isinstance(part, kind)), None)

    def seen(self):
        return self.sentence.value, self.picture.value


@pytest.fixture
def show(monkeypatch):
    """Return a function that opens a slider and gives what was displayed."""

    def opened(open_slider):
        boxes, bundles = [], []

        class Box(ipywidgets.VBox):
            def __init__(self, *arguments, **named):
                super().__init__(*arguments, **named)
                boxes.append(self)

        monkeypatch.setattr(explore.ipywidgets, "VBox", Box)
        monkeypatch.setattr(explore, "display", lambda bundle, raw: bundles.append(bundle))
        open_slider()
        (box,), (bundle,) = boxes, bundles
        return Shown(box, bundle)

    return opened


@pytest.mark.parametrize("name", OPEN)
def test_every_place_of_a_slider_answers(name, show):
    shown = show(OPEN[name])
    stopped = explore.STOPPED.split("{kind}")[0].split("}")[1]
    answers = set()
    for value in [value for _, value in shown.slider.options]:
        shown.slider.value = value
        sentence, picture = shown.seen()
        assert f"{value:g}" in sentence.replace(",", "")
        assert stopped not in sentence
        assert picture.startswith("<img ") and 'alt="' in picture
        answers.add((sentence, picture))
    assert len(answers) == len(shown.slider.options)


@pytest.mark.parametrize("name", OPEN)
def test_a_slider_can_be_read_aloud_and_worked_with_the_keyboard(name, show):
    """The field beside the slider has the name; the front end keeps the two equal."""
    shown = show(OPEN[name])
    assert shown.field.description in ("constant c", "step", "λ", "keep_prob", "training points")
    assert shown.field.options == shown.slider.options
    assert shown.field.value == shown.slider.value


@pytest.mark.parametrize("name", OPEN)
def test_a_narrow_slider_leaves_room_for_its_handle_at_either_end(name, show):
    """The front end draws the handle 2 pixels beyond the end."""
    layout = show(OPEN[name]).slider.layout
    around = int(re.fullmatch(r"0 (\d+)px", layout.margin)[1])
    assert around >= 2 and layout.width.startswith(f"min(100% - {2 * around}px, ")


@pytest.mark.parametrize("name", OPEN)
def test_without_widgets_a_line_stands_there(name, show):
    bundle = show(OPEN[name]).bundle
    assert bundle["text/plain"] == explore.WITHOUT_WIDGETS
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}


@pytest.mark.parametrize("name", ["lambd", "keep_prob"])
def test_what_trains_waits_until_the_slider_is_let_go(name, show):
    assert not show(OPEN[name]).slider.continuous_update


@pytest.mark.parametrize("name", ["constant", "step", "trained"])
def test_what_only_draws_follows_the_slider(name, show):
    assert show(OPEN[name]).slider.continuous_update


def test_the_film_runs_over_all_steps(show):
    shown = show(OPEN["step"])
    film = shown.find(ipywidgets.Play)
    assert (film.min, film.max, film.step) == (0, len(shown.slider.options) - 1, 1)


def test_the_verdict_follows_he(show):
    """½ · 100 · c² tells whether the signal fades or grows."""
    shown = show(constant)
    words = {}
    for value in (0.01, 0.1, 0.1414, 0.2, 1):
        shown.slider.value = value
        words[value] = shown.sentence.value.rsplit(" ", 1)[1]
    assert list(words.values()) == ["vanishes.", "fades.", "holds.", "grows.", "explodes."]


def test_a_function_that_stops_says_so_in_one_line(show):
    def stops(value):
        if value == 2:
            raise ValueError("shapes <2> and\nthree")
        return train_with(value)

    shown = show(lambda: explore.lambd(stops, SETS))
    shown.slider.value = 2
    sentence, picture = shown.seen()
    assert sentence == (
        "At 2 it stops with ValueError: shapes &lt;2&gt; and three. "
        "Mend your function and run its cell again."
    )
    assert picture == ""
    shown.slider.value = 3
    assert "stops" not in shown.sentence.value and shown.picture.value


def test_a_gradient_that_is_none_is_called_by_its_name(show):
    def stub(value):
        names = ("W1", "b1", "W2", "b2", "W3", "b3")
        return fit(
            DATA.train,
            initialization.initialize_parameters_he([2, 4, 3, 1]),
            learning_rate=0.05,
            steps=2,
            backward=lambda X, Y, cache: dict.fromkeys(["d" + name for name in names]),
        )

    sentence = show(lambda: explore.lambd(stub, SETS)).sentence.value
    assert "backward returned None for dW1" in sentence


def test_what_a_function_prints_or_warns_of_stays_out_of_the_cell(show, capsys):
    def noisy(layers_dim, scale):
        print("here")
        warnings.warn("there", stacklevel=1)
        np.log(np.zeros(1))
        return initialization.initialize_parameters_random(layers_dim, scale)

    shown = show(lambda: explore.constant(noisy, initialization.initialize_parameters_he))
    shown.slider.value = 0.2
    assert "grows" in shown.sentence.value
    assert capsys.readouterr() == ("", "")


def test_the_generator_stands_where_it_stood(show):
    np.random.seed(7)
    expected = np.random.RandomState(7).rand()
    shown = show(constant)
    shown.slider.value = 0.2
    assert np.random.rand() == expected


@pytest.mark.parametrize("fails", [False, True])
def test_garbage_waits_until_the_answer_is_shown(fails, show):
    collects = []

    def train(value):
        collects.append(gc.isenabled())
        if fails:
            raise ValueError
        return train_with(value)

    show(lambda: explore.lambd(train, SETS))
    assert collects == [False]
    assert gc.isenabled()


@pytest.mark.parametrize("name", OPEN)
def test_a_slider_that_is_held_still_shows_four_places(name, monkeypatch):
    shown, said = [], []
    monkeypatch.setattr(explore, "_still", 0)  # and is set back after the test
    monkeypatch.setattr(style.Picture, "show", lambda picture: shown.append(picture))
    monkeypatch.setattr(explore.plots, "prose", said.append)
    monkeypatch.setattr(explore, "display", None)
    explore.hold_still(3)
    OPEN[name]()
    assert len({picture.alt for picture in shown}) == len(set(said)) == 3
    ends = {"constant": (0.01, 1), "step": (0, 40), "lambd": (0, 30), "keep_prob": (0.3, 1)}
    for value, sentence in zip(ends.get(name, (30, 2000)), (said[0], said[-1]), strict=True):
        assert f"{value:g}" in sentence
