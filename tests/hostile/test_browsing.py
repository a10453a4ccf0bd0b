"""What a page does in the browser is seen, or that nothing happened would prove nothing."""

import pytest

from tests.hostile import browsing
from tests.hostile.scripts import ELSEWHERE, IMAGE, REMOTE, RUN, SCRIPT

PAGES = {
    SCRIPT: browsing.RAN,
    IMAGE: browsing.RAN,
    f"<iframe srcdoc='{SCRIPT}'></iframe>": browsing.RAN,
    f"<img src='{REMOTE}'>": browsing.ASKED,
    f"<meta http-equiv=refresh content='0;url=http://{ELSEWHERE}/'>": browsing.ASKED,
    f"<a href=' java\tscript:{RUN}'>x</a>": browsing.LINKS,
    f"<form action='http://{ELSEWHERE}/'></form>": browsing.LINKS,
    "<script>alert(1)</script>": browsing.SPOKE,
}


@pytest.fixture(scope="module")
def tab(chromium):
    return browsing.Tab(chromium)


@pytest.mark.parametrize("body", PAGES)
def test_what_a_page_does_is_seen(tab, tmp_path, body):
    file = tmp_path / "page.html"
    file.write_text(f"<p>words</p>{body}", encoding="utf-8")
    lines = tab.at(file, "page")
    wanted = PAGES[body].format(page="page", url="http://", what="")
    assert any(line.startswith(wanted) for line in lines)


def test_a_page_that_does_nothing_has_no_line(tab, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(f"<p>words</p><a href='http://{ELSEWHERE}/'>x</a>", encoding="utf-8")
    assert tab.at(file, "page") == []
