"""The redaction workbench: documents at the left, the page, its marks, and the tools below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError
from dpdesk.law.exemptions import ReasonCode, reason, redaction_reasons
from ui.disclosure.asider import Asider
from ui.disclosure.bench_menu import fill_menu
from ui.disclosure.finder import Finder
from ui.disclosure.forecast import Forecast
from ui.disclosure.frame import KEYS, WorkbenchFrame
from ui.disclosure.marks_panel import mark_words
from ui.disclosure.page_canvas import MovedStretch, WithheldSheet
from ui.disclosure.page_tools import Tint, Tool
from ui.disclosure.proposer import Proposer
from ui.disclosure.read_pages import ReadPages
from ui.disclosure.reason_box import reason_words
from ui.disclosure.sitting import REGISTER
from ui.kit.pieces.surroundings import Surroundings

__all__ = ["KEYS", "Workbench"]

if TYPE_CHECKING:
    from dpdesk.desk import Desk

_MORE: Final = "There is more of this page. Read it, then press Space again."


class Workbench(WorkbenchFrame):
    """Review and redact the documents of one request.

    Shut it with :meth:`shut` before the desk is closed: it draws pages on a thread.
    """

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        entry_id: int,
        page: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, around, entry_id, parent)
        self.finder = Finder(self)
        self.proposer = Proposer(self)
        self.asider = Asider(self, undo=self.undo, reload=self.reload, close_build=self.close_build)
        self.forecast = Forecast(self.sitting, self.artist, self)
        self.read = ReadPages(self, self.finder.close)
        self._document = 0
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._look_ahead)
        self._connect()
        self.keys = self._key_table()
        self.destroyed.connect(self.artist.shut_down)
        self.reload(page)

    def shut(self) -> None:
        """Stops drawing; the workbench is not used any more."""
        self._ahead.stop()
        self.finder.leave()
        self.proposals.leave()
        self.read.leave()
        self.forecast.leave()
        self.build.leave()
        self.sort.leave()
        self.seen.leave()
        self.artist.shut_down()

    def show_place(self, document_id: int = 0, page: int = 0) -> None:
        """Shows a page of a document (from 0), as a search through everything found it."""
        for each in self.sitting.pages:
            if each.document_id == document_id and each.page == page:
                self.sitting.go_to(each.number)

    def _connect(self) -> None:
        sitting, viewer = self.sitting, self.viewer
        self.menu.aboutToShow.connect(
            lambda: fill_menu(
                self, self.read.read_again, self.withhold_document, self.release_document
            )
        )
        sitting.turned.connect(self._show_page)
        sitting.marked.connect(self._show_marks)
        sitting.listed.connect(self._show_state)
        sitting.passed.connect(self._passed)
        sitting.said.connect(self._say)
        sitting.failed.connect(self._complain)
        self.forecast.known.connect(self.show_released)
        viewer.words_chosen.connect(self._mark_words)
        viewer.box_drawn.connect(lambda box: sitting.mark_box(box, self.foot.reason.code))
        viewer.tint_chosen.connect(sitting.select)
        viewer.failed.connect(self._not_drawn)
        viewer.nothing_here.connect(self._no_words)
        self.list.chosen.connect(sitting.go_to)
        self.foot.chosen.connect(self.choose_tool)
        self.foot.next.clicked.connect(self.reviewed)
        self.foot.withhold.clicked.connect(self.withhold_page)
        self.foot.reason.combo.chosen.connect(self._use_reason)
        self.foot.reason.combo.picked.connect(self._use_reason)
        self.foot.reason.combo.left.connect(viewer.setFocus)
        self.foot.reason.combo.warned.connect(self._warn)
        self.marks.combo.warned.connect(self._warn)
        self.head.back.clicked.connect(self.go_back)
        self.head.second.clicked.connect(self.turn_pass)
        self.head.build.clicked.connect(self.open_build)
        self.build.back_asked.connect(self.close_build)
        self.build.page_asked.connect(self._show_number)
        self.build.second_asked.connect(self._start_second)
        self.zoom.smaller.clicked.connect(lambda: viewer.zoom_by(-1))
        self.zoom.larger.clicked.connect(lambda: viewer.zoom_by(1))
        self.zoom.width_.clicked.connect(viewer.fit_width)
        self.zoom.whole.clicked.connect(viewer.fit_page)

    def _key_table(self) -> dict[str, Callable[[], object]]:
        sitting = self.sitting
        return {
            "Space": self.reviewed,
            "N": lambda: sitting.step(1),
            "P": lambda: sitting.step(-1),
            "Home": lambda: sitting.step(-len(sitting.pages)),
            "End": lambda: sitting.step(len(sitting.pages)),
            "G": self.ask_page,
            "J": self.go_to_waiting,
            "S": lambda: self.choose_tool(Tool.SELECT),
            "T": lambda: self.choose_tool(Tool.TEXT),
            "L": lambda: self.choose_tool(Tool.LINE),
            "B": lambda: self.choose_tool(Tool.BOX),
            "W": self.withhold_page,
            "C": self._choose_reason,
            "Del": lambda: sitting.remove([sitting.selected] if sitting.selected else []),
            "Ctrl+Z": self.undo,
            "Ctrl+Y": self.redo,
            "Ctrl+F": self.finder.start_finding,
            "Ctrl+I": self.foot.reason.explain,
            "Ctrl++": lambda: self.viewer.zoom_by(1),
            "Ctrl+=": lambda: self.viewer.zoom_by(1),
            "Ctrl+-": lambda: self.viewer.zoom_by(-1),
            "Ctrl+0": self.viewer.fit_width,
            "Ctrl+9": self.viewer.fit_page,
            "Esc": self.step_back,
            **self.proposer.keys(),
            **self.asider.keys(),
        }

    # --- showing -------------------------------------------------------------------------

    def reload(self, page: int = 0) -> None:
        """Reads everything afresh; ``page`` is the page of the request to look at."""
        self.sitting.open(page)
        if self.sitting.now is None:
            self.empty.say(
                "mdi6.file-document-outline",
                "There are no documents on this request yet. Add them in its stage Search.",
                "Back to the request",
                self.go_back,
            )
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self.review)
            self.viewer.setFocus()
        self.proposer.start()
        self.seen.follow()

    def _show_page(self) -> None:
        sitting, page = self.sitting, self.sitting.now
        if page is None:
            self._show_state()
            self.viewer.show_nothing()
            return
        if not sitting.second:
            self.banner.hide()
        self._usual_reason(page.document_id)
        self.viewer.shown.hits = ()
        self.read.show_words()
        self._show_marks()
        self.finder.show_hits()
        self.proposer.turned()
        self.asider.turned()
        # The page itself comes first; those beside it are looked up when it is on the screen.
        self._ahead.start()

    def _usual_reason(self, document: int) -> None:
        """Another document begins with the usual reason: one chosen for this may fit no other."""
        before, self._document = self._document, document
        chosen, usual = self.foot.reason.code, redaction_reasons()[0].code
        if before in {0, document} or chosen == usual:
            return
        self.foot.reason.combo.fill(usual)
        self.around.messages.say(
            f"Another document: the reason is {reason_words(reason(usual))} again.",
            tone="info",
            undo=lambda: self.foot.reason.combo.fill(chosen),
        )

    def _look_ahead(self) -> None:
        sitting = self.sitting
        pages = [(sitting.source(other), sitting.words(other)) for other in sitting.ahead()]
        self.viewer.draw_ahead(pages)

    def _show_marks(self) -> None:
        sitting, page = self.sitting, self.sitting.now
        if page is None:
            return
        tints = [Tint(m.id, m.box, m.number, m.code, mark_words(m)) for m in sitting.marks]
        self.viewer.show_tints(tints, selected=sitting.selected)
        chosen = next((t for t in tints if t.id == sitting.selected), None)
        if chosen is not None:
            self.viewer.reveal(chosen.box)
        self.show_released()
        self._show_state()
        state = f"{len(tints)} marks" if tints else "no marks"
        self.viewer.setAccessibleName(f"Page {page.number}, {state}")

    def show_released(self) -> None:
        """Shows the page as it would be released while V is held, or as it is."""
        on = self.holding or self.sitting.second
        held = self.sitting.sheet_reason()
        sheet = None
        if held is not None and self.sitting.now is not None:
            title = f"Page {self.sitting.now.number} withheld"
            sheet = WithheldSheet(title, f"{held.explanation} (code {held.public_code})")
        outlook = self.forecast.outlook()
        stretches = [
            MovedStretch(line.band, tuple((move.box, move.across) for move in line.moves))
            for line in outlook.lines
        ]
        self.viewer.show_released(on, outlook.areas, sheet, stretches)
        self.marks.show_uneven(outlook.uneven)
        if on:
            self.forecast.ask()

    def _show_state(self) -> None:
        self.head.show_state(self.sitting)
        self.foot.show_state(self.sitting)

    def _say(self, text: str, undoable: bool) -> None:
        self.around.messages.say(text, undo=self.undo if undoable else None)

    def _complain(self, error: DpdeskError) -> None:
        self.banner.say(str(error), "danger")

    def _not_drawn(self, error: DpdeskError) -> None:
        hold = [("Withhold this page", self.withhold_page)]
        self.banner.say(str(error), "danger", hold)

    def _no_words(self) -> None:
        use = [("Use Box", lambda: self.choose_tool(Tool.BOX))]
        self.banner.say(
            "No words could be read on this page. Draw a box over what you see instead.",
            "info",
            use,
        )

    def _warn(self, told: ReasonCode) -> None:
        text = f"{reason_words(told)}: this is not a reason to remove words. {told.test}"
        self.banner.say(text, "warn")

    # --- doing ---------------------------------------------------------------------------

    def choose_tool(self, tool: Tool) -> None:
        """Takes a tool into the hand."""
        self.viewer.choose_tool(tool)
        self.foot.show_tool(tool)
        self.viewer.setFocus()

    def reviewed(self) -> None:
        """Notes that this page was looked at, and goes on."""
        if self.stack.currentWidget() is not self.review:
            return
        if not self.viewer.visible:
            text = "This page cannot be seen yet, so it does not count as reviewed."
            self.around.messages.say(text, tone="warn")
            return
        if self.viewer.show_rest():
            self.around.messages.say(_MORE, tone="info")
            return
        self.around.messages.withdraw(_MORE)
        at_end = self.sitting.place == len(self.sitting.order) - 1
        self.sitting.reviewed()
        if at_end:
            self._finish_pass()

    def _finish_pass(self) -> None:
        progress = self.sitting.progress
        done = progress.second if self.sitting.second else progress.reviewed
        left = progress.pages - done
        if left:
            text = f"That was the last page. {left:,} before it have not been reviewed."
            self.banner.say(text, "info", [("Show the first one", self.go_to_waiting)])
        elif self.sitting.second:
            self.banner.say(
                ("The second pass is finished: every page has been reviewed twice."), "ok"
            )
        else:
            again = [("Start the second pass", self.turn_pass)]
            self.banner.say(
                ("Every page has been reviewed. Now review each one again, as it will go out."),
                "ok",
                again,
            )

    def undo(self) -> None:
        """Takes the last step back, and what was said about it away."""
        self._forget_banner()
        self.sitting.undo()

    def redo(self) -> None:
        """Does again what was taken back."""
        self._forget_banner()
        self.sitting.redo()

    def _forget_banner(self) -> None:
        if not self.sitting.second:
            self.banner.hide()

    def go_to_waiting(self) -> None:
        """Shows the next page that was not looked at."""
        if not self.sitting.go_to_waiting():
            self.banner.say("Every page has been reviewed.", "ok")
        self.viewer.setFocus()

    def ask_page(self) -> None:
        """Asks for a page and goes there."""
        whole = len(self.sitting.pages)
        given = self.around.prompter.ask_words(f"Go to which page, 1 to {whole:,}?")
        if given is None:
            return
        wanted = given.strip().replace(",", "")
        if wanted.isdecimal() and 0 < int(wanted) <= whole:
            self.sitting.go_to(int(wanted))
        else:
            self.around.messages.say(f"Type a page number from 1 to {whole:,}.", tone="warn")

    def withhold_page(self) -> None:
        """Leaves this page out of the bundle, or lets it go again."""
        page = self.sitting.now
        if page is None:
            return
        if not page.withheld:
            self._withhold_for(self.foot.reason.code)
        elif self.sitting.withhold(""):
            self.banner.hide()

    def _withhold_for(self, code: str) -> None:
        """Says for which reason: it was chosen earlier, perhaps for something else."""
        if self.sitting.withhold(code):
            text = f"This page is withheld: {reason_words(reason(code))}."
            self.banner.say(text, "info", [("Change reason", self._choose_reason)])

    def _choose_reason(self) -> None:
        """Opens the list of reasons; on a withheld page the answer goes for the page too."""
        self.foot.reason.combo.setFocus()
        self.foot.reason.combo.open_list()

    def _use_reason(self, code: str) -> None:
        """A withheld page that is looked at gets the reason that was just picked."""
        page = self.sitting.now
        if page is not None and page.withheld not in {"", code}:
            self._withhold_for(code)
        self.viewer.setFocus()

    def withhold_document(self) -> None:
        """Leaves every page of this document out."""
        self.sitting.withhold_document(self.foot.reason.code)

    def release_document(self) -> None:
        """Lets every page of this document go again."""
        self.sitting.withhold_document("")

    def _mark_words(self, indexes: tuple[int, ...], tool: str) -> None:
        kind = "line" if tool == Tool.LINE else "text"
        self.sitting.mark_words(indexes, self.foot.reason.code, kind, self.viewer.page)

    def turn_pass(self) -> None:
        """Begins the second pass, or leaves it."""
        self.sitting.start_pass(second=not self.sitting.second)

    def _passed(self) -> None:
        if self.sitting.second:
            self.banner.say(
                "Second pass: as the requester will see it, in a different order. "
                "Mark anything you missed.",
                "info",
                [("Leave", self.turn_pass)],
            )
        else:
            self.banner.hide()
        self.viewer.setFocus()

    def _start_second(self) -> None:
        self.close_build()
        if not self.sitting.second:
            self.turn_pass()

    def _show_number(self, number: int) -> None:
        self.close_build()
        if self.sitting.second:
            self.turn_pass()
        self.sitting.go_to(number)

    def open_build(self) -> None:
        """Shows what is open before the bundle is built."""
        self.stack.setCurrentWidget(self.build)
        self.head.show_building(True)
        self.help_page = "bundle"
        self.build.refresh()

    def close_build(self) -> None:
        """Back to the pages."""
        if not self.build.busy:
            self.stack.setCurrentWidget(self.review)
            self.head.show_building(False)
            self.help_page = "workbench"
            self.viewer.setFocus()

    def go_back(self) -> None:
        """Back to the request."""
        self.around.navigator.open_entry(REGISTER, self.entry_id)

    def step_back(self) -> None:
        """Esc: lets go of one thing after the other, and goes back last of all."""
        if self.stack.currentWidget() is self.build:
            self.close_build()
        elif self.stack.currentWidget() is self.sort:
            self.asider.close()
        elif self.stack.currentWidget() is not self.review:
            self.go_back()
        elif self.viewer.drop():
            self.viewer.setFocus()
        elif self.right.currentWidget() is self.found:
            self.finder.close()
        elif self.sitting.selected:
            self.sitting.select(0)
        elif self.viewer.tool is not Tool.SELECT:
            self.choose_tool(Tool.SELECT)
        elif not self.viewer.hasFocus():
            self.viewer.setFocus()
        elif self.sitting.second:
            self.turn_pass()
        else:
            self.go_back()
