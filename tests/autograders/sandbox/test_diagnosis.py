"""Where the wall cannot be built, the refusal says what is missing and what mends it."""

import shutil
import subprocess
import sys

import pytest

import autograders
from autograders.sandbox import bubblewrap, diagnosis
from autograders.sandbox.diagnosis import Machine, sentence
from tests import odd
from tests.course import Course, one_line
from tests.hostile import box as trial

NAME = "initialization"
PROBE = """
import sys
from autograders import Refused
from autograders.sandbox.launcher import launcher
from autograders.sandbox.limits import Limits
try:
    process = launcher("fork", Limits())()
    print(process.run("print(6 * 7)", 20)[0]["text"], end="")
    process.close()
except Refused as refused:
    sys.exit(str(refused))
"""
"""Builds a wall and computes behind it, or says why not."""

ROOT, ORDINARY = 0, trial.USER
DOCKER = "chown,dac_override,fowner,fsetid,kill,setgid,setuid,setpcap,net_bind_service"
DOCKER += ",net_raw,sys_chroot,mknod,audit_write,setfcap"
CAPABILITIES = "--bounding-set=-all," + ",".join("+" + each for each in DOCKER.split(","))
NEW_NAMESPACE = (
    "bwrap: No permissions to create new namespace, likely because the kernel does not allow "
    "non-privileged user namespaces. See <https://deb.li/bubblewrap> or "
    "<file:///usr/share/doc/bubblewrap/README.Debian.gz>."
)
ENOSPC = (
    "bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces "
    "exceeded (ENOSPC)"
)


def missing(text):
    """Return the whole refusal for what is missing."""
    return str(bubblewrap.no_wall(text))


# --- recorded: what bubblewrap and the kernel say on machines that cannot be made here ---

CLONE = Machine(settings={diagnosis.CLONE_OFF: 0, "user.max_user_namespaces": 63000})
UBUNTU = Machine(settings={diagnosis.APPARMOR_ON: 1, "user.max_user_namespaces": 63000})
RED_HAT = Machine(settings={"user.max_user_namespaces": 0})


@pytest.mark.parametrize(
    ("said", "machine", "wanted"),
    [
        (NEW_NAMESPACE, CLONE, diagnosis.CLONE),
        ("Broken: namespaces: Operation not permitted", CLONE, diagnosis.CLONE),
        ("bwrap: setting up uid map: Permission denied", UBUNTU, diagnosis.APPARMOR),
        (
            "bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted",
            UBUNTU,
            diagnosis.APPARMOR,
        ),
        ("Broken: mount /: Permission denied", UBUNTU, diagnosis.APPARMOR),
        (
            "PermissionError: [Errno 1] Operation not permitted: '/proc/self/uid_map'",
            UBUNTU,
            diagnosis.APPARMOR,
        ),
        (ENOSPC, RED_HAT, diagnosis.LIMIT.format(kind="user")),
        (ENOSPC, UBUNTU, diagnosis.USED_UP),
        ("bwrap: Failed to make / slave: Permission denied", Machine(), diagnosis.FORBIDDEN),
        (
            "bwrap: Failed to make / slave: Permission denied",
            Machine(root=True),
            diagnosis.FORBIDDEN_TO_ROOT,
        ),
        ("bwrap: pivot_root: Invalid argument", Machine(chroot=True), diagnosis.CHROOT),
        (
            "bwrap: Creating new namespace failed, likely because the kernel does not support "
            "user namespaces.  bwrap must be installed setuid on such systems.",
            Machine(),
            diagnosis.NO_USER_NAMESPACES,
        ),
        (
            "bwrap: Can't mount proc on /newroot/proc: Operation not permitted",
            UBUNTU,
            diagnosis.PROC_COVERED,
        ),
    ],
)
def test_what_is_said_on_other_machines(said, machine, wanted):
    assert sentence(said, machine) == wanted
    assert sentence(f"bwrap: a warning\n{said}\n", machine) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("bwrap: a warning\nbwrap: Can't chdir to /x: Gone", "bwrap: Can't chdir to /x: Gone"),
        ("Broken: capset", "Broken: capset"),
        (
            # the course's folder may be called anything
            "bwrap: Can't find source path /mount/a namespace: Permission denied",
            "bwrap: Can't find source path /mount/a namespace: Permission denied",
        ),
        ("Broken: mount /scratch: No space left on device",) * 2,
        ("x" * 1000, "x" * diagnosis.LONGEST),
        ("", diagnosis.SAID_NOTHING),
    ],
)
def test_what_is_not_known_keeps_its_own_words(said, wanted):
    assert sentence(said, CLONE) == sentence(said, UBUNTU) == wanted


def sentences():
    """Return all that can be said to be missing."""
    told = [text for name, text in vars(diagnosis).items() if name.isupper()]
    return [text for text in told if isinstance(text, str) and "; " in text]


def test_each_sentence_says_what_is_missing_and_what_mends_it_in_one_line():
    assert len(sentences()) >= 10
    for text in sentences():
        lacks, mends = text.split("; ", 1)
        assert lacks and mends and "\n" not in text and not text.endswith(".")


def test_the_page_about_the_wall_has_what_each_sentence_names():
    """Whoever looks for a refusal finds its setting, or its command, in the table."""
    page = (autograders.ROOT / "docs" / "wall.md").read_text(encoding="utf-8")
    section = page.partition("## Where it cannot be built\n")[2].partition("\n## ")[0]
    for text in sentences():
        for command in text.split("`")[1::2]:
            assert command.format(kind="user") in section, command


# --- made for real ---


@pytest.fixture(scope="module")
def course():
    """A course that belongs to an ordinary user, with one hand-in."""
    odd.need_root()
    folder = trial.new_folder()
    folder.chmod(0o755)
    made = Course(folder / "course")
    shutil.copytree(bubblewrap.fonts(), made.root / "build" / "fonts")
    process = made.autograders("release", NAME)
    assert process.returncode == 0, process.stderr
    made.hand_in("ada", NAME)
    trial.own(folder)
    yield made
    shutil.rmtree(folder)


def run(course, before, number, *command):
    """Run a command of a user's on a machine that lacks something; return the process."""
    home = ["env", f"HOME={course.root}", f"PYTHONPATH={course.root}"]
    return subprocess.run(
        [*odd.reach(), *before, *odd.user(number), *home, sys.executable, *command],
        cwd=course.root,
        env=course.environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def refusal(course, before, number):
    process = run(course, before, number, "-c", PROBE)
    assert process.stdout == ""
    return one_line(process)


BOTH = pytest.mark.parametrize("number", [ROOT, ORDINARY], ids=["root", "ordinary"])


@pytest.mark.usefixtures("box")
@BOTH
def test_the_machine_around_a_command_takes_nothing_by_itself(course, number):
    process = run(course, odd.limited(), number, "-c", PROBE)
    assert (process.stdout, process.stderr) == ("42\n", "")


LIMITS = {kind: diagnosis.LIMIT.format(kind=kind) for kind in ("user", "mnt", "net")}
COVERED = """\
while read -r _ place kind _; do
    [ "$kind" != proc ] || mount --bind /dev/null "$place/interrupts"
done < /proc/mounts"""
"""Every /proc that is mounted: for the kernel one that is not covered is enough."""
MACHINES = {
    "no-user-namespaces": (odd.limited("max_user_namespaces=0"), ORDINARY, LIMITS["user"]),
    # root's box is built, and the wall around the hand-in is not
    "none-in-the-box": (odd.limited("max_user_namespaces=0"), ROOT, LIMITS["user"]),
    "no-mount-namespaces": (odd.limited("max_mnt_namespaces=0"), ORDINARY, LIMITS["mnt"]),
    "no-net-namespaces": (odd.limited("max_net_namespaces=0"), ROOT, LIMITS["net"]),
    # the box takes one, and the hand-in another
    "one-of-two": (odd.limited("max_net_namespaces=1"), ORDINARY, diagnosis.USED_UP),
    "no-proc": (odd.mounted("umount -l /proc"), ORDINARY, diagnosis.NO_PROC),
    "no-proc-root": (odd.mounted("umount -l /proc"), ROOT, diagnosis.NO_PROC),
    # as in containers; it is in the way of ordinary users alone
    "covered-proc": (
        odd.mounted(COVERED),
        ORDINARY,
        diagnosis.PROC_COVERED,
    ),
    "container": (odd.filtered("EPERM", "user-namespaces"), ORDINARY, diagnosis.FORBIDDEN),
    "container-root": (odd.filtered("EPERM", "user-namespaces"), ROOT, diagnosis.FORBIDDEN),
    "no-mounts": (odd.filtered("EACCES", "mount"), ORDINARY, diagnosis.FORBIDDEN),
    "no-mounts-root": (odd.filtered("EPERM", "mount"), ROOT, diagnosis.FORBIDDEN_TO_ROOT),
    "docker-root": (["setpriv", CAPABILITIES], ROOT, diagnosis.FORBIDDEN_TO_ROOT),
    "sys-admin-alone": (
        ["setpriv", f"{CAPABILITIES},+sys_admin"],
        ROOT,
        diagnosis.FORBIDDEN_TO_ROOT,
    ),
    "root-of-one-number": (["unshare", "--user", "--map-root-user"], ROOT, diagnosis.ONE_NUMBER),
    "old-kernel": (
        odd.filtered("EINVAL", "user-namespaces"),
        ORDINARY,
        diagnosis.NO_USER_NAMESPACES,
    ),
    "no-landlock": (
        odd.filtered("ENOSYS", "landlock_create_ruleset"),
        ORDINARY,
        diagnosis.NO_LANDLOCK,
    ),
    "landlock-off": (
        odd.filtered("EOPNOTSUPP", "landlock_create_ruleset"),
        ROOT,
        diagnosis.NO_LANDLOCK,
    ),
}
"""What a command is run under, by whom, and what is missing then."""


@pytest.mark.usefixtures("box")
@pytest.mark.parametrize(("before", "number", "wanted"), MACHINES.values(), ids=MACHINES)
def test_what_is_missing_is_said_with_what_mends_it(course, before, number, wanted):
    assert refusal(course, before, number) == missing(wanted)


@pytest.mark.usefixtures("box")
@BOTH
def test_a_chroot_and_what_mends_it(course, number):
    jail = course.root.parent / "jail"
    jail.mkdir(exist_ok=True)
    assert refusal(course, odd.jailed(jail), number) == missing(diagnosis.CHROOT)
    enter = 'bwrap --dev-bind "$folder/inner" / --cap-add ALL'
    process = run(course, odd.jailed(jail, enter), number, "-c", PROBE)
    assert (process.stdout, process.stderr) == ("42\n", "")


@pytest.mark.usefixtures("box")
def test_the_rights_that_are_named_are_enough_for_the_root_of_a_container(course):
    more = f"{CAPABILITIES},+sys_admin,+net_admin"
    process = run(course, ["setpriv", more], ROOT, "-c", PROBE)
    assert (process.stdout, process.stderr) == ("42\n", "")


@pytest.mark.usefixtures("box")
@pytest.mark.parametrize("machine", ["no-user-namespaces", "none-in-the-box", "no-proc"])
def test_the_command_refuses_in_that_line_and_saves_nothing(course, machine):
    """It passes through the process that grades, and stands in the terminal as it was made."""
    before, number, wanted = MACHINES[machine]
    trial.own(course.root)  # root may have made the secret there
    process = run(course, before, number, "-m", "autograders", "grade", "--workers", "1")
    assert process.stderr == missing(wanted) + "\n"
    assert process.returncode == 1
    assert course.scores("ada", NAME) is None
