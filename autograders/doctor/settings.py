"""What the settings of a machine tell students: which course, and where its exchange is."""

import pathlib

from autograders.doctor.trouble import Kind, Trouble, Troubles


def told(
    files: list[tuple[pathlib.Path, dict[str, str]]], course_id: str, exchange: pathlib.Path
) -> Troubles:
    """Yield where the files of settings tell students something else than the course means.

    Parameters
    ----------
    files : list of (pathlib.Path, dict)
        Each with what it sets of ``course_id`` and ``exchange``; the last one may be missing.
    course_id : str
    exchange : pathlib.Path
        The course's own.
    """
    for path, sets in files:
        theirs = sets.get("course_id", course_id)
        if theirs != course_id:
            yield Trouble(Kind.OTHER_COURSE_ID, {"path": path, "theirs": theirs, "ours": course_id})
        where = pathlib.Path(sets.get("exchange", exchange))
        if where.resolve() != exchange.resolve():
            yield Trouble(Kind.OTHER_EXCHANGE, {"path": path, "theirs": where, "ours": exchange})
    if not any("course_id" in sets for _, sets in files):
        yield Trouble(Kind.NO_COURSE_ID, {"path": files[-1][0], "ours": course_id})
