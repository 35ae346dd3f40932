"""The forms that were made for the public: their codes, and where on them what stands."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.papers.form_layout import FormLayout
from dpdesk.store.database import Database
from dpdesk.store.tables import Base, utc_text

_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for each other."""
_MARK: Final = "P"
CODE_LENGTH: Final = 9
"""One less than that of a consent form, so that none is taken for the other."""


class PublicForm(Base):
    """A form for the public, as it was made."""

    __tablename__ = "public_forms"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String, unique=True)
    form: Mapped[str] = mapped_column(String)
    """Its key in ``resources/templates/public_forms.toml``."""
    made_at: Mapped[str] = mapped_column(String)
    layout: Mapped[str] = mapped_column(Text)
    """Where its boxes and answers stand (see ``papers/form_layout.py``)."""


class PublicFormCodes:
    """The codes that were given out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @staticmethod
    def fresh() -> str:
        """A new code; it counts once the form is kept."""
        return _MARK + "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH - 1))

    def keep(self, code: str, form: str, layout: FormLayout) -> None:
        """Notes that a form with this code was made."""
        with self._database.changing() as change:
            made = utc_text(change.at)
            change.session.add(PublicForm(code=code, form=form, made_at=made, layout=layout.pack()))
            change.note("requests", 0, "form for the public", None, form)

    def meant(self, code: str) -> tuple[str, FormLayout] | None:
        """The form that carries a code, and its layout; None for a code that was not given out."""
        plain = "".join(code.split()).upper()
        if len(plain) != CODE_LENGTH:
            return None
        with self._database.reading() as session:
            row = session.scalar(select(PublicForm).where(PublicForm.code == plain))
            layout = FormLayout.unpack(row.layout) if row is not None else None
            return (row.form, layout) if row is not None and layout is not None else None
