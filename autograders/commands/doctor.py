"""What tells an instructor, or a monitor, whether all is in place around the course."""

import pathlib
import sys

from autograders import ROOT, Refused
from autograders.commands.told import of_course, stock_course

TOLD = "{area}: {says}"
RIGHT = "all right"
NONE_SET = "none, so nothing is looked at there"
NO_STOCK_WALL = 'none, as c.Boxes.engine = "kernel" wants it'
NO_WALL = 'none, as c.Judge.engine = "kernel" wants it'
OURS_ALONE = "all right here; --students names the environment that students work in"
NO_ENVIRONMENT = "{folder} is no environment: it has no bin/python. Name the one students work in."
PERSONS = range(1000, 60000)
"""The numbers that systems give to persons."""


def doctor(options):
    """Say what is wrong around the course, and the command that mends it."""
    from autograders import settings
    from autograders.doctor import phrases

    students = pathlib.Path(options.students).absolute() if options.students else None
    if students and not (students / "bin" / "python").exists():
        raise Refused(NO_ENVIRONMENT.format(folder=students))
    status = 0
    settings.TOLD.add(ROOT.resolve())  # it is said of the course's folder below
    config = stock_course()
    looked_at = _stock(config) if config is not None else _looked_at(of_course(), students)
    for area, troubles, otherwise in looked_at:
        lines = [phrases.line(each) for each in troubles]
        status = status or int(bool(lines))
        for says in lines or [otherwise]:
            print(TOLD.format(area=area, says=says), flush=True)
    return status


def _looked_at(api, students):
    """Yield each area, what is wrong there, and what is said where nothing is."""
    from autograders.doctor import places
    from autograders.doctor.trouble import Area

    where = _exchange(api)
    used = pathlib.Path(where.root).exists() or "root" in api.config.Exchange
    known = RIGHT if students else OURS_ALONE
    yield Area.EXCHANGE, _shared(api, where) if used else [], RIGHT if used else NONE_SET
    yield Area.HOMES, places.homes(_homes()) if used else [], RIGHT if used else NONE_SET
    yield Area.COURSE, _course(), RIGHT
    yield Area.SECRET, _secret(), RIGHT
    yield Area.DATABASE, _refusing(_database, api), RIGHT
    yield Area.COURSE_ID, _told(api, where, students) if students else [], known
    yield Area.EXTENSIONS, _extensions(students), known
    if api.config.Judge.get("engine") == "kernel":
        yield Area.WALL, [], NO_WALL
    else:
        yield Area.WALL, _refusing(_wall), RIGHT
    yield Area.CLOCK, _clock(where), RIGHT
    yield Area.PACKAGES, _packages(students), known


def _stock(config):
    """Yield the same of a course of nbgrader's own kind."""
    from autograders.doctor.trouble import Area
    from autograders.stock import course

    api = course.api(config, ROOT)
    where = _exchange(api)
    used = pathlib.Path(where.root).exists()
    yield Area.EXCHANGE, _shared(api, where) if used else [], RIGHT if used else NONE_SET
    yield Area.DATABASE, _refusing(_database, api), RIGHT
    if course.is_boxed(config):
        without = _refused(course.foreign_kernels(api))
        yield Area.WALL, [*_refusing(course.try_the_wall), *without], RIGHT
    else:
        yield Area.WALL, [], NO_STOCK_WALL
    yield Area.CLOCK, _clock(where), RIGHT


def _refused(reasons):
    """Yield a trouble for each reason."""
    from autograders.doctor.trouble import Kind, Trouble

    yield from (Trouble(Kind.REFUSES, {"reason": reason}) for reason in reasons)


def _exchange(api):
    """Return nbgrader's exchange, with the settings that the course has."""
    from nbgrader.exchange.default import Exchange

    return Exchange(coursedir=api.coursedir, config=api.config)


def _shared(api, where):
    from autograders.doctor import exchange

    place = pathlib.Path(where.root), api.coursedir.course_id, ROOT.stat().st_uid
    yield from exchange.replaceable(*place, api.coursedir.groupshared)
    yield from exchange.lacking(*place)


def _homes():
    """Return the homes of persons and of the course's account, each with its user."""
    import pwd

    return [
        (each.pw_name, pathlib.Path(each.pw_dir))
        for each in pwd.getpwall()
        if each.pw_uid in PERSONS
    ]


def _course():
    from autograders import settings
    from autograders.doctor import places
    from autograders.doctor.trouble import Kind, Trouble

    yield from places.course(ROOT)
    if problem := settings.pattern_problem(ROOT):
        yield Trouble(Kind.REFUSES, {"reason": problem})


def _secret():
    from autograders.doctor import places
    from autograders.grading import secret

    file = ROOT / secret.NAME
    try:
        holds_one = not file.exists() or secret.found(file) is not None
    except PermissionError:  # it is another user's, which is said of its owner
        holds_one = True
    return places.secret(file, holds_one)


def _refusing(look, *arguments):
    """Yield why something refuses."""
    from autograders.doctor.trouble import Kind, Trouble

    try:
        look(*arguments)
    except Refused as refused:
        yield Trouble(Kind.REFUSES, {"reason": str(refused)})


def _database(api):
    from autograders.grading import gradebook

    gradebook.check(api.coursedir.db_url)


def _wall():
    from autograders.sandbox.launcher import AUTO, launcher
    from autograders.sandbox.limits import Limits

    launcher(AUTO, Limits())().close()


def _for_students(environment):
    """Return the folders of settings that count for students, the first first."""
    from jupyter_core.paths import SYSTEM_CONFIG_PATH

    return [environment / "etc" / "jupyter", *map(pathlib.Path, SYSTEM_CONFIG_PATH)]


def _told(api, where, students):
    from autograders import settings
    from autograders.doctor import settings as machine

    files = []
    for folder in _for_students(students):
        read = settings.read(folder)
        sets = {
            "course_id": read.CourseDirectory.get("course_id"),
            "exchange": read.Exchange.get("root"),
        }
        files.append((folder / settings.FILE, {k: v for k, v in sets.items() if v}))
    return machine.told(files, api.coursedir.course_id, pathlib.Path(where.root))


def _extensions(students):
    from jupyter_core.paths import jupyter_config_path

    from autograders.doctor import extensions

    own = [pathlib.Path(path) for path in jupyter_config_path()]
    yield from extensions.graders(pathlib.Path(sys.prefix), own)
    if students:
        yield from extensions.students(students, _for_students(students))


def _clock(where):
    from nbgrader.utils import parse_utc

    from autograders.doctor import clock

    return clock.zone(where.timezone, where.timestamp_format, parse_utc)


def _packages(students):
    from autograders.doctor import packages

    project = ROOT / "pyproject.toml"
    yield from packages.interpreter(project)
    yield from packages.ours(project, packages.versions(), pathlib.Path(sys.executable))
    if students:
        there = packages.versions(students)
        yield from packages.students(project, there, students / "bin" / "python")
