"""What is stored about documents: the file as it came, what its pages are drawn from, its words."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.store.tables import IN_VAULT, Base


class Document(Base):
    """A document on an entry. The original in the vault is never altered."""

    __tablename__ = "documents"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    register: Mapped[str] = mapped_column(String)
    entry_id: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    """Order among the documents of the entry."""
    name: Mapped[str] = mapped_column(String)
    """Name of the file as it came."""
    title: Mapped[str] = mapped_column(String, server_default="")
    """What the contents of a bundle call it; the requester reads that. Empty: its number only."""
    kind: Mapped[str] = mapped_column(String)
    sha256: Mapped[str] = mapped_column(String)
    """Of the file as it came."""
    size: Mapped[int] = mapped_column(Integer)
    original: Mapped[str] = mapped_column(String, info=IN_VAULT)
    """Name in the vault of the file as it came; empty where it was destroyed for good."""
    drawn: Mapped[str] = mapped_column(String, info=IN_VAULT)
    """Name in the vault of the PDF that pages are drawn from; often the original itself."""
    drawn_sha256: Mapped[str] = mapped_column(String, server_default="")
    """Of that PDF: whoever reads it compares it, so that no other can take its place."""
    page_count: Mapped[int] = mapped_column(Integer)
    warnings: Mapped[str] = mapped_column(Text)
    """Sentences about the file, one a line."""
    added_at: Mapped[str] = mapped_column(String)
    added_by: Mapped[str] = mapped_column(String)
    removed_at: Mapped[str | None] = mapped_column(String)
    parent_id: Mapped[int | None] = mapped_column(Integer)
    """The document that it came in: the message that it is attached to. None: added by itself.

    Rows of documents are never deleted, so the database need not watch over it.
    """
    how: Mapped[str] = mapped_column(String, server_default="")
    """How it lies in that document: attachment, message or embedded."""
    in_file: Mapped[str] = mapped_column(String, server_default="")
    """Where it lay: the path in the folder, the archive or the mailbox that was added."""
    dated: Mapped[str] = mapped_column(String, server_default="")
    """When it was sent or written, as it says itself or somebody put right: ISO, with its zone."""
    sender: Mapped[str] = mapped_column(String, server_default="")
    """Who sent or wrote it, as it says itself or somebody put right."""
    recipients: Mapped[str] = mapped_column(Text, server_default="")
    subject: Mapped[str] = mapped_column(String, server_default="")
    """What it calls itself: the subject of a message, the title among a file's properties."""
    message_id: Mapped[str] = mapped_column(String, server_default="")
    answers: Mapped[str] = mapped_column(Text, server_default="")
    """Numbers of the messages that it answers, one a line, the nearest last."""

    __table_args__ = (
        Index("ix_documents_parent", "parent_id"),
        Index("ix_documents_entry", "register", "entry_id", "position"),
        # Whether a file is here already is asked of every file that is added.
        Index("ix_documents_content", "register", "entry_id", "sha256"),
    )


class DocumentPage(Base):
    """One page of a document: its size and its packed words."""

    __tablename__ = "document_pages"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int] = mapped_column(Integer)
    """From 0."""
    kind: Mapped[str] = mapped_column(String)
    words: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        # Which pages show pictures is asked at every opening, and their words are long.
        Index("ix_document_pages_kind", "kind", "document_id", "number"),
    )


class PageReading(Base):
    """What was read from the picture of a page, beside the words of its file and never among them.

    A page whose letters the file does not spell out waits here from the start, without
    ``read_at``. Pages that show pictures wait as long as they have no row.
    """

    __tablename__ = "page_readings"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int] = mapped_column(Integer)
    """From 0."""
    engine: Mapped[str] = mapped_column(String, server_default="")
    settings: Mapped[str] = mapped_column(String, server_default="")
    """How it was read; see ``words_read.ReadingWay``."""
    read_at: Mapped[str | None] = mapped_column(String)
    turn: Mapped[int] = mapped_column(Integer, server_default="0")
    """Degrees by which the page had to be turned clockwise."""
    word_count: Mapped[int] = mapped_column(Integer, server_default="0")
    doubtful: Mapped[int] = mapped_column(Integer, server_default="0")
    """Words that may be misread."""
    unread: Mapped[int] = mapped_column(Integer, server_default="0")
    """1 where something on the page was not read: writing that nobody can search."""
    fault: Mapped[str] = mapped_column(String, server_default="")
    """Why nothing could be read; the page is not tried again by itself."""
    words: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        # Which pages wait is asked after every page, and what was read is long.
        Index("ix_page_readings_read_at", "read_at", "document_id", "number"),
    )
