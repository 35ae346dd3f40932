"""Messages that stand whole under the words of another, or behind it in one file."""

from __future__ import annotations

import base64

import pytest

from dpdesk.documents import mail_mime
from dpdesk.documents.mail_parts import MOST, messages_in
from tests.documents.mail_makers import HEAD, message, raw


def _body(content: bytes) -> str:
    return "\n".join(section.text for section in mail_mime.read(content).sections)


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\r\nFrom - Tue Nov 03 14:05:00 2026\r\n"])
@pytest.mark.parametrize(
    "first",
    [
        raw(b"alpha\r\n"),
        message("alpha", files={"a.txt": b"a"}).as_bytes(),
        raw(b"YWxwaGE=\r\n", b"Content-Transfer-Encoding: base64"),
        raw(b"alpha=\r\n\r\n", b"Content-Transfer-Encoding: quoted-printable"),
    ],
)
def test_messages_one_after_the_other_in_one_file_are_each_a_message(
    first: bytes, between: bytes
) -> None:
    others = [
        raw(base64.encodebytes(words), b"Content-Transfer-Encoding: base64")
        for words in (b"beta", b"gamma")
    ]
    read = mail_mime.read(between.join([first, *others]))
    assert [section.text.strip() for section in read.sections] == ["alpha"]
    inner = [each for each in read.inside if each.how == "message"]
    assert [_body(each.content) for each in inner] == ["beta", "gamma"]


def test_a_message_that_a_server_sends_back_under_its_own_words_is_read() -> None:
    returned = raw(b"Um9iaW4=\r\n", b"Content-Transfer-Encoding: base64")
    words = b"It could not be delivered.\r\n\r\n------ This is a copy ------\r\n\r\n"
    read = mail_mime.read(raw(words + returned))
    assert read.sections[0].text == words.decode()
    assert _body(read.inside[0].content) == "Robin"


def test_a_message_that_was_coded_with_the_words_above_it_is_decoded_with_them() -> None:
    about = (
        b"Content-Type: text/plain; charset=iso-8859-2",
        b"Content-Transfer-Encoding: quoted-printable",
    )
    inner = raw(b"=A3ukasz and Har=\r\nry Smith\r\n")
    for sent in (b"", b"From a@school.example Tue Nov  3 14:05:00 2026\r\n"):
        read = mail_mime.read(raw(b"=A3ukasz wrote:\r\n\r\n" + sent + inner, *about))
        assert read.sections[0].text.strip() == "Łukasz wrote:"
        assert _body(read.inside[0].content).strip() == "Łukasz and Harry Smith"


def test_a_head_within_a_web_page_is_part_of_the_page() -> None:
    page = b"<p>Hello</p><!--" + raw(b"x\r\n") + b"--><p>Grace"
    read = mail_mime.read(raw(page, b"Content-Type: text/html"))
    assert read.inside == []
    assert "Grace" in read.sections[0].text
    ended = mail_mime.read(
        raw(b"<p>Hello</p></html>\r\n" + raw(b"beta"), b"Content-Type: text/html")
    )
    assert _body(ended.inside[0].content) == "beta"


def test_a_file_of_nothing_but_heads_is_taken_apart_in_little_time() -> None:
    heads = b"From: a\nTo: b\nDate: c\nMessage-ID: d\n\n" * 80_000
    assert len(messages_in(heads)[1]) == MOST


def test_a_head_that_somebody_quotes_stays_text() -> None:
    for quoted in (
        b"-----Original Message-----\nFrom: a\nTo: b\nDate: c\nSubject: d\n\nwords\n",
        HEAD + b"\r\n\r\n",
        b"> " + HEAD.replace(b"\n", b"\n> ") + b"\n> words",
        b"Received: yes\nFrom: me\n\nwords",
    ):
        assert mail_mime.read(raw(b"See:\n\n" + quoted)).inside == []
