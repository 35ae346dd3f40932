"""``mark`` and ``bundle``: what is held back, and the release of the rest."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import entry_called, opened, password_in, place_for
from dpdesk.cli.watching import watching
from dpdesk.disclosure.cautions import cautions
from dpdesk.errors import DpdeskError, NoRoom, NotFound
from dpdesk.law.exemptions import ReasonCode, reason
from dpdesk.law.words import count, page_list

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.disclosure.looking import PlaceFound
    from dpdesk.disclosure.review import ReviewPage
    from dpdesk.documents.service import DocumentCard
    from dpdesk.registers.entries import Entry

_LONGEST_PASSWORD: Final = 127
"""Bytes that the format allows."""


@dataclass(frozen=True, slots=True)
class _Marked:
    """What a command marked: marks made, pages withheld, places found (None: not sought)."""

    marks: int = 0
    withheld: int = 0
    places: int | None = None
    nearly: int = 0
    """Places that are spelt nearly the same, which were not marked."""
    unseen: tuple[int, ...] = ()
    """Pages with places where the words are not seen."""


def mark(arguments: Namespace) -> Answer:
    """Marks words, a box or whole pages. Raises NotFound for a code or page that is not there.

    Words that stand nowhere are no failure: the answer says so.
    """
    why = reason(arguments.reason)
    if not why.redacts:
        raise DpdeskError(
            f"{why.code} is not a reason to withhold: {why.label}.", "Choose another code."
        )
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        pages = desk.disclosure.review.pages(entry.register.key, entry.id)
        if not pages:
            raise DpdeskError(
                f"There are no documents on {entry.reference} yet.", "Add them first, with add."
            )
        marked = _mark(desk, entry, pages, why, arguments)
    silent = pictures = 0
    if marked.places is not None:
        silent = sum(
            page.kind == "image" and page.reading not in {"read", "partly"} for page in pages
        )
        pictures = sum(page.reading in {"read", "partly"} for page in pages)
    warnings = []
    if marked.places == 0:
        warnings.append("The words are not on any page of this request.")
    if marked.unseen:
        warnings.append(
            f"On {page_list(marked.unseen)} the file has the words in another place than you "
            "see them. Look for them there, and draw boxes over what you see."
        )
    if marked.nearly:
        stand = "1 place is" if marked.nearly == 1 else f"{marked.nearly} places are"
        warnings.append(f"{stand} spelt nearly the same and not marked: check them in the window.")
    if silent:
        are = "page is a picture" if silent == 1 else "pages are pictures"
        warnings.append(f"{silent} {are} in which no words were read: look there yourself.")
    if pictures:
        were = "1 page was" if pictures == 1 else f"{pictures} pages were"
        warnings.append(f"{were} read from pictures, and words may be missing: look there too.")
    content = {
        "reference": entry.reference,
        "reason": why.code,
        "marks": marked.marks,
        "withheld": marked.withheld,
        "warnings": warnings,
    }
    if marked.places is not None:
        content["places"] = marked.places
    done = (
        f"{count(marked.withheld, 'page')} withheld"
        if marked.withheld
        else f"{count(marked.marks, 'mark')} made"
    )
    return Answer(content, "\n".join([f"{done}, reason {why.code} ({why.label}).", *warnings]))


def _mark(
    desk: Desk, entry: Entry, pages: tuple[ReviewPage, ...], why: ReasonCode, arguments: Namespace
) -> _Marked:
    if arguments.text is not None or arguments.pattern is not None:
        found = _find(desk, entry, arguments)
        same = [place for place in found if place.finding.likeness != "near"]
        made = desk.disclosure.review.mark_found(same, why.code).made
        return _Marked(
            len(made),
            places=len(same),
            nearly=len(found) - len(same),
            unseen=tuple(dict.fromkeys(place.number for place in same if not place.finding.seen)),
        )
    if arguments.box is not None:
        from dpdesk.documents.pages import Box

        number, x, y, width, height = arguments.box
        page = _page(pages, number)
        place = Box(x, y, x + width, y + height)
        done = desk.disclosure.review.mark_box(page.document_id, page.page, place, why.code)
        return _Marked(len(done.made))
    chosen = pages if arguments.all_pages else (_page(pages, arguments.page),)
    desk.disclosure.review.withhold([(page.document_id, page.page) for page in chosen], why.code)
    return _Marked(withheld=len(chosen))


def _find(desk: Desk, entry: Entry, arguments: Namespace) -> tuple[PlaceFound, ...]:
    review = desk.disclosure.review
    if arguments.text is not None:
        return review.find(
            entry.register.key, entry.id, arguments.text, whole_word=arguments.whole_word
        )
    from dpdesk.disclosure.patterns import FORMS

    keys = [form.key for form in FORMS]
    if arguments.pattern not in keys:
        raise NotFound(
            f"There is no pattern called {arguments.pattern}.",
            f"The patterns are: {', '.join(keys)}.",
        )
    return review.find_form(entry.register.key, entry.id, arguments.pattern)


def _page(pages: tuple[ReviewPage, ...], number: int) -> ReviewPage:
    if number > len(pages):
        raise NotFound(
            f"There is no page {number}.", f"This request has {count(len(pages), 'page')}."
        )
    return pages[number - 1]


def bundle(arguments: Namespace) -> Answer:
    """Releases the bundle of a request and writes it where it was asked for.

    The bundle is locked with the password, if one is given; the lists are not. Raises
    ReleaseRefused where the finished file fails its check.
    """
    password = password_in(arguments.password_file)
    if len(password.encode()) > _LONGEST_PASSWORD:
        raise DpdeskError("This password is too long for a PDF file.", "Take a shorter one.")
    wanted = {
        part: place_for(path)
        for part, path in (
            ("bundle", arguments.to),
            ("schedule", arguments.schedule),
            ("sealed", arguments.sealed),
        )
        if path is not None
    }
    if len({path.absolute() for path in wanted.values()}) < len(wanted):
        raise DpdeskError("Two of the files have the same name.", "Give each its own.")
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        if entry.register.key != desk.requests.requests.register.key:
            raise DpdeskError(f"{entry.reference} is not a request, so it has no bundle.")
        pages = desk.disclosure.review.pages(entry.register.key, entry.id)
        warnings = _before(desk.documents.of_entry(entry.register.key, entry.id), pages)
        warnings += [each.sentence for each in desk.disclosure.asides.copies_gone(entry.id)]
        told = desk.disclosure.suggestions.told(entry.id)
        if told.left:
            warnings.append(told.sentence)
        problem = desk.requests.requests.handover_problem(entry)
        for warning in warnings:
            print(warning, file=sys.stderr)
        with watching() as line:
            made = desk.disclosure.releases.release(entry.id, step=line.step)
        try:
            for part, path in wanted.items():
                desk.disclosure.releases.save(
                    made.id, part, path, password if part == "bundle" else ""
                )
        except NoRoom as error:
            raise NoRoom(
                error.sentence, f"Bundle {made.number} is kept: save it again from the window."
            ) from error
    content = {
        "reference": entry.reference,
        "bundle": made.number,
        "pages": made.pages,
        "marks": made.marks,
        "withheld": made.withheld,
        "sha256": made.sha256,
        "files": {part: str(path) for part, path in wanted.items()},
        "proposed": made.proposed,
        "warnings": warnings,
        "not_yet": problem,
    }
    words = (
        f"Bundle {made.number} of {entry.reference}: {count(made.pages, 'page')}, "
        f"{count(made.marks, 'mark')}, {made.withheld} withheld. Checked; saved as {arguments.to}."
    )
    return Answer(content, "\n".join(filter(None, (words, problem))))


def _before(documents: Sequence[DocumentCard], pages: Sequence[ReviewPage]) -> list[str]:
    """What whoever releases a bundle should know before it is built."""
    unseen = sum(not page.reviewed and not page.withheld for page in pages)
    reviewed = [f"{count(unseen, 'page')} not yet marked as reviewed."] if unseen else []
    return reviewed + [caution.text for caution in cautions(documents, pages)]
