"""intake: a folder of messages with attachments, from the disk to pages with words."""

from __future__ import annotations

import email
import email.policy
import io
import random
import time
from email.message import EmailMessage
from pathlib import Path

import pypdfium2 as pdfium

from dpdesk.desk import Desk
from dpdesk.documents.piles import add_pile, spread_out
from tests.benchmarks.invented import NOW, Text
from tests.benchmarks.measuring import Point, Promise, Row
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE, a_pdf, a_request


def measure(bench: Bench) -> list[Row]:
    """A folder dropped onto a request, against the bare libraries over the same messages."""
    sizes = (100, 1_000) if bench.sizes.judged else (2, 4)
    points, parsed = [], []
    for count in sizes:
        folder = _messages(bench.folder / f"mail-{count}", count)
        ours, documents = _taken(bench, folder)
        points.append(Point(f"{count:,} messages", count, ours, _bare(folder)))
        parsed.append(_parsed(folder))
        assert documents == 2 * count
    alone = points[-1].subject / parsed[-1] if parsed[-1] else 0.0
    return [
        Row(
            "intake",
            "messages, each with an attachment, to stored pages with words",
            "the bare libraries: parsed, laid out as PDF by Qt, words read by pdfium",
            Promise(3.0),
            tuple(points),
            note=f"{alone:.0f} times what parsing alone takes.",
            cause=(
                "Each page is drawn twice to see how far the ink of each word reaches, each letter "
                "is asked for its place and its drawing, and each file is sealed twice and synced."
            ),
        )
    ]


def _messages(folder: Path, count: int) -> Path:
    text = Text(seed=11)
    dice = random.Random(11)
    folder.mkdir()
    for number in range(count):
        made = EmailMessage()
        made["From"], made["To"] = f"{text.name()} <a@school.example>", "b@school.example"
        made["Subject"], made["Date"] = " ".join(text.some(5)), NOW.strftime("%a, %d %b %Y %T %z")
        lines = [" ".join(text.some(12)) for _ in range(dice.randint(5, 40))]
        made.set_content("\n".join(lines))
        made.add_alternative(f"<p>{'</p><p>'.join(lines)}</p>", subtype="html")
        content = a_pdf(" ".join(text.some(8)) + f" {number}")
        made.add_attachment(content, maintype="application", subtype="pdf", filename="a.pdf")
        (folder / f"{number:05}.eml").write_bytes(made.as_bytes())
    return folder


def _taken(bench: Bench, folder: Path) -> tuple[float, int]:
    desk = Desk.open(bench.workspace(0), PASSPHRASE, now=lambda: NOW)
    try:
        entry = a_request(desk)
        # The workers start with the first file, and are there for all others.
        desk.documents.add("requests", entry.id, "first.txt", b"first")
        begun = time.perf_counter()
        outcomes = add_pile(
            desk.documents, ("requests", entry.id), spread_out([folder]), lambda *_: None
        )
        documents = sum(len(outcome.documents) for outcome in outcomes)
        return time.perf_counter() - begun, documents
    finally:
        desk.close()


def _bare(folder: Path) -> float:
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QPdfWriter, QTextDocument
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    begun = time.perf_counter()
    for path in sorted(folder.iterdir()):
        for part in _parts(path):
            if part.get_content_subtype() == "html":
                buffer = QBuffer()
                buffer.open(QIODevice.OpenModeFlag.WriteOnly)
                writer = QPdfWriter(buffer)
                laid = QTextDocument()
                laid.setHtml(part.get_content())
                laid.print_(writer)
                del writer
                _words(bytes(buffer.data().data()))
            elif part.get_content_subtype() == "pdf":
                _words(part.get_content())
    taken = time.perf_counter() - begun
    del application
    return taken


def _parsed(folder: Path) -> float:
    begun = time.perf_counter()
    for path in sorted(folder.iterdir()):
        for part in _parts(path):
            part.get_content()
    return time.perf_counter() - begun


def _parts(path: Path) -> list[EmailMessage]:
    whole = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return [
        part for part in whole.walk() if isinstance(part, EmailMessage) and not part.is_multipart()
    ]


def _words(content: bytes) -> None:
    document = pdfium.PdfDocument(io.BytesIO(content))
    for page in document:
        text = page.get_textpage()
        text.get_text_bounded()
        for index in range(text.count_chars()):
            text.get_charbox(index)
        text.close()
        page.close()
    document.close()
