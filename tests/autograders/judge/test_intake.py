"""What the exchange noted of a hand-in goes along with it; what a student planted does not."""

import pytest

from autograders.judge import intake

NAME = "dropout"
RECEIPT = "0123456789abcdef" * 8
TIME = "2024-05-02 18:00:00.000000 UTC"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "ada" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text("{}")
    return folder


def notes(folder):
    return intake.read(folder, "ada", NAME).notes


def test_time_and_receipt_of_the_exchange_go_along(folder):
    (folder / intake.TIMESTAMP).write_text(TIME)
    (folder / intake.RECEIPT).write_text(RECEIPT)
    assert notes(folder) == {intake.TIMESTAMP: TIME, intake.RECEIPT: RECEIPT}


def test_without_the_exchange_nothing_does(folder):
    assert notes(folder) == {}


@pytest.mark.parametrize(
    "planted",
    ["", "../../etc", RECEIPT[1:], RECEIPT + "0", RECEIPT.upper(), "<script>", "\0" * 128],
)
def test_what_the_exchange_would_not_write_does_not(folder, planted):
    (folder / intake.TIMESTAMP).write_text(planted)
    (folder / intake.RECEIPT).write_text(planted)
    assert notes(folder) == {}


def test_a_link_is_not_followed(folder, tmp_path):
    (tmp_path / "other").write_text(RECEIPT)
    (folder / intake.RECEIPT).symlink_to(tmp_path / "other")
    assert notes(folder) == {}
