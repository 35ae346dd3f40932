"""The kinds of work that are killed; each says after each step what is now promised to be there.

This runs in the process that is killed. A ``say`` that was heard is a promise: whoever sits at
the desk has seen that it was saved.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dpdesk.desk import Desk
from dpdesk.documents.pages import Box
from dpdesk.documents.service import keep
from dpdesk.store import backup, migrate
from dpdesk.store.keys import KeyFile
from tests.builders import PASSPHRASE, QUICK, SCHOOL, a_pdf, a_request

Say = Callable[..., None]


@dataclass(frozen=True)
class Order:
    """What a process is told to do: where, with what, and a text that no other order has.

    ``source`` is the backup to restore, or the folder with the steps of a migration.
    """

    kind: str
    folder: str
    salt: str
    passphrase: str = PASSPHRASE
    document: int = 0
    entry: int = 0
    source: str = ""


def save(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Saves a new request."""
    entry = a_request(desk, subject=f"Robin {order.salt} {number}", notes="words " * 50)
    yield "entry", entry.reference, entry.version, entry.values["subject"], False


def change(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Changes the same request again and again."""
    entry = desk.requests.requests.load(order.entry)
    subject = f"Robin {order.salt} {number}"
    entry = desk.requests.requests.save({"subject": subject}, entry.id, entry.version).entry
    yield "entry", entry.reference, entry.version, subject, False


def archive(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Archives a request."""
    entry = a_request(desk, subject=f"Kim {order.salt} {number}")
    entry = desk.requests.requests.archive(entry.id, entry.version, "a mistake").entry
    yield "entry", entry.reference, entry.version, entry.values["subject"], True


def draft(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Keeps what is being typed."""
    place = int(hashlib.sha256(order.salt.encode()).hexdigest()[:8], 16) * 1000 + number
    desk.drafts.keep("requests", place, 0, {"subject": f"Draft {order.salt}"})
    yield "draft", place, f"Draft {order.salt}"


def mark(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Marks a place on a page."""
    place = Box(10, 10, 60 + number % 100, 30)
    yield (
        "mark",
        order.document,
        desk.disclosure.review.mark_box(order.document, 0, place, "TP-16").made[0],
    )


def seal(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Seals a file into the vault."""
    stored = desk.workspace.vault.put(a_pdf(f"{order.salt} {number}") * 30)
    with desk.workspace.database.changing() as changing:
        keep(changing.session, stored)
    yield "sealed", stored.name, stored.sha256


def add(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Adds a document to a request, read by a worker."""
    content = a_pdf(f"Robin {order.salt} {number}")
    name = f"{number}.pdf"
    card = desk.documents.add("requests", order.entry, name, content)
    yield "document", card.id, hashlib.sha256(content).hexdigest()


def release(desk: Desk, order: Order, _number: int) -> Iterator[tuple[Any, ...]]:
    """Builds, checks and releases the bundle of a request."""
    card = desk.disclosure.releases.release(order.entry)
    yield "release", card.id, hashlib.sha256(desk.disclosure.releases.content(card.id)).hexdigest()


def back_up(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Writes a backup."""
    target = Path(f"{order.folder} {order.salt} {number}.dpdesk-backup")
    yield "backup begun", str(target)
    desk.keeping.back_up(target)
    yield "backup", str(target)


def passphrase(desk: Desk, order: Order, number: int) -> Iterator[tuple[Any, ...]]:
    """Changes the passphrase, from that of the order to others."""
    present = f"{PASSPHRASE} {order.salt} {number - 1}" if number > 1 else order.passphrase
    new = f"{PASSPHRASE} {order.salt} {number}"
    yield "passphrase begun", new
    desk.keeping.change_passphrase(present, new)
    yield "passphrase", new


IN_A_DESK: dict[str, Callable[[Desk, Order, int], Iterator[tuple[Any, ...]]]] = {
    "save": save,
    "change": change,
    "archive": archive,
    "draft": draft,
    "mark": mark,
    "vault": seal,
    "add document": add,
    "release": release,
    "back up": back_up,
    "passphrase": passphrase,
}
"""Done again and again in a desk that stays open."""


def open_and_close(order: Order, say: Say) -> None:
    """Opens the workspace, and closes it."""
    for number in itertools.count(1):
        Desk.open(Path(order.folder), order.passphrase).close()
        say("opened", number)


def create(order: Order, say: Say) -> None:
    """Makes a workspace."""
    Desk.create(Path(order.folder), PASSPHRASE, SCHOOL, cost=QUICK)
    say("made", order.folder)


def restore(order: Order, say: Say) -> None:
    """Brings a backup back."""
    backup.restore(Path(order.source), Path(order.folder), passphrase=PASSPHRASE)
    say("made", order.folder)


def bring_up_to_date(order: Order, say: Say) -> None:
    """Migrates a workspace of an older version."""
    folder = Path(order.folder)
    keys = KeyFile.read((folder / "dpdesk.keys.json").read_bytes()).by_passphrase(PASSPHRASE)
    migrate.bring_up_to_date(
        folder / "dpdesk.db", keys.database, folder / "backups", scripts=Path(order.source)
    )
    say("made", order.folder)


ALONE: dict[str, Callable[[Order, Say], None]] = {
    "open": open_and_close,
    "create": create,
    "restore": restore,
    "migrate": bring_up_to_date,
}
"""Done without a desk that is open already."""


def work_until_killed(line: Connection) -> None:
    """Takes one order, says "ready", and works until it is killed or done."""
    order: Order = line.recv()

    def say(*promise: Any) -> None:
        line.send(promise)

    try:
        _work(order, say)
    except Exception as failure:  # noqa: BLE001 — whatever it is, it was not the kill
        say("failed", f"{type(failure).__name__}: {failure}")


def _work(order: Order, say: Say) -> None:
    if order.kind in ALONE:
        say("ready")
        ALONE[order.kind](order, say)
        return
    desk = Desk.open(Path(order.folder), order.passphrase)
    # The first save loads what it needs; the kills are to come between the ordinary ones.
    a_request(desk)
    say("ready")
    for number in itertools.count(1):
        for promise in IN_A_DESK[order.kind](desk, order, number):
            say(*promise)
