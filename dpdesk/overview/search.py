"""Finding anything: entries and words inside documents, by what is typed into Ctrl+K."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dpdesk.documents.records import Document
from dpdesk.registers.service import RegisterService
from dpdesk.store import search_index
from dpdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Match:
    """Something found: an entry, or a page of a document on one (``page`` from 1; else 0)."""

    register: str
    entry_id: int
    reference: str
    title: str
    kind: str
    """What it is, in a word: "request", "page 3 of …"."""
    icon: str
    document_id: int = 0
    page: int = 0


class SearchService:
    """Search over every register and all document pages."""

    def __init__(self, database: Database, registers: Mapping[str, RegisterService[Any]]) -> None:
        self._database = database
        self._registers = registers

    def find(self, words: str, limit: int = 30) -> tuple[Match, ...]:
        """Entries and pages that hold all the words, each taken as a beginning; best first."""
        with self._database.reading() as session:
            hits = search_index.find(session, words, limit)
            found = []
            for hit in hits:
                service = self._registers.get(hit.register)
                if service is None:
                    continue
                record = service.record
                row = session.execute(
                    select(record.reference, record.title).where(record.id == hit.entry_id)
                ).one_or_none()
                if row is None:
                    continue
                kind, icon = service.register.entry, service.register.icon
                if hit.document_id:
                    name = session.scalar(
                        select(Document.name).where(Document.id == hit.document_id)
                    )
                    kind, icon = f"page {hit.page + 1} of {name}", "mdi6.file-document-outline"
                found.append(
                    Match(
                        hit.register,
                        hit.entry_id,
                        row[0],
                        row[1],
                        kind,
                        icon,
                        hit.document_id,
                        hit.page + 1 if hit.document_id else 0,
                    )
                )
            return tuple(found)
