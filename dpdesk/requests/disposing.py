"""Destroys the papers of a closed case whose years are over; the proof of its handling stays.

What goes: every name and word about people, the documents with their words, the marks, letters and
bundles, and the same in the history, the search and the vault. What stays: the line of the log with
its days and choices, the hashes of what was given, and the certificate in the log of disposals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from dpdesk.documents.erasing import erase_documents, numbers_of
from dpdesk.documents.service import discard_forgotten, forget
from dpdesk.documents.shelf import KeptPaper, destroy_papers
from dpdesk.errors import DpdeskError, StaleEntry
from dpdesk.law.words import count, listed, long_date
from dpdesk.registers.crossings import KeptAboutDocuments
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.history import ARCHIVED, CREATED
from dpdesk.registers.links import linked_by_hand
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.service import RegisterService
from dpdesk.requests.check_records import RequestCheck
from dpdesk.requests.check_service import CheckService
from dpdesk.requests.pace import (
    case_class,
    case_years,
    class_code,
    held_by,
    kept_until,
    open_touches,
)
from dpdesk.requests.records import Request
from dpdesk.requests.service import RequestService
from dpdesk.retention.disposal_service import CasePapers, DisposalService
from dpdesk.store import erased, search_index
from dpdesk.store.database import Change
from dpdesk.store.sealed import ERASED
from dpdesk.store.tables import Draft, EntryLink
from dpdesk.store.vault import Vault

KEPT: Final = frozenset(
    {
        "kind",
        "subject_kind",
        "received",
        "channel",
        "marks_asked",
        "marks_announced",
        "relationship",
        "capacity",
        "identity_needed",
        "identity_asked",
        "identity_received",
        "fee_asked",
        "fee_paid",
        "extension_reason",
        "extended",
        "acknowledged",
        "outcome_by",
        "outcome_told",
        "decision",
        "decided_on",
        "done_on",
        "flag_from",
        "flag_until",
        "lifting_told",
        "advice_sought",
        "opinion_given",
        "ready_on",
        "outcome",
        "refusal_ground",
        "closed",
        "keep_until",
    }
)
"""Answers of a request that stay: what its clock runs on, and what proves that it was answered."""
_OF_PARTS: Final = frozenset(
    {Kind.DATE, Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.MONEY}
)
"""Kinds of answers in which no name can stand; of its parts all of these stay."""
_STEPS: Final = frozenset({CREATED, ARCHIVED, "letter", "bundle", "release", "portable data"})
"""What the history says beside answers, without a name: hashes of what went out, above all."""
_OPEN: Final = ("requests", "breaches")
"""Registers whose open entries, linked with a case by hand, may need its papers."""
_SAID: Final = "Asked when it was destroyed: nothing in it concerns the safeguarding of a child."


class CaseDisposing:
    """The one step in which the papers of a case go, under all the rules, or not at all."""

    def __init__(self, requests: RequestService, checks: CheckService, vault: Vault) -> None:
        self._requests, self._checks, self._vault = requests, checks, vault
        self._database = requests.database
        self._disposals: tuple[DisposalService, ...] = ()
        self._about: tuple[KeptAboutDocuments, ...] = ()
        self._linked: dict[str, RegisterService[Any, Any]] = {}

    def join(self, rooms: Rooms) -> None:
        """Asks for the log of disposals, and for whatever is kept about documents."""
        self._disposals = rooms.every(DisposalService)
        self._about = rooms.every(KeptAboutDocuments)
        every = rooms.registers()
        self._linked = {key: every[key] for key in _OPEN if key in every}

    def finish(self) -> None:
        """Deletes files that a killed program had let go of and not deleted yet."""
        discard_forgotten(self._database, self._vault)

    # --- looking -------------------------------------------------------------------------

    def until(self, entry: Entry) -> dt.date | None:
        """Until when the papers of a case are kept; None where it is not closed."""
        return kept_until(entry.values, case_years(self._requests, entry.values.get("kind")))

    def over(self, entry: Entry) -> bool:
        """Are the years of a closed case over, and its papers still there?"""
        until = self.until(entry)
        gone = entry.values.get("disposed_on") is not None
        return not gone and until is not None and until <= self._requests.today()

    def hindrances(self, entry: Entry) -> tuple[str, ...]:
        """What stands in the way of destroying the papers of a case today, in sentences."""
        with self._database.reading() as session:
            return tuple(self._hindrances(session, entry))

    def contents(self, entry: Entry) -> str:
        """What would go, in a few words: documents, bundles and letters."""
        with self._database.reading() as session:
            return _amount(session, entry.id)

    def _hindrances(self, session: Session, entry: Entry) -> Iterator[str]:
        values, reference = entry.values, entry.reference
        if values.get("disposed_on") is not None:
            yield f"The papers of {reference} are destroyed already."
            return
        until = self.until(entry)
        if until is None:
            yield f"{reference} is not closed: say first how it ended, and close it."
            return
        if until > self._requests.today():
            yield f"The papers of {reference} are kept until {long_date(until)}."
        if values.get("flag_from") is not None and values.get("flag_until") is None:
            yield "Its flag still stands, so that the data is not used: lift it first."
        of = case_class(self._requests, values.get("kind"))
        held = held_by(open_touches(self._requests, session), values, of)
        open_ones = [*self._about_it(session, entry), *self._linked_open(session, entry)]
        for each in dict.fromkeys((*held, *open_ones)):
            yield f"Not before {each} has ended: its papers may be needed there."
        checks = select(RequestCheck.reference).where(
            RequestCheck.request == entry.id,
            RequestCheck.archived_at.is_(None),
            or_(RequestCheck.state == "drawn", RequestCheck.due.is_not(None)),
        )
        for check in session.scalars(checks):
            yield f"The sample check {check} of this case is not finished."

    def _about_it(self, session: Session, entry: Entry) -> Iterator[str]:
        """Open complaints and requests that say that they are about this one."""
        rows = session.execute(
            select(Request.reference, Request.about_requests).where(
                Request.closed.is_(None), Request.about_requests.is_not(None)
            )
        )
        for reference, about in rows:
            if entry.reference in (about or ()):
                yield f"the open complaint {reference}"

    def _linked_open(self, session: Session, entry: Entry) -> Iterator[str]:
        linked = linked_by_hand(session, self._requests.register.key, [entry.id])
        for key, reference in linked.get(entry.id, ()):
            service = self._linked.get(key)
            if service is None:
                continue
            record = service.record
            state = session.scalar(select(record.state).where(record.reference == reference))
            if state and service.register.state(state).open:
                yield f"the open {service.register.entry} {reference}"

    # --- destroying ----------------------------------------------------------------------

    def destroy(self, entry: Entry, *, safeguarding: bool | None = None) -> Saved:
        """Destroys the papers of a case for good, and puts that into the log of disposals.

        ``safeguarding``: does anything in them concern the safeguarding of a child? Somebody must
        have looked. Raises DpdeskError with every hindrance, StaleEntry; then nothing was changed.
        """
        key = self._requests.register.key
        with self._database.changing() as change:
            session = change.session
            now = self._requests.load_within(session, entry.id)
            if now.version != entry.version:
                raise StaleEntry(
                    "This request was changed elsewhere after you opened it.",
                    "Open it again to see the latest version.",
                )
            found = [*self._hindrances(session, now), *_safeguarding(safeguarding)]
            if found:
                raise DpdeskError(" ".join(found), "Nothing was destroyed.")
            disposal = self._disposals[0].log_case(change, self._papers(session, now), _SAID)
            numbers = numbers_of(change, key, entry.id)
            gone: set[str] = set()
            for each in self._about:
                gone |= each.erase_about(change, key, entry.id, numbers)
            gone |= erase_documents(change, key, entry.id)
            gone |= destroy_papers(change, key, entry.id)
            self._empty(change, entry.id, disposal.id, disposal.reference)
            search_index.wipe(session)
            forget(session, gone)
            saved = self._requests.load_within(session, entry.id)
        discard_forgotten(self._database, self._vault)
        changes = Changes(frozenset({(key, entry.id)} | change.touched))
        return Saved(saved, changes, change.before)

    def _papers(self, session: Session, entry: Entry) -> CasePapers:
        kind, until, closed = entry.values.get("kind"), self.until(entry), entry.values["closed"]
        of, years = case_class(self._requests, kind), case_years(self._requests, kind)
        assert until is not None
        return CasePapers(
            reference=entry.reference,
            code=class_code(kind) if of is not None else "Settings",
            records=str(of.values["records"]) if of is not None else "Case file of a request",
            what="Case file: names, letters, documents and bundles",
            quantity=_amount(session, entry.id),
            years=str(closed.year),
            period=f"{count(years, 'year')} from the day it was closed",
            due=until,
        )

    def _empty(self, change: Change, number: int, disposal: int, reference: str) -> None:
        """Empties the request, its parts, and what the history and the search say of them."""
        session, requests = change.session, self._requests
        key = requests.register.key
        history: dict[str, list[int]] = {key: [number]}
        kept: dict[str, frozenset[str]] = {key: KEPT | _STEPS}
        for service in requests.part_services:
            staying = {each.name for each in service.register.fields if each.kind in _OF_PARTS}
            rows = session.scalars(
                select(service.record).where(service.record.parent_id == number)
            ).all()
            for row in rows:
                _empty_row(row, service.register.fields, staying, change.at)
                row.title = ERASED
            history[service.register.key] = [row.id for row in rows]
            kept[service.register.key] = frozenset(staying) | {CREATED, ARCHIVED}
        history[self._checks.register.key] = checks = self._empty_checks(change, number)
        kept[self._checks.register.key] = _all_but(self._checks, ("found", "learnt"))
        row = session.get_one(Request, number)
        _empty_row(row, requests.register.fields, KEPT, change.at)
        row.disposed_on, row.disposal = requests.today(), disposal
        session.flush()
        _forget_rows(session, history, number)
        search_index.remove(session, key, number)
        connection = session.connection()
        erased.empty_notes(connection, self._database.audit_key, history, kept, row.reference)
        requests.refresh_within(change, number)
        for each in checks:
            self._checks.refresh_within(change, each)
        change.note(key, number, "disposed_on", None, requests.today().isoformat())
        change.note(key, number, "disposal", None, str(disposal))
        change.note(key, number, "Papers destroyed", None, reference)

    def _empty_checks(self, change: Change, number: int) -> list[int]:
        """What sample checks of the case say in words; which questions were right stays."""
        asked = select(RequestCheck).where(RequestCheck.request == number)
        rows = change.session.scalars(asked).all()
        for row in rows:
            row.found = row.learnt = None
            row.version += 1
            row.changed_at = change.at
        change.session.flush()
        return [row.id for row in rows]


def _safeguarding(answer: bool | None) -> Iterator[str]:
    if answer is None:
        yield "First look whether anything in them concerns the safeguarding of a child."
    elif answer:
        yield (
            "What concerns the safeguarding of a child, or an allegation of abuse, is not "
            "destroyed: give a later day under “Keep this case until”."
        )


def _empty_row(
    row: Any, fields: tuple[Field, ...], staying: frozenset[str] | set[str], at: dt.datetime
) -> None:
    for field in fields:
        if field.name not in staying:
            wanted = field.required and field.kind in {Kind.TEXT, Kind.LONG_TEXT}
            setattr(row, field.name, ERASED if wanted else None)
    row.version += 1
    row.changed_at = at


def _all_but(service: RegisterService[Any, Any], names: tuple[str, ...]) -> frozenset[str]:
    every = {field.name for field in service.register.fields}
    return frozenset(every - set(names)) | {CREATED, ARCHIVED}


def _forget_rows(session: Session, of: dict[str, list[int]], number: int) -> None:
    """Drafts of the case and its parts, and links that were drawn by hand."""
    key = Request.register.key
    for register, numbers in of.items():
        session.execute(
            delete(Draft).where(
                Draft.register == register,
                or_(Draft.entry_id.in_(numbers), (Draft.parent_id == number) & (register != key)),
            )
        )
    session.execute(
        delete(EntryLink).where(
            or_(
                (EntryLink.from_register == key) & (EntryLink.from_id == number),
                (EntryLink.to_register == key) & (EntryLink.to_id == number),
            )
        )
    )


def _amount(session: Session, number: int) -> str:
    from dpdesk.documents.records import Document

    key = Request.register.key
    documents = session.scalar(
        select(func.count()).where(
            Document.register == key, Document.entry_id == number, Document.original != ""
        )
    )
    papers = select(KeptPaper.register, KeptPaper.kind).where(
        KeptPaper.register.in_((key, "releases")),
        KeptPaper.entry_id == number,
        KeptPaper.paper != "",
    )
    kinds = [(row.register, row.kind) for row in session.execute(papers)]
    bundles = sum(register != key and kind == "bundle" for register, kind in kinds)
    letters = sum(register == key for register, _ in kinds)
    amounts = ((documents or 0, "document"), (bundles, "bundle"), (letters, "letter"))
    found = [count(many, what) for many, what in amounts if many]
    return listed(found) if found else "no documents"
