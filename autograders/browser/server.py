"""A JupyterLab server with settings of its own, apart from those of whoever starts it."""

import contextlib
import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import time
from typing import Any

from autograders import Refused

STARTS_WITHIN = 60  # seconds
STOPS_WITHIN = 10
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"

NEWS = "@jupyterlab/apputils-extension/notification"
THEME = "@jupyterlab/apputils-extension/themes"
NOTEBOOK = "@jupyterlab/notebook-extension/tracker"
SETTINGS: dict[str, dict[str, Any]] = {
    # no pop-up that asks whether to fetch news
    NEWS: {"fetchNews": "false", "checkForUpdates": False},
    # all cells are in the page, also those out of view
    NOTEBOOK: {"windowingMode": "none"},
}

NOT_STARTED = "JupyterLab did not start. The end of what it wrote:\n{log}"


class Server:
    """A running JupyterLab.

    Attributes
    ----------
    url : str
        Its address, with a slash at the end.
    token : str
        What opens it.
    folder : pathlib.Path
        What it serves.
    """

    def __init__(self, url, token, folder, settings):
        self.url, self.token, self.folder = url, token, folder
        self._settings = settings

    def address(self, path=""):
        """Return the address that opens a file below the folder or none, in a clean workspace."""
        tree = f"/tree/{path}" if path else ""
        return f"{self.url}lab{tree}?reset&token={self.token}"

    def set(self, plugin, **values):
        """Change settings of one of JupyterLab's plugins; a page that is loaded later has them."""
        file = self._settings / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        old = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        file.write_text(json.dumps({**old, **values}), encoding="utf-8")


@contextlib.contextmanager
def serve(folder, *arguments, environment=None):
    """Run JupyterLab on a folder while the block runs.

    Parameters
    ----------
    folder : pathlib.Path
        What it serves, and where it runs.
    *arguments : str
        More of them for ``jupyter lab``.
    environment : dict of str to str, optional
        What differs from this process's environment.

    Yields
    ------
    Server

    Raises
    ------
    Refused
        If it does not start, with the end of what it wrote.
    """
    folder, token = pathlib.Path(folder).resolve(), secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as temporary:
        own = pathlib.Path(temporary)
        running = {**os.environ, **_apart(own), **(environment or {})}
        command = [
            *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"),
            "--ServerApp.port=0",
            f"--ServerApp.root_dir={folder}",
            f"--IdentityProvider.token={token}",
            *arguments,
        ]
        log = own / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(command, cwd=folder, env=running, stdout=out, stderr=out)
        try:
            url = _url(process, own / "runtime", log)
            server = Server(url, token, folder, own / "settings")
            for plugin, values in SETTINGS.items():
                server.set(plugin, **values)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _apart(own):
    """Return an environment whose settings, history and run files lie in a folder of its own."""
    return {
        # commands of the same environment, such as nbgrader, are found first
        "PATH": os.pathsep.join([str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "IPYTHONDIR": str(own / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _url(process, runtime, log):
    """Wait for the file in which the server says where it listens."""
    file = runtime / f"jpserver-{process.pid}.json"
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, ValueError):
            return json.loads(file.read_text(encoding="utf-8"))["url"]
        time.sleep(0.05)
    text = log.read_text(encoding="utf-8", errors="replace")
    raise Refused(NOT_STARTED.format(log=text[-2000:]))
