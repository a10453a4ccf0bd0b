"""What the attacks share: code that a student would paste into a cell, and where it knocks."""

from tests.hostile.handins import ATTACK, HandIn, early, scratch, together, undone, wrong

PORT = 47_011
"""Where the canaries listen on the box's own loopback, by TCP and UDP."""

ABSTRACT = "course-service"
"""The name of their Unix socket in the abstract namespace."""

SPY = f'''
import os, re, socket, sys, time

def tell(data):
    """Print the secrets that stand in some bytes."""
    data = data if isinstance(data, bytes) else str(data).encode("utf-8", "replace")
    for secret in sorted(set(re.findall(rb"canary-[a-z]+-[0-9a-f]{{16}}|[0-9a-f]{{64}}", data))):
        print(secret.decode())

def worked(*what):
    print("it", "worked", sep="-")
    print(*what)

def look(path):
    """Read a file and tell its secrets."""
    try:
        with open(path, "rb") as file:
            tell(file.read(30_000_000))
    except (OSError, ValueError):
        pass

def look_below(folder, most=2000):
    for path, folders, files in os.walk(folder):
        for name in files:
            most -= 1
            if most < 0:
                return
            look(os.path.join(path, name))

def plant(path):
    """Leave a file behind."""
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "a") as file:
            file.write("\\n# " + "-".join(["planted", "by", "a", "hand", "in"]) + "\\n")
    except OSError:
        pass

def processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]

def knock(name):
    """Reach a service of this machine."""
    with socket.create_connection(("127.0.0.1", {PORT}), timeout=3) as line:
        line.sendall(name.encode())
        worked("connected")

def courses():
    """Yield the folders that look like a course."""
    starts = [os.getcwd(), os.path.expanduser("~"), *sys.path]
    starts += [part for value in os.environ.values() for part in value.split(":") if "/" in part]
    for pid in processes():
        for link in ("cwd", "root"):
            try:
                starts.append(os.readlink(f"/proc/{{pid}}/{{link}}"))
            except OSError:
                pass
    seen = set()
    for start in starts:
        folder = os.path.realpath(start or ".")
        while folder not in seen:
            seen.add(folder)
            if os.path.isdir(os.path.join(folder, "submitted")):
                yield folder
            folder = os.path.dirname(folder)
    end = time.time() + 4
    for top in ("/tmp", "/home", "/root", "/srv", "/mnt", "/var/tmp", "/work"):
        for folder, below, files in os.walk(top):
            if time.time() > end or folder.count("/") > 5:
                below.clear()
            if "submitted" in below and folder not in seen:
                seen.add(folder)
                yield folder
'''


def spy(code):
    """Add a scratch cell at the end that may use the functions above."""
    return scratch(SPY + code)


def attack(name, says, code, points=16, **others):
    """Return an attack in a scratch cell at the end, beside right answers."""
    return HandIn(name, ATTACK, says, spy(code), points, **others)


def cheat(name, says, *codes, **others):
    """Return an attack in cells before the exercises, none of which is answered."""
    prepare = together(undone(), early(SPY + codes[0], *codes[1:]))
    return HandIn(name, ATTACK, says, prepare, 0, **others)


def fraud(name, says, code, **others):
    """Return an attack in a cell before the exercises, all of which are answered wrongly."""
    return HandIn(name, ATTACK, says, together(wrong(), early(SPY + code)), 0, **others)
