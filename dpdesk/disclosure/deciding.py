"""Notes what was decided about suggestions, so that it holds when they are sought again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.disclosure.candidates import Candidate, PartyStanding, SuggestedGroup
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.suggestion_records import SuggestionDecision
from dpdesk.law.words import count
from dpdesk.store.database import Change
from dpdesk.store.tables import utc_text

REJECTED: Final = "rejected"
WANTED: Final = "wanted"


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions that were changed together: for each thing the one before and the one after."""

    register: str
    entry_id: int
    changed: tuple[tuple[str, str, str], ...] = ()

    def turned(self) -> Decided:
        """The way back."""
        back = tuple((about, after, before) for about, before, after in self.changed)
        return Decided(self.register, self.entry_id, back)


def about_place(candidate: Candidate) -> str:
    """A place, with what stands there: read again from a picture it may be another word."""
    return f"place {candidate.place} {folded(candidate.text)}"


def about_group(key: str) -> str:
    """Everything of one person or number, now and later."""
    return f"group {key}"


def about_standing(standing: PartyStanding) -> str:
    """Everybody of one standing: all staff."""
    return f"standing {standing.value}"


def decisions_within(session: Session, register: str, entry_id: int) -> dict[str, str]:
    """Everything that was decided for an entry."""
    rows = session.execute(
        select(SuggestionDecision.about, SuggestionDecision.decision).where(
            SuggestionDecision.register == register, SuggestionDecision.entry_id == entry_id
        )
    )
    return dict(iter(rows))


def decide(
    change: Change, register: str, entry_id: int, wanted: Mapping[str, str], words: str = ""
) -> Decided:
    """Notes decisions; an empty one takes the one before away. ``words`` go into the history."""
    changed: list[tuple[str, str, str]] = []
    for about, decision in wanted.items():
        row = change.session.get(SuggestionDecision, (register, entry_id, about))
        before = row.decision if row is not None else ""
        if before == decision:
            continue
        changed.append((about, before, decision))
        if row is not None:
            change.session.delete(row)
            change.session.flush()
        if decision:
            change.session.add(
                SuggestionDecision(
                    register=register,
                    entry_id=entry_id,
                    about=about,
                    decision=decision,
                    made_at=utc_text(change.at),
                    made_by=change.who,
                )
            )
    if changed:
        told = words or count(len(changed), "decision")
        change.note(register, entry_id, "suggestions", None, told)
    return Decided(register, entry_id, tuple(changed))


def go_back(change: Change, decided: Iterable[Decided]) -> tuple[Decided, ...]:
    """Takes decisions back; what comes out leads forward again."""
    turned = []
    for each in decided:
        wanted = {about: before for about, before, _ in each.changed}
        decide(change, each.register, each.entry_id, wanted, "taken back")
        turned.append(each.turned())
    return tuple(turned)


def is_rejected(candidate: Candidate, decisions: Mapping[str, str]) -> bool:
    """Whether somebody said that this is not to be removed."""
    if not decisions:
        return False
    return REJECTED in {
        decisions.get(about_place(candidate)),
        decisions.get(about_group(candidate.group)),
    }


def is_kept(group: SuggestedGroup, decisions: Mapping[str, str]) -> bool:
    """Whether a group is kept by itself, and nobody wants it proposed all the same."""
    if not group.kept:
        return False
    return WANTED not in {
        decisions.get(about_group(group.key)),
        decisions.get(about_standing(group.standing)),
    }
