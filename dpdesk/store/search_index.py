"""Full-text search over entries and document pages.

Words are folded before they are indexed and before they are looked for: no accents, no
apostrophes, no capitals, so that "obrien" finds O’Brien and "wojcik" finds Wójcik. Only the
folded words are kept in the index; what is shown comes from the entry or the page itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import DDL, bindparam, delete, event, insert, select, text
from sqlalchemy.orm import Session

from dpdesk.law.folding import expression, indexed
from dpdesk.store.tables import Base, SearchRow

CREATE = (
    "CREATE VIRTUAL TABLE search_text USING fts5("
    "body, content='', contentless_delete=1, tokenize='unicode61', prefix='2 3')"
)
event.listen(
    SearchRow.__table__,
    "after_create",
    DDL(CREATE),  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
)
event.listen(
    SearchRow.__table__,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
        "INSERT INTO search_text(search_text, rank) VALUES('secure-delete', 1)"
    ),
)

_ROWS = Base.metadata.tables[SearchRow.__tablename__]
_AT_ONCE = 500
"""Numbers that one statement asks for."""
_DELETE = text("DELETE FROM search_text WHERE rowid = :rowid")
_INSERT = text("INSERT INTO search_text(rowid, body) VALUES(:rowid, :body)")
_INSERT_BODY = "INSERT INTO search_text(rowid, body) VALUES (?, ?)"
_REPLACE = (
    "INSERT OR REPLACE INTO search_text(rowid, body) SELECT id, ? FROM search_rows WHERE "
    "register = ? AND entry_id = ? AND document_id = ? AND page = ?"
)
_INSERT_ROW = "INSERT INTO search_rows (register, entry_id, document_id, page) VALUES (?, ?, ?, ?)"
_INSERT_ENTRY = (
    "INSERT INTO search_rows (id, register, entry_id, document_id, page) VALUES (?, ?, ?, 0, 0)"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words were found; ``document_id`` is 0 for the entry itself."""

    register: str
    entry_id: int
    document_id: int
    page: int


def put(
    session: Session, register: str, entry_id: int, body: str, document_id: int = 0, page: int = 0
) -> None:
    """Indexes one entry or one page, in place of what was indexed for it before."""
    row = (indexed(body), register, entry_id, document_id, page)
    if not session.connection().exec_driver_sql(_REPLACE, row).rowcount:
        put_new(session, register, entry_id, body, document_id, page)


def put_new(
    session: Session, register: str, entry_id: int, body: str, document_id: int = 0, page: int = 0
) -> None:
    """Indexes one entry or one page that was not indexed before, without looking for it."""
    # Past SQLAlchemy, as the history: every save needs these.
    connection = session.connection()
    made = connection.exec_driver_sql(_INSERT_ROW, (register, entry_id, document_id, page))
    connection.exec_driver_sql(_INSERT_BODY, (made.lastrowid, indexed(body)))


def put_many(
    session: Session, register: str, entry_id: int, document_id: int, pages: list[tuple[int, str]]
) -> None:
    """Indexes pages that were not indexed before."""
    if not pages:
        return
    first = (
        session.execute(text("SELECT coalesce(max(id), 0) FROM search_rows")).scalar() or 0
    ) + 1
    session.execute(
        insert(_ROWS),
        [
            {
                "id": first + i,
                "register": register,
                "entry_id": entry_id,
                "document_id": document_id,
                "page": page,
            }
            for i, (page, _) in enumerate(pages)
        ],
    )
    session.execute(
        _INSERT,
        [{"rowid": first + i, "body": indexed(body)} for i, (_, body) in enumerate(pages)],
    )


def put_entries(session: Session, register: str, bodies: Sequence[tuple[int, str]]) -> None:
    """Indexes many entries, in place of what was indexed for them before, in a few statements."""
    known: dict[int, int] = {}
    numbers = [entry_id for entry_id, _ in bodies]
    of = _ROWS.c
    for start in range(0, len(numbers), _AT_ONCE):
        found = session.execute(
            select(of.entry_id, of.id).where(
                of.register == register,
                of.document_id == 0,
                of.page == 0,
                of.entry_id.in_(numbers[start : start + _AT_ONCE]),
            )
        )
        known.update((entry_id, rowid) for entry_id, rowid in found)
    if known:
        session.execute(_DELETE, [{"rowid": rowid} for rowid in known.values()])
    fresh = [entry_id for entry_id in numbers if entry_id not in known]
    last = session.execute(text("SELECT coalesce(max(id), 0) FROM search_rows")).scalar() or 0
    if fresh:
        session.connection().exec_driver_sql(
            _INSERT_ENTRY, [(last + 1 + place, register, n) for place, n in enumerate(fresh)]
        )
        known.update((number, last + 1 + place) for place, number in enumerate(fresh))
    if bodies:
        session.connection().exec_driver_sql(
            _INSERT_BODY, [(known[number], indexed(body)) for number, body in bodies]
        )


def remove(
    session: Session,
    register: str,
    entry_id: int,
    document_id: int | None = None,
    page: int | None = None,
) -> None:
    """Takes an entry, one of its documents or one page out of the index."""
    numbers = session.scalars(_rows(register, entry_id, document_id, page)).all()
    if numbers:
        session.execute(
            _DELETE,
            [{"rowid": number} for number in numbers],
        )
        session.execute(delete(SearchRow).where(SearchRow.id.in_(numbers)))


def wipe(session: Session) -> None:
    """Takes the words of what was removed out of the index itself, in the same transaction.

    The index holds no texts, so removing one only marks its words as gone; they stay readable in
    the file until they are merged away. So whoever erases for good calls this afterwards.
    """
    session.flush()
    session.connection().exec_driver_sql("INSERT INTO search_text(search_text) VALUES('optimize')")


def _rows(register: str, entry_id: int, document_id: int | None, page: int | None) -> Any:
    """A select of the numbers under which an entry, a document or a page is indexed."""
    of = _ROWS.c
    which = select(of.id).where(of.register == register, of.entry_id == entry_id)
    if document_id is not None:
        which = which.where(of.document_id == document_id)
    return which if page is None else which.where(of.page == page)


def matching_entries(register: str, words: str) -> Any:
    """A sub-select of the numbers of the entries of one register that hold the words."""
    rows = text("SELECT rowid FROM search_text WHERE search_text MATCH :words").bindparams(
        bindparam("words", expression(words))
    )
    return select(SearchRow.entry_id).where(
        SearchRow.register == register,
        SearchRow.document_id == 0,
        SearchRow.id.in_(rows.columns(SearchRow.id).scalar_subquery()),
    )


def find(session: Session, words: str, limit: int = 50) -> list[Hit]:
    """The places that hold every word (each taken as a beginning), best first."""
    sought = expression(words)
    if not sought:
        return []
    rows = session.execute(
        text(
            "SELECT r.register, r.entry_id, r.document_id, r.page FROM "
            "(SELECT rowid, rank FROM search_text WHERE search_text MATCH :words "
            "ORDER BY rank LIMIT :limit) f JOIN search_rows r ON r.id = f.rowid ORDER BY f.rank"
        ),
        {"words": sought, "limit": limit},
    )
    return [Hit(*row) for row in rows]
