"""A locked window asks for the passphrase, and for nothing else."""

from __future__ import annotations

import io

import pikepdf
from PySide6.QtCore import Qt

from tests.builders import PASSPHRASE, a_pdf, a_request
from ui.kit.register.documents_panel import DocumentsPanel


def test_no_question_comes_up_over_the_locked_window(home, tmp_path):
    entry = a_request(home.opened.desk)
    home.opened.pages.open_entry("requests", entry.id)
    files = []
    for number in range(3):
        files.append(tmp_path / f"{number}.pdf")
        with pikepdf.open(io.BytesIO(a_pdf(f"secret {number}"))) as pdf:
            pdf.save(files[-1], encryption=pikepdf.Encryption(user="right", owner="o"))
    questions = []

    def lock_instead(question: str, *, details: str = "") -> None:
        questions.append(question)
        home.window.lock()  # the box is answered by no, and asking goes on below

    home.noted.ask_password = lock_instead
    panel = next(p for p in home.here.findChildren(DocumentsPanel) if p.isVisible())
    panel.add_files(files)
    home.until(lambda: questions)
    home.until(lambda: home.window.opened is None)
    assert home.window.is_locked
    assert questions == ["The password of 0.pdf?"]
    home.until(home.window.locked.passphrase.line.hasFocus)
    home.type(PASSPHRASE)
    home.press(Qt.Key.Key_Return)
    home.until(lambda: not home.window.is_locked)
    assert home.opened.desk.documents.of_entry("requests", entry.id) == ()
