"""Short texts of what may be long or odd: numbers, errors, names from elsewhere."""

from collections.abc import Iterable

LONGEST_ERROR = 300  # characters
CUT = " …"


def printable(text: str, longest: int | None = None) -> str:
    """Return text with a ? for each character that cannot be printed.

    Parameters
    ----------
    text : str
    longest : int, optional
        How many of its characters to take at most.
    """
    return "".join(c if c.isprintable() else "?" for c in text[:longest])


def first_line(error: BaseException, longest: int | None = None) -> str:
    """Return the first line of what an error says, or its kind where it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0][:longest] if lines else type(error).__name__


def named(error: BaseException, longest: int | None = None) -> str:
    """Return an error's kind and the first line of what it says."""
    kind, line = type(error).__name__, first_line(error, longest)
    return kind if line == kind else f"{kind}: {line}"


def one_line(error: BaseException) -> str | None:
    """Return all that an error says on one line, as a sentence that goes on; None if it cannot."""
    try:
        return _whole(" ".join(str(error).split())).removesuffix(".")
    except Exception:  # a student's own exception may not even have a text
        return None


def _whole(text: str) -> str:
    """Return as many whole sentences as are short enough, or words where the first is not."""
    if len(text) <= LONGEST_ERROR:
        return text
    sentences, _, _ = text[: LONGEST_ERROR + 1].rpartition(". ")
    if sentences:
        return sentences
    words, _, _ = text[: LONGEST_ERROR - len(CUT) + 1].rpartition(" ")
    return (words or text[: LONGEST_ERROR - len(CUT)]) + CUT


def numbers(*values: float) -> list[str]:
    """Return numbers as texts: short, but long enough to tell them apart."""
    for digits in (6, 9, 12, 17):
        # adding 0 makes 0 of -0
        texts = [f"{float(value) + 0.0:.{digits}g}" for value in values]
        if _differ_as(texts, values):
            break
    return texts


def _differ_as(texts: Iterable[str], values: Iterable[float]) -> bool:
    return len(set(texts)) == len(set(map(float, values)))
