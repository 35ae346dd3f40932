"""Plain words around a text in base64: both are read, and what cannot be decoded is told."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.documents import mail_mime
from dpdesk.documents.mail_coded import divided
from dpdesk.documents.mail_message import Message
from tests.documents.mail_makers import raw

FEET = (
    b"-- \r\nDana Quill\r\n",
    b"_______________\r\nList run by Dana Quill\r\nhttps://list.example/%s\r\n" % (b"x" * 70),
    b"Parents\r\nSent to all by Dana Quill\r\n",
    b"======================================================\r\nDana Quill <d@x.example>\r\n",
)
LONG = "Robin was absent on Monday, said Zo\xeb. " * 20
HEADS = (b"Scanned by Gateway\r\n", b"EXTERNAL\r\n\r\n", b"Sent from outside\r\n-----\r\n")


def _read(body: bytes, kind: bytes = b"text/plain; charset=utf-8") -> Message:
    head = (b"Content-Type: " + kind, b"Content-Transfer-Encoding: base64")
    return mail_mime.read(raw(body, *head))


@given(
    length=st.integers(1, 60),
    before=st.sampled_from(["", "Robin was absent. " * 13]),
    letters=st.text(st.sampled_from("abcRSTzoë ,.01?"), min_size=60, max_size=60),
    foot=st.sampled_from(FEET),
    gap=st.sampled_from([b"", b"\r\n"]),
)
def test_a_foot_under_a_text_of_any_length_spoils_neither(
    length: int, before: str, letters: str, foot: bytes, gap: bytes
) -> None:
    words = before + letters[:length]
    cut = divided(base64.encodebytes(words.encode()) + gap + foot)
    assert base64.b64decode(cut.code).decode() == words
    assert (cut.before, cut.after.strip()) == (b"", foot.strip())


@pytest.mark.parametrize("width", [16, 32, 36])
def test_a_foot_under_a_long_text_in_short_lines_is_no_code(width: int) -> None:
    code = base64.b64encode((LONG * 40).encode())
    lines = b"".join(code[at : at + width] + b"\r\n" for at in range(0, len(code), width))
    for foot in FEET:
        texts = [section.text for section in _read(lines + b"\r\n" + foot).sections]
        assert texts == [LONG * 40, foot.decode().strip()]


@pytest.mark.parametrize("length", range(1, 61))
def test_a_text_of_any_length_and_its_foot_are_both_on_the_page(length: int) -> None:
    words = f"Robin was absent{' again' * 40}{'x' * length}"
    read = _read(base64.encodebytes(words.encode()) + FEET[1])
    assert [read.sections[0].text, "Dana Quill" in read.sections[1].text] == [words, True]
    assert read.warnings == []


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("words", [LONG, "Zo\xeb was absent"])
def test_plain_lines_above_the_code_are_shown_and_spoil_nothing(head: bytes, words: str) -> None:
    read = _read(head + base64.encodebytes(words.encode()))
    assert read.sections[0].text == words
    assert read.sections[1].text.split() == head.decode().split()
    assert read.warnings == []


@pytest.mark.parametrize("words", [LONG, LONG + "x", "Zo\xeb was absent"])
def test_code_whose_line_breaks_became_spaces_is_read(words: str) -> None:
    code = b" ".join(base64.encodebytes(words.encode()).split())
    for body in (
        code,
        code + b"\r\n" + FEET[0],
        HEADS[0] + code,
        code[:900] + b"\r\n" + code[900:],
    ):
        read = _read(body)
        assert read.sections[0].text == words
        assert read.warnings == []


@pytest.mark.parametrize("wide", [30, 60, 64, 998])
def test_an_attachment_is_whole_whatever_stands_around_its_code(wide: int) -> None:
    content = bytes(range(256)) * 300
    code = base64.b64encode(content)
    lines = b"\r\n".join(code[at : at + wide] for at in range(0, len(code), wide))
    kind = b"application/octet-stream; name=a.bin"
    for body in (lines, *((HEADS[0] + lines + b"\r\n" + FEET[0],) if wide > 40 else ())):
        read = _read(body, kind)
        assert [inner.content for inner in read.inside] == [content]
        assert read.warnings == []


@pytest.mark.parametrize(
    "words", ["Dear Sam, Robin was absent.\r\n\r\nDana", "Dear\r\nRobin was absent", "Hello"]
)
def test_what_is_no_code_though_it_is_said_to_be_is_shown_and_told(words: str) -> None:
    read = _read(words.encode())
    assert read.sections[0].text.split() == words.split()
    assert "said to be in a code" in " ".join(read.warnings)
    assert "said to be in a code" in " ".join(_read(words.encode(), b"image/png").warnings)
