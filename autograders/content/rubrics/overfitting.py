"""How the written answer of `overfitting` is marked."""

from autograders.course.rubric import Criterion, Rubric

RUBRICS = [
    Rubric(
        cell="written_two_curves",
        criteria=(
            Criterion(
                1,
                "Both steps, read from the curves: the cost on the validation points is lowest at "
                "step 650, and most of them are right at step 1,250. Steps close to these are as "
                "good, and on other draws they are others.",
            ),
            Criterion(
                2,
                "Before and after: at first both costs fall. After the turn the training cost "
                "falls on while the validation cost rises. So what is still learnt holds for the "
                "training points alone. That the training cost is low is no sign of it.",
            ),
            Criterion(
                1,
                "Why they differ: the cost also counts how sure an answer is. The network first "
                "grows too sure of its mistakes, which costs it more and more, and only later "
                "makes more of them.",
            ),
        ),
        sample=(
            "I see overfitting begin at step 650, because there the validation cost is lowest. "
            "Up to that step both costs come down, apart from bumps, so what is learnt is of use "
            "on points that were never seen as well. After it the training cost sinks further, to "
            "0.06, but the validation cost climbs from 0.39 to 0.73: now the network picks up what "
            "is peculiar to its own points. Its right answers on the validation points go on "
            "rising until step 1,250 and decline only then. The cost turns sooner since it weighs "
            "how sure a mistake is: in between there are even fewer mistakes, 24 after 27, yet "
            "each is made with so much more certainty that together they cost more."
        ),
    )
]
