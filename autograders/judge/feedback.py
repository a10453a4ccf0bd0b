"""What a verdict says to the student, in the graded notebook and in the feedback."""

from typing import Any

import numpy as np

from lab.check import NOT_DONE, mistake_line
from lab.judge.ask import Raises
from lab.judge.examples import Part
from lab.judge.expected import Array, Between, Expected, Index, Mapping, Number, ZerosAndOnes
from lab.judge.verdict import PartVerdict, Verdict
from lab.language import Message, translated
from lab.phrases import phrase
from lab.width import folded
from lab.width import width as columns_of

HEAD = Message("{name}: {points} of {best} points")
NOTHING_WRONG = Message("Every part is right.")
RIGHT, WRONG, WAITS = (
    Message("  right   {points} of {best}  {says}"),
    Message("  wrong   {points} of {best}  {says}"),
    Message("  waiting {points} of {best}  {says} (not judged, because a part above is wrong)"),
)
ASKED = Message("Asked {says}:")
CALLED_WITH = Message("with {arguments}")
CAME_BACK, EXPECTED = Message("came back:"), Message("expected: ")
PROBLEM = Message("{phrase}.")
BOUNDS = Message("{low} to {high}")
MARK = Message("The entries between > and < differ.")
LARGEST_SHOWN = (8, 8)  # rows, columns
MOST_LISTED = 16
MOST_PROBLEMS = 2
WIDTH = 76  # characters that JupyterLab shows of a line of feedback in a window of 1,100 pixels
MISTAKES, TOGETHER, PARTS = "mistakes", "together", "parts"
"""Where the metadata of a verdict's output hold the names of the mistakes, whether all of them
were made, and what came of each part."""
STATES = RIGHT_PART, WRONG_PART, NOT_JUDGED, NOT_DONE_YET = (
    "right",
    "wrong",
    "waiting",
    "unfinished",
)
"""What may come of a part; it waits where a part above it is wrong."""


def lines(verdict: Verdict, points: float) -> list[str]:
    """Return a verdict as lines of text.

    Parameters
    ----------
    verdict : Verdict
    points : float
        What the exercise is worth.

    Returns
    -------
    list of str
    """
    text = [HEAD.format(name=verdict.name, points=verdict.points, best=points), ""]
    if verdict.unfinished:
        return [
            *text,
            *_folded(NOT_DONE.format(name=verdict.name, phrase=phrase(verdict.unfinished))),
        ]
    for part in verdict.parts:
        shape = WAITS if not part.judged else WRONG if part.problem else RIGHT
        says = {"points": part.points, "best": part.part.points, "says": translated(part.part.says)}
        text += _folded(shape.format(**says))
    if not verdict.wrong:
        return [*text, "", str(NOTHING_WRONG)]
    for part in verdict.wrong[:MOST_PROBLEMS]:
        text += ["", *_problem(part)]
    line = mistake_line(verdict).strip()
    return [*text, "", *_folded(line)] if line else text


def _folded(line: str) -> list[str]:
    """Return a line as lines that fit a page: the feedback shows no more of one than fits."""
    hanging = "        " if line.startswith(" ") else ""
    return folded(line, WIDTH, hanging, break_long_words=False, break_on_hyphens=False)


def kept(verdict: Verdict, parts: dict[str, Part]) -> dict[str, Any]:
    """Return the metadata of a verdict's output: the verdict as data, for reports.

    It is made with the feedback's text, so that the two never differ. Nothing in it comes from
    the student but what the text shows as well: the phrase for a problem.

    Parameters
    ----------
    verdict : Verdict
    parts : dict of str to Part
        The exercise's, in order.

    Returns
    -------
    dict
        With `PARTS`, a list of dict; with `MISTAKES` and `TOGETHER` where some are named.
    """
    came = [*verdict.parts, *[None] * (len(parts) - len(verdict.parts))]
    data: dict[str, Any] = {
        PARTS: [
            _part(name, part, each, unfinished=verdict.unfinished is not None)
            for (name, part), each in zip(parts.items(), came, strict=True)
        ]
    }
    names = [mistake.name for mistake in verdict.mistakes]
    return {**data, MISTAKES: names, TOGETHER: verdict.together} if names else data


def _part(
    name: str, part: Part, came: PartVerdict | None, *, unfinished: bool
) -> dict[str, str | int]:
    """Return what came of a part as data; where it is wrong with the question and the phrase."""
    data: dict[str, str | int] = {"name": name, "says": part.says, "of": part.points}
    if unfinished or came is None:
        return {**data, "state": NOT_DONE_YET if unfinished else NOT_JUDGED, "points": 0}
    state = NOT_JUDGED if not came.judged else WRONG_PART if came.problem else RIGHT_PART
    data |= {"state": state, "points": came.points}
    if came.case and came.problem:
        data |= {"asked": came.case.says, "found": phrase(came.problem)}
    return data


def _problem(part: PartVerdict) -> list[str]:
    """Return what was asked, what came back and what was expected."""
    case, problem = part.case, part.problem
    if case is None or problem is None:
        return []  # the part is right
    text = _folded(ASKED.format(says=translated(case.says)))
    arguments = _arguments(case.arguments)
    if arguments:
        text += _folded("    " + CALLED_WITH.format(arguments=arguments))
    text += _folded("    " + PROBLEM.format(phrase=phrase(problem)))
    compared = _compared(part.answer, case.expected)
    if compared:
        text += compared
    return text


def _arguments(arguments: dict[str, Any]) -> str:
    """Return the arguments that are short enough to be read, as text."""
    shown = []
    for name, value in arguments.items():
        if isinstance(value, np.ndarray):
            if value.size > LARGEST_SHOWN[1] or value.dtype.kind not in "biuf":
                continue
            numbers = "  ".join(_number(entry) for entry in value.ravel())
            shown.append(f"{name} = [{numbers}]")
        elif isinstance(value, bool | int | float):
            shown.append(f"{name} = {_number(value)}")
        elif _is_short_list(value):
            shown.append(f"{name} = [{', '.join(_number(entry) for entry in value)}]")
    return ", ".join(shown)


def _is_short_list(value: Any) -> bool:
    short = isinstance(value, list | tuple) and 0 < len(value) <= MOST_LISTED
    return short and all(isinstance(entry, int | float) for entry in value)


def _compared(answer: Any, expected: Expected) -> list[str]:
    """Return the lines that show what came back beside what was expected, where it helps."""
    if isinstance(expected, Mapping) and isinstance(answer, dict):
        for key, want in expected.entries.items():
            if key in answer and want.difference(answer[key], key):
                inner = _compared(answer[key], want)
                return [f"    {key}", *inner] if inner else []
        return []
    if isinstance(answer, Raises):
        return []
    if isinstance(expected, Number | Index) and _is_number(answer):
        return [_row(str(CAME_BACK), _number(answer)), _row(str(EXPECTED), _number(expected.value))]
    if isinstance(expected, Between) and _is_number(answer):
        bounds = BOUNDS.format(low=_number(expected.low), high=_number(expected.high))
        return [_row(str(CAME_BACK), _number(answer)), _row(str(EXPECTED), bounds)]
    if isinstance(expected, Array | ZerosAndOnes):
        return _arrays(answer, expected)
    return []


def _arrays(answer: Any, expected: Array | ZerosAndOnes) -> list[str]:
    want = expected.values
    if (
        type(answer) is not np.ndarray
        or answer.shape != want.shape
        or answer.dtype.kind not in "biuf"
    ):
        return []
    rows, columns = want.shape if want.ndim == 2 else (1, want.size)
    if rows > LARGEST_SHOWN[0] or columns > LARGEST_SHOWN[1] or want.size == 0:
        return []
    got, want = answer.reshape(rows, columns), want.reshape(rows, columns)
    wrong = [
        [type(expected)(np.asarray(w)).difference(np.array(g), "") is not None for g, w in pair]
        for pair in (zip(*both, strict=True) for both in zip(got, want, strict=True))
    ]
    if not np.any(wrong):
        return []
    # where all differ, marks would tell nothing
    marks = (" ", " ") if np.all(wrong) else (">", "<")
    marked = [
        [_number(g).join(marks) if bad else f" {_number(g)} " for g, bad in zip(*row, strict=True)]
        for row in zip(got, wrong, strict=True)
    ]
    plain = [[f" {_number(w)} " for w in row] for row in want]
    width = max(len(entry) for row in (*marked, *plain) for entry in row)
    text = []
    for label, block in ((str(CAME_BACK), marked), (str(EXPECTED), plain)):
        for number, row in enumerate(block):
            head = label if number == 0 else " " * columns_of(label)
            text.append(_row(head, " ".join(entry.rjust(width) for entry in row)))
    return text if np.all(wrong) else [*text, f"    {MARK}"]


def _row(label: str, text: str) -> str:
    return f"    {label} {text}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.generic) and not isinstance(value, bool | np.bool_)


def _number(value: Any) -> str:
    """Return a number as short text."""
    if isinstance(value, bool | np.bool_ | int | np.integer):
        return str(int(value))[:20]
    return f"{float(value):.4g}"
