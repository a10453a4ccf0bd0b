"""The folder that students and graders share: can anybody put something in the course's place?"""

import pathlib
import stat

from autograders.doctor.trouble import Kind, Trouble, Troubles

ROOT_USER = 0
UNKNOWN_USER = 65534
"""Who is shown in a container for users outside, such as root; nobody logs in as this one."""
FOR_ALL = 0o1777
WRITABLE_BY_OTHERS, WRITABLE_BY_MORE = 0o002, 0o022
READABLE_BY_OTHERS = 0o004


def replaceable(exchange: pathlib.Path, course_id: str, owner: int, shared: bool) -> Troubles:
    """Yield why somebody could put something in the course's place, if anybody could.

    Parameters
    ----------
    exchange : pathlib.Path
    course_id : str
    owner : int
        The number of the user that releases and collects.
    shared : bool
        Whether several graders write there by their group, as nbgrader's ``groupshared``.
    """
    exchange = exchange.resolve()
    if not exchange.is_dir():
        yield Trouble(Kind.NO_EXCHANGE, {"path": exchange})
        return
    for folder in exchange.parents:
        state = folder.stat()
        if state.st_mode & WRITABLE_BY_OTHERS and not state.st_mode & stat.S_ISVTX:
            yield Trouble(Kind.REPLACEABLE, {"path": folder})
        if state.st_uid not in (ROOT_USER, UNKNOWN_USER, owner):
            yield _above(folder)
    state = exchange.stat()
    if state.st_mode & FOR_ALL != FOR_ALL:
        mode = stat.S_IMODE(state.st_mode)
        yield Trouble(Kind.EXCHANGE_MODE, {"path": exchange, "mode": mode})
    if state.st_uid not in (ROOT_USER, UNKNOWN_USER, owner):
        yield _above(exchange)
    folder = exchange / course_id
    for each in (folder, folder / "outbound", folder / "inbound", folder / "feedback"):
        if each.is_symlink() or each.exists():
            yield from _of_the_course(each, owner, shared)


def _of_the_course(folder: pathlib.Path, owner: int, shared: bool) -> Troubles:
    state = folder.lstat()  # a link leads wherever its owner likes
    if state.st_uid != owner and not shared:
        yield _foreign(folder, owner)
    inbound = folder.name == "inbound"
    forbidden = WRITABLE_BY_OTHERS if shared else WRITABLE_BY_MORE
    if not inbound and state.st_mode & forbidden and not folder.is_symlink():
        yield Trouble(Kind.REPLACEABLE, {"path": folder})


def lacking(exchange: pathlib.Path, course_id: str, owner: int) -> Troubles:
    """Yield what the course has not there yet, or what lies too open."""
    folder = exchange.resolve() / course_id
    if exchange.is_dir() and not folder.exists():
        yield Trouble(Kind.NO_FOLDER_IN_EXCHANGE, {"path": folder, "owner": owner})
    inbound = folder / "inbound"
    if inbound.is_dir():
        mode = inbound.stat().st_mode
        if mode & READABLE_BY_OTHERS or not mode & stat.S_ISVTX:
            yield Trouble(Kind.INBOUND_OPEN, {"path": inbound})


def _above(path: pathlib.Path) -> Trouble:
    return Trouble(Kind.FOREIGN_ABOVE, {"path": path, "has": path.stat().st_uid})


def _foreign(path: pathlib.Path, owner: int) -> Trouble:
    return Trouble(Kind.FOREIGN, {"path": path, "has": path.lstat().st_uid, "owner": owner})
