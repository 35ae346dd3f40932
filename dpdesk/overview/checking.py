"""What a check of the workspace compared, in words: no more than it knows."""

from __future__ import annotations

from dpdesk.law.words import count
from dpdesk.store.check import Checked


def said(checked: Checked) -> tuple[str, ...]:
    """A line for each thing that was compared, and for what happened to the workspace."""
    return (
        f"{count(checked.history_rows, 'line')} of history: each follows from the one before.",
        f"{count(checked.sealed_rows, 'row')} of all other tables: each is as it was written.",
        f"{count(checked.answers, 'answer')} of entries: each is what its history says.",
        f"{count(checked.vault_files, 'file')} in the vault: each opens and is what was put in.",
        f"{count(checked.search_rows, 'text')} to search: the index is whole.",
        *checked.remarks,
    )
