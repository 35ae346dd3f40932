"""Finding anything: entries and words inside documents, by what is typed into Ctrl+K."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from dpdesk.documents.pages import Page
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.law.folding import fold
from dpdesk.registers.fields import Kind
from dpdesk.registers.service import RegisterService
from dpdesk.registers.wording import show
from dpdesk.store import search_index
from dpdesk.store.database import Database
from dpdesk.store.search_index import Hit

_BEFORE: Final = 5
_AFTER: Final = 9
"""Words that are shown before what was found, and from it on."""


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
    why: str = ""
    """Where the words stand: "Case reference: IC-123…"; empty where the title says it."""


class _Titled(NamedTuple):
    reference: str
    title: str
    archived: bool
    why: str


class _Said:
    """Tells in which answer of an entry, or of its parts, the words stand."""

    def __init__(
        self, service: RegisterService[Any, Any], session: Session, ids: Collection[int]
    ) -> None:
        self._service = service
        self._parts: dict[int, list[tuple[RegisterService[Any, Any], Any]]] = {}
        for parts in service.part_services:
            rows = session.scalars(select(parts.record).where(parts.record.parent_id.in_(ids)))
            for row in rows:
                self._parts.setdefault(row.parent_id, []).append((parts, row))

    def why(self, row: Any, words: str) -> str:
        """The first answer with what the title does not say; empty where it says everything."""
        named = fold(f"{row.reference} {row.title}")
        missing = [word for word in fold(words).split() if not _begins(named, word)]
        if not missing:
            return ""
        pairs = [(self._service, row), *self._parts.get(row.id, ())]
        best, most = "", 0
        for service, each in pairs:
            values = service.answers(each)
            for field in service.register.fields:
                if not field.searched or field.kind is Kind.LINK:
                    continue
                text = show(field, values.get(field.name))
                known = fold(text) if text else ""
                met = sum(_begins(known, word) for word in missing)
                if met > most:
                    best, most = f"{field.column}: {around(text, ' '.join(missing))}", met
        return best


def _begins(folded: str, word: str) -> bool:
    """Does a word of the text begin with it, with or without the hyphens of case numbers?"""
    if re.search(rf"(?<![^\W_]){re.escape(word)}", folded) is not None:
        return True
    if not any(sign.isdigit() for sign in word):
        return False
    bare = re.escape(re.sub("[-/]", "", word))
    return re.search(rf"(?<![^\W_]){bare}", re.sub("[-/]", "", folded)) is not None


def _bare(words: str) -> str:
    """A reference without its hyphens, as it may be typed."""
    return re.sub(r"[-/\s]", "", fold(words))


def around(text: str, words: str) -> str:
    """A few words of a text before and after the first of those sought."""
    pieces = text.split()
    sought = fold(words).split()
    place = next(
        (
            number
            for number, piece in enumerate(pieces)
            if any(_begins(fold(piece), word) for word in sought)
        ),
        0,
    )
    first = max(0, place - _BEFORE)
    shown = " ".join(pieces[first : place + _AFTER])
    lead = "… " if first else ""
    return f"{lead}{shown}{' …' if place + _AFTER < len(pieces) else ''}"


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
            titles = self._titles(session, hits, words)
            names = self._names(session, hits)
            lines = self._lines(session, hits, words)
        found = []
        for hit in hits:
            titled = titles.get((hit.register, hit.entry_id))
            if titled is None:
                continue
            register = self._registers[hit.register].register
            kind, icon, why = register.entry, register.icon, titled.why
            if hit.document_id:
                why = lines.get((hit.document_id, hit.page), "")
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
                    why,
                )
            )
        # What is called so stands before what only mentions it.
        typed = _bare(words)
        found.sort(key=lambda each: not _bare(each.reference).startswith(typed))
        found.sort(key=lambda each: _bare(each.reference) != typed)
        return tuple(found)

    def _titles(
        self, session: Session, hits: Sequence[Hit], words: str
    ) -> dict[tuple[str, int], _Titled]:
        """Reference, title and why it was found of every entry, one read for each register."""
        wanted: dict[str, set[int]] = {}
        for hit in hits:
            wanted.setdefault(hit.register, set()).add(hit.entry_id)
        found = {}
        for key, ids in wanted.items():
            if key not in self._registers:
                continue
            service = self._registers[key]
            said = _Said(service, session, ids)
            for row in session.scalars(select(service.record).where(service.record.id.in_(ids))):
                found[key, row.id] = _Titled(
                    row.reference, row.title, row.archived_at is not None, said.why(row, words)
                )
        return found

    def _lines(
        self, session: Session, hits: Sequence[Hit], words: str
    ) -> dict[tuple[int, int], str]:
        """The words around what was found on each page, where the file spells them out."""
        pages = {(hit.document_id, hit.page) for hit in hits if hit.document_id}
        if not pages:
            return {}
        rows = session.execute(
            select(DocumentPage.document_id, DocumentPage.number, DocumentPage.words).where(
                tuple_(DocumentPage.document_id, DocumentPage.number).in_(pages)
            )
        )
        found = {}
        for document_id, number, packed in rows:
            text = Page.unpack(packed).text()
            found[document_id, number] = around(" ".join(text.split()), words)
        return found

    def _names(self, session: Session, hits: Sequence[Hit]) -> dict[int, str]:
        """Names of the documents found."""
        ids = {hit.document_id for hit in hits if hit.document_id}
        if not ids:
            return {}
        rows = session.execute(select(Document.id, Document.name).where(Document.id.in_(ids)))
        return {row[0]: row[1] for row in rows}
