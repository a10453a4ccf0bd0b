"""Known mistakes in `early_stopping`."""

from autograders.course.exercise import Mistake

LOWER = "validation_costs[i] < validation_costs[best]"
WAITED = "i - best >= patience"
COUNTED = """
def early_stopping(validation_costs, patience):
    best, lowest, waited = 0, validation_costs[0], 0
    for i in range(1, len(validation_costs)):
        if validation_costs[i] < lowest:
            best, lowest, waited = i, validation_costs[i], 0
        else:
            waited += 1
            if waited >= patience:
                break
    return best
"""
"""Another right answer, which counts the records without improvement."""

STOPPING: list[Mistake] = [
    Mistake(
        "best-of-all",
        "it looks past the moment at which training would have stopped",
        "What comes after the stop is never trained, and so never seen.",
        {"break": "continue"},
    ),
    Mistake(
        "one-record-too-late",
        "it waits one record too long",
        "With a patience of 1 a single record without improvement ends the training.",
        {WAITED: "i - best > patience"},
    ),
    Mistake(
        "one-record-too-early",
        "it stops one record too early",
        "Count on your fingers: how many records without improvement may pass?",
        {WAITED: "i - best >= patience - 1"},
    ),
    Mistake(
        "no-patience",
        "it stops at the first record that is no better, whatever the patience",
        "A cost that goes up once may still come down again.",
        {f"elif {WAITED}": "else"},
    ),
    Mistake(
        "equal-is-better",
        "an equal cost counts as an improvement",
        "An improvement is strictly lower.",
        {LOWER: "validation_costs[i] <= validation_costs[best]"},
    ),
    Mistake(
        "small-improvements-ignored",
        "an improvement must be larger than some small number to count",
        "Any strictly lower cost is an improvement here, however small the step.",
        {LOWER: "validation_costs[i] < validation_costs[best] - 1e-4"},
    ),
    Mistake(
        "lowest-cost-starts-at-1",
        "the lowest cost so far starts at a fixed number, as if no cost could be larger",
        "A cost may be any number. Which cost is the best when only one has been seen?",
        """
        def early_stopping(validation_costs, patience):
            best, lowest, waited = 0, 1.0, 0
            for i, cost in enumerate(validation_costs):
                if cost < lowest:
                    best, lowest, waited = i, cost, 0
                else:
                    waited += 1
                    if waited >= patience:
                        break
            return best
        """,
    ),
    Mistake(
        "first-record-counted",
        "the first record counts as one without improvement",
        "Nothing stands before the first record, so it is the best one then.",
        """
        def early_stopping(validation_costs, patience):
            best, waited = 0, 0
            for i, cost in enumerate(validation_costs):
                if cost < validation_costs[best]:
                    best, waited = i, 0
                else:
                    waited += 1
                    if waited >= patience:
                        break
            return best
        """,
    ),
    Mistake(
        "compared-with-the-record-before",
        "each cost is compared with the one before it, not with the best so far",
        "After a high peak, a lower cost may still be far above the best.",
        {LOWER: "validation_costs[i] < validation_costs[i - 1]"},
    ),
    Mistake(
        "highest-cost",
        "it looks for the highest cost",
        "A cost is better when it is lower.",
        {LOWER: "validation_costs[i] > validation_costs[best]"},
    ),
    Mistake(
        "stopping-index",
        "the index of the last record looked at is returned, not that of the best one",
        "When training stops, the best record lies `patience` records back.",
        {"best = 0": "best, i = 0, 0", "            break": "            break\n    best = i"},
        also=({"            break": "            return i"},),
    ),
    Mistake(
        "cost-returned",
        "the lowest cost is returned instead of its index",
        "The caller wants to know when, not how low.",
        {"            break": "            break\n    best = validation_costs[best]"},
    ),
    Mistake(
        "counted-from-1",
        "the index is one too high, as if the records were counted from 1",
        "The first record of a list has the index 0.",
        {"            break": "            break\n    best = best + 1"},
        also=({"            break": "            return best + 1"},),
    ),
    Mistake(
        "waiting-never-starts-anew",
        "the count of records without improvement is not set back by an improvement",
        "Only records in a row count. What should a new best do to the count?",
        {
            "best = 0": "best, waited = 0, 0",
            f"elif {WAITED}:\n            break": (
                "else:\n            waited += 1\n        if waited >= patience:\n            break"
            ),
        },
    ),
    Mistake(
        "patience-back-from-the-end",
        "it goes `patience` records back from the last one, even where it never stopped",
        "When the list ends before the patience does, where was the best record?",
        {
            "best = 0": "best, i = 0, 0",
            "            break": "            break\n    best = max(i - patience, 0)",
        },
    ),
    Mistake(
        "rises-in-a-row",
        "it counts records that are higher than the one before, not than the best",
        "A cost that falls again without reaching the best is still no improvement.",
        """
        def early_stopping(validation_costs, patience):
            best, rises = 0, 0
            for i in range(1, len(validation_costs)):
                if validation_costs[i] < validation_costs[best]:
                    best = i
                rises = rises + 1 if validation_costs[i] >= validation_costs[i - 1] else 0
                if rises == patience:
                    break
            return best
        """,
    ),
    Mistake(
        "compared-with-patience-records-ago",
        "each cost is compared with that of `patience` records ago",
        "Wait for a better record than the best one, wherever that stands.",
        {WAITED: ("i >= patience and validation_costs[i] >= validation_costs[i - patience]")},
    ),
    Mistake(
        "last-index-where-it-never-stops",
        "the last record is returned where training never stopped",
        "If nothing stops it, the answer is the best record of all.",
        {
            "            break": (
                "            break\n    else:\n        best = len(validation_costs) - 1"
            )
        },
    ),
    Mistake(
        "first-wait-one-too-short",
        "the count of records without improvement starts at 1",
        "Before the second record, how many have brought no improvement?",
        COUNTED.replace("validation_costs[0], 0", "validation_costs[0], 1"),
    ),
    Mistake(
        "later-waits-one-too-short",
        "an improvement sets the count of records back to 1 instead of 0",
        "Right after a new best, how many records have brought no improvement?",
        COUNTED.replace("validation_costs[i], 0", "validation_costs[i], 1"),
    ),
    Mistake(
        "lowest-cost-starts-at-0",
        "the lowest cost so far starts at 0, as if no cost could be larger",
        "A cost may be any number. Which cost is the best when only one has been seen?",
        COUNTED.replace("validation_costs[0], 0", "0.0, 0"),
    ),
    Mistake(
        "best-cost-never-updated",
        "the lowest cost so far is not kept up to date",
        "After an improvement, what should the next record be compared with?",
        COUNTED.replace("best, lowest, waited = i, validation_costs[i], 0", "best, waited = i, 0"),
    ),
    Mistake(
        "best-not-updated",
        "the index of the best record is not kept up to date",
        "An improvement changes two things: the best cost, and where it is.",
        COUNTED.replace("best, lowest, waited = i,", "lowest, waited ="),
    ),
    Mistake(
        "none-where-it-never-stops",
        "nothing is returned where training never stopped",
        "If nothing stops it, the answer is the best record of all.",
        COUNTED.replace("return best", "return None").replace("break", "return best"),
    ),
    Mistake(
        "one-before-the-best",
        "the record before the best one is returned",
        "When it stops, how many records lie between the last one and the best?",
        {"            break": "            break\n    best = best - 1"},
        also=({"            break": "            return best - 1"},),
    ),
    Mistake(
        "last-of-all",
        "the last record of the list is returned",
        "The caller asks for the best record, which need not be the last.",
        {"            break": "            break\n    best = len(validation_costs) - 1"},
    ),
    Mistake(
        "patience-from-the-start",
        "it stops after `patience` records, improvements among them",
        "Patience counts the records that are no better. Where does the count start anew?",
        {WAITED: "i >= patience", "elif": "if"},
    ),
    Mistake(
        "waited-returned",
        "the number of records waited for is returned",
        "The caller wants to know where the best record is.",
        COUNTED.replace("return best", "return waited"),
    ),
]
