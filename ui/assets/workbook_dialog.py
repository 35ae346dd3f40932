"""Looking at a workbook before it is taken in: what is new, changed, unchanged or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from dpdesk.law.words import count
from ui.kit.look.icons import icon
from ui.kit.pieces.low import resize_within
from ui.kit.register.preview_tree import PreviewTree
from ui.kit.register.sheet_dialog import SheetLook
from ui.kit.register.sheet_reading import Again

if TYPE_CHECKING:
    from dpdesk.assets.ropa import WorkbookPreview
    from dpdesk.assets.ropa_plan import PlannedAsset

_ORDER: Final = ("wrong", "changed", "new", "same")
_LOOKS: Final = {
    "wrong": ("Cannot be imported", "mdi6.alert-circle-outline", "danger"),
    "changed": ("Would be changed", "mdi6.pencil-outline", "accent"),
    "new": ("New", "mdi6.plus-circle-outline", "ok"),
    "same": ("Nothing changes", "mdi6.check", "muted"),
}
_PLACE: Final = Qt.ItemDataRole.UserRole


def kind_of(planned: PlannedAsset) -> str:
    """What would become of an asset: wrong, changed, new or same."""
    return "wrong" if planned.problems else planned.kind


class WorkbookDialog(SheetLook):
    """Shows what reading a workbook back would do. What is not ticked is left out."""

    def __init__(
        self,
        seen: WorkbookPreview,
        name: str,
        parent: QWidget | None = None,
        *,
        again: Again | None = None,
    ) -> None:
        super().__init__(
            name,
            seen.how,
            "Nothing is saved until you accept. Untick what you do not want. Nothing "
            "already here is ever removed.",
            again,
            parent,
        )
        self.seen = seen
        resize_within(self, 1080, 730)
        self.tree = self._build_tree()
        self.inside.addWidget(self.tree, 1)
        self.tree.itemChanged.connect(lambda *_: self._count())
        self.show_read(seen)

    def show_read(self, read: WorkbookPreview) -> None:
        """Shows what another reading of the workbook would do."""
        self.seen = read
        self.tree.blockSignals(True)
        self.tree.clear()
        self._fill()
        self.tree.blockSignals(False)
        self._say()
        self._count()

    def shown_again(self) -> None:
        """Says again what the workbook would change; what is ticked stays so."""
        self._say()
        self._count()

    def _build_tree(self) -> PreviewTree:
        tree = PreviewTree(
            "What the workbook would change",
            ["Asset", "What would happen", "Here now", "In the workbook"],
        )
        tree.setAlternatingRowColors(False)
        tree.setUniformRowHeights(True)
        return tree

    # --- filling -------------------------------------------------------------------------

    def _fill(self) -> None:
        places = sorted(
            range(len(self.seen.assets)),
            key=lambda place: _ORDER.index(kind_of(self.seen.assets[place])),
        )
        for place in places:
            self._add(place)
        for system in self.seen.systems:
            _line(self.tree, f"System: {system.values['name']}", "New, with what is imported")
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _add(self, place: int) -> None:
        planned = self.seen.assets[place]
        kind = kind_of(planned)
        label, icon_name, colour = _LOOKS[kind]
        known = planned.reference or planned.same_as
        made = _line(self.tree, f"{known}  {planned.name}".strip(), label)
        made.setIcon(1, icon(icon_name, colour))
        made.setData(0, _PLACE, place)
        if kind in {"changed", "new"}:
            made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            made.setCheckState(0, Qt.CheckState.Checked)
        for told in self._details(planned, kind):
            _line(made, *told)
        # What is changed is what wants looking at; a new entry has all its answers below it.
        made.setExpanded(kind in {"changed", "wrong"})

    def _details(self, planned: PlannedAsset, kind: str) -> Iterator[tuple[str, ...]]:
        for sentence in planned.problems.values():
            yield (sentence,)
        if planned.warning:
            yield (planned.warning,)
        for told in planned.left:
            yield ("Kept in the notes, as it fits no answer:", "", "", told)
        if kind in {"changed", "new"}:
            for question, here, there in planned.told(self.seen.classes):
                yield (question, "", here, there)

    def _say(self) -> None:
        counts = dict.fromkeys(_ORDER, 0)
        for planned in self.seen.assets:
            counts[kind_of(planned)] += 1
        parts = [
            f"{counts['new']} new",
            f"{counts['changed']} changed",
            f"{counts['same']} unchanged",
        ]
        if counts["wrong"]:
            parts.append(f"{counts['wrong']} cannot be imported")
        if self.seen.systems:
            parts.append(count(len(self.seen.systems), "new system"))
        text = f"{count(len(self.seen.assets), 'asset')} in the workbook: {', '.join(parts)}."
        tone = "warn" if counts["wrong"] or self.seen.left else "info"
        if not counts["new"] and not counts["changed"] and not counts["wrong"]:
            text = f"Nothing to import: the register says the same as the workbook. {text}"
            tone = "ok"
        self.banner.say(" ".join([text, *self.seen.notes]), tone)

    # --- choosing ------------------------------------------------------------------------

    def lines(self) -> Iterator[QTreeWidgetItem]:
        """The lines of assets, in the order shown."""
        for number in range(self.tree.topLevelItemCount()):
            made = self.tree.topLevelItem(number)
            if made is not None and made.data(0, _PLACE) is not None:
                yield made

    def left_out(self) -> frozenset[int]:
        """Places of the assets whose tick was taken away."""
        return frozenset(
            int(made.data(0, _PLACE))
            for made in self.lines()
            if made.flags() & Qt.ItemFlag.ItemIsUserCheckable
            and made.checkState(0) is not Qt.CheckState.Checked
        )

    def _count(self) -> None:
        chosen = sum(made.checkState(0) is Qt.CheckState.Checked for made in self.lines())
        self.accept_button.setEnabled(chosen > 0)
        self.accept_button.setText(f"Import {count(chosen, 'asset')}")
        # With nothing to import there is one thing left to do.
        (self.tree if chosen else self.cancel_button).setFocus()


def _line(into: QTreeWidget | QTreeWidgetItem, *cells: str) -> QTreeWidgetItem:
    made = QTreeWidgetItem(into, list(cells))
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    for column, text in enumerate(cells):
        made.setText(column, " ".join(text.split()))
        made.setToolTip(column, text[:600])
    return made
