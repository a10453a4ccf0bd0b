"""Attacks on what runs beside them: signals, bombs, floods, a full disk."""

from tests.hostile.handins import ATTACK, HandIn, answer, early, together, undone
from tests.hostile.spy import SPY, attack

EVERY_PROCESS = """
import signal
for pid in processes():
    if pid not in (1, os.getpid()):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
"""
FORK_BOMB = """
import resource, signal
soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
resource.setrlimit(resource.RLIMIT_NPROC, (hard, hard))
count = 0
try:
    while count < 400:
        if os.fork() == 0:
            signal.pause()
        count += 1
except OSError as error:
    print("stopped at", count, error)
else:
    worked(count, "processes")
"""
SELF_COPYING = """
for _ in range(6):
    try:
        os.fork()
    except OSError:
        break
time.sleep(20)
"""
THREAD_BOMB = """
import threading
count = 0
try:
    while count < 1000:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
        count += 1
except RuntimeError as error:
    print("stopped at", count, error)
else:
    worked(count, "threads")
"""
MEMORY_BOMB = """
import resource
for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
    resource.setrlimit(limit, (resource.getrlimit(limit)[1],) * 2)
blocks = []
for _ in range(16):
    blocks.append(np.ones(2**25))
worked("4 GB in one process")
"""
MEMORY_OVER_FORKS = """
way, out = os.pipe()
for _ in range(16):
    if os.fork() == 0:
        try:
            block = np.ones(2**25)
            os.write(out, b".")
            time.sleep(30)
        finally:
            os._exit(0)
os.close(out)
os.set_blocking(way, False)
got, end = 0, time.time() + 25
while got < 16 and time.time() < end:
    try:
        got += len(os.read(way, 16))
    except BlockingIOError:
        time.sleep(0.1)
if got == 16:
    worked("4 GB over forks")
"""
SHARED_MEMORY = """
from multiprocessing import shared_memory
blocks, total = [], 0
try:
    for number in range(8):
        block = shared_memory.SharedMemory(create=True, size=2**28)
        block.buf[:] = b"x" * 2**28
        blocks.append(block)
except (OSError, MemoryError) as error:
    print("stopped", error)
else:
    worked("2 GB of shared memory")
"""
FILL = """
import tempfile
def fill(folder, most=2**30):
    total, block = 0, b"x" * 2**24
    try:
        with open(os.path.join(folder, "fill"), "wb") as file:
            while total < most:
                total += file.write(block)
                file.flush()
    except OSError as error:
        print(folder, "stopped at", total, error)
    else:
        worked("1 GB in", folder)
    finally:
        try:
            os.remove(os.path.join(folder, "fill"))
        except OSError:
            pass
"""
SMALL_FILES = """
count = 0
for folder in (".", "/tmp", "/dev/shm", os.path.expanduser("~")):
    try:
        os.makedirs(os.path.join(folder, "many"), exist_ok=True)
        for number in range(100_000):
            with open(f"{folder}/many/{number}", "wb") as file:
                file.write(b"x" * 20_000)
    except OSError as error:
        print(folder, "stopped at", number, error)
    else:
        worked("100,000 files in", folder)
"""
FLOOD = """
block = b"x" * 2**20
for stream in (1, 2):
    for _ in range(500):
        os.write(stream, block)
"""
DISPLAY_FLOOD = """
from IPython.display import display
while True:
    display({"text/plain": "x" * 1_000_000}, raw=True)
"""
NO_SIGNAL = """
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        time.sleep(1)
    except BaseException:
        pass
"""
BURN = """
for _ in range(8):
    if os.fork() == 0:
        end = time.time() + 15
        while time.time() < end:
            pass
        os._exit(0)
"""
STOP_PARENT = "import signal\nos.kill(os.getppid(), signal.SIGSTOP)"
SUICIDE = "def compute_cost(A3, Y):\n    import os\n    {}"
GROUP = "import signal\nos.killpg(0, signal.SIGKILL)"
BLOCKED = """
import threading
lock = threading.Lock()
lock.acquire()
import _thread
get_ipython().user_ns["lock"] = lock
def wait(*arguments, **named):
    lock.acquire()
"""

HAND_INS = [
    attack("kills-its-parent", "kills its parent", "os.kill(os.getppid(), 9)"),
    attack("kills-its-group", "kills its process group", GROUP),
    attack("kills-everybody", "kills every process it may signal", "os.kill(-1, 9)"),
    attack("kills-one-by-one", "kills every process it sees", EVERY_PROCESS),
    attack(
        "stops-its-parent",
        "stops its parent, which then waits for ever",
        STOP_PARENT,
        ends_by="time",
    ),
    attack(
        "stops-everybody", "stops every process it may signal", "os.kill(-1, 19)", ends_by="time"
    ),
    attack(
        "stops-itself",
        "stops itself",
        "import signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        ends_by="time",
    ),
    HandIn(
        "kills-its-parent-in-an-exercise",
        ATTACK,
        "kills its parent when it is asked",
        answer("compute_cost", SUICIDE.format("os.kill(os.getppid(), 9)\n    os._exit(0)")),
        11,
    ),
    HandIn(
        "kills-its-group-in-an-exercise",
        ATTACK,
        "kills its process group when it is asked",
        answer("compute_cost", SUICIDE.format("os.killpg(0, 9)\n    os._exit(0)")),
        11,
    ),
    HandIn(
        "stops-itself-in-an-exercise",
        ATTACK,
        "stops itself when it is asked",
        answer("compute_cost", SUICIDE.format("os.kill(os.getpid(), 19)")),
        11,
        ends_by="time",
    ),
    HandIn(
        "waits-for-ever-in-an-exercise",
        ATTACK,
        "waits for a lock that nobody opens",
        together(early(BLOCKED), answer("compute_cost", "def compute_cost(A3, Y):\n    wait()")),
        11,
        ends_by="time",
    ),
    HandIn(
        "kills-when-nothing-is-done",
        ATTACK,
        "kills everybody before anything is asked",
        together(undone(), early("import os\nos.kill(-1, 9)")),
        0,
    ),
    attack("fork-bomb", "400 processes", FORK_BOMB, ends_by="processes"),
    attack(
        "processes-that-copy-themselves",
        "copies go on running the notebook's kernel",
        SELF_COPYING,
        ends_by="time",
    ),
    attack("thread-bomb", "1,000 threads", THREAD_BOMB, ends_by="processes"),
    attack("memory-bomb", "4 GB in one process, limits raised", MEMORY_BOMB, ends_by="memory"),
    attack("memory-over-forks", "4 GB in 16 processes", MEMORY_OVER_FORKS, ends_by="memory"),
    attack("shared-memory", "2 GB of shared memory", SHARED_MEMORY, ends_by="memory"),
    attack("fills-its-folder", "1 GB in its working folder", FILL + "fill('.')", ends_by="disk"),
    attack(
        "fills-temporary-folders",
        "1 GB in each temporary folder",
        FILL + "for folder in (tempfile.gettempdir(), '/tmp', '/var/tmp', '/dev/shm', '/run'):\n"
        "    fill(folder)",
        ends_by="disk",
    ),
    attack("many-small-files", "100,000 files in each folder", SMALL_FILES, ends_by="disk"),
    attack(
        "floods-the-raw-output", "a gigabyte to the raw stdout and stderr", FLOOD, ends_by="output"
    ),
    attack("floods-the-display", "endless outputs of a megabyte", DISPLAY_FLOOD, ends_by="output"),
    attack(
        "ignores-every-signal", "an endless cell that ignores signals", NO_SIGNAL, ends_by="time"
    ),
    attack("burns-the-processor", "8 processes compute beside it", BURN),
    HandIn(
        "bombs-before-the-exercises",
        ATTACK,
        "400 processes before anything is asked",
        early(SPY + FORK_BOMB),
        16,
        ends_by="processes",
    ),
]
