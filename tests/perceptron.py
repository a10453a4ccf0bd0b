"""The given network as scikit-learn's MLPClassifier: an oracle that shares no code with ours."""

import numpy as np
from sklearn.neural_network import MLPClassifier


def perceptron(X, Y, parameters, alpha=0.0, learning_rate=1.0):
    """Return a classifier that holds these weights and is ready for a step on all of X.

    One batch holds all examples, so scikit-learn's cost is the mean cross-entropy
    plus alpha / (2 m) times the sum of the squared weights: `alpha` is the course's
    lambd. (In batches of B examples it divides by B instead: lambd = alpha m / B.)
    """
    L = len(parameters) // 2
    hidden = [parameters[f"b{l}"].size for l in range(1, L)]
    classifier = MLPClassifier(
        hidden,
        activation="relu",
        solver="sgd",
        alpha=alpha,
        batch_size=X.shape[1],
        learning_rate="constant",
        learning_rate_init=learning_rate,
        momentum=0.0,
        nesterovs_momentum=False,
        random_state=0,
    )
    classifier.partial_fit(X.T, Y.ravel(), classes=[0, 1])  # makes the arrays to be replaced
    classifier.coefs_ = [parameters[f"W{l}"].T.copy() for l in range(1, L + 1)]
    classifier.intercepts_ = [parameters[f"b{l}"].ravel().copy() for l in range(1, L + 1)]
    return classifier


def step(classifier, X, Y):
    """Take one step of plain descent at rate 1; return the cost before it and its gradients."""
    before = [array.copy() for array in classifier.coefs_ + classifier.intercepts_]
    classifier.partial_fit(X.T, Y.ravel())
    after = classifier.coefs_ + classifier.intercepts_
    slopes = [old - new for old, new in zip(before, after, strict=True)]
    gradients = {f"dW{l}": slopes[l - 1].T for l in (1, 2, 3)}
    gradients.update({f"db{l}": slopes[l + 2][:, np.newaxis] for l in (1, 2, 3)})
    return classifier.loss_, gradients
