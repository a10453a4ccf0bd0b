"""How the written answer of `initialization` is marked."""

from autograders.course.rubric import Criterion, Rubric

RUBRICS = [
    Rubric(
        cell="written_zeros_and_he",
        criteria=(
            Criterion(
                2,
                "Zeros: in the slope of each weight an activation or a weight of another layer is "
                "a factor, and all of these are zero, so that no weight ever moves. That the units "
                "stay equal is true, but it does not say why nothing moves: with all weights at "
                "0.5 they stay equal, too, and yet they move.",
            ),
            Criterion(
                1,
                "What stays constant: the mean square of the activations, from one layer to the "
                "next. It is neither the weights nor the activations themselves.",
            ),
            Criterion(
                1,
                "The 2: the ReLU sets the negative half of the sums to zero and so halves their "
                "mean square. The 2 makes up for it.",
            ),
        ),
        sample=(
            "If all weights are zero, the activations of both hidden layers are zero, and each of "
            "them is a factor of the next layer's slopes, which therefore vanish. The first "
            "layer's slopes vanish as well, because what flows back to it is multiplied by the "
            "zero weights behind it. Only the last bias might move, and as both classes have as "
            "many points, not even that does. The root of 2/n keeps the mean square of the "
            "activations the same in every layer: a sum of n products, with weights of variance "
            "2/n, has twice the mean square of what went in. Then the ReLU removes one half of it "
            "along with the negative sums, and that is what the 2 is there for."
        ),
    )
]
