"""``suggest``: what is proposed for redaction, and the acceptance of whole kinds of it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import entry_called, opened
from dpdesk.cli.watching import watching
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.law.words import count, listed

if TYPE_CHECKING:
    from dpdesk.disclosure.suggested import SuggestedPlace, Suggestions


def suggest(arguments: Namespace) -> Answer:
    """Proposes what to remove from the documents of a request; marks only the kinds accepted.

    Raises NotFound for a kind that is not there, DpdeskError where there are no documents.
    """
    from dpdesk.disclosure.candidates import kinds

    wanted = set(arguments.accept or ())
    unknown = wanted - {*kinds(), "all"}
    if unknown:
        raise NotFound(
            f"There is no kind called {min(unknown)}.",
            f"The kinds are: {', '.join(kinds())}.",
        )
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        if entry.register.key != desk.requests.requests.register.key:
            raise DpdeskError(f"{entry.reference} is not a request, so nothing is proposed for it.")
        pages = desk.disclosure.review.pages(entry.register.key, entry.id)
        if not pages:
            raise DpdeskError(
                f"There are no documents on {entry.reference} yet.", "Add them first, with add."
            )
        suggestions = desk.disclosure.suggestions
        with watching() as line:
            found = suggestions.seek(
                entry.id, step=lambda done, whole: line.step("Reading the pages", done, whole)
            )
        chosen = [
            place for place in found.open if "all" in wanted or place.candidate.kind in wanted
        ]
        marks = len(suggestions.accept(entry.id, chosen).made) if chosen else 0
    accepted = {place.candidate.place for place in chosen}
    silent = sum(page.kind == "image" for page in pages)
    warnings = _warnings(found, silent)
    content = {
        "reference": entry.reference,
        "suggestions": [_told(found, place, accepted) for place in found.open],
        "doubtful": [_told(found, place, accepted) for place in found.doubtful],
        "accepted": len(chosen),
        "marks": marks,
        "open": len(found.open) - len(chosen),
        "warnings": warnings,
    }
    return Answer(content, "\n".join(_lines(found, accepted, marks, warnings)))


def _told(found: Suggestions, place: SuggestedPlace, accepted: set[str]) -> dict[str, Any]:
    candidate = place.candidate
    group = found.groups[candidate.group]
    return {
        "page": place.number,
        "text": candidate.text,
        "kind": candidate.kind,
        "reason": group.reason,
        "about": group.label,
        "why": candidate.why or group.why,
        "accepted": candidate.place in accepted,
    }


def _warnings(found: Suggestions, silent: int) -> list[str]:
    warnings = []
    if found.doubtful:
        warnings.append(
            f"{count(len(found.doubtful), 'doubtful place')} not among them: look through the list "
            "in the window."
        )
    if silent:
        are = "page is a picture" if silent == 1 else "pages are pictures"
        warnings.append(f"{silent} {are}: read the scans first, and look there yourself.")
    return warnings


def _lines(found: Suggestions, accepted: set[str], marks: int, warnings: list[str]) -> list[str]:
    """A line for each person or number, then what was marked."""
    lines = []
    open_: dict[str, list[SuggestedPlace]] = {}
    for place in found.open:
        open_.setdefault(place.candidate.group, []).append(place)
    for key, places in open_.items():
        group = found.groups[key]
        pages = listed([str(number) for number in dict.fromkeys(p.number for p in places)][:8])
        lines.append(f"{group.label}: {count(len(places), 'place')}, page {pages} ({group.kind})")
    lines.append(
        f"{count(len(found.open), 'place')} proposed, {len(accepted)} accepted, "
        f"{count(marks, 'mark')} made."
    )
    return [*lines, *warnings]
