"""Where the killed work happens: workspaces that are used for several kills, and fresh ones."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dpdesk.desk import Desk
from dpdesk.errors import WrongPassphrase
from dpdesk.store import migrate
from dpdesk.store.database import connect
from dpdesk.store.keys import KeyFile
from tests.builders import PASSPHRASE, Template, a_pdf, a_request

Promise = tuple[Any, ...]
OLD = "older"

# A step that works for a while, and whose outcome is shaped like the tables of today.
_STEP = f"""
from alembic import op
revision = {migrate.HEAD!r}
down_revision = {OLD!r}
def upgrade():
    op.execute("CREATE TABLE filler AS SELECT a.* FROM history a, history b, history c LIMIT 9000")
    op.execute("UPDATE requests SET notes = notes || ' '")
    op.execute("DELETE FROM filler WHERE rowid % 2")
    op.execute("UPDATE requests SET notes = rtrim(notes)")
    op.execute("DROP TABLE filler")
"""


@dataclass
class Cabinet:
    """A workspace that is killed several times, what is known of it, and what opens it.

    ``passphrases`` holds the one that was acknowledged last, and one whose setting was begun.
    """

    folder: Path
    document: int
    entry: int
    promised: list[Promise] = field(default_factory=list)
    passphrases: list[str] = field(default_factory=lambda: [PASSPHRASE])
    kills: int = 0

    def open(self) -> Desk:
        """Opens it by the acknowledged passphrase, or by one that was being set."""
        try:
            desk, chosen = Desk.open(self.folder, self.passphrases[0]), self.passphrases[0]
        except WrongPassphrase:
            desk, chosen = Desk.open(self.folder, self.passphrases[-1]), self.passphrases[-1]
        self.passphrases = [chosen]
        return desk


class Places:
    """Makes what the next kill needs, below one folder that is thrown away."""

    def __init__(self, folder: Path, template: Template) -> None:
        self.folder = folder
        self._template = template
        self._made = 0
        filled = template.copy(folder / "filled")
        desk = Desk.open(filled, PASSPHRASE)
        try:
            for number in range(20):
                a_request(desk, subject=f"Filled {number}")
            self.entries = desk.requests.requests.listing().total
            self.archive = desk.keeping.back_up(folder / "filled.dpdesk-backup").path
        finally:
            desk.close()
        self._older = filled
        _make_older(filled)
        self.steps = folder / "steps"
        _write_steps(self.steps)

    def cabinet(self) -> Cabinet:
        """A workspace with a request and a document."""
        folder = self._template.copy(self.fresh())
        desk = Desk.open(folder, PASSPHRASE)
        try:
            entry = a_request(desk)
            document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one")).id
        finally:
            desk.close()
        return Cabinet(folder, document, entry.id)

    def fresh(self) -> Path:
        """A folder that is not there yet."""
        self._made += 1
        return self.folder / f"workspace {self._made}"

    def older(self) -> Path:
        """A workspace of an older version."""
        return Path(shutil.copytree(self._older, self.fresh()))


def database_key(folder: Path) -> bytes:
    """What opens the database of a workspace."""
    keys = KeyFile.read((folder / "dpdesk.keys.json").read_bytes()).by_passphrase(PASSPHRASE)
    return keys.database


def _make_older(folder: Path) -> None:
    connection = connect(folder / "dpdesk.db", database_key(folder))
    try:
        connection.execute("UPDATE alembic_version SET version_num = ?", (OLD,))
        connection.commit()
    finally:
        connection.close()


def _write_steps(folder: Path) -> None:
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        shutil.copy(migrate.SCRIPTS / name, folder / name)
    first = f"revision = {OLD!r}\ndown_revision = None\ndef upgrade():\n    pass\n"
    (folder / "versions" / "first.py").write_text(first, encoding="utf-8")
    (folder / "versions" / "second.py").write_text(_STEP, encoding="utf-8")
