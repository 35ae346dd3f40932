"""Codes of printed forms: which pupil a form is for, and which words were on it.

A code is random and says nothing by itself; whoever finds a form learns no more than is printed.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ForeignKey, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.consents.roll_answers import Use
from dpdesk.papers.form_layout import FormLayout
from dpdesk.store.database import Database
from dpdesk.store.tables import Base, utc_text

_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for each other."""
CODE_LENGTH: Final = 10


class PrintedForm(Base):
    """A form that was printed for a pupil."""

    __tablename__ = "consent_forms"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String, unique=True)
    pupil: Mapped[int] = mapped_column(ForeignKey("people.id"))
    versions: Mapped[str] = mapped_column(Text)
    """JSON: version of the wording by number of the use."""
    made_at: Mapped[str] = mapped_column(String)
    layout: Mapped[str] = mapped_column(Text, server_default="")
    """Where its boxes stand (see ``form_layout``); empty for forms of an earlier time."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a code stands for: a pupil, and the version of the wording of each use."""

    pupil: int
    versions: Mapping[int, int]
    layout: FormLayout | None = None
    page: int = 0
    """Which page of the form carries this code, from 0."""
    printed_on: dt.date | None = None


class FormCodes:
    """The codes that were given out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fresh(self, pupils: Iterable[int]) -> Mapping[int, str]:
        """A new code for a form of each pupil; it counts once the form is kept."""
        return {
            pupil: "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH)) for pupil in pupils
        }

    def keep(
        self,
        codes: Mapping[int, str],
        uses: Iterable[Use],
        layouts: Mapping[int, FormLayout] | None = None,
    ) -> None:
        """Notes which codes, by pupil, stand on forms with these uses, and where what stands."""
        versions = json.dumps({str(use.id): use.version for use in uses})
        with self._database.changing() as change:
            for pupil, code in codes.items():
                layout = layouts[pupil].pack() if layouts is not None else ""
                change.session.add(
                    PrintedForm(
                        code=code,
                        pupil=pupil,
                        versions=versions,
                        made_at=utc_text(change.at),
                        layout=layout,
                    )
                )
                change.note("people", pupil, "consent form", None, "printed")

    def meant(self, code: str) -> Meant | None:
        """What a code stands for; None for one that was not given out. Blanks do not matter.

        The further pages of a form carry its code with their number behind.
        """
        plain = "".join(code.split()).upper()
        plain, further = plain[:CODE_LENGTH], plain[CODE_LENGTH:]
        if len(plain) != CODE_LENGTH or not (not further or further.isdecimal()):
            return None
        with self._database.reading() as session:
            row = session.scalar(select(PrintedForm).where(PrintedForm.code == plain))
            if row is None:
                return None
            versions = {int(use): int(n) for use, n in json.loads(row.versions).items()}
            page = int(further) - 1 if further else 0
            printed = dt.datetime.fromisoformat(row.made_at).date()
            return Meant(row.pupil, versions, FormLayout.unpack(row.layout), page, printed)
