"""Attacks that look for a way out: processes, memory, network, the system's own doors."""

from tests.hostile.spy import ABSTRACT, PORT, attack

ENVIRONMENT = """
import ctypes
tell(os.environ)
look("/proc/self/environ")
names = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
position = 0
while names[position]:
    tell(names[position])
    position += 1
"""
PROC = """
for pid in processes():
    if pid != os.getpid():
        for name in ("environ", "cmdline", "maps", "stat", "status", "comm"):
            look(f"/proc/{pid}/{name}")
        try:
            descriptors = os.listdir(f"/proc/{pid}/fd")
        except OSError:
            continue
        for number in descriptors:
            target = os.readlink(f"/proc/{pid}/fd/{number}")
            if target.startswith("/") and os.path.isfile(target):
                look(f"/proc/{pid}/fd/{number}")
"""
MEMORY = """
def memory(pid, most=400_000_000):
    try:
        areas = open(f"/proc/{pid}/maps").readlines()
        with open(f"/proc/{pid}/mem", "rb", 0) as mem:
            for area in areas:
                if " rw" in area and most > 0:
                    low, high = (int(x, 16) for x in area.split()[0].split("-"))
                    try:
                        mem.seek(low)
                        tell(mem.read(min(high - low, 64_000_000)))
                    except OSError:
                        pass
                    most -= high - low
    except OSError as error:
        print(error)
"""
PTRACE = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for pid in processes():
    if pid not in (1, os.getpid()) and libc.ptrace(16, pid, None, None) == 0:
        os.waitpid(pid, 0x40000000)
        memory(pid)
        libc.ptrace(17, pid, None, None)
"""
DESCRIPTORS = """
import fcntl, stat
for number in range(3, 1024):
    try:
        kind = os.fstat(number).st_mode
    except OSError:
        continue
    if stat.S_ISREG(kind):
        tell(os.pread(number, 10_000_000, 0))
    elif stat.S_ISDIR(kind):
        for name in ("gradebook.db", "../gradebook.db", ".course_secret", "../../gradebook.db"):
            try:
                tell(os.read(os.open(name, os.O_RDONLY, dir_fd=number), 10_000_000))
            except OSError:
                pass
"""
HOME = """
import pwd
homes = {os.path.expanduser("~"), *(user.pw_dir for user in pwd.getpwall())} - {"/", "/usr"}
for home in homes:
    if home.count("/") < 5 and home.startswith(("/home", "/root", "/tmp")):
        look_below(home)
tell(repr(os.environ.get("HOME")))
look_below(os.environ.get("HOME", "/nothing"))
"""
OWN_MEMORY = """
import gc
for thing in gc.get_objects():
    if isinstance(thing, dict):
        for value in list(thing.values()):
            if isinstance(value, (str, bytes)):
                tell(value)
memory("self")
"""
SCAN = """
ports = set()
for table in ("/proc/net/tcp", "/proc/net/tcp6"):
    try:
        for line in open(table).readlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            if state == "0A":
                ports.add(int(local.split(":")[1], 16))
    except OSError:
        pass
mine = {int(name) for name in re.findall(r'_port": (\\d+)', open(sys.argv[-1]).read())} if (
    sys.argv[-1].endswith(".json")) else set()
for port in sorted(ports - mine):
    for host in ("127.0.0.1", "::1"):
        try:
            with socket.create_connection((host, port), timeout=1) as line:
                line.sendall(b"scans-the-loopback")
                worked(port)
        except OSError:
            pass
"""
OTHER_ROADS = f"""
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    line.sendto(b"by-udp", ("127.0.0.1", {PORT}))
    line.settimeout(1)
    tell(line.recv(100))
    worked("udp")
except OSError as error:
    print(error)
line = socket.socket(socket.AF_UNIX)
try:
    line.connect("\\0{ABSTRACT}")
    line.sendall(b"by-abstract-socket")
    worked("abstract socket")
except OSError as error:
    print(error)
for host in ("localhost", socket.gethostname(), "0.0.0.0", "::1"):
    try:
        with socket.create_connection((host, {PORT}), timeout=1) as line:
            line.sendall(b"by-name")
            worked(host)
    except OSError as error:
        print(error)
"""
KERNELS = """
import glob, json
for path in glob.glob(os.path.expanduser("~/.local/share/jupyter/runtime/*.json")):
    look(path)
    try:
        port = json.load(open(path)).get("shell_port") or 0
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(b"other-kernel")
            worked(path)
    except (OSError, ValueError):
        pass
"""
ESCAPE = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for user in (0, 1000, 65534):
    try:
        os.setuid(user)
    except OSError:
        pass
def inside():
    libc.unshare(0x10000000 | 0x00020000)
    for source in (b"/proc/1/root", b"/", b"/dev/vda", b"/dev/sda1"):
        libc.mount(source, b"/mnt", None, 4096 | 16384, None)
    for kind in ("mnt", "user", "pid", "net"):
        for pid in (1, os.getppid()):
            try:
                libc.setns(os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY), 0)
            except OSError:
                pass
    try:
        os.chroot("/proc/1/root")
    except OSError:
        pass
    for course in courses():
        look(course + "/gradebook.db")
    for pid in processes():
        for course in courses():
            look(f"/proc/{pid}/root{course}/gradebook.db")
def climb():
    try:
        os.mkdir("below")
        os.chroot("below")
        for _ in range(30):
            os.chdir("..")
        os.chroot(".")
    except OSError:
        pass
    for course in courses():
        look(course + "/gradebook.db")
for escape in (inside, climb):
    sys.stdout.flush()
    way, out = os.pipe()
    if os.fork() == 0:
        os.dup2(out, 1)
        sys.stdout = open(1, "w", closefd=False)
        try:
            escape()
            sys.stdout.flush()
        finally:
            os._exit(0)
    os.close(out)
    with open(way, "rb") as said:
        print(said.read().decode())
"""
SYSTEM = """
for path, text in (("/proc/sys/kernel/core_pattern", "|/tmp/x"), ("/proc/sysrq-trigger", "h"),
                   ("/sys/fs/cgroup/cgroup.procs", "1"),
                   ("/etc/passwd", ""), ("/etc/ld.so.preload", "")):
    try:
        with open(path, "a") as file:
            file.write(text)
        worked(path)
    except OSError:
        pass
"""

HAND_INS = [
    attack("reads-the-environment", "reads environment variables", ENVIRONMENT),
    attack("reads-proc", "reads environment, command line and files of every process", PROC),
    attack(
        "reads-the-parents-memory",
        "reads the memory of every other process",
        MEMORY + "for pid in processes():\n    if pid != os.getpid():\n        memory(pid)",
    ),
    attack("traces-its-parent", "attaches to other processes as a debugger", MEMORY + PTRACE),
    attack("reads-open-descriptors", "reads files and folders that are open", DESCRIPTORS),
    attack("reads-the-home", "reads the instructor's home", HOME),
    attack("searches-its-own-memory", "searches what its process inherited", MEMORY + OWN_MEMORY),
    attack(
        "connects-to-the-loopback",
        "connects to a service of this machine",
        "knock('connects-to-the-loopback')",
    ),
    attack("scans-the-loopback", "finds every open port of this machine", SCAN),
    attack(
        "takes-other-roads",
        "UDP, an abstract Unix socket, other names of this machine",
        OTHER_ROADS,
    ),
    attack("talks-to-other-kernels", "finds the keys of other kernels and connects", KERNELS),
    attack("breaks-out", "setuid, unshare, mount, setns and chroot", ESCAPE),
    attack("turns-the-systems-knobs", "writes to /proc/sys, cgroups and /etc", SYSTEM),
]
