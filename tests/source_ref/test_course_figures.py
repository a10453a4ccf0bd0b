"""The figures that the original course printed, from the same questions.

Source: deeplearning.ai, "Improving Deep Neural Networks", week 1, the notebooks
Initialization and Regularization with their testCases.py, as many public
repositories keep them. The course seeded inside its functions; here the seed is set
outside, just before the call. The course printed eight decimals, so half a unit of
the last one is the tolerance.
"""

import numpy as np
import pytest
from sklearn.datasets import make_circles

from lab.data import Points
from lab.network import forward_propagation
from lab.training import fit
from source_ref.dropout import backward_propagation_with_dropout, forward_propagation_with_dropout
from source_ref.initialization import (
    initialize_parameters_he,
    initialize_parameters_random,
    initialize_parameters_zeros,
)
from source_ref.l2_regularization import (
    backward_propagation_with_regularization,
    compute_cost_with_regularization,
)
from source_ref.overfitting import accuracy, compute_cost, predict

PRINTED = 5.001e-9
Y = np.array([[1.0, 1, 0, 1, 0]])


def as_printed(got, text):
    """Tell whether the array, rounded as NumPy prints it, is the printed one."""
    rows = [
        row.split()
        for row in text.strip().replace("[", "").replace("]", "").replace(",", " ").split("\n")
    ]
    want = np.array(rows, dtype=float)
    return got.shape == want.shape and bool(np.all(np.abs(got - want) <= PRINTED))


def drawn_parameters():
    """Return W1 (2, 3), b1, W2 (3, 2), b2, W3 (1, 3), b3 in the order in which the course drew."""
    shapes = {"W1": (2, 3), "b1": (2, 1), "W2": (3, 2), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    return {name: np.random.randn(*shape) for name, shape in shapes.items()}


def drawn_examples_and_parameters():
    """Return X (3, 5) and the parameters, drawn after it, from seed 1."""
    np.random.seed(1)
    return np.random.randn(3, 5), drawn_parameters()


def as_stored(cache):
    """Return the cache as the course's test cases hold it: printed, so cut to eight decimals."""
    return tuple(entry if entry.dtype == bool else np.round(entry, 8) for entry in cache)


def test_initialize_parameters_zeros():
    parameters = initialize_parameters_zeros([3, 2, 1])
    assert as_printed(parameters["W1"], "[[0. 0. 0.]\n [0. 0. 0.]]")
    assert as_printed(parameters["b1"], "[[0.]\n [0.]]")
    assert as_printed(parameters["W2"], "[[0. 0.]]")
    assert as_printed(parameters["b2"], "[[0.]]")


def test_initialize_parameters_random():
    np.random.seed(3)
    parameters = initialize_parameters_random([3, 2, 1])
    assert as_printed(
        parameters["W1"],
        """[[ 17.88628473   4.36509851   0.96497468]
            [-18.63492703  -2.77388203  -3.54758979]]""",
    )
    assert as_printed(parameters["b1"], "[[0.]\n [0.]]")
    assert as_printed(parameters["W2"], "[[-0.82741481 -6.27000677]]")
    assert as_printed(parameters["b2"], "[[0.]]")


def test_initialize_parameters_he():
    np.random.seed(3)
    parameters = initialize_parameters_he([2, 4, 1])
    assert as_printed(
        parameters["W1"],
        """[[ 1.78862847  0.43650985]
            [ 0.09649747 -1.8634927 ]
            [-0.2773882  -0.35475898]
            [-0.08274148 -0.62700068]]""",
    )
    assert as_printed(parameters["b1"], "[[0.]\n [0.]\n [0.]\n [0.]]")
    assert as_printed(parameters["W2"], "[[-0.03098412 -0.33744411 -0.92904268  0.62552248]]")
    assert as_printed(parameters["b2"], "[[0.]]")


def test_compute_cost_with_regularization():
    np.random.seed(1)
    A3 = np.array([[0.40682402, 0.01629284, 0.16722898, 0.10118111, 0.40682402]])
    cost = compute_cost_with_regularization(A3, Y, drawn_parameters(), lambd=0.1)
    assert cost == pytest.approx(1.78648594516, abs=5.001e-12)


def test_forward_propagation():
    """What the course's test of the L2 gradient holds as its cache."""
    X, parameters = drawn_examples_and_parameters()
    Z1, _, _, _, Z2, _, _, _, Z3, A3, _, _ = forward_propagation(X, parameters)[1]
    assert as_printed(
        Z1,
        """[[-1.52855314,  3.32524635,  2.13994541,  2.60700654, -0.75942115],
            [-1.98043538,  4.1600994 ,  0.79051021,  1.46493512, -0.45506242]]""",
    )
    assert as_printed(
        Z2,
        """[[ 0.53035547,  5.94892323,  2.31780174,  3.16005701,  0.53035547],
            [-0.69166075, -3.47645987, -2.25194702, -2.65416996, -0.69166075],
            [-0.39675353, -4.62285846, -2.61101729, -3.22874921, -0.39675353]]""",
    )
    assert as_printed(Z3, "[[-0.3771104 , -4.10060224, -1.60539468, -2.18416951, -0.3771104 ]]")
    assert as_printed(A3, "[[ 0.40682402,  0.01629284,  0.16722898,  0.10118111,  0.40682402]]")


def test_backward_propagation_with_regularization():
    X, parameters = drawn_examples_and_parameters()
    _, cache = forward_propagation(X, parameters)
    gradients = backward_propagation_with_regularization(X, Y, as_stored(cache), lambd=0.7)
    assert as_printed(
        gradients["dW1"],
        """[[-0.25604646  0.12298827 -0.28297129]
            [-0.17706303  0.34536094 -0.4410571 ]]""",
    )
    assert as_printed(
        gradients["dW2"],
        """[[ 0.79276486  0.85133918]
            [-0.0957219  -0.01720463]
            [-0.13100772 -0.03750433]]""",
    )
    assert as_printed(gradients["dW3"], "[[-1.77691347 -0.11832879 -0.09397446]]")


def test_forward_propagation_with_dropout():
    X, parameters = drawn_examples_and_parameters()
    np.random.seed(1)
    A3, _ = forward_propagation_with_dropout(X, parameters, keep_prob=0.7)
    assert as_printed(A3, "[[ 0.36974721  0.00305176  0.04565099  0.49683389  0.36974721]]")


def test_backward_propagation_with_dropout():
    """The course's cache was made at 0.5; it asked for the gradients at 0.8."""
    X, parameters = drawn_examples_and_parameters()
    np.random.seed(1)
    _, cache = forward_propagation_with_dropout(X, parameters, keep_prob=0.5)
    _, D1, A1, _, _, Z2, D2, A2, _, _, Z3, A3, _, _ = cache
    assert as_printed(D1, "1 0 1 1 1\n1 1 1 1 0")
    assert as_printed(D2, "1 0 1 0 1\n0 1 0 1 1\n0 0 1 0 0")
    assert as_printed(
        A1,
        """[[ 0.        ,  0.        ,  4.27989081,  5.21401307,  0.        ],
            [ 0.        ,  8.32019881,  1.58102041,  2.92987024,  0.        ]]""",
    )
    assert as_printed(
        Z2,
        """[[ 0.53035547,  8.02565606,  4.10524802,  5.78975856,  0.53035547],
            [-0.69166075, -1.71413186, -3.81223329, -4.61667916, -0.69166075],
            [-0.39675353, -2.62563561, -4.82528105, -6.0607449 , -0.39675353]]""",
    )
    assert as_printed(A2[:1], "[[ 1.06071093,  0.        ,  8.21049603,  0.        ,  1.06071093]]")
    assert not A2[1:].any()
    assert as_printed(Z3, "[[-0.7415562 , -0.0126646 , -5.65469333, -0.0126646 , -0.7415562 ]]")
    assert as_printed(A3, "[[ 0.32266394,  0.49683389,  0.00348883,  0.49683389,  0.32266394]]")

    gradients = backward_propagation_with_dropout(X, Y, as_stored(cache), keep_prob=0.8)
    assert as_printed(
        gradients["dA1"],
        """[[ 0.36544439  0.         -0.00188233  0.         -0.17408748]
            [ 0.65515713  0.         -0.00337459  0.         -0.        ]]""",
    )
    assert as_printed(
        gradients["dA2"],
        """[[ 0.58180856  0.         -0.00299679  0.         -0.27715731]
            [ 0.          0.53159854 -0.          0.53159854 -0.34089673]
            [ 0.          0.         -0.00292733  0.         -0.        ]]""",
    )


def circles_of_the_course(seed, m):
    np.random.seed(seed)
    X, Y = make_circles(n_samples=m, noise=0.05)
    return Points(X.T.copy(), Y.reshape(1, -1).astype(float))


def trained(start):
    """Train as the course did: [2, 10, 5, 1], rate 0.01, 15,000 steps, the start from seed 3."""
    train, test = circles_of_the_course(1, 300), circles_of_the_course(2, 100)
    np.random.seed(3)
    return fit(
        train,
        start([2, 10, 5, 1]),
        learning_rate=0.01,
        steps=15_000,
        cost=compute_cost,
        predict=predict,
        accuracy=accuracy,
        watch={"test": test},
        every=1000,
    )


def test_training_from_zeros():
    run = trained(initialize_parameters_zeros)
    assert run.costs["train"] == pytest.approx([0.6931471805599453] * 16, rel=1e-14)
    assert (run.accuracies["train"][-1], run.accuracies["test"][-1]) == (0.5, 0.5)


def test_training_from_he():
    """The costs after 0, 1,000, ..., 14,000 steps, to 13 digits."""
    run = trained(initialize_parameters_he)
    printed = [
        *(0.8830537463419761, 0.6879825919728063, 0.6751286264523371, 0.6526117768893807),
        *(0.6082958970572938, 0.5304944491717495, 0.4138645817071794, 0.3117803464844441),
        *(0.23696215330322562, 0.18597287209206836, 0.1501555628037182, 0.12325079292273548),
        *(0.09917746546525937, 0.0845705595402428, 0.07357895962677366),
    ]
    assert run.costs["train"][:-1] == pytest.approx(printed, rel=1e-11)
    assert run.accuracies["train"][-1] == pytest.approx(0.9933333333333333)
    assert run.accuracies["test"][-1] == pytest.approx(0.96)


def test_training_from_random_weights_times_10():
    """The costs after 1,000, ..., 14,000 steps. This run depends on the last bit of its sums.

    Between three BLAS kernels it moves by up to 1.3 % at 7,000 steps, so 2 % is asked.
    The course's first cost was infinite; ours is clipped.
    """
    run = trained(initialize_parameters_random)
    printed = [
        *(0.6247924745506072, 0.5980258056061102, 0.5637539062842213, 0.5501256393526495),
        *(0.5443826306793814, 0.5373895855049121, 0.47157999220550006, 0.39770475516243037),
        *(0.3934560146692851, 0.3920227137490125, 0.38913700035966736, 0.3861358766546214),
        *(0.38497629552893475, 0.38276694641706693),
    ]
    assert run.costs["train"][1:-1] == pytest.approx(printed, rel=0.02)
    assert run.accuracies["train"][-1] == pytest.approx(0.83)
    assert run.accuracies["test"][-1] == pytest.approx(0.86)
