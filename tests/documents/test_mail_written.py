"""A message that is written as it would be sent says what it said before."""

from __future__ import annotations

from dpdesk.documents import mail_mime
from dpdesk.documents.inside import Inner, Said
from dpdesk.documents.mail_message import MailText, Message
from dpdesk.documents.mail_written import written

PICTURES = {
    "p1": b"\x89PNG\r\n\x1a\n1", "g": b"GIF89a", "b": b"BM....", "t": b"II*\0", "m": b"MM\0*",
    "j": b"\xff\xd8\xff",
}  # fmt: skip


def test_every_part_comes_back() -> None:
    message = Message()
    message.head = [
        ("From", "Zoë Head <head@oak.example>"), ("Subject", "Łukasz " * 40), ("Date", "in May"),
        ("To", "ada@oak.example, " * 120), ("Importance", "high"),
        ("Other", "called: Ada"),
    ]  # fmt: skip
    message.said = Said(message_id="one\r\nX-Evil: yes@x", references=("a@x", "b\n@x"))
    message.sections = [MailText("html", "<p>Dear Ada</p>"), MailText("text", "more", "Headed")]
    message.pictures = dict(PICTURES)
    message.inside = [
        Inner("Łukasz.txt", b"notes"), Inner('a "b".eml', b"Subject: Inner\n\nwords", "message"),
        Inner("winmail.dat", b"packed", "message"), Inner("x.mht", b"page"),
    ]  # fmt: skip
    message.warn("Part of it is lost.")
    made = written(message)
    assert b"\nX-Evil" not in made
    read = mail_mime.read(made)
    head = dict(read.head)
    assert head["From"] == "Zoë Head <head@oak.example>"
    assert head["Subject"].split() == ["Łukasz"] * 40
    assert head["To"].count("ada@oak.example") == 120
    assert head["Date"] == "in May"
    assert head["Other"] == "called: Ada"
    text = " ".join(section.text for section in read.sections)
    for words in ("Dear Ada", "more", "Headed", "Importance: high", "Part of it is lost."):
        assert words in text
    found = {each.name: each.content for each in read.inside}
    assert found["Łukasz.txt"] == b"notes"
    assert b"Subject: Inner" in next(each.content for each in read.inside if each.how == "message")
    assert found["winmail.dat"] == b"packed"
    assert found["x.mht"] == b"page"
    assert set(PICTURES.values()) <= {*found.values(), *read.pictures.values()}


def test_a_bare_message_is_one_part_with_its_moment() -> None:
    message = Message()
    message.sections = [MailText("text", "Dear Ada")]
    message.said = Said(dated="2026-11-03T14:05:00+00:00")
    read = mail_mime.read(written(message))
    assert read.said.dated == "2026-11-03T14:05:00+00:00"
    assert [section.text.strip() for section in read.sections] == ["Dear Ada"]
