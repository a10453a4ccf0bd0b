"""A box in which a notebook runs as in a kernel: what it shows, what it reaches, what ends it."""

import socket
import threading

import pytest

from autograders.sandbox import plain
from autograders.sandbox.limits import Limits
from autograders.sandbox.plain import Room

LIMITS = Limits(patience=2.0)


@pytest.fixture(scope="module")
def start(box, tmp_path_factory):
    """Return a function that starts a process in a room."""
    cache = str(tmp_path_factory.mktemp("cache"))
    started = []

    def start(**room):
        started.append(plain.start(LIMITS, Room(cache=cache, **room)))
        return started[-1]

    yield start
    for each in started:
        each._socket.close()
    plain.close()


@pytest.fixture
def process(start):
    made = start(modules=("matplotlib.pyplot",))
    yield made
    made.close()


def kinds(process, source, seconds=10):
    return [each["output_type"] for each in process.cell(source, seconds)]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("x = 1", []),
        ("1 + 1", ["execute_result"]),
        ("print(1)", ["stream"]),
        ("1 / 0", ["error"]),
        ("import sys; sys.exit(1)", ["error", "stream"]),
        ("exit()", []),
        ("input()", ["error"]),
        ("await __import__('asyncio').sleep(0)", []),
        ("import matplotlib.pyplot as plt; plt.plot([1]);", ["display_data"]),
        ("from tqdm.auto import tqdm\nfor _ in tqdm([1]): pass", ["display_data"]),
        ("print('x' * 3_000_000)\n1 / 0", ["stream", "error"]),
        ("print('x' * 3_000_000)\n0.5", ["stream", "execute_result"]),
        ("__import__('IPython').display.display('x' * 3_000_000); 0.5", ["execute_result"]),
        ("raise ValueError('x' * 3_000_000)", ["error"]),
        ("import box", ["error"]),
        ("import lab", ["error"]),
    ],
)
def test_it_shows_what_a_kernel_shows(process, source, shown):
    assert kinds(process, source) == shown


def test_programs_write_to_two_streams(process):
    found = process.cell("import os\nos.system('echo a; echo b >&2');", 10)
    assert {each["name"]: each["text"] for each in found} == {"stdout": "a\n", "stderr": "b\n"}


def test_files_lie_beside_the_notebook(process):
    process.put({"helper.py": b"two = 2", "data/a.csv": b"1"})
    found = process.cell("import helper\nhelper.two, open('data/a.csv').read()", 10)
    assert found[0]["data"]["text/plain"] == "(2, '1')"


@pytest.mark.parametrize("source", ["while True: pass", "import time; time.sleep(60)"])
def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_one_runs(process, source):
    assert kinds(process, f"x = 1\n{source}", 0.2) == ["error"]
    assert kinds(process, "x") == ["execute_result"]


def test_an_interruption_that_is_caught_fails_the_cell_all_the_same(process):
    source = "import time\ntry: time.sleep(60)\nexcept KeyboardInterrupt: print('caught')"
    assert kinds(process, source, 0.2) == ["stream", "error"]


@pytest.fixture(scope="module")
def address():
    """Where a server of this machine listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=[server], daemon=True).start()
        yield server.getsockname()


def _accept(server):
    while True:
        try:
            server.accept()[0].close()
        except OSError:
            return


@pytest.mark.parametrize("network", [True, False])
def test_the_network_is_one_setting(start, address, network):
    made = start(network=network)
    shown = kinds(made, f"__import__('socket').create_connection({address!r}).close()")
    assert shown == ([] if network else ["error"])
    made.close()


def test_a_folder_is_read_and_not_written(start, tmp_path):
    (tmp_path / "a.txt").write_text("there")
    tmp_path.chmod(0o755)
    made = start(folders=(str(tmp_path),))
    assert made.cell(f"open('{tmp_path}/a.txt').read()", 10)[0]["data"]["text/plain"] == "'there'"
    assert kinds(made, f"open('{tmp_path}/b.txt', 'w')") == ["error"]
    made.close()
