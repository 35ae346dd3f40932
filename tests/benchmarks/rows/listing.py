"""list: a long register sorted by a column, up to its first screen."""

from __future__ import annotations

from contextlib import closing

from PySide6.QtWidgets import QApplication

from dpdesk.desk import Desk
from dpdesk.store.database import connect
from dpdesk.store.workspace import DATABASE_NAME
from tests.benchmarks.invented import NOW
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE
from tests.ui.kit.around import around
from ui.kit.pieces.tasks import TaskRunner
from ui.kit.register.register_page import RegisterPage

COLUMN = "received"


def measure(bench: Bench) -> list[Row]:
    """The page of the register in a window without a screen, against the bare rows."""
    return [
        Row(
            "list",
            "a register sorted by a column: query, counts of the chips, first screen painted",
            "the same SELECT with the driver alone (sqlcipher3, as the file is encrypted)"
            " into tuples",
            Promise(1.3),
            tuple(_point(bench, entries) for entries in bench.sizes.list),
            cause="The counts of the chips read the whole table a second time, and an encrypted"
            " table larger than the cache is decrypted a second time.",
        )
    ]


def _point(bench: Bench, entries: int) -> Point:
    application = QApplication.instance() or QApplication([])
    assert application is not None
    desk = Desk.open(bench.workspace(entries), PASSPHRASE, now=lambda: NOW)
    tasks = TaskRunner()
    try:
        page = RegisterPage(desk.requests.requests, around(tasks)[0])
        page.choose_chip("all")
        page.resize(1366, 700)
        page.show()

        def ours() -> None:
            page.sort_by(COLUMN)
            page.repaint()
            page.table.viewport().repaint()

        ours()
        assert page.model.rowCount() == entries
        assert page.model.listing is not None
        names = ", ".join(["id", *(column.name for column in page.model.listing.columns)])
        select = (
            f"SELECT {names} FROM requests WHERE archived_at IS NULL"
            f" ORDER BY {COLUMN} IS NULL, {COLUMN}, id"
        )
        file = desk.workspace.folder / DATABASE_NAME
        with closing(connect(file, desk.workspace.keys.database)) as plain:
            seconds = alternate(
                timed(ours),
                timed(lambda: plain.execute(select).fetchall()),
                bench.sizes.rounds,
            )
        page.close()
        page.deleteLater()
    finally:
        tasks.stop()
        desk.close()
    return Point(f"{entries:,} entries", entries, *seconds)
