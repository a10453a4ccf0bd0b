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
                "When it pays: where the network would otherwise learn by heart, with many inputs "
                "or units and few examples. The answer rests on a result over many draws that the "
                "notebook shows, with its spread, and does not claim more than that: L2 did "
                "as well or better. One run is no support.",
            ),
        ),
        sample=(
            "The mask needs rand, since a uniform number falls below keep_prob just as often as "
            "keep_prob says. A normal number from randn is negative half of the time, and then the "
            "unit is kept in any case: at 0.5 it would keep 69 % and not 50 %, and at 1 it would "
            "still drop some. The noise is worth its price where a network has far more weights "
            "than examples and would learn these by heart. On the forty draws of the moons the "
            "chosen keep_prob won 2.7 ± 2.3 points on the test, and 36 draws gained. On the "
            "digits, with 64 inputs and 200 examples, 38 of 40 splits gained, by 1.2 ± 0.6 points. "
            "But L2 was ahead on most of the moons and about as good on the digits, so neither "
            "result says that dropout is the cure to take first."
        ),
    )
]
