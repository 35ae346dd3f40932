"""``print``: the papers of assurance, of one entry or of a whole register."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import opened, place_for
from dpdesk.errors import DpdeskError

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.papers.leaflet import Leaflet

WHOLE = frozenset({"risks", "ratings"})
"""Papers of a whole register, which take no reference."""


def print_paper(arguments: Namespace) -> Answer:
    """Writes a paper. Raises NotFound, NoRoom; DpdeskError for a wrong ending or reference."""
    what, reference = arguments.what, arguments.reference
    if (what in WHOLE) == bool(reference):
        told = "is of the whole register" if what in WHOLE else "needs the reference of an entry"
        raise DpdeskError(f"“print {what}” {told}.", "See “print --help”.")
    target = place_for(arguments.to)
    with opened(arguments) as desk:
        desk.write(target, _PAPERS[what](desk, reference, target))
    return Answer({"file": str(target)}, f"Saved as {target}.")


def _notice(desk: Desk, reference: str, target: Path) -> bytes:
    notices = desk.assurance.notices
    paper = notices.paper(notices.find(reference))
    ways = {".pdf": lambda: paper.printed().content, ".docx": paper.word, ".html": paper.page}
    return _by_ending(target, ways)


def _dpia(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    entry = room.dpias.find(reference)
    paper = room.dpias.paper(entry.id)
    return _by_ending(target, {".pdf": lambda: paper.printed().content, ".docx": paper.word})


def _questions(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    asked = room.prints.questions(room.dpias, room.dpias.find(reference))
    return _by_ending(target, {".pdf": lambda: asked.printed().content, ".docx": asked.word})


def _quiz(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    return _by_ending(
        target, {".pdf": lambda: room.prints.quiz(reference, room.awareness.today()).content}
    )


def _quiz_answers(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    day = room.awareness.today()
    return _by_ending(
        target, {".pdf": lambda: room.prints.quiz(reference, day, answers=True).content}
    )


def _closure(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    leaflet = room.prints.closing(room.audits, room.audits.find(reference))
    return _by_ending(target, _three_ways(leaflet))


def _lia(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    entry = room.interests.find(reference)
    return _by_ending(target, _three_ways(room.prints.interest(room.interests, entry)))


def _three_ways(leaflet: Leaflet) -> dict[str, Callable[[], bytes]]:
    """On paper, in Word and for a website."""
    from dpdesk.papers.leaflet import leaflet_docx, leaflet_html, leaflet_pdf

    return {
        ".pdf": lambda: leaflet_pdf(leaflet).content,
        ".docx": lambda: leaflet_docx(leaflet),
        ".html": lambda: leaflet_html(leaflet),
    }


def _agreement(desk: Desk, reference: str, target: Path) -> bytes:
    from dpdesk.papers.leaflet import leaflet_docx, leaflet_pdf

    room = desk.assurance
    leaflet = room.prints.agreement(room.sharing, room.sharing.find(reference))
    ways = {
        ".docx": lambda: leaflet_docx(leaflet),
        ".pdf": lambda: leaflet_pdf(leaflet).content,
    }
    return _by_ending(target, ways)


def _decision(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    entry = room.sharing.find(reference)
    return _by_ending(target, {".pdf": lambda: room.prints.decision(room.sharing, entry).content})


def _ratings(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    return _by_ending(target, {".pdf": lambda: room.prints.ratings(room.audits).content})


def _risks(desk: Desk, reference: str, target: Path) -> bytes:
    room = desk.assurance
    return _by_ending(target, {".pdf": lambda: room.prints.risks(room.risks).content})


def _by_ending(target: Path, ways: dict[str, Callable[[], bytes]]) -> bytes:
    make = ways.get(target.suffix.lower())
    if make is None:
        raise DpdeskError(
            f"This paper cannot be written as “{target.suffix or 'a file without ending'}”.",
            f"Let the name of the file end with {' or '.join(ways)}.",
        )
    return make()


_PAPERS: dict[str, Callable[[Desk, str, Path], bytes]] = {
    "notice": _notice,
    "dpia": _dpia,
    "lia": _lia,
    "questions": _questions,
    "quiz": _quiz,
    "quiz-answers": _quiz_answers,
    "closure": _closure,
    "agreement": _agreement,
    "decision": _decision,
    "risks": _risks,
    "ratings": _ratings,
}
