"""The next file is read while the last is stored, and nothing comes of it but speed."""

from __future__ import annotations

import pytest

from dpdesk.documents.reading_ahead import ReadingAhead
from dpdesk.documents.unpacking import Unpacker
from dpdesk.errors import PasswordNeeded, UnreadableFile
from tests.builders import a_pdf
from tests.documents.makers import locked


@pytest.fixture
def ahead(readers: tuple[ReadingAhead, Unpacker]) -> ReadingAhead:
    return readers[0]


def test_what_was_expected_is_the_same_as_what_was_not(ahead):
    content = a_pdf("one", "two")
    plain = ahead.read("a.pdf", content)
    ahead.expect("a.pdf", content)
    assert next(iter(ahead._expected.values())).done.wait(30)
    early = ahead.read("a.pdf", content)
    assert (early.sha256, list(early.pages)) == (plain.sha256, list(plain.pages))
    assert ahead._expected == {}


def test_a_fault_comes_when_the_file_is_asked_for_and_a_password_counts(ahead):
    secret = locked(a_pdf("one"), "right")
    ahead.expect("a.pdf", secret)
    ahead.expect("b.pdf", b"%PDF-1.7 and nothing else")
    assert len(ahead.read("a.pdf", secret, "right").pages) == 1
    with pytest.raises(PasswordNeeded):
        ahead.read("a.pdf", secret)
    with pytest.raises(UnreadableFile):
        ahead.read("b.pdf", b"%PDF-1.7 and nothing else")


def test_what_is_never_asked_for_is_forgotten(ahead):
    for number in range(20):
        ahead.expect(f"{number}.txt", b"%d" % number)
    assert len(ahead._expected) <= 4
    ahead.forget()
    assert not ahead._expected
    assert len(ahead.read("1.txt", b"1").pages) == 1
