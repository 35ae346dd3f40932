"""The head and the foot of the workbench."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from dpdesk.law.words import count
from ui.disclosure.page_tools import Tool
from ui.disclosure.reason_box import ReasonBox
from ui.disclosure.sitting import Sitting
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL, TINY, set_role
from ui.kit.pieces.buttons import Option, button, icon_button, option
from ui.kit.pieces.cards import row, words

_TOOLS: Final = (
    (Tool.SELECT, "Select", "S", "mdi6.cursor-default-outline", "Choose a mark, or move the page"),
    (Tool.TEXT, "Text", "T", "mdi6.cursor-text", "Drag over words, or double-click one"),
    (Tool.BOX, "Box", "B", "mdi6.vector-square", "Draw a box over pictures and handwriting"),
    (Tool.LINE, "Line", "L", "mdi6.format-align-justify", "Mark whole lines"),
)


_FULL: Final = 1180
_SHORT: Final = 1060
_NARROW: Final = 860
"""Widths of the foot in pixels, below which words give way."""


_BETWEEN: Final = "  ·  "


class Head(QFrame):
    """Where we are, how far we are, and what comes after."""

    def __init__(self, reference: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "top")
        self._sorting = False
        self._parts: list[str] = []
        self.back = button(reference, "mdi6.arrow-left", hint=f"Back to {reference}", key="Esc")
        self.back.setAccessibleName(f"Back to {reference}")
        self.title = words("Review and redact", "title")
        self.status = words("", "muted")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Pages reviewed")
        self.second = button(
            "Second pass",
            hint=("See every page again, in a different order, as it will go out"),
        )
        self.build = button("Build bundle", "mdi6.file-check-outline", role="primary")
        layout = row(
            self.back,
            self.title,
            self.status,
            None,
            self.bar,
            self.second,
            self.build,
            space=MEDIUM,
        )
        layout.setContentsMargins(HUGE - TINY, SMALL, HUGE - TINY, SMALL)
        self.setLayout(layout)
        # The words give way first where the window is narrow; the tool tip has them all.
        self.status.setMinimumWidth(60)
        self.status.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_sorting(self, on: bool) -> None:
        """While the documents are sorted, the head says so."""
        self._sorting = on
        self.show_building(on)
        self._entitle(second=False)

    def _entitle(self, *, second: bool) -> None:
        usual = "Second pass" if second else "Review and redact"
        self.title.setText("Sort documents" if self._sorting else usual)

    def show_building(self, on: bool) -> None:
        """While the bundle is built, its page has the only primary button."""
        self.second.setVisible(not on)
        self.build.setVisible(not on)

    def show_state(self, sitting: Sitting) -> None:
        """Says where the eye is and how far the work has come."""
        now, progress = sitting.now, sitting.progress
        second = sitting.second
        self._entitle(second=second)
        self.second.setText("Leave second pass" if second else "Second pass")
        self.bar.setRange(0, max(1, progress.pages))
        self.bar.setValue(progress.second if second else progress.reviewed)
        if now is None:
            self._parts = []
            self.status.setText("no documents yet")
            return
        if second:
            parts = [
                f"{sitting.place + 1:,} of {progress.pages:,}",
                f"page {now.number:,}",
                f"{progress.second:,} reviewed twice",
            ]
        else:
            parts = [
                f"page {now.number:,} of {progress.pages:,}",
                f"{progress.reviewed:,} reviewed",
                count(progress.marks, "mark"),
                f"{count(progress.withheld, 'page')} withheld",
            ]
        self._parts = parts
        text = _BETWEEN.join(parts)
        self.status.setToolTip(text)
        self.bar.setAccessibleDescription(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Says as much as there is room for, and nothing by half; the tip has it all."""
        if not self._parts:
            return
        others = (self.back, self.title, self.bar, self.second, self.build)
        taken = sum(each.sizeHint().width() + MEDIUM for each in others if not each.isHidden())
        left = self.width() - taken - 2 * HUGE - 3 * MEDIUM
        parts = list(self._parts)
        wide = self.status.fontMetrics().horizontalAdvance
        while len(parts) > 1 and wide(_BETWEEN.join(parts)) > left:
            parts.pop()
        self.status.setText(_BETWEEN.join(parts))


class Foot(QFrame):
    """The tools, the reason, and on to the next page. ``chosen`` carries a Tool."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.tools: dict[Tool, Option] = {}
        for tool, name, key, icon_name, hint in _TOOLS:
            made = option(
                f"{name}  {key}", icon_name, role="segment", one_of=True, hint=hint, key=key
            )
            made.setAccessibleName(f"{name} tool")
            made.picked.connect(lambda _on, tool=tool: self.chosen.emit(tool))
            made.again.connect(lambda tool=tool: self.chosen.emit(tool))
            self.tools[tool] = made
        self.withhold = button(
            "Withhold page  W",
            "mdi6.file-cancel-outline",
            hint="Leave this page out of the bundle, for the reason beside",
            key="W",
        )
        self.withhold.setAccessibleName("Withhold page")
        self.reason = ReasonBox()
        self.hint = words("Hold V to see what goes out", "muted")
        self.next = button("Reviewed, next page  Space", "mdi6.check", role="primary")
        self.next.setAccessibleName("Reviewed, next page")
        tools = row(*self.tools.values(), space=TINY)
        layout = row(tools, self.withhold, self.reason, self.hint, self.next, space=MEDIUM)
        layout.setStretchFactor(self.reason, 1)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.setSizeConstraint(layout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        self.show_tool(Tool.SELECT)

    def _write(self) -> None:
        """Words as long as there is room for."""
        room = self.width()
        held, seen = self.withhold.accessibleName(), self.next.accessibleName()
        self.hint.setVisible(room >= _FULL)
        self.reason.label.setVisible(room >= _SHORT)
        self.withhold.setText(f"{held if room >= _SHORT else held.split()[0]}  W")
        self.next.setText(f"{seen if room >= _SHORT else seen.split(',')[0]}  Space")
        for tool, name, key, *_ in _TOOLS:
            self.tools[tool].setText(f"{name}  {key}" if room >= _SHORT else name)

    def show_tool(self, tool: Tool) -> None:
        """Shows which tool is in the hand."""
        self.tools[tool].setChecked(True)

    def show_state(self, sitting: Sitting) -> None:
        """Says what the buttons do on this page."""
        page = sitting.now
        held = page is not None and bool(page.withheld)
        self.withhold.setAccessibleName("Include page" if held else "Withhold page")
        seen = "Seen" if sitting.second else "Reviewed"
        last = page is not None and sitting.place == len(sitting.order) - 1
        self.next.setAccessibleName(seen if last else f"{seen}, next page")
        self._write()
        self.setEnabled(page is not None)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its words: these are shortened where there is no room."""
        return QSize(_NARROW, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words give way to icons and keys where the window is narrow."""
        super().resizeEvent(event)
        self._write()


class ZoomBox(QFrame):
    """Smaller, fit, larger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.smaller = icon_button("Smaller", "mdi6.minus", key="Ctrl+-")
        self.width_ = icon_button("Fit the width", "mdi6.arrow-expand-horizontal", key="Ctrl+0")
        self.whole = icon_button("Fit the whole page", "mdi6.fit-to-page-outline", key="Ctrl+9")
        self.larger = icon_button("Larger", "mdi6.plus", key="Ctrl++")
        layout = row(self.smaller, self.width_, self.whole, self.larger, space=0)
        layout.setContentsMargins(TINY, TINY // 2, TINY, TINY // 2)
        self.setLayout(layout)
        self.adjustSize()
