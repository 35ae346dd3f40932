"""Files that are written whole or not at all, and what belongs to the computer."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from dpdesk.errors import Cancelled, NoRoom
from dpdesk.store.files import room, settle_folder, whole_file, write_whole
from dpdesk.store.preferences import Preferences


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EFBIG, "larger than this disk allows"),
        (errno.EROFS, "does not allow it"),
        (errno.EACCES, "does not allow it"),
        (errno.ENOENT, "could not be reached"),
        (errno.EIO, "could not be reached"),
    ],
)
def test_what_the_disk_says_becomes_a_sentence_and_a_next_step(number, words):
    with pytest.raises(NoRoom, match=words) as refused, room("The letter"):
        raise OSError(number, os.strerror(number), "secret name of a person.pdf")
    assert refused.value.sentence.startswith("The letter ")
    assert refused.value.next_step
    assert "secret" not in str(refused.value)


def test_what_is_no_trouble_with_the_disk_passes_through():
    with pytest.raises(Cancelled), room("The letter"):
        raise Cancelled


def test_a_file_is_there_whole_or_not_at_all(tmp_path):
    target = tmp_path / "letter.pdf"
    target.write_bytes(b"before")

    def fail() -> None:
        with whole_file(target) as unfinished:
            unfinished.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert target.read_bytes() == b"before"
    write_whole(target, b"after")
    assert target.read_bytes() == b"after"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_folder_that_cannot_be_settled_stops_nothing(tmp_path):
    settle_folder(tmp_path)
    settle_folder(tmp_path / "gone")


def test_preferences_are_kept_and_others_start_with_the_default(tmp_path):
    path = tmp_path / "deep" / "preferences.json"
    Preferences(path).set("look", "dark")
    again = Preferences(path)
    assert again.get("look") == "dark"
    assert again.get("columns", ["due"]) == ["due"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", b"[1, 2]"])
def test_preferences_that_cannot_be_read_are_put_aside_or_passed_over(tmp_path, content):
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    preferences = Preferences(path)
    assert preferences.get("look", "light") == "light"
    preferences.set("look", "dark")
    assert Preferences(path).get("look") == "dark"
    if content != b"[1, 2]":
        assert (tmp_path / "preferences.damaged").read_bytes() == content


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a place that can never be written")
def test_preferences_that_cannot_be_written_say_so():
    with pytest.raises(NoRoom):
        Preferences(Path("/proc/nowhere/preferences.json")).set("look", "dark")
