"""The log of disposals: approved, done, and certified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom
from ui.retention.disposal_panels import CertificatePanel, ContentsPanel, DisposalStep
from ui.retention.doing_panel import DoingPanel
from ui.retention.figures_page import DisposalFiguresPage

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry, Saved


class DisposalsRoom(RegisterRoom):
    """The page Disposals of the retention tab. A disposal begins with what is due."""

    importable = False

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.retention.disposals, around, door, parent)
        self._figures: DisposalFiguresPage | None = None
        self.figures_button = button(
            "Figures and log",
            "mdi6.chart-bar",
            does=lambda: around.navigator.open_page(self.key, section="figures"),
            hint="For any period, to print",
        )
        header = self.list.header.buttons
        header.insertWidget(header.count() - 1, self.figures_button)
        self.list.archived.hide()

    @property
    def figures(self) -> DisposalFiguresPage:
        """The page of figures; made when first asked for."""
        if self._figures is None:
            self._figures = DisposalFiguresPage(self.desk, self.around, self.door, self)
            self.addWidget(self._figures)
            self._figures.closed.connect(self.show_list)
        return self._figures

    def panels(self) -> Sequence[QWidget]:
        """What is in it, and its certificate."""
        self.contents = ContentsPanel(self.desk, self.around)
        self.certificate = CertificatePanel(self.desk, self.door)
        return [self.contents, self.certificate]

    def furnish(self) -> None:
        """The next step on top, and below it the questions once it is carried out."""
        self.step = DisposalStep(self.desk)
        self.doing = DoingPanel(self.desk, self.around)
        self.page.body.insertWidget(0, self.step)
        self.page.body.insertWidget(1, self.doing)
        self.doing.hide()
        self.step.asked.connect(self._do)
        self.doing.done.connect(self._done)
        self.doing.closed.connect(self._close_doing)
        self.contents.take_out_asked.connect(self._take_out)
        self.page.shown.connect(self._shown)

    # --- showing -------------------------------------------------------------------------

    def _shown(self, entry: Entry) -> None:
        from dpdesk.retention.disposal_records import LATER  # loaded with the first disposal

        self._close_doing()
        self.step.show_entry(entry)
        for name, made in self.page.form.rows.items():
            # All else follows from approving and doing.
            made.set_read_only(name not in LATER)

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows a disposal; ``place`` "done" asks how it was carried out."""
        super().open_entry(entry_id)
        if place == "done" and self.page.entry.state == "approved":
            self._begin_doing()
        elif place == "others":
            self.page.form.focus_field("told")

    def show_section(self, section: str) -> None:
        """The figures."""
        if section == "figures":
            self.setCurrentWidget(self.figures)
            self.figures.begin()
        else:
            self.show_list()

    def can_leave(self) -> bool:
        """Asks where it is half noted that it was carried out."""
        if self._figures is not None and self.currentWidget() is self._figures:
            return True
        half = self._page is not None and not self.doing.isHidden() and self.doing.form.dirty
        if half and self.currentWidget() is self.page:
            question = "Leave? This has not been recorded as done yet."
            if self.around.prompter.choose(question, ("Leave",)) != "Leave":
                return False
            self._close_doing()
        return super().can_leave()

    def _begin_doing(self) -> None:
        self.step.hide()
        self.page.form.hide()
        self.doing.show()
        self.doing.begin(self.page.entry)
        self.page.area.verticalScrollBar().setValue(0)

    def _close_doing(self) -> None:
        self.doing.form.mark_clean()
        self.doing.hide()
        self.step.show()
        self.page.form.show()

    # --- doing ---------------------------------------------------------------------------

    def _do(self, name: str) -> None:
        what, _, detail = name.partition(":")
        actions: dict[str, Callable[[], object]] = {
            "done": self._begin_doing,
            "withdraw": self._withdraw,
            "certificate": self.certificate.offer,
            "field": lambda: self.page.form.focus_field(detail),
        }
        actions[what]()

    def _done(self, saved: Saved) -> None:
        self._close_doing()
        self.around.bus.publish(saved.changes)
        self.open_entry(saved.entry.id)
        self.say(
            f"{saved.entry.reference} is done and in the log. Personal details have been erased. "
            f"{self.desk.keeping.backups_still_hold()}"
        )
        self.certificate.offer()

    def _withdraw(self) -> None:
        entry = self.service.load(self.page.entry.id)
        why = self.around.prompter.ask_words(
            f"Why is the approval of {entry.reference} withdrawn?",
            details="Its holdings are free again. The reason stays with it.",
        )
        if why is None:
            return
        self._change(lambda: self.desk.retention.disposals.withdraw(entry, why))

    def _take_out(self, reference: str) -> None:
        entry = self.service.load(self.page.entry.id)
        self._change(lambda: self.desk.retention.disposals.take_out(entry, [reference]))

    def _change(self, act: Callable[[], Saved]) -> None:
        def change() -> None:
            self.around.bus.publish(act().changes)

        self.attempt(change)
