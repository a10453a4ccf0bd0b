"""How the written answer of `dropout` is marked."""

from autograders.course.rubric import Criterion, Rubric

RUBRICS = [
    Rubric(
        cell="written_rand_and_price",
        criteria=(
            Criterion(
                1,
                "It is rand: a uniform draw between 0 and 1 lies below keep_prob with exactly that "
                "probability.",
            ),
            Criterion(
                1,
                "What randn would do: half of its draws are negative and are always kept, so the "
                "share is a wrong one, such as 69 % at keep_prob = 0.5, and even at keep_prob = 1 "
                "units are dropped. No error tells.",
            ),
            Criterion(
                2,
                "When it pays: where many inputs or units meet few examples, and the network would "
                "otherwise learn by heart. The answer rests on a result over many draws or splits "
                "that the notebook shows, with its spread, and claims no more than that: on the "
                "moons L2 did better. One run is no support.",
            ),
        ),
        sample=(
            "The mask needs rand, since a uniform number falls below keep_prob just as often as "
            "keep_prob says. A normal number from randn is negative half of the time, and then the "
            "unit is kept in any case: at 0.5 it would keep 69 % and not 50 %, and at 1 it would "
            "still drop some. The noise is worth its price where many inputs meet few examples. "
            "With 100 pictures of 64 inputs each, dropout was ahead of L2 by 1.1 ± 0.9 points, on "
            "35 of 40 splits. With 200 pictures the two could not be told apart, and on the moons, "
            "which have two inputs, L2 was ahead. Even there dropout won 2.7 ± 2.3 points over no "
            "dropout, on 36 of 40 draws. For probabilities that one can trust it does not pay: "
            "with few pictures L2 had the lower test cost."
        ),
    )
]
