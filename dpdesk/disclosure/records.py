"""What is stored about a review: marks, the state of pages, and releases."""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.store.tables import Base, never_changed


class MarkRow(Base):
    """One redaction mark on one page. A mark that was taken away stays, with who and when."""

    __tablename__ = "marks"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    page: Mapped[int] = mapped_column(Integer)
    """From 0."""
    kind: Mapped[str] = mapped_column(String)
    """text, line or box"""
    x0: Mapped[float] = mapped_column(Float)
    y0: Mapped[float] = mapped_column(Float)
    x1: Mapped[float] = mapped_column(Float)
    y1: Mapped[float] = mapped_column(Float)
    code: Mapped[str] = mapped_column(String)
    words: Mapped[str] = mapped_column(Text)
    """The words under the mark, for the sealed schedule."""
    origin: Mapped[str] = mapped_column(String)
    """Where the mark came from: drawn by hand, found by searching, …"""
    note: Mapped[str] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(String)
    made_by: Mapped[str] = mapped_column(String)
    removed_at: Mapped[str | None] = mapped_column(String)
    removed_by: Mapped[str | None] = mapped_column(String)

    __table_args__ = (Index("ix_marks_page", "document_id", "page"),)


class PageReview(Base):
    """How far a page has been looked at, and whether it is withheld as a whole."""

    __tablename__ = "page_reviews"
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    page: Mapped[int] = mapped_column(Integer, primary_key=True)
    reviewed_at: Mapped[str | None] = mapped_column(String)
    reviewed_by: Mapped[str | None] = mapped_column(String)
    second_at: Mapped[str | None] = mapped_column(String)
    second_by: Mapped[str | None] = mapped_column(String)
    withheld: Mapped[str | None] = mapped_column(String)
    """Reason code of a page that is left out."""
    withheld_by: Mapped[str | None] = mapped_column(String)
    withheld_at: Mapped[str | None] = mapped_column(String)


class Release(Base):
    """A bundle that was handed over, or is ready to be. It is never changed."""

    __tablename__ = "releases"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    register: Mapped[str] = mapped_column(String)
    entry_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    """From 1 for each request; a correction is a new release."""
    made_at: Mapped[str] = mapped_column(String)
    made_by: Mapped[str] = mapped_column(String)
    pages: Mapped[int] = mapped_column(Integer)
    marks: Mapped[int] = mapped_column(Integer)
    withheld: Mapped[int] = mapped_column(Integer)
    bundle: Mapped[str] = mapped_column(String)
    bundle_sha256: Mapped[str] = mapped_column(String)
    schedule: Mapped[str] = mapped_column(String)
    schedule_sha256: Mapped[str] = mapped_column(String, server_default="")
    sealed: Mapped[str] = mapped_column(String)
    sealed_sha256: Mapped[str] = mapped_column(String, server_default="")
    full_copy: Mapped[str] = mapped_column(String)
    """Names in the vault: bundle, schedule for the requester, sealed schedule, full copy."""
    full_copy_sha256: Mapped[str] = mapped_column(String, server_default="")
    proposed: Mapped[str] = mapped_column(String, server_default="")
    """What was proposed and what was left open, in a sentence."""

    __table_args__ = (Index("ix_releases_entry", "register", "entry_id"),)


never_changed(Release, "a release cannot be changed")
