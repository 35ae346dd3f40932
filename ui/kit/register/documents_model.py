"""The documents of an entry as a tree: what came inside a message stands under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from dpdesk.documents import family
from dpdesk.documents.service import DocumentCard
from dpdesk.law.words import count, short_date

_NONE: Final = QModelIndex()
_NO_NOTES: Final[Mapping[int, str]] = MappingProxyType({})
_MOVED: Final = "application/x-dpdesk-document"

Index = QModelIndex | QPersistentModelIndex


class DocumentsModel(QAbstractItemModel):
    """Thousands of documents cost nothing until they are seen.

    ``dropped`` carries the number of a document and its new place among its like, from 0.
    """

    dropped = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[DocumentCard, ...] = ()
        self._place: dict[int, int] = {}
        """Where a document stands among all, from 0."""
        self._inside: dict[int, list[int]] = {}
        """Places of those inside a document, by its number; 0 for those inside none."""
        self._row: dict[int, int] = {}
        self._notes: Mapping[int, str] = {}

    def show(self, cards: Sequence[DocumentCard], notes: Mapping[int, str] = _NO_NOTES) -> None:
        """Shows these documents, in this order; ``notes`` are what else to say of each."""
        self._notes = notes
        self.beginResetModel()
        self.cards = tuple(cards)
        self._place = {card.id: place for place, card in enumerate(self.cards)}
        self._inside = {}
        self._row = {}
        for place, card in enumerate(self.cards):
            like = self._inside.setdefault(self._holder(card), [])
            self._row[card.id] = len(like)
            like.append(place)
        self.endResetModel()

    def _holder(self, card: DocumentCard) -> int:
        return card.parent_id if card.parent_id in self._place else 0

    # --- what a row says -------------------------------------------------------------------

    def card(self, index: Index) -> DocumentCard | None:
        """The document in a row."""
        return self.cards[index.internalId()] if index.isValid() else None

    def number(self, card: DocumentCard) -> int:
        """The number that the document has in the bundle."""
        return self._place[card.id] + 1

    def like(self, card: DocumentCard) -> tuple[int, int]:
        """Which of its like a document is, from 0, and how many they are."""
        return self._row[card.id], len(self._inside[self._holder(card)])

    def inside(self, card: DocumentCard) -> tuple[DocumentCard, ...]:
        """All that came inside a document, at any depth."""
        return tuple(family.inside(self.cards, card)[1:])

    def named(self, card: DocumentCard) -> str:
        """What a document is called here: a message by its subject, a file by its name."""
        name = card.subject if card.kind == "message" and card.subject else card.name
        return f"{self.number(card)}. {name}"

    def about(self, card: DocumentCard) -> str:
        """What else there is to say of a document, in a line."""
        held = len(self._inside.get(card.id, ()))
        sender = card.sender.partition("<")[0].strip().strip('"') or card.sender
        parts = [
            self._notes.get(card.id, ""),
            count(card.pages, "page"),
            f"{held:,} inside" if held else "",
            short_date(dt.datetime.fromisoformat(card.dated).date()) if card.dated else "",
            sender if card.kind == "message" else "",
            card.title,
        ]
        return " · ".join(filter(None, parts))

    # --- the tree --------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NONE) -> QModelIndex:
        """A row under a document, or at the top."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        card = self.card(parent)
        return self.createIndex(row, column, self._inside[card.id if card else 0][row])

    def index_of(self, document_id: int) -> QModelIndex:
        """Where a document stands."""
        if document_id not in self._place:
            return QModelIndex()
        return self.createIndex(self._row[document_id], 0, self._place[document_id])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # the stub has two
        """The document that a document came in."""
        card = self.card(index)
        return self.index_of(self._holder(card)) if card else QModelIndex()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many stand under a document, or at the top."""
        card = self.card(parent)
        return len(self._inside.get(card.id if card else 0, ()))

    def columnCount(self, parent: Index = _NONE) -> int:
        """One column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a row; the drawing is the delegate's."""
        card = self.card(index)
        if card is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.named(card)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            known = f", {count(len(card.warnings), 'remark')}" if card.warnings else ""
            return f"{self.named(card)}, {self.about(card)}{known}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (card.in_file or card.name, card.subject, card.sender)))
        return None

    # --- moving ----------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Documents are dragged among their like."""
        usual = super().flags(index)
        if not index.isValid():
            return usual | Qt.ItemFlag.ItemIsDropEnabled
        return usual | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Nothing is copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """A document on its way."""
        return [_MOVED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """What is dragged: the number of a document."""
        carried = QMimeData()
        card = self.card(indexes[0]) if indexes else None
        carried.setData(_MOVED, str(card.id if card else 0).encode())
        return carried

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Says where a document was dropped; nothing is moved here."""
        carried = bytes(data.data(_MOVED).data()).decode()
        card = self.card(self.index_of(int(carried))) if carried.isdigit() else None
        place = None if card is None else self.drop_place(card, row, parent)
        if card is None or place is None:
            return False
        self.dropped.emit(card.id, place)
        # The order comes anew from the records; the view must take no row away by itself.
        return False

    def drop_place(self, card: DocumentCard, row: int, parent: Index) -> int | None:
        """The new place of a document that is dropped there; None where it cannot stand."""
        onto = self.card(parent)
        holder = self._holder(card)
        own, _ = self.like(card)
        if onto is not None and onto.id != holder:
            # On or in one of its like, or what that holds: after it.
            while onto is not None and self._holder(onto) != holder:
                onto = self.card(self.index_of(self._holder(onto)))
            if onto is None or onto.id == card.id:
                return None
            row = self.like(onto)[0] + 1
        elif (onto is None) != (holder == 0):
            return None
        elif row < 0:
            row = len(self._inside[holder])
        place = row - 1 if row > own else row
        return None if place == own else place
