"""Finding anything: entries and words inside documents, by what is typed into Ctrl+K."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.documents.records import Document
from dpdesk.registers.service import RegisterService
from dpdesk.store import search_index
from dpdesk.store.database import Database
from dpdesk.store.search_index import Hit


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
    archived: bool = False
    """Is the entry in the archive, out of the lists?"""


class _Titled(NamedTuple):
    reference: str
    title: str
    archived: bool


class SearchService:
    """Search over every register and all document pages."""

    def __init__(
        self, database: Database, registers: Mapping[str, RegisterService[Any, Any]]
    ) -> None:
        self._database = database
        self._registers = registers

    def find(self, words: str, limit: int = 30) -> tuple[Match, ...]:
        """Entries and pages that hold all the words, each taken as a beginning; best first."""
        with self._database.reading() as session:
            hits = search_index.find(session, words, limit)
            titles = self._titles(session, hits)
            names = self._names(session, hits)
        found = []
        for hit in hits:
            titled = titles.get((hit.register, hit.entry_id))
            if titled is None:
                continue
            register = self._registers[hit.register].register
            kind, icon = register.entry, register.icon
            if hit.document_id:
                kind = f"page {hit.page + 1} of {names.get(hit.document_id)}"
                icon = "mdi6.file-document-outline"
            found.append(
                Match(
                    hit.register,
                    hit.entry_id,
                    titled.reference,
                    titled.title,
                    kind,
                    icon,
                    hit.document_id,
                    hit.page + 1 if hit.document_id else 0,
                    titled.archived,
                )
            )
        return tuple(found)

    def _titles(self, session: Session, hits: Sequence[Hit]) -> dict[tuple[str, int], _Titled]:
        """Reference, title and place of every entry found, one read for each register."""
        wanted: dict[str, set[int]] = {}
        for hit in hits:
            wanted.setdefault(hit.register, set()).add(hit.entry_id)
        found = {}
        for key, ids in wanted.items():
            if key not in self._registers:
                continue
            record = self._registers[key].record
            rows = session.execute(
                select(record.id, record.reference, record.title, record.archived_at).where(
                    record.id.in_(ids)
                )
            )
            found.update(
                {(key, row[0]): _Titled(row[1], row[2], row[3] is not None) for row in rows}
            )
        return found

    def _names(self, session: Session, hits: Sequence[Hit]) -> dict[int, str]:
        """Names of the documents found."""
        ids = {hit.document_id for hit in hits if hit.document_id}
        if not ids:
            return {}
        rows = session.execute(select(Document.id, Document.name).where(Document.id.in_(ids)))
        return {row[0]: row[1] for row in rows}
