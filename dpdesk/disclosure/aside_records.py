"""What is stored about documents and pages that are set aside."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.store.tables import Base


class SetAside(Base):
    """A document, or one page of it, that is set aside. Taken back it stays, with who and when."""

    __tablename__ = "set_asides"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    page: Mapped[int | None] = mapped_column(Integer)
    """From 0; None: the whole document."""
    reason: Mapped[str] = mapped_column(String)
    """A code of ``resources/disclosure/aside.toml``."""
    copy_of: Mapped[int | None] = mapped_column(Integer)
    """The document in which the same stands, where that is the reason.

    Rows of documents are never deleted, so the database need not watch over it.
    """
    note: Mapped[str] = mapped_column(Text, server_default="")
    """Why in this case: what was compared, or what somebody wrote."""
    made_at: Mapped[str] = mapped_column(String)
    made_by: Mapped[str] = mapped_column(String)
    back_at: Mapped[str | None] = mapped_column(String)
    back_by: Mapped[str | None] = mapped_column(String)

    __table_args__ = (Index("ix_set_asides_document", "document_id", "page"),)
