"""What goes of a review when the papers of its case are destroyed: all words, and the bundles."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update

from dpdesk.disclosure.aside_records import SetAside
from dpdesk.disclosure.records import MarkRow
from dpdesk.disclosure.released import PARTS, SHELF
from dpdesk.disclosure.suggestion_records import SuggestionDecision, SuggestionRun
from dpdesk.documents.erasing import portions
from dpdesk.documents.shelf import destroy_papers
from dpdesk.registers.crossings import KeptAboutDocuments
from dpdesk.store.database import Change


class ReviewErasing(KeptAboutDocuments):
    """The words under marks, notes, proposals and bundles; who looked at which page stays."""

    def erase_about(
        self, change: Change, register: str, entry_id: int, documents: Sequence[int]
    ) -> set[str]:
        """Empties it; gives the names of files in the vault that go with it."""
        session = change.session
        for some in portions(documents):
            marks = update(MarkRow).where(MarkRow.document_id.in_(some))
            session.execute(marks.values(words="", note=""))
            aside = update(SetAside).where(SetAside.document_id.in_(some))
            session.execute(aside.values(note=""))
        for of in (SuggestionRun, SuggestionDecision):
            session.execute(delete(of).where(of.register == register, of.entry_id == entry_id))
        # What a bundle says of itself is numbers and codes of reasons: proof of what was given.
        return destroy_papers(change, SHELF, entry_id, keeping=next(iter(PARTS)))
