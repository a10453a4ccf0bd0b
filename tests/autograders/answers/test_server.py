"""The page's server: it answers one person on this machine."""

import http.client
import json
import threading

import pytest

from autograders.answers.server import HOST, Server


@pytest.fixture
def server(desk):
    with Server(desk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server, method, path, told=None, **headers):
    """Send a request; return its status and its body."""
    own = {"Host": server.hosts[0], "X-Token": server.token}
    headers = {**own, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection = http.client.HTTPConnection(HOST, server.server_port)
    body = told if told is None or isinstance(told, bytes) else json.dumps(told).encode()
    connection.putrequest(method, path, skip_host=True)
    for name, value in {**headers, "Content-Length": str(len(body or b""))}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, text, answer.headers


def test_it_listens_on_this_machine_alone(server):
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/#{server.token}"
    assert len(server.token) >= 43


def test_the_page_itself_holds_nothing(server):
    status, text, headers = ask(server, "GET", "/", X_Token="")
    assert status == 200
    assert server.token.encode() not in text and b"Because it is so" not in text
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY" and headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("token", ["", "x", "\u00e9", None])
def test_without_the_token_there_is_nothing(token, server, given):
    before = given()
    token = server.token[:-1] if token is None else token
    for method, path in (("GET", "/answers"), ("POST", "/save"), ("POST", "/draft")):
        told = {"id": next(iter(server.desk._groups)), "points": 3, "comment": ""}
        status, text, _ = ask(server, method, path, told, X_Token=token)
        assert (status, text) == (403, b"")
    assert given() == before


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_host_and_another_page_get_no_answer(method, headers, server):
    status, text, _ = ask(server, method, "/" if method == "GET" else "/save", {}, **headers)
    assert (status, text) == (421, b"")


def test_localhost_is_ours_too(server):
    host = server.hosts[1]
    assert ask(server, "GET", "/answers", Host=host, Origin=f"http://{host}")[0] == 200


@pytest.mark.parametrize("told", [b"", b"{", b"[]", b"3", b"\xff", b"[" * 100_000])
def test_what_is_no_object_is_refused(told, server):
    assert ask(server, "POST", "/save", told)[0] == 400


def test_what_is_too_long_is_not_read(server):
    status, _, _ = ask(server, "POST", "/save", b"", Content_Length="999999999")
    assert status in (400, 413)


@pytest.mark.parametrize("path", ["/answer", "/../gradebook.db", "/page.js", "/save"])
def test_there_is_nothing_else(path, server):
    assert ask(server, "GET", path)[0] == 404


def test_saving_and_a_conflict(server, given):
    _, text, _ = ask(server, "GET", "/answers")
    group = json.loads(text)["groups"][0]
    told = {"id": group["id"], "points": 3, "comment": "Yes.", "seen": group["seen"]}
    status, text, _ = ask(server, "POST", "/save", told)
    assert (status, json.loads(text)["points"]) == (200, 3)
    status, text, _ = ask(server, "POST", "/save", {**told, "points": 1})
    assert (status, json.loads(text)["points"]) == (409, 3)
    assert (3.0, "Yes.", False) in given().values()
    status, text, _ = ask(server, "POST", "/save", {**told, "id": "nobody"})
    assert status == 400 and "no such answer" in json.loads(text)["problem"]
