"""What a release is drawn from is what was put into the vault, byte for byte, or is refused.

The vault tells whether a sealed file is whole. Whether it is the right one is told by the rows
that name it: each has the SHA-256 of its file beside its name, so that a row which names the file
of another document is noticed. What was released lies on the shelf, which does the same.
"""

from __future__ import annotations

import hashlib

from dpdesk.disclosure.plan import number_list
from dpdesk.documents.service import document_rows
from dpdesk.errors import DamagedWorkspace, ReleaseRefused
from dpdesk.store.database import Database
from dpdesk.store.vault import Vault


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
            "No bundle was made. Restore the last backup into another folder to get it back, "
            "or add the document again.",
        )
