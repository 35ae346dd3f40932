"""The four answers of the retention room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import func, or_, select

from dpdesk.law.words import count
from dpdesk.registers.duties import Duty, Evidence, Finding, Measure
from dpdesk.registers.entries import Query
from dpdesk.registers.wording import show_date
from dpdesk.retention import states
from dpdesk.retention.disposal_records import Disposal, DisposalLine
from dpdesk.retention.disposal_service import DisposalService
from dpdesk.retention.hold_records import Hold
from dpdesk.retention.hold_service import HoldService
from dpdesk.retention.holding_records import Holding
from dpdesk.retention.holding_service import HoldingService
from dpdesk.retention.schedule_records import pick
from dpdesk.retention.schedule_service import EditionService, ScheduleService

_ONE_DAY = dt.timedelta(days=1)
_AHEAD = dt.timedelta(days=31)
_YEAR = dt.timedelta(days=365)


_FINDINGS = (
    (
        "holdings",
        "missing",
        "holding without the date its period is counted from",
        "holdings without the date their period is counted from",
        "policy 14",
    ),
    (
        "holdings",
        "overdue",
        "holding long overdue for disposal, kept without a reason",
        "holdings long overdue for disposal, kept without a reason",
        "policy 8.4(c)",
    ),
    (
        "holdings",
        "unasked",
        "holding without an answer whether it concerns the safeguarding of a child",
        "holdings without an answer whether they concern the safeguarding of a child",
        "policy 14",
    ),
    (
        "holdings",
        "withdrawn_class",
        "holding whose class was withdrawn from the schedule",
        "holdings whose class was withdrawn from the schedule",
        "policy 14",
    ),
    (
        "retention_rules",
        "check",
        "retention period to be checked with your adviser",
        "retention periods to be checked with your adviser",
        "policy 10.2.3",
    ),
    (
        "retention_rules",
        "no_period",
        "class of the schedule without a period",
        "classes of the schedule without a period",
        "policy 14",
    ),
    (
        "disposals",
        "to_tell",
        "disposal that third parties have not been told about",
        "disposals that third parties have not been told about",
        "policy 10.2.4",
    ),
    (
        "disposals",
        "no_certificate",
        "disposal by a contractor without a certificate number",
        "disposals by a contractor without a certificate number",
        "policy 4.6(f)",
    ),
    (
        "holds",
        "to_review",
        "hold due for review",
        "holds due for review",
        "policy 14",
    ),
)
"""Register, filter, the words for one and for many, and what they rest on."""


class RetentionAnswers:
    """What must be done, what is missing, the figures and the proof, about retention."""

    def __init__(
        self,
        schedule: ScheduleService,
        editions: EditionService,
        holdings: HoldingService,
        holds: HoldService,
        disposals: DisposalService,
    ) -> None:
        self._schedule = schedule
        self._editions = editions
        self._holdings = holdings
        self._holds = holds
        self._disposals = disposals

    def duties(self) -> Iterator[Duty]:
        """What is due as one line, approved disposals, holds to look at, the schedule itself."""
        yield from self._due_holdings()
        yield from self._disposals_open()
        yield from self._holds_to_review()
        yield from self._schedule_to_sign()

    def _due_holdings(self) -> Iterator[Duty]:
        """However many fall due, it is one line, at the day from which the first may go."""
        today = self._holdings.today().isoformat()
        due = Holding.archived_at.is_(None) & states.due_on(Holding, today)
        with self._holdings.database.reading() as session:
            number, first = session.execute(
                select(func.count(), func.min(Holding.due)).where(due)
            ).one()
            if not number:
                return
            entry = session.execute(
                select(Holding.id, Holding.reference)
                .where(due)
                .order_by(Holding.due, Holding.id)
                .limit(1)
            ).one()
        words = "is due for disposal" if number == 1 else "are due for disposal"
        yield Duty(
            f"{count(number, 'holding')} {words}",
            dt.date.fromisoformat(str(first)) + _ONE_DAY,
            entry.reference,
            "holdings",
            entry.id,
            "due",
        )

    def _disposals_open(self) -> Iterator[Duty]:
        to_tell = states.to_tell(Disposal, "")
        with self._disposals.database.reading() as session:
            rows = session.scalars(
                select(Disposal).where(
                    Disposal.archived_at.is_(None), or_(Disposal.state == "approved", to_tell)
                )
            ).all()
        for row in rows:
            if row.state == "approved":
                text, place = f"Carry out the approved disposal: {row.title}", "done"
            else:
                text, place = f"Tell third parties to delete their copies: {row.title}", "others"
            since = row.approved_on if row.state == "approved" else row.done_on
            yield Duty(text, since, row.reference, "disposals", row.id, place)

    def _holds_to_review(self) -> Iterator[Duty]:
        soon = (self._holds.today() + _AHEAD).isoformat()
        with self._holds.database.reading() as session:
            rows = session.scalars(
                select(Hold).where(Hold.state == "in_force", Hold.due <= soon)
            ).all()
        for row in rows:
            text = f"Review the hold: {row.title}"
            yield Duty(text, row.review_on, row.reference, "holds", row.id, "end")

    def _schedule_to_sign(self) -> Iterator[Duty]:
        """Every year, and when it changed, a new edition (policy 14: up to date and accurate)."""
        last, today = self._editions.last(), self._editions.today()
        if last is None:
            listing = self._schedule.listing(Query(chip="in_use"))
            if listing.rows:
                text = "Sign off the first edition of the retention schedule"
                first = (str(listing.raw(0, 0)), "retention_rules", listing.id(0))
                yield Duty(text, today, *first, "sign_off")
            return
        due = last.values["day"] + _YEAR
        changed = len(self._editions.changes_since(last))
        if changed:
            classes = "1 class" if changed == 1 else f"{changed} classes"
            text = f"Sign off a new edition of the schedule: {classes} changed since the last"
        else:
            text = (
                f"Review the retention schedule of {show_date(last.values['day'])} and sign it off"
            )
        if changed or due <= today + _AHEAD:
            day = min(due, last.values["day"] + 3 * _AHEAD) if changed else due
            yield Duty(text, day, last.reference, "retention_editions", last.id, "sign_off")

    def findings(self) -> Iterator[Finding]:
        """Holdings without dates or overdue without a reason, unconfirmed classes, open ends."""
        counts = {
            service.register.key: service.counts()
            for service in (self._holdings, self._schedule, self._disposals, self._holds)
        }
        for register, chip, one, many, source in _FINDINGS:
            if counts[register].get(chip):
                yield Finding(many, counts[register][chip], register, chip, source, one)

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """Disposed of between two days, both counted, by method; and what waits today."""
        with self._disposals.database.reading() as session:
            asked = (
                select(Disposal.method, func.count(DisposalLine.id))
                .join(DisposalLine, DisposalLine.disposal_id == Disposal.id)
                .where(Disposal.done_on.between(first, last))
                .group_by(Disposal.method)
            )
            by_method = {str(method): int(number) for method, number in session.execute(asked)}
            batches = session.scalar(
                select(func.count()).where(Disposal.done_on.between(first, last))
            )
        yield Measure("disposals done", batches or 0)
        yield Measure("holdings disposed of", sum(by_method.values()))
        for each in pick("methods"):
            if by_method.get(each.code):
                yield Measure(f"holdings by method: {each.label}", by_method[each.code])
        counts = self._holdings.listing(Query(chip="due")).counts
        yield Measure("holdings kept", counts["present"])
        yield Measure("due for disposal today", counts["due"])
        yield Measure("overdue without a reason", counts["overdue"])
        yield Measure("on hold", counts["held"])

    def evidence(self) -> Iterator[Evidence]:
        """What proves that the clauses about retention and disposal are kept."""
        counts = self._holdings.listing(Query(chip="due")).counts
        last = self._editions.last()
        references = (last.reference,) if last else ()
        edition = f"{last.title} is signed off" if last else "no edition is signed off yet"
        in_use = self._schedule.listing(Query(chip="in_use")).counts["in_use"]
        schedule = f"the schedule has {in_use} classes; {edition}"
        for clause in ("4.6(g)", "10.2.3", "14") if in_use else ():
            yield Evidence(clause, schedule, references)
        kept = f"Holdings with their due date: {counts['present']:,}; due now: {counts['due']:,}"
        if counts["present"]:
            yield Evidence("4.6(e)", kept)
        done = self._done()
        words = "disposals are certified, each with method, person and day"
        if done:
            yield Evidence.counted("4.6(f)", words, tuple(done))
        told = [reference for reference, day in done.items() if day is not None]
        text = "third parties were told to delete after disposals"
        if told:
            yield Evidence.counted("10.2.4", text, tuple(told))
        longer = f"Holdings are kept longer, each with its reason: {counts['extended']:,}"
        if counts["extended"]:
            yield Evidence("8.4(c)", longer)

    def _done(self) -> dict[str, dt.date | None]:
        """References of the disposals that were done, with the day third parties were told."""
        with self._disposals.database.reading() as session:
            asked = select(Disposal.reference, Disposal.told).where(Disposal.state == "done")
            return {row[0]: row[1] for row in session.execute(asked.order_by(Disposal.id))}
