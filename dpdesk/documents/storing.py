"""Writes what was read of documents into rows, within a transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from dpdesk.documents import family, words_read
from dpdesk.documents.gathering import Gathered, left_out_warning
from dpdesk.documents.pages import Page
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.store import search_index
from dpdesk.store.database import Change, Database
from dpdesk.store.tables import Base, Meta, VaultFile, utc_text
from dpdesk.store.vault import Stored, Vault

_FORGOTTEN: Final = "forgotten_files"
"""Under this stand the names of files that are still to be deleted from the vault, as JSON."""


def store(change: Change, register: str, entry_id: int, gathered: Gathered) -> list[Document]:
    """Writes a file and all inside it, after the documents that an entry has."""
    last = change.session.scalar(
        select(func.max(Document.position)).where(
            Document.register == register,
            Document.entry_id == entry_id,
        )
    )
    first = 0 if last is None else last + 1
    written: list[Document] = []
    _store(change, (register, entry_id), gathered, None, first, written)
    return written


def store_inside(change: Change, document_id: int, gathered: Gathered) -> list[Document]:
    """Writes a file that came inside a document, after all that lies in that already.

    Nothing is written where the very file is there already.
    """
    session = change.session
    above = session.get_one(Document, document_id)
    rows = document_rows(session, above.register, above.entry_id)
    block = family.inside(rows, above)
    same = gathered.original.sha256
    if any(each.parent_id == document_id and each.sha256 == same for each in block):
        return []
    first = block[-1].position + 1
    new = sum(1 for _ in gathered.every())
    for each in rows:
        if each.position >= first:
            each.position += new
    written: list[Document] = []
    _store(change, (above.register, above.entry_id), gathered, above, first, written)
    return written


def told_of(row: Document, name: str) -> None:
    """Takes away the warning that a file inside was left out, as it is there now."""
    start = left_out_warning(name)
    kept = (line for line in row.warnings.split("\n") if not line.startswith(start))
    row.warnings = "\n".join(kept)


def _store(
    change: Change,
    owner: tuple[str, int],
    gathered: Gathered,
    parent: Document | None,
    first: int,
    written: list[Document],
) -> None:
    row = _row(change, owner, gathered, parent, first + len(written))
    written.append(row)
    for inner in gathered.inside:
        _store(change, owner, inner, row, first, written)


def _row(
    change: Change,
    owner: tuple[str, int],
    gathered: Gathered,
    parent: Document | None,
    position: int,
) -> Document:
    session, said = change.session, gathered.said
    for kept in (gathered.original, gathered.drawn):
        keep(session, kept)
    row = Document(
        register=owner[0],
        entry_id=owner[1],
        position=position,
        name=gathered.name,
        kind=gathered.kind,
        sha256=gathered.original.sha256,
        size=gathered.original.size,
        original=gathered.original.name,
        drawn=gathered.drawn.name,
        drawn_sha256=gathered.drawn.sha256,
        page_count=len(gathered.pages),
        warnings="\n".join(gathered.warnings),
        added_at=utc_text(change.at),
        added_by=change.who,
        parent_id=None if parent is None else parent.id,
        how=gathered.how,
        in_file=gathered.in_file,
        dated=said.dated,
        sender=said.sender,
        recipients=said.recipients,
        subject=said.title,
        message_id=said.message_id,
        answers="\n".join(said.references),
    )
    session.add(row)
    session.flush()
    pages = [Page.unpack(words) for words in gathered.pages]
    session.execute(
        insert(DocumentPage),
        [
            {"document_id": row.id, "number": number, "kind": page.kind, "words": words}
            for number, (page, words) in enumerate(zip(pages, gathered.pages, strict=True))
        ],
    )
    words_read.wait(session, row.id, pages)
    index(session, row, pages)
    change.note(*owner, "document", None, gathered.name)
    return row


def index(session: Session, row: Document, pages: Iterable[Page]) -> None:
    """Makes the pages of a document findable."""
    texts = [(number, page.text()) for number, page in enumerate(pages)]
    search_index.put_many(session, row.register, row.entry_id, row.id, texts)


def keep(session: Session, stored: Stored) -> None:
    """Notes that a file of the vault belongs to something from now on."""
    if session.get(VaultFile, stored.name) is None:
        session.add(VaultFile(name=stored.name, sha256=stored.sha256, size=stored.size))
        session.flush()


def let_go(database: Database, vault: Vault, names: Iterable[str]) -> None:
    """Deletes files that were sealed for something that did not come about.

    What belongs to something else stays: equal files are kept once.
    """
    wanted = set(names)
    with database.reading() as session:
        needed = set(session.scalars(select(VaultFile.name).where(VaultFile.name.in_(wanted))))
    for name in wanted - needed:
        vault.discard(name)


def forget(session: Session, names: Iterable[str]) -> None:
    """Notes that files of the vault belong to nothing any more, where that is so.

    Equal files are kept once: what something else needs stays. Within the transaction in which
    their rows went; :func:`discard_forgotten` then deletes the files, at the latest when the
    workspace is opened the next time.
    """
    session.flush()
    columns = [column for table in Base.metadata.tables.values() for column in table.c]
    naming = [column for column in columns if column.info.get("in_vault")]
    gone = []
    for name in sorted(set(names)):
        if not any(session.scalar(select(of).where(of == name).limit(1)) for of in naming):
            gone.append(name)
            session.execute(delete(VaultFile).where(VaultFile.name == name))
    if gone:
        row = session.get(Meta, _FORGOTTEN)
        before = json.loads(row.value) if row is not None else []
        session.merge(Meta(key=_FORGOTTEN, value=json.dumps([*before, *gone])))
        session.flush()


def discard_forgotten(database: Database, vault: Vault) -> None:
    """Deletes the files that belong to nothing any more from the vault.

    One that another program holds just now is tried again at the next opening.
    """
    with database.reading() as session:
        row = session.get(Meta, _FORGOTTEN)
        names = set(json.loads(row.value)) if row is not None else set()
        needed = set(session.scalars(select(VaultFile.name).where(VaultFile.name.in_(names))))
    if not names:
        return
    for name in names - needed:
        vault.discard(name)
    left = sorted(name for name in names - needed if vault.path(name).exists())
    with database.changing() as change:
        if left:
            change.session.merge(Meta(key=_FORGOTTEN, value=json.dumps(left)))
        else:
            change.session.execute(delete(Meta).where(Meta.key == _FORGOTTEN))


def document_rows(session: Session, register: str, entry_id: int) -> list[Document]:
    """The documents of an entry that were not taken off, in their order."""
    return list(
        session.scalars(
            select(Document)
            .where(
                Document.register == register,
                Document.entry_id == entry_id,
                Document.removed_at.is_(None),
            )
            .order_by(Document.position, Document.id)
        )
    )
