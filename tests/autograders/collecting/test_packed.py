"""The guard of a ZIP file, with small files of the kinds that it refuses."""

import os
import stat
import zipfile

import pytest

from autograders import Refused
from autograders.collecting import packed
from autograders.collecting.packed import Unusable


@pytest.fixture
def made(tmp_path):
    """Write a ZIP file of these entries: ``made({name or ZipInfo: bytes})``."""

    def make(entries):
        file = tmp_path / "submissions (1).zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in entries.items():
                target.writestr(name, data)
        return file

    return make


def entry(name, mode):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def contents(file):
    given = packed.look(file)
    return dict(given.contents(set(given.places)))


def test_plain_files_are_read_and_what_systems_leave_behind_is_not(made):
    entries = {"a.ipynb": b"1", "x/b.ipynb": b"2", "__MACOSX/a.ipynb": b"3", "x/.b.ipynb": b"4"}
    assert contents(made({**entries, "x/": b""})) == {"a.ipynb": b"1", "x/b.ipynb": b"2"}


@pytest.mark.parametrize(
    "name",
    ["../a", "x/../../a", "/etc/a", "C:\\a", "c:a", "..\\a", "\\\\host\\a", "x\\..\\..\\a"],
)
def test_a_name_that_climbs_out_is_refused(made, name):
    with pytest.raises(Refused, match=r"outside of its own folder\. No platform makes that"):
        packed.look(made({"fine.ipynb": b"1", name: b"2"}))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_and_what_is_no_file_is_refused(made, kind):
    with pytest.raises(Refused, match="no plain file"):
        packed.look(made({entry("a", kind | 0o644): b"/etc/passwd"}))


def test_a_link_in_a_folder_is_refused(tmp_path):
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "a_1_2_d.ipynb").write_bytes(b"1")
    assert contents(folder) == {"a_1_2_d.ipynb": b"1"}
    (folder / "b_1_2_d.ipynb").symlink_to("/etc/hostname")
    with pytest.raises(Refused, match="no plain file"):
        packed.look(folder)


def test_one_file_that_is_too_large_is_left_out_and_the_others_are_not(made, monkeypatch):
    monkeypatch.setattr(packed, "LARGEST", 1000)
    found = contents(made({"large": bytes(1001), "small": bytes(1000)}))
    assert isinstance(found["large"], Unusable)
    assert len(found["small"]) == 1000


def test_what_unpacks_to_too_much_is_refused_before_and_while_it_is_unpacked(made, monkeypatch):
    file = made({name: bytes(1000) for name in "abcd"})
    assert file.stat().st_size < 1000
    monkeypatch.setattr(packed, "LARGEST_TOGETHER", 3999)
    with pytest.raises(Refused, match="unpack to more than 3,999 bytes"):
        packed.look(file)
    monkeypatch.setattr(packed, "LARGEST_TOGETHER", 4000)
    given = packed.look(file)
    monkeypatch.setattr(packed, "LARGEST_TOGETHER", 3999)  # as where sizes were not told truly
    with pytest.raises(Refused, match="unpack to more than 3,999 bytes"):
        list(given.contents(set(given.places)))


def test_too_many_files_and_twice_the_same_are_refused(made, monkeypatch):
    monkeypatch.setattr(packed, "MOST_ENTRIES", 3)
    with pytest.raises(Refused, match="more than 3 files"):
        packed.look(made(dict.fromkeys("abcd", b"1")))
    with pytest.raises(Refused, match="twice"):
        packed.look(made({"x/a": b"1", "x//a": b"2"}))


def test_a_broken_entry_is_left_out(made):
    file = made({"a": os.urandom(500), "b": b"2"})
    data = bytearray(file.read_bytes())
    data[60:70] = bytes(10)
    file.write_bytes(data)
    found = contents(file)
    assert isinstance(found["a"], Unusable)
    assert found["b"] == b"2"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 cut"])
def test_what_is_no_zip_is_one_line(tmp_path, data):
    file = tmp_path / "a\nb.zip"
    file.write_bytes(data)
    with pytest.raises(Refused, match="is no ZIP file") as refusal:
        packed.look(file)
    assert str(refusal.value).isprintable()


def test_what_is_not_there_is_one_line(tmp_path):
    with pytest.raises(Refused, match=r"There is no file a\.zip"):
        packed.look(tmp_path / "a.zip")
