"""The page on this machine's own address: for one person, who has its token, and for nobody else.

The page itself holds nothing. All that it shows it asks for with the token in a header, which no
other page can send. What names another host than ours, as a rebound name does, gets no answer.
"""

import hmac
import http.server
import json
import secrets
import sys
from typing import Any

from autograders import Refused
from autograders.answers import page
from autograders.answers.desk import Desk
from autograders.grading.marks import Otherwise

HOST = "127.0.0.1"
LONGEST = 200_000  # bytes of what the page may send
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
NOT_JSON = "What the page sent is no JSON object."


class Server(http.server.ThreadingHTTPServer):
    """Serves the page until it is shut down.

    Parameters
    ----------
    desk : Desk
    port : int
        0 takes any that is free.
    """

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.desk, self.token = desk, secrets.token_urlsafe(32)
        super().__init__((HOST, port), Handler)

    @property
    def address(self) -> str:
        """What to open: the token stands behind the #, so that it is in no log."""
        return f"http://{HOST}:{self.server_port}/#{self.token}"

    @property
    def hosts(self) -> tuple[str, str]:
        """What a browser may call us."""
        return f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where a page was closed before it had its answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    server_version, sys_version = "answers", ""
    timeout = 60  # seconds for what somebody sends

    def do_GET(self) -> None:
        """Give the page, or what it shows."""
        if not self._is_for_us():
            return
        if self.path == "/":
            nonce = secrets.token_urlsafe(16)
            text = page.made(nonce)
            self._answer(200, text.encode(), "text/html", POLICY.format(nonce=nonce))
        elif self.path == "/answers" and self._is_allowed():
            self._do(lambda _: self.server.desk.shown(), {})
        elif self.path != "/answers":
            self._answer(404)

    def do_POST(self) -> None:
        """Save marks, or keep what is being typed."""
        if not (self._is_for_us() and self._is_allowed()):
            return
        run = {"/save": self.server.desk.save, "/draft": self.server.desk.draft}.get(self.path)
        if run is None:
            self._answer(404)
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LONGEST:
            self._answer(413)
            return
        try:
            told = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            told = None
        if isinstance(told, dict):
            self._do(run, told)
        else:
            self._json(400, {"problem": NOT_JSON})

    def _do(self, run: Any, told: dict[str, Any]) -> None:
        try:
            self._json(200, run(told))
        except Otherwise:
            self._json(409, self.server.desk.state(told))
        except Refused as refused:
            self._json(400, {"problem": str(refused)})

    def _is_for_us(self) -> bool:
        """Refuse what was meant for another host, or comes from another page."""
        hosts = self.server.hosts
        origin = self.headers.get("Origin")
        own = origin is None or origin in [f"http://{host}" for host in hosts]
        if self.headers.get("Host") in hosts and own:
            return True
        self._answer(421)
        return False

    def _is_allowed(self) -> bool:
        given = self.headers.get("X-Token", "")
        if hmac.compare_digest(given.encode("utf-8", "replace"), self.server.token.encode()):
            return True
        self._answer(403)
        return False

    def _json(self, status: int, data: Any) -> None:
        self._answer(status, json.dumps(data).encode(), "application/json")

    def _answer(
        self, status: int, body: bytes = b"", kind: str = "text/plain", policy: str = ""
    ) -> None:
        self.send_response(status)
        headers = {**HEADERS, "Content-Type": f"{kind}; charset=utf-8"}
        headers["Content-Security-Policy"] = policy or "default-src 'none'"
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""
