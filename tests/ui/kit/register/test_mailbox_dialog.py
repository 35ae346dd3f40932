"""A mailbox: what is wanted is asked, listed, ticked, and only that is added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from dpdesk.documents.mail_heads import MailHead
from dpdesk.documents.mailboxes import OpenMailbox
from tests.documents.mail_makers import mailbox, message
from tests.ui.kit.around import around
from ui.kit.pieces.tasks import TaskRunner
from ui.kit.register.mailbox_dialog import MailboxDialog


class Looked:
    """The dialog over a mailbox of three messages, and what was taken from it."""

    def __init__(self, qtbot, path: Path) -> None:
        self.qtbot = qtbot
        self.surroundings, _ = around(TaskRunner())
        self.taken: list[MailHead] = []
        self.dialog = MailboxDialog(OpenMailbox(path), self.surroundings, self._take)
        qtbot.addWidget(self.dialog)
        self.dialog.show()

    def _take(self, mailbox: OpenMailbox, heads: list[MailHead]) -> None:
        self.taken = heads
        mailbox.close()

    def search(self) -> list[str]:
        self.dialog.search()
        self.qtbot.waitUntil(lambda: not self.surroundings.tasks.busy, timeout=30_000)
        return [head.subject for head in self.dialog.messages.heads]


@pytest.fixture
def looked(qtbot, tmp_path) -> Iterator[Looked]:
    path = tmp_path / "All mail"
    path.write_bytes(
        mailbox(
            message("Robin was absent.", Subject="Absence").as_bytes(),
            message("x", Subject="Trip", Date="Fri, 27 Mar 2026 09:30:00 +0000").as_bytes(),
            message("x", Subject="Robin", Date="Sat, 28 Mar 2020 09:30:00 +0000").as_bytes(),
        )
    )
    made = Looked(qtbot, path)
    yield made
    made.dialog.reject()
    made.surroundings.tasks.stop()


def test_what_is_wanted_is_listed_newest_first_ticked_and_taken(looked):
    dialog = looked.dialog
    assert not dialog.add.isEnabled()
    assert looked.search() == ["Absence", "Trip", "Robin"]
    assert dialog.said.text() == "3 of 3 messages fit."
    dialog.words.setText("robin, zebra")
    assert looked.search() == ["Absence", "Robin"]
    first = dialog.messages.index(0, 0)
    dialog.messages.setData(first, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert dialog.add.text() == "Add 1 message"
    looked.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert looked.taken == [], "Enter in a line must not add"
    dialog.accept()
    assert [head.subject for head in looked.taken] == ["Robin"]


def test_folders_with_nothing_in_them_are_not_offered(qtbot, corpus):
    looked = Looked(qtbot, corpus / "outlook" / "testPST.pst")
    folder = looked.dialog.folder
    offered = [folder.itemText(place) for place in range(folder.count())]
    looked.dialog.reject()
    looked.surroundings.tasks.stop()
    assert len(offered) == 2
    assert offered[1].endswith("(7)")


def test_a_day_that_is_none_is_said_and_stays_typed(looked):
    looked.dialog.since.setText("31 Feb 2026")
    looked.dialog.search()
    assert not looked.surroundings.tasks.busy
    assert looked.dialog.said.text()
    assert looked.dialog.since.text() == "31 Feb 2026"
    looked.dialog.since.setText("1 Jan 2026")
    assert looked.search() == ["Absence", "Trip"]
    looked.dialog._tick(False)
    assert not looked.dialog.add.isEnabled()
