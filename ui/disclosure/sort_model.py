"""The documents of a request as rows that can be ticked, filtered and put in another order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from dpdesk.disclosure.sorting_service import (
    Chosen,
    Sorted,
    SortedDocument,
    by_sender,
    by_subject,
    outside,
    unnamed,
)
from dpdesk.law.words import count, short_date
from ui.kit.look.theme import theme
from ui.kit.pieces.named_columns import NOWHERE, Index, NamedColumns

CHIPS: Final = (
    ("all", "All"),
    ("proposed", "Can be left out"),
    ("near", "Nearly copies"),
    ("unnamed", "Person not named"),
    ("dates", "Outside the dates"),
    ("aside", "Set aside"),
)


class SortModel(NamedColumns):
    """One row for each document that fits the filter; thousands cost nothing until seen."""

    columns = ("No.", "Date", "From", "Subject", "Pages", "Named", "Thread", "Remarks")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.looked = Sorted()
        self.rows: tuple[SortedDocument, ...] = ()
        self.chip = "all"
        self.words = ""
        self.days: tuple[dt.date | None, dt.date | None] = (None, None)
        self._ticked: set[int] = set()

    # --- what is shown -------------------------------------------------------------------

    def show(self, looked: Sorted) -> None:
        """Shows these documents; what is ticked stays ticked."""
        self.looked = looked
        self._ticked &= set(looked.by_id)
        self.filter()

    def filter(self) -> None:
        """Shows those that fit the chip and the words."""
        fits = self._fits(self.chip)
        sought = self.words.casefold().strip()
        sender, name = by_sender(sought), by_subject(sought)
        self.beginResetModel()
        self.rows = tuple(
            each for each in self.looked.documents if fits(each) and (sender(each) or name(each))
        )
        self.endResetModel()

    def _fits(self, chip: str) -> Chosen:
        kinds: Mapping[str, Chosen] = {
            "all": lambda _each: True,
            "proposed": lambda each: each.proposed,
            "near": lambda each: each.aside is None and bool(each.like and not each.like.sure),
            "unnamed": lambda each: each.aside is None and unnamed(each),
            "dates": lambda each: each.aside is None and outside(*self.days)(each),
            "aside": lambda each: each.aside is not None or bool(each.pages_aside),
        }
        return kinds[chip]

    def counts(self) -> dict[str, int]:
        """How many documents stand behind each chip."""
        return {chip: sum(map(self._fits(chip), self.looked.documents)) for chip, _label in CHIPS}

    # --- ticks ---------------------------------------------------------------------------

    def ticked(self) -> tuple[SortedDocument, ...]:
        """The documents that are ticked, in their order, also those that are not shown."""
        return tuple(each for each in self.looked.documents if each.card.id in self._ticked)

    def tick(self, some: Iterable[SortedDocument], *, on: bool = True) -> None:
        """Ticks documents, or takes their ticks away."""
        numbers = {each.card.id for each in some}
        self._ticked = self._ticked | numbers if on else self._ticked - numbers
        if self.rows:
            last = self.index(len(self.rows) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])

    def turn(self, row: int) -> None:
        """Ticks the document of a row, or takes its tick away."""
        each = self.rows[row]
        self.tick([each], on=each.card.id not in self._ticked)

    def like(self, each: SortedDocument, what: str) -> tuple[SortedDocument, ...]:
        """Those with the same sender, subject or thread as a document."""
        if what == "thread":
            return tuple(o for o in self.looked.documents if o.thread and o.thread == each.thread)
        if what == "sender":
            mine = each.card.sender.casefold()
            return tuple(o for o in self.looked.documents if o.card.sender.casefold() == mine)
        mine = _bare(each.name)
        return tuple(o for o in self.looked.documents if _bare(o.name) == mine)

    # --- the table -----------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many documents fit."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says; what is set aside is paler."""
        if not index.isValid():
            return None
        each, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            on = each.card.id in self._ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._words(each)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            said = ", ".join(filter(None, self._words(each)[1:]))
            ticked = "ticked, " if each.card.id in self._ticked else ""
            return f"{ticked}document {each.number}, {said}"
        if role == Qt.ItemDataRole.ForegroundRole and each.aside is not None:
            return QColor(theme().colours.muted)
        return None

    def _words(self, each: SortedDocument) -> tuple[str, ...]:
        card = each.card
        sender = card.sender.partition("<")[0].strip().strip('"') or card.sender
        inside = "    " if card.parent_id else ""
        return (
            str(each.number),
            short_date(each.day) if each.day else "",
            sender,
            f"{inside}{each.name}",
            f"{card.pages:,}",
            _named(each),
            f"{each.thread} ({each.in_thread})" if each.in_thread > 1 else "",
            _remarks(each),
        )

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ticks a document with the mouse."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.tick([self.rows[index.row()]], on=on)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column is ticked."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else usual


def _named(each: SortedDocument) -> str:
    """How often the person is named; a scan that nobody has read may hold the name too."""
    if each.named is None:
        return ""
    return f"{each.named:,}?" if each.unread else f"{each.named:,}"


def _remarks(each: SortedDocument) -> str:
    if each.aside is not None:
        return f"Aside: {each.aside_told[:1].lower()}{each.aside_told[1:]}"
    parts = [each.like_short]
    if each.pages_aside:
        parts.append(f"{count(each.pages_aside, 'page')} set aside")
    if each.unread:
        parts.append(f"{count(each.unread, 'picture')} not read")
    return " · ".join(filter(None, parts))


def _bare(subject: str) -> str:
    """A subject without what answering and forwarding put before it."""
    words = " ".join(subject.casefold().split())
    while True:
        head, sign, rest = words.partition(":")
        if not sign or head.strip() not in {"re", "fw", "fwd", "aw", "wg"}:
            return words
        words = rest.strip()
