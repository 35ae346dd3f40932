"""The next file is read while the last is stored, and nothing comes of it but speed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dpdesk.documents.reading_ahead import ReadingAhead
from dpdesk.errors import PasswordNeeded, UnreadableFile
from tests.builders import a_pdf
from tests.documents.makers import locked


@pytest.fixture(scope="module")
def readers() -> Iterator[ReadingAhead]:
    made = ReadingAhead()
    yield made
    made.close()


def test_what_was_expected_is_the_same_as_what_was_not(readers):
    content = a_pdf("one", "two")
    plain = readers.read("a.pdf", content)
    readers.expect("a.pdf", content)
    while not next(iter(readers._expected.values())).begun:
        pass
    ahead = readers.read("a.pdf", content)
    assert (ahead.sha256, list(ahead.pages)) == (plain.sha256, list(plain.pages))
    assert readers._expected == {}


def test_a_fault_comes_when_the_file_is_asked_for_and_a_password_counts(readers):
    secret = locked(a_pdf("one"), "right")
    readers.expect("a.pdf", secret)
    readers.expect("b.pdf", b"%PDF-1.7 and nothing else")
    assert len(readers.read("a.pdf", secret, "right").pages) == 1
    with pytest.raises(PasswordNeeded):
        readers.read("a.pdf", secret)
    with pytest.raises(UnreadableFile):
        readers.read("b.pdf", b"%PDF-1.7 and nothing else")


def test_what_is_never_asked_for_is_forgotten(readers):
    for number in range(20):
        readers.expect(f"{number}.txt", b"%d" % number)
    assert len(readers._expected) <= 4
    readers.forget()
    assert not readers._expected
    assert len(readers.read("1.txt", b"1").pages) == 1
