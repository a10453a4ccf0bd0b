"""Known mistakes in `weight_decay_factor`."""

from autograders.course.exercise import Mistake

DECAY = "learning_rate * lambd / m"

FACTOR: list[Mistake] = [
    Mistake(
        "factor-forgot-m",
        "m is missing",
        "The penalty's term in dW is divided by something. Take it along.",
        {" / m": ""},
    ),
    Mistake(
        "factor-forgot-learning-rate",
        "learning_rate is missing",
        "A step is not dW itself. What is dW multiplied by?",
        {"learning_rate * ": ""},
    ),
    Mistake(
        "factor-forgot-lambd",
        "lambd is missing",
        "Without a penalty, lambd = 0, nothing should shrink. What factor is that?",
        {"* lambd ": ""},
    ),
    Mistake(
        "factor-with-a-half",
        "there is a half too much",
        "The half stands in the cost. The gradient, from which this comes, has none.",
        {"/ m": "/ (2 * m)"},
    ),
    Mistake(
        "factor-with-a-two",
        "there is a 2 too much",
        "The 2 of the square has met the half already. The gradient has neither.",
        {"learning_rate *": "2 * learning_rate *"},
    ),
    Mistake(
        "factor-with-a-plus",
        "the weights grow instead of shrinking",
        "A step goes against the gradient. What sign does that give?",
        {"1 -": "1 +"},
    ),
    Mistake(
        "share-taken-off",
        "it is the share that a step takes off, not what is left",
        "If a step takes off 2 % of a weight, what do you multiply the weight by?",
        {"1 - ": ""},
    ),
    Mistake(
        "factor-of-the-wrong-sign",
        "the sign of the factor is wrong",
        "For lambd = 0 a step leaves the weight as it is. Which factor does that?",
        {f"1 - {DECAY}": f"{DECAY} - 1"},
    ),
    Mistake(
        "factor-kept-above-0",
        "a negative factor is cut off at 0",
        "Too large a step turns the sign of a weight. The formula says so, and so should you.",
        {f"1 - {DECAY}": f"max(0, 1 - {DECAY})"},
    ),
    Mistake(
        "factor-without-its-sign",
        "a negative factor loses its sign",
        "Too large a step turns the sign of a weight. The formula says so, and so should you.",
        {f"1 - {DECAY}": f"abs(1 - {DECAY})"},
    ),
    Mistake(
        "exponential-decay",
        "the factor is an exponential",
        "That is what very many very small steps would do. This is one step, and it is linear.",
        {f"1 - {DECAY}": f"np.exp(-{DECAY})"},
    ),
    Mistake(
        "all-divided-by-m",
        "the 1 is divided by m too",
        "Look at the brackets: which part of the gradient carries 1/m?",
        {f"1 - {DECAY}": "(1 - learning_rate * lambd) / m"},
    ),
    Mistake(
        "learning-rate-subtracted-first",
        "the learning rate alone is subtracted from 1",
        "Look at the brackets: 1 stands for the old weight, the rest for what the step takes off.",
        {f"1 - {DECAY}": "(1 - learning_rate) * lambd / m"},
    ),
    Mistake(
        "factor-under-the-line",
        "it divides by 1 + the share instead of subtracting the share from 1",
        "The gradient belongs to the weight before the step. Write the step out and factor out W.",
        {f"1 - {DECAY}": f"1 / (1 + {DECAY})"},
    ),
    Mistake(
        "factor-in-whole-numbers",
        "the division keeps whole numbers only",
        "What do 7 // 120 and 7 / 120 give?",
        {"/ m": "// m"},
    ),
    Mistake(
        "factor-half-times-m",
        "the share is divided by 2 and multiplied by m",
        "Without brackets, / 2 * m divides by 2 only. And is there a half in the gradient?",
        {"/ m": "/ 2 * m"},
    ),
    Mistake(
        "factor-times-m",
        "the share is multiplied by m",
        "The penalty's term in dW is divided by something. Take it along.",
        {"/ m": "* m"},
    ),
    Mistake(
        "factor-rounded",
        "the factor is rounded",
        "Rounding is for what people read. What is computed with keeps its digits.",
        {f"1 - {DECAY}": f"round(1 - {DECAY}, 4)"},
    ),
    Mistake(
        "factor-upside-down",
        "m and lambd have changed places",
        "More examples should make the penalty's pull on a step weaker.",
        {"lambd / m": "m / lambd"},
    ),
    Mistake(
        "factor-lambd-squared",
        "lambd is squared",
        "It is the weights that were squared in the cost.",
        {"* lambd": "* lambd**2"},
    ),
    Mistake(
        "factor-rate-plus-lambd",
        "learning_rate and lambd are added",
        "A step takes off learning_rate times dW. What is done with lambd in dW?",
        {"learning_rate * lambd": "(learning_rate + lambd)"},
    ),
    Mistake(
        "factor-minus-both",
        "learning_rate and the penalty's share are subtracted one after the other",
        "A step takes off learning_rate times dW. Where is the product?",
        {"1 - learning_rate *": "1 - learning_rate -"},
    ),
    Mistake(
        "factor-rate-under-the-line",
        "the share is divided by learning_rate",
        "A larger step takes more off. Does yours?",
        {"learning_rate * lambd": "lambd / learning_rate"},
    ),
    Mistake(
        "factor-over-m-squared",
        "the share is divided by m twice",
        "How often does m stand in the gradient?",
        {"/ m": "/ m**2"},
    ),
    Mistake(
        "factor-always-1",
        "the weights are not changed at all",
        "For lambd > 0 a step takes something off.",
        {"learning_rate *": "0 *"},
    ),
]
