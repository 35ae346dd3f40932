"""What is proposed in a sitting: sought beside the window, accepted and rejected with the keys.

No widgets here. The panel shows the lines, the page shows the places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from dpdesk.disclosure.candidates import PartyStanding, kinds
from dpdesk.disclosure.suggested import PlaceState, SuggestedPlace, Suggestions
from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.law.words import count, page_list
from ui.disclosure.sitting import Sitting
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress, Task

if TYPE_CHECKING:
    from dpdesk.desk import Desk

LineKind = Literal["head", "place", "group", "kept", "rejected"]
_STANDINGS = {
    PartyStanding.SUBJECT: "The person whose data it is",
    PartyStanding.REQUESTER: "The person who asks",
    PartyStanding.STAFF: "Staff in their job",
    PartyStanding.PROFESSIONAL: "Health and social-work professionals",
    PartyStanding.SCHOOL: "The school itself",
}


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A line of the list: a place on this page, a person or number everywhere, or a heading."""

    kind: LineKind
    text: str
    under: str = ""
    why: str = ""
    places: tuple[SuggestedPlace, ...] = ()
    group: str = ""
    standing: PartyStanding | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same line after something was done."""
        if self.kind == "place":
            apart = self.places[0].candidate.place
        else:
            # One person may stand among the sure ones and among those to look through.
            apart = "doubtful" if self.places and self.places[0].candidate.doubtful else ""
        return self.kind, self.group or self.text, apart


class Proposals(QObject):
    """The suggestions of one sitting. ``changed``: there is something else to show.

    ``renewed``: all pages were gone through once more.
    """

    changed = Signal()
    renewed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._service = desk.disclosure.suggestions
        self._around = around
        self.sitting = sitting
        self.found: Suggestions | None = None
        self.fault = ""
        self._task: Task | None = None
        self._gone = self._new = False
        sitting.said.connect(lambda *_: self.look())

    # --- seeking -------------------------------------------------------------------------

    @property
    def seeking(self) -> bool:
        """Are the pages being gone through?"""
        return self._task is not None

    def start(self) -> None:
        """Shows what was found before, and seeks afresh where anything has changed since."""
        self.look()
        if self.sitting.pages and (self.found is None or not self.found.fresh):
            self.seek()

    def seek(self) -> None:
        """Goes through all pages, beside the window."""
        if self._task is not None:
            return
        service, entry_id = self._service, self.sitting.entry_id

        def work(progress: Progress) -> Suggestions:
            def told(done: int, whole: int) -> None:
                progress.step("Looking for people, numbers and addresses", done, whole)

            return service.seek(entry_id, step=told)

        self.fault = ""
        self._task = self._around.tasks.run(
            work,
            title="Looking for people, numbers and addresses",
            on_success=self._sought,
            on_error=self._not_sought,
            on_finished=self._over,
        )
        self.changed.emit()

    def leave(self) -> None:
        """The workbench is closed: nothing is shown any more."""
        self._gone = True
        if self._task is not None:
            self._task.cancel()

    def _sought(self, found: Suggestions) -> None:
        if not self._gone:
            self.found = found
            self._new = True

    def _not_sought(self, error: BaseException) -> None:
        if not isinstance(error, DpdeskError):
            raise error
        if not isinstance(error, Cancelled):
            self.fault = str(error)

    def _over(self) -> None:
        self._task = None
        new, self._new = self._new, False
        if not self._gone:
            self.changed.emit()
            if new:
                self.renewed.emit()

    def look(self) -> None:
        """Reads again what became of each place."""
        if self._gone:
            return
        self.found = self._service.look(self.sitting.entry_id)
        self.changed.emit()

    # --- what is shown -------------------------------------------------------------------

    def here(self) -> tuple[SuggestedPlace, ...]:
        """What waits on the page that is looked at, the doubtful among it."""
        page = self.sitting.now
        if self.found is None or page is None:
            return ()
        some = self.found.by_page.get(page.number, ())
        return tuple(place for place in some if place.state is PlaceState.OPEN)

    def lines(self) -> list[ProposalLine]:
        """Everything to show: this page, then all documents, then what is not proposed."""
        found = self.found
        if found is None:
            return []
        here = self.here()
        sure = [place for place in here if not place.candidate.doubtful]
        unsure = [place for place in here if place.candidate.doubtful]
        lines = [self._place(place) for place in (*sure, *unsure)]
        if lines:
            lines.insert(0, ProposalLine("head", "On this page"))
        for title, places in (
            ("In all documents", found.open),
            ("To check: may be a word", found.doubtful),
        ):
            groups = self._groups(places, "group")
            if groups:
                lines += [ProposalLine("head", title), *groups]
        kept = self._kept()
        if kept:
            lines += [ProposalLine("head", "Seen and not proposed"), *kept]
        rejected = [place for place in found.places if place.state is PlaceState.REJECTED]
        if rejected:
            lines += [ProposalLine("head", "Rejected"), *self._groups(rejected, "rejected")]
        return lines

    def _place(self, place: SuggestedPlace) -> ProposalLine:
        assert self.found is not None
        candidate = place.candidate
        group = self.found.groups[candidate.group]
        under = group.label if candidate.kind == "person" else kinds()[candidate.kind].label
        if candidate.doubtful:
            under = f"Doubtful: {under}"
        why = candidate.why or group.why
        return ProposalLine("place", candidate.label, under, why, (place,), candidate.group)

    def _groups(self, places: Sequence[SuggestedPlace], kind: LineKind) -> list[ProposalLine]:
        assert self.found is not None
        by_group: dict[str, list[SuggestedPlace]] = {}
        for place in places:
            by_group.setdefault(place.candidate.group, []).append(place)
        order = list(kinds())
        lines = []
        for key, some in by_group.items():
            group = self.found.groups[key]
            pages = list(dict.fromkeys(place.number for place in some))
            what = "" if group.kind == "person" else f"{kinds()[group.kind].label}, "
            under = f"{what}{page_list(pages)}"
            lines.append(ProposalLine(kind, group.label, under, group.why, tuple(some), key))
        rank = {key: order.index(self.found.groups[key].kind) for key in by_group}
        return sorted(lines, key=lambda line: (rank[line.group], -len(line.places), line.text))

    def _kept(self) -> list[ProposalLine]:
        """Who is seen and not proposed; the data subject and the school in one line each."""
        assert self.found is not None
        lines: list[ProposalLine] = []
        for standing, title in _STANDINGS.items():
            places = [
                place
                for place in self.found.places
                if place.state is PlaceState.KEPT
                and self.found.groups[place.candidate.group].standing is standing
            ]
            if standing not in {PartyStanding.SUBJECT, PartyStanding.SCHOOL}:
                lines += [
                    replace(line, under=f"{title}, {line.under}", standing=standing)
                    for line in self._groups(places, "kept")
                ]
            elif places:
                why = self.found.groups[places[0].candidate.group].why
                pages = page_list(list(dict.fromkeys(place.number for place in places)))
                lines.append(
                    ProposalLine("kept", title, pages, why, tuple(places), standing=standing)
                )
        return lines

    def summary(self) -> str:
        """How far it is, in a sentence."""
        if self.found is None:
            return ""
        open_, doubtful = len(self.found.open), len(self.found.doubtful)
        if not open_ and not doubtful:
            return "Nothing is left open."
        parts = [f"{count(open_, 'suggestion')} open"] if open_ else []
        if doubtful:
            parts.append(f"{doubtful:,} to check")
        return ", ".join(parts) + "."

    # --- answering -----------------------------------------------------------------------

    def accept(self, line: ProposalLine, places: Sequence[SuggestedPlace] = ()) -> bool:
        """Marks what a line stands for, or proposes what was kept or rejected."""
        entry_id, service = self.sitting.entry_id, self._service
        if line.kind == "kept" and line.group:
            return self.sitting.perform(lambda: service.want(entry_id, line.group))
        if line.kind == "kept":
            return self.want_all(line)
        if line.kind == "rejected":
            return self.sitting.perform(lambda: service.reopen(entry_id, line.places, line.group))
        chosen = tuple(places) or line.places
        return self.sitting.perform(lambda: service.accept(entry_id, chosen))

    def want_all(self, line: ProposalLine) -> bool:
        """Proposes everybody who stands as this line does: all staff."""
        entry_id, standing = self.sitting.entry_id, line.standing
        return self.sitting.perform(lambda: self._service.want(entry_id, standing=standing))

    def reject(self, line: ProposalLine, places: Sequence[SuggestedPlace] = ()) -> bool:
        """Says that what a line stands for stays; a person or number also where found later."""
        entry_id, service = self.sitting.entry_id, self._service
        if line.kind in {"kept", "rejected", "head"}:
            return False
        chosen = tuple(places) or line.places
        group = line.group if line.kind == "group" else ""
        return self.sitting.perform(lambda: service.reject(entry_id, chosen, group))

    def everywhere(self, line: ProposalLine) -> tuple[SuggestedPlace, ...]:
        """All open places of the person or number of a line, as sure as the line itself."""
        if self.found is None or not line.places:
            return ()
        doubtful = line.places[0].candidate.doubtful
        return tuple(
            place
            for place in self.found.by_group.get(line.group, ())
            if place.state is PlaceState.OPEN and place.candidate.doubtful == doubtful
        )

    def on_page(self, line: ProposalLine) -> tuple[SuggestedPlace, ...]:
        """Those of them on this page."""
        page = self.sitting.now
        number = page.number if page is not None else 0
        return tuple(place for place in self.everywhere(line) if place.number == number)

    def page_with_open(self, step: int) -> int:
        """The number of the next page (or the one before) where something waits; 0 for none."""
        page = self.sitting.now
        if self.found is None or page is None:
            return 0
        waiting = sorted({p.number for p in (*self.found.open, *self.found.doubtful)})
        if step > 0:
            return next((n for n in waiting if n > page.number), 0)
        return next((n for n in reversed(waiting) if n < page.number), 0)
