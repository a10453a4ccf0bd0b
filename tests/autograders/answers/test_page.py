"""The page in a browser: with the keyboard alone, in two tabs, as a file."""

import json
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe

from autograders.answers import offline
from autograders.answers.server import Server
from tests.autograders.answers.conftest import NAME, STUDENTS


@pytest.fixture
def server(desk):
    with Server(desk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def context(chromium):
    with chromium.new_context(color_scheme="dark", accept_downloads=True) as context:
        yield context


def opened(context, address):
    page = context.new_page()
    page.faults, page.asked = [], []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text))
    page.on("load", lambda page: page.asked.append(page.url))
    page.goto(address)
    page.locator("#points button").first.wait_for()
    return page


def is_save_of(comment):
    """Tell the answer to the save with these words from those to what was saved before."""

    def is_it(answer):
        sent = answer.request.post_data or ""
        return answer.request.url.endswith("/save") and comment in sent

    return is_it


def says(page, text):
    page.locator("#said", has_text=text).wait_for()


def test_two_keys_for_an_answer_and_no_page_is_loaded(context, server, desk, given):
    page = opened(context, server.address)
    count = len(desk._groups)
    for _ in range(count):
        page.keyboard.press("3")
        page.keyboard.press("Enter")
    page.locator("#progress", has_text=f"{len(STUDENTS)} of {len(STUDENTS)}").wait_for()
    assert set(given().values()) == {(3.0, "", False)}
    assert len(page.asked) == 1  # the page itself
    assert server.token not in page.url
    assert page.faults == []


def test_a_comment_goes_with_the_points(context, server, given):
    page = opened(context, server.address)
    for key in ("2", "h", "c"):
        page.keyboard.press(key)
    page.keyboard.type("Half of it, 3 words.")
    with page.expect_response(is_save_of("3 words.")):
        page.keyboard.press("Control+Enter")
    says(page, "Saved: 2.5 points.")
    assert (2.5, "Half of it, 3 words.", False) in given().values()
    page.keyboard.press("9")
    says(page, "There are 4 points at most.")


def test_two_tabs_lose_nothing(context, server, given):
    one, other = (opened(context, server.address) for _ in range(2))
    one.keyboard.press("1")
    says(one, "Saved: 1 points.")
    other.keyboard.press("4")
    says(other, "Somebody has given 1 points meanwhile")
    assert {points for points, _, _ in given().values()} == {1.0, None}
    other.keyboard.press("Enter")
    says(other, "Saved: 4 points.")
    assert {points for points, _, _ in given().values()} == {4.0, None}
    one.keyboard.press("2")
    says(one, "Somebody has given 4 points")
    one.keyboard.press("Escape")
    assert one.locator("[aria-pressed=true]").inner_text() == "4"
    assert {points for points, _, _ in given().values()} == {4.0, None}


def test_what_was_typed_is_there_after_a_crash(context, server):
    page = opened(context, server.address)
    page.keyboard.press("c")
    with page.expect_response("**/draft"):
        page.keyboard.type("Half a sen")
    page.reload()
    page.locator("#points button").first.wait_for()
    assert page.locator("#comment").input_value() == "Half a sen"


def test_a_server_that_is_gone_is_said(context, server, given):
    page = opened(context, server.address)
    page.route("**/save", lambda route: route.abort())
    page.keyboard.press("3")
    says(page, "Not saved")
    page.unroute("**/save")
    page.keyboard.press("Enter")  # tries again
    says(page, "Saved: 3 points.")
    assert 3.0 in {points for points, _, _ in given().values()}


def test_no_answer_is_html_and_everybody_can_read_it(context, server, desk):
    page = opened(context, server.address)
    for _ in desk._groups:
        page.keyboard.press("ArrowRight")
        assert page.locator("#answer *").count() == 0
    assert page.title() == f"{NAME}: written answers"
    page.keyboard.press("3")
    says(page, "Saved")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_file_is_read_without_a_server(context, desk, given, tmp_path):
    file = tmp_path / "answers.html"
    offline.write(desk, file)
    page = opened(context, file.as_uri())
    assert page.title() == f"{NAME}: written answers"
    page.keyboard.press("3")
    says(page, "Saved")
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.keyboard.type("Not marked yet")
    page.keyboard.press("Escape")
    page.reload()
    page.locator("#points button").first.wait_for()
    with page.expect_download() as download:
        page.keyboard.press("s")
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.name == f"{NAME}-marks.json"
    assert len(json.loads(kept.read_text())["marks"]) == 1
    assert page.faults == []
    assert offline.bring(desk, kept).saved == 1
    assert {points for points, _, _ in given().values()} == {3.0, None}
