"""Known mistakes in `weight_decay_factor`."""

from autograders.course.exercise import Mistake

DECAY = "learning_rate * lambd / m"

FACTOR: list[Mistake] = [
    Mistake(
        "factor-forgot-m",
        "m is missing",
        "The penalty's term in dW is divided by something. Take it along.",
        {DECAY: "learning_rate * lambd"},
    ),
    Mistake(
        "factor-forgot-learning-rate",
        "learning_rate is missing",
        "A step is not dW itself. What is dW multiplied by?",
        {DECAY: "lambd / m"},
    ),
    Mistake(
        "factor-forgot-lambd",
        "lambd is missing",
        "Without a penalty, lambd = 0, nothing should shrink. What factor is that?",
        {DECAY: "learning_rate / m"},
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
]
