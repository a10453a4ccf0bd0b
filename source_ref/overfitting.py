"""Reference answers of the notebook ``overfitting``."""

import numpy as np

from lab.network import forward_propagation


def compute_cost(A3, Y):
    """Return the mean cross-entropy over the examples.

    Parameters
    ----------
    A3 : ndarray, shape (1, m)
        The network's probabilities of class 1.
    Y : ndarray, shape (1, m)
        The true classes, zeros and ones.

    Returns
    -------
    float
        The cost; finite even where A3 is exactly 0 or 1.
    """
    m = Y.shape[1]

    ### START CODE HERE ### (approx. 3 lines)
    # keep the probabilities inside [1e-12, 1 - 1e-12], where the logarithm is finite
    A = np.clip(A3, 1e-12, 1 - 1e-12)
    # the loss of each example
    losses = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    # the mean over the m examples
    cost = 1 / m * np.sum(losses)
    ### END CODE HERE ###

    return cost


def predict(X, parameters):
    """Return the class that the network gives each example.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    parameters : dict
        W1, b1, W2, b2, W3, b3.

    Returns
    -------
    ndarray, shape (1, m)
        1 where the network's probability is above 0.5, else 0.
    """
    ### START CODE HERE ### (approx. 2 lines)
    # the network's probabilities, then the threshold
    A3, cache = forward_propagation(X, parameters)
    predictions = A3 > 0.5
    ### END CODE HERE ###

    return predictions


def accuracy(predictions, Y):
    """Return the share of right answers.

    Parameters
    ----------
    predictions : ndarray, shape (1, m)
        The predicted classes, zeros and ones.
    Y : ndarray, shape (1, m)
        The true classes, zeros and ones.

    Returns
    -------
    float
        Between 0 (all wrong) and 1 (all right).
    """
    ### START CODE HERE ### (approx. 1 line)
    share = np.mean(predictions == Y)
    ### END CODE HERE ###

    return share


def early_stopping(validation_costs, patience):
    """Return the index of the record at which training should have stopped.

    Go through the records in order. Stop once `patience` records in a row
    brought no strict improvement on the best so far.

    Parameters
    ----------
    validation_costs : list or 1-D ndarray of float
        The validation cost at each record, the first record first.
    patience : int
        How many records without improvement to wait for, at least 1.

    Returns
    -------
    int
        The index of the best record seen until then; of equal ones the first.
    """
    ### START CODE HERE ### (approx. 6 lines)
    # the best record so far is the first one
    best = 0
    # go through the other records in order
    for i in range(1, len(validation_costs)):
        # a strictly lower cost is the new best
        if validation_costs[i] < validation_costs[best]:
            best = i
        # `patience` records without a better one: stop
        elif i - best >= patience:
            break
    ### END CODE HERE ###

    return best


STUBS = {
    "early_stopping": """\
    # the best record so far is the first one
    best = None
    # go through the other records in order: a strictly lower cost is the new best;
    # leave the loop once `patience` records in a row were no better
"""
}
"""Stub texts that derivation would spoil: what stands between the markers."""
