"""Attacks that act later: daemons, time bombs, things left for the next hand-in."""

from tests.hostile.handins import ATTACK, HandIn, early, together, undone
from tests.hostile.spy import SPY, attack, cheat

LATER = """
def act():
    try:
        knock("{name}")
    except OSError:
        pass
    for folder in (".", "/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~")):
        plant(os.path.join(folder, "{name}.txt"))
    for course in courses():
        plant(os.path.join(course, "{name}.txt"))
"""
DAEMON = """
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    open("/proc/self/comm", "w").write("left-behind")
    for number in range(3, 256):
        try:
            os.close(number)
        except OSError:
            pass
    for _ in range(300):
        time.sleep(0.2)
        act()
    os._exit(0)
os.wait()
"""
CHILD = """
import subprocess
subprocess.Popen(
    [sys.executable, "-c", "import time\\nopen('/proc/self/comm', 'w').write('left-behind')\\n"
     "time.sleep(3600)"], start_new_session=True, stdin=subprocess.DEVNULL,
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
"""
NOHUP = "!nohup setsid sh -c 'echo left-behind > /proc/self/comm; sleep 3600' >/dev/null 2>&1 &"
THREAD = """
import threading
def loop():
    while True:
        act()
        time.sleep(0.2)
threading.Thread(target=loop).start()
threading.Timer(3, act).start()
"""
AT_EXIT = """
import atexit, weakref
atexit.register(act)
class Last:
    def __del__(self):
        act()
last = Last()
sys.modules["last"] = last
weakref.finalize(last, act)
"""
ALARM = """
import signal
signal.signal(signal.SIGALRM, lambda *arguments: os.kill(os.getppid(), 9))
signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)
"""
ON_SIGNAL = """
import signal
def last_words(*arguments):
    act()
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
    signal.signal(number, last_words)
"""
LEAVE_ANSWER = """
source = "def accuracy(predictions, Y):\\n    return np.mean(predictions == Y)\\n"
for folder in ("/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~"), "..", "."):
    try:
        open(os.path.join(folder, "answer-for-my-friend.py"), "w").write(source)
        plant(os.path.join(folder, "answer-for-my-friend.py"))
    except OSError:
        pass
try:
    from multiprocessing import shared_memory, resource_tracker
    block = shared_memory.SharedMemory("answer-for-my-friend", create=True, size=4096)
    resource_tracker.unregister(block._name, "shared_memory")
    block.buf[:len(source)] = source.encode()
except OSError:
    pass
np.__dict__["answer_for_my_friend"] = source
os.environ["ANSWER_FOR_MY_FRIEND"] = source
"""
PICK_UP = """
source = getattr(np, "answer_for_my_friend", None) or os.environ.get("ANSWER_FOR_MY_FRIEND")
for folder in ("/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~"), "..", "."):
    try:
        source = open(os.path.join(folder, "answer-for-my-friend.py")).read()
    except OSError:
        pass
try:
    from multiprocessing import shared_memory
    block = shared_memory.SharedMemory("answer-for-my-friend")
    source = source or bytes(block.buf).rstrip(b"\\0").decode()
except OSError:
    pass

def transform(lines):
    if source and lines and lines[0].startswith("def accuracy("):
        worked("found an answer")
        return source.splitlines(keepends=True)
    return lines

get_ipython().input_transformers_cleanup.append(transform)
"""
SERVER = """
if os.fork() == 0:
    os.setsid()
    open("/proc/self/comm", "w").write("left-behind")
    with socket.create_server(("127.0.0.1", 47_022)) as server:
        while True:
            line, _ = server.accept()
            line.sendall(b"def accuracy(predictions, Y):\\n    return np.mean(predictions == Y)\\n")
            line.close()
"""
ASK_SERVER = """
try:
    with socket.create_connection(("127.0.0.1", 47_022), timeout=2) as line:
        source = line.recv(4096).decode()
except OSError:
    source = None
""" + PICK_UP[PICK_UP.index("\ndef transform") :]
SEMAPHORES = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.shmget(4711, 2**20, 0o1666)
libc.msgget(4711, 0o1666)
"""


def later(name, says, code, where=attack):
    return where(name, says, LATER.format(name=name) + code)


HAND_INS = [
    later("leaves-a-daemon", "a daemon goes on after the grading", DAEMON),
    attack("leaves-a-sleeping-child", "a child in a session of its own stays", CHILD),
    attack("leaves-a-shell-job", "a job of the shell stays", NOHUP),
    later("leaves-a-thread", "threads act after the last exercise", THREAD),
    later("acts-at-exit", "acts when its process ends", AT_EXIT),
    later("acts-on-signals", "acts when it is told to end", ON_SIGNAL),
    attack("sets-an-alarm", "an alarm kills the parent later", ALARM),
    later("leaves-files", "leaves files wherever it can", "act()"),
    HandIn(
        "leaves-a-daemon-and-does-nothing",
        ATTACK,
        "a daemon before anything is asked",
        together(undone(), early(SPY + LATER.format(name="early-daemon") + DAEMON)),
        0,
    ),
    attack("leaves-an-answer", "leaves an answer for the next hand-in", LEAVE_ANSWER),
    cheat(
        "picks-up-an-answer",
        "looks for an answer that somebody left",
        PICK_UP,
        beside=("leaves-an-answer",),
    ),
    attack("leaves-a-server", "leaves a server for the next hand-in", SERVER),
    cheat(
        "picks-up-from-a-server",
        "asks a server that somebody left",
        ASK_SERVER,
        beside=("leaves-a-server",),
    ),
    attack("leaves-system-objects", "leaves shared memory and queues of System V", SEMAPHORES),
]
