"""Files onto an entry: dropped, read beside the window, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar

from dpdesk.desk import Desk
from dpdesk.documents.service import DocumentCard
from tests.builders import PASSPHRASE, a_pdf, a_request
from tests.documents.mail_makers import message
from tests.ui.kit.around import Noted, around
from ui.kit.pieces.tasks import TaskRunner
from ui.kit.register import dropped
from ui.kit.register.document_dialog import DocumentDialog
from ui.kit.register.documents_panel import DocumentsPanel

_PLAIN, _LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


class Desktop:
    """A panel on a request, and files to drop on it."""

    def __init__(self, desk: Any, qtbot: Any, folder: Path) -> None:
        self.surroundings, self.noted = around(TaskRunner())
        self.desk, self.qtbot, self.folder = desk, qtbot, folder
        self.entry = a_request(desk)
        self.panel = DocumentsPanel(
            desk.documents, self.surroundings, desk.requests.requests.settle
        )
        qtbot.addWidget(self.panel)
        self.panel.show_entry(self.entry)
        self.panel.show()

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def drop(self, *paths: Path) -> None:
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy = Qt.DropAction.CopyAction
        for kind in (QDragEnterEvent, QDropEvent):
            QApplication.sendEvent(self.panel, kind(QPointF(9, 9), copy, carried, _LEFT, _PLAIN))

    def drop_loose(self, *files: tuple[str, bytes]) -> None:
        """Drops attachments as a mail program on Windows hands them over."""
        carried = QMimeData()
        lines = b"".join(
            bytes(72) + name.encode("utf-16-le").ljust(520, b"\0") for name, _ in files
        )
        described = len(files).to_bytes(4, "little") + lines
        carried.setData('application/x-qt-windows-mime;value="FileGroupDescriptorW"', described)
        for place, (_, content) in enumerate(files):
            of = f'application/x-qt-windows-mime;value="FileContents";index={place}'
            carried.setData(of, content)
        copy = Qt.DropAction.CopyAction
        for kind in (QDragEnterEvent, QDropEvent):
            QApplication.sendEvent(self.panel, kind(QPointF(9, 9), copy, carried, _LEFT, _PLAIN))

    def finish(self) -> None:
        self.qtbot.waitUntil(lambda: not self.surroundings.tasks.busy, timeout=30_000)
        self.qtbot.waitUntil(self.laid_out, timeout=10_000)

    def laid_out(self) -> bool:
        """Does everything stand on the card that was put there?"""
        hidden = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        labels = self.panel.findChildren(QLabel)
        return all(label.isVisible() or label.testAttribute(hidden) for label in labels)

    def texts(self) -> list[str]:
        """What stands on the card now."""
        return [label.text() for label in self.panel.findChildren(QLabel) if label.isVisible()]

    def names(self) -> list[str]:
        cards = self.desk.documents.of_entry("requests", self.entry.id)
        return [card.name for card in cards]

    def said(self) -> str:
        return next(what[1] for what in reversed(self.noted.asked) if what[0] == "said")

    def card(self, document: str) -> DocumentCard:
        return next(card for card in self.panel.tree.documents.cards if card.name == document)

    def choose(self, document: str, verb: str) -> None:
        """Opens the menu of a document and takes something from it."""
        menu = self.panel.menu_of(self.card(document))
        next(a for a in menu.actions() if a.text().startswith(verb)).trigger()

    def tree(self) -> list[str]:
        """The rows that are seen, those inside another further in."""
        tree, model = self.panel.tree, self.panel.tree.documents
        found: list[str] = []

        def look(parent: QModelIndex, deep: int) -> None:
            for row in range(model.rowCount(parent)):
                index = model.index(row, 0, parent)
                found.append("  " * deep + str(index.data()))
                if tree.isExpanded(index):
                    look(index, deep + 1)

        look(QModelIndex(), 0)
        return found


@pytest.fixture
def desk(template, tmp_path, clock) -> Iterator[Desk]:
    opened = Desk.open(template.copy(tmp_path / "workspace"), PASSPHRASE, now=clock)
    yield opened
    opened.close()


@pytest.fixture
def desktop(desk, qtbot, tmp_path) -> Iterator[Desktop]:
    folder = tmp_path / "files"
    folder.mkdir()
    made = Desktop(desk, qtbot, folder)
    yield made
    made.qtbot.waitUntil(lambda: not made.surroundings.tasks.busy, timeout=30_000)
    made.surroundings.tasks.stop()


def test_dropped_files_are_added_in_order_with_their_pages(desktop):
    desktop.drop(
        desktop.file("one.pdf", a_pdf("a", "b")), desktop.file("two.txt", b"Plain words here")
    )
    desktop.finish()
    assert desktop.names() == ["one.pdf", "two.txt"]
    texts = desktop.texts()
    assert "What happened to your 2 files" in texts
    assert "Added, 2 pages." in texts
    assert desktop.said() == "2 documents added."


def test_each_file_that_fails_says_why_and_costs_only_itself(desktop):
    good = desktop.file("good.pdf", a_pdf("a"))
    desktop.drop(
        good,
        desktop.file("broken.pdf", b"%PDF-1.7 and nothing"),
        desktop.file("again.pdf", good.read_bytes()),
        desktop.folder / "gone.pdf",
    )
    desktop.finish()
    assert desktop.names() == ["good.pdf"]
    texts = desktop.texts()
    assert "What happened to your 4 files" in texts
    assert any(text.startswith("Not added. This file has already been added") for text in texts)
    assert sum(text.startswith("Not added.") for text in texts) == 3
    assert desktop.said() == (
        "1 document added; 1 already there; 2 could not be added: see Documents."
    )


def test_the_list_of_outcomes_can_be_put_away(desktop):
    desktop.drop(desktop.file("broken.pdf", b"no"))
    desktop.finish()
    assert desktop.panel.adding.outcomes
    desktop.panel._put_away()
    assert not any("What became" in text for text in desktop.texts())


def test_one_file_that_goes_well_needs_no_list(desktop):
    desktop.drop(desktop.file("one.pdf", a_pdf("a")))
    desktop.finish()
    assert not any("What became" in text for text in desktop.texts())


def test_adding_can_be_stopped_and_keeps_what_is_done(desktop):
    files = [desktop.file(f"{n}.pdf", a_pdf(*["x"] * 40, str(n))) for n in range(6)]
    desktop.drop(*files)
    # Cancel stands at the foot of the window, once for all work.
    assert not desktop.panel.findChildren(QProgressBar)
    desktop.surroundings.tasks.tasks[0].cancel()
    desktop.finish()
    done = len(desktop.names())
    assert done < 6
    # One line for all that waited: nothing is wrong with any of them.
    assert sum("Adding was stopped" in text for text in desktop.texts()) == 1
    whole = "file" if done == 5 else "files"
    assert f"{6 - done} {whole} not read" in desktop.texts()
    assert "not read, as adding was stopped" in desktop.said()
    assert "could not be added" not in desktop.said()
    desktop.drop(*files)
    desktop.qtbot.waitUntil(lambda: len(desktop.names()) == 6, timeout=20_000)
    desktop.finish()
    assert f"{done} already there" in desktop.said() or not done


def test_a_locked_file_asks_and_says_when_the_password_is_wrong(desktop):
    locked = desktop.folder / "locked.pdf"
    with pikepdf.open(desktop.file("plain.pdf", a_pdf("secret"))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="right", owner="o"))
    desktop.noted.answers = ["wrong", None]
    desktop.drop(locked)
    desktop.qtbot.waitUntil(lambda: not desktop.noted.answers, timeout=20_000)
    desktop.finish()
    assert desktop.names() == []
    assert any(text.startswith("Not added.") for text in desktop.texts())
    desktop.noted.answers = ["right"]
    desktop.drop(locked)
    desktop.qtbot.waitUntil(lambda: desktop.names() == ["locked.pdf"], timeout=20_000)


def _locked(desktop, name: str, user: str) -> Path:
    path = desktop.folder / name
    with pikepdf.open(desktop.file("plain.pdf", a_pdf(f"secret of {name}"))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=user, owner="o"))
    return path


def test_one_password_is_tried_on_all_locked_files_and_the_rest_is_there_before_it_is_asked(
    desktop,
):
    files = [_locked(desktop, f"{n}.pdf", user) for n, user in enumerate(("ash", "ash", "elm"))]
    seen: list[tuple[list[str], bool, str]] = []

    def answered(question: str, *, details: str = "") -> str | None:
        seen.append((desktop.names(), desktop.panel.adding.task is None, details))
        return {"0.pdf": "ash", "2.pdf": None}[question.split()[-1].rstrip("?")]

    desktop.noted.ask_password = answered
    desktop.drop(*files, desktop.file("a.pdf", a_pdf("open")))
    desktop.qtbot.waitUntil(lambda: len(seen) == 2, timeout=20_000)
    desktop.finish()
    assert [names for names, *_ in seen] == [["a.pdf"], ["a.pdf", "0.pdf", "1.pdf"]]
    assert all(idle for _, idle, _ in seen)
    assert "with another password" in seen[1][2]
    assert desktop.said() == "3 documents added; 1 could not be added: see Documents."
    assert "Not added. This file is locked with another password." in desktop.texts()


def test_documents_are_put_in_another_order_saved_and_taken_off(desktop, tmp_path):
    first, second = a_pdf("first"), a_pdf("second")
    desktop.drop(desktop.file("a.pdf", first), desktop.file("b.pdf", second))
    desktop.finish()
    desktop.choose("b.pdf", "Move up")
    assert desktop.names() == ["b.pdf", "a.pdf"]
    target = tmp_path / "saved.pdf"
    desktop.noted.answers = [target]
    desktop.choose("b.pdf", "Save the original")
    assert target.read_bytes() == second
    desktop.noted.answers = ["sent to us by mistake"]
    desktop.choose("a.pdf", "Remove from")
    assert desktop.names() == ["b.pdf"]
    undo: Callable[[], object] = desktop.noted.undo
    undo()
    assert desktop.names() == ["b.pdf", "a.pdf"]


def test_stepping_back_from_why_takes_nothing_off(desktop):
    desktop.drop(desktop.file("a.pdf", a_pdf("first")))
    desktop.finish()
    desktop.noted.answers = [None]
    desktop.choose("a.pdf", "Remove from")
    assert desktop.names() == ["a.pdf"]


def test_nothing_is_taken_before_the_entry_is_saved(desk, qtbot, tmp_path):
    surroundings, noted = around(TaskRunner())
    panel = DocumentsPanel(desk.documents, surroundings, desk.requests.requests.settle)
    qtbot.addWidget(panel)
    panel.show_entry(desk.requests.requests.blank())
    assert panel.isHidden()
    panel.add_files([tmp_path / "a.pdf"])
    assert not surroundings.tasks.busy
    assert isinstance(noted, Noted)
    surroundings.tasks.stop()


def test_attachments_dragged_out_of_a_mail_program_are_added(desktop):
    desktop.drop_loose(("Report.pdf", a_pdf("one")), ("..\\Notes.txt", b"Seen at the gate."))
    desktop.finish()
    assert desktop.names() == ["Report.pdf", "Notes.txt"]


def test_a_message_that_the_mail_program_does_not_hand_over_says_what_to_do(desktop):
    desktop.drop_loose(("A message.msg", b""))
    desktop.finish()
    assert any("Save it in a folder first" in text for text in desktop.texts())
    assert desktop.names() == []


@pytest.mark.parametrize("described", [b"", b"\x02", b"\xff\xff\xff\xff" + bytes(600)])
def test_a_list_of_files_that_is_cut_off_is_read_as_far_as_it_goes(described):
    assert len(dropped.names_in(described)) <= 1


def test_title_date_and_sender_are_put_right_and_a_wrong_date_stays_typed(desktop):
    desktop.drop(desktop.file("scan0001.pdf", a_pdf("one")))
    desktop.finish()
    desktop.choose("scan0001.pdf", "Title, date and sender")
    dialog = desktop.panel.window().findChild(DocumentDialog)
    dialog.title.setText("School report, autumn 2025")
    dialog.dated.setText("31 Feb 2026")
    dialog.accept()
    assert dialog.fault.text()
    assert dialog.isVisible()
    dialog.dated.setText("3 Nov 2026")
    dialog.accept()
    card = desktop.card("scan0001.pdf")
    assert (card.title, card.dated) == ("School report, autumn 2025", "2026-11-03")
    about = desktop.panel.tree.documents.about(card)
    assert about == "1 page · 3 Nov 2026 · School report, autumn 2025"
    assert desktop.names() == ["scan0001.pdf"], "the file keeps the name it came with"


def _mail(subject: str, day: int, **files: bytes) -> bytes:
    date = f"Tue, {day:02} Nov 2026 09:00:00 +0000"
    named = {name.replace("_", "."): content for name, content in files.items()}
    return message(files=named, Subject=subject, Date=date).as_bytes()


def test_a_folder_of_messages_becomes_a_tree_that_moves_as_one(desktop):
    inner = desktop.folder / "Mail"
    inner.mkdir()
    (inner / "a.eml").write_bytes(_mail("Later", 9, notes_txt=b"notes"))
    (inner / "b.eml").write_bytes(_mail("Sooner", 3))
    (inner / "c.mp3").write_bytes(b"ID3" + bytes(50))
    desktop.drop(inner)
    desktop.finish()
    assert desktop.tree() == ["1. Later", "  2. notes.txt", "3. Sooner"]
    assert any("3 documents added (1 of them inside others)" in text for text in desktop.texts())
    assert any(text.startswith("Not added. This is a sound") for text in desktop.texts())

    model = desktop.panel.tree.documents
    carried = model.mimeData([model.index_of(desktop.card("b.eml").id)])
    model.dropMimeData(carried, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert desktop.tree() == ["1. Sooner", "2. Later", "  3. notes.txt"]
    carried = model.mimeData([model.index_of(desktop.card("notes.txt").id)])
    assert not model.dropMimeData(carried, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    desktop.choose("b.eml", "Move down")
    assert desktop.tree()[0] == "1. Later"
    desktop.panel._by_date()
    assert desktop.tree()[0] == "1. Sooner"
    undo: Callable[[], object] = desktop.noted.undo
    undo()
    assert desktop.tree() == ["1. Later", "  2. notes.txt", "3. Sooner"]
    desktop.noted.answers = ["by mistake"]
    desktop.choose("a.eml", "Remove")
    assert desktop.tree() == ["1. Sooner"]


def test_a_locked_attachment_asks_for_its_password_and_lands_in_its_message(desktop):
    with pikepdf.open(desktop.file("plain.pdf", a_pdf("secret"))) as pdf:
        pdf.save(
            desktop.folder / "locked.pdf", encryption=pikepdf.Encryption(user="right", owner="o")
        )
    locked = (desktop.folder / "locked.pdf").read_bytes()
    desktop.noted.answers = ["wrong", "right"]
    desktop.drop(desktop.file("a.eml", _mail("About Robin", 3, locked_pdf=locked, z_txt=b"z")))
    desktop.qtbot.waitUntil(lambda: len(desktop.names()) == 3, timeout=20_000)
    desktop.finish()
    assert desktop.tree() == ["1. About Robin", "  2. z.txt", "  3. locked.pdf"]
    assert desktop.card("a.eml").warnings == ()
    assert desktop.desk.check().problems == ()
