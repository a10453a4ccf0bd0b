"""What the lessons say of PyTorch: short, and true where PyTorch is installed."""

import ast
import copy
import math
import re
import types

import numpy as np
import pytest

from autograders.course.catalogue import EXERCISES
from lab.data import moons
from lab.network import forward_propagation
from lab.training import fit
from source_ref.dropout import forward_propagation_with_dropout
from source_ref.initialization import initialize_parameters_he
from source_ref.l2_regularization import backward_propagation_with_regularization
from source_ref.overfitting import accuracy, compute_cost, predict
from tests.notebooks import reading

CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
SIZES = [2, 20, 8, 1]
POINTS = moons(4).train


def lines(name):
    """Return the code that a lesson shows."""
    (code,) = CODE.findall(reading.cell(name, "pytorch").source)
    return code


def says(name, words):
    assert words in reading.prose(name, "pytorch")


@pytest.fixture(scope="module")
def torch(slow):
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield torch
    torch.set_default_dtype(before)


@pytest.fixture
def ran(torch):
    """A function that runs a lesson's lines on some values and returns what they define."""

    def run(name, **given):
        space = {"torch": torch, "copy": copy, **given}
        exec(compile(lines(name), name, "exec"), space)
        return types.SimpleNamespace(**space)

    return run


@pytest.fixture
def start():
    np.random.seed(1)
    return initialize_parameters_he(SIZES)


def network(torch, parameters):
    """Return PyTorch's network with our parameters, without the sigmoid at the end."""
    layers = []
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        linear = torch.nn.Linear(*W.shape[::-1])
        linear.weight.data, linear.bias.data = torch.tensor(W), torch.tensor(b.ravel())
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def rows(torch, array):
    """Return an array of ours as PyTorch has it: one example a row."""
    return torch.tensor(array.T.copy())


@pytest.mark.parametrize("name", EXERCISES)
def test_four_lines_to_read(name):
    code = lines(name)
    assert len(ast.parse(code).body) == len(code.splitlines()) == 4
    assert max(map(len, code.splitlines())) <= 100
    says(name, "these lines are to read, not to run" if name != "overfitting" else "not to run")
    assert len(re.findall("^- ", reading.cell(name, "pytorch").source, re.M)) >= 3


# --- initialization ---


def test_the_layer_starts_by_hes_rule(torch, ran):
    X = torch.randn(3000, 100)
    layer = ran("initialization", X=X).layer
    assert layer.weight.shape == (50, 100)
    assert layer.weight.std().item() == pytest.approx(math.sqrt(2 / 100), rel=0.05)
    assert not layer.bias.any()
    A = torch.relu(layer(X))
    assert torch.equal(A, torch.relu(X @ layer.weight.T + layer.bias))
    assert A.square().mean().item() == pytest.approx(1, rel=0.1)


def test_the_fan_is_where_the_weights_come_from(torch):
    says("initialization", "`fan_in` is $n_{l-1}$")
    W = torch.empty(50, 100)
    torch.nn.init.kaiming_normal_(W, mode="fan_out", nonlinearity="relu")
    assert W.var().item() == pytest.approx(2 * 2 / 100, rel=0.1)  # twice too large


def test_a_layer_left_as_it_is_does_not_follow_he(torch):
    says("initialization", r"the variance $\frac{1}{3n}$: each ReLU layer leaves a sixth")
    layer = torch.nn.Linear(100, 500)
    for drawn in (layer.weight, layer.bias):
        assert drawn.abs().max().item() == pytest.approx(1 / math.sqrt(100), rel=0.02)
        assert drawn.var().item() == pytest.approx(1 / 300, rel=0.2)
    A = torch.relu(torch.randn(3000, 100) @ layer.weight.T)
    assert A.square().mean().item() == pytest.approx(1 / 6, rel=0.1)


# --- overfitting ---


def test_cost_accuracy_and_copy_are_ours(torch, ran, start):
    X, Y = (rows(torch, array) for array in POINTS)
    model = network(torch, start)
    made = ran("overfitting", network=model, X=X, Y=Y)
    A3, _ = forward_propagation(POINTS.X, start)
    assert made.Z3.shape == (120, 1)
    assert made.cost.item() == pytest.approx(compute_cost(A3, POINTS.Y), rel=1e-12)
    assert made.share.item() == pytest.approx(accuracy(predict(POINTS.X, start), POINTS.Y))
    with torch.no_grad():
        alone = model.state_dict()
        model[0].weight += 1
    assert torch.equal(made.best["0.weight"], torch.tensor(start["W1"]))
    assert torch.equal(alone["0.weight"], torch.tensor(start["W1"] + 1))


def test_what_the_cost_takes(torch, ran):
    cost = torch.nn.functional.binary_cross_entropy_with_logits
    z, y = torch.tensor([[0.5]]), torch.tensor([[1.0]])
    assert cost(torch.sigmoid(z), y) == cost(torch.sigmoid(z), y) != cost(z, y)  # no error
    assert cost(torch.tensor([[1000.0]]), 0 * y).item() == 1000
    says("overfitting", f"{compute_cost(np.ones((1, 1)), np.zeros((1, 1))):.1f} with your")


def test_a_flat_Y_is_compared_with_everything(torch):
    says("overfitting", r"gives $m \times m$ answers")
    assert ((torch.randn(7, 1) > 0) == (torch.ones(7) == 1)).shape == (7, 7)
    says("overfitting", "the cost stops with an error, but the comparison")
    with pytest.raises(ValueError, match="size"):
        torch.nn.functional.binary_cross_entropy_with_logits(torch.randn(7, 1), torch.ones(7))


# --- L2 ---


def test_weight_decay_is_lambda_over_m(torch, ran, start):
    """Thirty steps of theirs are thirty of ours, momentum included."""
    lambd, m = 2.0, POINTS.Y.size
    run = fit(
        POINTS,
        start,
        learning_rate=0.05,
        momentum=0.9,
        steps=30,
        backward=lambda *arguments: backward_propagation_with_regularization(*arguments, lambd),
    )
    model = network(torch, start)
    optimizer = ran("l2_regularization", network=model, lambd=lambd, m=m).optimizer
    X, Y = (rows(torch, array) for array in POINTS)
    for _ in range(30):
        optimizer.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(model(X), Y).backward()
        optimizer.step()
    for l in (1, 2, 3):
        layer = model[2 * l - 2]
        for ours, theirs in ((f"W{l}", layer.weight), (f"b{l}", layer.bias)):
            ends = run.parameters[ours].reshape(theirs.shape)
            np.testing.assert_allclose(theirs.detach().numpy(), ends, rtol=1e-8, atol=1e-10)


def moved(torch, optimizer, slope, **settings):
    """Return by which factor two weights shrink in a step when the data have this slope."""
    weights = torch.tensor([1.0, 4.0], requires_grad=True)
    step = optimizer([weights], **settings)
    weights.grad = torch.tensor(slope)
    step.step()
    return (weights.detach() / torch.tensor([1.0, 4.0])).tolist()


def test_biases_shrink_too_unless_told_otherwise(torch):
    shrunk = moved(torch, torch.optim.SGD, [0.0, 0.0], lr=0.1, weight_decay=0.5)
    assert shrunk == pytest.approx([0.95, 0.95])


def test_under_adam_the_factors_differ(torch):
    says("l2_regularization", "is no longer the same for all")
    settings = {"lr": 0.1, "weight_decay": 0.5}
    one, four = moved(torch, torch.optim.Adam, [0.0, 0.0], **settings)
    assert one == pytest.approx(0.9) and four == pytest.approx(1 - 0.1 / 4)
    shrunk = moved(torch, torch.optim.AdamW, [0.0, 0.0], **settings)
    assert shrunk == pytest.approx([0.95, 0.95])


# --- dropout ---


def test_p_is_the_share_that_is_dropped(torch, ran):
    keep_prob = 0.8
    made = ran("dropout", keep_prob=keep_prob)
    A = torch.ones(200, 500)
    drop = torch.nn.Dropout(p=1 - keep_prob)
    dropped = drop(A)
    assert dropped.unique().tolist() == pytest.approx([0, 1 / keep_prob])
    assert (dropped > 0).double().mean().item() == pytest.approx(keep_prob, abs=0.01)
    wrong = torch.nn.Dropout(0.8)(A)
    assert (wrong > 0).double().mean().item() == pytest.approx(1 / 5, abs=0.01)
    assert not torch.equal(dropped, drop(A)) and dropped[0].tolist() != dropped[1].tolist()
    assert made.hidden[2].p == pytest.approx(1 - keep_prob)
    assert not made.network.training  # the last of the four lines


def test_eval_switches_it_off_and_nothing_else_does(torch, ran):
    made = ran("dropout", keep_prob=0.5)
    X = torch.randn(50, 2)
    assert torch.equal(made.network(X), made.network(X))
    assert torch.nn.Sequential(*made.hidden).training  # a new network drops
    made.network.train()
    with torch.no_grad():
        assert not torch.equal(made.network(X), made.network(X))
    made.network.eval()
    A = torch.ones(100)
    assert torch.nn.functional.dropout(A, 0.5).unique().numel() == 2
    assert torch.equal(torch.nn.functional.dropout(A, 0.5, training=False), A)


def test_its_values_are_those_of_our_function(torch, ran):
    """Kept units are divided by keep_prob in both; the means over many masks are those without."""
    np.random.seed(0)
    parameters = initialize_parameters_he([2, 20, 8, 1])
    _, cache = forward_propagation_with_dropout(POINTS.X, parameters, 0.5)
    D1, A1 = cache[1], cache[2]
    plain = np.maximum(0, parameters["W1"] @ POINTS.X)
    hidden = ran("dropout", keep_prob=0.5).hidden
    hidden[0].weight.data = torch.tensor(parameters["W1"])
    hidden[0].bias.data.zero_()
    theirs = torch.nn.Sequential(*hidden).train()(rows(torch, POINTS.X)).detach().numpy().T
    for values in (A1, theirs):
        kept = values > 0
        np.testing.assert_allclose(values[kept], 2 * plain[kept], rtol=1e-12)
    assert np.array_equal(A1 > 0, (D1 == 1) & (plain > 0))
