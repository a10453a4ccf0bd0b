"""Reference answers of the notebook ``dropout``."""

import numpy as np

from lab.network import forward_propagation, relu, sigmoid


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """Send the examples through the network, units of layers 1 and 2 dropped at random.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    parameters : dict
        W1, b1, W2, b2, W3, b3.
    keep_prob : float
        The probability that a unit is kept, 0 < keep_prob <= 1.

    Returns
    -------
    A3 : ndarray, shape (1, m)
        The probability of class 1 for each example.
    cache : tuple
        (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3).
    """
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    ### START CODE HERE ### (approx. 4 lines)
    # Step 1: one uniform draw in [0, 1) for each entry of A1
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    # Step 2: the mask, 1 with probability keep_prob
    D1 = keep_prob > D1
    # Step 3: shut down the dropped units
    A1 = A1 * D1
    # Step 4: scale up what is left
    A1 = A1 / keep_prob
    ### END CODE HERE ###
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    ### START CODE HERE ### (approx. 4 lines)
    # Steps 1 to 4 for layer 2
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = keep_prob > D2
    A2 = A2 * D2
    A2 = A2 / keep_prob
    ### END CODE HERE ###
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)

    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """Return the gradients of the cost for the units that were kept.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        The examples that went forward.
    Y : ndarray, shape (1, m)
        Their classes, zeros and ones.
    cache : tuple
        What `forward_propagation_with_dropout` returned for X.
    keep_prob : float
        The probability that a unit was kept.

    Returns
    -------
    dict
        dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1; each has the
        shape of the array it belongs to.
    """
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    ### START CODE HERE ### (approx. 2 lines)
    # Step 1: shut down the same units as on the way forward
    dA2 = dA2 * D2
    # Step 2: scale up what is left
    dA2 = dA2 / keep_prob
    ### END CODE HERE ###
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    ### START CODE HERE ### (approx. 2 lines)
    # Steps 1 and 2 for layer 1
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    ### END CODE HERE ###
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3}
    gradients.update({"dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2})
    gradients.update({"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1})
    return gradients


def predict_without_dropout(X, parameters):
    """Return the class that the whole network gives each example.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    parameters : dict
        W1, b1, W2, b2, W3, b3, as dropout trained them.

    Returns
    -------
    ndarray, shape (1, m)
        1 where the network's probability is above 0.5, else 0.
    """
    ### START CODE HERE ### (approx. 2 lines)
    # every unit takes part, and nothing is scaled
    A3, cache = forward_propagation(X, parameters)
    predictions = A3 > 0.5
    ### END CODE HERE ###

    return predictions
