"""The door to disposals: approving, doing, and the log that stays."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from dpdesk.documents.records import Document
from dpdesk.documents.shelf import PaperShelf
from dpdesk.errors import DpdeskError, InvalidEntry, NotFound
from dpdesk.law.words import count, listed
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.retention import disposal_rules, erasing
from dpdesk.retention.disposal_records import (
    LATER,
    CasePapers,
    Disposal,
    DisposalLine,
    DisposedLine,
    line_of,
)
from dpdesk.retention.disposal_rules import (
    UNSEEN,
    Doing,
    Judgement,
    Looked,
    complaints,
    judge,
    reason_of,
)
from dpdesk.retention.holding_records import Holding
from dpdesk.retention.holding_rows import HoldingSeen
from dpdesk.retention.holding_service import HoldingService
from dpdesk.retention.schedule_records import RetentionRule
from dpdesk.store.database import Change, Database

if TYPE_CHECKING:
    from dpdesk.papers.flow import Printed

__all__ = ["CasePapers", "DisposalService", "Doing", "Looked"]

_MOST_TOLD = 5
"""Holdings whose hindrance is told in one refusal."""


class DisposalService(RegisterService[Disposal, str]):
    """Disposals in two steps: the data protection officer approves, somebody does it.

    Whatever holds a holding up is looked at again inside the very transaction in which it is
    disposed of, so that nothing gets round a hold, whichever way it comes.
    """

    record = Disposal

    def __init__(
        self,
        database: Database,
        holdings: HoldingService,
        shelf: PaperShelf,
    ) -> None:
        super().__init__(database)
        self._holdings = holdings
        self._shelf = shelf
        self.paper: Callable[[Entry, Sequence[DisposedLine]], Printed]
        """Set by the room: prints the certificate."""

    # --- looking -------------------------------------------------------------------------

    def judgements(
        self, references: Sequence[str], method: str = "shred", *, within: int = 0
    ) -> list[Judgement]:
        """What stands in the way of disposing of these holdings today. Raises NotFound.

        ``within`` is the number of the disposal that they were approved for.
        """
        with self.database.reading() as session:
            numbers = self._holdings.numbers_of(session, references)
            return self._judged(session, numbers, method, self.today(), within)

    def come_since(self, entry: Entry) -> tuple[str, ...]:
        """What stands in the way of an approved disposal and did not when it was approved."""
        references = [each.reference for each in self.holdings_in(entry.id)]
        judged = self.judgements(references, str(entry.values["method"]), within=entry.id)
        before = Looked(tuple(str(entry.values.get("looked") or "").replace(",", " ").split()))
        # Who approved it gave the reasons that were wanted.
        return tuple(complaints(judged, "given", before))

    def third_parties(self, entry_id: int) -> str:
        """Everybody named in the holdings of a disposal as holding copies, one to a line."""
        with self.database.reading() as session:
            return erasing.third_parties(
                self._holdings.seen(session, Holding.disposal_id == entry_id)
            )

    def holdings_in(self, entry_id: int) -> tuple[Entry, ...]:
        """The holdings of a disposal, approved or done."""
        return self._holdings.entries_where(Holding.disposal_id == entry_id)

    def lines(self, entry_id: int) -> tuple[DisposedLine, ...]:
        """The permanent lines of a disposal that was done."""
        with self.database.reading() as session:
            return self._lines(session, entry_id)

    def log(self, first: dt.date, last: dt.date) -> list[tuple[Entry, tuple[DisposedLine, ...]]]:
        """Everything disposed of between two days, both counted."""
        with self.database.reading() as session:
            asked = select(Disposal).where(Disposal.done_on.between(first, last))
            rows = session.scalars(asked.order_by(Disposal.done_on, Disposal.id)).all()
            return [(self._entry(row), self._lines(session, row.id)) for row in rows]

    def erased_at(self, entry_id: int) -> dt.datetime | None:
        """When a disposal erased what was personal; None where it is not done."""
        kept = self._shelf.of_entry(self.register.key, entry_id)
        return kept[0].made_at if kept else None

    def certificate(self, entry_id: int) -> bytes:
        """The certificate as it was when the disposal was done. Raises NotFound."""
        kept = self._shelf.of_entry(self.register.key, entry_id)
        if not kept:
            raise NotFound("There is no certificate yet: this disposal is not done.")
        return self._shelf.content(self.register.key, kept[0].id)

    # --- approving -----------------------------------------------------------------------

    def approve(
        self,
        references: Sequence[str],
        method: str,
        *,
        reason: str = "",
        looked: Looked = UNSEEN,
        by: str = "",
        note: str = "",
    ) -> Saved:
        """Approves holdings for disposal. Raises DpdeskError with every hindrance, NotFound.

        ``looked`` names the open matters that somebody looked for in holdings of many people. The
        log takes only those that had to be looked for.
        """
        with self.database.changing() as change:
            row = self._approve(change, references, method, reason, looked, by, note)
            entry = self._entry(row)
        return Saved(entry, self._changes(entry, change), change.before)

    def withdraw(self, entry: Entry, why: str) -> Saved:
        """Takes an approval back, with its reason; the holdings are free again."""
        if not why.strip():
            raise InvalidEntry({"withdrawn_why": "Say why you are withdrawing it."})
        with self.database.changing() as change:
            self._approved(change.session, entry.id)
            freed = Holding.disposal_id == entry.id
            numbers = list(change.session.scalars(select(Holding.id).where(freed)))
            row = self._write(change, {"withdrawn_why": why}, entry.id, entry.version)
            self._belong(change, numbers, None)
            saved = self._entry(row)
        return Saved(saved, self._changes(saved, change), change.before)

    def take_out(self, entry: Entry, references: Sequence[str]) -> Saved:
        """Takes single holdings out of an approved disposal. Raises NotFound, DpdeskError."""
        with self.database.changing() as change:
            session = change.session
            self._approved(session, entry.id)
            numbers = self._holdings.numbers_of(session, references)
            inside = set(session.scalars(select(Holding.id).where(Holding.disposal_id == entry.id)))
            if not set(numbers) <= inside:
                raise NotFound("One of these holdings is not in this disposal.")
            if set(numbers) == inside:
                raise DpdeskError(
                    "That would leave nothing in this disposal.", "Withdraw the disposal instead."
                )
            self._belong(change, numbers, None)
            row = self._write(change, {}, entry.id, entry.version)
            saved = self._entry(row)
        return Saved(saved, self._changes(saved, change), change.before)

    # --- doing ---------------------------------------------------------------------------

    def done(self, entry: Entry, doing: Doing, *, looked: Looked = UNSEEN) -> Saved:
        """Notes that an approved disposal was done; erases what was personal; for good.

        Raises DpdeskError naming what came in between, InvalidEntry, StaleEntry; then nothing
        was changed.
        """
        return self._carry_out(lambda _change: (entry.id, entry.version), doing, looked)

    def dispose(
        self,
        references: Sequence[str],
        method: str,
        doing: Doing,
        *,
        reason: str = "",
        looked: Looked = UNSEEN,
        by: str = "",
    ) -> Saved:
        """Approves and does it in one step, under all the same rules, wholly or not at all."""

        def approve(change: Change) -> tuple[int, int]:
            row = self._approve(change, references, method, reason, looked, by, "")
            return row.id, row.version

        return self._carry_out(approve, doing, looked)

    def _carry_out(
        self, begun: Callable[[Change], tuple[int, int]], doing: Doing, looked: Looked
    ) -> Saved:
        with self.database.changing() as change:
            entry_id, version = begun(change)
            row = self._done(change, entry_id, version, doing, looked)
            entry = self._entry(row)
            self._certify(change, entry)
        return Saved(entry, self._changes(entry, change), change.before)

    def _certify(self, change: Change, entry: Entry) -> None:
        """Prints and keeps the certificate: there is no disposal without its paper."""
        printed = self.paper(entry, self._lines(change.session, entry.id))
        kept = self._shelf.keep(change, self.register.key, entry.id, printed.content, number=1)
        sha256 = f"SHA-256 {kept.sha256}"
        change.note(self.register.key, entry.id, "certificate paper", None, sha256)

    def _done(
        self, change: Change, entry_id: int, version: int, doing: Doing, looked: Looked
    ) -> Disposal:
        session = change.session
        disposal = self._approved(session, entry_id)
        day = doing.done_on or self.today()
        if problems := disposal_rules.doing_problems(disposal, doing, day, self.today()):
            raise InvalidEntry(problems)
        every = list(self._holdings.seen(session, Holding.disposal_id == entry_id))
        if not every:
            raise DpdeskError("There is nothing in this disposal.")
        judged = [judge(seen, str(disposal.method), day, within=entry_id) for seen in every]
        before = str(disposal.looked or "").replace(",", " ").split()
        both = Looked((*before, *looked.references), looked.how)
        self._refuse(complaints(judged, str(disposal.reason or ""), both))
        confirmed = [*before, *looked.of(judged)]
        self._refuse_documents(session, every)
        done = {
            "done_on": day,
            "done_by": doing.done_by,
            "witness": doing.witness or None,
            "handed_to": doing.handed_to or None,
            "receipt": doing.receipt,
            "contractor": doing.contractor or None,
            "certificate": doing.certificate or None,
            "told": doing.told,
            "looked": ", ".join(dict.fromkeys(confirmed)) or None,
            "looked_how": _joined(disposal.looked_how, looked.how),
        }
        if every_third := erasing.third_parties(every):
            done["third_parties"] = every_third
        lines = [
            erasing.line(
                seen, entry_id, number, reason_of(judged[number - 1], judged, disposal.reason or "")
            )
            for number, seen in enumerate(every, 1)
        ]
        session.execute(insert(DisposalLine), lines)
        erasing.erase(self._holdings, change, every, disposal.reference, self.now())
        return self._write(change, done, entry_id, version)

    def log_case(self, change: Change, papers: CasePapers, note: str) -> Disposal:
        """Puts papers that another room destroys into the log, with their certificate.

        Within the transaction in which they go, once that room has made sure that they may.
        """
        who, day = self.database.who, self.today()
        values = {"approved_on": day, "approved_by": who, "done_on": day, "done_by": who}
        row = self._write(change, {**values, "method": "erase", "note": note})
        row.title = f"Papers of {papers.reference}"
        change.session.flush()
        change.session.execute(insert(DisposalLine), [papers.line(row.id)])
        self._certify(change, self._entry(row))
        change.touched.add((self.register.key, row.id))
        return row

    # --- what the rules add --------------------------------------------------------------

    def guard(self, values: Values, before: Values) -> None:
        """By hand only what can be known later is added; all else follows from the two steps."""
        if not before:
            raise DpdeskError(
                "A disposal starts from the holdings.", "Approve the holdings that are due."
            )
        after = self._tidy({**before, **values})
        fixed = {
            name: (
                "This is filled in when a disposal is approved or done; it cannot be "
                "changed by hand."
            )
            for name in {*before, *after} - LATER
            if after.get(name) != before.get(name)
        }
        if fixed:
            raise InvalidEntry(fixed)

    def surroundings(self, session: Session, scope: Scope[Disposal]) -> Callable[[int], str]:
        """How many holdings of which classes are in a disposal, in words: its title."""
        if scope.making:
            return lambda _number: ""
        classes: dict[int, dict[str, int]] = defaultdict(dict)
        for number, code, many in session.execute(
            select(Holding.disposal_id, RetentionRule.code, func.count())
            .join(Holding, Holding.rule == RetentionRule.id)
            .where(Holding.disposal_id.in_(list(scope.rows)))
            .group_by(Holding.disposal_id, RetentionRule.code)
            .order_by(RetentionRule.code)
        ):
            classes[int(number or 0)][str(code)] = many

        def title(number: int) -> str:
            within = classes.get(number, {})
            return f"{count(sum(within.values()), 'holding')} of {listed(list(within))}"

        return lambda number: title(number) if number in classes else scope.rows[number].title

    def derive(self, values: Values, around: str) -> Derived:
        """Title: how many holdings of which classes. Due until it is done."""
        if values.get("withdrawn_why") is not None:
            return Derived(around, "withdrawn")
        if values.get("done_on") is not None:
            return Derived(around, "done")
        approved = values.get("approved_on")
        return Derived(around, "approved", approved.isoformat() if approved else None)

    def archive(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Refused: the log of disposals is kept for good, and an approval is withdrawn."""
        raise DpdeskError(
            "A disposal stays in the log.",
            "One that is approved but not done can be withdrawn, with a reason.",
        )

    # --- inside --------------------------------------------------------------------------

    def _approve(
        self,
        change: Change,
        references: Sequence[str],
        method: str,
        reason: str,
        looked: Looked,
        by: str,
        note: str,
    ) -> Disposal:
        session = change.session
        if not references:
            raise DpdeskError("Choose at least one holding.")
        numbers = self._holdings.numbers_of(session, references)
        judged = self._judged(session, numbers, method, self.today())
        self._refuse(complaints(judged, reason, looked))
        row = self._write(
            change,
            {
                "approved_on": self.today(),
                "approved_by": by.strip() or self.database.who,
                "method": method,
                "reason": reason,
                "looked": ", ".join(looked.of(judged)),
                "looked_how": looked.how.strip() or None,
                "note": note,
            },
        )
        self._belong(change, numbers, row.id)
        self.refresh_within(change, row.id)
        return row

    def _judged(
        self,
        session: Session,
        numbers: Sequence[int],
        method: str,
        day: dt.date,
        within: int = 0,
    ) -> list[Judgement]:
        found: list[Judgement] = []
        for some in erasing.portions(numbers):
            for seen in self._holdings.seen(session, Holding.id.in_(some)):
                found.append(judge(seen, method, day, within=within))
        return found

    def _belong(self, change: Change, numbers: Sequence[int], disposal_id: int | None) -> None:
        """Puts holdings into a disposal, or takes them out, and works out where they stand."""
        session = change.session
        session.flush()
        self._holdings.write(
            session, [{"of_id": number, "new_disposal_id": disposal_id} for number in numbers]
        )
        for some in erasing.portions(numbers):
            self._holdings.refresh_where(change, Holding.id.in_(some))

    def _write(
        self, change: Change, values: Values, entry_id: int = 0, version: int = 0
    ) -> Disposal:
        """Saves what no hand may type."""
        return self.save_within(change, values, entry_id, version, guarded=False)

    def _approved(self, session: Session, entry_id: int) -> Disposal:
        row = self._row(session, entry_id)
        if row.state != "approved":
            state = self.register.state(row.state).label.lower()
            raise DpdeskError(f"{row.reference} is already {state}.", "It stays as it is.")
        return row

    def _refuse(self, sentences: Sequence[str]) -> None:
        if sentences:
            rest = len(sentences) - _MOST_TOLD
            more = f" There are similar reasons for {rest:,} more." if rest > 0 else ""
            raise DpdeskError(" ".join(sentences[:_MOST_TOLD]) + more, "Nothing was changed.")

    def _refuse_documents(self, session: Session, every: Sequence[HoldingSeen]) -> None:
        """Documents kept with a holding would stay when it goes."""
        numbers = {seen.stored["id"]: seen.stored["reference"] for seen in every}
        with_documents = session.scalars(
            select(Document.entry_id).where(
                Document.register == self._holdings.register.key, Document.removed_at.is_(None)
            )
        )
        found = sorted({numbers[number] for number in with_documents if number in numbers})
        if found:
            named = listed(found[:_MOST_TOLD])
            raise DpdeskError(f"Documents are attached to {named}.", "Remove them first.")

    def _lines(self, session: Session, entry_id: int) -> tuple[DisposedLine, ...]:
        asked = select(DisposalLine).where(DisposalLine.disposal_id == entry_id)
        return tuple(line_of(row) for row in session.scalars(asked.order_by(DisposalLine.number)))

    def _changes(self, entry: Entry, change: Change) -> Changes:
        return Changes(frozenset({(self.register.key, entry.id)} | change.touched))


def _joined(before: str | None, now: str) -> str | None:
    """What was said when it was approved, and what was added since; each once."""
    return "; ".join(dict.fromkeys(filter(None, ((before or "").strip(), now.strip())))) or None
