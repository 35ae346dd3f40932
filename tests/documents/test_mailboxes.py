"""Mailboxes to choose from: what is in them, what of it is wanted, and that as documents."""

from __future__ import annotations

import datetime as dt
import io
import random
from contextlib import suppress
from pathlib import Path

import pytest

from dpdesk.documents import mail_mime
from dpdesk.documents.mail_heads import MailHead, MailWanted, holds_word
from dpdesk.documents.mail_message import words_in
from dpdesk.documents.mailboxes import OpenMailbox, in_folders, is_outlook_mailbox
from dpdesk.documents.outlook_mailbox import OutlookMailbox
from dpdesk.documents.piles import add_pile, spread_out
from dpdesk.errors import Cancelled, UnreadableFile
from tests.builders import a_request
from tests.documents.mail_makers import mailbox, message


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "All mail.mbox"
    path.write_bytes(
        mailbox(
            message("Robin was absent.", Subject="Absence").as_bytes(),
            message(
                "Nothing.", Subject="Trip", From="Zoë Wójcik <zoe@school.example>", To="all@x",
                Date="Fri, 27 Mar 2026 23:30:00 +0000", files={"Robin’s report.txt": b"x"},
            ).as_bytes(),
            message("Nothing.", Subject="Old", Date="Sat, 28 Mar 2020 23:30:00 +0000").as_bytes(),
        )
    )  # fmt: skip
    return path


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (MailWanted(), ["Absence", "Trip", "Old"]),
        (MailWanted(senders=("wojcik",)), ["Trip"]),
        (MailWanted(people=("sam@able",)), ["Absence", "Old"]),
        (MailWanted(words=("ROBIN",)), ["Absence", "Trip"]),
        (MailWanted(words=("robin was  absent", "old")), ["Absence", "Old"]),
        (MailWanted(since=dt.date(2026, 1, 1)), ["Absence", "Trip"]),
        (MailWanted(until=dt.date(2026, 3, 27)), ["Trip", "Old"]),
        (MailWanted(words=("robin",), until=dt.date(2026, 6, 1)), ["Trip"]),
        (MailWanted(words=("zebra",)), []),
    ],
)
def test_a_mailbox_is_sifted_by_people_words_and_days(
    box: Path, wanted: MailWanted, subjects: list[str]
) -> None:
    from dpdesk.documents.archives import Mailbox

    with box.open("rb") as stream:
        opened = Mailbox(stream)
        heads = [head for head in opened.heads() if wanted.by_head(head)]
        if wanted.words:
            heads = [head for head in heads if opened.holds(head.number, wanted.words)]
    assert [head.subject for head in heads] == subjects


def test_the_day_of_a_message_is_that_in_london():
    head = MailHead(0, 0, "2026-06-30T23:30:00+00:00", "", "", "")
    assert head.day == dt.date(2026, 7, 1)
    assert MailWanted(until=dt.date(2026, 6, 30)).by_head(head) is False
    assert MailWanted(since=dt.date(2026, 7, 1)).by_head(MailHead(0, 0, "", "", "", "")) is False


def test_words_are_found_whatever_their_accents_and_line_breaks():
    assert holds_word(["zoe o'brien"], "Dear Zoë\r\nO’BRIEN,")
    assert not holds_word(["zoe"], "nobody")


def test_chosen_messages_are_added_and_say_where_they_lay(desk, box):
    entry = a_request(desk)
    with OpenMailbox(box) as opened:
        assert opened.count == 3
        chosen = opened.chosen(opened.matching(MailWanted(words=("robin",))))
        taken = desk.documents.take_messages("requests", entry.id, chosen)
    assert [(card.subject or card.name, card.in_file) for card in taken.documents] == [
        ("Absence", "All mail.mbox/message 1.eml"),
        ("Trip", "All mail.mbox/message 2.eml"),
        ("Robin’s report.txt", ""),
    ]


def test_choosing_can_be_stopped_and_a_file_that_is_none_is_refused(tmp_path, box):
    def step(_done: int, _all: int) -> None:
        raise Cancelled

    with OpenMailbox(box) as opened, pytest.raises(Cancelled):
        opened.matching(MailWanted(words=("zebra",)), step)
    broken = tmp_path / "broken.pst"
    broken.write_bytes(b"!BDN" + bytes(5000))
    assert is_outlook_mailbox(broken)
    assert not is_outlook_mailbox(box)
    with pytest.raises(UnreadableFile, match="Inbox Repair Tool"):
        OpenMailbox(broken)


# --- a real mailbox of Outlook -------------------------------------------------------------


@pytest.fixture
def outlook(corpus: Path) -> Path:
    return corpus / "outlook" / "testPST.pst"


@pytest.mark.corpus
def test_a_mailbox_of_outlook_shows_its_folders_and_messages(outlook: Path) -> None:
    with OpenMailbox(outlook) as opened:
        (folder,) = [folder for folder in opened.folders if folder.count]
        assert (folder.path, folder.count) == ("Début du fichier de données Outlook", 7)
        wanted = in_folders(MailWanted(words=("feature generators",)), opened.folders, ["début"])
        heads = opened.matching(wanted)
        assert [head.subject for head in heads] == ["Re: Feature Generators", "Feature Generators"]
        assert heads[0].sender == "Jörn Kottmann <kottmann@gmail.com>"
        assert heads[0].dated == "2014-02-26T07:50:04+00:00"
        assert not opened.matching(in_folders(MailWanted(), opened.folders, ["no such"]))


@pytest.mark.corpus
def test_a_message_in_a_message_of_outlook_is_found_with_its_own_attachment(outlook: Path) -> None:
    with outlook.open("rb") as stream:
        path, content = OutlookMailbox(stream).take(6, None)
    assert path.endswith("/FW: First email.eml")
    outer = mail_mime.read(content)
    (inner,) = outer.inside
    read = mail_mime.read(inner.content)
    assert (inner.how, read.said.title) == ("message", "First email")
    assert "Docx file attached" in words_in(read.sections[0])
    assert [deep.name for deep in read.inside] == ["attachment.docx"]
    assert read.inside[0].content.startswith(b"PK")


@pytest.mark.corpus
def test_a_damaged_mailbox_of_outlook_ends_with_messages_or_a_sentence(outlook: Path) -> None:
    whole = outlook.read_bytes()
    dice = random.Random(3)
    for _ in range(12):
        changed = bytearray(whole)
        for _ in range(dice.randint(1, 400)):
            changed[dice.randrange(600, len(changed))] = dice.randrange(256)
        # Whatever else were raised would fail the test.
        with suppress(UnreadableFile):
            opened = OutlookMailbox(io.BytesIO(bytes(changed)))
            list(opened.heads())
            for number in range(min(opened.count, 20)):
                with suppress(UnreadableFile):
                    opened.take(number, None)


@pytest.mark.corpus
def test_a_mailbox_of_outlook_among_files_asks_to_be_chosen_from(desk, outlook: Path) -> None:
    entry = a_request(desk)
    (outcome,) = add_pile(
        desk.documents, ("requests", entry.id), spread_out([outlook]), lambda *_: None
    )
    assert outcome.sentence.startswith("This is a mailbox of Outlook.")
