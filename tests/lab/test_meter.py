"""The bar that only a waiting person sees."""

import jupyter_client.manager
import pytest

from lab import meter as module
from lab.meter import Meter


class Watched:
    """A person, a clock that a test moves, and what the person has seen."""

    def __init__(self, monkeypatch, attached):
        self.now, self.seen = 0.0, []
        monkeypatch.setattr(module.time, "perf_counter", lambda: self.now)
        monkeypatch.setattr(module, "attached", lambda: attached)
        monkeypatch.setattr(module, "display", self.display)

    def display(self, bundle, raw, display_id=None):
        self.seen.append(bundle["text/plain"])
        return self

    update = display

    def count(self, seconds_each):
        """Reach one of four at a time, as long as it takes, and end."""
        meter = Meter(4, "training")
        for done in range(1, 5):
            self.now += seconds_each
            meter.reach(done)
        meter.close()
        return self.seen


def test_a_long_wait_has_a_bar_that_goes_away(monkeypatch):
    assert Watched(monkeypatch, attached=True).count(seconds_each=0.3) == [
        "training  [########......................]   25 %",
        "training  [###############...............]   50 %",
        "training  [######################........]   75 %",
        "training  [##############################]  100 %",
        "",
    ]


@pytest.mark.parametrize(("attached", "seconds"), [(True, 0.24), (False, 0.3)])
def test_a_short_wait_or_nobody_waiting_has_none(monkeypatch, attached, seconds):
    assert Watched(monkeypatch, attached).count(seconds) == []


def test_a_wait_that_grows_long_gets_its_bar_late(monkeypatch):
    watched = Watched(monkeypatch, attached=True)
    meter = Meter(10, "training")
    for done, now in ((1, 0.05), (2, 0.15), (3, 0.9)):
        watched.now = now
        meter.reach(done)
    assert len(watched.seen) == 1


@pytest.fixture(scope="module")
def client(kernel):
    """A kernel's client."""
    manager, client = jupyter_client.manager.start_new_kernel(
        kernel_name="python3", extra_arguments=["--IPKernelApp.log_level=40"]
    )
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()


@pytest.mark.parametrize("person", [True, False])
def test_a_kernel_tells_a_person_from_a_program(client, person):
    """JupyterLab lets a cell ask for input; what runs notebooks by itself does not."""
    said = []
    reply = client.execute_interactive(
        "from lab.meter import attached; print(attached())",
        allow_stdin=person,
        timeout=60,
        output_hook=lambda message: said.append(message["content"].get("text", "")),
    )
    assert reply["content"]["status"] == "ok"
    assert "".join(said).strip() == str(person)


def test_outside_a_notebook_nobody_watches():
    assert module.attached() is False
