"""Saves in a loop and says after each save what is now promised to be there; made to be killed."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from dpdesk.desk import Desk
from dpdesk.documents.pages import Box
from dpdesk.documents.service import keep
from tests.builders import PASSPHRASE, a_pdf, a_request


def save_until_killed(said: Connection) -> None:
    """Is told (folder, document, salt), then saves entries, marks, sealed files and drafts, and
    sends what each save promises."""
    folder, document, salt = said.recv()
    desk = Desk.open(Path(folder), PASSPHRASE)
    # The first save loads what it needs; the kills are to come between the ordinary ones.
    a_request(desk)
    said.send(("ready",))
    number = 0
    while True:
        number += 1
        entry = a_request(desk, subject=f"Robin {number}", notes="words " * 50)
        said.send(("entry", entry.reference, entry.version))
        entry = desk.requests.requests.save(
            {"notes": f"note {number}"}, entry.id, entry.version
        ).entry
        said.send(("entry", entry.reference, entry.version))
        done = desk.disclosure.review.mark_box(
            document, 0, Box(10, 10, 60 + number % 100, 30), "TP-16"
        )
        said.send(("mark", done.made[0]))
        stored = desk.workspace.vault.put(a_pdf(f"{salt} {number}") * 30)
        with desk.workspace.database.changing() as change:
            keep(change.session, stored)
        said.send(("sealed", stored.name, stored.sha256))
        desk.drafts.keep("requests", number, 0, {"subject": f"Draft {salt}"})
        said.send(("draft", number, f"Draft {salt}"))
