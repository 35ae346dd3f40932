"""The ground that every room stands on: one database, one vault, one school, one clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dpdesk.documents.service import DocumentService
from dpdesk.documents.shelf import PaperShelf
from dpdesk.school.service import SchoolService
from dpdesk.store.database import Database
from dpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Ground:
    """What a room is built over."""

    database: Database
    vault: Vault
    school: SchoolService
    documents: DocumentService
    shelf: PaperShelf

    def now(self) -> dt.datetime:
        """The present moment, as the desk's clock tells it."""
        return self.database.now()
