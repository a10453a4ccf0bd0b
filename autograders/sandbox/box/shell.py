"""IPython without a kernel: runs a cell and keeps what it shows."""

import ast
import asyncio
import base64
import builtins
import os
import sys
import warnings
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, NoReturn, TypeVar

from IPython.core.autocall import ZMQExitAutocall
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Instance, default
from traitlets.config import Config

MOST_SHOWN = 2_000_000  # characters that a cell may show
TELLING = ("error", "execute_result")
"""What is kept, cut, of a cell that has shown too much: scores may depend on it."""
LONGEST_KEPT = 1_000  # characters of it
MOST_KEPT = 10
NO_INPUT = "raw_input was called, but this frontend does not support input requests."


Output = dict[str, Any]
"""An output as nbformat has it."""


class Shown:
    """The outputs of the cell that runs, as nbformat has them."""

    def __init__(self) -> None:
        self.outputs: list[Output] = []
        self.room = MOST_SHOWN
        self._handles: dict[str, Output] = {}
        self._kept = 0

    def begin(self) -> None:
        """Forget the outputs of the cell before."""
        self.outputs, self.room, self._handles = [], MOST_SHOWN, {}
        self._kept = 0

    def add(self, output: Output, size: int) -> None:
        """Keep an output while there is room."""
        if self.room > 0 and size <= MOST_SHOWN:
            self.outputs.append(output)
        elif output["output_type"] in TELLING and self._kept < MOST_KEPT:
            self._kept += 1
            self.outputs.append(_shortened(output))
        self.room -= size

    def write(self, name: str, text: str) -> None:
        """Add to a stream, up to what a cell may show."""
        text = text[: max(self.room, 0)]
        if not text:
            return
        self.room -= len(text)
        last: Output = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})

    def display(
        self, kind: str, data: dict[str, str], metadata: Output | None, handle: str = ""
    ) -> None:
        """Add what a cell displays, or its result."""
        size = sum(len(value) for value in data.values() if isinstance(value, str))
        output = {"output_type": kind, "data": data, "metadata": metadata or {}}
        self.add(output, size)
        if handle:
            self._handles[handle] = output

    def update(self, handle: str, data: dict[str, str], metadata: Output | None) -> None:
        """Put other data into what this cell displays under a handle."""
        if output := self._handles.get(handle):
            output.update(data=data, metadata=metadata or {})


def _shortened(output: Output) -> Output:
    """Return what is kept of an output for which there is no room."""
    if output["output_type"] == "error":
        return {**output, "evalue": output["evalue"][:LONGEST_KEPT], "traceback": []}
    text = output["data"].get("text/plain", "")[:LONGEST_KEPT]
    return {**output, "data": {"text/plain": text}}


SHOWN = Shown()
_USUAL = TransformerManager()
Result = TypeVar("Result")
WRITTEN = {1: "stdout"}
"""The files that take what programs write, and as which stream it is shown."""
_LOOPS: dict[int, asyncio.AbstractEventLoop] = {}
"""The event loop by the process that made it: a fork cannot use its parent's."""


class Stream:
    """What stands for sys.stdout and sys.stderr."""

    encoding, errors, closed = "utf-8", "strict", False

    def __init__(self, name: str) -> None:
        self.name, self._process = name, os.getpid()

    def write(self, text: str) -> int:
        """Take text as a file does; return its length."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() == self._process:
            SHOWN.write(self.name, text)
        else:  # a fork, whose memory nobody reads
            os.write(self.fileno(), text.encode("utf-8", "replace"))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write lines one after the other."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        """No terminal reads this."""
        return False

    def writable(self) -> bool:
        """Text can be written."""
        return True

    def readable(self) -> bool:
        """Nothing can be read."""
        return False

    def fileno(self) -> int:
        """Return the number that the stream has in any process."""
        return 1 if self.name == "stdout" else 2


class Publisher(DisplayPublisher):
    """Keeps what `display` shows."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **options: Any) -> None:
        handle = str((options.get("transient") or {}).get("display_id") or "")
        if options.get("update"):
            SHOWN.update(handle, _plain(data), metadata)
        else:
            SHOWN.display("display_data", _plain(data), metadata, handle)

    def clear_output(self, wait: bool = False) -> None:
        SHOWN.begin()


class Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        """There is no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        SHOWN.display("execute_result", _plain(format_dict), md_dict)

    def finish_displayhook(self) -> None:
        self._is_active = False


class Shell(InteractiveShell):
    """The shell of a notebook, as a kernel has it."""

    exiter = Instance(ZMQExitAutocall)
    keepkernel_on_exit: bool | None = None  # what a kernel's quit() sets

    @default("exiter")
    def _a_kernels(self) -> ZMQExitAutocall:
        return ZMQExitAutocall(self)

    def enable_gui(self, gui: Any = None) -> None:
        """There is no event loop: a figure is shown when its cell ends."""

    def ask_exit(self) -> None:
        """The notebook goes on, as it does in a kernel."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        try:
            text = str(evalue)
        except Exception:
            text = ""
        error = {"output_type": "error", "ename": str(etype.__name__), "evalue": text}
        SHOWN.add({**error, "traceback": list(stb)}, sum(map(len, stb)))


def build(kind: type[Shell] = Shell) -> Shell:
    """Return the shell; there is one in a process."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.cache_size = 1000
    shell = kind.instance(config=config, display_pub_class=Publisher, displayhook_class=Hook)
    vars(shell)["system"] = shell.system_raw
    shell.set_hook("show_in_pager", _no_pager)  # which is no part of a notebook
    _set_up(shell)
    return shell


def _set_up(shell: Shell) -> None:
    """Run cells, of which nothing stays but what the first of a kind sets up: no fork has to.

    The first error takes long to show: colours and the way to find sources are set up for it.
    """
    for source in ("pass", "1 / 0", "1 /"):
        shell.run_cell(source, store_history=False)
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)
    SHOWN.begin()


def settle(descriptor: int, errors: int | None = None) -> None:
    """Let this process write to the notebook instead of to its parent's files.

    Parameters
    ----------
    descriptor : int
        An open file that takes what programs write to descriptors 1 and 2.
    errors : int, optional
        One that takes what they write to 2.
    """
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(descriptor, 1)
    os.dup2(descriptor if errors is None else errors, 2)
    if errors is not None:
        WRITTEN[2] = "stderr"
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - stays open as long as the process
    vars(sys).update(stdout=Stream("stdout"), stderr=Stream("stderr"))
    vars(builtins)["input"] = _no_input


def run(shell: Shell, source: str) -> list[Output]:
    """Run a cell as a notebook does; return its outputs."""
    SHOWN.begin()
    for number in WRITTEN:
        os.lseek(number, 0, os.SEEK_SET)
        os.ftruncate(number, 0)
    within_loop(lambda: _cell(shell, source))
    for number, name in WRITTEN.items():
        size = min(os.fstat(number).st_size, MOST_SHOWN)
        if size:
            SHOWN.write(name, os.pread(number, size, 0).decode("utf-8", "replace"))
    return SHOWN.outputs


def within_loop(make: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run a coroutine in this process's event loop, in which a kernel runs all that it does."""
    if os.getpid() not in _LOOPS:
        _LOOPS.clear()  # a parent's
        _LOOPS[os.getpid()] = asyncio.new_event_loop()
    loop = _LOOPS[os.getpid()]
    asyncio.set_event_loop(loop)
    return loop.run_until_complete(make())


async def _cell(shell: Shell, source: str) -> None:
    """Run a cell as a kernel does: also one that only makes a task needs a loop that runs."""
    failed = None
    try:
        plain = is_plain(source) and _reads_as_usual(shell)
        code = _filtered(shell, ended(source)) if plain else shell.transform_cell(source)
    except Exception:
        code, failed = source, sys.exc_info()
    await shell.run_cell_async(
        source, store_history=True, transformed_cell=code, preprocessing_exc_tuple=failed
    )


def is_plain(source: str) -> bool:
    """Tell whether a cell is Python, which IPython takes long to leave as it is but for its end.

    It takes away blank lines above all others, and what may have been copied from a terminal.
    """
    if source[:1].isspace() or "In [" in source:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they come when the cell is compiled
            ast.parse(source)
    except Exception:  # all that a parser raises
        return False
    return True


def ended(source: str) -> str:
    """Return a cell with the end of its last line."""
    return source if source.endswith("\n") else source + "\n"


def _filtered(shell: Shell, code: str) -> str:
    """Return what a line alone becomes: `exit` and `quit` are called there."""
    if len(code.splitlines()) != 1 or shell.prefilter_manager is None:
        return code
    with shell.builtin_trap:
        return str(shell.prefilter_manager.prefilter_lines(code)) + "\n"


def _reads_as_usual(shell: Shell) -> bool:
    """Tell whether the notebook has not changed how its cells are read."""
    manager = shell.input_transformer_manager
    names = ("cleanup_transforms", "line_transforms", "token_transformers")
    usual = all(getattr(manager, name) == getattr(_USUAL, name) for name in names)
    return usual and not shell.input_transformers_post


def _plain(bundle: dict[str, Any]) -> dict[str, str]:
    return {kind: _text(value) for kind, value in bundle.items() if isinstance(value, str | bytes)}


def _text(value: str | bytes) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _no_pager(shell: Shell, *_: object, **options: object) -> None:
    """Show nothing: a notebook's pager is beside it."""


def _no_input(prompt: object = "") -> NoReturn:
    raise StdinNotImplementedError(NO_INPUT)
