"""Each figure is a picture of the data it was given, and its words say what is seen."""

import functools
import inspect
import io
import re

import numpy as np
import pytest
from PIL import Image

from lab import plots
from lab.data import Points, best_on_moons, circles, moons
from lab.plots import curve, diagram, field, scatter, style, text
from lab.training import Run, fit
from source_ref.initialization import initialize_parameters_he

LAYERS = [2, 20, 8, 1]


@functools.cache
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
    "network": lambda draw: plots.network.picture(
        trained(draw).parameters, [np.random.RandomState(draw).rand(n, 3) < 0.5 for n in (20, 8)]
    ),
    "profile": lambda draw: plots.profile.picture(
        {"here": trained(draw).parameters}, (-1.5, 0.3), (2.5, 0.3)
    ),
    "histograms": lambda draw: plots.histograms.picture(
        np.random.RandomState(draw).rand(500), np.random.RandomState(draw).randn(500), 0.5
    ),
    "mask": lambda draw: plots.mask.picture(np.random.RandomState(draw).rand(8, 12) < 0.6),
    "pictures": lambda draw: plots.pictures.picture(np.zeros((64, 3)), [f"said {draw}"] * 3),
    "pairs": lambda draw: plots.pairs.picture(random_pairs(draw), "% right"),
}


def test_every_figure_is_looked_at():
    functions = {name for name in plots.__all__ if inspect.isfunction(getattr(plots, name))}
    assert set(FIGURES) == {name for name in functions if hasattr(getattr(plots, name), "picture")}


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
    run = trained.__wrapped__(1)
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


# --- how sure a network is ---


def says(z, slope=0.0):
    """Return a network whose z is z everywhere, or rises with x1 from there."""
    W3 = np.zeros((1, 3))
    W3[0, :2] = slope, -slope
    return {
        "W1": np.array([[1.0, 0], [-1, 0], [0, 1], [0, 1]]),
        "b1": np.zeros((4, 1)),
        "W2": np.eye(3, 4),
        "b2": np.zeros((3, 1)),
        "W3": W3,
        "b3": np.array([[float(z)]]),
    }


@pytest.mark.parametrize(
    ("probability", "shade"), [(0.05, 0), (0.2, 1), (0.45, 2), (0.55, 2), (0.8, 3), (0.95, 4)]
)
def test_a_probability_has_its_shade(probability, shade):
    picture = plots.boundaries.picture(says(field.logit(probability)), sets(1))
    pixels = np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGB")).reshape(-1, 3)
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    common = colours[np.argsort(-counts)[:2]].astype(int)
    wanted = field.SHADES[shade, :3].astype(int)
    assert np.abs(common - wanted).max(axis=1).min() <= 2
    assert np.mean(np.abs(pixels - wanted).max(axis=1) <= 2) > 0.3
    area, sure = 100 * (probability > 0.5), 100 * (shade in (0, 4))
    assert f"Class 1 fills {area} % of the picture; the network is sure on {sure} %" in picture.alt


def test_how_much_is_sure_is_measured_on_both_sides():
    """With z = 4 x1 it is sure where |x1| is above ln(9) / 4."""
    X = np.array([[-2.0, 2.0], [-1.0, 1.0]])
    plane = field.Plane(X)
    low, high = plane.extent[:2]
    expected = 100 * (1 - 2 * np.log(9) / 4 / (high - low))
    assert abs(float(field.shares(plane.ask(says(0, slope=4)))["sure"]) - expected) < 1.5
    (line,) = plane.lines(plane.ask(says(0, slope=4)))
    assert np.allclose(line[:, 0], 0, atol=1e-9)


def test_the_shades_lie_where_the_panel_is():
    """Class 1 to the right: the picture's right half of the panel is orange, its left blue."""
    points = Points(np.array([[-1.0, 1.0], [-1.0, 1.0]]), np.array([[0.0, 1.0]]))
    picture = plots.boundaries.picture(says(0, slope=50), {"two": points})
    image = np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGB")).astype(int)
    for shade, side in ((field.SHADES[0], np.min), (field.SHADES[4], np.max)):
        columns = np.nonzero((np.abs(image - shade[:3]).max(axis=2) <= 2).sum(axis=0) > 100)[0]
        assert columns.size > 100 and side(columns) in (columns[0], columns[-1])
    blue, orange = (
        np.nonzero((np.abs(image - field.SHADES[i, :3]).max(axis=2) <= 2).sum(axis=0) > 100)[0]
        for i in (0, 4)
    )
    assert np.median(blue) < np.median(orange)


# --- films ---


def test_a_film_shows_what_a_snapshot_shows():
    """Whatever it has shown before: nothing of it is left, and the words are the same."""
    seen, runs = sets(1), [trained(draw) for draw in (1, 2)]
    film = plots.Film(seen)
    for run, at in ((runs[0], 0), (runs[0], 3), (runs[1], -1)):
        fresh = plots.Film(seen)
        moved, anew = film.picture(run, at), fresh.picture(run, at)
        same = moved == anew
        assert same  # of long bytes, which a failure would take minutes to compare
    shown = plots.snapshot.picture(run, seen, at)
    assert moved.alt == shown.alt
    difference = np.abs(pixels(moved) - pixels(shown)).max(axis=2)  # each has its own colours
    assert difference.mean() < 3 and np.mean(difference > 60) < 0.001


def pixels(picture):
    """Return a picture as numbers from 0 to 255, (rows, columns, 3)."""
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGB")).astype(int)


def test_what_stands_still_in_a_film_is_drawn_once(monkeypatch):
    run, film = trained(1), plots.Film(sets(1))
    drawn = []
    draw = style.FigureCanvasAgg.draw
    monkeypatch.setattr(
        style.FigureCanvasAgg, "draw", lambda canvas: (drawn.append(1), draw(canvas))
    )
    for at in range(len(run.steps)):
        film.picture(run, at)
    assert len(drawn) == 1


def test_the_axis_of_the_costs_ends_at_a_round_number_above_them():
    assert [curve._roof(cost) for cost in (1.56, 0.39, 0.021, 12)] == pytest.approx(
        [1.6, 0.4, 0.022, 14]
    )
    assert curve._roof(0) > 0


# --- networks ---


def drawn_network(parameters, *masks):
    """Return the diagram of a network, with one mask a hidden layer."""
    figure, (panel,) = style.new_figure()
    drawn = diagram.Diagram(panel, diagram.layers(parameters))
    drawn.show(parameters, [np.array(there, dtype=bool) for there in masks] or None)
    return drawn


def test_each_weight_is_a_line_of_its_sign_and_its_size():
    parameters = says(0, slope=2)
    positive, negative = drawn_network(parameters).lines
    weights = np.concatenate([parameters[f"W{l}"].ravel() for l in (1, 2, 3)])
    assert sorted(positive.get_linewidths()) == sorted(diagram.WIDTH * weights[weights > 0])
    assert sorted(negative.get_linewidths()) == sorted(-diagram.WIDTH * weights[weights < 0])
    assert positive.get_linestyle() != negative.get_linestyle()


def test_a_line_goes_from_its_unit_to_its_unit():
    parameters = {name: 0 * array for name, array in says(0).items()}
    parameters["W2"][2, 1] = 1.0
    drawn = drawn_network(parameters)
    ((start, end),) = drawn.lines[0].get_segments()
    assert np.array_equal(start, drawn.places[1][1]) and np.array_equal(end, drawn.places[2][2])


def test_a_dropped_unit_is_hollow_and_has_no_lines():
    parameters = {name: 0 * array + 1 for name, array in says(0).items()}
    drawn = drawn_network(parameters, [1, 0, 1, 0], [1, 1, 0])
    assert len(drawn.lines[0].get_segments()) == 2 * 2 + 2 * 2 + 2
    filled = [tuple(colour[:3]) == (0, 0, 0) for colour in drawn.dots.get_facecolor()]
    assert filled == [True, True, True, False, True, False, True, True, False, True]


def test_a_tiny_weight_has_no_line():
    """A dash is as long as its line is wide: of no width it would never end."""
    parameters = {name: 0 * array + 1e-300 for name, array in says(0).items()}
    assert [len(each.get_segments()) for each in drawn_network(parameters).lines] == [0, 0]


def test_equal_fans_are_said():
    parameters = {name: 0 * array + 0.5 for name, array in says(0).items()}
    alt = plots.network.picture(parameters).alt
    assert "All 4 units of layer 1 have the same lines." in alt
    assert "the same lines" not in plots.network.picture(trained(1).parameters).alt


def test_each_example_has_its_thinner_network():
    masks = [np.array([[1, 0], [1, 1], [0, 0], [1, 1]]), np.array([[1, 1], [0, 1], [0, 1]])]
    alt = plots.network.picture(says(0), masks).alt
    assert "Example 1: 3 of 4 units of layer 1 and 1 of 3 units of layer 2 are kept." in alt
    assert "Example 2: 2 of 4 units of layer 1 and 3 of 3 units of layer 2 are kept." in alt


def test_networks_beside_each_other_have_their_names():
    alt = plots.network.picture({"λ = 0": says(0), "λ = 7": says(0, slope=3)}).alt
    assert "λ = 0: a network with layers of 2, 4, 3, 1 units." in alt
    assert "λ = 7: a network" in alt and "the largest has the size 3" in alt


def test_a_profile_says_how_steep_it_is():
    alt = plots.profile.picture({"flat": says(0), "steep": says(0, slope=200)}, (-1, 0), (1, 0)).alt
    assert "flat: 0.5 at the start, 0.5 at the end; it crosses 0.5 0 times" in alt
    assert "steep: 0 at the start, 1 at the end; it crosses 0.5 1 times" in alt


def test_circles_are_told_from_what_has_a_middle():
    rings = plots.points.picture({"train": circles(seed=1).train}).alt
    assert re.findall(r"in a ring around \(0.0, 0.0\), from (.*?) to (.*?) away", rings) == [
        ("0.9", "1.1"),
        ("0.7", "1.0"),
    ]
    assert "ring" not in plots.points.picture({"train": moons(seed=4).train}).alt
