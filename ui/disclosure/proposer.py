"""Joins the list of suggestions, the page and the keys of a workbench."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dpdesk.disclosure.suggested import SuggestedPlace
from ui.disclosure.page_canvas import ProposedPlace

if TYPE_CHECKING:
    from ui.disclosure.frame import WorkbenchFrame


class Proposer:
    """What A, R, full stop and comma do, and what the page shows of it."""

    def __init__(self, bench: WorkbenchFrame) -> None:
        self._bench = bench
        panel = bench.proposed
        panel.chosen.connect(self.show)
        panel.opened.connect(self.open)
        panel.accept_asked.connect(self.accept)
        panel.reject_asked.connect(self.reject)
        bench.proposals.changed.connect(self._count)
        bench.proposals.renewed.connect(self._tell_again)
        bench.build.seek_asked.connect(bench.proposals.seek)
        bench.tabs.picked.connect(self.turn)

    def keys(self) -> dict[str, Callable[[], object]]:
        """The keys, by their names."""
        return {
            "A": self.accept,
            "R": self.reject,
            ".": lambda: self.step(1),
            ",": lambda: self.step(-1),
        }

    def start(self) -> None:
        """Seeks where that is needed, and shows the list where there is something to answer."""
        proposals = self._bench.proposals
        proposals.start()
        if self._bench.sitting.pages:
            self.turn(proposals.seeking or bool(proposals.found and proposals.found.open))

    def turn(self, proposed: bool) -> None:
        """Shows the suggestions, or the marks of the page."""
        bench = self._bench
        bench.right.setCurrentWidget(bench.proposed if proposed else bench.marks)
        bench.tabs.show_proposed(proposed)
        if proposed and bench.proposed.line is None:
            bench.proposed.choose_first()
        self.show()

    @property
    def shown(self) -> bool:
        """Is the list of suggestions shown?"""
        return self._bench.right.currentWidget() is self._bench.proposed

    def turned(self) -> None:
        """Another page is looked at."""
        self._bench.proposed.refresh()
        self._bench.proposed.choose_first()
        self.show()

    def _count(self) -> None:
        bench = self._bench
        found = bench.proposals.found
        bench.tabs.show_counts(len(bench.sitting.marks), len(found.open) if found else 0)
        self.show()

    def _tell_again(self) -> None:
        """What is open before the bundle is built is told as it is now."""
        build = self._bench.build
        if build.before.isVisible():
            build.refresh()

    def show(self) -> None:
        """Outlines on the page what waits there; stronger what A and R are about."""
        bench = self._bench
        line = bench.proposed.line
        if bench.sitting.second or bench.viewer.page is None:
            bench.viewer.show_proposed(())
            return
        meant = {place.candidate.place for place in line.places} if line and self.shown else set()
        current = line is not None and line.kind == "place"
        shown: list[ProposedPlace] = []
        for place in bench.proposals.here():
            candidate = place.candidate
            if candidate.indexes[-1] >= len(bench.viewer.page.words):
                continue  # read from a picture since
            mine = candidate.place in meant
            label = line.under if mine and current and line is not None else ""
            for number, box in enumerate(bench.viewer.boxes(candidate.indexes)):
                shown.append(ProposedPlace(box, "" if number else label, mine, candidate.doubtful))
        bench.viewer.show_proposed(shown)
        first = next((each for each in shown if each.current), None)
        if first is not None and current:
            bench.viewer.reveal(first.box)

    def open(self) -> None:
        """Goes to the first place of the line that is chosen."""
        bench = self._bench
        line = bench.proposed.line
        if line is None or not line.places:
            return
        now = bench.sitting.now
        if now is None or all(place.number != now.number for place in line.places):
            bench.sitting.go_to(line.places[0].number)
            # Turning the page chooses its first place; what A and R are about is what was clicked.
            bench.proposed.choose_line(line)

    def accept(self, places: tuple[SuggestedPlace, ...] = ()) -> None:
        """Marks what is chosen, and goes on to the next."""
        self._answer(self._bench.proposals.accept, places)

    def reject(self, places: tuple[SuggestedPlace, ...] = ()) -> None:
        """Says that it stays, and goes on to the next."""
        self._answer(self._bench.proposals.reject, places)

    def _answer(self, does: Callable[..., bool], places: tuple[SuggestedPlace, ...]) -> None:
        bench = self._bench
        if not self.shown:
            # Nothing is answered that was not shown as chosen before.
            self.turn(True)
            return
        line = bench.proposed.line
        if line is None:
            self._nothing_here()
            return
        if does(line, places) and line.kind == "place" and not bench.proposals.here():
            self._nothing_here()

    def _nothing_here(self) -> None:
        bench = self._bench
        there = bench.proposals.page_with_open(1) or bench.proposals.page_with_open(-1)
        if there:
            text = f"Nothing more is proposed on this page. Full stop goes on to page {there:,}."
        elif bench.proposals.found is None:
            text = "These pages have not been searched yet."
        else:
            text = "Nothing more is proposed in these documents."
        bench.around.messages.say(text, tone="info")

    def step(self, by: int) -> None:
        """Goes to the next suggestion or the one before, over the ends of pages."""
        bench = self._bench
        if not self.shown:
            self.turn(True)
            return
        if bench.proposed.step(by):
            return
        number = bench.proposals.page_with_open(by)
        if not number:
            where = "after" if by > 0 else "before"
            bench.around.messages.say(f"Nothing is proposed {where} this page.", tone="info")
            return
        bench.sitting.go_to(number)
        if by < 0:
            bench.proposed.choose_last()
            self.show()
