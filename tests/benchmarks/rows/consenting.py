"""consents: pupils down and uses across, painted and scrolled from top to bottom."""

from __future__ import annotations

import datetime as dt
from itertools import cycle
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QTableView

from dpdesk.consents.roll import Pupil, Roll, Use
from dpdesk.consents.rules import ConsentStanding, Stands
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from ui.consents.matrix_model import MatrixModel
from ui.kit.register.table_view import TableView

USES = 6
_STEPS = 40
_WIDTH = 150


class Bare(QAbstractTableModel):
    """The same words out of a list."""

    def __init__(self, rows: list[list[str]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(  # noqa: N802 -- named by Qt
        self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()
    ) -> int:
        return len(self._rows)

    def columnCount(  # noqa: N802 -- named by Qt
        self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()
    ) -> int:
        return USES + 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return self._rows[index.row()][index.column()] if role == 0 else None


def measure(bench: Bench) -> list[Row]:
    """The table of the page against Qt’s own over the same words."""
    sizes = (100, 2_000) if bench.sizes.judged else (20, 40)
    return [
        Row(
            "consents",
            f"pupils with {USES} uses each, put in, painted and scrolled to the end",
            "a bare QTableView over the same words in memory",
            Promise(2.0),
            tuple(_point(bench, pupils) for pupils in sizes),
        )
    ]


def _point(bench: Bench, pupils: int) -> Point:
    application = QApplication.instance() or QApplication([])
    assert application is not None
    roll = _roll(pupils)
    model = MatrixModel()
    ours = TableView("Pupils", model)
    ours.setItemDelegate(QStyledItemDelegate(ours))
    model.show_pupils(roll, roll.pupils)
    rows = [[model.index(r, c).data() for c in range(USES + 2)] for r in range(pupils)]
    plain = QTableView()
    plain.verticalHeader().setDefaultSectionSize(ours.verticalHeader().defaultSectionSize())
    for view in (ours, plain):
        view.resize(1366, 700)
        view.show()

    def show_ours() -> None:
        model.show_pupils(roll, roll.pupils)
        _scroll(ours)

    def show_plain() -> None:
        plain.setModel(Bare(rows))
        _scroll(plain)

    seconds = alternate(timed(show_ours), timed(show_plain), bench.sizes.rounds)
    for view in (ours, plain):
        view.close()
        view.deleteLater()
    return Point(f"{pupils:,} pupils x {USES}", pupils, *seconds)


def _scroll(view: QTableView) -> None:
    for column in range(USES + 2):
        view.setColumnWidth(column, _WIDTH)
    bar = view.verticalScrollBar()
    for step in range(_STEPS + 1):
        bar.setValue(bar.maximum() * step // _STEPS)
        view.viewport().grab()


def _roll(pupils: int) -> Roll:
    stands = cycle((Stands.GIVEN, Stands.REFUSED, Stands.NOT_ASKED, Stands.EXPIRED))
    uses = tuple(Use(n, f"PU-{n}", f"Use {n}") for n in range(1, USES + 1))
    every = tuple(
        Pupil(n, f"PE-{n}", f"Robin {n}", f"Sample, Robin {n}", (f"Robin {n}",), "4B", "4", True)
        for n in range(1, pupils + 1)
    )
    standings = {(p.id, u.id): ConsentStanding(next(stands)) for p in every for u in uses}
    return Roll(dt.date(2026, 11, 20), uses, every, standings)
