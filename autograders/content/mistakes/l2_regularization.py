"""Known mistakes in the notebook ``l2_regularization``."""

from autograders.content.mistakes.weight_decay import FACTOR
from autograders.course.exercise import Mistake

__all__ = ["BACKWARD", "COST", "FACTOR"]

LAYERS = "range(1, L + 1)"
SQUARES = 'np.sum(np.square(parameters["W" + str(l)]))'
STRENGTH = "1 / m * lambd / 2"

COST: list[Mistake] = [
    Mistake(
        "penalty-forgot-1-over-m",
        "the penalty is not divided by m",
        "The cross-entropy is a mean over the examples. What does the penalty share with it?",
        {STRENGTH: "lambd / 2"},
    ),
    Mistake(
        "penalty-forgot-one-half",
        "the half in the penalty is missing",
        "The gradient of W² is 2W. What makes the 2 go away?",
        {STRENGTH: "1 / m * lambd"},
    ),
    Mistake(
        "penalty-forgot-lambd",
        "the penalty does not depend on lambd",
        "With lambd = 0 the cost should be the cross-entropy alone.",
        {STRENGTH: "1 / m / 2"},
    ),
    Mistake(
        "lambd-under-the-line",
        "the penalty is divided by lambd",
        "A larger lambd should make large weights more expensive. Look at the brackets.",
        {STRENGTH: "1 / (2 * m * lambd)"},
    ),
    Mistake(
        "penalty-with-a-minus",
        "the penalty is taken off the cost",
        "Should a network with larger weights look better or worse?",
        {STRENGTH: f"-{STRENGTH}"},
    ),
    Mistake(
        "cross-entropy-twice",
        "the cross-entropy counts twice",
        "The last given line adds the two parts of the cost. What should yours hold?",
        {f"= {STRENGTH}": f"= cross_entropy_cost + {STRENGTH}"},
    ),
    Mistake(
        "biases-penalised",
        "the biases are penalised too",
        "Look at the formula: which of the parameters stand in the sum?",
        {SQUARES: f'{SQUARES} + np.sum(np.square(parameters["b" + str(l)]))'},
    ),
    Mistake(
        "weights-told-by-their-place",
        "every second entry of the dict is taken for a weight",
        "A dict may hold its keys in any order. What in the name tells a weight from a bias?",
        {'parameters["W" + str(l)]': "list(parameters.values())[2 * l - 2]"},
    ),
    Mistake(
        "weights-told-by-their-shape",
        "an array with a single column is taken for a bias",
        "A layer with a single input has weights of that shape too. What tells a W from a b?",
        {SQUARES: f'{SQUARES} * (parameters["W" + str(l)].shape[1] > 1)'},
    ),
    Mistake(
        "three-layers-whatever-L",
        "three layers are counted, whatever the network's depth",
        "The networks of this course have three layers, others have not. Where does L stand?",
        {LAYERS: "range(1, 4)"},
    ),
    Mistake(
        "last-layer-not-counted",
        "the weights of the last layer are left out",
        "range(1, 3) gives 1 and 2. Which layers does your loop see?",
        {LAYERS: "range(1, L)"},
    ),
    Mistake(
        "first-layer-not-counted",
        "the weights of the first layer are left out",
        "range(2, 4) gives 2 and 3. Which layers does your loop see?",
        {LAYERS: "range(2, L + 1)"},
    ),
    Mistake(
        "first-layer-over-and-over",
        "W1 is counted once for each layer, and no other W at all",
        "What in the key of the dict tells one layer from the next?",
        {'"W" + str(l)': '"W1"'},
    ),
    Mistake(
        "only-the-last-layer-counts",
        "only the last layer is left in the sum",
        "Each turn of the loop should add to what is there. Does yours replace it?",
        {"+=": "="},
    ),
    Mistake(
        "weights-not-squared",
        "the weights are added up without a square",
        "A weight of -3 should cost as much as one of 3.",
        {SQUARES: 'np.sum(parameters["W" + str(l)])'},
    ),
    Mistake(
        "absolute-weights",
        "the weights' absolute values are added up, which is the L1 penalty",
        "Both signs cost the same, that is right. But a weight of 3 should cost 9 times that of 1.",
        {"np.square": "np.abs"},
    ),
    Mistake(
        "square-of-the-sum",
        "the sum of each W is squared, instead of summing its squares",
        "For the weights 1 and -1 the sum of squares is 2. What do you get?",
        {SQUARES: 'np.square(np.sum(parameters["W" + str(l)]))'},
    ),
    Mistake(
        "norm-not-squared",
        "the norm of each W is added up, not its square",
        "A norm is the root of a sum of squares. The formula has no root.",
        {SQUARES: 'np.linalg.norm(parameters["W" + str(l)])'},
    ),
    Mistake(
        "largest-singular-value",
        "the squared 2-norm of each W is added up",
        "For a matrix the 2-norm is its largest singular value. You need every entry.",
        {SQUARES: 'np.linalg.norm(parameters["W" + str(l)], 2) ** 2'},
    ),
    Mistake(
        "mean-of-the-squares",
        "the mean of the squares is taken in each layer",
        "The formula divides by m only, never by the number of weights.",
        {SQUARES: 'np.mean(np.square(parameters["W" + str(l)]))'},
    ),
    Mistake(
        "regularized-cost-in-an-array",
        "the sum keeps two dimensions",
        "A sum that is told to keep its dimensions is still a matrix.",
        {SQUARES: 'np.sum(np.square(parameters["W" + str(l)]), keepdims=True)'},
    ),
]

DW3, DW2, DW1 = (f" + lambd / m * W{l}" for l in (3, 2, 1))

BACKWARD: list[Mistake] = [
    Mistake(
        "no-penalty-in-the-gradient",
        "the gradients are those without a penalty",
        "The cost has a new term with W in it. What is its derivative?",
        {DW3: "", DW2: "", DW1: ""},
    ),
    Mistake(
        "lambd-not-over-m",
        "the penalty's term is not divided by m",
        "Both parts of the cost carry 1/m. So do both parts of the gradient.",
        {"lambd / m": "lambd"},
    ),
    Mistake(
        "half-left-in-the-gradient",
        "the half of the cost still stands in the gradient",
        "Derive ½W² on paper. What is left of the half?",
        {"lambd / m": "lambd / (2 * m)"},
    ),
    Mistake(
        "two-left-in-the-gradient",
        "the penalty's term is twice too large",
        "The 2 from the square meets the half in the cost. What do they make together?",
        {"lambd / m": "2 * lambd / m"},
    ),
    Mistake(
        "penalty-subtracted-from-dW",
        "the penalty's term is subtracted",
        "Descent goes against the gradient. For a positive weight, should dW grow or fall?",
        {"+ lambd": "- lambd"},
    ),
    Mistake(
        "W-left-out-of-dW",
        "the penalty's term does not hold the weights",
        "The same number on top of every entry pushes all weights one way. "
        "Does the derivative of W² depend on W?",
        {DW3: " + lambd / m", DW2: " + lambd / m", DW1: " + lambd / m"},
    ),
    Mistake(
        "W-squared-in-dW",
        "the weights are squared in the gradient",
        "The square stands in the cost. What does its derivative look like?",
        {DW3: f"{DW3} ** 2", DW2: f"{DW2} ** 2", DW1: f"{DW1} ** 2"},
    ),
    Mistake(
        "sign-of-W-in-dW",
        "the penalty's term only holds the signs of the weights",
        "That is the gradient of the L1 penalty. Here a large weight is pulled harder.",
        {f"lambd / m * W{l}": f"lambd / m * np.sign(W{l})" for l in (3, 2, 1)},
    ),
    Mistake(
        "data-term-not-over-m",
        "the data's term is not divided by m",
        "The new term is added; what stood there before stays as it was, 1/m and all.",
        {"1 / m * np.dot": "np.dot"},
    ),
    Mistake(
        "divided-by-m-twice",
        "the penalty's term is divided by m twice",
        "Count how often m divides each of the two parts. Once is right.",
        {
            f"1 / m * np.dot({dot}) + lambd / m * W{l}": f"(np.dot({dot}) + lambd / m * W{l}) / m"
            for l, dot in ((3, "dZ3, A2.T"), (2, "dZ2, A1.T"), (1, "dZ1, X.T"))
        },
    ),
    Mistake(
        "data-term-times-lambd",
        "the data's term is scaled by lambd, and the weights are left out",
        "The penalty's term does not know the data. What is it made of?",
        {
            DW3: " + lambd / m * np.dot(dZ3, A2.T)",
            DW2: " + lambd / m * np.dot(dZ2, A1.T)",
            DW1: " + lambd / m * np.dot(dZ1, X.T)",
        },
    ),
    Mistake(
        "only-dW3-penalised",
        "only dW3 has the penalty's term",
        "All weights stand in the cost. Which gradients must change?",
        {DW2: "", DW1: ""},
    ),
    Mistake(
        "dW1-not-penalised",
        "dW1 has no penalty's term",
        "Compare your three lines with each other.",
        {DW1: ""},
    ),
    Mistake(
        "dZ-already-divided-by-m",
        "dZ3 is divided by m, and so all that follows from it",
        "Here dZ belongs to one example each. The 1/m comes in where examples are added up.",
        {"dW3 = 1 / m * np.dot": "dZ3 = dZ3 / m\n    dW3 = np.dot", "1 / m * np.dot": "np.dot"},
    ),
    Mistake(
        "dW3-from-the-output",
        "dW3 is made with A3 instead of the activations that W3 multiplies",
        "W3 takes in what layer 2 puts out.",
        {"A2.T": "A3.T"},
    ),
    Mistake(
        "dW-transposed",
        "the rows and columns of each dW are swapped",
        "dW must have the shape of W, or no step can be taken.",
        {
            f"dot(dZ{l}, {A}.T) + lambd / m * W{l}": f"dot({A}, dZ{l}.T) + lambd / m * W{l}.T"
            for l, A in ((3, "A2"), (2, "A1"), (1, "X"))
        },
    ),
    Mistake(
        "biases-pulled-too",
        "the gradients of the biases have a penalty's term too",
        "No b stands in the penalty. What is its derivative with respect to b?",
        """
        def backward_propagation_with_regularization(X, Y, cache, lambd):
            m = X.shape[1]
            Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
            dZ3 = A3 - Y
            dW3 = np.dot(dZ3, A2.T) / m + lambd / m * W3
            db3 = np.sum(dZ3, axis=1, keepdims=True) / m + lambd / m * b3
            dA2 = np.dot(W3.T, dZ3)
            dZ2 = dA2 * (A2 > 0)
            dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W2
            db2 = np.sum(dZ2, axis=1, keepdims=True) / m + lambd / m * b2
            dA1 = np.dot(W2.T, dZ2)
            dZ1 = dA1 * (A1 > 0)
            dW1 = np.dot(dZ1, X.T) / m + lambd / m * W1
            db1 = np.sum(dZ1, axis=1, keepdims=True) / m + lambd / m * b1
            return {
                "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2,
                "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
            }
        """,
    ),
]
