"""Known mistakes in the notebook ``overfitting``."""

from autograders.content.mistakes.early_stopping import STOPPING
from autograders.course.exercise import Mistake
from lab.judge.problems import Kind

__all__ = ["ACCURACY", "COST", "PREDICT", "STOPPING"]

LOSSES = "-(Y * np.log(A) + (1 - Y) * np.log(1 - A))"

COST: list[Mistake] = [
    Mistake(
        "forgot-1-over-m",
        "the sum over the examples is not divided by m",
        "The cost is a mean: does it stay the same when every example is given twice?",
        {"1 / m * np.sum": "np.sum"},
    ),
    Mistake(
        "divided-by-2m",
        "the sum is divided by 2m",
        "The half belongs to other formulas. The cost here is a plain mean.",
        {"1 / m": "1 / (2 * m)"},
    ),
    Mistake(
        "sign-missing",
        "the minus sign is missing",
        "The logarithm of a probability is never positive. What sign should a cost have?",
        {"-(": "("},
    ),
    Mistake(
        "log-base-2",
        "the logarithm is to base 2",
        "For A3 = 0.5 everywhere the cost should be ln 2, about 0.693.",
        {"np.log(": "np.log2("},
    ),
    Mistake(
        "log-base-10",
        "the logarithm is to base 10",
        "For A3 = 0.5 everywhere the cost should be ln 2, about 0.693.",
        {"np.log(": "np.log10("},
    ),
    Mistake(
        "not-clipped",
        "the logarithm of 0 is taken where A3 is exactly 0 or 1",
        "What is np.log(0), and what is 0 times that? Keep the probabilities away from both ends.",
        {"np.clip(A3, 1e-12, 1 - 1e-12)": "A3"},
        also=({"np.clip(A3, 1e-12, 1 - 1e-12)": "np.minimum(A3, 1 - 1e-12)"},),
    ),
    Mistake(
        "clipped-too-much",
        "the probabilities are kept too far away from 0 and 1, or not far enough",
        "How close to 0 and 1 may they come? Look at the numbers in the text.",
        {"np.clip(A3, 1e-12, 1 - 1e-12)": "np.clip(A3, 0.01, 0.99)"},
        also=(
            {"np.clip(A3, 1e-12, 1 - 1e-12)": "np.clip(A3, 0.1, 1 - 0.1)"},
            {"np.clip(A3, 1e-12, 1 - 1e-12)": "np.clip(A3, 0.05, 1 - 0.05)"},
            {"np.clip(A3, 1e-12, 1 - 1e-12)": "np.clip(A3, 0.001, 1 - 0.001)"},
            {"np.clip(A3, 1e-12, 1 - 1e-12)": "np.clip(A3, 1e-4, 1 - 1e-4)"},
            {"np.clip(A3, 1e-12, 1 - 1e-12)": "np.clip(A3, 1e-5, 1 - 1e-5)"},
        ),
        told_by=(Kind.CUT_OFF,),
    ),
    Mistake(
        "kept-from-0-only",
        "the probabilities are kept away from 0 but not from 1",
        "Two logarithms are taken, of A and of 1 - A. Which probability spoils the second one?",
        {"np.clip(A3, 1e-12, 1 - 1e-12)": "np.maximum(A3, 1e-12)"},
    ),
    Mistake(
        "too-much-added-inside-the-log",
        "a number is added inside each logarithm, and is too large or too small for that",
        "What is little beside 0.5 is not so beside 1e-6. Cut at both ends instead of adding.",
        {
            "np.clip(A3, 1e-12, 1 - 1e-12)": "A3",
            LOSSES: "-(Y * np.log(A + 1e-8) + (1 - Y) * np.log(1 - A + 1e-8))",
        },
        told_by=(Kind.ADDED,),
    ),
    Mistake(
        "class-1-only",
        "only the examples of class 1 count",
        "What does an example of class 0 add to the sum, when the network gives it 0.9?",
        {" + (1 - Y) * np.log(1 - A)": ""},
    ),
    Mistake(
        "class-0-only",
        "only the examples of class 0 count",
        "What does an example of class 1 add to the sum, when the network gives it 0.1?",
        {"Y * np.log(A) + ": ""},
    ),
    Mistake(
        "classes-swapped",
        "the two classes are swapped",
        "A3 is the probability of class 1. Is the cost small when A3 is close to Y?",
        {LOSSES: "-((1 - Y) * np.log(A) + Y * np.log(1 - A))"},
    ),
    Mistake(
        "minus-between-the-classes",
        "the loss of class 0 is subtracted instead of added",
        "Every example makes the cost larger, of whichever class. Follow the minus sign.",
        {"A) + (1 - Y)": "A) - (1 - Y)"},
    ),
    Mistake(
        "log-of-the-sum",
        "the sum stands inside the logarithm",
        "First the loss of each example, then the mean of the losses.",
        {
            LOSSES: "Y * A + (1 - Y) * (1 - A)",
            "1 / m * np.sum(losses)": "-np.log(1 / m * np.sum(losses))",
        },
    ),
    Mistake(
        "squared-error",
        "the cost is the mean squared error",
        "The cross-entropy is made of logarithms of probabilities.",
        {LOSSES: "(A - Y) ** 2"},
    ),
    Mistake(
        "cost-in-an-array",
        "the cost is a matrix with one entry",
        "A sum that keeps its dimensions is a matrix, and so is a product of two.",
        {"np.sum(losses)": "np.sum(losses, axis=1, keepdims=True)"},
        also=({"np.sum(losses)": "np.sum(losses, axis=1)"},),
    ),
    Mistake(
        "clipped-in-place",
        "A3 itself is changed, not a copy of it",
        "Whoever called you still needs A3 as it was.",
        {"np.clip(A3, 1e-12, 1 - 1e-12)": "np.clip(A3, 1e-12, 1 - 1e-12, out=A3)"},
    ),
    Mistake(
        "multiplied-by-m",
        "the sum is multiplied by m instead of divided",
        "The cost is a mean: does it stay the same when every example is given twice?",
        {"1 / m": "m"},
    ),
    Mistake(
        "half-of-m-times-the-sum",
        "the sum is divided by 2 and multiplied by m",
        "Without brackets, / 2 * m divides by 2 only. And does the formula have a 2?",
        {"1 / m": "1 / 2 * m"},
    ),
    Mistake(
        "divided-by-m-once-too-often",
        "the mean is divided by m again",
        "A mean has been divided already. By what?",
        {"1 / m": "1 / m / m"},
    ),
    Mistake(
        "infinities-left-out",
        "what is not a number is left out of the sum or replaced",
        "The worst mistakes are gone from your sum. Which step keeps log(0) from arising?",
        {"np.clip(A3, 1e-12, 1 - 1e-12)": "A3", "np.sum": "np.nansum"},
        also=(
            {
                "np.clip(A3, 1e-12, 1 - 1e-12)": "A3",
                "np.sum(losses)": "np.sum(np.nan_to_num(losses))",
            },
        ),
    ),
    Mistake(
        "squared-error-halved",
        "the cost is half of the mean squared error",
        "The cross-entropy is made of logarithms of probabilities.",
        {LOSSES: "(A - Y) ** 2 / 2"},
    ),
    Mistake(
        "absolute-error",
        "the cost is the mean distance between A3 and Y",
        "The cross-entropy is made of logarithms of probabilities.",
        {LOSSES: "np.abs(A - Y)"},
    ),
    Mistake(
        "cost-rounded",
        "the cost is rounded",
        "Rounding is for what people read. What is computed with keeps its digits.",
        {"1 / m * np.sum(losses)": "np.round(1 / m * np.sum(losses), 4)"},
    ),
    Mistake(
        "losses-not-added-up",
        "there is a loss for each example instead of one cost",
        "The losses of the examples are a good start. What makes one number of them?",
        {"1 / m * np.sum(losses)": "losses"},
        also=({"1 / m * np.sum(losses)": "1 / m * losses"},),
    ),
    Mistake(
        "one-logarithm-for-both",
        "both classes use the logarithm of A3",
        "For an example of class 0, which probability should be large?",
        {"np.log(1 - A)": "np.log(A)"},
    ),
    Mistake(
        "class-0-without-its-weight",
        "the loss of class 0 counts for all examples",
        "Each example has a loss of one class only. What takes the other one out?",
        {"(1 - Y) * np.log": "np.log"},
    ),
    Mistake(
        "class-1-without-its-weight",
        "the loss of class 1 counts for all examples",
        "Each example has a loss of one class only. What takes the other one out?",
        {"Y * np.log(A) +": "np.log(A) +"},
    ),
    Mistake(
        "A-and-Y-swapped",
        "A3 stands where Y should, and Y inside the logarithms",
        "Whose logarithm can be taken, that of a probability or that of a 0?",
        {
            "np.clip(A3, 1e-12, 1 - 1e-12)": "A3",
            LOSSES: "-(A * np.log(Y) + (1 - A) * np.log(1 - Y))",
        },
    ),
]

WHOLE_PREDICT = """
def predict(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    A1 = np.maximum(0, np.dot(W1, X) + b1)
    A2 = np.maximum(0, np.dot(W2, A1) + b2)
    A3 = 1 / (1 + np.exp(-(np.dot(W3, A2) + b3)))
    return A3 > 0.5
"""

PREDICT: list[Mistake] = [
    Mistake(
        "half-counts-as-1",
        "a probability of exactly 0.5 gives class 1",
        "Above 0.5 is 1. What does the text say of 0.5 itself?",
        {"> 0.5": ">= 0.5"},
    ),
    Mistake(
        "probabilities-returned",
        "the probabilities are returned instead of classes",
        "One step is missing: a class is 0 or 1, nothing between.",
        {"A3 > 0.5": "A3"},
    ),
    Mistake(
        "threshold-upside-down",
        "the classes are swapped",
        "A3 is the probability of class 1. Which class should a large one give?",
        {"> 0.5": "< 0.5"},
        also=({"> 0.5": "<= 0.5"},),
    ),
    Mistake(
        "threshold-at-0",
        "every point becomes class 1, as if the threshold were 0",
        "A sigmoid is always above 0. Where is the middle between the classes?",
        {"> 0.5": "> 0"},
    ),
    Mistake(
        "every-point-class-0",
        "every point becomes class 0",
        "What is the largest number that you compare with 0.5? And if you make an int of 0.99?",
        {"A3 > 0.5": "A3.astype(int)"},
    ),
    Mistake(
        "threshold-on-Z3",
        "the threshold for A3 lies above 0.5, as when Z3 is compared with 0.5",
        "Z3 is what goes into the sigmoid. Which of the two is a probability?",
        {"A3 > 0.5": "cache[8] > 0.5"},
    ),
    Mistake(
        "threshold-at-the-mean",
        "the threshold is the mean of the probabilities",
        "A point's class should not depend on the other points. Which fixed number is the middle?",
        {"> 0.5": "> np.mean(A3)"},
    ),
    Mistake(
        "minus-1-and-1",
        "the classes are -1 and 1",
        "In this course the classes are called 0 and 1.",
        {"A3 > 0.5": "np.where(A3 > 0.5, 1, -1)"},
        also=({"A3 > 0.5": "np.sign(A3 - 0.5)"},),
    ),
    Mistake(
        "predictions-flat",
        "the predictions have lost a dimension",
        "Predictions should stand beside Y, which has one row and m columns.",
        {"A3 > 0.5": "np.squeeze(A3, axis=0) > 0.5"},
        also=({"A3 > 0.5": "np.squeeze(A3) > 0.5"},),
    ),
    Mistake(
        "predictions-transposed",
        "the predictions stand in a column",
        "Columns are examples: predictions should stand beside Y, which is one row.",
        {"A3 > 0.5": "A3.T > 0.5"},
    ),
    Mistake(
        "network-without-relu",
        "the hidden layers have no ReLU",
        "Without it three layers are no better than one. Need you write the network anew?",
        WHOLE_PREDICT.replace("np.maximum(0, ", "("),
    ),
    Mistake(
        "network-of-sigmoids",
        "the hidden layers have a sigmoid instead of ReLU",
        "Only the last layer ends in a sigmoid. Need you write the network anew?",
        WHOLE_PREDICT.replace(
            "np.maximum(0, np.dot(W1, X) + b1)", "1 / (1 + np.exp(-(np.dot(W1, X) + b1)))"
        ).replace("np.maximum(0, np.dot(W2, A1) + b2)", "1 / (1 + np.exp(-(np.dot(W2, A1) + b2)))"),
    ),
    Mistake(
        "network-without-biases",
        "the biases are left out",
        "Each layer adds its b. Need you write the network anew?",
        WHOLE_PREDICT.replace(" + b1)", ")").replace(" + b2)", ")").replace(" + b3)", ")"),
    ),
    Mistake(
        "predictions-in-a-list",
        "the predictions are a list",
        "Predictions should stand beside Y, which is an array of one row.",
        {"A3 > 0.5": "[int(a > 0.5) for a in A3[0]]"},
    ),
    Mistake(
        "network-not-unpacked",
        "the whole of what the network returns is compared with the threshold",
        "forward_propagation returns two things. Which of them holds the probabilities?",
        {"A3, cache = ": "A3 = "},
    ),
    Mistake(
        "one-answer-for-all-points",
        "a single if decides for all points at once",
        "A comparison of an array has many answers. Can an if take them all?",
        {"A3 > 0.5": "np.array([[1 if A3 > 0.5 else 0]])"},
        also=({"A3 > 0.5": "1 if A3 > 0.5 else 0"},),
    ),
    Mistake(
        "threshold-on-the-cache",
        "something else than A3 is compared, which has not one row",
        "Which of what the network returns has one number for each point?",
        {"A3 > 0.5": "cache[5] > 0.5"},
    ),
]

ACCURACY: list[Mistake] = [
    Mistake(
        "percent",
        "the share is given in percent",
        "All right should be 1, not 100.",
        {"np.mean": "100 * np.mean"},
    ),
    Mistake(
        "count-of-right-answers",
        "the right answers are counted, but not divided by their number",
        "Three right answers of four: what share is that? How many examples does one row hold?",
        {"np.mean": "np.sum"},
    ),
    Mistake(
        "share-of-wrong-answers",
        "the share of wrong answers is returned",
        "Are two equal classes a right or a wrong answer?",
        {"==": "!="},
    ),
    Mistake(
        "right-ones-only",
        "a right 0 does not count as a right answer",
        "Multiply 0 by 0: what does a rightly predicted class 0 add to your mean?",
        {"predictions == Y": "predictions * Y"},
    ),
    Mistake(
        "share-of-predicted-ones",
        "the share of predicted ones is returned",
        "The answer should change when Y changes.",
        {"predictions == Y": "predictions"},
    ),
    Mistake(
        "differences-cancel",
        "wrong answers of the two classes cancel each other",
        "1 - 0 and 0 - 1 are both mistakes, but their sum is 0.",
        {"np.mean(predictions == Y)": "1 - np.mean(predictions - Y)"},
    ),
    Mistake(
        "precision",
        "it is the share of right answers among the predicted ones",
        "That is called the precision. Here all m examples count.",
        {"np.mean(predictions == Y)": "np.sum(predictions * Y) / np.sum(predictions)"},
    ),
    Mistake(
        "recall",
        "it is the share of right answers among the examples of class 1",
        "That is called the recall. Here all m examples count.",
        {"np.mean(predictions == Y)": "np.sum(predictions * Y) / np.sum(Y)"},
    ),
    Mistake(
        "all-or-nothing",
        "it tells whether all answers are right, or the share lost its decimals",
        "One wrong answer among a hundred should still leave 0.99.",
        {"np.mean(": "np.all("},
    ),
    Mistake(
        "share-over-m",
        "the mean is divided by m again",
        "A mean has been divided already. By what?",
        {"np.mean(predictions == Y)": "np.mean(predictions == Y) / Y.size"},
    ),
    Mistake(
        "mean-along-the-row",
        "the mean along the row is still an array",
        "With axis=1 there is one mean for each row. You need one number.",
        {"== Y": "== Y, axis=1"},
    ),
    Mistake(
        "mean-missing",
        "it tells of each example whether it is right",
        "The list of rights and wrongs is a good start. What makes one number of it?",
        {"np.mean(predictions == Y)": "predictions == Y"},
    ),
    Mistake(
        "share-rounded",
        "the share is rounded",
        "Rounding is for what people read. What is computed with keeps its digits.",
        {"np.mean(predictions == Y)": "np.round(np.mean(predictions == Y), 2)"},
    ),
    Mistake(
        "right-zeros-only",
        "only the right answers of class 0 count",
        "A rightly predicted class 1 is a right answer as well.",
        {"predictions == Y": "(1 - predictions) * (1 - Y)"},
    ),
    Mistake(
        "share-in-an-array",
        "the share is a matrix with one entry",
        "A product of two matrices is a matrix. What is the number in it?",
        {"np.mean(predictions == Y)": "np.mean(predictions == Y, keepdims=True)"},
    ),
    Mistake(
        "f-score",
        "it is the F score",
        "That combines precision and recall. Here all m examples count alike.",
        {"np.mean(predictions == Y)": "2 * np.sum(predictions * Y) / np.sum(predictions + Y)"},
    ),
    Mistake(
        "share-of-class-1",
        "the share of examples of class 1 is returned",
        "The answer should change when the predictions change.",
        {"predictions == Y": "Y"},
    ),
    Mistake(
        "count-of-wrong-answers",
        "the wrong answers are counted",
        "Are two equal classes a right or a wrong answer? And is a count a share?",
        {"np.mean(predictions == Y)": "np.sum(predictions != Y)"},
    ),
]
