"""A school that kept everything for a hundred years: workspaces of any size, made quickly.

Rows go in by the thousand, past the forms but through the tables, the index and the history
that the program itself writes. All persons and all words are invented.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import insert, text

from dpdesk.desk import Desk
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.documents.service import keep
from dpdesk.law.folding import fold
from dpdesk.registers.history import CREATED
from dpdesk.requests.records import Request
from dpdesk.store.tables import SearchRow, utc_text
from tests.builders import PASSPHRASE, QUICK, SCHOOL

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
OPEN = 50
"""One request in so many is still open."""
PAGES = 50
"""Pages of a document."""
_WORDS_ON_PAGE = 300
_CHUNK = 5_000

_FIRST = "Ada Ben Cora Dev Ella Finn Gwen Hugo Iris Jude Kaya Liam Mona Nell Omar Zoë".split()
_LAST = "Ashby Bream Corrie Dunmow Elmet Farrow Gorse O’Hale Ibbot Juniper Wójt Larch".split()


def vocabulary(dice: random.Random, size: int = 6_000) -> list[str]:
    """Invented words of one to four syllables, the short ones first, as in a language."""
    heads = "b br c ch d dr f fl g gr h j k l m n p pl r s sh st t th tr v w".split()
    hearts = "a e i o u ai ea ou".split()
    found: dict[str, None] = {}
    while len(found) < size:
        count = 1 + min(3, len(found) // 400)
        word = "".join(dice.choice(heads) + dice.choice(hearts) for _ in range(count))
        found[word + dice.choice(("", "n", "r", "s", "t", "ng"))] = None
    return list(found)


class Text:
    """Invented running text, in which a few words are common and most are rare."""

    def __init__(self, seed: int = 7) -> None:
        self.dice = random.Random(seed)
        self.words = vocabulary(self.dice)
        self._weights = list(
            itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words)))
        )

    def some(self, count: int) -> list[str]:
        """So many words."""
        return self.dice.choices(self.words, cum_weights=self._weights, k=count)

    def name(self) -> str:
        """An invented person."""
        return f"{self.dice.choice(_FIRST)} {self.dice.choice(_LAST)}"


def workspace(folder: Path, entries: int, pages: int = 0) -> Path:
    """A workspace with so many requests, and so many pages of documents on the first of them."""
    desk, _ = Desk.create(folder, PASSPHRASE, SCHOOL, cost=QUICK, now=lambda: NOW)
    try:
        text_of = Text()
        for start in range(1, entries + 1, _CHUNK):
            _add_requests(desk, text_of, start, min(_CHUNK, entries + 1 - start))
        documents = -(-pages // PAGES)
        if documents:
            _add_documents(desk, text_of, documents, entries)
    finally:
        desk.close()
    return folder


def _add_requests(desk: Desk, text_of: Text, start: int, count: int) -> None:
    rows: list[dict[str, Any]] = []
    bodies: list[str] = []
    dice = text_of.dice
    today = NOW.date()
    for number in range(start, start + count):
        still_open = number % OPEN == 0
        received = today - dt.timedelta(dice.randrange(1, 25) if still_open else number % 30_000)
        subject = text_of.name()
        asked = " ".join(text_of.some(20))
        rows.append(
            {
                "id": number,
                "reference": f"SAR-2026-{number:03d}",
                "version": 1,
                "title": subject,
                "state": "search" if still_open else "closed",
                "due": (received + dt.timedelta(30)).isoformat(),
                "created_at": NOW,
                "changed_at": NOW,
                "subject": subject,
                "kind": "access",
                "subject_kind": dice.choice(("pupil", "parent", "staff")),
                "received": received,
                "channel": "email",
                "asked": asked,
                "assigned_to": "Dana Pryce",
                "relationship": "self",
                "closed": None if still_open else received + dt.timedelta(20),
                "outcome": None if still_open else "given",
            }
        )
        bodies.append(f"SAR-2026-{number:03d} {subject} {asked} Dana Pryce")
    with desk.workspace.database.changing() as change:
        change.session.execute(insert(Request), rows)
        places = [("requests", row["id"], 0, 0) for row in rows]
        _index(change.session, list(zip(places, bodies, strict=True)))
        for row in rows:
            change.note("requests", row["id"], CREATED, None, row["reference"])


def _index(session, found) -> None:
    first = 1 + session.execute(text("SELECT coalesce(max(id), 0) FROM search_rows")).scalar()
    names = ("register", "entry_id", "document_id", "page")
    session.execute(
        insert(SearchRow),
        [
            {"id": first + rank, **dict(zip(names, place, strict=True))}
            for rank, (place, _) in enumerate(found)
        ],
    )
    session.execute(
        text("INSERT INTO search_text(rowid, body) VALUES (:row, :body)"),
        [{"row": first + rank, "body": fold(body)} for rank, (_, body) in enumerate(found)],
    )


def _add_documents(desk: Desk, text_of: Text, documents: int, entries: int) -> None:
    stored = desk.workspace.vault.put(text_pdf(1))
    packed = [packed_page(text_of.some(_WORDS_ON_PAGE)) for _ in range(16)]
    for number in range(1, documents + 1):
        # On open requests first, as there the work is.
        entry_id = 1 + (number * OPEN - 1) % entries
        with desk.workspace.database.changing() as change:
            keep(change.session, stored)
            row = Document(
                id=number, register="requests", entry_id=entry_id, position=0,
                name=f"letters {number}.pdf", kind="pdf", sha256=stored.sha256, size=stored.size,
                original=stored.name, drawn=stored.name,
                drawn_sha256=stored.sha256, page_count=PAGES, warnings="",
                added_at=utc_text(NOW), added_by="Dana Pryce",
            )  # fmt: skip
            change.session.add(row)
            change.session.flush()
            change.session.execute(
                insert(DocumentPage),
                [
                    {"document_id": number, "number": n, "kind": "text", "words": packed[n % 16]}
                    for n in range(PAGES)
                ],
            )
            places = [("requests", entry_id, number, n) for n in range(PAGES)]
            _index(
                change.session,
                [(place, " ".join(text_of.some(_WORDS_ON_PAGE))) for place in places],
            )
            change.note("requests", entry_id, "document", None, row.name)


def packed_page(words: list[str]) -> bytes:
    """A page with these words, ten on a line, as the database keeps it."""
    placed = [
        Word(word, Box(50 + rank % 10 * 50, y := 60 + rank // 10 * 20, 95 + rank % 10 * 50, y + 12))
        for rank, word in enumerate(words)
    ]
    return Page(595, 842, tuple(placed), "text").pack()


def lines_of_text(text_of: Text, lines: int = 40) -> Iterator[str]:
    """The lines of a page of a letter."""
    for _ in range(lines):
        yield " ".join(text_of.some(9))


def text_pdf(pages: int, seed: int = 3) -> bytes:
    """A PDF of so many pages of letters, no two alike."""
    text_of = Text(seed)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for _ in range(pages):
        canvas.setFont("Helvetica", 11)
        for rank, line in enumerate(lines_of_text(text_of)):
            canvas.drawString(60, 780 - 18 * rank, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
