"""Reference answers of the notebook ``l2_regularization``."""

import numpy as np

from source_ref.overfitting import compute_cost


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """Return the cross-entropy cost plus the L2 penalty on the weights.

    Parameters
    ----------
    A3 : ndarray, shape (1, m)
        The network's probabilities of class 1.
    Y : ndarray, shape (1, m)
        The true classes, zeros and ones.
    parameters : dict
        W1, b1, ..., WL, bL, for any number of layers L.
    lambd : float
        The strength of the penalty, 0 or more.

    Returns
    -------
    float
        compute_cost(A3, Y) + (1/m) (lambd/2) (the sum of all squared weights).
    """
    m = Y.shape[1]
    L = len(parameters) // 2  # number of layers
    cross_entropy_cost = compute_cost(A3, Y)

    ### START CODE HERE ### (approx. 4 lines)
    # add up the squares of all weights, layer by layer; the biases stay out
    sum_of_squares = 0
    for l in range(1, L + 1):
        sum_of_squares += np.sum(np.square(parameters["W" + str(l)]))
    # the penalty
    L2_regularization_cost = 1 / m * lambd / 2 * sum_of_squares
    ### END CODE HERE ###

    cost = cross_entropy_cost + L2_regularization_cost
    return cost


def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Return the gradients of the cost with the L2 penalty.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        The examples that went forward.
    Y : ndarray, shape (1, m)
        Their classes, zeros and ones.
    cache : tuple
        (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) from forward_propagation.
    lambd : float
        The strength of the penalty, 0 or more.

    Returns
    -------
    dict
        dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1; each has the
        shape of the array it belongs to.
    """
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    ### START CODE HERE ### (approx. 1 line)
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    ### END CODE HERE ###
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    ### START CODE HERE ### (approx. 1 line)
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    ### END CODE HERE ###
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    ### START CODE HERE ### (approx. 1 line)
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    ### END CODE HERE ###
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3}
    gradients.update({"dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2})
    gradients.update({"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1})
    return gradients


def weight_decay_factor(learning_rate, lambd, m):
    """Return what one step of descent multiplies every weight by, the data aside.

    Parameters
    ----------
    learning_rate : float
        The step size alpha.
    lambd : float
        The strength of the penalty, 0 or more.
    m : int
        The number of training examples.

    Returns
    -------
    float
        Below 1 where lambd > 0; negative where learning_rate * lambd > m.
    """
    ### START CODE HERE ### (approx. 1 line)
    factor = 1 - learning_rate * lambd / m
    ### END CODE HERE ###

    return factor
