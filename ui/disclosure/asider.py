"""Joins the sorting of documents, the page and the keys of a workbench."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from dpdesk.disclosure.asides import DATES, NOT_ABOUT, AsidePlace, aside_reasons
from dpdesk.disclosure.review import Done
from dpdesk.law.words import count
from ui.disclosure.page_canvas import SeenPlace

if TYPE_CHECKING:
    from ui.disclosure.frame import WorkbenchFrame


class Asider:
    """What X, Shift+X, D and F do, and what the page shows of what was seen before."""

    def __init__(
        self,
        bench: WorkbenchFrame,
        *,
        undo: Callable[[], object],
        reload: Callable[[], object],
        close_build: Callable[[], object],
    ) -> None:
        self._bench = bench
        self._undo, self._reload, self._close_build = undo, reload, close_build
        self.unfolded = False
        bench.sort.back_asked.connect(self.close)
        bench.build.sort_asked.connect(self.open)
        bench.sort.page_asked.connect(self._show_page)
        bench.to_sort.clicked.connect(self.open)
        bench.seen.changed.connect(self.show)
        # Where the person is named is known once the pages were gone through.
        bench.proposals.renewed.connect(bench.seen.look)

    def keys(self) -> dict[str, Callable[[], object]]:
        """The keys, by their names."""
        return {
            "X": self.document,
            "Shift+X": self.page,
            "D": self.open,
            "F": self.turn_fold,
        }

    # --- setting aside -------------------------------------------------------------------

    def document(self, reason: str = NOT_ABOUT) -> None:
        """Sets the document that is looked at aside, and goes on to the next one."""
        page = self._bench.sitting.now
        if page is not None and self._ready():
            self._set([AsidePlace(page.document_id)], reason)

    def page(self, reason: str = NOT_ABOUT) -> None:
        """The same for this page alone."""
        page = self._bench.sitting.now
        if page is not None and self._ready():
            self._set([AsidePlace(page.document_id, page.page)], reason)

    def _ready(self) -> bool:
        """Nothing is set aside that nobody can see."""
        bench = self._bench
        if bench.stack.currentWidget() is not bench.review:
            return False
        if bench.viewer.visible:
            return True
        bench.around.messages.say("This page cannot be seen yet.", tone="warn")
        return False

    def _set(self, places: list[AsidePlace], reason: str) -> None:
        bench = self._bench
        found = bench.proposals.found
        named = found.about if found is not None and found.fresh else {}
        service = bench.desk.disclosure.asides
        times = sum(named.get(place.document_id, 0) for place in places if place.page is None)
        told: list[str] = []

        def does() -> Done:
            done = service.set_aside(bench.entry_id, places, reason)
            told.append(done.told)
            return done

        if not bench.sitting.perform(does):
            return
        bench.seen.follow()
        other = DATES if reason == NOT_ABOUT else NOT_ABOUT
        again = partial(self._instead, places, other)
        links: list[tuple[str, Callable[[], object]]] = [
            (aside_reasons()[other].label, again),
            ("Undo", self._undo),
        ]
        said = told[0]
        if times and reason == NOT_ABOUT:
            # It is for the user to know, so it is only said.
            said += f" It names the person {'once' if times == 1 else f'{times:,} times'}."
        bench.banner.say(said, "warn" if times and reason == NOT_ABOUT else "info", links)
        if bench.sitting.now is None:
            self.open()

    def _instead(self, places: list[AsidePlace], reason: str) -> None:
        self._undo()
        self._set(places, reason)

    # --- the list ------------------------------------------------------------------------

    def open(self) -> None:
        """Shows the list of documents to sort."""
        bench = self._bench
        if bench.build.busy:
            return
        self._close_build()
        bench.stack.setCurrentWidget(bench.sort)
        bench.head.show_sorting(True)
        bench.sort.refresh()

    def close(self) -> None:
        """Back to the pages."""
        bench = self._bench
        bench.head.show_sorting(False)
        bench.head.show_state(bench.sitting)
        if bench.sitting.now is None:
            self._reload()
            return
        bench.stack.setCurrentWidget(bench.review)
        bench.seen.follow()
        bench.viewer.setFocus()

    def _show_page(self, number: int) -> None:
        self.close()
        self._bench.sitting.go_to(number)

    # --- what was seen before ------------------------------------------------------------

    def turned(self) -> None:
        """Another page is looked at."""
        self.unfolded = False
        self.show()

    def turn_fold(self) -> None:
        """Shows what was seen before as it is, or pale again."""
        if not self._bench.seen.here():
            self._bench.around.messages.say(
                "Nothing on this page is repeated from an earlier page.", tone="info"
            )
            return
        self.unfolded = not self.unfolded
        self.show()

    def show(self) -> None:
        """Makes words pale that stand on an earlier page, and says on which."""
        bench = self._bench
        runs = bench.seen.here()
        words = bench.viewer.page.words if bench.viewer.page is not None else ()
        places: list[SeenPlace] = []
        for run in runs:
            if run.last >= len(words):
                continue
            boxes = bench.viewer.boxes(range(run.first, run.last + 1))
            label = f"seen on\npage {run.number:,}"
            places += [SeenPlace(box, label if n == 0 else "") for n, box in enumerate(boxes)]
        fold = not (self.unfolded or bench.sitting.second)
        bench.viewer.show_seen(places if fold else ())
        named = [box for indexes in bench.seen.named() for box in bench.viewer.boxes(indexes)
                 if indexes[-1] < len(words)]  # fmt: skip
        bench.viewer.show_named(() if bench.sitting.second else named)
        bench.marks.show_seen(self._told(len(words)))

    def _told(self, words: int) -> str:
        """What the panel says beside the page."""
        seen = self._bench.seen
        runs = seen.here()
        times = len(seen.named())
        parts = []
        often = "once" if times == 1 else f"{times:,} times"
        if times:
            parts.append(f"The person is named here {often}.")
        elif seen.sought:
            parts.append("The person is not named on this page.")
        if runs:
            pages = list(dict.fromkeys(run.number for run in runs))
            some = ", ".join(f"{number:,}" for number in pages[:4])
            whole = sum(run.last - run.first + 1 for run in runs)
            much = "Most of this page" if whole > 0.8 * words else count(whole, "word")
            stands = "stand" if much[0].isdigit() and whole != 1 else "stands"
            parts.append(
                f"{much} {stands} on page {some} too, and {'is' if stands == 'stands' else 'are'} "
                f"pale here. Press F to {'fold it again' if self.unfolded else 'see it plainly'}."
            )
        return " ".join(parts)
