"""How the written answer of `l2_regularization` is marked."""

from autograders.course.rubric import Criterion, Rubric

RUBRICS = [
    Rubric(
        cell="written_small_and_large_lambda",
        criteria=(
            Criterion(
                1,
                "λ too small: the boundary bends sharply around single training points, almost as "
                "it does without a penalty.",
            ),
            Criterion(
                1,
                "λ too large: the boundary loses its bends and ends as a straight line. Far too "
                "large, and the weights are zero and there is no boundary left.",
            ),
            Criterion(
                2,
                "Too small is a matter of variance, because another draw of the points gives "
                "another boundary. Too large is a matter of bias, because the networks of all "
                "draws agree and are wrong in the same places. Names without a reason earn half "
                "of these points.",
            ),
        ),
        sample=(
            "With too small a λ large weights are cheap, and the boundary runs around single noisy "
            "points. Whoever draws other points gets other bends: without a penalty the five "
            "networks of the notebook disagree on 23 % of the test points. That dependence on the "
            "draw is called variance. With too large a λ the weights are pressed down until the "
            "boundary is straight, whatever the points are. The networks hardly disagree any "
            "longer, on 5 % at λ = 7, but their majority differs from the best rule on 12 %, and "
            "not on 3 % as before. An error that all draws share is bias: the network cannot "
            "follow the shape of the moons at all."
        ),
    )
]
