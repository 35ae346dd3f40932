"""What a release reads from the vault is what was put there, byte for byte, or is refused.

The vault tells whether a sealed file is whole. Whether it is the right one is told by the rows
that name it: each has the SHA-256 of its file beside its name, so that a row which names the file
of another document, or another part of the release, is noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from dpdesk.disclosure.plan import number_list
from dpdesk.disclosure.records import Release
from dpdesk.documents.service import document_rows
from dpdesk.errors import DamagedWorkspace, NotFound, ReleaseRefused
from dpdesk.store.database import Database
from dpdesk.store.tables import VaultFile
from dpdesk.store.vault import Vault

PARTS = ("bundle", "schedule", "sealed", "full_copy")
"""What a release consists of."""
_NAMES = {
    "bundle": "bundle",
    "schedule": "schedule",
    "sealed": "sealed schedule",
    "full_copy": "full copy",
}
_PIECE = 1024 * 1024  # bytes
_RESTORE = "Restore the last backup into another folder and get it from there."


class Sources:
    """The PDFs that the pages of a request are drawn from, each compared with its row when read.

    Calling it with a name in the vault gives the content. Raises ReleaseRefused, with the number
    of the document as the contents of the bundle has it.
    """

    def __init__(self, database: Database, vault: Vault, register: str, entry_id: int) -> None:
        self._vault = vault
        self._sums: dict[str, list[str]] = {}
        self._places: dict[str, list[int]] = {}
        with database.reading() as session:
            for place, row in enumerate(document_rows(session, register, entry_id), 1):
                self._places.setdefault(row.drawn, []).append(place)
                self._sums.setdefault(row.drawn, []).append(row.drawn_sha256)

    def __call__(self, name: str) -> bytes:
        """The content of one source."""
        try:
            content = self._vault.read(name)
        except DamagedWorkspace as fault:
            raise self._refused(self._places.get(name, [])) from fault
        found = hashlib.sha256(content).hexdigest()
        rows = zip(self._places.get(name, []), self._sums.get(name, [""]), strict=False)
        others = [place for place, wanted in rows if wanted != found]
        if others or name not in self._sums:
            raise self._refused(others)
        return content

    def _refused(self, places: list[int]) -> ReleaseRefused:
        which = f"document {number_list(places)}" if places else "a document"
        return ReleaseRefused(
            f"The stored file of {which} is missing, damaged or not the one that was added.",
            "Nothing was released. Restore the last backup into another folder to get it back, "
            "or add the document again.",
        )


@contextmanager
def part_of(database: Database, vault: Vault, release_id: int, part: str) -> Iterator[BinaryIO]:
    """A part of a release, open at its beginning, after all of it was compared with its rows.

    Raises NotFound; DamagedWorkspace where it is damaged or not what was released.
    """
    with database.reading() as session:
        row = session.get(Release, release_id)
        if row is None or part not in PARTS:
            raise NotFound("There is no such release.")
        name = str(getattr(row, part))
        number = row.number
        kept = session.get(VaultFile, name)
        wanted = {kept.sha256 if kept is not None else "", getattr(row, f"{part}_sha256")}
    with vault.open(name) as content:
        found = hashlib.sha256()
        while piece := content.read(_PIECE):
            found.update(piece)
        if wanted != {found.hexdigest()}:
            raise DamagedWorkspace(
                f"The {_NAMES[part]} of release {number} is not the file that was released, so "
                "you cannot save or print it.",
                _RESTORE,
            )
        content.seek(0)
        yield content
