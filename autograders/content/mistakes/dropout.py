"""Known mistakes in the notebook ``dropout``."""

from dataclasses import replace

from autograders.content.mistakes import overfitting
from autograders.content.mistakes.dropout_forward import FORWARD
from autograders.course.exercise import Mistake

__all__ = ["BACKWARD", "FORWARD", "PREDICT"]

WHOLE = """
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3}
    gradients.update({"dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2})
    gradients.update({"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1})
    return gradients
"""

BACKWARD: list[Mistake] = [
    Mistake(
        "dropout-ignored-on-the-way-back",
        "the gradients are neither masked nor scaled",
        "What A went through on the way forward, dA goes through on the way back.",
        {"dA2 * D2": "dA2", "dA1 * D1": "dA1", "dA2 / keep_prob": "dA2", "dA1 / keep_prob": "dA1"},
    ),
    Mistake(
        "gradient-not-masked",
        "the gradients are scaled but not masked",
        "A dropped unit had no part in the answer. What is its gradient?",
        {"dA2 * D2": "dA2", "dA1 * D1": "dA1"},
    ),
    Mistake(
        "gradient-not-scaled",
        "the gradients are masked but not scaled",
        "The units that lived were scaled up. By the chain rule, what happens to their gradient?",
        {"dA2 / keep_prob": "dA2", "dA1 / keep_prob": "dA1"},
    ),
    Mistake(
        "gradient-times-keep-prob",
        "the gradients are multiplied by keep_prob",
        "Derive a/p with respect to a. Does p stand above or below the line?",
        {"/ keep_prob": "* keep_prob"},
    ),
    Mistake(
        "gradient-scaled-twice",
        "the gradients are divided by keep_prob twice",
        "Each layer was scaled once on the way forward. Once is right on the way back.",
        {"/ keep_prob": "/ keep_prob**2"},
    ),
    Mistake(
        "gradient-over-the-drop-prob",
        "the gradients are divided by 1 - keep_prob",
        "Which number did the way forward divide by?",
        {"/ keep_prob": "/ (1 - keep_prob)"},
    ),
    Mistake(
        "gradient-scaled-for-one-half",
        "the scaling is that of keep_prob = 0.5, whatever keep_prob is given",
        "0.5 is only one of the values that the caller may choose.",
        {"/ keep_prob": "/ 0.5"},
    ),
    Mistake(
        "gradient-mask-inverted",
        "the gradients of the kept units are shut down, and the others are left",
        "D is 1 where a unit was kept. Whose gradient should go on?",
        {"* D2": "* (1 - D2)", "* D1": "* (1 - D1)"},
    ),
    Mistake(
        "masks-swapped",
        "a gradient meets the mask of the other layer",
        "D2 has the shape of A2. Which gradient has that shape?",
        {"* D2": "* D0", "* D1": "* D2", "* D0": "* D1"},
        also=(
            {"* D2": "* D1"},
            {"* D1": "* D2"},
        ),
    ),
    Mistake(
        "new-masks-on-the-way-back",
        "new masks are drawn instead of those in the cache",
        "The gradient belongs to the units that took part. Where is it written down who did?",
        {
            "* D2": "* (np.random.rand(*dA2.shape) < keep_prob)",
            "* D1": "* (np.random.rand(*dA1.shape) < keep_prob)",
        },
    ),
    Mistake(
        "dA1-not-masked",
        "only dA2 is masked",
        "Both hidden layers had dropout. Look at layer 1.",
        {"dA1 * D1": "dA1"},
    ),
    Mistake(
        "dA1-not-scaled",
        "only dA2 is scaled",
        "Both hidden layers were scaled up. Look at layer 1.",
        {"dA1 / keep_prob": "dA1"},
    ),
    Mistake(
        "dA1-without-dropout",
        "layer 1 is treated as if it had no dropout",
        "The same two steps come for both hidden layers.",
        {"dA1 * D1": "dA1", "dA1 / keep_prob": "dA1"},
    ),
    Mistake(
        "mask-of-relu-for-the-mask-of-dropout",
        "the gradients are masked where A is 0, not where the unit was dropped",
        "A may be 0 because of ReLU as well. Which array in the cache tells who was dropped?",
        {"dA2 * D2": "dA2 * (A2 > 0)", "dA1 * D1": "dA1 * (A1 > 0)"},
    ),
    Mistake(
        "activations-for-gradients",
        "the masked activations are stored as the gradients",
        "It is dA, the gradient that has just come back, that passes through the mask.",
        {"dA2 = dA2 *": "dA2 = A2 *", "dA1 = dA1 *": "dA1 = A1 *"},
    ),
    Mistake(
        "gradient-over-m",
        "dA is divided by m",
        "dA belongs to one example each. The 1/m comes in where examples are added up.",
        {"/ keep_prob": "/ keep_prob / m"},
    ),
    Mistake(
        "relu-forgotten-on-the-way-back",
        "dZ is dA itself: the derivative of ReLU is missing, or it is 1 where A is 0, too",
        "A is never below 0. Dropout's mask comes on top of ReLU's, not in its place.",
        WHOLE.replace(" * (A2 > 0)", "").replace(" * (A1 > 0)", ""),
    ),
    Mistake(
        "mask-on-dZ",
        "dZ is masked and scaled, and dA is left as it was",
        "Dropout came after ReLU. On the way back, which of the two comes first?",
        WHOLE.replace("    dA2 = dA2 * D2\n    dA2 = dA2 / keep_prob\n", "")
        .replace("    dA1 = dA1 * D1\n    dA1 = dA1 / keep_prob\n", "")
        .replace("(A2 > 0)", "(A2 > 0) * D2 / keep_prob")
        .replace("(A1 > 0)", "(A1 > 0) * D1 / keep_prob"),
    ),
    Mistake(
        "dA2-not-masked",
        "only dA1 is masked",
        "Both hidden layers had dropout. Look at layer 2.",
        {"dA2 * D2": "dA2"},
    ),
    Mistake(
        "dA2-not-scaled",
        "only dA1 is scaled",
        "Both hidden layers were scaled up. Look at layer 2.",
        {"dA2 / keep_prob": "dA2"},
    ),
    Mistake(
        "dA2-without-dropout",
        "layer 2 is treated as if it had no dropout",
        "The same two steps come for both hidden layers.",
        {"dA2 * D2": "dA2", "dA2 / keep_prob": "dA2"},
    ),
    Mistake(
        "dA1-times-keep-prob",
        "dA1 is multiplied by keep_prob",
        "Derive a/p with respect to a. Does p stand above or below the line?",
        {"dA1 / keep_prob": "dA1 * keep_prob"},
    ),
    Mistake(
        "dA2-times-keep-prob",
        "dA2 is multiplied by keep_prob",
        "Derive a/p with respect to a. Does p stand above or below the line?",
        {"dA2 / keep_prob": "dA2 * keep_prob"},
    ),
    Mistake(
        "dA1-mask-inverted",
        "the mask of dA1 shuts down the kept units and leaves the others",
        "D is 1 where a unit was kept. Whose gradient should go on?",
        {"* D1": "* (1 - D1)"},
    ),
    Mistake(
        "matrix-product-with-the-mask-on-the-way-back",
        "the mask is applied by a matrix product",
        "Each entry of dA meets the entry of D in its own place. Which product does that?",
        {"dA2 * D2": "np.dot(dA2, D2)", "dA1 * D1": "np.dot(dA1, D1)"},
    ),
    Mistake(
        "mask-added-on-the-way-back",
        "the mask is added to the gradients",
        "A dropped unit's gradient should be 0. Which operation makes a 0 of anything?",
        {"dA2 * D2": "dA2 + D2", "dA1 * D1": "dA1 + D1"},
    ),
    Mistake(
        "dropout-dZ-already-divided-by-m",
        "dZ3 is divided by m, and so all that follows from it",
        "Here dZ belongs to one example each. The 1/m comes in where examples are added up.",
        WHOLE.replace("1 / m * ", "").replace("A3 - Y", "(A3 - Y) / m"),
    ),
    Mistake(
        "dropout-dZ-divided-by-m-too",
        "dZ3 is divided by m, and the gradients of the parameters once more",
        "Here dZ belongs to one example each. The 1/m comes in where examples are added up.",
        WHOLE.replace("A3 - Y", "(A3 - Y) / m"),
    ),
    Mistake(
        "dropout-sign-of-dZ3",
        "dZ3 has the wrong sign",
        "For an example of class 1 with a small A3, should Z3 grow or fall?",
        WHOLE.replace("A3 - Y", "Y - A3"),
    ),
    Mistake(
        "dropout-not-over-m",
        "the gradients of the parameters are not divided by m",
        "The cost is a mean over the examples. What do its gradients share with it?",
        WHOLE.replace("1 / m * ", ""),
    ),
    Mistake(
        "dropout-on-dZ3",
        "the gradient of the output is scaled too",
        "The output layer had no dropout.",
        WHOLE.replace("A3 - Y", "(A3 - Y) / keep_prob"),
    ),
]

WHOLE = """
def predict_without_dropout(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    A1 = relu(np.dot(W1, X) + b1)
    A2 = relu(np.dot(W2, A1) + b2)
    A3 = sigmoid(np.dot(W3, A2) + b3)
    return A3 > 0.5
"""

PREDICT: list[Mistake] = [
    Mistake(
        "dropout-while-predicting",
        "units are still dropped when the network is used",
        "Ask for the same points twice. Are the answers the same?",
        {
            "forward_propagation(X, parameters)": (
                "forward_propagation_with_dropout(X, parameters, 0.5)"
            )
        },
        also=(
            {
                "forward_propagation(": "forward_propagation_with_dropout(",
                "parameters)": "parameters, 0.9)",
            },
        ),
    ),
    Mistake(
        "activations-scaled-while-predicting",
        "the activations are multiplied by keep_prob, as in the first form of dropout",
        "With inverted dropout training has done the scaling already. What is left to do?",
        WHOLE.replace("A1 = relu", "A1 = 0.5 * relu").replace("A2 = relu", "A2 = 0.5 * relu"),
    ),
    Mistake(
        "activations-scaled-up-while-predicting",
        "the activations are divided by keep_prob, though nothing is dropped",
        "The division makes up for dropped units. How many are dropped here?",
        WHOLE.replace("A1 = relu", "A1 = 2 * relu").replace("A2 = relu", "A2 = 2 * relu"),
    ),
    Mistake(
        "probability-scaled-by-keep-prob",
        "the probabilities are multiplied by keep_prob, or the threshold lies above 0.5",
        "The last layer has no dropout, and the whole network needs no scaling.",
        {"A3 > 0.5": "0.7 * A3 > 0.5"},
    ),
    Mistake(
        "probability-over-keep-prob",
        "the probabilities are divided by keep_prob, or the threshold lies below 0.5",
        "The last layer has no dropout, and the whole network needs no scaling.",
        {"A3 > 0.5": "A3 / 0.7 > 0.5"},
    ),
    Mistake(
        "whole-network-without-relu",
        "the hidden layers have no ReLU",
        "Leaving out dropout leaves everything else as it was.",
        WHOLE.replace("A1 = relu", "A1 = ").replace("A2 = relu", "A2 = "),
    ),
    *(
        replace(each, name=f"whole-network-{each.name}")
        for each in overfitting.PREDICT
        if isinstance(each.change, dict)
    ),
]
