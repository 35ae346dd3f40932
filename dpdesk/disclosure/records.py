"""What is stored about a review: marks, and the state of pages."""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.store.tables import Base


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
