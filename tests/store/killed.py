"""Saves in a loop and says after each save what is now promised to be there; made to be killed."""

from __future__ import annotations

from multiprocessing.connection import Connection

from dpdesk.desk import Desk
from dpdesk.documents.pages import Box
from dpdesk.documents.service import keep
from tests.builders import PASSPHRASE, a_pdf, a_request


def save_until_killed(folder: str, document: int, salt: str, said: Connection) -> None:
    """Saves entries, marks, sealed files and drafts, and sends what each save promises."""
    from pathlib import Path

    desk = Desk.open(Path(folder), PASSPHRASE)
    said.send(("ready",))
    number = 0
    while True:
        number += 1
        entry = a_request(desk, subject=f"Robin {number}", notes="words " * 50)
        said.send(("entry", entry.reference, entry.version))
        entry = desk.requests.save({"notes": f"note {number}"}, entry.id, entry.version).entry
        said.send(("entry", entry.reference, entry.version))
        done = desk.review.mark_box(document, 0, Box(10, 10, 60 + number % 100, 30), "TP-16")
        said.send(("mark", done.made[0]))
        stored = desk.workspace.vault.put(a_pdf(f"{salt} {number}") * 30)
        with desk.workspace.database.changing() as change:
            keep(change.session, stored)
        said.send(("sealed", stored.name, stored.sha256))
        desk.drafts.keep("requests", number, 0, {"subject": f"Draft {salt}"})
        said.send(("draft", number, f"Draft {salt}"))
