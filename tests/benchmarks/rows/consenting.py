"""consents: the matrix on screen, the sheet of a class on paper, and the answer about a picture."""

from __future__ import annotations

import datetime as dt
import io
from itertools import cycle
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QTableView
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from dpdesk.consents.papers import class_sheet
from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import Pupil, Use
from dpdesk.consents.rules import ConsentSaid, ConsentStanding, Stands
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed, typical
from tests.benchmarks.place import Bench
from ui.consents.matrix_model import MatrixModel
from ui.kit.register.table_view import TableView

USES = 6
_STEPS = 40
_WIDTH = 150
_FRAME = 1 / 60
_DAY = dt.date(2026, 11, 20)


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
        ),
        Row(
            "class sheet",
            "who may be photographed for what, printed",
            "a table of the same words by reportlab alone",
            Promise(3.0),
            tuple(_sheet(bench, pupils) for pupils in (30, 300 if bench.sizes.judged else 60)),
        ),
        Row(
            "photo check",
            "pasted names answered out of a roll of 2,000 pupils",
            "one frame of the screen, a sixtieth of a second",
            Promise(1.0),
            tuple(_check(bench, names) for names in (20, 200 if bench.sizes.judged else 30)),
        ),
    ]


def _sheet(bench: Bench, pupils: int) -> Point:
    roll = _roll(pupils)

    def bare() -> bytes:
        out = io.BytesIO()
        rows = [["Name", *(use.name for use in roll.uses)]]
        for each in roll.pupils:
            said = ["YES" if roll.of(each.id, use.id).allows else "NO" for use in roll.uses]
            rows.append([each.name, *said])
        table = Table(rows, repeatRows=1)
        large = [("FONTSIZE", (0, 0), (-1, -1), 13.5), ("LEADING", (0, 0), (-1, -1), 19)]
        table.setStyle(TableStyle([*large, ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))]))
        SimpleDocTemplate(out, pagesize=landscape(A4)).build([table])
        return out.getvalue()

    def ours() -> bytes:
        return class_sheet("Class 4B", roll, roll.pupils, None).content

    seconds = alternate(timed(ours), timed(bare), bench.sizes.rounds)
    return Point(f"{pupils:,} pupils x {USES}", pupils, *seconds)


def _check(bench: Bench, names: int) -> Point:
    roll = _roll(2_000).ready()
    pasted = [each.name for each in roll.pupils[:: 2_000 // names]][:names]
    ours = timed(lambda: roll.check(pasted, roll.uses[0]))
    ours()
    asked = roll.check(pasted, roll.uses[0]).people
    assert len(asked) == names
    assert all(each.called for each in asked), "everybody is found"
    return Point(f"{names:,} names", names, typical([ours() for _ in range(9)]), _FRAME)


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


def _surname(number: int) -> str:
    """Letters only: a number behind a name is a class, and no part of it."""
    return "Sample" + "".join(chr(97 + number // size % 26) for size in (676, 26, 1))


def _standing(stands: Stands) -> ConsentStanding:
    said = ConsentSaid(1, None, "given" if stands is Stands.GIVEN else "refused", _DAY)
    if stands is Stands.NOT_ASKED:
        return ConsentStanding()
    if stands is Stands.REFUSED:
        return ConsentStanding(stands, no=(said,))
    return ConsentStanding(stands, yes=(said,), until=_DAY)


def _roll(pupils: int) -> Roll:
    stands = cycle((Stands.GIVEN, Stands.REFUSED, Stands.NOT_ASKED, Stands.EXPIRED))
    uses = tuple(Use(n, f"PU-{n}", f"Use {n}") for n in range(1, USES + 1))
    every = tuple(
        Pupil(n, f"PE-{n}", f"Robin {s}", f"{s}, Robin", (f"Robin {s}",), "4B", "4", True)
        for n in range(1, pupils + 1)
        for s in [_surname(n)]
    )
    standings = {(p.id, u.id): _standing(next(stands)) for p in every for u in uses}
    return Roll(_DAY, uses, every, standings)
