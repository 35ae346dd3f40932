"""What is stored about suggestions: what was found the last time, and what was decided."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.store.tables import Base


class SuggestionRun(Base):
    """What was found in the documents of an entry the last time they were gone through."""

    __tablename__ = "suggestion_runs"
    register: Mapped[str] = mapped_column(String, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    made_at: Mapped[str] = mapped_column(String)
    basis: Mapped[str] = mapped_column(String)
    """A fingerprint of the documents and people that it rests on."""
    found: Mapped[bytes] = mapped_column(LargeBinary)
    """Candidates and groups, packed."""


class SuggestionDecision(Base):
    """What was decided about a candidate, or about a whole group of them."""

    __tablename__ = "suggestion_decisions"
    register: Mapped[str] = mapped_column(String, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    about: Mapped[str] = mapped_column(String, primary_key=True)
    """A place, a group or a standing, each after its own word."""
    decision: Mapped[str] = mapped_column(String)
    """rejected, or wanted: proposed although it is kept by itself."""
    made_at: Mapped[str] = mapped_column(String)
    made_by: Mapped[str] = mapped_column(String)
