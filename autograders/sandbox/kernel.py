"""The portable way to a student's process: a standard Jupyter kernel.

It holds time and memory, and nothing else: the kernel runs as the user who grades.
"""

import base64
import contextlib
import os
import queue
import shutil
import signal
import sys
import tempfile
import time
from typing import Any

import psutil
import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import LocalProvisioner

from autograders.course import kit
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Lost, OwnFault
from autograders.sandbox.watch import LOOK_EVERY, Tree, Watch
from lab.judge.problems import Kind

KERNEL = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
ARGUMENTS = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=50"]
NOT_STARTED = "the hand-in's kernel did not start"
STARTS_WITHIN = 60.0
SETUP = """
def set_up(memory):
    import os, sys
    sys.path[:0] = [os.getcwd()]
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except ImportError:
        pass
    # quit() and exit() would end the kernel a moment later, in a cell that did not ask for it
    type(get_ipython()).ask_exit = lambda shell: None
    from lab.judge.answer import draw_alike
    draw_alike()
set_up({memory})
del set_up
"""
ANSWER = "__import__('lab.judge.answer', fromlist=['kernel']).kernel({question!r})"
KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


class KernelProcess:
    """One kernel, in a scratch folder of its own with the kit in it.

    Parameters
    ----------
    limits : Limits
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._folder = tempfile.mkdtemp(prefix="hand-in-")
        kit.travel(self._folder)
        self._context = zmq.Context()
        self._context.setsockopt(zmq.MAXMSGSIZE, 2 * limits.answer)
        self._manager = KernelManager(kernel_name="python3", context=self._context)
        # jupyter_client would look for kernels in the user's own folders
        if self._manager.kernel_spec is not None:
            self._manager.kernel_spec.argv = [sys.executable, *KERNEL, *ARGUMENTS]
        self._manager.start_kernel(
            cwd=self._folder, env=_environment(self._folder), start_new_session=True
        )
        provisioner = self._manager.provisioner
        if not isinstance(provisioner, LocalProvisioner) or provisioner.process is None:
            raise OwnFault(NOT_STARTED)
        self._started = provisioner.process
        self._process = psutil.Process(self._started.pid)
        self._tree = Tree(self._process.pid, counted=True, shared=False)
        self._watch = _Watch(self._tree, self._process, limits)
        self._client: BlockingKernelClient = self._manager.client()
        self._client.start_channels()
        try:
            self._client.wait_for_ready(timeout=STARTS_WITHIN)
            setup = SETUP.format(memory=2 * limits.memory)
            self._request(setup, STARTS_WITHIN, silent=True)
        except (RuntimeError, Lost):
            self.close()
            raise OwnFault(NOT_STARTED) from None
        self._watch = _Watch(self._tree, self._process, limits)
        self._watch.read()  # its start is not the student's

    @property
    def spent(self) -> float:
        """The time that it has used, in seconds as `Limits` counts them."""
        return self._watch.spent

    def run(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run a cell as Jupyter does; return its outputs as nbformat has them."""
        found, _ = self._request(source, seconds)
        return found

    def ask(self, question: bytes, seconds: float) -> bytes:
        """Return the answer to a packed question; see `lab.judge.answer`."""
        code = ANSWER.format(question=base64.b64encode(question).decode())
        _, reply = self._request("", seconds, silent=True, user_expressions={"answer": code})
        answer = reply.get("user_expressions", {}).get("answer", {})
        text = answer.get("data", {}).get("text/plain", "")
        if len(text) > 2 * self._limits.answer:
            raise Lost(Kind.TOO_MUCH_BACK, megabytes=self._limits.answer / 1e6)
        try:
            return base64.b64decode(text, validate=True)
        except ValueError:
            return b""

    def close(self) -> None:
        """Kill the kernel and its children, and remove its folder."""
        tree = self._tree.processes()
        self._client.stop_channels()
        with contextlib.suppress(OSError, AttributeError):  # gone, or a system without groups
            os.killpg(self._process.pid, signal.SIGKILL)
        for process in tree:
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._started.wait()
        self._manager.cleanup_connection_file()
        self._manager.cleanup_resources(restart=False)
        self._context.destroy(linger=0)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _request(
        self, source: str, seconds: float, **options: Any
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Run code; return its outputs and the reply's content, or raise `Lost`."""
        watch = self._watch
        watch.begin(seconds)
        silent = options.get("silent", False)
        request = self._client.execute(
            source, store_history=not silent, allow_stdin=False, **options
        )
        found: list[dict[str, Any]] = []
        reply: dict[str, Any] | None = None
        idle, room = False, self._limits.answer
        try:
            while reply is None or not idle:
                message = self._next(request)
                if message is None:
                    watch.look()
                    if reply is not None and watch.quiet > 1.0:
                        break  # what said that the cell is done was dropped under a flood
                    continue
                watch.quiet_since = time.monotonic()
                kind, content = message
                if kind == "execute_reply":
                    reply = content
                elif kind == "status":
                    idle = content.get("execution_state") == "idle"
                elif room > 0:
                    room -= _add(found, kind, content)
        finally:
            watch.end()
        return found, reply or {}

    def _next(self, request: str) -> tuple[str, dict[str, Any]] | None:
        """Return (kind, content) of the next message about a request, or None for now."""
        for channel in (self._client.iopub_channel, self._client.shell_channel):
            try:
                message = channel.get_msg(timeout=0)
            except queue.Empty:
                continue
            except Exception:  # noqa: S112 - a forged or broken frame: no message
                continue
            if message.get("parent_header", {}).get("msg_id") == request:
                return message["header"].get("msg_type"), message.get("content", {})
            return "other", {}
        self._client.iopub_channel.socket.poll(1000 * LOOK_EVERY / 5)
        return None


class _Watch(Watch):
    """Looks at a kernel, which may be gone, or be flooded with what a cell shows."""

    def __init__(self, tree: Tree, process: psutil.Process, limits: Limits) -> None:
        self._process = process
        super().__init__(tree.used, limits)

    def begin(self, seconds: float) -> None:
        """Begin a request that may take so many seconds, as `Limits` counts time."""
        super().begin(seconds)
        self.quiet_since = self._start

    @property
    def quiet(self) -> float:
        """For how many seconds nothing has been heard of it."""
        return time.monotonic() - self.quiet_since

    def look(self) -> None:
        """Raise `Lost` where the process is gone, or over its limits."""
        if not self._process.is_running() or self._process.status() == psutil.STATUS_ZOMBIE:
            raise Lost(Kind.DIED)
        super().look()


def _add(found: list[dict[str, Any]], kind: str, content: dict[str, Any]) -> int:
    """Add what a message shows to the outputs; return how many characters it takes."""
    if kind == "clear_output":
        found.clear()
        return 0
    if kind == "update_display_data":
        for output in found:
            if _handle(output) == _handle(content) != "":
                output.update(data=content.get("data"), metadata=content.get("metadata"))
        return len(str(content))
    if kind not in ("stream", "display_data", "execute_result", "error"):
        return 0
    output = {"output_type": kind, **content}
    found.append(output)
    return len(str(content))


def _handle(content: dict[str, Any]) -> str:
    """Return by what a cell may change what it displays later on."""
    transient = content.get("transient")
    return str(transient.get("display_id") or "") if isinstance(transient, dict) else ""


def _environment(folder: str) -> dict[str, str]:
    """Return an environment that names nothing of the instructor's."""
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    own = {"HOME": folder, "TMPDIR": folder, "IPYTHONDIR": folder, "MPLCONFIGDIR": folder}
    threads = {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    return {**environment, **own, **threads, "JUPYTER_CONFIG_DIR": folder}
