"""Calendar files and contacts: every line that a person wrote, whoever's program stored it."""

from __future__ import annotations

import base64

import pytest

from dpdesk.documents import mail_cards, pdf, words
from dpdesk.documents.normal import Normal
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

pytestmark = pytest.mark.usefixtures("qapp")


def read(*lines: str, kind: str = "VCARD") -> tuple[str, Normal]:
    content = "\r\n".join((f"BEGIN:{kind}", *lines, f"END:{kind}", "")).encode()
    reader = mail_cards.contacts if kind == "VCARD" else mail_cards.calendar
    made = reader(content, None, Limits())
    document = pdf.open_pdf(made.made or b"")
    text = " ".join(words.read_page(document, n).text() for n in range(len(document)))
    document.close()
    return " ".join(text.split()), made


def test_lines_of_no_standard_are_shown_and_those_of_programs_are_not() -> None:
    shown, _made = read(
        "FN:Zoë Example", "X-PHONETIC-LAST-NAME:Egsample", "HOBBY:climbs out of windows",
        "UID:1234-abcd", "X-APPLE-OMIT-YEAR:1604", "REV:20261103T140000Z", "X-EMPTY:;;",
        "the end of a note that lost its place", "X-SAME:Zoë Example", "PHOTO:https://a.org/z.jpg",
    )  # fmt: skip
    assert shown == (
        "Contact Name: Zoë Example Also written (phonetic-last-name): Egsample "
        "Also written (hobby): climbs out of windows Last changed: Tuesday 3 November 2026, 14:00 "
        "(UTC+00:00) Also written: the end of a note that lost its place "
        "Also written (photo): https://a.org/z.jpg"
    )


def test_the_text_that_outlook_adds_in_html_is_shown_where_it_says_more() -> None:
    same = "X-ALT-DESC;FMTTYPE=text/html:<html><body><p>About Robin</p></body></html>"
    more = "X-ALT-DESC;FMTTYPE=text/html:<p>About Robin &amp; his <b>mother</b></p>"
    event = ("BEGIN:VEVENT", "DESCRIPTION:About Robin", "END:VEVENT")
    assert read(*event[:2], same, event[2], kind="VCALENDAR")[0] == "Appointment Text: About Robin"
    shown = read(*event[:2], more, event[2], kind="VCALENDAR")[0]
    assert shown.endswith("Also written (alt-desc): About Robin & his mother")


def test_what_is_stored_in_code_is_shown_or_handed_out() -> None:
    def coded(content: bytes) -> str:
        return base64.b64encode(content).decode()

    shown, made = read(
        "FN:Ada Example", f"NOTE;ENCODING=b:{coded('Łukasz hit her'.encode())}",
        f"SOUND;ENCODING=BASE64:{coded(b'a recording')}",
        f"ATTACH;ENCODING=BASE64;FILENAME=plan.txt:{coded(b'the plan')}",
        f"PHOTO:data:image/png;base64,{coded(b'no picture')}",
        "KEY;ENCODING=BASE64:",
    )  # fmt: skip
    assert "Notes: Łukasz hit her" in shown
    assert "Attached: plan.txt" in shown
    assert [(each.name, each.content) for each in made.inside] == [
        ("sound", b"a recording"), ("plan.txt", b"the plan"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("BDAY:20150403", "Born: Friday 3 April 2015"),
        ("BDAY:--0403", "Born: --0403"),
        ("BDAY:20151403", "Born: 20151403"),
        ("N:O’Brien;Zoë;;;", "Name in parts: O’Brien, Zoë"),
        ("item1.TEL;TYPE=cell,voice:tel:01632 960001", "Telephone: 01632 960001 (cell)"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:one=\r\n two=\r\nfold", "Notes: one twofold"),
        ("NOTE:see https://a.org/?b=\r\n c", "Notes: see https://a.org/?b=c"),
    ],
)
def test_lines_are_said_in_words(told: str, shown: str) -> None:
    assert shown in read("FN:A", told)[0]


def test_a_calendar_tells_who_when_and_what_for_the_line_of_its_document() -> None:
    shown, made = read(
        "BEGIN:VTIMEZONE", "COMMENT:of a program", "END:VTIMEZONE", "BEGIN:VEVENT", "SUMMARY:Robin",
        "ORGANIZER;CN=Ada Head:mailto:head@oak.example", "DTSTART:20261103T140000Z",
        "BEGIN:VALARM", "DESCRIPTION:Bring the file", "PRIORITY:1", "END:VALARM", "END:VEVENT",
        "END:NOTHING", kind="VCALENDAR",
    )  # fmt: skip
    assert "of a program" not in shown
    assert "Reminder Text: Bring the file" in shown
    assert "Priority" not in shown
    said = made.said
    assert (said.title, said.dated) == ("Robin", "2026-11-03T14:00:00+00:00")
    assert said.sender == "Ada Head <head@oak.example>"


def test_nothing_in_it_is_one_sentence() -> None:
    with pytest.raises(UnreadableFile, match="no appointments"):
        mail_cards.calendar(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", None, Limits())
    with pytest.raises(UnreadableFile, match="no contacts"):
        mail_cards.contacts(b"", None, Limits())


def test_a_calendar_without_end_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_cards, "_MOST", 50)
    shown, made = read(*(f"NOTE:line {n}" for n in range(60)))
    assert "line 48" in shown
    assert "line 49" not in shown
    assert any("its end is not shown" in line for line in made.warnings)


def test_who_stands_behind_an_invitation_is_named() -> None:
    shown, _made = read(
        'ATTENDEE;CN=Ann Able;PARTSTAT=ACCEPTED;SENT-BY="mailto:bo@x.example";DELEGATED-FROM='
        '"mailto:cy@x.example":mailto:ann@x.example',
        kind="VCALENDAR",
    )
    assert "Ann Able <ann@x.example> (accepted, sent by bo@x.example, for cy@x.example)" in shown
