"""Messages: every word of head and body on pages, nothing fetched, what is broken told."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.documents import mail_mime, mail_sealed, mail_words
from dpdesk.documents.intake import Intaker
from dpdesk.documents.kinds import recognise
from tests.documents.mail_makers import HEAD, message, raw
from tests.documents.makers import encoded


def _page(intaker: Intaker, content: bytes, name: str = "a.eml") -> str:
    return "\n".join(page.text() for page in intaker.read(name, content).pages)


def _body(content: bytes) -> str:
    return "\n".join(section.text for section in mail_mime.read(content).sections)


def test_a_message_shows_its_head_with_zone_and_attachments_and_its_body(intaker: Intaker) -> None:
    content = message(
        "Robin was absent.",
        files={"register.csv": b"a,b", "notes.txt": b"x" * 2500},
        Cc="Ann Other <ann@school.example>",
        Bcc="Head <head@school.example>",
    ).as_bytes()
    taken = intaker.read("a.eml", content)
    assert (taken.kind, taken.warnings) == ("message", ())
    text = taken.pages[0].text()
    for words in (
        "From: Dana Quill <d.quill@school.example>",
        "To: Sam Able <sam@able.example>",
        "Cc: Ann Other",
        "Bcc: Head",
        "Date: Tuesday 3 November 2026, 14:05 (UTC+01:00)",
        "Subject: Robin",
        "Attached: register.csv (3 bytes); notes.txt (2 kB)",
        "Robin was absent.",
    ):
        assert words in text, words
    assert [inner.name for inner in taken.inside] == ["register.csv", "notes.txt"]


def test_a_message_says_when_by_whom_and_in_answer_to_what(intaker: Intaker) -> None:
    said = intaker.read(
        "a.eml",
        message(Message_ID="<3@x>", References="<1@x> <2@x>", In_Reply_To="<2@x>").as_bytes(),
    ).said
    assert (said.dated, said.title, said.message_id) == (
        "2026-11-03T14:05:00+01:00",
        "Robin",
        "3@x",
    )
    assert said.references == ("1@x", "2@x")
    assert said.sender == "Dana Quill <d.quill@school.example>"


def test_pictures_in_the_text_are_shown_and_nothing_is_fetched(intaker: Intaker) -> None:
    from PIL import Image

    red = encoded(Image.new("RGB", (60, 40), "red"), "PNG")
    html = (
        '<p>Look: <img src="cid:red@x"></p><img src="http://track.example/1.gif">'
        '<link rel="stylesheet" href="http://x.example/a.css"><script>alert(1)</script>'
    )
    taken = intaker.read("a.eml", message(html=html, pictures={"red@x": red}).as_bytes())
    assert taken.inside == ()
    assert b"/Subtype /Image" in taken.pdf
    text = taken.pages[0].text()
    assert "Pictures that are on the internet" in text
    assert "track.example" not in text
    assert "alert" not in text


def test_a_picture_that_a_text_asks_for_by_its_name_is_shown_there() -> None:
    html = '<p>Look: <img width=9 src="Class%20photo.PNG"> <img src=http://x.example/a.png></p>'
    files = {"class photo.png": b"\x89PNG", "other.png": b"\x89PNG"}
    made = message(html=html)
    for name, content in files.items():
        made.add_attachment(content, maintype="image", subtype="png", filename=name)
    read = mail_mime.read(made.as_bytes())
    assert [inner.name for inner in read.inside] == ["other.png"]
    assert list(read.pictures) == ["picture 1"]
    assert 'src="cid:picture 1"' in read.sections[0].text


def test_another_form_of_the_text_is_shown_where_it_says_more() -> None:
    same = mail_mime.read(message("Dear Sam", html="<p>Dear <b>S</b>am</p>").as_bytes())
    assert [section.style for section in same.sections] == ["html"]
    other = mail_mime.read(message("Dear Sam, and Robin", html="<p>Dear Sam</p>").as_bytes())
    assert "Robin" in other.sections[1].text
    assert other.sections[1].heading


def test_addresses_behind_links_are_told_in_a_line_and_not_as_a_second_text() -> None:
    linked = mail_mime.read(
        message(
            "Our school <https://school.example/pupil/robin>",
            html='<p>Our <a href="https://school.example/pupil/robin">school</a></p>',
        ).as_bytes()
    )
    assert [section.style for section in linked.sections] == ["html"]
    assert linked.addresses == ["https://school.example/pupil/robin"]


def test_an_attached_message_is_a_message_of_its_own_byte_for_byte() -> None:
    inner = message("The inner words", Subject="Inner", files={"deep.txt": b"deep"})
    outer = mail_mime.read(message("The outer words", within=[inner]).as_bytes())
    (attached,) = outer.inside
    assert (attached.name, attached.how) == ("Inner.eml", "message")
    assert attached.content.strip() == inner.as_bytes().strip()
    assert "inner" not in "".join(section.text for section in outer.sections)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"=?utf-8?q?Zo=C3=AB?= =?utf-8?q?_O=27Brien?=", "Zoë O'Brien"),
        (b"=?utf-8?b?Wm/D?= =?utf-8?b?qw==?=", "Zoë"),
        (b"=?iso-8859-2?Q?W=F3jcik?=", "Wójcik"),
        (b"=?windows-1252?Q?=80_5?=", "€ 5"),
        (b"=?no-such?q?plain?=", "plain"),
        (b"Zo\xeb", "Zoë"),
        ("Zoë".encode(), "Zoë"),
        (b"a\r\n b\r\n\tc", "a b c"),
        (b"=?utf-8?q?not closed", "=?utf-8?q?not closed"),
        (b"=?zlib?b?eJw=?=", None),
    ],
)
def test_lines_of_a_head_are_read_as_they_were_meant(line: bytes, words: str | None) -> None:
    read = mail_words.plain_header(line)
    assert words is None or read == words


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (b'attachment; filename="a b.txt"', "a b.txt"),
        (b"attachment; filename=a.txt; size=3", "a.txt"),
        (b"attachment; filename*=utf-8''Zo%C3%AB.txt", "Zoë.txt"),
        (b"attachment; filename*0*=utf-8''Zo%C3; filename*1*=%AB.txt", "Zoë.txt"),
        (b'attachment; filename="=?utf-8?b?Wm/Dqy50eHQ=?="', "Zoë.txt"),
        (b'attachment; filename="../../etc/passwd"', "passwd"),
        (b'attachment; filename="C:\\\\Users\\\\x\\\\a.txt"', "a.txt"),
    ],
)
def test_names_of_attachments_are_read_and_lead_nowhere(told: bytes, name: str) -> None:
    content = raw(
        b"--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/x\r\nContent-Disposition: "
        + told
        + b"\r\n\r\nx\r\n--b--\r\n",
        b'Content-Type: multipart/mixed; boundary="b"',
    )
    assert [inner.name for inner in mail_mime.read(content).inside] == [name]


def _parts(*parts: bytes, end: bytes = b"--b--\r\n", border: bytes = b"b") -> bytes:
    body = b"".join(b"--" + border + b"\r\n" + part + b"\r\n" for part in parts) + end
    return raw(body, b'Content-Type: multipart/mixed; boundary="b"')


TEXT = b"Content-Type: text/plain\r\n\r\n"


@pytest.mark.parametrize(
    ("content", "words", "warning"),
    [
        (_parts(TEXT + b"first", TEXT + b"second", end=b""), "first second", "end of this message"),
        (_parts(TEXT + b"first", end=b"--other--", border=b"other"), "first", ""),
        (raw(b"all of it", b"Content-Type: multipart/mixed"), "all of it", "cannot be told apart"),
        (raw(b"all of it", b"Content-Type: nonsense"), "all of it", ""),
        (raw(b"=41nn =\r\nwas", b"Content-Transfer-Encoding: quoted-printable"), "Ann was", ""),
        (raw(b"QW5uIHdhc", b"Content-Transfer-Encoding: base64"), "Ann", "cannot be told for cert"),
        (raw("Zoë".encode(), b"Content-Type: text/plain; charset=us-ascii"), "Zoë", ""),
        (raw(b"Zo\xeb", b"Content-Type: text/plain; charset=utf-8"), "Zoë", ""),
        (raw(b"Zo\xeb", b"Content-Type: text/plain; charset=no-such"), "Zoë", ""),
        (HEAD.replace(b"\r\n", b"\r") + b"\rwords", "words", ""),
        (b"\xef\xbb\xbf\r\n" + raw(b"words"), "words", ""),
        (_parts(TEXT + b"first") + b"after the end", "first after the end", ""),
        (raw(b"words", b"a line that is none", b"X-More: x"), "words", ""),
        (b"%d\n" % len(raw(b"words")) + raw(b"words") + b"<plist>junk</plist>", "words", ""),
    ],
    ids=range(14),
)
def test_a_broken_message_is_read_as_far_as_it_can_be(
    content: bytes, words: str, warning: str
) -> None:
    message = mail_mime.read(content)
    read = " ".join(section.text for section in message.sections).split()
    assert [word for word in words.split() if word not in read] == []
    assert (warning in " ".join(message.warnings)) if warning else not message.warnings


@pytest.mark.parametrize("tag", ["<blockquote>", "<ul><li>", "<dl><dd>", "<div>"])
def test_the_first_words_of_a_long_conversation_are_legible(intaker: Intaker, tag: str) -> None:
    html = "".join(f"{tag}reply{n} came on Monday and went on for a line<br>" for n in range(45))
    taken = intaker.read("a.eml", raw(html.encode(), b"Content-Type: text/html"))
    text = "\n".join(page.text() for page in taken.pages)
    assert [n for n in range(45) if f"reply{n}" not in text.split()] == []
    assert taken.warnings == ()


def test_lines_broken_only_for_sending_are_joined_again() -> None:
    flowed = raw(
        b"One two \r\nthree\r\n> quoted \r\n> more\r\n-- \r\nDana",
        b"Content-Type: text/plain; format=flowed",
    )
    assert _body(flowed) == "One two three\n> quoted \n> more\n-- \nDana"


def test_what_grows_without_end_is_read_in_time() -> None:
    lines = b"X-Long: x\r\n" + b" y\r\n" * 400_000
    soft = b"word \r\n" * 400_000
    content = raw(soft, lines.rstrip(), b"Content-Type: text/plain; format=flowed")
    message = mail_mime.read(content)
    assert len(message.sections[0].text) > 1_000_000


def test_files_that_a_text_carries_in_itself_are_taken_out() -> None:
    content = raw(b"Look:\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nDone")
    message = mail_mime.read(content)
    assert [(inner.name, inner.content) for inner in message.inside] == [("cat.txt", b"Cat")]
    assert message.sections[0].text.split() == ["Look:", "Done"]


def test_what_follows_the_last_border_is_read_too() -> None:
    first, second = (
        raw(
            b"--B\r\n\r\nFrom: %s was absent\r\n--B\r\nContent-Type: text/csv; name=%s.csv\r\n"
            b"\r\na,b\r\n--B--\r\n" % (name, name),
            b'Content-Type: multipart/mixed; boundary="B"',
        )
        for name in (b"Robin", b"Quillon")
    )
    read = mail_mime.read(first + second.replace(b"Subject: Robin", b"Subject: Second"))
    shown = "\n".join(section.text for section in read.sections)
    assert [inner.name for inner in read.inside] == ["Robin.csv", "Quillon.csv"]
    for words in ("From: Robin was absent", "From: Quillon was absent", "Subject: Second"):
        assert words in shown, words
    assert read.warnings == []


@pytest.mark.parametrize("words", [b"Zo\xc3\xab was absent", b"Robin was absent on Monday" * 9])
def test_words_after_a_text_in_base64_spoil_neither(words: bytes) -> None:
    footer = b"\r\n_______\r\nParents mailing list\r\nLeave: list@x.example\r\n"
    for gap in (b"", b"\r\n"):
        read = mail_mime.read(
            raw(
                base64.encodebytes(words) + gap + footer,
                b"Content-Type: text/plain; charset=utf-8",
                b"Content-Transfer-Encoding: base64",
            )
        )
        assert read.sections[0].text == words.decode()
        assert "Parents mailing list" in read.sections[1].text
        assert read.warnings == []


def test_every_message_of_a_digest_keeps_its_head() -> None:
    content = raw(
        b"--B\r\n\r\nFrom: a@x.example\r\nSubject: First\r\nContent-Type: text/plain\r\n\r\nOne\r\n"
        b"--B\r\nSubject: Second\r\nContent-Type: text/plain\r\n\r\nTwo\r\n"
        b"--B\r\nContent-Type: text/plain\r\n\r\nContents\r\n--B--\r\n",
        b'Content-Type: multipart/digest; boundary="B"',
    )
    read = mail_mime.read(content)
    assert [inner.name for inner in read.inside] == ["First.eml", "Second.eml"]
    assert all(inner.content.split(b"\r\n")[-1].isalpha() for inner in read.inside)
    assert read.sections[0].text.strip() == "Contents"


def test_a_message_that_outlook_signed_is_read_from_its_attachment(intaker: Intaker) -> None:
    signed = (
        b'Content-Type: multipart/signed; micalg=sha1;\r\n boundary="B"\r\n\r\n--B\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nUm9iaW4gd2FzIGFic2VudA==\r\n--B--\r\n"
    )
    taken = intaker.read("smime.p7m", signed)
    assert (taken.kind, taken.warnings) == ("message", ())
    assert "Robin was absent" in taken.pages[0].text()


def _packet(*, open_ended: bool, inside: bytes) -> bytes:
    """A message that is signed and not encrypted, as programs of both kinds write it."""

    def value(kind: int, content: bytes) -> bytes:
        if open_ended and kind != 4:
            return bytes([kind, 0x80]) + content + b"\0\0"
        return bytes([kind, 0x82]) + len(content).to_bytes(2, "big") + content

    name = b"\x06\x09*\x86H\x86\xf7\x0d\x01\x07"
    pieces = value(0x24, value(4, inside[:30]) + value(4, inside[30:]))
    held = value(0x30, name + b"\x01" + value(0xA0, pieces if open_ended else value(4, inside)))
    packet = value(0x30, b"\x02\x01\x01\x31\x00" + held)
    return value(0x30, name + b"\x02" + value(0xA0, packet))


@pytest.mark.parametrize("open_ended", [True, False])
def test_a_message_that_is_sealed_only_by_its_signature_is_read(
    intaker: Intaker, open_ended: bool
) -> None:
    inside = b"Content-Type: text/plain\r\n\r\nRobin Quillon was absent"
    packet = _packet(open_ended=open_ended, inside=inside)
    sent = raw(packet, b"Content-Type: application/pkcs7-mime", b"Content-Transfer-Encoding: 8bit")
    for name, content in (("a.eml", sent), ("smime.p7m", packet)):
        taken = intaker.read(name, content)
        assert (taken.kind, taken.warnings, taken.inside) == ("message", (), ())
        assert "Robin Quillon was absent" in taken.pages[0].text()
    cut = mail_mime.read(raw(packet[:60], b"Content-Type: application/pkcs7-mime"))
    assert "encrypted or sealed" in cut.warnings[0]
    assert [inner.content for inner in cut.inside] == [packet[:60]]


@given(st.binary(max_size=80), st.integers(0, 120), st.booleans())
def test_no_damaged_packet_stops_the_reading(noise: bytes, at: int, open_ended: bool) -> None:
    packet = _packet(open_ended=open_ended, inside=b"Subject: x\r\n\r\nRobin was here")
    mail_sealed.signed(packet[:at] + noise + packet[at + len(noise) :])


def test_parts_within_parts_without_end_cost_little_and_are_told() -> None:
    body = b"the innermost words"
    for number in range(400):
        border = str(number).encode()
        body = (
            b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n' % (border, border)
            + body
            + b"\r\n--%s--\r\n" % border
        )
    message = mail_mime.read(HEAD + body)
    assert "the innermost words" in message.sections[0].text
    assert any("so deep" in warning for warning in message.warnings)


def test_messages_nested_fifty_deep_are_left_out_below_the_tenth(desk) -> None:
    from tests.builders import a_request

    content = message("the innermost")
    for number in range(50):
        content = message(f"level {number}", Subject=f"level {number}", within=[content])
    entry = a_request(desk)
    taken = desk.documents.take("requests", entry.id, "a.eml", content.as_bytes())
    assert len(taken.documents) == 11
    assert "inside more than 10 other files" in taken.left_out[0].sentence
    assert "inside more than 10" in " ".join(taken.documents[-1].warnings)


def test_what_only_looks_like_a_message_stays_text(intaker: Intaker) -> None:
    chat = b"Sam: is Robin there?\nDana: no\nSubject: nothing\n\nmore"
    assert intaker.read("chat.txt", chat).kind == "text"
    assert intaker.read("chat.eml", b"Subject: x\n\nwords").kind == "message"
    assert _page(intaker, b"only words, no head", "a.eml") == "only words, no head"


def test_calendars_and_contacts_are_read_in_words(intaker: Intaker) -> None:
    calendar = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:About Robin\\, Year 4\r\n"
        b"DTSTART;TZID=Europe/London:20261103T140000\r\n"
        b"ATTENDEE;CN=Sam Able;PARTSTAT=DECLINED:mailto:sam@able.example\r\n"
        b"DESCRIPTION:One\\nTwo is lon\r\n ger\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    text = _page(intaker, calendar, "a.ics")
    for words in (
        "What: About Robin, Year 4",
        "Starts: Tuesday 3 November 2026, 14:00 (Europe/London)",
        "Invited: Sam Able <sam@able.example> (declined)",
        "Two is longer",
    ):
        assert words in text, words
    contact = (
        b"BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:O=27Brien;Zo=C3=AB\n"
        b"TEL;HOME:01632 960001\nADR:;;1 The Street;Town;;AB1 2CD\nBDAY:2015-04-03\nEND:VCARD\n"
    )
    text = _page(intaker, contact, "a.vcf")
    for words in ("O'Brien, Zoë", "01632 960001", "1 The Street, Town, AB1 2CD", "3 April 2015"):
        assert words in text, words


@pytest.mark.parametrize("about", [(), (b"Content-Type: text/plain; charset=us-ascii",)])
def test_letters_in_seven_bits_are_read_though_nobody_says_so(about: tuple[bytes, ...]) -> None:
    said = "Zoë Müller told Иван – nothing"
    assert _body(raw(said.encode("utf-7"), *about)) == said


@pytest.mark.parametrize("alphabet", ["utf-16", "utf-16-be", "utf-32"])
def test_a_message_saved_in_wide_letters_is_a_message(alphabet: str) -> None:
    content = raw("Zoë Łaska".encode("cp1250"), b"Content-Type: text/plain; charset=windows-1250")
    wide = content.decode("cp1250").encode(alphabet)
    assert recognise("a.eml", wide).kind == "message"
    assert _body(wide) == "Zoë Łaska"


@pytest.mark.parametrize(
    "words", ["+447700900123-", "a+ABC@x.example", "A+- and C++", "1+AND-x +Ask- +All-", "C+++AAA-"]
)
def test_a_plus_that_is_a_plus_stays(words: str) -> None:
    assert _body(raw(words.encode())) == words
