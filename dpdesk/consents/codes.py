"""Codes of printed forms: which pupil a form is for, and which words were on it.

A code is random and says nothing by itself; whoever finds a form learns no more than is printed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ForeignKey, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.consents.roll import Use
from dpdesk.store.database import Database
from dpdesk.store.tables import Base, utc_text

_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for each other."""
_LENGTH: Final = 10


class PrintedForm(Base):
    """A form that was printed for a pupil."""

    __tablename__ = "consent_forms"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String, unique=True)
    pupil: Mapped[int] = mapped_column(ForeignKey("people.id"))
    versions: Mapped[str] = mapped_column(Text)
    """JSON: version of the wording by number of the use."""
    made_at: Mapped[str] = mapped_column(String)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a code stands for: a pupil, and the version of the wording of each use."""

    pupil: int
    versions: Mapping[int, int]


class FormCodes:
    """The codes that were given out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, pupils: Iterable[int], uses: Iterable[Use]) -> Mapping[int, str]:
        """A new code for a form of each pupil with these uses."""
        versions = json.dumps({str(use.id): use.version for use in uses})
        given: dict[int, str] = {}
        with self._database.changing() as change:
            for pupil in pupils:
                code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
                given[pupil] = code
                change.session.add(
                    PrintedForm(
                        code=code, pupil=pupil, versions=versions, made_at=utc_text(change.at)
                    )
                )
                change.note("people", pupil, "consent form", None, "printed")
        return given

    def meant(self, code: str) -> Meant | None:
        """What a code stands for; None for one that was not given out. Blanks do not matter."""
        plain = "".join(code.split()).upper()
        if len(plain) != _LENGTH:
            return None
        with self._database.reading() as session:
            row = session.scalar(select(PrintedForm).where(PrintedForm.code == plain))
            if row is None:
                return None
            versions = {int(use): int(n) for use, n in json.loads(row.versions).items()}
            return Meant(row.pupil, versions)
