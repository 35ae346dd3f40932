"""Folders and many files at once: each that fails costs only itself, and all of it is told."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from dpdesk.documents import adding
from dpdesk.documents.piles import PileOutcome, add_pile, spread_out, summary
from dpdesk.errors import Cancelled
from dpdesk.store import arriving
from tests.builders import a_pdf, a_request
from tests.documents.mail_makers import mailbox, message, zipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "From the office"
    (made / "Letters").mkdir(parents=True)
    return made


def _added(desk, *given: Path, step=lambda *_: None) -> list[PileOutcome]:
    entry = a_request(desk)
    return list(add_pile(desk.documents, ("requests", entry.id), spread_out(given), step))


def test_a_folder_is_added_in_the_order_of_names_with_all_that_is_in_it(desk, folder):
    (folder / "Letters" / "page 10.pdf").write_bytes(a_pdf("ten"))
    (folder / "Letters" / "Page 9.pdf").write_bytes(a_pdf("nine"))
    (folder / "mail.eml").write_bytes(message(files={"a.txt": b"words"}).as_bytes())
    (folder / "again.pdf").write_bytes(a_pdf("nine"))
    (folder / "empty.pdf").touch()
    (folder / "film.pdf").write_bytes(b"\0\0\0\x18ftypmp42")
    for junk in (".DS_Store", "Thumbs.db", "~$letter.docx", "desktop.ini"):
        (folder / junk).write_bytes(b"junk")
    outcomes = _added(desk, folder)
    cards = [card for outcome in outcomes for card in outcome.documents]
    assert [(card.name, card.in_file) for card in cards] == [
        ("again.pdf", "From the office/again.pdf"),
        ("mail.eml", "From the office/mail.eml"),
        ("a.txt", ""),
        ("page 10.pdf", "From the office/Letters/page 10.pdf"),
    ]
    told = {outcome.file.given.name: outcome.sentence for outcome in outcomes if outcome.sentence}
    assert told.keys() == {"empty.pdf", "film.pdf", "Page 9.pdf"}
    assert told["empty.pdf"].startswith("This file is empty.")
    assert summary(outcomes) == (
        "4 documents added (1 of them inside others); 1 already there; 2 could not be added"
    )
    assert [outcome.file.given.name for outcome in outcomes[-2:]] == ["Page 9.pdf", "page 10.pdf"]


def test_links_are_not_followed_and_a_closed_folder_is_told(tmp_path, folder):
    (folder / "Letters" / "a.txt").write_text("a")
    try:
        (folder / "round").symlink_to(folder)
        (folder / "passwords").symlink_to(Path(__file__))
    except OSError:
        pytest.skip("this system makes no links")
    assert [file.place for file in spread_out([folder])] == ["From the office/Letters/a.txt"]
    bare = tmp_path / "bare"
    bare.mkdir()
    assert spread_out([bare])[0].fault.startswith("There is no file in this folder")


def test_stopping_keeps_what_was_added_and_names_the_rest(desk, folder):
    for name in "abc":
        (folder / f"{name}.txt").write_text(name)
    seen: list[str] = []

    def step(said: str, done: int, whole: int) -> None:
        seen.append(said)
        if done == 1:
            raise Cancelled

    outcomes = _added(desk, folder, step=step)
    assert [bool(outcome.documents) for outcome in outcomes] == [True, False, False]
    assert {outcome.sentence for outcome in outcomes[1:]} == {"Adding was stopped."}
    assert seen[0] == "Adding a.txt (1 of 3)"


def test_stopping_amid_a_mailbox_keeps_its_first_messages(desk, tmp_path):
    path = tmp_path / "Inbox.mbox"
    path.write_bytes(mailbox(*(message(f"number {n}").as_bytes() for n in range(4))))

    def step(_said: str, done: int, whole: int) -> None:
        if (done, whole) == (2, 4):
            raise Cancelled

    (outcome,) = _added(desk, path, step=step)
    assert len(outcome.documents) == 2
    assert outcome.sentence == "Adding was stopped."


@pytest.fixture
def meanwhile(monkeypatch):
    """What somebody else writes to a file, a piece whenever the program waits a moment."""

    def write(path, pieces):
        left = iter(pieces)

        def moment(_seconds):
            with path.open("ab") as more:
                more.write(next(left, b""))

        monkeypatch.setattr(arriving, "time", SimpleNamespace(time=time.time, sleep=moment))

    return write


def test_a_file_that_is_still_being_written_is_waited_for_and_added_whole(desk, folder, meanwhile):
    path = folder / "scan.pdf"
    whole = a_pdf("all of it")
    path.write_bytes(whole[:200])
    meanwhile(path, [whole[200:400], whole[400:]])
    (outcome,) = _added(desk, path)
    assert outcome.sentence == ""
    assert [card.pages for card in outcome.documents] == [1]


def test_a_file_that_is_written_for_long_is_left_for_later_and_not_called_damaged(
    desk, folder, meanwhile
):
    path = folder / "scan.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(100))
    meanwhile(path, [bytes(50)] * 40)
    (outcome,) = _added(desk, path)
    assert outcome.sentence.startswith("This file is still being written.")
    assert not outcome.documents


@pytest.mark.parametrize("name", ["Report.pdf.crdownload", "scan.PART", "a.docx.partial"])
def test_a_file_that_is_still_being_fetched_is_said_to_be_so(desk, folder, name):
    path = folder / name
    path.write_bytes(b"%PDF-1.7\n" + bytes(100))
    os.utime(path, (1, 1))
    (outcome,) = _added(desk, path)
    assert outcome.sentence.startswith("This file is still being written.")


def test_an_old_damaged_file_is_called_damaged_at_once(desk, folder):
    path = folder / "old.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(100))
    os.utime(path, (1, 1))
    (outcome,) = _added(desk, path)
    assert "damaged" in outcome.sentence


def test_a_long_archive_and_mailbox_are_read_where_they_lie(desk, folder, monkeypatch):
    monkeypatch.setattr(adding, "_LONG", 10)
    (folder / "a.zip").write_bytes(zipped({"In/note.txt": b"note", "b.pdf": a_pdf("b")}))
    (folder / "Inbox").write_bytes(mailbox(message("one").as_bytes(), message("two").as_bytes()))
    (folder / "short.txt").write_text("no archive")
    outcomes = _added(desk, folder)
    cards = [card for outcome in outcomes for card in outcome.documents]
    assert [card.in_file for card in cards] == [
        "From the office/a.zip/In/note.txt",
        "From the office/a.zip/b.pdf",
        "From the office/Inbox/message 1.eml",
        "From the office/Inbox/message 2.eml",
        "From the office/short.txt",
    ]
    assert desk.check().problems == ()
