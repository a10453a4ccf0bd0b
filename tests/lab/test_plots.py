"""Each figure is a picture of the data it was given, and its words say what is seen."""

import io

import numpy as np
import pytest
from PIL import Image

from lab import plots
from lab.data import Points, best_on_moons, moons
from lab.plots import scatter, style, text
from lab.training import Run, fit
from source_ref.initialization import initialize_parameters_he

LAYERS = [2, 20, 8, 1]


def trained(draw):
    data = moons(draw)
    np.random.seed(draw)
    return fit(
        data.train,
        initialize_parameters_he(LAYERS),
        learning_rate=0.05,
        momentum=0.9,
        steps=100,
        watch={"test": data.test},
        every=20,
    )


def random_pairs(draw):
    values = np.random.RandomState(draw).randn(3, 20)
    return dict(zip(("none", "L2", "dropout"), values, strict=True))


def sets(draw):
    data = moons(draw)
    return {"train": data.train, "test": data.test}


FIGURES = {
    "points": lambda draw: plots.points.picture(sets(draw)),
    "boundaries": lambda draw: plots.boundaries.picture(trained(draw).parameters, sets(draw)),
    "snapshot": lambda draw: plots.snapshot.picture(trained(draw), sets(draw), 2),
    "curves": lambda draw: plots.curves.picture(trained(draw), mark=2),
    "losses": lambda draw: plots.losses.picture(
        [0.1, 0.5, 0.9], {"the truth is 1": [2.3 + draw, 0.7, 0.1]}
    ),
    "compare": lambda draw: plots.compare.picture({"here": trained(draw)}, log=True),
    "sizes": lambda draw: plots.sizes.picture({"He": [1.0, 2.0 + draw]}),
    "sweep": lambda draw: plots.sweep.picture(
        "λ", [0, 1, 30], {"right answers, %": {"train": [98, 90 - draw, 50 - draw]}}, chosen=1
    ),
    "gallery": lambda draw: plots.gallery.picture(
        {"here": trained(draw).parameters, "there": trained(draw + 2).parameters},
        moons(draw).train,
    ),
    "bundles": lambda draw: plots.bundles.picture(
        {"a group": [trained(seed).parameters for seed in (draw, draw + 2, draw + 4)]},
        moons(draw).train.X,
        best_on_moons,
    ),
    "histograms": lambda draw: plots.histograms.picture(
        np.random.RandomState(draw).rand(500), np.random.RandomState(draw).randn(500), 0.5
    ),
    "mask": lambda draw: plots.mask.picture(np.random.RandomState(draw).rand(8, 12) < 0.6),
    "pictures": lambda draw: plots.pictures.picture(np.zeros((64, 3)), [f"said {draw}"] * 3),
    "pairs": lambda draw: plots.pairs.picture(random_pairs(draw), "% right"),
}


def test_every_figure_is_looked_at():
    assert set(FIGURES) == {n for n in plots.__all__ if hasattr(getattr(plots, n), "picture")}


@pytest.fixture(scope="module")
def pictures():
    return {(name, draw): figure(draw) for name, figure in FIGURES.items() for draw in (1, 2)}


@pytest.mark.parametrize("name", FIGURES)
def test_the_words_are_of_these_data(name, pictures):
    first, second = pictures[name, 1].alt, pictures[name, 2].alt
    assert len(first) > 60
    assert first.endswith(".")
    assert "{" not in first and "nan" not in first
    assert first != second


@pytest.mark.parametrize("name", FIGURES)
def test_the_picture_fits_the_page_and_is_sharp(name, pictures):
    picture = pictures[name, 1]
    width, height = picture.size
    assert width <= 100 * style.WIDTH
    assert height <= 620
    image = Image.open(io.BytesIO(picture.png))
    assert image.width >= 1.5 * width - 1
    assert "Software" not in image.info
    # its own white page to the very edge, so that a dark theme does not swallow the labels
    rim = np.asarray(image.convert("L"))
    assert min(rim[0].min(), rim[-1].min(), rim[:, 0].min(), rim[:, -1].min()) >= 250


def test_a_figure_of_one_colour_would_be_found(pictures):
    """Every picture shows something: enough of it is not white."""
    for picture in pictures.values():
        ink = np.asarray(Image.open(io.BytesIO(picture.png)).convert("L")) < 200
        assert 0.002 < ink.mean() < 0.7


def test_a_large_set_is_shown_as_a_whole(monkeypatch):
    """The points stand in order along a curve: the first ones would show one end of it."""
    shown = []

    class Panel:
        def scatter(self, x, y, **_):
            shown.append((x, y))

        def set(self, **_):
            pass

    X = np.stack([np.linspace(0, 1, 5000), np.zeros(5000)])
    scatter.scatter(Panel(), X, np.arange(5000).reshape(1, -1) % 2)
    places = np.concatenate([x for x, _ in shown])
    assert places.size == scatter.SHOWN_AT_MOST
    assert places.min() < 0.01 and places.max() > 0.99


def test_drawing_leaves_the_generator_alone():
    np.random.seed(5)
    state = np.random.get_state()[1].copy()
    for name in ("points", "mask", "pairs"):
        FIGURES[name](1)
    assert np.array_equal(np.random.get_state()[1], state)


def shown_by(monkeypatch, attached):
    sent = []
    monkeypatch.setattr(style, "attached", lambda: attached)
    monkeypatch.setattr(style, "display", lambda data, **about: sent.append((data, about)))
    plots.points({"<train>": Points(np.eye(2), np.array([[0.0, 1.0]]))})
    ((data, about),) = sent
    return data, about


def test_what_is_stored_is_a_picture_with_words(monkeypatch):
    data, about = shown_by(monkeypatch, attached=False)
    assert set(data) == {"image/png", "text/plain"}
    assert about["metadata"]["image/png"]["alt"] == data["text/plain"]


def test_a_person_gets_an_image_whose_words_are_read_aloud(monkeypatch):
    data, _ = shown_by(monkeypatch, attached=True)
    assert 'alt="Scatter plot of 2 &lt;train&gt; points.' in data["text/html"]
    assert "<train>" not in data["text/html"]


@pytest.mark.parametrize("at", [0, 2, -1])
def test_a_boundary_that_is_nowhere_is_said(at):
    """An untrained network may see one class only: no contour, no warning."""
    run = trained(1)
    for parameters in run.snapshots:
        parameters["b3"][...] = 50
    assert "Class 1 fills 100 %" in plots.snapshot.picture(run, sets(1), at).alt


def test_the_words_of_costs_side_by_side_say_when_each_falls():
    runs = {
        name: Run({}, steps=[0, 10, 20, 30], costs={"train": costs})
        for name, costs in {"early": [1, 0.4, 0.2, 0.1], "late": [0.7, 0.7, 0.9, 0.1]}.items()
    }
    runs["never"] = Run({}, steps=[0, 10], costs={"train": [0.7, 0.69]})
    alt = plots.compare.picture(runs).alt
    assert "early: from 1 to 0.1, first below half of its start at step 10." in alt
    assert "late: from 0.7 to 0.1, first below half of its start at step 30." in alt
    assert "never: from 0.7 to 0.69, never below half of its start." in alt


@pytest.mark.parametrize(
    ("number", "said"),
    [(100, "100"), (99.6, "100"), (98.7, "99"), (0.058, "0.058")],
)
def test_a_number_in_words_has_no_power_of_ten_where_none_is_needed(number, said):
    assert style.short(number) == said


def test_pairs_are_counted(pictures):
    results = {"none": [80, 81, 82], "other": [81, 82, 81]}
    alt = plots.pairs.picture(results, "% right").alt
    assert "other: 2 above zero, 1 below; mean +0.3, standard deviation 1.2." in alt


def test_a_table_is_a_table_on_a_page_and_text_elsewhere(monkeypatch, capsys):
    rows = [["zeros", "50"], ["He", "97 ± 1"]]
    sent = []
    monkeypatch.setattr(text, "display", lambda bundle, raw: sent.append(bundle))
    monkeypatch.setattr(text, "get_ipython", object)
    plots.table(["start", "test, %"], rows)
    monkeypatch.setattr(text, "get_ipython", lambda: None)
    plots.table(["start", "test, %"], rows)
    lines = ["start  test, %", "-----  -------", "zeros       50", "He      97 ± 1"]
    (bundle,) = sent
    assert capsys.readouterr().out.splitlines() == lines == bundle["text/plain"].splitlines()
    assert bundle["text/markdown"].splitlines() == [
        "| start | test, % |",
        "| :-- | --: |",
        "| zeros | 50 |",
        "| He | 97\u00a0±\u00a01 |",  # a narrow page does not part them
    ]
